package standard

import (
	"fmt"

	"assay/fundamentals"
	"assay/rules"
)

// shareRoles are the items from which the share count is made.
type shareRoles struct{ cover, balance, basic, diluted, eps, income, float int }

func (m *Map) bindShares() (shareRoles, error) {
	i, err := m.roles("cover_shares", "balance_shares", "weighted_basic_shares", "weighted_diluted_shares", "basic_eps", "net_income_to_common", "public_float")
	if err != nil {
		return shareRoles{}, err
	}
	return shareRoles{i[0], i[1], i[2], i[3], i[4], i[5], i[6]}, nil
}

// The least count that is not a placeholder: covers say 1, 100 and 1000.
const leastCount = 10_000

// count is one source of the share count, on the split basis of the view.
type count struct {
	Reading
	what   string
	factor float64 // for splits since
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
	add := func(what string, nature Nature, r Reading) {
		if r.Value.Why != rules.Known || r.Count == 0 || r.Value.F < leastCount {
			return
		}
		factor := v.basisFactor(r, nature)
		counts = append(counts, count{r, what, factor, r.Value.F * factor})
	}
	role := &v.m.share
	add("cover page", Cover, v.cover(role.cover, end))
	add("balance sheet", Instant, v.instant(role.balance, end))
	if len(counts) == 0 || counts[0].what != "cover page" {
		add("an earlier cover page", Cover, v.earlierCover(end))
	}
	add("weighted average", Average, v.average(role.basic, end, rules.Quarterly))
	if len(counts) == 0 {
		return Reading{Value: rules.None(rules.NotReported), End: end}
	}
	counts = v.withoutSlips(counts, end)
	if len(counts) == 1 {
		counts = v.addWitness(counts, end)
	}
	for i, c := range counts {
		agree := len(counts) == 1
		for j, d := range counts {
			factor := 2.0
			if d.what == witness { // of a filer with two classes another income is divided
				factor = witnessFactor
			}
			agree = agree || i != j && c.shares <= factor*d.shares && d.shares <= factor*c.shares
		}
		if !agree || c.what == witness {
			continue
		}
		r := c.Reading
		r.Value.F = c.shares
		r.Note = c.what
		if c.what == "weighted average" {
			r.Note = noteAverage
		}
		if c.factor != 1 {
			r.Note += fmt.Sprintf(", times %g for splits since", c.factor)
		}
		return r
	}
	r := counts[0].Reading
	r.Value = rules.None(rules.Irreconcilable)
	r.Note = fmt.Sprintf("%s says %.0f, %s %.0f", counts[0].what, counts[0].shares, counts[1].what, counts[1].shares)
	return r
}

const (
	noteAverage   = "approximate: weighted average, no count is stated"
	witness       = "income over earnings per share"
	witnessFactor = 100
)

// addWitness appends the count that income and earnings per share of the shortest
// span stated imply.
func (v *View) addWitness(counts []count, end fundamentals.Date) []count {
	for _, days := range [][2]int{{70, 119}, {350, 380}, {60, 349}} {
		p, eps := v.span(v.m.share.eps, end, days[0], days[1])
		if eps == nil {
			continue
		}
		if shares, ok := v.implied(p.Start, p.End); ok {
			r := Reading{Basis: spanName(p.days()), Start: p.Start, End: end}
			r.add(1, p, eps)
			factor := v.basisFactor(r, Average)
			return append(counts, count{r, witness, factor, shares * factor})
		}
	}
	return counts
}

// believed refuses a weighted count that is a hundred times off what income over
// earnings per share of the same span say: many filers state thousands as ones.
func (v *View) believed(item int, r Reading) Reading {
	if v.m.Items[item].Unit != rules.UnitShares || r.Value.Why != rules.Known || r.Value.F <= 0 {
		return r
	}
	stated := r.Value.F
	implied, ok := v.implied(r.Start, r.End)
	if ok && (stated > witnessFactor*implied || implied > witnessFactor*stated) {
		r.Value = rules.None(rules.Irreconcilable)
		r.Note = fmt.Sprintf("stated as %.0f, while income over earnings per share makes %.0f", stated, implied)
	}
	return v.likeCount(r)
}

// implied is the count that income and earnings per share of a span imply, where
// rounding leaves it of use.
func (v *View) implied(start, end fundamentals.Date) (shares float64, ok bool) {
	const leastPerShare = 0.02
	_, eps := v.exact(v.m.share.eps, start, end)
	_, income := v.exact(v.m.share.income, start, end)
	if eps == nil || income == nil || eps.Why != rules.Known || income.Why != rules.Known ||
		eps.Value > -leastPerShare && eps.Value < leastPerShare || income.Value/eps.Value < leastCount {
		return 0, false
	}
	return income.Value / eps.Value, true
}

// basisFactor brings a count as stated to the split basis of the view's date.
// A cover counts a day; statements are restated for splits up to the day they
// are filed.
func (v *View) basisFactor(r Reading, nature Nature) float64 {
	p := r.Parts[0]
	day := v.c.Filings[p.Version.Filing].Filed
	if nature == Cover {
		day = p.Period.Start
	}
	return v.splitFactor(day, int(p.Version.Filing))
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
