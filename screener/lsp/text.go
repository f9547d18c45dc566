package lsp

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// lines splits a text at its line ends, which are \n, \r\n and \r.
func lines(text string) []string {
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
}

// units counts the units of UTF-16 of a text.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// offsetIn returns the byte of a line at which a column in units of UTF-16
// stands; the end of the line where it is beyond.
func offsetIn(line string, column int) int {
	at := 0
	for at < len(line) && column > 0 {
		r, size := utf8.DecodeRuneInString(line[at:])
		column -= max(utf16.RuneLen(r), 1)
		at += size
	}
	return at
}

// letters returns the byte of a line at which its nth character begins.
func letters(line string, n int) int {
	at := 0
	for ; at < len(line) && n > 0; n-- {
		_, size := utf8.DecodeRuneInString(line[at:])
		at += size
	}
	return at
}

// spanOf returns the span of two bytes of a line.
func spanOf(number int, line string, from, to int) span {
	from = min(max(from, 0), len(line))
	to = min(max(to, from), len(line))
	start := units(line[:from])
	return span{position{number, start}, position{number, start + units(line[from:to])}}
}

// edited applies changes to a text.
func edited(text string, changes []change) (string, error) {
	for _, c := range changes {
		if c.Range == nil {
			text = c.Text
			continue
		}
		from, to := offset(text, c.Range.Start), offset(text, c.Range.End)
		if to < from {
			return "", fmt.Errorf("an edit ends before it begins: %v", *c.Range)
		}
		text = text[:from] + c.Text + text[to:]
	}
	return text, nil
}

// offset returns the byte of a text at a position; its end where that is beyond.
func offset(text string, p position) int {
	at := 0
	for n := p.Line; n > 0; n-- {
		i := strings.IndexAny(text[at:], "\r\n")
		if i < 0 {
			return len(text)
		}
		at += i + 1
		if text[at-1] == '\r' && at < len(text) && text[at] == '\n' {
			at++
		}
	}
	line := text[at:]
	if i := strings.IndexAny(line, "\r\n"); i >= 0 {
		line = line[:i]
	}
	return at + offsetIn(line, p.Character)
}
