package screenfile

import (
	"strings"
)

// YAML's traps: what it does in silence to an expression that stands in a file
// without quotes.

var blockHeader = pattern(`^[|>][-+0-9]*([ \t]+#.*|[ \t]*)$`)

// cut returns the problem of an expression that a # cuts short, or nil when
// nothing is missing from it.
func (r *reader) cut(n *node) *Problem {
	if n.style != plain || balance(n.text) == (open{}) {
		return nil
	}
	line, _ := n.src.position(n.to)
	rest := n.src.text[n.to:n.src.end(line)]
	hash := len(rest) - len(strings.TrimLeft(rest, " \t"))
	if hash == 0 || hash == len(rest) || rest[hash] != '#' {
		return nil
	}
	return n.src.problem(n.to+hash, n.to+len(rest), codeComment,
		"YAML takes this # for a comment and cuts the expression in two",
		"put the whole expression in single quotes, or write it below | on a line of its own")
}

// open says what a piece of an expression leaves open: brackets, and a text.
type open struct {
	depth int
	quote byte
}

func balance(text string) open {
	var o open
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case o.quote != 0 && c == '\\':
			i++
		case o.quote != 0:
			if c == o.quote {
				o.quote = 0
			}
		case c == '"' || c == '\'':
			o.quote = c
		case c == '(' || c == '[' || c == '{':
			o.depth++
		case c == ')' || c == ']' || c == '}':
			o.depth--
		}
	}
	return o
}
