package standard

import (
	"fmt"
	"math"

	"assay/rules"
)

// slipped names the one part of a sum that is stated with the sign turned, or a
// thousand or a million times off: put right, everything adds up.
func slipped(a *auditor, parts []Part, tol float64) string {
	sum := 0.0
	for _, p := range parts {
		sum += p.Sign * p.Version.Value
	}
	for _, p := range merged(parts) {
		for _, slip := range [...]struct {
			by   float64
			what string
		}{{-1, "with the sign turned"}, {1e-3, "a thousand times too high"}, {1e-6, "a million times too high"}, {1e3, "a thousand times too low"}} {
			v := p.Version.Value
			if math.Abs(sum+p.Sign*v*(slip.by-1)) <= tol && math.Abs(v*slip.by) > tol {
				return fmt.Sprintf("%s states %s to %s %s: put right, the quarters add up",
					a.c.Filings[p.Version.Filing].Accession, p.Period.Start, p.Period.End, slip.what)
			}
		}
	}
	return ""
}

// rounded names the part that is stated most coarsely, where half a unit of each
// part's own rounding is more than the sum is off: a note says 1.9 million, the statement
// 1,937 thousand.
func (a *auditor) rounded(parts []Part) string {
	sum, slack := 0.0, 0.0
	var coarse Part
	for _, p := range merged(parts) {
		sum += p.Sign * p.Version.Value
		unit := roundTo(p.Version.Value)
		if p.Version.Value == 0 || unit > math.Abs(p.Version.Value) {
			continue
		}
		slack += unit / 2
		if coarse.Version == nil || unit > roundTo(coarse.Version.Value) {
			coarse = p
		}
	}
	if coarse.Version == nil || roundTo(coarse.Version.Value) < 1e5 || math.Abs(sum) > slack {
		return ""
	}
	return fmt.Sprintf("%s states %s to %s rounded, as %.0f", a.c.Filings[coarse.Version.Filing].Accession,
		coarse.Period.Start, coarse.Period.End, coarse.Version.Value)
}

// unstated names a quarter that reads none because no filing states the item for
// it, while the year is stated: what is told in the year only is missing in its quarters.
func (a *auditor) unstated(year operand, quarters []Reading) string {
	sum := 0.0
	for _, q := range quarters {
		sum += q.Value.F
	}
	if year.ver.Value*(year.ver.Value-sum) <= 0 {
		return "" // the quarters are more than the year: it is not that one is missing
	}
	for _, q := range quarters {
		if q.Count == 0 || q.Value.F != 0 && q.Parts[q.Count-1].Version != nil {
			continue
		}
		for _, part := range q.Parts[:q.Count] {
			if part.Version == nil {
				return fmt.Sprintf("no filing states it for the span to %s, which reads none; %s states the year",
					part.Period.End, a.c.Filings[year.ver.Filing].Accession)
			}
		}
	}
	return ""
}

// spread names the part that filings tell most differently, by one tag, where all
// parts together are told differently by more than the sum is off: the quarters and the
// year are of different tellings.
func (a *auditor) spread(parts []Part, tol float64) string {
	sum, all, most := 0.0, 0.0, 0.0
	text := ""
	for _, p := range merged(parts) {
		sum += p.Sign * p.Version.Value
		by := 0.0
		for i := range p.Period.Versions {
			w := &p.Period.Versions[i]
			if w.Why != rules.Known || w.Alt != p.Version.Alt || a.c.Filings[w.Filing].KnownOn > a.AsOf {
				continue
			}
			if d := math.Abs(w.Value - p.Version.Value); d > by {
				by = d
				if d > most {
					most = d
					text = fmt.Sprintf("told differently by filings: %s to %s is %.0f in %s and %.0f in %s",
						p.Period.Start, p.Period.End, p.Version.Value, a.c.Filings[p.Version.Filing].Accession, w.Value, a.c.Filings[w.Filing].Accession)
				}
			}
		}
		all += by
	}
	if most <= tol || math.Abs(sum) > all+tol {
		return ""
	}
	return text
}
