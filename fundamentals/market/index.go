package market

import (
	"assay/fundamentals"
	"assay/rules"
)

// Beta is the slope of the daily returns in a span on those of an index: their
// covariance over the variance of the index's. Returns go from one day on which
// both have a close to the next. It is not reported with fewer than four fifths
// of the days of the span.
func (b *Book) Beta(index *Book, span Span) (rules.Value, Window) {
	return b.beta(index, span, 1)
}

// WeeklyBeta is [Book.Beta] of weekly returns. Weeks are counted back from the
// span's end: a week's close is the last in it that both have.
func (b *Book) WeeklyBeta(index *Book, span Span) (rules.Value, Window) {
	return b.beta(index, span, 7)
}

func (b *Book) beta(index *Book, span Span, step int) (rules.Value, Window) {
	p, old, why := b.walk(span, forReturns)
	if why != rules.Known {
		return rules.None(why), old
	}
	if index == nil {
		return rules.None(rules.NotReported), Window{Series: p.closes}
	}
	q, _, why := index.walk(span, forReturns)
	if why != rules.Known {
		return rules.None(rules.NotReported), Window{Series: p.closes}
	}
	own, market := commonReturns(p, q, span.To, step)
	w := p.window(len(own))
	w.Against = q.closes
	expected := span.expected()
	if step > 1 {
		expected = int(span.To-span.From) / step
	}
	if len(own) < enough(expected) {
		return rules.None(rules.NotReported), w
	}
	return measured(covariance(own, market) / variance(market)), w
}

// commonReturns are the returns of two paths from one close that both have to the
// next: the last of each step of so many days, counted back from the end.
func commonReturns(p, q *path, end fundamentals.Date, step int) (xs, ys []float64) {
	type pair struct {
		bucket int
		x, y   float64
	}
	var pairs []pair
	j := 0
	for i := range p.level {
		day := p.closes.Days[p.lo+i]
		for j < len(q.level) && q.closes.Days[q.lo+j] < day {
			j++
		}
		if j == len(q.level) {
			break
		}
		if q.closes.Days[q.lo+j] != day {
			continue
		}
		one := pair{int(end-day) / step, p.level[i], q.level[j]}
		if n := len(pairs); n > 0 && pairs[n-1].bucket == one.bucket {
			pairs[n-1] = one
			continue
		}
		pairs = append(pairs, one)
	}
	for i := 1; i < len(pairs); i++ {
		xs, ys = append(xs, pairs[i].x/pairs[i-1].x-1), append(ys, pairs[i].y/pairs[i-1].y-1)
	}
	return xs, ys
}

// RelativeStrength is how much more than an index's the worth of a security grew
// over a span: (1 + its return) / (1 + the index's) - 1. The index is measured
// between the days of the two closes that the security's return lies between.
func (b *Book) RelativeStrength(index *Book, span Span) (rules.Value, Window) {
	own, w := b.ReturnOver(span.From, span.To, span.StaleDays)
	if own.Why != rules.Known {
		return own, w
	}
	if index == nil {
		return rules.None(rules.NotReported), Window{Series: w.Series}
	}
	other, against := index.ReturnOver(w.From, w.To, span.StaleDays)
	if other.Why != rules.Known {
		return rules.None(rules.NotReported), Window{Series: w.Series}
	}
	w.Against = against.Series
	return measured((1+own.F)/(1+other.F) - 1), w
}

// Fresh reports whether some series has a close at most so many trading days
// before a day.
func (b *Book) Fresh(day fundamentals.Date, staleDays int) bool {
	for _, c := range b.Series {
		if i := c.last(day); i >= 0 && TradingDaysOld(c.Days[i], day) <= staleDays {
			return true
		}
	}
	return false
}
