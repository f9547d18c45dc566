package screener

import (
	"cmp"
	"slices"

	"assay/rules"
)

// Reads lists the planes that decide the list of the screen, each once: what [Pick]
// and [List] read.
func (s *Screen) Reads() []rules.Ref {
	var refs []rules.Ref
	add := func(r *Rule) { refs = append(refs, r.Program.Refs()...) }
	if s.Universe != nil {
		add(s.Universe)
	}
	for i := range s.Pass {
		add(&s.Pass[i].Rule)
	}
	if s.Rank != nil {
		add(&s.Rank.By)
		for i := range s.Rank.Ties {
			add(&s.Rank.Ties[i])
		}
	}
	slices.SortFunc(refs, func(a, b rules.Ref) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.At.Basis, b.At.Basis), cmp.Compare(a.At.Lag, b.At.Lag))
	})
	return slices.Compact(refs)
}
