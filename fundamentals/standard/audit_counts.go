package standard

import (
	"fmt"

	"assay/rules"
)

// countedAnew explains two counts of which one, as another filing told it for the
// same day or span, is like the other: it was told anew for a split that the rest of the
// filings do not show.
func (a *auditor) countedAnew(x, y Reading) string {
	for _, pair := range [...][2]Reading{{x, y}, {y, x}} {
		p, other := pair[0].Parts[0], pair[1].Parts[0].Version.Value
		for i := range p.Period.Versions {
			w := &p.Period.Versions[i]
			if w.Why == rules.Known && w.Value > 0 && a.c.Filings[w.Filing].KnownOn <= a.AsOf &&
				!alike(w.Value, p.Version.Value) && alike(w.Value, other) {
				return fmt.Sprintf("told anew: %s states %.0f where %s states %.0f",
					a.c.Filings[w.Filing].Accession, w.Value, a.c.Filings[p.Version.Filing].Accession, p.Version.Value)
			}
		}
	}
	return ""
}

// partCounted explains a balance sheet that counts but a part of the shares, one
// class of several or those that cannot be redeemed, or an average that does: so it is in
// the statement before or after as well.
func (a *auditor) partCounted(i int, x, y, balance float64) string {
	whole := max(x, y)
	if balance == whole {
		return a.partAveraged(i, balance, min(x, y))
	}
	for _, j := range [...]int{i - 1, i + 1} {
		if j < 0 || j >= len(a.ends) {
			continue
		}
		part, average := a.instant(a.m.share.balance, a.ends[j]), a.average(a.m.share.basic, a.ends[j], rules.Quarterly)
		cover := a.cover(a.m.share.cover, a.ends[j])
		for _, all := range [...]Reading{average, cover} {
			if part.Value.Why == rules.Known && part.Count > 0 && part.Parts[0].Version != nil && all.Value.Why == rules.Known && all.Count > 0 &&
				part.Value.F > 0 && all.Value.F > 2*part.Value.F && alike(all.Value.F, whole) && alike(part.Value.F, balance) {
				return fmt.Sprintf("the balance sheet counts a part of the shares, as one class: so too that of %s, with %.0f of %.0f",
					a.ends[j], part.Value.F, all.Value.F)
			}
		}
	}
	return ""
}

// partAveraged is [auditor.partCounted] for an average that counts one class of
// several (Artisan Partners).
func (a *auditor) partAveraged(i int, balance, average float64) string {
	for _, j := range [...]int{i - 1, i + 1} {
		if j < 0 || j >= len(a.ends) {
			continue
		}
		all, part := a.instant(a.m.share.balance, a.ends[j]), a.average(a.m.share.basic, a.ends[j], rules.Quarterly)
		if part.Value.Why == rules.Known && all.Value.Why == rules.Known && part.Value.F > 0 && all.Value.F > 2*part.Value.F &&
			alike(all.Value.F, balance) && alike(part.Value.F, average) {
			return fmt.Sprintf("the average counts a part of the shares, as one class: so too that of %s, with %.0f of %.0f",
				a.ends[j], part.Value.F, all.Value.F)
		}
	}
	return ""
}
