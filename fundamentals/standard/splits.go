package standard

import (
	"cmp"
	"math"
	"slices"

	"assay/fundamentals"
	"assay/rules"
)

// FoundSplit is a split that the filings show: later ones restate the weighted
// shares of periods that earlier ones stated. A merger does not restate the past
// (Patterson-UTI doubled its count by one).
type FoundSplit struct {
	Ratio float64 // new shares for one old
	// Old and New are the last filing on the old basis and the first on the new
	// one, indexes into Company.Filings. Between them the filings do not tell.
	Old, New int
}

// shareEvidence is what a filing says of the weighted shares of periods that an
// earlier one stated: they are so many times as large.
type shareEvidence struct {
	before, now int // indexes into Company.Filings
	ratio       float64
}

// Splits returns the splits that the filings known on a day show, in order.
//
// Each pair of filings that state one period tells by what the splits between
// them multiply. A ratio other than one places a split between the two; a ratio
// of one keeps it out of there. Every pair narrows the place.
func (c *Company) Splits(m *Map, asOf fundamentals.Date) []FoundSplit {
	var found []FoundSplit
	for _, e := range c.splitEvidence(m) {
		if c.Filings[e.now].KnownOn > asOf {
			break
		}
		found = e.place(found)
	}
	slices.SortFunc(found, func(a, b FoundSplit) int { return cmp.Or(cmp.Compare(a.New, b.New), cmp.Compare(a.Old, b.Old)) })
	return found
}

// place accounts for one piece of evidence.
func (e shareEvidence) place(found []FoundSplit) []FoundSplit {
	rest := e.ratio
	var astride []int
	for i, s := range found {
		switch {
		case e.before <= s.Old && s.New <= e.now:
			rest /= s.Ratio // wholly between the two
		case e.before < s.New && s.Old < e.now:
			astride = append(astride, i)
		}
	}
	rest = simpleRatio(rest)
	for _, i := range astride {
		s := &found[i]
		if rest == s.Ratio { // it lies between the two as well
			s.Old, s.New = max(s.Old, e.before), min(s.New, e.now)
			return found
		}
	}
	if rest != 1 {
		if e.contradicts(found) {
			return found
		}
		return append(found, FoundSplit{Ratio: rest, Old: e.before, New: e.now})
	}
	for _, i := range astride { // it lies outside of the two
		if s := &found[i]; e.before > s.Old {
			s.New = min(s.New, e.before)
		} else {
			s.Old = max(s.Old, e.now)
		}
	}
	return found
}

// contradicts reports whether the evidence would need a split that undoes one
// already placed: a filing that repeats figures on the old basis.
func (e shareEvidence) contradicts(found []FoundSplit) bool {
	return slices.ContainsFunc(found, func(s FoundSplit) bool {
		return e.before < s.New && s.Old < e.now && simpleRatio(e.ratio) == 1
	})
}

// splitEvidence gathers what the filings say of each other's weighted shares, where
// at least two figures agree, in the order in which it became known, from the first
// that shows a split. It is the same for every day, but for its end.
func (c *Company) splitEvidence(m *Map) []shareEvidence {
	if c.weighed {
		return c.evidence
	}
	votes := map[shareEvidence]int{}
	for _, item := range [...]int{m.share.basic, m.share.diluted} {
		periods := c.Periods(item)
		for i := range periods {
			for j := 1; j < len(periods[i].Versions); j++ {
				v, w := &periods[i].Versions[j-1], &periods[i].Versions[j]
				if v.Why != rules.Known || w.Why != rules.Known || v.Value < leastCount || w.Value < leastCount {
					continue
				}
				ratio := w.Value / v.Value
				if simple := simpleRatio(ratio); simple != 1 || math.Abs(ratio-1) < 0.03 {
					votes[shareEvidence{int(v.Filing), int(w.Filing), simple}]++
				}
			}
		}
	}
	var list []shareEvidence
	for e, n := range votes {
		if n >= 2 {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b shareEvidence) int {
		return cmp.Or(cmp.Compare(a.now, b.now), cmp.Compare(b.before, a.before), cmp.Compare(a.ratio, b.ratio))
	})
	first := slices.IndexFunc(list, func(e shareEvidence) bool { return e.ratio != 1 })
	if first < 0 {
		first = len(list)
	}
	c.evidence, c.weighed = list[first:], true
	return c.evidence
}

// Unlisted leaves out the splits that a splits file has: of the same ratio, near
// the days between which they lie.
func (c *Company) Unlisted(found []FoundSplit, listed []fundamentals.Split) []FoundSplit {
	const near = 40 // days: a split announced before the last filing on the old basis
	return slices.DeleteFunc(found, func(s FoundSplit) bool {
		return slices.ContainsFunc(listed, func(l fundamentals.Split) bool {
			return math.Abs(l.Ratio/s.Ratio-1) < 0.02 && l.Date >= c.Filings[s.Old].Filed-near && l.Date <= c.Filings[s.New].KnownOn
		})
	})
}

// between multiplies the splits that lie between two filings.
func between(found []FoundSplit, before, now int) float64 {
	f := 1.0
	for _, s := range found {
		if before < s.New && s.New <= now {
			f *= s.Ratio
		}
	}
	return f
}

// simpleRatio returns the ratio of small whole numbers that a figure stands
// for, or 1: splits are 2:1, 3:2, 1:10. A thousandfold step is a slip of the
// unit, not a split.
func simpleRatio(r float64) float64 {
	for _, s := range [...]float64{5. / 4, 4. / 3, 3. / 2, 5. / 3, 2, 5. / 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 35, 40, 50} {
		switch {
		case math.Abs(r/s-1) <= 0.012:
			return s
		case math.Abs(r*s-1) <= 0.012:
			return 1 / s
		}
	}
	return 1
}
