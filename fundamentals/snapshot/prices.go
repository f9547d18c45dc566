package snapshot

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/market"
	"assay/rules"
)

// priceColumn is a column that is measured over the daily closes before the
// table's date.
type priceColumn struct {
	over  period
	index string // the index that it is measured against; "" for none
	of    measure
	// history is true where it has a meaning in history: on the day whose close
	// stands for the point.
	history bool
	// ends is true where no closes are read but those near the span's two ends.
	ends bool
	// how and none say for evidence what was done, of so many days, and what is
	// lacking where no series serves.
	how, none string
}

// measure computes a price column of one company; index is nil where there is
// none, or none is known.
type measure func(b, index *market.Book, span market.Span) (rules.Value, market.Window)

// priceColumns are the columns of prices but the price itself and its age.
var priceColumns = map[string]priceColumn{
	"return_1w":  returned(days(7)),
	"return_1m":  returned(months(1)),
	"return_3m":  returned(months(3)),
	"return_6m":  returned(months(6)),
	"return_1y":  returned(months(12)),
	"return_2y":  returned(months(24)),
	"return_3y":  returned(months(36)),
	"return_5y":  returned(months(60)),
	"return_ytd": returned(yearToDate),

	"momentum_12_1": alone(months(12), momentum, fromTo, unreached),

	"high_52w": extreme((*market.Book).High, "the highest of %d closes"),
	"low_52w":  extreme((*market.Book).Low, "the lowest of %d closes"),

	"volatility_60d":         alone(tradingDays(60), (*market.Book).Volatility, "%d daily returns", tooFew),
	"volatility_1y":          alone(months(12), (*market.Book).Volatility, "%d daily returns", tooFew),
	"downside_volatility_1y": alone(months(12), (*market.Book).DownsideVolatility, "%d daily returns", tooFew),
	"max_drawdown_1y":        alone(months(12), (*market.Book).MaxDrawdown, "over %d closes", tooFew),
	"max_drawdown_3y":        alone(months(36), (*market.Book).MaxDrawdown, "over %d closes", tooFew),

	"beta_russell_2000_1y": against(russell2000, months(12), (*market.Book).Beta, "%d daily returns", tooFew),
	"beta_sp500_1y":        against(sp500, months(12), (*market.Book).Beta, "%d daily returns", tooFew),
	"beta_russell_2000_3y": against(russell2000, months(36), (*market.Book).WeeklyBeta, "%d weekly returns", tooFew),

	"relative_strength_russell_2000_6m": against(russell2000, months(6), (*market.Book).RelativeStrength, fromTo, unreached),
	"relative_strength_russell_2000_1y": against(russell2000, months(12), (*market.Book).RelativeStrength, fromTo, unreached),
	"relative_strength_sp500_6m":        against(sp500, months(6), (*market.Book).RelativeStrength, fromTo, unreached),
	"relative_strength_sp500_1y":        against(sp500, months(12), (*market.Book).RelativeStrength, fromTo, unreached),

	"dollar_volume_20d": traded(20, (*market.Book).DollarVolume, "close times volume, averaged over %d days"),
	"dollar_volume_60d": traded(60, (*market.Book).DollarVolume, "close times volume, averaged over %d days"),
	"share_volume_60d":  traded(60, (*market.Book).ShareVolume, "volume, averaged over %d days"),

	"amihud_illiquidity":  alone(months(12), (*market.Book).Illiquidity, "%d days with a trade", "no series of prices gives volumes of four fifths of these days"),
	"zero_return_days_1y": alone(months(12), (*market.Book).ZeroReturnDays, "%d daily returns", tooFew),
	"roll_spread":         alone(months(12), (*market.Book).RollSpread, "%d daily returns", tooFew),
	spreadOfRanges:        alone(tradingDays(60), (*market.Book).RangeSpread, "%d pairs of days", "no series of prices has highs and lows, and closes of four fifths of these days"),
	"trading_days_1y":     alone(tradingDays(252), (*market.Book).DaysWithPrice, "%d days with a close", "no series of prices is known"),
}

// spreadOfRanges is the one column that reads highs and lows.
const spreadOfRanges = "corwin_schultz_spread"

const (
	fromTo    = "from the first of these closes to the last"
	unreached = "no series of prices reaches over these days"
	tooFew    = "no series of prices has closes of four fifths of these days"
)

