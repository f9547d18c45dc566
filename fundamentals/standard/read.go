package standard

import (
	"fmt"
	"strings"

	"assay/fundamentals"
	"assay/rules"
)

// Reading is an item read at a point: its value, or the reason for which there
// is none, and the versions that it was made of.
type Reading struct {
	Value      rules.Value
	Basis      string // "instant", "quarter", "ytd", "fy", "ttm"
	Start, End fundamentals.Date
	Parts      [3]Part
	Count      int // of Parts
	Note       string
}

// Part is a version in a reading; Version is nil for an absence that counts as
// zero.
type Part struct {
	Sign    float64
	Period  *Period
	Version *Version
}

func (r *Reading) add(sign float64, p *Period, v *Version) {
	r.Parts[r.Count] = Part{Sign: sign, Period: p, Version: v}
	r.Count++
	switch {
	case v == nil || r.Value.Why != rules.Known:
	case v.Why != rules.Known:
		r.Value = rules.None(v.Why)
	default:
		r.Value.F += sign * v.Value
	}
}

// Absences, in the words of the evidence.
const (
	noteAbsent  = "not on the statement; absence means none"
	noteNotFull = "not on the statement, which is not full: no zero is assumed"
)

func missing(why rules.Reason, note string) Reading {
	return Reading{Value: rules.None(why), Note: note}
}

// Read returns an item at a point.
func (v *View) Read(item int, at rules.At) Reading {
	end, ok := v.Point(at)
	if !ok {
		return missing(rules.NotReported, "no statement of that time is known")
	}
	return v.ReadAt(item, end, at.Basis)
}

// ReadAt returns an item at a period end. Counts of shares stand on the split
// basis of the view's date.
func (v *View) ReadAt(item int, end fundamentals.Date, basis rules.Basis) Reading {
	it := &v.m.Items[item]
	if it.Resolver == "shares" {
		return v.shareCount(end)
	}
	r := v.stated(item, end, basis)
	if it.Unit == rules.UnitShares && r.Count == 1 && r.Value.Why == rules.Known && r.Parts[0].Version != nil {
		if f := v.basisFactor(r, it.Nature); f != 1 {
			r.Value.F *= f
			r.Note = strings.TrimPrefix(fmt.Sprintf("%s; times %g for splits since", r.Note, f), "; ")
		}
	}
	return r
}

// stated reads an item as its filing states it.
func (v *View) stated(item int, end fundamentals.Date, basis rules.Basis) Reading {
	it := &v.m.Items[item]
	switch {
	case it.Nature == Instant:
		return v.instant(item, end)
	case it.Nature == Cover:
		r := v.cover(item, end)
		if item == v.m.share.float {
			r = v.likePrice(r, end)
		}
		return r
	case it.Nature == Average:
		return v.believed(item, v.average(item, end, basis))
	case basis == rules.Quarterly:
		return v.quarter(item, end)
	}
	return v.year(item, end, basis)
}

// instant reads a balance. Only a full balance sheet turns absence into zero.
func (v *View) instant(item int, end fundamentals.Date) Reading {
	r := Reading{Basis: "instant", End: end}
	if p, ver := v.span(item, end, 0, 0); ver != nil {
		r.add(1, p, ver)
		r.Note = p.detail(ver).Note
		return r
	}
	if !v.m.Items[item].None {
		r.Value = rules.None(rules.NotReported)
		return r
	}
	if why, full := v.full(end); !full {
		r.Value, r.Note = rules.None(why), noteNotFull
		if why == rules.OtherCurrency {
			r.Note = "the statement is in another currency"
		}
		return r
	}
	if v.m.Items[item].Resolver == "debt" && v.paysInterest(end) {
		r.Value, r.Note = rules.None(rules.NotReported), "no debt line is known, but interest is paid: no zero is assumed"
		return r
	}
	assets, _ := v.span(v.m.core.assets, end, 0, 0)
	r.Parts[0], r.Count = Part{Sign: 1, Period: assets}, 1
	r.Note = noteAbsent
	return r
}

