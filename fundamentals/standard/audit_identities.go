package standard

import (
	"fmt"
	"math"
	"slices"

	"assay/fundamentals"
	"assay/rules"
)

// balance holds the two sides of every balance sheet against each other, and
// assets against their claims where total liabilities are tagged and not
// derived from them.
func (a *auditor) balance(check string) {
	for _, end := range a.ends {
		total, ok := a.operand("total_assets", 1, 0, end, true)
		if !ok {
			continue
		}
		if check == "sides" {
			if other, ok := a.operand("liabilities_and_equity", 1, 0, end, true); ok {
				a.identity(check, other, []operand{total})
			}
			continue
		}
		liabilities, ok1 := a.operand("total_liabilities", 1, 0, end, true)
		equity, ok2 := a.operand("equity", 1, 0, end, true)
		minority, ok3 := a.operand("non_controlling_interests", 1, 0, end, false)
		temporary, ok4 := a.operand("temporary_equity", 1, 0, end, false)
		if ok1 && ok2 && ok3 && ok4 && liabilities.ver.Alt == 0 {
			if temporary.ver != nil && temporary.ver.Alt >= altSlight {
				a.untagged(total, temporary, []operand{liabilities, equity, minority})
				continue
			}
			a.identity(check, total, []operand{liabilities, equity, minority, temporary})
		}
	}
}

// untagged tells of a balance sheet that balances only with what the filer states
// under no tag of the taxonomy.
func (a *auditor) untagged(total, temporary operand, parts []operand) {
	before := len(a.out.Breaks)
	a.identity("balance", total, parts)
	if len(a.out.Breaks) == before {
		return
	}
	a.out.Breaks[before].Explanation = fmt.Sprintf("%s states what stands between liabilities and equity under no known tag: %.0f, read as temporary equity",
		a.c.Filings[temporary.ver.Filing].Accession, temporary.ver.Value)
}

// flows holds sums within the income and cash flow statements, for every span
// that was stated.
func (a *auditor) flows(check string) {
	lead := map[string]string{"gross_profit": "gross_profit", "cash_bridge": "cash_change"}[check]
	item := a.item(lead)
	if item < 0 {
		return
	}
	for i := range a.c.Periods(item) {
		p := &a.c.Periods(item)[i]
		ver, ok := a.c.known(p, a.AsOf)
		if !ok || ver.Why != rules.Known || ver.Alt != 0 && check == "gross_profit" || p.End > a.Anchor {
			continue
		}
		total := operand{item, 1, p, ver}
		if check == "gross_profit" {
			revenue, ok1 := a.operand("revenue", 1, p.Start, p.End, true)
			cost, ok2 := a.operand("cost_of_revenue", -1, p.Start, p.End, true)
			if ok1 && ok2 {
				a.identity(check, total, []operand{revenue, cost})
			}
			continue
		}
		a.bridge(total)
	}
}

// bridge holds the change of cash against the parts of the cash flow statement.
// Filers show discontinued operations within the three parts or as a line of
// their own: either may agree.
func (a *auditor) bridge(total operand) {
	start, end := total.p.Start, total.p.End
	var parts []operand
	for _, name := range [...]string{"cash_from_operations", "cash_from_investing", "cash_from_financing"} {
		o, ok := a.operand(name, 1, start, end, true)
		if !ok {
			return
		}
		parts = append(parts, o)
	}
	var more []operand
	for _, name := range [...]string{"exchange_rate_effect", "cash_from_discontinued_operations"} {
		if o, ok := a.operand(name, 1, start, end, false); ok && o.ver != nil {
			more = append(more, o)
		}
	}
	// The change may be stated before exchange rates, or the parts with what was
	// discontinued in them.
	for _, with := range [...][]operand{more, more[:min(1, len(more))], more[min(1, len(more)):], nil} {
		if sum := append(slices.Clip(parts), with...); a.agrees(total, sum) {
			a.identity("cash_bridge", total, sum)
			return
		}
	}
	parts = append(parts, more...)
	a.identity("cash_bridge", total, parts)
}

func (a *auditor) agrees(total operand, parts []operand) bool {
	values := []float64{total.ver.Value}
	for _, p := range parts {
		values = append(values, p.value())
	}
	return math.Abs(a.sum(parts)-total.ver.Value) <= tolerance(values...)
}

// quarters holds the four quarters that the view reads against each year that
// was stated. The fourth is a difference, so what is tested is that the others
// belong to the year.
func (a *auditor) quarters() {
	for item := range a.m.Items {
		if a.m.Items[item].Nature != Flow {
			continue
		}
		for i := range a.c.Periods(item) {
			p := &a.c.Periods(item)[i]
			if p.days() < 350 || p.days() > 380 {
				continue
			}
			if ver, ok := a.c.known(p, a.AsOf); ok && ver.Why == rules.Known {
				a.year(operand{item, 1, p, ver})
			}
		}
	}
}

