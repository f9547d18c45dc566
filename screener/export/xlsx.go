package export

import (
	"archive/zip"
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"assay/rules"
	"assay/screener"
)

// xlsxFormat is a workbook: the list with a frozen header and number formats by
// unit, what each condition did, who is unknown and why, evidence, and what the
// run was. Texts are cells of text, so none of them is a formula, not even after
// an edit.
func xlsxFormat() Format {
	return Format{
		Name: "xlsx", Ending: ".xlsx", ContentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		About: "a workbook: list, conditions, unknown, slack, near misses, evidence, about", Binary: true, Whole: true, Evidence: true, Write: writeXLSX,
	}
}

// writeXLSX writes the parts of a workbook into a zip whose entries have no
// time. A library would do it too; the one there is makes the start of every
// verb slower by what it sets up for reading and for formulas.
func writeXLSX(w io.Writer, result *screener.Result) error {
	all := sheets(result)
	z := zip.NewWriter(w)
	if err := writePackage(z, result, all); err != nil {
		return err
	}
	for i, s := range all {
		err := part(z, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), func(x *xmlWriter) error { return x.sheet(s, i == 0) })
		if err != nil {
			return fmt.Errorf("sheet %s: %w", s.name, err)
		}
	}
	return z.Close()
}

// part writes one file of the zip.
func part(z *zip.Writer, name string, write func(*xmlWriter) error) error {
	entry, err := z.Create(name)
	if err != nil {
		return err
	}
	x := &xmlWriter{bufio.NewWriter(entry)}
	x.text(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n")
	if err := write(x); err != nil {
		return err
	}
	return x.Flush()
}

// What a sheet can hold.
const (
	mostRows    = 1 << 20
	mostLetters = 32767 // of a cell
)

// sheet writes a table: a header that stays in sight, then the rows.
func (x *xmlWriter) sheet(s sheet, first bool) error {
	if len(s.rows) >= mostRows {
		return fmt.Errorf("%d rows are more than a spreadsheet can hold (%d): csv and parquet take them all", len(s.rows), mostRows-1)
	}
	selected := ""
	if first {
		selected = ` tabSelected="1"`
	}
	x.text(`<worksheet xmlns="` + mainSpace + `"><sheetViews><sheetView` + selected + ` workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`)
	for i, h := range s.columns {
		fmt.Fprintf(x, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, widthOf(h, s.rows, i))
	}
	x.text(`</cols><sheetData><row r="1">`)
	for i, h := range s.columns {
		x.textCell(letters(i)+"1", headerStyle, h.name)
	}
	x.text(`</row>`)
	for j, row := range s.rows {
		at := strconv.Itoa(j + 2)
		x.text(`<row r="` + at + `">`)
		for i, d := range row {
			x.cell(letters(i)+at, s.columns[i], d)
		}
		x.text(`</row>`)
	}
	x.text(`</sheetData></worksheet>`)
	return nil
}

// firstDay is how many days after the day zero of spreadsheets 1970 began.
// Before 1 March 1900 their days are not those of the calendar.
const firstDay, firstSound = 25569, 61

func (x *xmlWriter) cell(at string, h head, d screener.Datum) {
	switch {
	case !d.Known():
	case d.Kind == rules.Text:
		x.textCell(at, textStyle, d.S)
	case d.Kind == rules.Bool:
		x.text(`<c r="` + at + `" t="b"><v>` + strconv.Itoa(int(d.F)) + `</v></c>`)
	case d.Kind == rules.Date && d.F+firstDay < firstSound:
		x.textCell(at, textStyle, screener.Show(d))
	case d.Kind == rules.Date:
		x.number(at, styleOf(h, d), d.F+firstDay)
	default:
		x.number(at, styleOf(h, d), d.F)
	}
}

func (x *xmlWriter) number(at string, style int, f float64) {
	text := strconv.FormatFloat(f, 'g', -1, 64)
	if whole := int64(f); float64(whole) == f && max(whole, -whole) < 1e15 {
		text = strconv.FormatInt(whole, 10) // readers take 1e+06 for a fraction; and no minus zero
	}
	fmt.Fprintf(x, `<c r="%s" s="%d"><v>%s</v></c>`, at, style, text)
}

func (x *xmlWriter) textCell(at string, style int, text string) {
	if letters := []rune(text); len(letters) > mostLetters {
		const cut = " … (cut)"
		text = string(letters[:mostLetters-utf8.RuneCountInString(cut)]) + cut
	}
	fmt.Fprintf(x, `<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">`, at, style)
	x.escape(literal(text))
	x.text(`</t></is></c>`)
}

// letters names a column: A to Z, AA and so on.
func letters(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return letters(i/26-1) + string(rune('A'+i%26))
}

// widthOf is how many letters wide a column is shown.
func widthOf(h head, rows [][]screener.Datum, i int) int {
	width := utf8.RuneCountInString(h.name)
	for _, row := range rows {
		if row[i].Known() {
			width = max(width, utf8.RuneCountInString(screener.Show(row[i])))
		}
	}
	return min(max(width, 6), 60) + 3
}

// styleOf is the style with the number format of a cell's unit.
func styleOf(h head, d screener.Datum) int {
	unit := h.unit
	if h.kind == anyKind && d.Kind == rules.Number {
		unit = d.Unit.String()
	}
	switch {
	case d.Kind == rules.Date:
		unit = dateFormat
	case h.whole:
		unit = wholeFormat
	}
	for i, f := range numberFormats() {
		for _, u := range f.units {
			if u == unit {
				return firstNumberStyle + i
			}
		}
	}
	return 0
}

// created is the day of the list and not the clock's, so that a run gives the
// same bytes.
func created(r *screener.Result) string { return cmp.Or(r.AsOf, "1970-01-01") + "T00:00:00Z" }
