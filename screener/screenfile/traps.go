package screenfile

import (
	"fmt"
	"regexp"
	"strings"
)

// YAML's traps: what it does in silence to an expression that stands in a file
// without quotes.

var blockHeader = regexp.MustCompile(`^[|>][-+0-9]*([ \t]+#.*|[ \t]*)$`)

// header returns the problem of a block header that was meant as a comparison,
// or nil.
func (r *reader) header(from int) *Problem {
	line, _ := r.src.position(from)
	rest := r.src.text[from : r.src.lines[line-1]+len(r.src.line(line))]
	if blockHeader.MatchString(rest) {
		return nil
	}
	hint := "the text of a block begins on the line below |"
	if rest[0] == '>' {
		hint = fmt.Sprintf("name what is compared, such as: roic %s\nor quote the expression, or write it below | on a line of its own", strings.TrimSpace(rest))
	}
	return r.src.problem(from, from+len(rest), codeHeader,
		fmt.Sprintf("YAML takes a value that begins with %s for the header of a block of text", rest[:1]), hint)
}

// tag returns the problem of a first word that YAML drops.
func (r *reader) tag(from int, tag string) *Problem {
	return r.src.problem(from, from+len(tag), codeTag,
		fmt.Sprintf("YAML takes %s for a tag and drops it", tag),
		"write `not (...)` instead of !, or quote the expression, or write it below |")
}

// cut returns the problem of an expression that a # cuts short, or nil when
// nothing is missing from it.
func (r *reader) cut(n *node) *Problem {
	if n.style != plain || balance(n.text) == (open{}) {
		return nil
	}
	line, _ := r.src.position(n.to)
	rest := r.src.text[n.to : r.src.lines[line-1]+len(r.src.line(line))]
	hash := len(rest) - len(strings.TrimLeft(rest, " \t"))
	if hash == 0 || hash == len(rest) || rest[hash] != '#' {
		return nil
	}
	return r.src.problem(n.to+hash, n.to+len(rest), codeComment,
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

// splitList reports elements of a flow list that a comma split, once for all
// the pieces of one expression, and marks the pieces.
func (r *reader) splitList(n *node) {
	r.split(len(n.items), func(i int) *node { return n.items[i] }, func(i int) { n.items[i].broken = true })
}

// splitBlock does the same for a flow block. There the later pieces look like
// keys without a value.
func (r *reader) splitBlock(n *node) {
	piece := func(i int) *node {
		if v := n.pairs[i].value; v.kind != none {
			return v
		}
		return n.pairs[i].key
	}
	r.split(len(n.pairs), piece, func(i int) {
		n.pairs[i].value.broken = true
		if n.pairs[i].value.kind == none {
			n.pairs[i].key.broken = true
		}
	})
}

func (r *reader) split(n int, piece func(int) *node, mark func(int)) {
	for i := 0; i < n; i++ {
		first := piece(i)
		if first.kind != scalar || first.style != plain || first.broken {
			continue
		}
		depth := balance(first.text).depth
		if depth <= 0 {
			continue
		}
		last := i
		for depth > 0 && last+1 < n && piece(last+1).kind == scalar {
			last++
			depth += balance(piece(last).text).depth
		}
		if last == i {
			continue
		}
		for j := i; j <= last; j++ {
			mark(j)
		}
		to := piece(last).to
		whole := strings.Join(strings.Fields(r.src.text[first.from:max(first.from, to)]), " ")
		r.report(r.src.problem(first.from, to, codeComma,
			"a comma inside [ ] or { } splits this expression",
			fmt.Sprintf("quote it: %q, or write one element a line", whole)))
		i = last
	}
}
