package export_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"assay/screener"
)

// python runs a script of Python with a file as its argument and decodes the
// JSON that it prints. It skips the test where the modules are not installed.
func python(t *testing.T, modules, script, file string, into any) {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3")
	}
	if err := exec.Command(path, "-c", "import "+modules).Run(); err != nil {
		t.Skipf("python3 has no module %s", modules)
	}
	var stderr bytes.Buffer
	cmd := exec.Command(path, "-c", script, file)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatalf("%v in\n%s", err, out)
	}
}

// inFile writes a format of a result into a file.
func inFile(t *testing.T, format, name string, r *screener.Result) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, written(t, format, r), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestOpenpyxlReads(t *testing.T) {
	r := result(screener.With{Evidence: true})
	var got struct {
		Sheets, Frozen []string
		Cells          [][]any
		Types          []string
		Format         string
	}
	python(t, "openpyxl", `
import json, sys, openpyxl
b = openpyxl.load_workbook(sys.argv[1])
s = b["candidates"]
print(json.dumps({
  "sheets": b.sheetnames, "frozen": [x.freeze_panes for x in b],
  "cells": [[c.value if not hasattr(c.value, "isoformat") else c.value.isoformat() for c in row] for row in s],
  "types": sorted({c.data_type for x in b for row in x for c in row}), "format": s["F2"].number_format}))`,
		inFile(t, "xlsx", "list.xlsx", r), &got)
	if text := fmt.Sprint(got.Sheets, got.Frozen, got.Types, got.Format); text != "[candidates conditions unknown slack near misses overlap evidence about] [A2 A2 A2 A2 A2 A2 A2 A2] [b d n s]0.0%" {
		t.Errorf("got %s", text) // no type f: no formula
	}
	first := fmt.Sprintf("%#v", got.Cells[1])
	want := `[]interface {}{1, "-AAA", 7, "=HYPERLINK(\"http://x\",\"<script>alert(1)</script>\")", 0.9777, -0.125, 1.1499999999999998e+09, "@sum, or not", "2023-12-30T00:00:00", true, 12.34567890123456, "dilution; missing:steady; big?; growing?", interface {}(nil)}`
	if first != want {
		t.Errorf("got\n%s\nwant\n%s", first, want)
	}
}

// TestExcelizeReads reads a workbook with the library that others use.
func TestExcelizeReads(t *testing.T) {
	r := result(screener.With{Evidence: true})
	book, err := excelize.OpenReader(bytes.NewReader(written(t, "xlsx", r)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	if got := fmt.Sprint(book.GetSheetList()); got != "[candidates conditions unknown slack near misses overlap evidence about]" {
		t.Errorf("got the sheets %s", got)
	}
	rows, err := book.GetRows("candidates")
	if err != nil {
		t.Fatal(err)
	}
	want := `["1" "-AAA" "7" "=HYPERLINK(\"http://x\",\"<script>alert(1)</script>\")" "0.9777" "-12.5%" "1,150,000,000" "@sum, or not" "2023-12-30" "TRUE" "12.3x" "dilution; missing:steady; big?; growing?"]`
	if got := fmt.Sprintf("%q", rows[1]); got != want {
		t.Errorf("it shows\n%s\nwant\n%s", got, want)
	}
	panes, err := book.GetPanes("candidates")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the header is not frozen: %+v, %v", panes, err)
	}
}

func TestPandasReads(t *testing.T) {
	r := result(screener.With{})
	var got []map[string]any
	python(t, "pandas", `
import sys, pandas
print(pandas.read_csv(sys.argv[1], float_precision="round_trip").to_json(orient="records", double_precision=15))`,
		inFile(t, "csv", "list.csv", r), &got)
	for i, c := range r.Candidates {
		for _, name := range []string{"roic", "market_cap"} {
			d := c.Values[name]
			if value, known := got[i][name].(float64); known != d.Known() || known && value != d.F {
				t.Errorf("row %d, %s: pandas reads %v, want %v", i, name, got[i][name], d)
			}
		}
	}
}

// TestDuckDBReads reads parquet with DuckDB, as a command or as a module of
// Python.
func TestDuckDBReads(t *testing.T) {
	r := result(screener.With{})
	file := inFile(t, "parquet", "list.parquet", r)
	query := "select rank, cik, name, roic, roic_missing, market_cap, period_end::text as period_end, rich from '" + file + "' order by rank"
	var got []map[string]any
	if path, err := exec.LookPath("duckdb"); err == nil {
		out, err := exec.Command(path, "-json", "-c", query).Output()
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatal(err)
		}
	} else {
		python(t, "duckdb", `
import json, sys, duckdb
q = duckdb.sql(sys.argv[1])
print(json.dumps([dict(zip(q.columns, row)) for row in q.fetchall()]))`, query, &got)
	}
	want := "map[cik:7 market_cap:1.1499999999999998e+09 name:=HYPERLINK(\"http://x\",\"<script>alert(1)</script>\") period_end:2023-12-30 rank:1 rich:true roic:-0.125 roic_missing:<nil>]"
	if text := fmt.Sprint(got[0]); text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
	if text := fmt.Sprint(got[1]["roic"], got[1]["roic_missing"]); text != "<nil> undefined" {
		t.Errorf("got %s", text)
	}
}

// TestLibreOfficeReads opens workbook and tables with LibreOffice: the numbers
// are the same, and no cell is a formula.
func TestLibreOfficeReads(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("there is no soffice")
	}
	if testing.Short() {
		t.Skip("LibreOffice takes its time")
	}
	r := result(screener.With{Evidence: true})
	home := t.TempDir()
	convert := func(file, to string) []byte {
		t.Helper()
		cmd := exec.Command(office, "--headless", "-env:UserInstallation=file://"+home, "--convert-to", to, "--outdir", filepath.Dir(file), file)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		ending, _, _ := strings.Cut(to, ":")
		text, err := os.ReadFile(strings.TrimSuffix(file, filepath.Ext(file)) + "." + ending)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	for _, f := range []struct{ format, file string }{{"xlsx", "list.xlsx"}, {"csv", "list.csv"}} {
		flat := string(convert(inFile(t, f.format, f.file, r), "fods"))
		for _, truth := range []string{"TRUE", "FALSE"} { // how it holds the truth values of a workbook
			flat = strings.ReplaceAll(flat, `table:formula="of:=`+truth+`()"`, "")
		}
		if strings.Contains(flat, "table:formula") {
			t.Errorf("%s: LibreOffice sees a formula", f.format)
		}
		for _, c := range r.Candidates {
			if d := c.Values["roic"]; d.Known() && !strings.Contains(flat, `office:value="`+strconv.FormatFloat(d.F, 'f', -1, 64)+`"`) {
				t.Errorf("%s: LibreOffice does not read %v", f.format, d.F)
			}
		}
		if !strings.Contains(flat, "=HYPERLINK(") || !strings.Contains(flat, `office:value="1149999999.9999998"`) && !strings.Contains(flat, `office:value="1150000000"`) {
			t.Errorf("%s: LibreOffice lost a text or a number", f.format)
		}
	}
}
