package standard

import (
	"cmp"
	"slices"

	"assay/fundamentals"
	"assay/rules"
)

// List opens every period of an item that was known on the view's date: the
// spans and moments as stated, then the quarters and twelve months made of them.
// The order is by end, then basis. The company must come from [Build].
func (v *View) List(item int) []*fundamentals.Evidence {
	it := &v.m.Items[item]
	var out []*fundamentals.Evidence
	if it.Resolver == "shares" {
		for _, end := range v.ends {
			out = v.appendKnown(out, item, v.shareCount(end))
		}
		return out
	}
	for i := range v.c.Periods(item) {
		p := &v.c.Periods(item)[i]
		ver, ok := v.c.known(p, v.AsOf)
		if !ok {
			continue
		}
		r := Reading{Basis: "instant", Start: p.Start, End: p.End, Note: p.detail(ver).Note}
		if it.Nature == Cover {
			r.Start, r.End = 0, p.Start
		} else if p.Start != 0 {
			r.Basis = spanName(p.days())
		}
		r.add(1, p, ver)
		out = append(out, v.Evidence(item, r))
	}
	for _, end := range v.ends {
		switch {
		case it.Nature == Instant && it.None:
			if r := v.instant(item, end); r.Count > 0 && r.Parts[0].Version == nil {
				out = v.appendKnown(out, item, r)
			}
		case it.Nature == Flow:
			out = v.appendMade(out, item, v.quarter(item, end))
			out = v.appendMade(out, item, v.year(item, end, rules.TTM))
		}
	}
	slices.SortStableFunc(out, func(x, y *fundamentals.Evidence) int {
		return cmp.Or(cmp.Compare(x.End, y.End), cmp.Compare(x.Basis, y.Basis), cmp.Compare(x.Start, y.Start))
	})
	return out
}

// appendMade appends a reading that was made of spans: those stated are listed
// already. A fiscal year serves as twelve months too.
func (v *View) appendMade(out []*fundamentals.Evidence, item int, r Reading) []*fundamentals.Evidence {
	if r.Basis == "fy" {
		r.Basis = "ttm"
	} else if r.Count == 1 {
		return out
	}
	return v.appendKnown(out, item, r)
}

func (v *View) appendKnown(out []*fundamentals.Evidence, item int, r Reading) []*fundamentals.Evidence {
	if r.Value.Why == rules.NotReported {
		return out
	}
	return append(out, v.Evidence(item, r))
}
