package market_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/fundamentals/market"
	"assay/rules"
)

func day(t testing.TB, s string) fundamentals.Date {
	t.Helper()
	d, err := fundamentals.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func series(basis fundamentals.PriceBasis, basisDate fundamentals.Date, first fundamentals.Date, closes ...float64) *market.Closes {
	c := &market.Closes{Series: fundamentals.Series{Ticker: "X", Basis: basis, BasisDate: basisDate}}
	for i, p := range closes {
		c.Days = append(c.Days, first+fundamentals.Date(i))
		c.Close = append(c.Close, p)
		c.Volume, c.Given = append(c.Volume, 100), append(c.Given, true)
	}
	return c
}

func quote(t *testing.T, b *market.Book, on fundamentals.Date, want rules.Value) {
	t.Helper()
	q, why := b.Quote(on)
	if got := (rules.Value{F: q.Price, Why: why}); got != want {
		t.Errorf("quote on %s: %v, want %v", on, got, want)
	}
}

func TestAPriceIsTheLastCloseUpToTheDay(t *testing.T) {
	first := day(t, "2024-03-04")
	b := &market.Book{Series: []*market.Closes{series(fundamentals.Raw, 0, first, 10, 11, 12)}}
	quote(t, b, first-1, rules.None(rules.NotReported))
	quote(t, b, first+1, rules.Num(11))
	quote(t, b, first+9, rules.Num(12))
}

// Meritage split 2:1 on 2025-01-03: a file adjusted as of that April shows half
// of what was paid in 2024.
func TestASplitAdjustedCloseIsBroughtBackToTheDay(t *testing.T) {
	first := day(t, "2024-12-30")
	split := fundamentals.Split{Ticker: "X", Date: day(t, "2025-01-02"), Ratio: 2}
	b := &market.Book{
		Series: []*market.Closes{series(fundamentals.SplitAdjusted, day(t, "2025-04-04"), first, 75, 76, 77, 78)},
		Splits: []fundamentals.Split{split},
	}
	quote(t, b, day(t, "2024-12-31"), rules.Num(152))
	quote(t, b, day(t, "2025-01-02"), rules.Num(78))
	raw := &market.Book{Series: []*market.Closes{series(fundamentals.Raw, 0, first, 150, 152)}, Splits: b.Splits}
	quote(t, raw, day(t, "2024-12-31"), rules.Num(152))
	quote(t, raw, day(t, "2025-01-02"), rules.Num(76)) // the last close, on that day's basis
}

func TestALaterSplitChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := fundamentals.Date(19000)
		closes := rapid.SliceOfN(rapid.Float64Range(1, 1000), 1, 20).Draw(t, "closes")
		on := first + fundamentals.Date(rapid.IntRange(0, 30).Draw(t, "on"))
		b := &market.Book{Series: []*market.Closes{series(fundamentals.Raw, 0, first, closes...)}}
		before, _ := b.Quote(on)
		b.Splits = []fundamentals.Split{{Ticker: "X", Date: on + 1, Ratio: 3}}
		b.Series[0].Days = append(b.Series[0].Days, on+50)
		b.Series[0].Close, b.Series[0].Volume = append(b.Series[0].Close, 5), append(b.Series[0].Volume, 5)
		b.Series[0].Given = append(b.Series[0].Given, true)
		if after, _ := b.Quote(on); after.Price != before.Price || after.Day != before.Day {
			t.Fatalf("a split and a close after %s change the quote from %v to %v", on, before, after)
		}
	})
}

func TestATotalReturnSeriesIsNoPriceUnlessAllowed(t *testing.T) {
	first := day(t, "2024-03-04")
	tr := series(fundamentals.TotalReturn, first+100, first, 9, 9.5, 10)
	b := &market.Book{Series: []*market.Closes{tr}}
	quote(t, b, first+2, rules.None(rules.NotReported))
	if got := b.Return(first, first+2, market.StalePriceDays); math.Abs(got.F-1.0/9) > 1e-15 || got.Why != rules.Known {
		t.Errorf("return %v, want 1/9", got)
	}
	tr.AsPrice = true
	quote(t, b, first+2, rules.Num(10))
	b.Series = append(b.Series, series(fundamentals.Raw, 0, first, 20, 21, 22))
	quote(t, b, first+2, rules.Num(22)) // equally fresh: what was traded
	b.Series[1] = series(fundamentals.Raw, 0, first, 20, 21)
	quote(t, b, first+2, rules.Num(10)) // the freshest
}

