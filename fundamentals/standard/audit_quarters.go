package standard

import (
	"fmt"
	"math"

	"assay/rules"
)

// mixed explains quarters that do not add up to the year by what the filings say
// of the parts: other tellings of them that do add up, or other tags of which no
// filing states one for the year and all of its quarters.
func (a *auditor) mixed(year operand, quarters []Reading, sum, tol float64) string {
	parts := []Part{{Sign: -1, Period: year.p, Version: year.ver}}
	for _, q := range quarters {
		for _, part := range q.Parts[:q.Count] {
			if part.Version != nil {
				parts = append(parts, part)
			}
		}
	}
	if told := a.otherTelling(parts, tol); told != "" {
		return told
	}
	if told := a.allocated(year, parts, sum, tol); told != "" {
		return told
	}
	if told := a.spansDisagree(year, quarters, sum, tol); told != "" {
		return told
	}
	if told := a.nearYear(year, sum); told != "" {
		return told
	}
	for _, told := range []string{a.twoTags(year, parts), slipped(a, parts, tol), a.rounded(parts), a.unstated(year, quarters), a.spread(parts, tol)} {
		if told != "" {
			return told
		}
	}
	return ""
}

// spansDisagree explains quarters by how much they are not what the spans to
// date, by the same tag, differ by: where that is all that the sum is off, the filer's
// own spans do not add up. It names the first.
func (a *auditor) spansDisagree(year operand, quarters []Reading, sum, tol float64) (text string) {
	off := sum - year.ver.Value
	for _, q := range quarters {
		if q.Count != 1 || q.Parts[0].Version == nil {
			continue
		}
		v := q.Parts[0].Version
		longs := a.c.at(year.item, q.End)
		for i := range longs {
			long, ok := a.c.knownBy(&longs[i], v.Alt, a.AsOf)
			if !ok || longs[i].Start >= q.Start || longs[i].days() > 380 || long.Why != rules.Known {
				continue
			}
			_, short := a.exact(year.item, longs[i].Start, q.Start-1)
			if short == nil || short.Why != rules.Known || long.Value-short.Value == v.Value {
				continue
			}
			off -= v.Value - (long.Value - short.Value)
			if text == "" {
				text = fmt.Sprintf("the filer's spans do not add up: the quarter to %s is %.0f in %s, while to date it is %.0f in %s and %.0f the quarter before",
					q.End, v.Value, a.c.Filings[v.Filing].Accession, long.Value, a.c.Filings[long.Filing].Accession, short.Value)
			}
			break
		}
	}
	if math.Abs(off) > tol {
		return ""
	}
	return text
}

// nearYear names an earlier telling of the year that the quarters make up but for
// half a per cent, where the year as it is told now is further off.
func (a *auditor) nearYear(year operand, sum float64) string {
	for i := range year.p.Versions {
		w := &year.p.Versions[i]
		if w.Why == rules.Known && !w.Second && w.Filing < year.ver.Filing && w.Value != year.ver.Value &&
			near(w.Value, sum) && !near(year.ver.Value, sum) {
			return fmt.Sprintf("the quarters are of the year as %s told it (%.0f); %s tells the year anew",
				a.c.Filings[w.Filing].Accession, w.Value, a.c.Filings[year.ver.Filing].Accession)
		}
	}
	return ""
}

// otherTelling looks for one part that another filing tells so that everything adds
// up, or for two.
func (a *auditor) otherTelling(parts []Part, tol float64) string {
	sum := 0.0
	for _, p := range parts {
		sum += p.Sign * p.Version.Value
	}
	type change struct {
		part  Part
		other *Version
		by    float64
	}
	var changes []change
	for _, p := range merged(parts) {
		for i := range p.Period.Versions {
			w := &p.Period.Versions[i]
			if w.Why == rules.Known && !w.Second && w.Value != p.Version.Value && a.c.Filings[w.Filing].KnownOn <= a.AsOf {
				changes = append(changes, change{p, w, p.Sign * (w.Value - p.Version.Value)})
			}
		}
	}
	words := func(c change) string {
		return fmt.Sprintf("%s to %s as %s told it, not as %s", c.part.Period.Start, c.part.Period.End,
			a.c.Filings[c.other.Filing].Accession, a.c.Filings[c.part.Version.Filing].Accession)
	}
	for _, c := range changes {
		if math.Abs(sum+c.by) <= tol {
			return "told differently by filings: the quarters add up with " + words(c)
		}
	}
	for i, c := range changes {
		for _, d := range changes[i+1:] {
			if c.part.Period != d.part.Period && math.Abs(sum+c.by+d.by) <= tol {
				return "told differently by filings: the quarters add up with " + words(c) + ", and " + words(d)
			}
		}
	}
	return ""
}

// merged sums the signs of parts that stand on one version; what cancels out is
// left out.
func merged(parts []Part) (out []Part) {
	for _, p := range parts {
		found := false
		for i := range out {
			if out[i].Version == p.Version {
				out[i].Sign += p.Sign
				found = true
			}
		}
		if !found {
			out = append(out, p)
		}
	}
	kept := out[:0]
	for _, p := range out {
		if p.Sign != 0 {
			kept = append(kept, p)
		}
	}
	return kept
}

// twoTags names a part that no filing states by the tag of the year.
func (a *auditor) twoTags(year operand, parts []Part) string {
	for _, p := range merged(parts) {
		if p.Version.Alt == year.ver.Alt {
			continue
		}
		if _, ok := a.c.knownBy(p.Period, year.ver.Alt, a.AsOf); ok {
			continue // it is: the choice is ours
		}
		return fmt.Sprintf("no filing states all by one tag: the year is %s, %s to %s only %s (%s)", a.altText(year.item, year.ver.Alt),
			p.Period.Start, p.Period.End, a.altText(year.item, p.Version.Alt), a.c.Filings[p.Version.Filing].Accession)
	}
	return ""
}

func (a *auditor) altText(item int, alt uint8) string {
	it := &a.m.Items[item]
	switch i := int(alt); {
	case i < len(it.From):
		return it.From[i].Text
	case i < len(it.From)+len(it.Else):
		return it.Else[i-len(it.From)].Text
	}
	return "derived"
}

// allocated explains income to common shareholders of a company that shares its
// income with participating securities: how much these take is reckoned anew for
// each span, and the quarters' parts are not those of the year. It is heard where
// the filings say how much it is, and the quarters are off by no more than that.
func (a *auditor) allocated(year operand, parts []Part, sum, tol float64) string {
	if year.item != a.m.share.income {
		return ""
	}
	taken, quarters := 0.0, 0.0
	for _, p := range parts {
		_, income := a.exact(a.m.core.netIncome, p.Period.Start, p.Period.End)
		if income == nil || income.Why != rules.Known {
			continue
		}
		if by := math.Abs(income.Value - p.Version.Value); p.Period == year.p {
			taken = by
		} else {
			quarters += by
		}
	}
	taken = max(taken, quarters)
	if taken <= tol || math.Abs(sum-year.ver.Value) > taken {
		return ""
	}
	return fmt.Sprintf("of net income up to %.0f is not for common shareholders: participating shares' part is reckoned anew for each span and does not add up", taken)
}