func days(n int) period {
	return func(asOf fundamentals.Date) (from, to fundamentals.Date) { return asOf - fundamentals.Date(n), asOf }
}

func months(n int) period {
	return func(asOf fundamentals.Date) (from, to fundamentals.Date) { return asOf.AddMonths(-n), asOf }
}

func tradingDays(n int) period {
	return func(asOf fundamentals.Date) (from, to fundamentals.Date) {
		return market.TradingDaysBack(asOf, n), asOf
	}
}

func yearToDate(asOf fundamentals.Date) (from, to fundamentals.Date) {
	return fundamentals.NewDate(asOf.Year()-1, 12, 31), asOf
}

// window is how a measure of one book is written.
type window = func(*market.Book, market.Span) (rules.Value, market.Window)

type period = func(asOf fundamentals.Date) (from, to fundamentals.Date)

func alone(over period, of window, how, none string) priceColumn {
	return priceColumn{over: over, how: how, none: none,
		of: func(b, _ *market.Book, s market.Span) (rules.Value, market.Window) { return of(b, s) }}
}

func against(index string, over period, of measure, how, none string) priceColumn {
	return priceColumn{over: over, index: index, of: of, how: how, none: none}
}

func returned(over period) priceColumn {
	p := alone(over, func(b *market.Book, s market.Span) (rules.Value, market.Window) {
		return b.ReturnOver(s.From, s.To, s.StaleDays)
	}, fromTo, unreached)
	p.ends = true
	return p
}

func extreme(of window, how string) priceColumn {
	p := alone(months(12), of, how, tooFew)
	p.history = true
	return p
}

func traded(days int, of func(b *market.Book, day fundamentals.Date, days, staleDays int) (rules.Value, market.Window), how string) priceColumn {
	return alone(tradingDays(days), func(b *market.Book, s market.Span) (rules.Value, market.Window) {
		return of(b, s.To, days, s.StaleDays)
	}, how, "no series of prices gives volumes")
}

func momentum(b *market.Book, s market.Span) (rules.Value, market.Window) {
	return b.Momentum(s, s.To.AddMonths(-1))
}

// measured computes a price column of a company for a point.
func (t *Table) measured(p priceColumn, c *company, at rules.At) (rules.Value, market.Window) {
	day, ok := t.priced, true
	if p.history {
		day, ok = t.priceDay(c, at)
	}
	if !ok {
		return rules.None(rules.NotReported), market.Window{}
	}
	from, to := p.over(day)
	first := t.reach(from)
	var index *market.Book
	if p.index != "" && t.state.indices[p.index] != nil {
		index = t.state.indices[p.index].Since(first)
	}
	span := market.Span{From: from, To: to, StaleDays: t.priceLimit(), Basis: t.asOf}
	book := c.book
	if p.ends && t.state.ends[from] != nil {
		book = c.listing.book(t.priced, c.book.Splits, t.state.ends[from])
	}
	return p.of(book.Since(first), index, span)
}

// priceHistory is how many days back closes are loaded at least: for returns of a
// year.
const priceHistory = 400

// reach is the first day whose close tells of a day or of the table's date. A
// column reads no closes before it even if they are there for another column: its
// values must not depend on what was asked for before.
func (t *Table) reach(day fundamentals.Date) fundamentals.Date {
	return min(t.priced-priceHistory, market.TradingDaysBack(day, t.priceLimit()+1))
}

// pricesFor sees to it that the closes which a plane needs are loaded.
func (t *Table) pricesFor(ctx context.Context, ref rules.Ref) error {
	p, measures := priceColumns[ref.Name]
	first := t.priced
	if ref.Name == "price" || p.history {
		for i := range t.state.companies {
			if day, ok := t.priceDay(&t.state.companies[i], ref.At); ok {
				first = min(first, day)
			}
		}
	}
	if measures {
		first, _ = p.over(first)
	}
	if p.ends {
		return t.closesNear(ctx, t.state, first)
	}
	if ref.Name == spreadOfRanges {
		if err := t.ranges(ctx, t.state, market.TradingDaysBack(first, t.priceLimit()+1)); err != nil {
			return err
		}
	}
	return t.closes(ctx, t.state, t.reach(first))
}

