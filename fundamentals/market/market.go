// Package market says what daily prices tell of a security on a date.
//
//  1. A Book holds the price series of one security, each on its own basis, and
//     its splits. A security that changed its ticker has the closes of one ticker
//     after the other (Join).
//  2. Quote brings the last close up to a day to that day's split basis.
//  3. Returns, volumes, risk and liquidity are measured over the days before:
//     over a span, on the series that says most of those with enough closes.
//  4. TradingDay is the calendar of the exchange.
//
// A close after the day asked is never read. A split after the day asked
// changes nothing. A series adjusted for dividends is a return series: it
// serves as a price only where its owner said so.
package market

import (
	"sort"

	"assay/fundamentals"
	"assay/rules"
)

// Closes is one series of daily closes, by day.
type Closes struct {
	fundamentals.Series
	// Turns are the tickers that the closes stand under, one after the other; none
	// where it is the series' own alone.
	Turns  []Turn
	Days   []fundamentals.Date
	Close  []float64
	Volume []float64 // 0 where there was no trade, and where none was given
	Given  []bool    // whether a volume was given
	// Ranges are the highs and lows of its days, on its basis; nil where they were
	// not asked for.
	Ranges map[fundamentals.Date]Range
}

// Range is the highest and the lowest trade of a day.
type Range struct{ High, Low float64 }

// last returns the place of the last close up to a day, or -1.
func (c *Closes) last(day fundamentals.Date) int {
	return sort.Search(len(c.Days), func(i int) bool { return c.Days[i] > day }) - 1
}

// basisDay is the day on whose split basis the close of a day stands.
func (c *Closes) basisDay(i int) fundamentals.Date {
	if c.Basis == fundamentals.Raw {
		return c.Days[i]
	}
	return c.BasisDate
}

// Book is what is known of the prices of one security.
type Book struct {
	Series []*Closes
	Splits []fundamentals.Split // by date
}

// StalePriceDays is how many trading days a close may be old.
const StalePriceDays = 10

// Quote is a close on the split basis of the day asked for.
type Quote struct {
	Price float64
	Day   fundamentals.Date // of the close
	// Series is the one it was read from.
	Series *Closes
	// Factor is what the stored close was multiplied by to stand on the day's
	// split basis.
	Factor float64
}

// Quote returns the last close up to a day, on that day's split basis. See
// [Book.QuoteOn].
func (b *Book) Quote(day fundamentals.Date) (Quote, rules.Reason) { return b.QuoteOn(day, day) }

// QuoteOn returns the last close up to a day, on the split basis of another. The freshest series wins; of equals
// the one nearest to what was traded: raw, split-adjusted, total-return where
// it may stand for a price. The reason is not reported where no series may
// serve, and never stale: that is for the caller's limit.
func (b *Book) QuoteOn(day, basis fundamentals.Date) (q Quote, why rules.Reason) {
	why = rules.NotReported
	for _, s := range b.Series {
		if s.Basis == fundamentals.TotalReturn && !s.AsPrice {
			continue
		}
		i := s.last(day)
		if i < 0 || why == rules.Known && !better(s, s.Days[i], q) {
			continue
		}
		factor := b.factor(s.basisDay(i), basis)
		q = Quote{Price: s.Close[i] * factor, Day: s.Days[i], Series: s, Factor: factor}
		why = rules.Known
	}
	return q, why
}

func better(s *Closes, day fundamentals.Date, than Quote) bool {
	if day != than.Day {
		return day > than.Day
	}
	if s.Basis != than.Series.Basis {
		return s.Basis < than.Series.Basis
	}
	return s.BasisDate > than.Series.BasisDate
}

// factor brings a price from the split basis of one day to that of another.
func (b *Book) factor(from, to fundamentals.Date) float64 {
	f := 1.0
	for _, s := range b.Splits {
		switch {
		case s.Date > from && s.Date <= to:
			f /= s.Ratio
		case s.Date > to && s.Date <= from:
			f *= s.Ratio
		}
	}
	return f
}

// Return is the gain from the last close up to one day to the last close up to
// another. It reads the series that says most: total return before
// split-adjusted before raw, among those with a close at most so many trading
// days before both days. It is not reported where none has.
func (b *Book) Return(from, to fundamentals.Date, staleDays int) rules.Value {
	v, _ := b.ReturnOver(from, to, staleDays)
	return v
}

// Window is the part of a series that a value was measured over; none where
// Series is nil.
type Window struct {
	Series   *Closes
	From, To fundamentals.Date // of closes
	Days     int               // closes, or returns, that count
	// Against is the series of the index that it was measured against, if any.
	Against *Closes
}

// ReturnOver is [Book.Return], and the closes that it lies between.
func (b *Book) ReturnOver(from, to fundamentals.Date, staleDays int) (rules.Value, Window) {
	var best *Closes
	var lo, hi int
	for _, s := range b.Series {
		i, j := s.last(from), s.last(to)
		if i < 0 || j <= i || TradingDaysOld(s.Days[i], from) > staleDays || TradingDaysOld(s.Days[j], to) > staleDays {
			continue
		}
		if best == nil || s.Basis > best.Basis || s.Basis == best.Basis && s.BasisDate > best.BasisDate {
			best, lo, hi = s, i, j
		}
	}
	if best == nil {
		return rules.None(rules.NotReported), Window{}
	}
	w := Window{Series: best, From: best.Days[lo], To: best.Days[hi], Days: 2}
	start := best.Close[lo]
	if best.Basis == fundamentals.Raw {
		start *= b.factor(best.Days[lo], best.Days[hi])
	}
	if start <= 0 {
		return rules.None(rules.Undefined), w
	}
	return rules.Num(best.Close[hi]/start - 1), w
}