func (a *auditor) year(year operand) {
	var quarters [4]Reading
	values := []float64{year.ver.Value}
	end, sum := year.p.End, 0.0
	for i := 3; i >= 0; i-- {
		q := a.quarterNear(year.item, end)
		if q.Count == 0 || q.Value.Why != rules.Known {
			return
		}
		quarters[i], end = q, q.Start-1
		sum += q.Value.F
		values = append(values, q.Value.F)
	}
	if dist(end+1, year.p.Start) > slack {
		return
	}
	a.out.Compared["quarters"]++
	tol := tolerance(values...)
	if math.Abs(sum-year.ver.Value) <= tol {
		return
	}
	b := a.newBreak("quarters", year, sum)
	for i, q := range quarters {
		if i > 0 {
			b.Detail += " + "
		}
		b.Detail += fmt.Sprintf("%.0f", q.Value.F)
	}
	switch told, sameTags := a.retoldQuarters(year, quarters[:], tol); {
	case sameTags:
		b.Explanation = told
	case a.retoldYear(year, sum, tol) != "":
		b.Explanation = a.retoldYear(year, sum, tol)
	case a.mixed(year, quarters[:], sum, tol) != "":
		b.Explanation = a.mixed(year, quarters[:], sum, tol)
	case told != "": // our choice of tags may be at fault, not the filer
		b.Detail += "; " + told + ", by another tag"
	}
	a.out.Breaks = append(a.out.Breaks, b)
}

// retoldYear explains quarters that add up to the year as its own report told it,
// where a later annual report tells the year anew: nobody tells the quarters anew
// with it.
func (a *auditor) retoldYear(year operand, sum, tol float64) string {
	first := firstTold(year.p)
	if first == nil || first.Filing == year.ver.Filing || math.Abs(sum-first.Value) > tol || !annualForm(a.c.Filings[year.ver.Filing].Form) {
		return ""
	}
	by := ""
	if first.Alt != year.ver.Alt {
		by = " by another tag"
	}
	return fmt.Sprintf("the quarters add up to the year as %s told it; %s tells the year anew%s",
		a.c.Filings[first.Filing].Accession, a.c.Filings[year.ver.Filing].Accession, by)
}

// quarterNear reads the quarter that ends on a day, or within the drift of
// 52/53-week years around it.
func (a *auditor) quarterNear(item int, end fundamentals.Date) Reading {
	for d := fundamentals.Date(0); d <= slack; d++ {
		for _, e := range [...]fundamentals.Date{end - d, end + d} {
			if q := a.quarter(item, e); q.Count > 0 && q.Value.Why == rules.Known {
				return q
			}
		}
	}
	return Reading{}
}

// retoldQuarters explains quarters that do not add up by the filings that told
// a part of them anew: with every part as it was first told, they add up.
// sameTags is false where a part was first told by another tag.
func (a *auditor) retoldQuarters(year operand, quarters []Reading, tol float64) (told string, sameTags bool) {
	parts := []Part{{Sign: -1, Period: year.p, Version: year.ver}}
	for _, q := range quarters {
		parts = append(parts, q.Parts[:q.Count]...)
	}
	sum, changed := 0.0, int32(-1)
	sameTags = true
	for _, part := range parts {
		if part.Version == nil {
			continue
		}
		v := firstTold(part.Period)
		if v == nil {
			return "", false
		}
		sameTags = sameTags && v.Alt == part.Version.Alt
		if v.Value != part.Version.Value {
			changed = max(changed, part.Version.Filing)
		}
		sum += part.Sign * v.Value
	}
	if changed < 0 || math.Abs(sum) > tol {
		return "", false
	}
	return fmt.Sprintf("as first told the quarters add up; %s tells a part anew", a.c.Filings[changed].Accession), sameTags
}

// halves finds quarters made of two spans of which a later filing restates one
// alone: the quarter holds what was restated of the whole year. Half a per cent
// of the quarter is let pass.
func (a *auditor) halves() {
	for item := range a.m.Items {
		if a.m.Items[item].Nature != Flow {
			continue
		}
		for _, end := range a.ends {
			q := a.quarter(item, end)
			if q.Count != 2 || q.Value.Why != rules.Known || q.Parts[0].Version == nil || q.Parts[1].Version == nil ||
				q.Parts[1].Period.Start != q.Parts[0].Period.Start || q.Parts[1].Period.End+1 != q.Start {
				continue
			}
			a.out.Compared["half_restated"]++
			long, short := q.Parts[0], q.Parts[1]
			long1, short1 := a.firstBy(long.Period, long.Version.Alt), a.firstBy(short.Period, short.Version.Alt)
			if long1 == nil || short1 == nil {
				continue
			}
			moved, with := retold(long.Version, long1), retold(short.Version, short1)
			if l, s := firstTold(long.Period), firstTold(short.Period); l != nil && s != nil && retold(long.Version, l) == retold(short.Version, s) {
				continue // by whatever tag, both are told anew
			}
			made := long1.Value - short1.Value
			if moved == with || within(made, q.Value.F, 0.005) {
				continue
			}
			changed := long
			if with {
				changed = short
			}
			b := a.newBreak("half_restated", operand{item, 1, long.Period, long.Version}, made)
			b.Basis, b.Start, b.Found = "quarter", q.Start, q.Value.F
			a.cite(&b, changed.Version)
			b.Detail = fmt.Sprintf("%s to %s reads %.0f, was first told as %.0f", changed.Period.Start, changed.Period.End,
				changed.Version.Value, a.firstBy(changed.Period, changed.Version.Alt).Value)
			a.out.Breaks = append(a.out.Breaks, b)
		}
	}
}

// firstTold returns the first version of a period that can be used.
func firstTold(p *Period) *Version {
	for i := range p.Versions {
		if w := &p.Versions[i]; !w.Second && !w.Weak && w.Why == rules.Known {
			return w
		}
	}
	return nil
}
