package standard

import (
	"assay/fundamentals"
	"assay/rules"
)

// slack is by how many days the ends of spans that follow each other, or the
// starts of two years, may be off: 52/53-week years.
const slack = 8

const noteTags = "the year to date and the one a year before are stated by different tags"

// triple is the three spans of TTM = year + year to date - the year to date a
// year before. A nil part is an absence that counts as zero.
type triple struct {
	year, now, before *Period
	yearV, nowV, befV *Version
}

// year reads a flow over the twelve months that end on a day: the fiscal year
// where one ends there, else by the TTM identity.
func (v *View) year(item int, end fundamentals.Date, basis rules.Basis) Reading {
	if p, ver := v.span(item, end, 350, 380); ver != nil {
		r := Reading{Basis: "fy", Start: p.Start, End: end, Note: p.detail(ver).Note}
		r.add(1, p, ver)
		return r
	}
	none := v.m.Items[item].None
	if basis == rules.Annual {
		if none {
			return v.absent(item, "fy", end, 350, 380)
		}
		return Reading{Value: rules.None(rules.NotReported), End: end}
	}
	t, why, note := v.triple(item, end)
	if none && why != rules.Known && note != noteTags {
		if _, year := v.reference(end, 350, 380); year != nil {
			return v.absent(item, "fy", end, 350, 380)
		}
		t, why, note = v.byReference(item, end)
	}
	if why != rules.Known {
		return Reading{Value: rules.None(why), Basis: "ttm", End: end, Note: note}
	}
	r := Reading{Basis: "ttm", End: end, Note: note}
	r.Start = end - 364
	if t.before != nil {
		r.Start = t.before.End + 1
	}
	r.add(1, t.year, t.yearV)
	r.add(1, t.now, t.nowV)
	r.add(-1, t.before, t.befV)
	return v.checked(item, r)
}

// absent reads an item that no known filing states for a span: zero, with the
// statement on which it does not stand, if that statement is full.
func (v *View) absent(item int, basis string, end fundamentals.Date, minDays, maxDays int) Reading {
	r := Reading{Basis: basis, End: end}
	ref, p := v.reference(end, minDays, maxDays)
	if p == nil {
		r.Value, r.Note = rules.None(rules.NotReported), "no statement of such a span is known"
		return r
	}
	if why, full := v.full(end); !full {
		r.Value, r.Note = rules.None(why), noteNotFull
		return r
	}
	if _, ver := v.span(ref, end, minDays, maxDays); ver.Why != rules.Known {
		r.Value = rules.None(ver.Why)
		return r
	}
	if v.m.Items[item].Positive && v.partTold(item, p) {
		r.Value, r.Note = rules.None(rules.NotReported), notePartTold
		return r
	}
	r.Start, r.Note = p.Start, noteAbsent
	r.Parts[0], r.Count = Part{Sign: 1, Period: p}, 1
	return r
}

const notePartTold = "a part of the span is stated, and the span itself is not: it is no zero"

// partTold reports whether more than nothing is stated of a part of a span that
// starts with it: La-Z-Boy's 10-K for fiscal 2022 (0000057131-22-000031) tags no
// dividends, and its 10-Q for nine months of it 20.6 million.
func (v *View) partTold(item int, span *Period) bool {
	for _, p := range v.c.Periods(item) {
		if p.Start == 0 || dist(p.Start, span.Start) > slack || p.End >= span.End {
			continue
		}
		if ver, ok := v.c.known(&p, v.AsOf); ok && ver.Why == rules.Known && ver.Value > 0 {
			return true
		}
	}
	return false
}

// checked refuses a negative difference of what cannot be negative.
func (v *View) checked(item int, r Reading) Reading {
	if v.m.Items[item].Positive && r.Value.Why == rules.Known && r.Value.F < 0 {
		r.Value, r.Note = rules.None(rules.Irreconcilable), "the spans differ by less than nothing"
	}
	return r
}

