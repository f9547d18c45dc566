package screener

import (
	"cmp"
	"context"
	"slices"

	"assay/fundamentals"
	"assay/rules"
)

// NearMiss is a company that few conditions keep out.
type NearMiss struct {
	Ticker string           `json:"ticker"`
	CIK    fundamentals.CIK `json:"cik"`
	Name   string           `json:"name"`
	// Distance adds up how far the conditions are from holding, each by its
	// nearness. It is null where one of them cannot be measured.
	Distance *float64 `json:"distance"`
	Misses   []Miss   `json:"misses"` // in the order of the file
}

// Miss is a condition that keeps a company out.
type Miss struct {
	Condition string `json:"condition"`
	Verdict   string `json:"verdict"`         // "false" or "unknown"
	Slack     *Slack `json:"slack"`           // null: it is unknown, or compares no numbers
	Lacks     []Lack `json:"lacks,omitempty"` // why it is unknown
}

// nearRows lists the companies of the universe that one condition or more keep
// out, but no more than most.
func (r *run) nearRows(most int) (rows []int) {
	if most <= 0 {
		return nil
	}
	for row, o := range r.outcomes {
		if (o == failed || o == unknown) && r.misses(row) <= most {
			rows = append(rows, row)
		}
	}
	return rows
}

// near tells of the companies given: the nearest first, then those that cannot be
// measured.
func (r *run) near(ctx context.Context, m *meter, rows []int) ([]NearMiss, error) {
	out := []NearMiss{}
	for _, row := range rows {
		miss, err := r.nearMiss(ctx, m, row)
		if err != nil {
			return nil, err
		}
		out = append(out, miss)
	}
	slices.SortFunc(out, func(a, b NearMiss) int {
		if (a.Distance == nil) != (b.Distance == nil) {
			return map[bool]int{true: 1, false: -1}[a.Distance == nil]
		}
		if a.Distance != nil && *a.Distance != *b.Distance {
			return cmp.Compare(*a.Distance, *b.Distance)
		}
		return cmp.Or(cmp.Compare(len(a.Misses), len(b.Misses)), cmp.Compare(a.CIK, b.CIK))
	})
	return out, nil
}

// misses counts the conditions that keep a company of the universe out.
func (r *run) misses(row int) (n int) {
	for i := range r.screen.Pass {
		if r.counts(i, row) != passed {
			n++
		}
	}
	return n
}

func (r *run) nearMiss(ctx context.Context, m *meter, row int) (NearMiss, error) {
	out := NearMiss{Ticker: r.table.Ticker(row), CIK: r.table.CIK(row), Name: r.table.Name(row), Distance: new(0.0)}
	for i := range r.screen.Pass {
		c := &r.screen.Pass[i]
		if r.counts(i, row) == passed {
			continue
		}
		miss := Miss{Condition: c.Name, Verdict: r.verdicts[i][row].String(), Slack: m.slack(i, row)}
		if r.verdicts[i][row] == rules.Unknown {
			var err error
			if miss.Lacks, _, err = r.lacks(ctx, r.held(i, row), "", row, nil); err != nil {
				return NearMiss{}, err
			}
		}
		switch {
		case miss.Slack == nil:
			out.Distance = nil
		case out.Distance != nil:
			*out.Distance -= miss.Slack.Nearness
		}
		out.Misses = append(out.Misses, miss)
	}
	return out, nil
}

// Overlap is what a condition keeps out, alone and together with others.
type Overlap struct {
	Condition string `json:"condition"`
	KeepsOut  int    `json:"keeps_out"` // companies of the universe that it fails, or leaves unknown
	Alone     int    `json:"alone"`     // those of them that would pass without it
	// With is how many of them another condition keeps out too, by its name.
	With map[string]int `json:"with"`
}

// overlap counts, for each condition, whom it keeps out and who else does.
func (r *run) overlap() []Overlap {
	out := make([]Overlap, len(r.screen.Pass))
	together := make([][]int, len(out))
	for i := range together {
		together[i] = make([]int, len(out))
	}
	var by []int
	for row, in := range r.universe {
		if in != rules.True {
			continue
		}
		by = by[:0]
		for i := range out {
			if r.counts(i, row) != passed {
				by = append(by, i)
			}
		}
		for _, i := range by {
			for _, j := range by {
				together[i][j]++
			}
		}
		if len(by) == 1 {
			out[by[0]].Alone++
		}
	}
	for i, c := range r.screen.Pass {
		out[i].Condition, out[i].KeepsOut, out[i].With = c.Name, together[i][i], map[string]int{}
		for j, other := range r.screen.Pass {
			if j != i {
				out[i].With[other.Name] = together[i][j]
			}
		}
	}
	return out
}
