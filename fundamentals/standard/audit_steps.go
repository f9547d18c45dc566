package standard

import (
	"fmt"
	"math"

	"assay/rules"
)

// steady are the items that neither a good nor a bad year moves a thousandfold,
// or fivefold up and back: totals and counts.
func steady() []string {
	return []string{
		"total_assets", "liabilities_and_equity", "current_assets", "total_liabilities", "revenue", "cost_of_revenue",
		"cover_shares", "public_float", "balance_shares", "weighted_basic_shares", "weighted_diluted_shares",
	}
}

// never negative: an amount below zero is a slip of the sign.
func neverNegative() []string {
	return []string{
		"total_assets", "liabilities_and_equity", "current_assets", "cash_and_equivalents", "inventory", "receivables",
		"goodwill", "intangible_assets", "total_liabilities", "current_liabilities", "accounts_payable", "short_term_borrowings",
		"long_term_debt_current", "long_term_debt", "finance_leases", "operating_leases",
		"cover_shares", "public_float", "balance_shares", "weighted_basic_shares", "weighted_diluted_shares",
	}
}

// series are the stated periods of an item that can be compared with each
// other, by kind: instants, covers, years, quarters.
func (a *auditor) series(item int) map[string][]operand {
	out := map[string][]operand{}
	for i := range a.c.Periods(item) {
		p := &a.c.Periods(item)[i]
		ver, ok := a.c.known(p, a.AsOf)
		if !ok || ver.Why != rules.Known {
			continue
		}
		kind := "instant"
		if nature := a.m.Items[item].Nature; nature == Flow || nature == Average {
			if kind = spanName(p.days()); kind == "ytd" || p.days() > 380 { // since inception
				continue
			}
		}
		out[kind] = append(out[kind], operand{item, 1, p, ver})
	}
	return out
}

// kinds in the order of reports.
func kinds() []string { return []string{"instant", "quarter", "fy"} }

// unitSlips finds steps by about a thousand or a million from one period to the
// next, within half and double: no business grows so. Of two filings on one
// period the step must be exact but for rounding.
func (a *auditor) unitSlips() {
	for _, name := range steady() {
		item := a.item(name)
		if item < 0 {
			continue
		}
		series := a.series(item)
		for _, kind := range kinds() {
			list := series[kind]
			for i := range list {
				a.out.Compared["unit_slip"]++
				a.slipOfVintage(list[i])
				if i == 0 {
					continue
				}
				was, is := list[i-1].ver.Value, list[i].ver.Value
				if factor := stepOf(was, is); factor != 0 {
					b := a.newBreak("unit_slip", list[i], was)
					b.Detail = fmt.Sprintf("about %g times the period before", factor)
					b.Explanation = a.slipExplained(list, i)
					a.out.Breaks = append(a.out.Breaks, b)
				}
			}
		}
	}
}

// stepOf returns the power of a thousand by which one number is about another,
// or 0.
func stepOf(was, is float64) float64 {
	if was <= 0 || is <= 0 {
		return 0
	}
	for _, factor := range [...]float64{1e3, 1e6, 1e-3, 1e-6} {
		if r := is / was / factor; r > 0.5 && r < 2 {
			return factor
		}
	}
	return 0
}

// slipExplained says which of two neighbours slipped, by those around them.
func (a *auditor) slipExplained(list []operand, i int) string {
	value := func(j int) float64 {
		if j < 0 || j >= len(list) {
			return 0
		}
		return list[j].ver.Value
	}
	filing := func(j int) string { return a.c.Filings[list[j].ver.Filing].Accession }
	switch {
	case i+1 < len(list) && stepOf(value(i), value(i+1)) != 0:
		return filing(i) + " states it in another unit than the filings before and after"
	case i >= 2 && stepOf(value(i-2), value(i-1)) != 0:
		return filing(i-1) + " states it in another unit than the filings before and after"
	case i+1 < len(list):
		return filing(i-1) + " and those before state it in another unit than the filings after"
	}
	return filing(i) + " states it in another unit than the filings before"
}

