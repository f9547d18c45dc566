package screener

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"assay/fundamentals"
	"assay/rules"
)

// Before is the list before, as a run of the same screen left it.
type Before struct {
	Run   string                                 `json:"run"`
	AsOf  fundamentals.Date                      `json:"as_of"`
	Since map[fundamentals.CIK]fundamentals.Date `json:"since"` // who was on it, run after run since when
}

// text names the list, for the name of a run that goes by it.
func (b *Before) text() string {
	if b == nil {
		return "none"
	}
	var t strings.Builder
	fmt.Fprintf(&t, "%s %d", b.Run, b.AsOf)
	for _, cik := range slices.Sorted(maps.Keys(b.Since)) {
		fmt.Fprintf(&t, " %d:%d", cik, b.Since[cik])
	}
	return t.String()
}

// Bands is how the list before bears upon a list.
type Bands struct {
	Run    string `json:"run,omitempty"` // the run that left the list before; "": there is none
	AsOf   string `json:"as_of,omitempty"`
	Before int    `json:"before"` // companies that were on it
	Kept   int    `json:"kept"`   // passed by a threshold of keep: where that of entry is not met
	Stayed int    `json:"stayed"` // passed by min_stay alone
}

// Banded reports whether the screen goes by the list before.
func (s *Screen) Banded() bool {
	return s.MinStay > 0 || slices.ContainsFunc(s.Pass, func(c Condition) bool { return c.Keep != nil })
}

// band gives companies of the list before the thresholds that they may keep, and
// finds those that must stay. Who leaves the universe stays in no case.
func (r *run) band(ctx context.Context) error {
	before := r.options.Before
	if !r.screen.Banded() || before == nil {
		return nil
	}
	r.incumbent = make([]bool, r.table.Rows())
	r.staying = make([]bool, r.table.Rows())
	for row := range r.incumbent {
		since, on := before.Since[r.table.CIK(row)]
		r.incumbent[row] = on
		r.staying[row] = on && r.universe[row] == rules.True && int(r.table.AsOf()-since) < r.screen.MinStay
	}
	r.entry = slices.Clone(r.verdicts)
	for i, c := range r.screen.Pass {
		if c.Keep == nil {
			continue
		}
		v, err := r.peers.Eval(ctx, c.Keep.Program, rules.At{})
		if err != nil {
			return fmt.Errorf("keep %s: %w", c.Name, err)
		}
		r.verdicts[i] = slices.Clone(r.entry[i])
		for row := range r.verdicts[i] {
			if r.kept(i, row) {
				r.verdicts[i][row] = v.Verdict(row)
			}
		}
	}
	return nil
}

// kept reports whether the threshold of keep: decides a condition of a company,
// for which that of entry does not count as held.
func (r *run) kept(condition, row int) bool {
	c := &r.screen.Pass[condition]
	return r.entry != nil && r.incumbent[row] && c.Keep != nil && c.counts(r.entry[condition][row]) != passed
}

// stays reports whether a company passes because it has not been on the list for
// long enough.
func (r *run) stays(row int) bool { return r.staying != nil && r.staying[row] }

// held is the expression that decides a condition of a company.
func (r *run) held(condition, row int) *Rule {
	c := &r.screen.Pass[condition]
	if r.kept(condition, row) {
		return c.Keep
	}
	return &c.Rule
}

// bandOf names the band by which a condition is told of a company; "" without.
func (r *run) bandOf(condition, row int) string {
	switch {
	case r.stays(row) && r.makes(condition, row) != passed:
		return "min_stay"
	case r.kept(condition, row):
		return "keep"
	}
	return ""
}

// bandFlags says by which bands a company passes.
func (r *run) bandFlags(row int) (flags []string) {
	stayed := false
	for i, c := range r.screen.Pass {
		if r.kept(i, row) && r.verdicts[i][row] == rules.True {
			flags = append(flags, "keep:"+c.Name)
		}
		stayed = stayed || r.makes(i, row) != passed
	}
	if stayed {
		flags = append(flags, "min_stay")
	}
	return flags
}

// since is the day from which a company that is listed has been so, run after
// run; 0 without bands.
func (r *run) since(row int) fundamentals.Date {
	if !r.screen.Banded() {
		return 0
	}
	if r.incumbent != nil && r.incumbent[row] {
		return r.options.Before.Since[r.table.CIK(row)]
	}
	return r.table.AsOf()
}

// bands tells how the list before bore upon this one; nil without bands.
func (r *run) bands() *Bands {
	if !r.screen.Banded() {
		return nil
	}
	out := &Bands{}
	if b := r.options.Before; b != nil {
		out.Run, out.AsOf, out.Before = b.Run, b.AsOf.String(), len(b.Since)
	}
	for _, row := range r.order {
		flags := r.bandFlags(row)
		switch {
		case slices.Contains(flags, "min_stay"):
			out.Stayed++
		case len(flags) > 0:
			out.Kept++
		}
	}
	return out
}

func (b *Bands) notice() string {
	if b.Run == "" {
		return "bands: no earlier list of this screen is known: every company is held to the conditions of entry"
	}
	return fmt.Sprintf("bands: %d companies of the list of %s (run %s) may keep what they have: %d passed by keep, %d by min_stay",
		b.Before, b.AsOf, b.Run, b.Kept, b.Stayed)
}