// paysInterest reports whether a company with no debt line at all at a period
// end paid interest in the quarter before as if it had debt: at a yearly rate of more
// than a fortieth of its liabilities (SM Energy, 2013-09-30). Perdoceo pays a
// hundredth, on its leases.
func (v *View) paysInterest(end fundamentals.Date) bool {
	const tellingShare = 0.025
	d := &v.m.debt
	for _, item := range [...]int{d.itemBorrowings, d.itemMaturities, d.itemLongTerm, d.itemLeases} {
		if _, ver := v.span(item, end, 0, 0); ver != nil {
			return false
		}
	}
	interest := v.quarter(v.m.core.interest, end)
	_, liabilities := v.span(v.m.core.liabilities, end, 0, 0)
	if interest.Value.Why != rules.Known || liabilities == nil || liabilities.Why != rules.Known {
		return false
	}
	return interest.Value.F*4 > tellingShare*liabilities.Value
}

// full reports whether the balance sheet of a day is full, and otherwise why
// its absences are missing: as its totals are.
func (v *View) full(end fundamentals.Date) (why rules.Reason, full bool) {
	core := &v.m.core
	for _, c := range [...]int{core.assets, core.equity, core.cash, core.liabilitiesAndEquity} {
		_, ver := v.span(c, end, 0, 0)
		if ver == nil {
			return rules.NotReported, false
		}
		if ver.Why != rules.Known {
			return ver.Why, false
		}
	}
	return rules.Known, true
}

// cover reads what the covers of the filings for a statement say: the latest
// known.
func (v *View) cover(item int, end fundamentals.Date) Reading {
	r := Reading{Basis: "instant", End: end, Value: rules.None(rules.NotReported)}
	periods := v.c.at(item, end)
	for i := range periods {
		ver, ok := v.c.known(&periods[i], v.AsOf)
		if !ok || r.Count > 0 && r.Parts[0].Version.Filing > ver.Filing {
			continue
		}
		// Later days of one cover come later in the order, and win.
		r = Reading{Basis: "instant", End: periods[i].Start}
		r.add(1, &periods[i], ver)
	}
	return r
}

// average reads a count averaged over the span that the basis asks for; the
// year's stands for twelve months only at a year end.
func (v *View) average(item int, end fundamentals.Date, basis rules.Basis) Reading {
	spans := [][2]int{{350, 380}, {70, 119}, {60, 349}}
	switch basis {
	case rules.Quarterly:
		spans = [][2]int{{70, 119}, {60, 380}}
	case rules.Annual:
		spans = spans[:1]
	}
	for _, days := range spans {
		if p, ver := v.span(item, end, days[0], days[1]); ver != nil {
			r := Reading{Basis: spanName(p.days()), Start: p.Start, End: end}
			r.add(1, p, ver)
			return r
		}
	}
	return Reading{Value: rules.None(rules.NotReported), End: end}
}

func spanName(days int) string {
	switch {
	case days >= 350:
		return "fy"
	case days >= 70 && days <= 119: // sixteen weeks are 112 (Advance Auto Parts)
		return "quarter"
	}
	return "ytd"
}

// span returns the period of an item that ends on a day and is as long as
// asked, with the version that counts; nil where none is known. Of several the
// one stated last wins, then the longest. Instants have no length.
func (v *View) span(item int, end fundamentals.Date, minDays, maxDays int) (p *Period, ver *Version) {
	periods := v.c.at(item, end)
	for i := range periods {
		q := &periods[i]
		if q.Start != 0 && (q.days() < minDays || q.days() > maxDays) {
			continue
		}
		w, ok := v.c.known(q, v.AsOf)
		if ok && (ver == nil || w.Filing > ver.Filing) {
			p, ver = q, w
		}
	}
	return p, ver
}
