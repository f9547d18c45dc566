package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"assay/rules"
	"assay/screener"
)

// xlsxCell is a cell as the file has it.
type xlsxCell struct {
	At      string `xml:"r,attr"`
	Type    string `xml:"t,attr"`
	Style   int    `xml:"s,attr"`
	Value   string `xml:"v"`
	Formula string `xml:"f"`
	Text    string `xml:"is>t"`
}

type xlsxSheet struct {
	Name   string
	Frozen string
	Rows   [][]xlsxCell
}

// readWorkbook reads a workbook with nothing but the standard library.
func readWorkbook(t testing.TB, file []byte) (sheets []xlsxSheet, formats []string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	part := func(name string, into any) {
		f, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := xml.NewDecoder(f).Decode(into); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	var styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	part("xl/styles.xml", &styles)
	for _, c := range styles.Cells {
		code := strconv.Itoa(c.Format)
		for _, f := range styles.Formats {
			if f.ID == c.Format {
				code = f.Code
			}
		}
		formats = append(formats, code)
	}
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
		} `xml:"sheets>sheet"`
	}
	part("xl/workbook.xml", &book)
	for i, s := range book.Sheets {
		var data struct {
			Pane struct {
				State string `xml:"state,attr"`
				Top   string `xml:"topLeftCell,attr"`
			} `xml:"sheetViews>sheetView>pane"`
			Rows []struct {
				Cells []xlsxCell `xml:"c"`
			} `xml:"sheetData>row"`
		}
		part(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), &data)
		sheet := xlsxSheet{Name: s.Name, Frozen: data.Pane.State + " at " + data.Pane.Top}
		for _, r := range data.Rows {
			for j, c := range r.Cells {
				if c.Type == "inlineStr" {
					r.Cells[j].Value = c.Text
				}
			}
			sheet.Rows = append(sheet.Rows, r.Cells)
		}
		sheets = append(sheets, sheet)
	}
	return sheets, formats
}

// showWorkbook writes a workbook as text: its parts, then each cell with type
// and number format.
func showWorkbook(t testing.TB, file []byte) string {
	var b strings.Builder
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if !f.Modified.IsZero() && f.Modified.Year() > 1980 {
			t.Errorf("%s carries a time of the clock: %s", f.Name, f.Modified)
		}
		if f.Name == "docProps/core.xml" {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			b.Write(text)
			b.WriteString("\n")
		}
	}
	sheets, formats := readWorkbook(t, file)
	for _, s := range sheets {
		fmt.Fprintf(&b, "== %s, %s\n", s.Name, s.Frozen)
		for _, row := range s.Rows {
			for _, c := range row {
				if c.Formula != "" {
					t.Errorf("%s %s is a formula: %s", s.Name, c.At, c.Formula)
				}
				if c.Type == "" && c.Value == "" {
					continue
				}
				fmt.Fprintf(&b, "%s %q", c.At, c.Value)
				if c.Type != "inlineStr" {
					fmt.Fprintf(&b, " %s %s", c.Type, formats[c.Style])
				}
				b.WriteString("\n")
			}
		}
	}
	return b.String()
}

// showParquet reads a file with the library's generic reader and writes it as
// text: metadata, columns, rows.
func showParquet(t testing.TB, file []byte) string {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", f.Metadata().CreatedBy)
	for _, kv := range f.Metadata().KeyValueMetadata {
		fmt.Fprintf(&b, "%s = %s\n", kv.Key, kv.Value)
	}
	var names []string
	for _, field := range f.Schema().Fields() {
		names = append(names, field.Name())
		repetition := "required"
		if field.Optional() {
			repetition = "optional"
		}
		fmt.Fprintf(&b, "column %s: %s %s\n", field.Name(), repetition, field.Type())
	}
	for i, row := range readParquet(t, file) {
		fmt.Fprintf(&b, "row %d\n", i)
		for _, name := range names {
			fmt.Fprintf(&b, "  %s = %#v\n", name, row[name])
		}
	}
	return b.String()
}