func TestReturns(t *testing.T) {
	first := day(t, "2024-03-04")
	b := &market.Book{
		Series: []*market.Closes{series(fundamentals.Raw, 0, first, 100, 100, 55)},
		Splits: []fundamentals.Split{{Ticker: "X", Date: first + 2, Ratio: 2}},
	}
	if got := b.Return(first, first+2, market.StalePriceDays); math.Abs(got.F-0.1) > 1e-15 || got.Why != rules.Known {
		t.Errorf("over a split: %v, want 10 %%", got)
	}
	if got := b.Return(first-1, first+2, market.StalePriceDays); got != rules.None(rules.NotReported) {
		t.Errorf("without a first close: %v", got)
	}
	if got := b.Return(first, first+60, market.StalePriceDays); got != rules.None(rules.NotReported) {
		t.Errorf("with a last close of two months ago: %v", got)
	}
}

func TestDollarVolume(t *testing.T) {
	first := day(t, "2024-01-01")
	closes := make([]float64, 40)
	for i := range closes {
		closes[i] = float64(i + 1)
	}
	b := &market.Book{Series: []*market.Closes{series(fundamentals.Raw, 0, first, closes...)}}
	for _, c := range []struct {
		on   fundamentals.Date
		want rules.Value
	}{
		{first + 28, rules.None(rules.NotReported)}, // 29 days
		{first + 29, rules.Num(1550)},               // 1..30 times 100, averaged
		{first + 39, rules.Num(2050)},
		{first + 80, rules.None(rules.Stale)},
	} {
		if got, _ := b.DollarVolume(c.on, 60, market.StalePriceDays); got != c.want {
			t.Errorf("on %s: %v, want %v", c.on, got, c.want)
		}
	}
}

func TestADayWithoutATradeCountsAsNone(t *testing.T) {
	first := day(t, "2024-01-01")
	closes := make([]float64, 60)
	for i := range closes {
		closes[i] = 10
	}
	s := series(fundamentals.Raw, 0, first, closes...)
	for i := range s.Volume {
		s.Volume[i] = float64(i % 2 * 100)
	}
	b := &market.Book{Series: []*market.Closes{s}}
	if got, _ := b.DollarVolume(first+59, 60, 10); got != rules.Num(500) {
		t.Errorf("trading every other day: %v, want 500", got)
	}
	s.Volume[59] = 0
	if got, _ := b.DollarVolume(first+59, 60, 10); got.Why != rules.Known {
		t.Errorf("a last day without a trade: %v", got)
	}
	clear(s.Volume)
	if got, _ := b.DollarVolume(first+59, 60, 10); got != rules.Num(0) {
		t.Errorf("no trade in sixty days: %v, want 0", got)
	}
	for i := range s.Given {
		s.Volume[i], s.Given[i] = 100, i >= 25
	}
	got, window := b.DollarVolume(first+59, 60, 10)
	if want := (market.Window{Series: s, From: first, To: first + 59, Days: 35}); got != rules.Num(1000) || window != want {
		t.Errorf("volumes of 35 days: %v over %+v", got, window)
	}
	clear(s.Given[:31])
	if got, _ := b.DollarVolume(first+59, 60, 10); got != rules.None(rules.NotReported) {
		t.Errorf("volumes of 29 days: %v", got)
	}
	clear(s.Given)
	if got, _ := b.DollarVolume(first+59, 60, 10); got != rules.None(rules.NotReported) {
		t.Errorf("no volumes at all: %v", got)
	}
	if got, _ := b.DollarVolume(first+120, 60, 60); got.Why == rules.Stale {
		t.Errorf("a limit of the caller's counts: %v", got)
	}
}

func TestWithin(t *testing.T) {
	s := series(fundamentals.Raw, 0, 100, 1, 2, 3, 4)
	for _, c := range []struct {
		from, to fundamentals.Date
		n        int
	}{{0, 0, 4}, {101, 0, 3}, {0, 101, 1}, {101, 103, 2}, {200, 0, 0}, {103, 101, 0}} {
		if got := s.Within(c.from, c.to); len(got.Days) != c.n || len(got.Close) != c.n || len(got.Volume) != c.n || len(got.Given) != c.n {
			t.Errorf("from %d to %d: %d closes, want %d", c.from, c.to, len(got.Days), c.n)
		}
	}
}

func TestOfTwoAdjustedSeriesTheLaterStatedCounts(t *testing.T) {
	b := &market.Book{Series: []*market.Closes{
		series(fundamentals.SplitAdjusted, 200, 100, 10), series(fundamentals.SplitAdjusted, 300, 100, 11),
	}}
	quote(t, b, 100, rules.Num(11))
}
