package standard

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"assay/fundamentals"
	"assay/rules"
)

// Restatement is a period of an item that a later filing tells otherwise than
// the first one did. A period told three ways has two of them, both against the
// first.
type Restatement struct {
	Item       string
	Unit       rules.Unit
	Basis      string // "instant", "quarter", "ytd", "fy"
	Start, End fundamentals.Date
	First      Stated
	Later      Stated
	Note       string // the tag changed, a split
}

// Stated is a value with the filing that states it.
type Stated struct {
	Value  float64
	Filing fundamentals.Filing
	Tag    string // or the sum of tags; "" where the company was unpacked
}

// Difference is by how much the later value is above the first.
func (r Restatement) Difference() float64 { return r.Later.Value - r.First.Value }

// Share is the difference as a share of the first value; ok is false where that
// is zero.
func (r Restatement) Share() (share float64, ok bool) {
	if r.First.Value == 0 {
		return 0, false
	}
	return r.Difference() / math.Abs(r.First.Value), true
}

// Restatements lists what filings known on the view's date tell otherwise than
// the first to tell a period, by end, start and day known. A number rounded
// otherwise is not told otherwise. A later filing that states the first one's
// tag as well is compared by that tag; where it does not, the note says that
// the tag changed: the company may have changed its statement, or only its
// words. What a quarterly report retells of a year in its notes, and what a
// filing states in a way that cannot be used, is passed over.
func (v *View) Restatements(item int) []Restatement {
	it := &v.m.Items[item]
	var out []Restatement
	for i := range v.c.Periods(item) {
		p := &v.c.Periods(item)[i]
		list := v.told(p)
		if len(list) == 0 {
			continue
		}
		first := list[0]
		last := first.Value
		for _, w := range list[1:] {
			if w.Alt != first.Alt {
				if same, ok := p.by(w.Filing, first.Alt); ok {
					w = same
				}
			}
			if math.Abs(w.Value-last) <= tolerance(w.Value, last)/2 {
				continue
			}
			last = w.Value
			r := Restatement{
				Item: it.Name, Unit: it.Unit, Basis: "instant", Start: p.Start, End: p.End,
				First: v.statedBy(p, first), Later: v.statedBy(p, w), Note: restatementNote(it, first, w),
			}
			switch {
			case it.Nature == Cover:
				r.Start, r.End = 0, p.Start
			case p.Start != 0:
				r.Basis = spanName(p.days())
			}
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(x, y Restatement) int {
		return cmp.Or(cmp.Compare(x.End, y.End), cmp.Compare(x.Start, y.Start), cmp.Compare(x.Later.Filing.KnownOn, y.Later.Filing.KnownOn))
	})
	return out
}

// told returns the versions of a period that count in their filings and were
// known, in the order in which they became known: strong ones, or where there
// are none, weak ones.
func (v *View) told(p *Period) (list []*Version) {
	for _, weak := range [...]bool{false, true} {
		for i := range p.Versions {
			w := &p.Versions[i]
			if v.c.Filings[w.Filing].KnownOn > v.AsOf {
				break
			}
			if !w.Second && w.Weak == weak && w.Why == rules.Known {
				list = append(list, w)
			}
		}
		if len(list) > 0 {
			break
		}
	}
	return list
}

// by returns what a filing states by an alternative that does not count there.
func (p *Period) by(filing int32, alt uint8) (*Version, bool) {
	for i := range p.Versions {
		if w := &p.Versions[i]; w.Filing == filing && w.Alt == alt && w.Why == rules.Known {
			return w, true
		}
	}
	return nil, false
}

func (v *View) statedBy(p *Period, w *Version) Stated {
	s := Stated{Value: w.Value, Filing: v.c.Filings[w.Filing]}
	var b strings.Builder
	for i, u := range p.detail(w).Terms {
		switch {
		case u.Sign < 0:
			b.WriteString(" - ")
		case i > 0:
			b.WriteString(" + ")
		}
		b.WriteString(u.Fact.Tag.Name)
	}
	s.Tag = strings.TrimSpace(b.String())
	return s
}

func restatementNote(it *Item, first, later *Version) string {
	if first.Alt != later.Alt {
		return "by another tag"
	}
	if it.Unit == rules.UnitShares && first.Value > 0 && later.Value > 0 {
		if r := simpleRatio(later.Value / first.Value); r != 1 {
			return fmt.Sprintf("times %.4g, as a split would", r)
		}
	}
	return ""
}
