package market

import (
	"math"

	"assay/rules"
)

// Illiquidity is the mean of the size of a day's return over its dollar volume,
// times a million (Amihud, 2002): how far the price moves for a million. A day
// without a trade does not count; four fifths of the days must.
func (b *Book) Illiquidity(span Span) (rules.Value, Window) {
	p, old, why := b.walk(span, forVolumes)
	if why != rules.Known {
		return rules.None(why), old
	}
	sum, n := 0.0, 0
	for i := 1; i < len(p.level); i++ {
		at := p.lo + i
		if traded := p.closes.Close[at] * p.closes.Volume[at]; p.closes.Given[at] && traded > 0 {
			sum += math.Abs(p.level[i]/p.level[i-1]-1) / traded
			n++
		}
	}
	if n < enough(span.expected()) {
		return rules.None(rules.NotReported), p.window(n)
	}
	return measured(sum / float64(n) * 1e6), p.window(n)
}

// ZeroReturnDays is the share of the days of a span whose close is that of the
// day before (Lesmond, Ogden and Trzcinka, 1999).
func (b *Book) ZeroReturnDays(span Span) (rules.Value, Window) {
	p, old, why := b.walk(span, forPrices)
	if why != rules.Known {
		return rules.None(why), old
	}
	n := 0
	for i := 1; i < len(p.level); i++ {
		if p.level[i] == p.level[i-1] {
			n++
		}
	}
	return measured(float64(n) / float64(p.returns())), p.window(p.returns())
}

// RollSpread is the bid-ask spread, as a share of the price, that the bounce of
// prices between bid and ask implies: twice the root of minus the covariance of a
// day's return with that of the day before (Roll, 1984). It is undefined where
// that covariance is not negative.
func (b *Book) RollSpread(span Span) (rules.Value, Window) {
	p, old, why := b.walk(span, forPrices)
	if why != rules.Known {
		return rules.None(why), old
	}
	returns := make([]float64, 0, p.returns())
	for i := 1; i < len(p.level); i++ {
		returns = append(returns, p.level[i]/p.level[i-1]-1)
	}
	w := p.window(len(returns))
	if len(returns) < 3 {
		return rules.None(rules.NotReported), w
	}
	bounce := covariance(returns[1:], returns[:len(returns)-1])
	if !(bounce < 0) {
		return rules.None(rules.Undefined), w
	}
	return measured(2 * math.Sqrt(-bounce)), w
}

// RangeSpread is the bid-ask spread, as a share of the price, that highs and lows
// imply: a high is mostly bought and a low sold, and the range of two days holds
// the spread once where those of each of the two hold it twice (Corwin and Schultz,
// 2012). It is the mean over the pairs of days that follow each other, a negative
// one counting as zero and a jump overnight taken out; four fifths of the days must
// have a high and a low.
func (b *Book) RangeSpread(span Span) (rules.Value, Window) {
	p, old, why := b.walk(span, forRanges)
	if why != rules.Known {
		return rules.None(why), old
	}
	sum, n := 0.0, 0
	for i := 1; i < len(p.level); i++ {
		before, ok := p.rangeOf(i - 1)
		day, ok2 := p.rangeOf(i)
		if ok && ok2 {
			sum += max(0, spreadOf(before, day, p.level[i-1]))
			n++
		}
	}
	if n < enough(span.expected()) {
		return rules.None(rules.NotReported), p.window(n)
	}
	return measured(sum / float64(n)), p.window(n)
}

// rangeOf is the range of a place, on the basis of the levels.
func (p *path) rangeOf(i int) (Range, bool) {
	at := p.lo + i
	r := p.closes.Ranges[p.closes.Days[at]]
	scale := p.level[i] / p.closes.Close[at]
	return Range{r.High * scale, r.Low * scale}, r.Low > 0 && r.High >= r.Low
}

// spreadOf is the spread that two days imply, the first with its close.
func spreadOf(before, day Range, closed float64) float64 {
	// From the close the price cannot have come into the day's range but overnight.
	shift := min(0, closed-day.Low) + max(0, closed-day.High)
	day = Range{day.High + shift, day.Low + shift}
	square := func(r Range) float64 { return math.Pow(math.Log(r.High/r.Low), 2) }
	each := square(before) + square(day)
	both := square(Range{max(before.High, day.High), min(before.Low, day.Low)})
	k := 3 - 2*math.Sqrt2
	alpha := (math.Sqrt(2*each)-math.Sqrt(each))/k - math.Sqrt(both/k)
	return 2 * math.Expm1(alpha) / (1 + math.Exp(alpha))
}

// DaysWithPrice is how many closes a span has, of the series with most; it is not
// reported where there is no series with a close up to the span's end.
func (b *Book) DaysWithPrice(span Span) (rules.Value, Window) {
	most := Window{Days: -1}
	for _, c := range b.Series {
		lo, hi := c.last(span.From), c.last(span.To)
		if hi < 0 || hi-lo <= most.Days {
			continue
		}
		most = Window{Series: c, To: c.Days[hi], Days: hi - lo}
		if hi > lo {
			most.From = c.Days[lo+1]
		}
	}
	if most.Series == nil {
		return rules.None(rules.NotReported), Window{}
	}
	return rules.Num(float64(most.Days)), most
}
