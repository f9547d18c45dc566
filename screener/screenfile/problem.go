package screenfile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Problem is one mistake in a screen file, with its place.
type Problem struct {
	File  string
	Line  int    // from 1
	Col   int    // from 1, in characters
	Width int    // characters to underline
	Text  string // the line as it stands in the file
	Code  string // a stable code: E0xx of the language, E1xx of the file
	Msg   string // the cause
	Hint  string // the likely fix; may have several lines, may be empty
}

// Problems lists the mistakes of a file in order of position.
type Problems []*Problem

// Error returns every problem as users see it, a blank line between two.
func (ps Problems) Error() string {
	parts := make([]string, len(ps))
	for i, p := range ps {
		parts[i] = p.Error()
	}
	return strings.Join(parts, "\n\n")
}

// Error returns the problem with its line, a caret span and the hint.
func (p *Problem) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d:%d: %s [%s]", p.File, p.Line, p.Col, p.Msg, p.Code)
	if line, col := p.excerpt(); line != "" {
		blanks := pad(line, col)
		fmt.Fprintf(&b, "\n  %s\n  %s^%s", line, blanks, strings.Repeat("~", p.shown(line, col)-1))
	}
	if p.Hint != "" {
		for line := range strings.Lines(p.Hint) {
			b.WriteString(strings.TrimRight("\n  "+strings.TrimRight(line, "\n"), " "))
		}
	}
	return b.String()
}

// widest is how much of a long line is shown.
const widest = 100

// excerpt returns the line without its indent and ends, cut to a readable
// length around the mistake, and the column of the mistake in it, from 0.
func (p *Problem) excerpt() (line string, col int) {
	trimmed := strings.TrimLeft(p.Text, " \t")
	col = p.Col - 1 - utf8.RuneCountInString(p.Text[:len(p.Text)-len(trimmed)])
	letters := []rune(strings.TrimRight(trimmed, " \t"))
	for i, r := range letters {
		if r < ' ' && r != '\t' || r == utf8.RuneError || r == '\x7f' {
			letters[i] = '?' // never let a file write to the terminal
		}
	}
	col = min(max(col, 0), len(letters))
	if len(letters) <= widest {
		return string(letters), col
	}
	from := min(max(col-widest/3, 0), len(letters)-widest)
	cut := letters[from : from+widest]
	if from > 0 {
		cut = append([]rune("..."), cut...)
		col += 3
	}
	if from+widest < len(letters) {
		cut = append(slices.Clone(cut), []rune("...")...)
	}
	return string(cut), col - from
}

// shown returns how many characters to underline: at least one, and none
// beyond the end of the line.
func (p *Problem) shown(line string, col int) int {
	return max(1, min(p.Width, utf8.RuneCountInString(line)-col))
}

// pad returns blanks as wide as the first col characters of the line.
func pad(line string, col int) string {
	blanks := []rune(line)[:col]
	for i, r := range blanks {
		if r != '\t' {
			blanks[i] = ' '
		}
	}
	return string(blanks)
}

// sorted orders problems by file and position and drops repeats.
func (ps Problems) sorted(files []string) Problems {
	slices.SortStableFunc(ps, func(a, b *Problem) int {
		return cmp.Or(slices.Index(files, a.File)-slices.Index(files, b.File), a.Line-b.Line, a.Col-b.Col)
	})
	return slices.CompactFunc(ps, func(a, b *Problem) bool { return *a == *b })
}
