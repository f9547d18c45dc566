package screener

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"assay/fundamentals"
	"assay/rules"
)

// Preview tells what an edit of a screen does to its list on one date.
type Preview struct {
	Old      string         `json:"old"`
	New      string         `json:"new"`
	AsOf     string         `json:"as_of"`
	Before   int            `json:"before"` // candidates of the old screen
	After    int            `json:"after"`
	Stays    int            `json:"stays"`
	Adds     []Change       `json:"adds"`     // in the order of the new screen
	Drops    []Change       `json:"drops"`    // in the order of the old one
	Moves    []Change       `json:"moves"`    // those that stay, with another rank
	ByCause  []CauseTally   `json:"by_cause"` // the most first
	Verdicts []VerdictTally `json:"verdicts"` // how many of the companies are judged otherwise, the most first
}

// Change is a company that is listed otherwise.
type Change struct {
	Ticker  string           `json:"ticker"`
	CIK     fundamentals.CIK `json:"cik"`
	Name    string           `json:"name"`
	OldRank int              `json:"old_rank,omitempty"` // 0: it was not listed
	NewRank int              `json:"new_rank,omitempty"`
	Causes  []Cause          `json:"causes"`
}

// Cause is a condition that makes a company listed otherwise.
type Cause struct {
	// Name is that of the condition; "universe"; or "rank" for a place beyond the
	// limit, or within it now.
	Name string `json:"name"`
	Old  string `json:"old"` // a verdict, or "" where the old screen has no such condition
	New  string `json:"new"`
}

// CauseTally is how many companies a condition adds and drops.
type CauseTally struct {
	Name  string `json:"name"`
	Adds  int    `json:"adds"`
	Drops int    `json:"drops"`
}

// VerdictTally is how many companies get another verdict.
type VerdictTally struct {
	Old       string `json:"old"`
	New       string `json:"new"`
	Companies int    `json:"companies"`
}

// NewPreview runs two screens over a table and tells them apart.
func NewPreview(ctx context.Context, table Table, before, after *Screen) (*Preview, error) {
	o, err := start(ctx, table, before, Options{})
	if err != nil {
		return nil, fmt.Errorf("screen %s as of %s: %w", before.Name, table.AsOf(), err)
	}
	n, err := start(ctx, table, after, Options{})
	if err != nil {
		return nil, fmt.Errorf("screen %s as of %s: %w", after.Name, table.AsOf(), err)
	}
	p := &Preview{Old: before.Name, New: after.Name, AsOf: table.AsOf().String(), Before: len(o.listed()), After: len(n.listed()),
		Adds: []Change{}, Drops: []Change{}, Moves: []Change{}, ByCause: []CauseTally{}}
	was, is := places(o), places(n)
	for _, row := range n.listed() {
		c := changed(table, row, was, is)
		switch {
		case c.OldRank == 0:
			c.Causes = causes(o, n, row, false)
			p.Adds = append(p.Adds, c)
		case c.OldRank != c.NewRank:
			p.Moves = append(p.Moves, c)
			p.Stays++
		default:
			p.Stays++
		}
	}
	for _, row := range o.listed() {
		if c := changed(table, row, was, is); c.NewRank == 0 {
			c.Causes = causes(o, n, row, true)
			p.Drops = append(p.Drops, c)
		}
	}
	p.tally()
	p.Verdicts = verdictChanges(o, n)
	return p, nil
}

// places returns the rank of each listed row.
func places(r *run) map[int]int {
	out := map[int]int{}
	for i, row := range r.listed() {
		out[row] = i + 1
	}
	return out
}

func changed(table Table, row int, was, is map[int]int) Change {
	return Change{Ticker: table.Ticker(row), CIK: table.CIK(row), Name: table.Name(row),
		OldRank: was[row], NewRank: is[row], Causes: []Cause{}}
}

// causes names what keeps a row off the list of one screen and not off that of
// the other. Dropped says that the new one lacks it.
func causes(o, n *run, row int, dropped bool) []Cause {
	without, with := o, n
	if dropped {
		without, with = n, o
	}
	cause := func(name, lacks, has string) Cause {
		if dropped {
			return Cause{Name: name, Old: has, New: lacks}
		}
		return Cause{Name: name, Old: lacks, New: has}
	}
	if without.universe[row] != rules.True {
		return []Cause{cause("universe", without.universe[row].String(), with.universe[row].String())}
	}
	var out []Cause
	for i, c := range without.screen.Pass {
		if without.counts(i, row) == passed {
			continue
		}
		has := ""
		if k := slices.IndexFunc(with.screen.Pass, func(w Condition) bool { return w.Name == c.Name }); k >= 0 {
			has = with.verdicts[k][row].String()
		}
		out = append(out, cause(c.Name, without.verdicts[i][row].String(), has))
	}
	if out == nil {
		out = append(out, cause("rank", "beyond the limit", "listed"))
	}
	return out
}

// tally counts which conditions add and drop how many companies.
func (p *Preview) tally() {
	counts := map[string]*CauseTally{}
	count := func(changes []Change, one func(*CauseTally)) {
		for _, c := range changes {
			for _, cause := range c.Causes {
				if counts[cause.Name] == nil {
					counts[cause.Name] = &CauseTally{Name: cause.Name}
				}
				one(counts[cause.Name])
			}
		}
	}
	count(p.Adds, func(t *CauseTally) { t.Adds++ })
	count(p.Drops, func(t *CauseTally) { t.Drops++ })
	for _, t := range counts {
		p.ByCause = append(p.ByCause, *t)
	}
	slices.SortFunc(p.ByCause, func(a, b CauseTally) int {
		return cmp.Or(cmp.Compare(b.Adds+b.Drops, a.Adds+a.Drops), cmp.Compare(a.Name, b.Name))
	})
}

// verdictChanges counts the companies that are judged otherwise.
func verdictChanges(o, n *run) []VerdictTally {
	counts := map[VerdictTally]int{}
	for row := range o.outcomes {
		if o.outcomes[row] != n.outcomes[row] {
			counts[VerdictTally{Old: o.outcomes[row].String(), New: n.outcomes[row].String()}]++
		}
	}
	out := []VerdictTally{}
	for t, n := range counts {
		t.Companies = n
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b VerdictTally) int {
		return cmp.Or(cmp.Compare(b.Companies, a.Companies), cmp.Compare(a.Old, b.Old), cmp.Compare(a.New, b.New))
	})
	return out
}
