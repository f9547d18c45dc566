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
