package screener

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"assay/fundamentals"
	"assay/rules"
)

// Variation is a screen in which one metric is read by another definition.
type Variation struct {
	Metric  string  `json:"metric"`
	Variant string  `json:"variant"`
	Screen  *Screen `json:"-"`
}

// Robustness says which candidates of a screen do not hang on the choice of a
// definition.
type Robustness struct {
	Screen     string           `json:"screen"`
	AsOf       string           `json:"as_of"`
	Variations []VariationTally `json:"variations"`
	Candidates []Robust         `json:"candidates"` // those of the screen in their order, then who else gets in, by how often
}

// VariationTally is what one variation does to the list.
type VariationTally struct {
	Variation
	Listed int `json:"listed"`
	Left   int `json:"left"`    // candidates of the screen that it drops
	Enter  int `json:"entered"` // companies that only it lists
}

// Robust is a company that the screen, or a variation of it, lists.
type Robust struct {
	Rank     int              `json:"rank,omitempty"` // in the screen; 0: it does not list it
	Ticker   string           `json:"ticker"`
	CIK      fundamentals.CIK `json:"cik"`
	Name     string           `json:"name"`
	Survives int              `json:"survives"` // variations that list it
	Of       int              `json:"of"`
	Standing string           `json:"standing"` // "all", "most" (half of them or more), "few" or "none"
	Falls    []Fall           `json:"falls"`    // for a candidate: the variations that drop it
}

// Fall is why a variation does not list a candidate.
type Fall struct {
	Metric  string   `json:"metric"`
	Variant string   `json:"variant"`
	By      []string `json:"by"` // the conditions that do not hold, "universe", or "rank" for beyond the limit
}

// Vary runs a screen and its variations over a table.
func Vary(ctx context.Context, table Table, screen *Screen, variations []Variation, options Options) (*Robustness, error) {
	base, err := start(ctx, table, screen, options)
	if err != nil {
		return nil, fmt.Errorf("screen %s as of %s: %w", screen.Name, table.AsOf(), err)
	}
	out := &Robustness{Screen: screen.Name, AsOf: table.AsOf().String(), Variations: []VariationTally{}, Candidates: []Robust{}}
	rank := map[int]int{}
	for i, row := range base.listed() {
		rank[row] = i + 1
	}
	survives, falls := map[int]int{}, map[int][]Fall{}
	for _, v := range variations {
		r, err := start(ctx, table, v.Screen, options)
		if err != nil {
			return nil, fmt.Errorf("screen %s with %s for %s: %w", screen.Name, v.Variant, v.Metric, err)
		}
		tally := VariationTally{Variation: v, Listed: len(r.listed())}
		for _, row := range r.listed() {
			survives[row]++
			if rank[row] == 0 {
				tally.Enter++
			}
		}
		for row := range rank {
			if !slices.Contains(r.listed(), row) {
				tally.Left++
				falls[row] = append(falls[row], Fall{v.Metric, v.Variant, r.against(row)})
			}
		}
		out.Variations = append(out.Variations, tally)
	}
	for row := range table.Rows() {
		if rank[row] == 0 && survives[row] == 0 {
			continue
		}
		c := Robust{
			Rank: rank[row], Ticker: table.Ticker(row), CIK: table.CIK(row), Name: table.Name(row),
			Survives: survives[row], Of: len(variations), Falls: falls[row],
			Standing: standing(survives[row], len(variations)),
		}
		out.Candidates = append(out.Candidates, c)
	}
	slices.SortFunc(out.Candidates, func(a, b Robust) int {
		if (a.Rank == 0) != (b.Rank == 0) {
			return cmp.Compare(b.Rank, a.Rank) // candidates first
		}
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(b.Survives, a.Survives), cmp.Compare(a.CIK, b.CIK))
	})
	return out, nil
}

func standing(survives, of int) string {
	switch {
	case survives == of:
		return "all"
	case survives == 0:
		return "none"
	case 2*survives >= of:
		return "most"
	}
	return "few"
}

// against says what keeps a row off the list.
func (r *run) against(row int) []string {
	if r.universe[row] != rules.True {
		return []string{"universe"}
	}
	var by []string
	for i, c := range r.screen.Pass {
		if r.counts(i, row) != passed {
			by = append(by, c.Name)
		}
	}
	if by == nil {
		by = []string{"rank"}
	}
	return by
}

// Names lists the columns that decide a screen's list: those that its universe,
// conditions, score and ties read, lets expanded. Columns that are only shown
// are not among them.
func (s *Screen) Names() (names []string) {
	shown := *s
	shown.Columns, shown.Flags = nil, nil
	shown.programs(func(p *rules.Program) {
		for _, ref := range p.Refs() {
			if !slices.Contains(names, ref.Name) {
				names = append(names, ref.Name)
			}
		}
	})
	slices.Sort(names)
	return names
}
