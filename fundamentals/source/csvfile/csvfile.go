// Package csvfile reads tables that users bring: securities, splits, daily prices,
// and columns and tags of their own, as CSV with a header.
//
//  1. The header is read without regard to case, blanks or a byte order mark;
//     columns may stand in any order.
//  2. Each row is checked by itself. A faulty one is rejected with its line and
//     the cause, and the others go in.
//  3. A file whose header cannot be what it is said to be is rejected as a whole.
package csvfile

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/source"
)

// headerOnly is said of a file without a row.
const headerOnly = "it has a header and no rows"

// chunkRows is how many rows go out at a time.
const chunkRows = 4096

// isCSV accepts names in .csv.
func isCSV(base string) bool { return strings.HasSuffix(strings.ToLower(base), ".csv") }

// table is a CSV file with a header.
type table struct {
	io.Closer
	rows   *csv.Reader
	header []string // as we call the columns: lower case, trimmed
	line   int      // of the row in hand
	row    []string
}

// open reads the header.
func open(file source.File) (*table, error) {
	text, err := file.Open()
	if err != nil {
		return nil, err
	}
	buffered := bufio.NewReader(text)
	if mark, _ := buffered.Peek(3); string(mark) == "\ufeff" {
		_, _ = buffered.Discard(3)
	}
	t := &table{Closer: text, rows: csv.NewReader(buffered)}
	t.rows.FieldsPerRecord = -1
	t.rows.ReuseRecord = true
	header, err := t.rows.Read()
	if err == io.EOF {
		err = errors.New("the file is empty")
	}
	if err == nil && len(header) == 1 && strings.ContainsAny(header[0], ";\t") {
		err = errors.New("its columns are not separated by commas")
	}
	if err != nil {
		return nil, errors.Join(plain(err), text.Close())
	}
	for _, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		if slices.Contains(t.header, name) {
			return nil, errors.Join(fmt.Errorf("its header has the column %q twice", name), text.Close())
		}
		t.header = append(t.header, name)
	}
	return t, nil
}

// next reads a row; false at the end. Rows that are no CSV are rejected.
func (t *table) next(rejected *source.Rejections) (bool, error) {
	for {
		row, err := t.rows.Read()
		if err == io.EOF {
			return false, nil
		}
		if broken, ok := errors.AsType[*csv.ParseError](err); ok {
			rejected.Add(fmt.Sprintf("line %d", broken.StartLine), "%s", plain(err))
			continue
		}
		if err != nil {
			return false, err
		}
		t.line, _ = t.rows.FieldPos(0)
		if len(row) != len(t.header) {
			rejected.Add(t.where(), "it has %d columns, the header has %d", len(row), len(t.header))
			continue
		}
		t.row = row
		return true, nil
	}
}

func (t *table) where() string { return fmt.Sprintf("line %d", t.line) }

// column returns the place of the first of the names that the header has, or -1.
func (t *table) column(names ...string) int {
	for _, n := range names {
		if i := slices.Index(t.header, n); i >= 0 {
			return i
		}
	}
	return -1
}

// text returns a cell, "" for a column that is not there.
func (t *table) text(column int) string {
	if column < 0 {
		return ""
	}
	return strings.TrimSpace(t.row[column])
}

// date reads a day; a time of midnight behind it, as some downloads have it,
// is passed over.
func date(s string) (fundamentals.Date, error) {
	if len(s) > 10 && (strings.HasPrefix(s[10:], " 00:00:00") || strings.HasPrefix(s[10:], "T00:00:00")) {
		s = s[:10]
	}
	d, err := fundamentals.ParseDate(s)
	if err == nil && d == 0 {
		err = fmt.Errorf("%q is not a day that can be", s)
	}
	return d, err
}

// optionalDate reads a day, or none from an empty cell.
func optionalDate(s string) (fundamentals.Date, error) {
	if s == "" {
		return 0, nil
	}
	return date(s)
}

// number reads a finite number.
func number(s string) (float64, error) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) || strings.ContainsAny(s, "xXpP_") {
		return 0, fmt.Errorf("%q is not a number", s)
	}
	return f, nil
}

// plain drops the position from a CSV error: it is said beside it.
func plain(err error) error {
	if broken, ok := errors.AsType[*csv.ParseError](err); ok {
		return fmt.Errorf("this is not CSV: %w", broken.Err)
	}
	return err
}
