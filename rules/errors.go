package rules

import (
	"fmt"
	"slices"
	"strings"
)

// Error is one mistake in the text of an expression.
type Error struct {
	From, To int    // byte offsets into the text, the span to underline
	Code     string // a stable code such as "E012", see [Codes]
	Msg      string // the cause
	Hint     string // the likely fix, may be empty
}

// Error returns cause, code and hint in one line.
func (e *Error) Error() string {
	if e.Hint == "" {
		return fmt.Sprintf("%s [%s]", e.Msg, e.Code)
	}
	return fmt.Sprintf("%s [%s]: %s", e.Msg, e.Code, e.Hint)
}

// Errors lists the mistakes of one text in order of position.
type Errors []*Error

// Error returns one line per mistake.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// sorted orders the mistakes by position and drops repeats.
func (es Errors) sorted() Errors {
	slices.SortStableFunc(es, func(a, b *Error) int {
		if a.From != b.From {
			return a.From - b.From
		}
		return a.To - b.To
	})
	return slices.CompactFunc(es, func(a, b *Error) bool { return *a == *b })
}