// slipOfVintage finds a filing that states a period a thousand times as high
// or low as another.
func (a *auditor) slipOfVintage(o operand) {
	for i := range o.p.Versions {
		w := &o.p.Versions[i]
		if a.c.Filings[w.Filing].KnownOn > a.AsOf {
			break
		}
		if w.Second || w.Why != rules.Known || w.Value <= 0 || o.ver.Value <= 0 {
			continue
		}
		ratio := w.Value / o.ver.Value
		for _, factor := range [...]float64{1e3, 1e6, 1e-3, 1e-6} {
			if within(ratio, factor, 0.005) {
				b := a.newBreak("unit_slip", o, o.ver.Value)
				b.Found = w.Value
				a.cite(&b, w)
				b.Detail = "two filings on one period"
				b.Explanation = fmt.Sprintf("%s states %g times what %s states",
					b.Accession, factor, a.c.Filings[o.ver.Filing].Accession)
				a.out.Breaks = append(a.out.Breaks, b)
			}
		}
	}
}

// outliers finds numbers that leap up or down and back, and negative ones that
// cannot be.
func (a *auditor) outliers() {
	for _, name := range neverNegative() {
		a.negative(name)
	}
	for _, name := range steady() {
		item := a.item(name)
		if item < 0 {
			continue
		}
		series := a.series(item)
		for _, kind := range kinds() {
			list := series[kind]
			for i := 1; i+1 < len(list); i++ {
				before, is, after := list[i-1].ver.Value, list[i].ver.Value, list[i+1].ver.Value
				if list[i+1].p.End-list[i-1].p.End > 900 {
					continue
				}
				a.out.Compared["outlier"]++
				high, low := max(before, after), min(before, after)
				if low <= 0 || is <= 5*high && is >= low/5 {
					continue
				}
				b := a.newBreak("outlier", list[i], (before+after)/2)
				b.Detail = fmt.Sprintf("%.0f before, %.0f after", before, after)
				b.Explanation = outlierExplained(a, list, i)
				a.out.Breaks = append(a.out.Breaks, b)
			}
		}
	}
}

// outlierExplained looks for what other filings say of the period: as the
// neighbours would have it, which makes the number a slip, or the same, which
// makes it what happened.
func outlierExplained(a *auditor, list []operand, i int) string {
	o := list[i]
	said := a.c.Filings[o.ver.Filing].Accession
	near := (list[i-1].ver.Value + list[i+1].ver.Value) / 2
	if o.ver.Value == 0 {
		return said + " states 0, its neighbours do not: a blank"
	}
	if stepOf(near, o.ver.Value) != 0 {
		return said + " states it in another unit than its neighbours"
	}
	alike := ""
	for j := range o.p.Versions {
		w := &o.p.Versions[j]
		f := a.c.Filings[w.Filing]
		switch {
		case f.KnownOn > a.AsOf || w.Why != rules.Known || w.Second:
		case math.Abs(w.Value-near) < near:
			return fmt.Sprintf("%s states %.0f for the same period", f.Accession, w.Value)
		case w.Value != 0 && w.Filing != o.ver.Filing && within(w.Value, o.ver.Value, 0.005):
			alike = fmt.Sprintf("no slip: %s and %s tell it alike", f.Accession, said)
		}
	}
	return alike
}

func (a *auditor) negative(name string) {
	item := a.item(name)
	if item < 0 {
		return
	}
	for i := range a.c.Periods(item) {
		p := &a.c.Periods(item)[i]
		ver, ok := a.c.known(p, a.AsOf)
		if !ok || ver.Why != rules.Known {
			continue
		}
		a.out.Compared["outlier"]++
		if ver.Value < 0 {
			b := a.newBreak("outlier", operand{item, 1, p, ver}, math.Abs(ver.Value))
			b.Detail = "negative"
			for j := range p.Versions {
				if w := &p.Versions[j]; a.c.Filings[w.Filing].KnownOn <= a.AsOf && w.Why == rules.Known && w.Value == -ver.Value {
					b.Explanation = fmt.Sprintf("a slip of the sign: %s states it positive", a.c.Filings[w.Filing].Accession)
				}
			}
			a.out.Breaks = append(a.out.Breaks, b)
		}
	}
}
