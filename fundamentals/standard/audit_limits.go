package standard

import (
	"fmt"

	"assay/fundamentals"
	"assay/rules"
)

// limits are the parts that a total must not be smaller than.
func limits(check string) [][]string {
	if check == "debt" {
		return [][]string{{"total_liabilities", "short_term_borrowings", "long_term_debt_current", "long_term_debt", "finance_leases"}}
	}
	return [][]string{
		{"total_assets", "current_assets"},
		{"total_liabilities", "current_liabilities"},
		{"total_assets", "cash_and_equivalents", "short_term_investments"},
		{"current_assets", "inventory", "receivables"},
	}
}

// within holds parts of the balance sheet against the totals that contain them.
func (a *auditor) within(check string) {
	for _, names := range limits(check) {
		for _, end := range a.ends {
			total, ok := a.operand(names[0], 1, 0, end, true)
			var parts []operand
			sum, values := 0.0, []float64{}
			for _, name := range names[1:] {
				o, fine := a.operand(name, 1, 0, end, false)
				ok = ok && fine
				if o.ver != nil {
					parts = append(parts, o)
					sum += o.value()
					values = append(values, o.value())
				}
			}
			if !ok || len(parts) == 0 {
				continue
			}
			a.out.Compared[check]++
			tol := tolerance(append(values, total.ver.Value)...)
			if sum <= total.ver.Value+tol {
				continue
			}
			b := a.newBreak(check, total, sum)
			b.Detail = "at least " + a.describe(parts)
			b.Explanation = a.explain(total, parts, func(sum, total float64) bool { return sum <= total+tol })
			a.out.Breaks = append(a.out.Breaks, b)
		}
	}
}

// shares holds the sources of the share count against each other at every
// statement: averages run behind, issues and mergers come between, but not by
// a factor of two.
func (a *auditor) shares() {
	role := &a.m.share
	for i, end := range a.ends {
		type source struct {
			Reading
			what   string
			nature Nature
		}
		var known []source
		for _, s := range []source{
			{a.cover(role.cover, end), "cover page", Cover}, {a.instant(role.balance, end), "balance sheet", Instant},
			{a.average(role.basic, end, rules.Quarterly), "weighted average", Average},
		} {
			if s.Value.Why == rules.Known && s.Count > 0 && s.Parts[0].Version != nil && s.Value.F > 0 {
				s.Value.F *= a.basisFactor(s.Reading, s.nature)
				known = append(known, s)
			}
		}
		if len(known) < 2 {
			continue
		}
		a.out.Compared["shares"]++
		x, y := known[0], known[1]
		if alike(x.Value.F, y.Value.F) && len(known) == 3 {
			y = known[2]
		}
		if alike(x.Value.F, y.Value.F) {
			continue
		}
		b := Break{Check: "shares", Item: "shares_outstanding", Basis: "instant", End: end, Expected: y.Value.F, Found: x.Value.F,
			Detail: x.what + " against " + y.what}
		a.cite(&b, x.Parts[0].Version)
		if len(known) == 3 {
			b.Explanation = outvoted(known[0].Value.F, known[1].Value.F, known[2].Value.F)
		}
		if b.Explanation == "" {
			b.Explanation = slipOf(x.Value.F, y.Value.F)
		}
		if b.Explanation == "" {
			b.Explanation = a.issued(i, x.Reading, y.Reading)
		}
		if b.Explanation == "" {
			b.Explanation = a.countedAnew(x.Reading, y.Reading)
		}
		for _, s := range known {
			if b.Explanation == "" && s.nature == Instant {
				b.Explanation = a.partCounted(i, x.Value.F, y.Value.F, s.Value.F)
			}
		}
		a.out.Breaks = append(a.out.Breaks, b)
	}
}

func alike(a, b float64) bool { return a <= 2*b && b <= 2*a }

// outvoted names the one source of three that the other two contradict.
func outvoted(cover, balance, average float64) string {
	switch {
	case alike(balance, average):
		return fmt.Sprintf("the cover page's %.0f is alone against the other two", cover)
	case alike(cover, average):
		return fmt.Sprintf("the balance sheet's %.0f is alone against the other two", balance)
	case alike(cover, balance):
		return fmt.Sprintf("the weighted average's %.0f is alone against the other two", average)
	}
	return ""
}

