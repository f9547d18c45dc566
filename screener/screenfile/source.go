package screenfile

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// source is the text of a file, without a byte order mark and with plain line
// ends, and the table of its lines.
type source struct {
	file  string
	text  string
	lines []int // offset of the start of each line
}

func newSource(file string, text []byte) *source {
	s := strings.TrimPrefix(string(text), "\ufeff")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	src := &source{file: file, text: s, lines: []int{0}}
	for i := range len(s) {
		if s[i] == '\n' {
			src.lines = append(src.lines, i+1)
		}
	}
	return src
}

// line returns a line, from 1, without its end.
func (s *source) line(n int) string {
	if n < 1 || n > len(s.lines) {
		return ""
	}
	rest := s.text[s.lines[n-1]:]
	line, _, _ := strings.Cut(rest, "\n")
	return line
}

// maxBehind is how many blanks at the end of a line are reckoned with.
const maxBehind = 4096

// begin returns where a plain scalar begins that is said to begin at an offset. The
// parser takes blanks at the end of a line for a part of its length, and puts it
// so much further on.
func (s *source) begin(at int, value string) int {
	line, _ := s.position(at)
	least := max(s.lines[line-1], at-maxBehind)
	for from := min(at, len(s.text)); from >= least; from-- {
		if says(s.text[from:], value) {
			return from
		}
	}
	return at
}

// says reports whether a text begins with a value, whatever blanks and line ends
// part its words.
func says(text, value string) bool {
	i := 0
	for k := 0; k < len(value); {
		if blank(value[k]) {
			if i >= len(text) || !blank(text[i]) {
				return false
			}
			for k < len(value) && blank(value[k]) {
				k++
			}
			for i < len(text) && blank(text[i]) {
				i++
			}
			continue
		}
		if i >= len(text) || text[i] != value[k] {
			return false
		}
		i, k = i+1, k+1
	}
	return true
}

// end returns the offset at which a line ends.
func (s *source) end(n int) int { return s.lines[n-1] + len(s.line(n)) }

// offset returns the offset of a line and a column in characters, both from 1.
func (s *source) offset(line, col int) int {
	if line < 1 {
		return 0
	}
	if line > len(s.lines) {
		return len(s.text)
	}
	at := s.lines[line-1]
	for text := s.line(line); col > 1 && text != ""; col-- {
		_, size := utf8.DecodeRuneInString(text)
		text, at = text[size:], at+size
	}
	return at
}

// position is the inverse of offset.
func (s *source) position(offset int) (line, col int) {
	offset = min(max(offset, 0), len(s.text))
	line = sort.SearchInts(s.lines, offset+1)
	return line, 1 + utf8.RuneCountInString(s.text[s.lines[line-1]:offset])
}

// problem makes a problem that underlines from..to, as far as the first line
// goes.
func (s *source) problem(from, to int, code, msg, hint string) *Problem {
	line, col := s.position(from)
	text := s.line(line)
	from = min(max(from, 0), len(s.text))
	to = min(to, s.lines[line-1]+len(strings.TrimRight(text, " \t")))
	width := 1
	if to > from {
		width = utf8.RuneCountInString(s.text[from:to])
	}
	return &Problem{File: s.file, Line: line, Col: col, Width: width, Text: text, Code: code, Msg: msg, Hint: hint}
}
