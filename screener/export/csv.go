package export

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"
	"unicode/utf8"

	"assay/rules"
	"assay/screener"
)

// csvFormat is a table of the candidates: rank, ticker, cik, name, score, the
// screen's columns, flags, and what is missing and why. A number is written in
// full and without a unit; a missing value is an empty cell.
func csvFormat() Format {
	return Format{
		Name: "csv", Ending: ".csv", ContentType: "text/csv; charset=utf-8", About: "the list, a line per candidate", Evidence: true,
		Write: func(w io.Writer, result *screener.Result) error { return writeSeparated(w, result, ',') },
	}
}

// writeSeparated writes the list with a separator between cells.
func writeSeparated(w io.Writer, result *screener.Result, separator rune) error {
	columns := listColumns(result, false)
	out := csv.NewWriter(w)
	out.Comma = separator
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = Harmless(c.name)
	}
	if err := out.Write(row); err != nil {
		return err
	}
	for i := range result.Candidates {
		for j, c := range columns {
			row[j] = cell(c.cell(&result.Candidates[i]))
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// cell writes a value in full.
func cell(d screener.Datum) string {
	if !d.Known() {
		return ""
	}
	if d.Kind == rules.Text {
		return Harmless(d.S)
	}
	text, err := json.Marshal(d)
	if err != nil {
		return "" // a known number is finite, so this cannot be
	}
	return strings.Trim(string(text), `"`)
}

// starters are the letters with which a spreadsheet takes a text for a
// formula; the wide ones count where the input is East Asian.
const starters = "=+-@\t\r\n＝＋－＠"

// Harmless keeps a spreadsheet from taking a text for a formula.
func Harmless(text string) string {
	if first, size := utf8.DecodeRuneInString(text); size > 0 && strings.ContainsRune(starters, first) {
		return "'" + text
	}
	return text
}
