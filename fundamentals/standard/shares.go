package standard

import (
	"fmt"

	"assay/fundamentals"
	"assay/rules"
)

// shareRoles are the items from which the share count is made.
type shareRoles struct{ cover, balance, basic, diluted, eps, income int }

func (m *Map) bindShares() (shareRoles, error) {
	i, err := m.roles("cover_shares", "balance_shares", "weighted_basic_shares", "weighted_diluted_shares", "basic_eps", "net_income_to_common")
	if err != nil {
		return shareRoles{}, err
	}
	return shareRoles{i[0], i[1], i[2], i[3], i[4], i[5]}, nil
}

// The least count that is not a placeholder: covers say 1, 100 and 1000.
const leastCount = 10_000

// count is one source of the share count, on the split basis of the view.
type count struct {
	Reading
	what   string
	shares float64
}

// shareCount returns the shares outstanding at a period end, on the split basis
// of the view's date: the cover page's, else the balance sheet's, else the
// weighted average of the latest span. Where more than one source speaks, two
// must agree within a factor of two: thousandfold slips stand in real covers
// (Champion Homes, 10-Q filed 2024-02-06) and in real averages (Patterson-UTI;
// Hub Group, whose average is the only count). Against a count that stands alone
// income over earnings per share is heard; it comes from the same table as the
// average and so decides nothing between others.
func (v *View) shareCount(end fundamentals.Date) Reading {
	var counts []count
	add := func(what string, r Reading) {
		if r.Value.Why != rules.Known || r.Count == 0 || r.Value.F < leastCount {
			return
		}
		counts = append(counts, count{r, what, r.Value.F * v.basisFactor(r)})
	}
	role := &v.m.share
	add("cover page", v.cover(role.cover, end))
	add("balance sheet", v.instant(role.balance, end))
	if len(counts) == 0 || counts[0].what != "cover page" {
		add("an earlier cover page", v.earlierCover(end))
	}
	add("weighted average", v.average(role.basic, end, rules.Quarterly))
	if len(counts) == 0 {
		return Reading{Value: rules.None(rules.NotReported), End: end}
	}
	if len(counts) == 1 {
		counts = v.addWitness(counts, end)
	}
	for i, c := range counts {
		agree := len(counts) == 1
		for j, d := range counts {
			agree = agree || i != j && c.shares <= 2*d.shares && d.shares <= 2*c.shares
		}
		if !agree || c.what == witness {
			continue
		}
		r := c.Reading
		r.Value.F = c.shares
		r.Note = c.what
		if c.what == "weighted average" {
			r.Note = "approximate: weighted average, no count is stated"
		}
		if f := v.basisFactor(c.Reading); f != 1 {
			r.Note += fmt.Sprintf(", times %g for splits since", f)
		}
		return r
	}
	r := counts[0].Reading
	r.Value = rules.None(rules.Irreconcilable)
	r.Note = fmt.Sprintf("%s says %.0f, %s %.0f", counts[0].what, counts[0].shares, counts[1].what, counts[1].shares)
	return r
}

const witness = "income over earnings per share"

// addWitness appends the count that income and earnings per share imply, where
// rounding leaves it within a factor of two.
func (v *View) addWitness(counts []count, end fundamentals.Date) []count {
	const leastPerShare = 0.02
	role := &v.m.share
	for _, days := range [][2]int{{70, 110}, {350, 380}, {60, 349}} {
		p, eps := v.span(role.eps, end, days[0], days[1])
		if eps == nil || eps.Why != rules.Known || eps.Value > -leastPerShare && eps.Value < leastPerShare {
			continue
		}
		_, income := v.exact(role.income, p.Start, p.End)
		if income == nil || income.Why != rules.Known || income.Value/eps.Value < leastCount {
			continue
		}
		r := Reading{Basis: spanName(p.days()), Start: p.Start, End: end}
		r.add(1, p, eps)
		return append(counts, count{r, witness, income.Value / eps.Value * v.basisFactor(r)})
	}
	return counts
}

// basisFactor brings a count as stated to the split basis of the view's date.
func (v *View) basisFactor(r Reading) float64 {
	return v.splitFactor(v.basisDate(r), int(r.Parts[0].Version.Filing))
}

// basisDate is the day on whose split basis a count is stated: the day counted
// on a cover, otherwise the filing's, because statements are restated for
// splits up to the day they are filed.
func (v *View) basisDate(r Reading) fundamentals.Date {
	p := r.Parts[0]
	if p.Period.Start != 0 && p.Period.Start > p.Period.End { // a cover: the day counted, and the statement's end
		return p.Period.Start
	}
	return v.c.Filings[p.Version.Filing].Filed
}

// earlierCover returns the last cover count of the year before a period end.
func (v *View) earlierCover(end fundamentals.Date) Reading {
	for i := len(v.ends) - 1; i >= 0; i-- {
		if e := v.ends[i]; e < end && e >= end-365 {
			if r := v.cover(v.m.share.cover, e); r.Value.Why == rules.Known {
				return r
			}
		}
	}
	return Reading{Value: rules.None(rules.NotReported)}
}