// triple finds the three spans for an item.
func (v *View) triple(item int, end fundamentals.Date) (t triple, why rules.Reason, note string) {
	periods := v.c.at(item, end)
	stated := false
	for i := range periods { // starts ascend: the longest span first
		now := &periods[i]
		nowV, ok := v.c.known(now, v.AsOf)
		if !ok || now.days() >= 350 || now.days() < 60 {
			continue
		}
		stated = true
		year, yearV := v.yearBefore(item, now.Start)
		if yearV == nil {
			continue
		}
		before, befV := v.sameSpanBefore(item, now, nowV, year)
		if befV == nil {
			continue
		}
		t = triple{year, now, before, yearV, nowV, befV}
		if t, ok = v.oneTag(item, t); !ok {
			return t, rules.Irreconcilable, noteTags
		}
		return t, rules.Known, ""
	}
	if stated {
		return t, rules.Irreconcilable, "the year to date is stated, but not the year or the year to date before that it is added to"
	}
	return t, rules.NotReported, ""
}

// oneTag sees to it that the parts of a sum stand on one alternative: the one
// that counts in the latest filing, else the first by which all three are stated
// (Northern Oil, HNI, Carter's). A year may stand on another where the tag
// changed between (the revenue standard of 2018), the two spans to date may not.
func (v *View) oneTag(item int, t triple) (triple, bool) {
	it := &v.m.Items[item]
	alts := []uint8{t.nowV.Alt, t.befV.Alt}
	for i := range it.From {
		alts = append(alts, uint8(i))
	}
	var spans *triple
	for _, alt := range alts {
		nowV, befV := v.samePair(t.now, t.before, alt)
		if nowV == nil || nowV.Why != rules.Known || befV.Why != rules.Known {
			continue
		}
		if it.mere(nowV, t.nowV) && it.mere(befV, t.befV) {
			continue // all three may state a part: services, of goods and services
		}
		same := triple{t.year, t.now, t.before, t.yearV, nowV, befV}
		if yearV, ok := v.yearBy(t.year, nowV, alt); ok && yearV.Why == rules.Known {
			same.yearV = yearV
			return same, true
		}
		if spans == nil {
			spans = &same
		}
	}
	if spans != nil && it.Builds && spans.befV.Value > 1.02*spans.yearV.Value {
		return t, false // the year is told by a tag for a part of it (Northern Oil 2018)
	}
	if spans == nil {
		// Refused parts carry their own reason.
		return t, v.synonyms(item, t.nowV.Alt, t.befV.Alt) || t.nowV.Why != rules.Known || t.befV.Why != rules.Known || t.yearV.Why != rules.Known
	}
	return *spans, true
}

// mere reports whether a version is a part of what counts in its filing.
func (it *Item) mere(v, counts *Version) bool {
	return v.Alt != counts.Alt && v.Value > 0 && v.Value < it.NotUnder*counts.Value
}

// yearBy returns the year by an alternative as it was known with the filing that
// states the span to date, so that all three stand on one basis; else as known.
func (v *View) yearBy(year *Period, nowV *Version, alt uint8) (*Version, bool) {
	if w, ok := v.c.knownBy(year, alt, v.c.Filings[nowV.Filing].KnownOn); ok {
		return w, true
	}
	return v.c.knownBy(year, alt, v.AsOf)
}

// samePair returns versions of a span and the one a year before by an
// alternative: as the latest filing that states both tells them, else the span as
// known and the one before as it was known with that filing, else as known.
func (v *View) samePair(now, before *Period, alt uint8) (nowV, befV *Version) {
	for i := len(now.Versions) - 1; i >= 0; i-- {
		w := &now.Versions[i]
		if w.Alt != alt || v.c.Filings[w.Filing].KnownOn > v.AsOf {
			continue
		}
		for j := range before.Versions {
			if b := &before.Versions[j]; b.Filing == w.Filing && b.Alt == alt {
				return w, b
			}
		}
	}
	nowV, ok := v.c.knownBy(now, alt, v.AsOf)
	if !ok {
		return nil, nil
	}
	if befV, ok = v.c.knownBy(before, alt, v.c.Filings[nowV.Filing].KnownOn); ok {
		return nowV, befV
	}
	if befV, ok = v.c.knownBy(before, alt, v.AsOf); ok {
		return nowV, befV
	}
	return nil, nil
}

// yearBefore returns the fiscal year that ends where a span starts.
func (v *View) yearBefore(item int, start fundamentals.Date) (*Period, *Version) {
	for d := fundamentals.Date(1); d <= slack; d++ {
		for _, end := range [...]fundamentals.Date{start - d, start + d - 1} {
			if p, ver := v.span(item, end, 350, 380); ver != nil {
				return p, ver
			}
		}
	}
	return nil, nil
}