// issued explains a count that is a placeholder, or shares issued within the span
// of an average: by the average of the next statement.
func (a *auditor) issued(i int, count, average Reading) string {
	for _, r := range [...]Reading{count, average} {
		if stated := r.Parts[0].Version; stated.Value < leastCount {
			return fmt.Sprintf("%s states %.0f: a placeholder, or thousands", a.c.Filings[stated.Filing].Accession, stated.Value)
		}
	}
	if i+1 >= len(a.ends) || a.ends[i+1]-a.ends[i] > 200 {
		return ""
	}
	next := a.average(a.m.share.basic, a.ends[i+1], rules.Quarterly)
	if next.Value.Why != rules.Known || next.Count == 0 || next.Value.F <= 0 {
		return ""
	}
	shares := next.Value.F * a.basisFactor(next, Average)
	if !alike(shares, count.Value.F) || alike(shares, average.Value.F) {
		return ""
	}
	return fmt.Sprintf("shares came or went within the span of the average: that of the next statement is %.0f in %s",
		shares, a.c.Filings[next.Parts[0].Version.Filing].Accession)
}

func slipOf(x, y float64) string {
	for _, factor := range [...]float64{1e3, 1e6} {
		if step := stepOf(x, y); step == factor || step == 1/factor {
			return fmt.Sprintf("a slip of the unit: off by about %.0f", factor)
		}
	}
	return ""
}

// stale reports a company whose latest statement is too old.
func (a *auditor) stale() {
	a.out.Compared["stale"]++
	if !a.Stale(0) {
		return
	}
	limit := StaleAfterDays
	if a.AnnualOnly {
		limit = StaleAfterDaysAnnual
	}
	b := Break{Check: "stale", Item: "period_end", Basis: "instant", End: a.Anchor,
		Expected: float64(limit), Found: float64(a.AsOf - a.Anchor), Detail: "days since the latest statement's period end"}
	if ver := a.lastFiling(); ver >= 0 {
		f := a.c.Filings[ver]
		b.Accession, b.Form, b.KnownOn = f.Accession, f.Form, f.KnownOn
		b.Explanation = fmt.Sprintf("its last report known is the %s filed %s", f.Form, f.Filed)
	}
	a.out.Breaks = append(a.out.Breaks, b)
}

// lastFiling returns the last filing with a statement that was known, or -1.
func (a *auditor) lastFiling() int {
	last := -1
	for i, f := range a.c.Filings {
		if f.KnownOn <= a.AsOf && a.c.Statement[i] != 0 {
			last = i
		}
	}
	return last
}

// refusals counts what the view refuses because sources contradict each other:
// per item and basis one break, its latest period. The first two years known
// are passed over: what a twelve-month sum needs was never filed as data.
func (a *auditor) refusals() {
	if len(a.ends) == 0 {
		return
	}
	first := a.ends[0].AddYears(2)
	for item := range a.m.Items {
		it := &a.m.Items[item]
		bases := []rules.Basis{rules.TTM}
		if it.Nature == Flow {
			bases = append(bases, rules.Quarterly)
		}
		for _, basis := range bases {
			var b Break
			for _, end := range a.ends {
				if end >= first {
					a.refusal(&b, item, end, basis)
				}
			}
			if b.Times > 0 {
				a.out.Breaks = append(a.out.Breaks, b)
			}
		}
	}
}

func (a *auditor) refusal(b *Break, item int, end fundamentals.Date, basis rules.Basis) {
	a.out.Compared["refused"]++
	r := a.ReadAt(item, end, basis)
	if r.Value.Why != rules.Irreconcilable {
		return
	}
	times := b.Times + 1
	*b = Break{Check: "refused", Item: a.m.Items[item].Name, Basis: r.Basis, End: end, Times: times, Detail: r.Note}
	if b.Basis == "" {
		b.Basis = "instant"
	}
	// Every refusal gives its reason in words; the parts say which filing's.
	b.Explanation = r.Note
	for _, part := range r.Parts[:r.Count] {
		if part.Version == nil {
			continue
		}
		a.cite(b, part.Version)
		if part.Version.Why == rules.Irreconcilable {
			if note := part.Period.detail(part.Version).Note; note != "" {
				b.Explanation = b.Accession + ": " + note
			}
			return
		}
	}
}