func readParquet(t testing.TB, file []byte) []map[string]any {
	t.Helper()
	r := parquet.NewGenericReader[map[string]any](bytes.NewReader(file), schemaIn(t, file))
	defer func() { _ = r.Close() }()
	rows := make([]map[string]any, r.NumRows())
	for i := range rows {
		rows[i] = map[string]any{}
	}
	if len(rows) == 0 {
		return rows
	}
	if _, err := r.Read(rows); err != nil && err != io.EOF {
		t.Fatal(err)
	}
	return rows
}

func schemaIn(t testing.TB, file []byte) *parquet.Schema {
	f, err := parquet.OpenFile(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return f.Schema()
}

// TestRoundTrip holds that csv, tsv, xlsx and parquet, read by other code, give
// the values of the result, bit for bit.
func TestRoundTrip(t *testing.T) {
	r := result(screener.With{})
	sheets, _ := readWorkbook(t, written(t, "xlsx", r))
	book := map[string]string{}
	for _, row := range sheets[0].Rows {
		for _, c := range row {
			book[c.At] = c.Value
		}
	}
	parquetRows := readParquet(t, written(t, "parquet", r))
	texts := map[string][][]string{"csv": readSeparated(t, written(t, "csv", r), ','), "tsv": readSeparated(t, written(t, "tsv", r), '\t')}
	for i, c := range r.Candidates {
		for j, column := range r.Columns {
			name := map[bool]string{true: "name_2", false: column.Name}[column.Name == "name"]
			d := c.Values[column.Name]
			for format, rows := range texts {
				if want := plain(d, "'"); rows[0][5+j] != name || rows[1+i][5+j] != want {
					t.Errorf("%s, row %d, %s: got %q, want %q", format, i, name, rows[1+i][5+j], want)
				}
			}
			if got, want := book[fmt.Sprintf("%c%d", 'F'+j, 2+i)], serial(d); got != want {
				t.Errorf("xlsx, row %d, %s: got %q, want %q", i, name, got, want)
			}
			if got, want := fmt.Sprint(parquetRows[i][name]), typed(d); got != want {
				t.Errorf("parquet, row %d, %s: got %s, want %s", i, name, got, want)
			}
			if got, want := fmt.Sprint(parquetRows[i][name+"_missing"]), c.Missing[column.Name]; got != want && (want != "" || got != "<nil>") {
				t.Errorf("parquet, row %d, %s_missing: got %s, want %q", i, name, got, want)
			}
		}
	}
}

func readSeparated(t testing.TB, file []byte, separator rune) [][]string {
	in := csv.NewReader(bytes.NewReader(file))
	in.Comma = separator
	rows, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// plain is a value as text, a text that looks like a formula behind a guard.
func plain(d screener.Datum, guard string) string {
	switch {
	case !d.Known():
		return ""
	case d.Kind == rules.Text && strings.HasPrefix(d.S, "@"):
		return guard + d.S
	case d.Kind == rules.Text:
		return d.S
	case d.Kind == rules.Bool:
		return strconv.FormatBool(d.F != 0)
	case d.Kind == rules.Date:
		return time.Unix(int64(d.F)*86400, 0).UTC().Format(time.DateOnly)
	case d.F >= 1e21:
		return strconv.FormatFloat(d.F, 'e', -1, 64)
	}
	return strconv.FormatFloat(d.F, 'f', -1, 64)
}

// serial is a value as a workbook holds it.
func serial(d screener.Datum) string {
	switch {
	case d.Known() && d.Kind == rules.Bool:
		return map[bool]string{true: "1", false: "0"}[d.F != 0]
	case d.Known() && d.Kind == rules.Date && d.F > -25000:
		return strconv.Itoa(int(d.F) + 25569)
	case d.Known() && d.Kind == rules.Number && d.F == float64(int(d.F)) && d.F < 1e15:
		return strconv.Itoa(int(d.F))
	case d.Known() && d.Kind == rules.Number:
		return strconv.FormatFloat(d.F, 'g', -1, 64)
	}
	return plain(d, "")
}

// typed is a value as the reader of parquet prints it.
func typed(d screener.Datum) string {
	switch {
	case !d.Known():
		return "<nil>"
	case d.Kind == rules.Date:
		return strconv.Itoa(int(d.F))
	case d.Kind == rules.Number:
		return fmt.Sprint(d.F)
	}
	return plain(d, "")
}
