package screener

import (
	"cmp"
	"context"
	"slices"
)

// doubts lists the companies of which the screen cannot say.
func (r *run) doubts(ctx context.Context, out *Result) error {
	inside, around := counter{}, counter{}
	out.UnknownCompanies, out.UniverseUnknowns = []Doubt{}, []Doubt{}
	for row, o := range r.outcomes {
		doubt := Doubt{Ticker: r.table.Ticker(row), CIK: r.table.CIK(row), Name: r.table.Name(row)}
		switch o {
		case universeUnknown:
			lacks, err := r.lacks(ctx, r.screen.Universe, row)
			if err != nil {
				return err
			}
			around.add(lacks[0])
			doubt.Lacks = lacks
			out.UniverseUnknowns = append(out.UniverseUnknowns, doubt)
		case unknown:
			lacks, err := r.undecided(ctx, row)
			if err != nil {
				return err
			}
			inside.add(lacks[0])
			doubt.Lacks = lacks
			out.UnknownCompanies = append(out.UnknownCompanies, doubt)
		}
	}
	byCIK := func(a, b Doubt) int { return cmp.Compare(a.CIK, b.CIK) }
	slices.SortFunc(out.UnknownCompanies, byCIK)
	slices.SortFunc(out.UniverseUnknowns, byCIK)
	out.UnknownReasons, out.UniverseUnknownReasons = inside.sorted(), around.sorted()
	return nil
}

// undecided lists what the conditions that leave a company unknown lack.
func (r *run) undecided(ctx context.Context, row int) ([]Lack, error) {
	var all []Lack
	for i := range r.screen.Pass {
		if r.counts(i, row) != unknown {
			continue
		}
		lacks, err := r.lacks(ctx, r.held(i, row), row)
		if err != nil {
			return nil, err
		}
		for _, l := range lacks {
			l.Condition = r.screen.Pass[i].Name
			all = append(all, l)
		}
	}
	return all, nil
}
