package fsds

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxLine is how long a line may be; the longest real ones are definitions of
// some thousand bytes.
const maxLine = 1 << 17

// table reads a table of the data sets: cells between tabs, no quotes, the
// first line with the names of the columns.
type table struct {
	r     *bufio.Reader
	names []string
	line  int
	cells [][]byte
}

func newTable(r io.Reader) *table { return &table{r: bufio.NewReaderSize(r, maxLine)} }

// header reads the first line and returns where the columns stand; -1 for an
// optional one that is not there.
func (t *table) header(must, may []string) ([]int, error) {
	if err := t.next(); err != nil {
		if err == io.EOF {
			err = errors.New("it has no first line with the names of the columns")
		}
		return nil, err
	}
	for i, c := range t.cells {
		if i == 0 {
			c = bytes.TrimPrefix(c, []byte("\ufeff"))
		}
		t.names = append(t.names, string(c))
	}
	var at []int
	var lacking []string
	for i, name := range append(append([]string{}, must...), may...) {
		where := -1
		for j, n := range t.names {
			if n == name {
				where = j
			}
		}
		if where < 0 && i < len(must) {
			lacking = append(lacking, name)
		}
		at = append(at, where)
	}
	if len(lacking) > 0 {
		return nil, fmt.Errorf("its first line does not name the columns %s", strings.Join(lacking, ", "))
	}
	return at, nil
}

// next reads the next line that is not empty into cells, which are good until
// the line after; [io.EOF] at the end.
func (t *table) next() error {
	for {
		text, err := t.r.ReadSlice('\n')
		switch {
		case err == bufio.ErrBufferFull:
			return fmt.Errorf("line %d is longer than %d bytes", t.line+1, maxLine)
		case err == io.EOF && len(text) > 0:
		case err != nil:
			return err
		}
		t.line++
		text = bytes.TrimSuffix(bytes.TrimSuffix(text, []byte("\n")), []byte("\r"))
		if len(text) == 0 {
			continue
		}
		t.cells = t.cells[:0]
		for {
			cell, rest, more := bytes.Cut(text, []byte("\t"))
			t.cells = append(t.cells, cell)
			if !more {
				return nil
			}
			text = rest
		}
	}
}

// whole reports whether the line has a cell for each column.
func (t *table) whole() bool { return len(t.cells) == len(t.names) }

func (t *table) why() string {
	return fmt.Sprintf("it has %d columns, the first line %d", len(t.cells), len(t.names))
}

// cell returns a cell, nil for a column that is not there.
func (t *table) cell(at int) []byte {
	if at < 0 {
		return nil
	}
	return t.cells[at]
}
