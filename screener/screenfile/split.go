package screenfile

import (
	"fmt"
	"strings"
)

// splitList reports elements of a flow list that a comma split, once for all
// the pieces of one expression, and marks the pieces.
func (r *reader) splitList(n *node) {
	n.split = r.split(len(n.items), func(i int) *node { return n.items[i] }, func(i int) { n.items[i].broken = true })
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
	n.split = r.split(len(n.pairs), piece, func(i int) {
		n.pairs[i].value.broken = true
		if n.pairs[i].value.kind == none {
			n.pairs[i].key.broken = true
		}
	})
}

func (r *reader) split(n int, piece func(int) *node, mark func(int)) (found bool) {
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
		i, found = last, true
	}
	return found
}
