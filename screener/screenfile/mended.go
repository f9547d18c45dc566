package screenfile

import (
	"strings"
	"unicode/utf8"
)

// mended is the text as the YAML parser gets it: that of the file, where what
// the parser cannot read has been reported and made harmless, so that the rest
// is still checked. Lines keep their numbers.
type mended struct {
	src   *source
	lines []string
	cols  [][]int       // for the characters of a changed line and its end, their columns in the file
	nodes map[int]*node // by place in the file: what a masked value is to be taken for
}

func newMended(src *source) *mended {
	lines := strings.Split(src.text, "\n")
	return &mended{src: src, lines: lines, cols: make([][]int, len(lines)), nodes: map[int]*node{}}
}

func (m *mended) text() string { return strings.Join(m.lines, "\n") }

// offset returns the place in the file of a line and a column in characters,
// both from 1, of the mended text.
func (m *mended) offset(line, col int) int {
	if line >= 1 && line <= len(m.cols) {
		if cols := m.cols[line-1]; cols != nil {
			col = cols[min(max(col-1, 0), len(cols)-1)]
		}
	}
	return m.src.offset(line, col)
}

// place returns the place in the file of a byte of a line; lines count from 0.
func (m *mended) place(line, at int) int {
	return m.offset(line+1, 1+utf8.RuneCountInString(m.lines[line][:at]))
}

// replace puts other characters in place of a part of a line. They stand where
// the part began.
func (m *mended) replace(line, from, to int, with string) {
	old := m.lines[line]
	cols := m.cols[line]
	if cols == nil {
		for col := 1; col <= utf8.RuneCountInString(old)+1; col++ {
			cols = append(cols, col)
		}
	}
	first, last := utf8.RuneCountInString(old[:from]), utf8.RuneCountInString(old[:to])
	var now []int
	now = append(now, cols[:first]...)
	for range utf8.RuneCountInString(with) {
		now = append(now, cols[first])
	}
	m.lines[line] = old[:from] + with + old[to:]
	m.cols[line] = append(now, cols[last:]...)
}

// indent sets a line in by so many blanks.
func (m *mended) indent(line, blanks int) {
	m.replace(line, 0, len(m.lines[line])-len(strings.TrimLeft(m.lines[line], " \t")), strings.Repeat(" ", blanks))
}

// mask puts a harmless word in place of the value that begins in a line and
// ends before another. The tree then has the node given there.
func (m *mended) mask(line, from, end int, as *node) {
	m.nodes[m.place(line, from)] = as
	m.replace(line, from, len(m.lines[line]), "x")
	m.clear(line+1, end)
}

// clear empties lines.
func (m *mended) clear(line, end int) {
	for ; line < end; line++ {
		m.replace(line, 0, len(m.lines[line]), "")
	}
}
