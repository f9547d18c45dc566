package export

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"assay/rules"
	"assay/screener"
)

// csvFormat is a table of the candidates: rank, ticker, cik, name, score, the
// screen's columns, flags, and what is missing and why. A number is written in
// full and without a unit; a missing value is an empty cell.
func csvFormat() Format {
	return Format{Name: "csv", Ending: ".csv", ContentType: "text/csv; charset=utf-8", Write: writeCSV}
}

func writeCSV(w io.Writer, result *screener.Result) error {
	header := []string{"rank", "ticker", "cik", "name", "score"}
	for _, c := range result.Columns {
		header = append(header, c.Name)
	}
	out := csv.NewWriter(w)
	if err := out.Write(append(header, "flags", "missing")); err != nil {
		return err
	}
	for _, c := range result.Candidates {
		row := []string{strconv.Itoa(c.Rank), harmless(c.Ticker), strconv.FormatInt(int64(c.CIK), 10), harmless(c.Name), cell(c.Score)}
		var missing []string
		if c.ScoreMissing != "" {
			missing = append(missing, "score: "+c.ScoreMissing)
		}
		for _, column := range result.Columns {
			row = append(row, cell(c.Values[column.Name]))
			if why := c.Missing[column.Name]; why != "" {
				missing = append(missing, column.Name+": "+why)
			}
		}
		row = append(row, harmless(strings.Join(c.Flags, "; ")), harmless(strings.Join(missing, "; ")))
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
		return harmless(d.S)
	}
	text, err := json.Marshal(d)
	if err != nil {
		return "" // a known number is finite, so this cannot be
	}
	return strings.Trim(string(text), `"`)
}

// harmless keeps a spreadsheet from taking a text for a formula.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
