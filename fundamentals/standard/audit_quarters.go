package standard

import (
	"fmt"
	"math"

	"assay/rules"
)

// mixed explains quarters that do not add up to the year by what the filings say
// of the parts: other tellings of them that do add up, or other tags of which no
// filing states one for the year and all of its quarters.
func (a *auditor) mixed(year operand, quarters []Reading, tol float64) string {
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
	return a.twoTags(year, parts)
}

// otherTelling looks for one part that another filing tells by the same tag so
// that everything adds up, or for two.
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
			if w.Why == rules.Known && w.Alt == p.Version.Alt && w.Value != p.Version.Value && a.c.Filings[w.Filing].KnownOn <= a.AsOf {
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
			return "" // it is: the choice is ours
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
