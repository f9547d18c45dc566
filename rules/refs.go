package rules

import (
	"cmp"
	"slices"
)

// Ref is a plane of a column that a program reads.
type Ref struct {
	Name string
	At   At
}

// maxLag is how many quarters back a program may read.
const maxLag = 40 * 4

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
	parts := n.parts()
	if len(parts) == 1 && n.op != "call" {
		return parts[0].refs
	}
	var all []ref
	for _, p := range parts {
		all = append(all, p.refs...)
	}
	if n.op == "call" {
		all = n.moved(all)
	}
	slices.SortFunc(all, compareRefs)
	return slices.Compact(all)
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
		return moved
	}
	if !n.history() {
		return refs
	}
	var moved []ref
	for _, lag := range n.lags() {
		for _, r := range refs {
			if !r.fixed {
				r.lag += lag
			}
			moved = append(moved, r)
		}
	}
	return moved
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
