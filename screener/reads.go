package screener

import (
	"cmp"
	"slices"

	"assay/rules"
)

// Reads lists the planes that decide the list of the screen, each once: what [Pick]
// and [List] read.
func (s *Screen) Reads() []rules.Ref {
	var programs []*rules.Program
	if s.Universe != nil {
		programs = append(programs, s.Universe.Program)
	}
	for i := range s.Pass {
		programs = append(programs, s.Pass[i].Program)
		if keep := s.Pass[i].Keep; keep != nil {
			programs = append(programs, keep.Program)
		}
	}
	if s.Rank != nil {
		programs = append(programs, s.Rank.By.Program)
		for i := range s.Rank.Ties {
			programs = append(programs, s.Rank.Ties[i].Program)
		}
	}
	return readsOf(programs)
}

// AllReads lists the planes that [Run] reads for the screen, each once.
func (s *Screen) AllReads() []rules.Ref {
	var programs []*rules.Program
	s.programs(func(p *rules.Program) { programs = append(programs, p) })
	return readsOf(programs)
}

func readsOf(programs []*rules.Program) (refs []rules.Ref) {
	for _, p := range programs {
		refs = append(refs, p.Refs()...)
	}
	slices.SortFunc(refs, func(a, b rules.Ref) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.At.Basis, b.At.Basis), cmp.Compare(a.At.Lag, b.At.Lag))
	})
	return slices.Compact(refs)
}