// sameSpanBefore returns the span a year before: it starts with the year and
// is as long. Where several are, because a start moved by a day, the one that the
// filing of the span itself states comes first: so both stand on one basis. Else
// the one known with that filing, else any known.
func (v *View) sameSpanBefore(item int, now *Period, nowV *Version, year *Period) (best *Period, bestV *Version) {
	filing := v.c.Filings[nowV.Filing].KnownOn
	rank := 0
	target := now.End - 364
	for d := fundamentals.Date(0); d <= drift; d++ {
		for _, end := range [...]fundamentals.Date{target - d, target + d} {
			periods := v.c.at(item, end)
			for i := range periods {
				p := &periods[i]
				if p.Start == 0 || dist(p.Start, year.Start) > slack || abs(p.days()-now.days()) > slack {
					continue
				}
				ver, ok := v.c.known(p, filing)
				r := 4
				switch {
				case ok && ver.Filing == nowV.Filing:
					r = 6
				case !ok:
					ver, ok = v.c.known(p, v.AsOf)
					r = 2
				}
				if ok && ver.Alt == nowV.Alt {
					r++ // Ultra Clean's 10-Q for March 2023 tells the profit of all owners under another start
				}
				if ok && r > rank {
					best, bestV, rank = p, ver, r
				}
			}
		}
	}
	return best, bestV
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// references are the items that every income and cash flow statement has.
func (v *View) references() [3]int {
	return [3]int{v.m.core.netIncome, v.m.core.cashFromOperations, v.m.core.revenue}
}

func (v *View) reference(end fundamentals.Date, minDays, maxDays int) (item int, p *Period) {
	for _, item := range v.references() {
		if p, ver := v.span(item, end, minDays, maxDays); ver != nil {
			return item, p
		}
	}
	return -1, nil
}

func (v *View) spoken(end fundamentals.Date, minDays, maxDays int) bool {
	_, p := v.reference(end, minDays, maxDays)
	return p != nil
}

// byReference reads an item whose absence means none over the spans of an item
// that every statement has: what is absent there is zero. An item that recurs,
// once stated, is not absent from the spans beside: there the filer only began to
// tag it, and nothing is made of that.
func (v *View) byReference(item int, end fundamentals.Date) (triple, rules.Reason, string) {
	if _, full := v.full(end); !full {
		return triple{}, rules.NotReported, noteNotFull
	}
	for _, ref := range v.references() {
		t, why, _ := v.triple(ref, end)
		if why != rules.Known {
			continue
		}
		if t.nowV.Why != rules.Known {
			return t, t.nowV.Why, ""
		}
		found := 0
		for _, part := range [...]struct {
			p **Period
			v **Version
		}{{&t.year, &t.yearV}, {&t.now, &t.nowV}, {&t.before, &t.befV}} {
			own, ver := v.nearly(item, *part.p)
			if *part.v = ver; ver != nil {
				*part.p = own
				found++
			}
		}
		if found > 0 && v.m.Items[item].Recurs {
			return t, rules.Irreconcilable, "stated for some of the spans and not for the others"
		}
		if t.yearV == nil && v.m.Items[item].Positive && v.partTold(item, t.year) {
			return t, rules.NotReported, notePartTold
		}
		return t, rules.Known, noteAbsent
	}
	return triple{}, rules.NotReported, noteNotFull
}

// nearly returns an item over the span of another: 52/53-week filers move a
// start or an end by days.
func (v *View) nearly(item int, like *Period) (*Period, *Version) {
	for d := fundamentals.Date(0); d <= slack; d++ {
		for _, end := range [...]fundamentals.Date{like.End - d, like.End + d} {
			periods := v.c.at(item, end)
			for i := range periods {
				if dist(periods[i].Start, like.Start) > slack {
					continue
				}
				if ver, ok := v.c.known(&periods[i], v.AsOf); ok {
					return &periods[i], ver
				}
			}
		}
	}
	return nil, nil
}

func (v *View) exact(item int, start, end fundamentals.Date) (*Period, *Version) {
	periods := v.c.at(item, end)
	for i := range periods {
		if periods[i].Start == start {
			if ver, ok := v.c.known(&periods[i], v.AsOf); ok {
				return &periods[i], ver
			}
		}
	}
	return nil, nil
}
