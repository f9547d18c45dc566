package standard

import (
	"fmt"
	"slices"

	"assay/fundamentals"
	"assay/rules"
)

// withoutSlips leaves out counts that are a thousand times off another where the
// statements before tell which of the two slipped: the balance sheet and the average of one
// table slip together and outvote a right cover (WisdomTree, 0001214659-24-003435).
// Without statements before, the public float tells, by the price for a share that it
// makes. Where neither speaks, all counts stay.
func (v *View) withoutSlips(counts []count, end fundamentals.Date) []count {
	off := slices.ContainsFunc(counts, func(c count) bool {
		return slices.ContainsFunc(counts, func(d count) bool { return stepOf(c.shares, d.shares) != 0 })
	})
	if !off {
		return counts
	}
	slipped := func(c count) bool { return false }
	if before, ok := v.countBefore(end); ok {
		slipped = func(c count) bool { return stepOf(before, c.shares) != 0 }
	} else if float := v.cover(v.m.share.float, end); float.Value.Why == rules.Known && float.Value.F > 0 {
		slipped = func(c count) bool { return float.Value.F/c.shares > highPrice }
	}
	// An average alone is no count: where the cover slipped and no balance sheet
	// counts, as at Champion Homes (0000950170-24-011727), nothing is known.
	if !slices.ContainsFunc(counts, func(c count) bool { return !slipped(c) && c.what != "weighted average" }) {
		return counts
	}
	return slices.DeleteFunc(counts, slipped)
}

// highPrice is what a share hardly ever costs.
const highPrice = 3000

// countBefore returns the count of the last statement before, of the half year
// before a period end.
func (v *View) countBefore(end fundamentals.Date) (shares float64, ok bool) {
	for i := len(v.ends) - 1; i >= 0 && v.ends[i] >= end-200; i-- {
		if v.ends[i] >= end {
			continue
		}
		if r := v.shareCount(v.ends[i]); r.Value.Why == rules.Known {
			return r.Value.F, true
		}
	}
	return 0, false
}

// likeCount refuses a weighted count that is a thousand times off the shares
// outstanding (eXp states its average of the first quarter of
// 2020 in thousands, and earns nothing that would tell).
func (v *View) likeCount(r Reading) Reading {
	if r.Value.Why != rules.Known || r.Value.F <= 0 || r.Count != 1 {
		return r
	}
	count := v.shareCount(r.End)
	if count.Value.Why != rules.Known || count.Note == noteAverage {
		return r
	}
	if shares := r.Value.F * v.basisFactor(r, Average); stepOf(shares, count.Value.F) != 0 {
		stated := r.Value.F
		r.Value = rules.None(rules.Irreconcilable)
		r.Note = fmt.Sprintf("stated as %.0f, while %.0f shares are outstanding", stated, count.Value.F)
	}
	return r
}

// likePrice refuses a public float that makes a price for a share two hundred
// times off what the floats of most other years made: some state thousands as if they
// were millions (Gentherm 2019 to 2023, Unitil 2023).
func (v *View) likePrice(r Reading, end fundamentals.Date) Reading {
	const far = 200
	price, ok := v.floatPrice(end)
	if !ok || r.Value.Why != rules.Known {
		return r
	}
	var others []float64
	for _, p := range v.c.Periods(v.m.share.float) {
		if p.End == end {
			continue
		}
		if other, ok := v.floatPrice(p.End); ok {
			others = append(others, other)
		}
	}
	if price > highPrice/3 && v.beyondAssets(r.Value.F, end) {
		note := fmt.Sprintf("stated as %.0f, which makes %.4g for a share of the cover, and more than a hundred times total assets", r.Value.F, price)
		r.Value, r.Note = rules.None(rules.Irreconcilable), note
		return r
	}
	if len(others) == 0 {
		return r
	}
	slices.Sort(others)
	least, usual := others[0], others[len(others)/2]
	switch {
	case len(others) > 1 && (price > far*usual || usual > far*price), price > highPrice && price > far*least:
		stated := r.Value.F
		r.Value = rules.None(rules.Irreconcilable)
		r.Note = fmt.Sprintf("stated as %.0f, which makes %.4g for a share of the cover, while floats of other years made %.4g", stated, price, usual)
	}
	return r
}

// floatPrice is the public float for a share of the same cover, on the split basis of
// the view's date.
func (v *View) floatPrice(end fundamentals.Date) (price float64, ok bool) {
	float, count := v.cover(v.m.share.float, end), v.cover(v.m.share.cover, end)
	if float.Value.Why != rules.Known || count.Value.Why != rules.Known || float.Value.F <= 0 || count.Value.F < leastCount {
		return 0, false
	}
	return float.Value.F / (count.Value.F * v.basisFactor(count, Cover)), true
}

// beyondAssets reports whether an amount is more than a hundred times the total
// assets of a day: every float that Mister Car Wash has stated is.
func (v *View) beyondAssets(amount float64, end fundamentals.Date) bool {
	_, assets := v.span(v.m.core.assets, end, 0, 0)
	return assets != nil && assets.Why == rules.Known && assets.Value > 0 && amount > 100*assets.Value
}
