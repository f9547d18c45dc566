package standard

import (
	"cmp"
	"math"
	"slices"

	"assay/fundamentals"
)

// Change says from which day on two packs of a company differ.
type Change struct {
	// From is the first day on which the two tell other things of the company as it
	// was known then. Splits is the day of the first split that only one of them finds
	// in the filings of all days, and Narrowed that of the first which they place between
	// other filings: it may be that of a splits file in one of them alone. All are far off
	// where there is none.
	From, Splits, Narrowed fundamentals.Date
}

// always is a day after all filings.
const always = fundamentals.Date(math.MaxInt32)

// Changes unpacks two packs of a company, by one map, and holds them against each
// other: mostly the second is of more filings.
func Changes(m *Map, one, other []byte) (Change, error) {
	a, err := Unpack(m, one)
	if err != nil {
		return Change{}, err
	}
	b, err := Unpack(m, other)
	if err != nil {
		return Change{}, err
	}
	c := Change{From: a.firstOther(b), Splits: always, Narrowed: always}
	x, y := a.datedSplits(m), b.datedSplits(m)
	for i := range max(len(x), len(y)) {
		switch {
		case i >= len(x) || i >= len(y) || x[i].known != y[i].known || x[i].ratio != y[i].ratio:
			c.Splits = min(c.Splits, knownAt(x, i), knownAt(y, i))
		case x[i].filed != y[i].filed:
			c.Narrowed = min(c.Narrowed, x[i].known)
		}
	}
	for item := range m.Items {
		c.From = min(c.From, a.firstIn(a.Periods(item), b, b.Periods(item)))
	}
	return c, nil
}

// firstOther returns the first day on which one of the companies knew a filing that
// the other did not.
func (c *Company) firstOther(d *Company) fundamentals.Date {
	n := 0
	for n < len(c.Filings) && n < len(d.Filings) && c.Filings[n] == d.Filings[n] && c.Statement[n] == d.Statement[n] {
		n++
	}
	first := always
	for _, rest := range [...][]fundamentals.Filing{c.Filings[n:], d.Filings[n:]} {
		if len(rest) > 0 {
			first = min(first, rest[0].KnownOn)
		}
	}
	return first
}

// firstIn returns the first day on which the companies knew other versions of an
// item. Their numbers of filings mean the same up to [Company.firstOther], and what
// is known later does not matter.
func (c *Company) firstIn(periods []Period, d *Company, others []Period) fundamentals.Date {
	first := always
	for len(periods) > 0 || len(others) > 0 {
		var order int
		switch {
		case len(periods) == 0:
			order = 1
		case len(others) == 0:
			order = -1
		default:
			order = span{periods[0].Start, periods[0].End}.compare(span{others[0].Start, others[0].End})
		}
		var x, y []Version
		if order <= 0 {
			x, periods = periods[0].Versions, periods[1:]
		}
		if order >= 0 {
			y, others = others[0].Versions, others[1:]
		}
		n := 0
		for n < len(x) && n < len(y) && x[n].alike(&y[n]) {
			n++
		}
		if n < len(x) {
			first = min(first, c.Filings[x[n].Filing].KnownOn)
		}
		if n < len(y) {
			first = min(first, d.Filings[y[n].Filing].KnownOn)
		}
	}
	return first
}

// alike compares versions to the bit.
func (v *Version) alike(w *Version) bool {
	x, y := *v, *w
	x.Value, y.Value = 0, 0
	return x == y && math.Float64bits(v.Value) == math.Float64bits(w.Value)
}

// datedSplit is a split with all that prices take of it.
type datedSplit struct {
	known fundamentals.Date // the first filing on the new basis
	filed fundamentals.Date // the last one on the old basis
	ratio float64
}

// datedSplits lists the splits that the filings of all days show, by the day from
// which they are known.
func (c *Company) datedSplits(m *Map) (list []datedSplit) {
	for _, s := range c.Splits(m, always) {
		list = append(list, datedSplit{c.Filings[s.New].KnownOn, c.Filings[s.Old].Filed, s.Ratio})
	}
	slices.SortFunc(list, func(a, b datedSplit) int {
		return cmp.Or(cmp.Compare(a.known, b.known), cmp.Compare(a.ratio, b.ratio), cmp.Compare(a.filed, b.filed))
	})
	return list
}

// knownAt is the day of a split in a list, far off behind its end.
func knownAt(list []datedSplit, i int) fundamentals.Date {
	if i >= len(list) {
		return always
	}
	return list[i].known
}
