package market

import (
	"math"

	"assay/fundamentals"
	"assay/rules"
)

// yearDays is how many trading days make a year of a standard deviation.
const yearDays = 252

// Volatility is the standard deviation (n - 1) of the daily log returns in a
// span, times the root of 252.
func (b *Book) Volatility(span Span) (rules.Value, Window) {
	p, old, why := b.walk(span, forReturns)
	if why != rules.Known {
		return rules.None(why), old
	}
	logs := p.logReturns()
	return measured(math.Sqrt(variance(logs) * yearDays)), p.window(len(logs))
}

// DownsideVolatility is the root of the mean square of the daily log returns
// below zero, the others counting as zero, times the root of 252.
func (b *Book) DownsideVolatility(span Span) (rules.Value, Window) {
	p, old, why := b.walk(span, forReturns)
	if why != rules.Known {
		return rules.None(why), old
	}
	logs := p.logReturns()
	squares := 0.0
	for _, r := range logs {
		squares += min(r, 0) * min(r, 0)
	}
	return measured(math.Sqrt(squares / float64(len(logs)) * yearDays)), p.window(len(logs))
}

// MaxDrawdown is the largest fall from a high to a later low in a span, as a
// share of the high: 0.4 after a fall from 10 to 6, 0 where there was none.
func (b *Book) MaxDrawdown(span Span) (rules.Value, Window) {
	p, old, why := b.walk(span, forReturns)
	if why != rules.Known {
		return rules.None(why), old
	}
	high, worst := 0.0, 0.0
	for _, l := range p.level {
		high = max(high, l)
		worst = max(worst, 1-l/high)
	}
	return measured(worst), p.window(len(p.level))
}

// High is the highest close in a span.
func (b *Book) High(span Span) (rules.Value, Window) {
	return b.extreme(span, func(a, b float64) bool { return a > b })
}

// Low is the lowest close in a span.
func (b *Book) Low(span Span) (rules.Value, Window) {
	return b.extreme(span, func(a, b float64) bool { return a < b })
}

func (b *Book) extreme(span Span, beyond func(a, b float64) bool) (rules.Value, Window) {
	p, old, why := b.walk(span, forPrices)
	if why != rules.Known {
		return rules.None(why), old
	}
	at := p.inside()
	for i := at; i < len(p.level); i++ {
		if beyond(p.level[i], p.level[at]) {
			at = i
		}
	}
	return measured(p.level[at] * p.scale), Window{Series: p.closes, From: p.closes.Days[p.lo+p.inside()], To: p.closes.Days[p.hi], Days: len(p.level) - p.inside()}
}

// Momentum is the return from a span's start to a day before its end: not
// reported where [Book.ReturnOver] is not, and stale where the security has no
// close near the span's end.
func (b *Book) Momentum(span Span, end fundamentals.Date) (rules.Value, Window) {
	v, w := b.ReturnOver(span.From, end, span.StaleDays)
	if w.Series == nil {
		return v, w
	}
	if last := w.Series.Days[w.Series.last(span.To)]; TradingDaysOld(last, span.To) > span.StaleDays {
		return rules.None(rules.Stale), Window{Series: w.Series, To: last}
	}
	return v, w
}

// logReturns are those from close to close.
func (p *path) logReturns() []float64 {
	out := make([]float64, 0, p.returns())
	for i := 1; i < len(p.level); i++ {
		out = append(out, math.Log(p.level[i]/p.level[i-1]))
	}
	return out
}

func mean(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}

func variance(xs []float64) float64 { return covariance(xs, xs) }

// covariance divides by n - 1: it is NaN of a single pair.
func covariance(xs, ys []float64) float64 {
	mx, my := mean(xs), mean(ys)
	sum := 0.0
	for i := range xs {
		sum += (xs[i] - mx) * (ys[i] - my)
	}
	return sum / float64(len(xs)-1)
}
