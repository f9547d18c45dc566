package standard

import (
	"math"

	"assay/fundamentals"
	"assay/rules"
)

// quarter reads a flow over a single quarter: as stated, or as the difference
// of two spans with the same start. Nobody files a fourth quarter. A quarter
// stated by a lesser tag than the spans to date is of a note (Virtus, 2021): a cash
// flow statement has no column for it.
func (v *View) quarter(item int, end fundamentals.Date) Reading {
	p, ver := v.span(item, end, 70, 119)
	if ver != nil && ver.Alt == 0 && !ver.Weak {
		return v.statedQuarter(p, ver)
	}
	r := v.difference(item, end)
	if ver != nil && ver.Weak && r.Value.Why == rules.Known && r.Count == 2 && r.Parts[0].Version.Alt <= ver.Alt {
		return r // a table of quarters that does not add up to its year, in an annual report
	}
	if ver != nil && ver.Alt == 0 {
		return v.statedQuarter(p, ver)
	}
	if ver != nil && (r.Value.Why != rules.Known || r.Count == 0 || !better(r.Parts[0].Version, ver)) {
		return v.statedQuarter(p, ver)
	}
	return r
}

// better reports whether a span to date is told by a better alternative than a
// quarter, and no earlier: an earlier one may stand on another basis (Matthews
// International told its quarters of 2017 anew in 2018).
func better(span, quarter *Version) bool {
	return span != nil && span.Alt < quarter.Alt && span.Filing >= quarter.Filing
}

func (v *View) statedQuarter(p *Period, ver *Version) Reading {
	r := Reading{Basis: "quarter", Start: p.Start, End: p.End, Note: p.detail(ver).Note}
	r.add(1, p, ver)
	return r
}

// difference reads a quarter as what two spans with one start differ by.
func (v *View) difference(item int, end fundamentals.Date) Reading {
	periods := v.c.at(item, end)
	for i := range periods {
		long := &periods[i]
		longV, ok := v.c.known(long, v.AsOf)
		if !ok || long.Start == 0 || long.days() > 380 {
			continue
		}
		for back := fundamentals.Date(70); back <= 125; back++ {
			short, shortV := v.exact(item, long.Start, end-back)
			if shortV == nil {
				if r, ok := v.begun(item, long, longV, end-back); ok {
					return r
				}
				continue
			}
			sameL, sameS := v.oneBasis(item, long, short, longV, shortV)
			if sameL == nil {
				return Reading{Value: rules.None(rules.Irreconcilable), Basis: "quarter", End: end,
					Note: "the two spans are stated by different tags"}
			}
			r := Reading{Basis: "quarter", Start: short.End + 1, End: end}
			r.add(1, long, sameL)
			r.add(-1, short, sameS)
			return v.checked(item, r)
		}
	}
	known := false
	for i := range periods {
		// A year alone promises no quarter: its filer may report none.
		_, ok := v.c.known(&periods[i], v.AsOf)
		known = known || ok && periods[i].days() < 350
	}
	switch {
	case known:
		return Reading{Value: rules.None(rules.Irreconcilable), Basis: "quarter", End: end,
			Note: "no two spans with one start differ by a quarter"}
	case v.m.Items[item].Recurs && v.within(item, end):
		return Reading{Value: rules.None(rules.NotReported), Basis: "quarter", End: end, Note: "stated for the year, not for its quarters"}
	case v.m.Items[item].None && v.spoken(end, 60, 380):
		return v.absent(item, "quarter", end, 60, 380)
	}
	return Reading{Value: rules.None(rules.NotReported), Basis: "quarter", End: end}
}

// within reports whether a day lies in a span for which an item is stated.
func (v *View) within(item int, day fundamentals.Date) bool {
	periods := v.c.Periods(item)
	for i := range periods {
		if p := &periods[i]; p.Start <= day && day <= p.End {
			if _, ok := v.c.known(p, v.AsOf); ok {
				return true
			}
		}
	}
	return false
}

// begun reads a quarter as the whole of a longer span where the statement of the
// shorter one does not show the item, and absence means none.
func (v *View) begun(item int, long *Period, longV *Version, shortEnd fundamentals.Date) (r Reading, ok bool) {
	if !v.m.Items[item].None || v.m.Items[item].Recurs {
		return r, false
	}
	if _, full := v.full(shortEnd); !full {
		return r, false
	}
	for _, ref := range v.references() {
		if p, ver := v.exact(ref, long.Start, shortEnd); ver != nil {
			r = Reading{Basis: "quarter", Start: p.End + 1, End: long.End, Note: noteAbsent}
			inside, ok := v.inside(item, long.Start, shortEnd)
			if !ok {
				return Reading{Value: rules.None(rules.Irreconcilable), Basis: "quarter", End: long.End,
					Note: "the span to date before is not stated, but quarters of it are"}, true
			}
			switch len(inside) {
			case 0:
				r.add(1, long, longV)
				r.add(-1, p, nil)
				return v.checked(item, r), true
			case 1:
				longV, inside[0].Version = v.alikeTold(long, inside[0].Period, longV, inside[0].Version)
			}
			r.add(1, long, longV)
			r.Note = "the span to date before is not stated: what is stated of its quarters is taken off"
			for _, part := range inside {
				r.add(-1, part.Period, part.Version)
			}
			return v.checked(item, r), true
		}
	}
	return r, false
}

