package standard

import (
	"math"
	"slices"
	"sort"

	"assay/fundamentals"
	"assay/rules"
)

// The oldest statement that still speaks for a company, in days: nine months
// for those that file every quarter, seventeen for those that file once a year.
const (
	StaleAfterDays       = 274
	StaleAfterDaysAnnual = 517
)

// drift is by how many days a period end may differ from the calendar point it
// stands for: 52/53-week years, and 12/16-week quarters (Brinker, BJ's).
const drift = 25

// View reads one company as it was known on a date.
type View struct {
	m    *Map
	c    *Company
	AsOf fundamentals.Date
	// Anchor is the latest statement period end known; none if there is none.
	Anchor fundamentals.Date
	// YearEnd is the latest fiscal year end known; none if there is none.
	YearEnd fundamentals.Date
	// KnownOn is the day on which the first statement for Anchor became known.
	KnownOn fundamentals.Date
	// AnnualOnly is true of those that file no quarterly reports.
	AnnualOnly bool

	known  int                  // how many filings are
	ends   []fundamentals.Date  // balance sheet dates known, ascending
	splits []fundamentals.Split // from the splits file
	found  []FoundSplit         // from the filings, without those of the file
}

// View returns the company as known on a date. Splits are those of its shares,
// by date; only those up to the date count.
func (c *Company) View(m *Map, asOf fundamentals.Date, splits []fundamentals.Split) *View {
	v := &View{m: m, c: c, AsOf: asOf, splits: splits}
	quarterly := false
	for ; v.known < len(c.Filings) && c.Filings[v.known].KnownOn <= asOf; v.known++ {
		f, end := &c.Filings[v.known], c.Statement[v.known]
		if end == 0 {
			continue
		}
		if end > v.Anchor {
			v.Anchor, v.KnownOn = end, f.KnownOn
		}
		if annualForm(f.Form) {
			v.YearEnd = max(v.YearEnd, end)
		} else {
			quarterly = true
		}
	}
	v.AnnualOnly = !quarterly
	periods := c.Periods(m.core.assets)
	for i := range periods {
		p := &periods[i]
		if p.End > v.Anchor {
			break
		}
		if _, ok := c.known(p, asOf); ok {
			v.ends = append(v.ends, p.End)
		}
	}
	v.found = c.Unlisted(c.Splits(m, asOf), splits)
	return v
}

// On returns the company as known on a later day than that of the view. Alike is
// true where every item reads the same as in the view: no filing became known and no
// split came between the two days.
func (v *View) On(asOf fundamentals.Date) (later *View, alike bool) {
	if v.known < len(v.c.Filings) && v.c.Filings[v.known].KnownOn <= asOf {
		return v.c.View(v.m, asOf, v.splits), false
	}
	alike = !slices.ContainsFunc(v.splits, func(s fundamentals.Split) bool { return s.Date > v.AsOf && s.Date <= asOf })
	copied := *v
	copied.AsOf = asOf
	return &copied, alike
}

// Stale reports whether the anchor is too old to speak for the company. A
// limit of 0 days means the default.
func (v *View) Stale(limitDays int) bool {
	if limitDays == 0 {
		limitDays = StaleAfterDays
		if v.AnnualOnly {
			limitDays = StaleAfterDaysAnnual
		}
	}
	return int(v.AsOf-v.Anchor) > limitDays
}

// Point returns the period end that stands a number of quarters before the
// anchor; ok is false where no statement of that time is known.
func (v *View) Point(at rules.At) (end fundamentals.Date, ok bool) {
	base := v.Anchor
	if at.Basis == rules.Annual {
		base = v.YearEnd
	}
	if at.Basis == rules.Annual && at.Lag%4 != 0 {
		return 0, false // no fiscal year ends there
	}
	if base == 0 || at.Lag == 0 {
		return base, base != 0
	}
	target := base - fundamentals.Date(math.Round(float64(at.Lag)*365.25/4))
	i := sort.Search(len(v.ends), func(i int) bool { return v.ends[i] >= target })
	best := fundamentals.Date(0)
	for _, j := range [...]int{i - 1, i} {
		if j < 0 || j >= len(v.ends) {
			continue
		}
		if d := dist(v.ends[j], target); d <= drift && (best == 0 || d < dist(best, target)) {
			best = v.ends[j]
		}
	}
	return best, best != 0
}

func dist(a, b fundamentals.Date) fundamentals.Date {
	if a < b {
		return b - a
	}
	return a - b
}

// PointKnownOn returns the day on which the first statement for a period end
// became known: the day whose close stands for a price in history.
func (v *View) PointKnownOn(end fundamentals.Date) (fundamentals.Date, bool) {
	for i := range v.known {
		if v.c.Statement[i] == end {
			return v.c.Filings[i].KnownOn, true
		}
	}
	return 0, false
}

// splitFactor is what a count is multiplied by to stand on the view's date: it
// was stated on the split basis of a day, in a filing.
func (v *View) splitFactor(from fundamentals.Date, filing int) float64 {
	factor := between(v.found, filing, len(v.c.Filings))
	for _, s := range v.splits {
		if s.Date > from && s.Date <= v.AsOf {
			factor *= s.Ratio
		}
	}
	return factor
}
