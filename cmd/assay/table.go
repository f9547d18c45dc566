package main

import (
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// textTable is a table for people.
type textTable struct {
	header []string
	right  map[int]bool // columns of numbers
	rows   [][]string
}

func newTable(header ...string) *textTable {
	return &textTable{header: header, right: map[int]bool{}}
}

// numbers aligns columns to the right.
func (t *textTable) numbers(columns ...int) *textTable {
	for _, c := range columns {
		t.right[c] = true
	}
	return t
}

func (t *textTable) add(cells ...string) { t.rows = append(t.rows, cells) }

// write prints the table without a frame and without blanks at line ends.
func (t *textTable) write(w io.Writer) error {
	style := table.StyleDefault
	style.Options = table.OptionsNoBordersAndSeparators
	style.Options.SeparateHeader = true
	style.Box.PaddingLeft, style.Box.PaddingRight = "", "  "
	style.Box.MiddleHorizontal, style.Box.MiddleSeparator = "-", "-"
	style.Format.Header = text.FormatDefault
	tw := table.NewWriter()
	tw.SetStyle(style)
	var columns []table.ColumnConfig
	for i := range t.header {
		if t.right[i] {
			columns = append(columns, table.ColumnConfig{Number: i + 1, Align: text.AlignRight, AlignHeader: text.AlignRight})
		}
	}
	tw.SetColumnConfigs(columns)
	tw.AppendHeader(toRow(t.header))
	for _, r := range t.rows {
		tw.AppendRow(toRow(r))
	}
	var b strings.Builder
	for line := range strings.Lines(tw.Render() + "\n") {
		b.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func toRow(cells []string) table.Row {
	row := make(table.Row, len(cells))
	for i, c := range cells {
		row[i] = c
	}
	return row
}

// short cuts a text to n letters.
func short(s string, n int) string {
	if letters := []rune(s); len(letters) > n {
		return string(letters[:n-1]) + "…"
	}
	return s
}

// sortedKeys returns the keys of a map in order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