// priceDay is the day whose close stands for a point: the table's date at the
// anchor, in history the day on which the statement became known, unless prices
// end before it.
func (t *Table) priceDay(c *company, at rules.At) (fundamentals.Date, bool) {
	end, ok := c.view.Point(at)
	if ok && end != c.view.Anchor {
		day, ok := c.view.PointKnownOn(end)
		return min(day, t.priced), ok
	}
	return t.priced, ok
}

// priceAt is the close that stands for a point, on the split basis of the table's
// date.
func (t *Table) priceAt(c *company, at rules.At) rules.Value {
	q, why := t.quoteAt(c, at)
	if why != rules.Known {
		return rules.None(why)
	}
	return rules.Num(q.Price)
}

func (t *Table) quoteAt(c *company, at rules.At) (q market.Quote, why rules.Reason) {
	day, ok := t.priceDay(c, at)
	if !ok || c.security.Type == unlisted && day == t.priced {
		return q, rules.NotReported
	}
	q, why = c.book.Since(t.reach(day)).QuoteOn(day, t.asOf)
	if why == rules.Known && t.stalePrice(q.Day, day) {
		return q, rules.Stale
	}
	return q, why
}

// quote is the last close up to the table's date, however old.
func (t *Table) quote(c *company) (market.Quote, rules.Reason) {
	return c.book.Since(t.reach(t.priced)).QuoteOn(t.priced, t.asOf)
}

func (t *Table) stalePrice(quoted, day fundamentals.Date) bool {
	return market.TradingDaysOld(quoted, day) > t.priceLimit()
}

// priceLimit is the age in trading days beyond which a price is stale.
func (t *Table) priceLimit() int { return cmp.Or(t.opts.PriceDays, market.StalePriceDays) }

// describePrice says how a column of prices was measured, or why not.
func (t *Table) describePrice(ctx context.Context, e *fundamentals.Evidence, row int, ref rules.Ref) (ok bool, err error) {
	p, measures := priceColumns[ref.Name]
	if !measures && ref.Name != "price" && ref.Name != "price_age" {
		return false, nil
	}
	e.Basis = "price"
	if err := t.pricesFor(ctx, ref); err != nil {
		return true, err
	}
	c := &t.state.companies[row]
	switch ref.Name {
	case "price":
		q, why := t.quoteAt(c, ref.At)
		if why == rules.NotReported {
			e.Note = "no price of " + c.security.Ticker + " is known that may serve"
			return true, nil
		}
		describeQuote(e, q)
	case "price_age":
		if q, why := t.quote(c); why == rules.Known {
			e.End, e.KnownOn = q.Day, q.Day
			e.Note = fmt.Sprintf("days from the last close of %s, %s series, to %s", q.Series.Tickers(q.Day, q.Day), q.Series.Basis, t.asOf)
		}
	default:
		t.describeMeasure(e, p, c, ref.At)
	}
	return true, nil
}

func describeQuote(e *fundamentals.Evidence, q market.Quote) {
	e.End, e.KnownOn = q.Day, q.Day
	e.Note = fmt.Sprintf("close of %s, %s series", q.Series.Tickers(q.Day, q.Day), q.Series.Basis)
	if q.Series.Basis == fundamentals.TotalReturn {
		e.Note += fmt.Sprintf(" as of %s used as a price: too low by all dividends since", q.Series.BasisDate)
	}
	if q.Factor != 1 {
		e.Note += fmt.Sprintf(", times %g for splits", q.Factor)
	}
}

// describeMeasure says over which closes of which series a value was measured, or
// why over none.
func (t *Table) describeMeasure(e *fundamentals.Evidence, p priceColumn, c *company, at rules.At) {
	v, w := t.measured(p, c, at)
	if w.Series == nil {
		e.Note = p.none
		return
	}
	if p.index != "" && v.Why == rules.NotReported && w.Against == nil {
		e.Note = t.lacksIndex(p.index)
		return
	}
	how := p.how
	switch {
	case v.Why == rules.Stale:
		how = "its last close is too old"
	case strings.Contains(how, "%d"):
		how = fmt.Sprintf(how, w.Days)
	}
	e.Start, e.End, e.KnownOn = w.From, w.To, w.To
	e.Note = fmt.Sprintf("%s; %s, %s series", how, w.Series.Tickers(cmp.Or(w.From, w.To), w.To), w.Series.Basis)
	if w.Against != nil {
		e.Note += fmt.Sprintf(", against %s, %s series", w.Against.Ticker, w.Against.Basis)
	}
}
