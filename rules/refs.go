package rules

import (
	"cmp"
	"maps"
	"slices"
)

// Ref is a plane of a column that a program reads.
type Ref struct {
	Name string
	At   At
}

// maxLag is how many quarters back a program may read.
const maxLag = 40 * 4

// maxPlanes is how many planes of columns a program may read.
const maxPlanes = 4000

// inherit is the basis of a plane that is read on the basis asked for.
const inherit = -1

// ref is a plane relative to the plane that is asked of a node.
type ref struct {
	name  string
	basis int // inherit or a Basis
	lag   int
	fixed bool // the column has no history: neither basis nor lag move it
}

// findRefs derives the planes that a node reads from those of its parts.
func (n *node) findRefs() []ref {
	if n.op == "column" {
		return []ref{{name: n.name, basis: inherit, fixed: n.fixed}}
	}
	var all []ref
	for _, p := range n.parts() {
		all = union(all, p.refs)
	}
	if n.op != "call" || !n.history() && !n.onBasis() {
		return all
	}
	return n.moved(all)
}

func (n *node) onBasis() bool {
	_, ok := n.fn.Body.(OnBasis)
	return ok
}

// union merges two sorted lists. Where one holds the other it is returned as it
// is, for most nodes read what their parts read.
func union(a, b []ref) []ref {
	if len(a) < len(b) {
		a, b = b, a
	}
	extra := 0
	for i, k := 0, 0; k < len(b); k++ {
		for i < len(a) && compareRefs(a[i], b[k]) < 0 {
			i++
		}
		if i == len(a) || a[i] != b[k] {
			extra++
		}
	}
	if extra == 0 {
		return a
	}
	all := make([]ref, 0, len(a)+extra)
	for len(a) > 0 && len(b) > 0 {
		switch order := compareRefs(a[0], b[0]); {
		case order < 0:
			all, a = append(all, a[0]), a[1:]
		case order > 0:
			all, b = append(all, b[0]), b[1:]
		default:
			all, a, b = append(all, a[0]), a[1:], b[1:]
		}
	}
	return append(append(all, a...), b...)
}

// moved applies a history function or a basis to the planes of its argument.
func (n *node) moved(refs []ref) []ref {
	if basis, ok := n.fn.Body.(OnBasis); ok {
		moved := slices.Clone(refs)
		for i := range moved {
			if moved[i].basis == inherit && !moved[i].fixed {
				moved[i].basis = int(basis)
			}
		}
		slices.SortFunc(moved, compareRefs)
		return slices.Compact(moved)
	}
	// Windows within windows meet the same planes again and again.
	moved := make(map[ref]bool, len(refs)+n.window.points)
	for _, lag := range n.lags() {
		for _, r := range refs {
			if !r.fixed {
				r.lag += lag
			}
			moved[r] = true
		}
	}
	return slices.SortedFunc(maps.Keys(moved), compareRefs)
}

// planes returns the planes read for the anchor, sorted and unique.
func (n *node) planes() []Ref {
	planes := make([]Ref, len(n.refs))
	for i, r := range n.refs {
		planes[i] = Ref{Name: r.name, At: At{Basis: Basis(max(r.basis, int(TTM))), Lag: r.lag}}
	}
	slices.SortFunc(planes, func(a, b Ref) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.At.Basis, b.At.Basis), cmp.Compare(a.At.Lag, b.At.Lag))
	})
	return slices.Compact(planes)
}

func compareRefs(a, b ref) int {
	return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.basis, b.basis), cmp.Compare(a.lag, b.lag))
}
