package screener

import (
	"cmp"
	"context"
	"slices"

	"assay/rules"
)

// doubts lists the companies of which the screen cannot say.
func (r *run) doubts(ctx context.Context, out *Result) error {
	inside, around := map[rules.Gap]int{}, map[rules.Gap]int{}
	out.UnknownCompanies, out.UniverseUnknowns = make([]Doubt, 0, out.Unknown), make([]Doubt, 0, out.UniverseUnknown)
	all := make([]Lack, 0, 2*(out.Unknown+out.UniverseUnknown)) // of all companies; each has its part
	for row, o := range r.outcomes {
		if o != universeUnknown && o != unknown {
			continue
		}
		var first rules.Gap
		var err error
		from := len(all)
		if o == unknown {
			all, first, err = r.undecided(ctx, row, all)
		} else {
			all, first, err = r.lacks(ctx, r.screen.Universe, "", row, all)
		}
		if err != nil {
			return err
		}
		doubt := Doubt{Ticker: r.table.Ticker(row), CIK: r.table.CIK(row), Name: r.table.Name(row), Lacks: all[from:len(all):len(all)]}
		if o == unknown {
			inside[first]++
			out.UnknownCompanies = append(out.UnknownCompanies, doubt)
		} else {
			around[first]++
			out.UniverseUnknowns = append(out.UniverseUnknowns, doubt)
		}
	}
	byCIK := func(a, b Doubt) int { return cmp.Compare(a.CIK, b.CIK) }
	slices.SortFunc(out.UnknownCompanies, byCIK)
	slices.SortFunc(out.UniverseUnknowns, byCIK)
	out.UnknownReasons, out.UniverseUnknownReasons = r.absences.counted(inside).sorted(), r.absences.counted(around).sorted()
	return nil
}

// undecided adds what the conditions that leave a company unknown lack to a list,
// and returns what the first of them lacks first.
func (r *run) undecided(ctx context.Context, row int, list []Lack) (_ []Lack, first rules.Gap, err error) {
	for i := range r.screen.Pass {
		if r.counts(i, row) != unknown {
			continue
		}
		var gap rules.Gap
		if list, gap, err = r.lacks(ctx, r.held(i, row), r.screen.Pass[i].Name, row, list); err != nil {
			return nil, rules.Gap{}, err
		}
		if first.Part == nil {
			first = gap
		}
	}
	return list, first, nil
}