// inside returns what is stated, and not zero, of a span that is not stated itself:
// the longest span with its start, and the quarters after that. No zero is made of it
// then. ok is false for more than two.
func (v *View) inside(item int, start, end fundamentals.Date) (list []Part, ok bool) {
	var whole, after []Part
	periods := v.c.Periods(item)
	for i := range periods {
		p := &periods[i]
		if p.Start < start-slack || p.End > end+slack || p.Start == 0 {
			continue
		}
		ver, known := v.c.known(p, v.AsOf)
		if !known || ver.Why == rules.Known && ver.Value == 0 {
			continue
		}
		part := Part{Sign: -1, Period: p, Version: ver}
		switch {
		case dist(p.Start, start) <= slack:
			whole = []Part{part} // by end: the last is the longest
		case spanName(p.days()) == "quarter":
			after = append(after, part)
		}
	}
	list = whole
	for _, part := range after {
		if len(whole) == 0 || part.Period.Start > whole[0].Period.End-slack {
			list = append(list, part)
		}
	}
	return list, len(list) <= 2
}

// oneBasis returns versions of a long span and a shorter one in it that stand on
// one basis: by one alternative, and both as known, or both as first told where
// only one of them was told anew. A year is retold by the annual reports after it,
// its nine months once: a year as retold later has no nine months to it (Photronics,
// 0001140361-17-000934). They are nil where there are none.
func (v *View) oneBasis(item int, long, short *Period, longV, shortV *Version) (*Version, *Version) {
	for _, alt := range [...]uint8{longV.Alt, shortV.Alt} {
		l, ok1 := v.c.knownBy(long, alt, v.AsOf)
		s, ok2 := v.c.knownBy(short, alt, v.AsOf)
		if !ok1 || !ok2 {
			continue
		}
		return v.alikeTold(long, short, l, s)
	}
	if v.synonyms(item, longV.Alt, shortV.Alt) {
		return v.alikeTold(long, short, longV, shortV)
	}
	return nil, nil
}

// alikeTold returns the first tellings of two spans where one of the two was told
// anew and the other was not, else the tellings given.
func (v *View) alikeTold(long, short *Period, l, s *Version) (*Version, *Version) {
	if l0, s0 := v.firstBy(long, l.Alt), v.firstBy(short, s.Alt); retold(l, l0) != retold(s, s0) {
		return l0, s0
	}
	return l, s
}

// synonyms reports whether two alternatives of an item are two names for one
// amount at this company: for some period both are stated, and wherever they are,
// they are equal. A tag was renamed, then (ScanSource's revenue in 2018), or nothing
// sets the two apart (cash from operations, with and without what is discontinued).
func (v *View) synonyms(item int, a, b uint8) bool {
	equal := false
	periods := v.c.Periods(item)
	for i := range periods {
		x, ok1 := v.c.knownBy(&periods[i], a, v.AsOf)
		y, ok2 := v.c.knownBy(&periods[i], b, v.AsOf)
		if !ok1 || !ok2 || x.Why != rules.Known || y.Why != rules.Known {
			continue
		}
		if !within(x.Value, y.Value, 0.02) {
			return false
		}
		equal = true
	}
	return equal
}

// retold reports whether a later telling differs from the first by more than
// rounding to the coarser of their units.
func retold(later, first *Version) bool {
	return later.Why != first.Why || math.Abs(later.Value-first.Value) > max(roundTo(later.Value), roundTo(first.Value))
}

// roundTo is the unit to which an amount is rounded, by its zeros.
func roundTo(amount float64) float64 {
	for _, unit := range [...]float64{1e6, 1e5, 1e3} {
		if math.Mod(amount, unit) == 0 {
			return unit
		}
	}
	return 1
}

// firstBy returns the first telling of a span by an alternative, nil where none is
// known: that of what counted in its filing comes before others.
func (v *View) firstBy(p *Period, alt uint8) (first *Version) {
	for i := range p.Versions {
		w := &p.Versions[i]
		if v.c.Filings[w.Filing].KnownOn > v.AsOf {
			break
		}
		if w.Alt == alt && (first == nil || first.Weak && !w.Weak) {
			first = w
		}
	}
	return first
}
