package market_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/fundamentals/market"
	"assay/rules"
)

// monday begins a week of five trading days; week is the span of the four returns
// in it.
var monday = fundamentals.NewDate(2024, 3, 4)

func week() market.Span {
	return market.Span{From: monday, To: monday + 4, StaleDays: 10, Basis: monday + 4}
}

// raw is a book of closes from that Monday on, day by day, of 100 shares traded.
func raw(closes ...float64) *market.Book {
	return &market.Book{Series: []*market.Closes{series(fundamentals.Raw, 0, monday, closes...)}}
}

type measure func(market.Span) (rules.Value, market.Window)

func want(t *testing.T, what string, of measure, span market.Span, f float64) {
	t.Helper()
	v, _ := of(span)
	if v.Why != rules.Known || math.Abs(v.F-f) > 1e-12 {
		t.Errorf("%s: %v, want %v", what, v, f)
	}
}

func wantNone(t *testing.T, what string, of measure, span market.Span, why rules.Reason) {
	t.Helper()
	if v, _ := of(span); v != rules.None(why) {
		t.Errorf("%s: %v, want %v", what, v, why)
	}
}

func TestVolatility(t *testing.T) {
	// Log returns 1, -1, 1, -1: mean 0, variance 4/3; the squares below zero add up
	// to 2 of 4.
	b := raw(1, math.E, 1, math.E, 1)
	want(t, "volatility", b.Volatility, week(), math.Sqrt(4.0/3*252))
	want(t, "downside", b.DownsideVolatility, week(), math.Sqrt(2.0/4*252))
	still := raw(7, 7, 7, 7, 7)
	want(t, "of a price that stands still", still.Volatility, week(), 0)
	want(t, "downside of one that rises", raw(1, 2, 3, 4, 5).DownsideVolatility, week(), 0)
	if _, w := b.Volatility(week()); w.From != monday || w.To != monday+4 || w.Days != 4 {
		t.Errorf("over %+v, want four returns from Monday to Friday", w)
	}
}

func TestMaxDrawdown(t *testing.T) {
	want(t, "from 120 to 60", raw(100, 120, 90, 60, 80).MaxDrawdown, week(), 0.5)
	want(t, "from the close before the span", raw(100, 80, 90, 99, 99).MaxDrawdown, week(), 0.2)
	want(t, "without a fall", raw(1, 2, 3, 4, 5).MaxDrawdown, week(), 0)
	// High 10 falls to 5, then high 20 to 12: the larger fall is the first.
	want(t, "of two falls", raw(10, 5, 20, 12, 13).MaxDrawdown, week(), 0.5)
}

func TestHighAndLow(t *testing.T) {
	b := raw(500, 100, 120, 90, 110) // the first close lies before the span
	want(t, "high", b.High, week(), 120)
	want(t, "low", b.Low, week(), 90)
	b.Splits = []fundamentals.Split{{Ticker: "X", Date: monday + 3, Ratio: 2}} // 120 becomes 60
	want(t, "high on the split's basis", b.High, week(), 110)
	want(t, "low on the split's basis", b.Low, week(), 50)
	later := week()
	later.Basis = monday + 30
	b.Splits = append(b.Splits, fundamentals.Split{Ticker: "X", Date: monday + 20, Ratio: 10})
	want(t, "high on a later basis", b.High, later, 11)
	returns := &market.Book{Series: []*market.Closes{series(fundamentals.TotalReturn, monday+30, monday, 1, 2, 3, 4, 5)}}
	wantNone(t, "high of what is no price", returns.High, week(), rules.NotReported)
}

func TestBeta(t *testing.T) {
	index := raw(100, 110, 99, 99, 108.9) // +10 %, -10 %, 0, +10 %
	of := func(b *market.Book) measure {
		return func(s market.Span) (rules.Value, market.Window) { return b.Beta(index, s) }
	}
	twice := raw(100, 120, 96, 96, 115.2) // +20 %, -20 %, 0, +20 %
	want(t, "of what moves twice as far", of(twice), week(), 2)
	want(t, "of the index itself", of(index), week(), 1)
	want(t, "of what stands still", of(raw(5, 5, 5, 5, 5)), week(), 0)
	wantNone(t, "to an index that stands still", func(s market.Span) (rules.Value, market.Window) { return twice.Beta(raw(5, 5, 5, 5, 5), s) }, week(), rules.Undefined)
	wantNone(t, "without an index", func(s market.Span) (rules.Value, market.Window) { return twice.Beta(nil, s) }, week(), rules.NotReported)
	wantNone(t, "to an index that ended", func(s market.Span) (rules.Value, market.Window) { return twice.Beta(raw(1, 2, 3), s) }, week(), rules.NotReported)
	// On Wednesday the index has no close: the return from Tuesday to Thursday is one.
	c := index.Series[0]
	gap := &market.Closes{Series: c.Series, Days: append(c.Days[:2:2], c.Days[3:]...), Close: []float64{100, 110, 99, 108.9}, Volume: make([]float64, 4), Given: make([]bool, 4)}
	s := market.Span{From: monday - 1, To: monday + 4, StaleDays: 10}
	if v, w := raw(100, 120, 77, 96, 115.2).Beta(&market.Book{Series: []*market.Closes{gap}}, s); v.Why != rules.NotReported || w.Days != 3 {
		t.Errorf("three returns of five days: %v over %d, want not reported", v, w.Days)
	}
}

// A week's close is the last of the seven days that end with the span.
func TestWeeklyBeta(t *testing.T) {
	own, index := market.Closes{}, market.Closes{}
	level, other := 100.0, 100.0
	add := func(day fundamentals.Date, x, y float64) {
		own.Days, own.Close = append(own.Days, day), append(own.Close, x)
		index.Days, index.Close = append(index.Days, day), append(index.Close, y)
	}
	add(monday-3, level, other)
	for week, r := range []float64{0.1, -0.1, 0, 0.1, 0.2} {
		for d := range fundamentals.Date(4) { // what goes on from Monday to Thursday does not count
			add(monday+fundamentals.Date(7*week)+d, 1000, 17)
		}
		level, other = level*(1+3*r), other*(1+r)
		add(monday+fundamentals.Date(7*week)+4, level, other)
	}
	for _, c := range []*market.Closes{&own, &index} {
		c.Volume, c.Given = make([]float64, len(c.Days)), make([]bool, len(c.Days))
	}
	b, i := &market.Book{Series: []*market.Closes{&own}}, &market.Book{Series: []*market.Closes{&index}}
	span := market.Span{From: monday - 3, To: monday + 32, StaleDays: 10}
	want(t, "of what moves three times as far", func(s market.Span) (rules.Value, market.Window) { return b.WeeklyBeta(i, s) }, span, 3)
	if _, w := b.WeeklyBeta(i, span); w.Days != 5 {
		t.Errorf("%d weekly returns, want 5", w.Days)
	}
}

func TestRelativeStrength(t *testing.T) {
	index := raw(100, 100, 100, 100, 110)
	of := func(b *market.Book) measure {
		return func(s market.Span) (rules.Value, market.Window) { return b.RelativeStrength(index, s) }
	}
	want(t, "132 to 110", of(raw(100, 100, 100, 100, 132)), week(), 0.2)
	want(t, "99 to 110", of(raw(100, 100, 100, 100, 99)), week(), -0.1)
	wantNone(t, "of a security without a first close", of(&market.Book{}), week(), rules.NotReported)
	wantNone(t, "without an index", func(s market.Span) (rules.Value, market.Window) { return index.RelativeStrength(nil, s) }, week(), rules.NotReported)
}

func TestMomentum(t *testing.T) {
	b := raw(100, 110, 130, 140, 50)
	of := func(s market.Span) (rules.Value, market.Window) { return b.Momentum(s, monday+2) }
	want(t, "from Monday to Wednesday", of, week(), 0.3)
	ended := week()
	ended.To = monday + 60
	wantNone(t, "of what trades no more", of, ended, rules.Stale)
}

func TestIlliquidity(t *testing.T) {
	b := raw(100, 110, 99, 99, 108.9)
	c := b.Series[0]
	for i := range c.Volume {
		c.Volume[i] = 2e6 / c.Close[i] // 2 M a day
	}
	// 10 %, 10 %, 0 and 10 % for 2 M: 7.5 % on average, so 3.75 % for 1 M.
	want(t, "four days", b.Illiquidity, week(), 0.0375)
	span := market.Span{From: monday - 3, To: monday + 4, StaleDays: 10} // five days, of which the first has no return
	want(t, "four of five days", b.Illiquidity, span, 0.0375)
	c.Volume[3] = 0
	wantNone(t, "three of five days with a trade", b.Illiquidity, span, rules.NotReported)
	clear(c.Given)
	wantNone(t, "without volumes", b.Illiquidity, week(), rules.NotReported)
}

func TestZeroReturnDays(t *testing.T) {
	want(t, "one of four", raw(100, 110, 99, 99, 108.9).ZeroReturnDays, week(), 0.25)
	want(t, "none", raw(1, 2, 3, 4, 5).ZeroReturnDays, week(), 0)
}

func TestRollSpread(t *testing.T) {
	// Returns 10 %, -10 %, 10 %, -10 %. Pairs of one with the one before: (-.1, .1),
	// (.1, -.1), (-.1, .1); the means are -.1/3 and .1/3, the products of the
	// deviations -.04/9, -.16/9, -.04/9: the covariance is -.24/9/2 = -.04/3.
	want(t, "bounce", raw(100, 110, 99, 108.9, 98.01).RollSpread, week(), 2*math.Sqrt(0.04/3))
	// 10 %, 10 %, -10 %, -10 %: one goes on as the other.
	wantNone(t, "trend", raw(100, 110, 121, 108.9, 98.01).RollSpread, week(), rules.Undefined)
}

// Every day trades from 1 to e, and so do two together: all of the range is spread.
// Of the squares of the logs, each adds up to 2 and both are 1: alpha is
// (2 - root 2)/(root 2 - 1)^2 - 1/(root 2 - 1) = 1.
func TestRangeSpread(t *testing.T) {
	b := raw(2, 2, 2, 2, 2)
	c := b.Series[0]
	wantNone(t, "without ranges", b.RangeSpread, week(), rules.NotReported)
	c.Ranges = map[fundamentals.Date]market.Range{}
	for _, day := range c.Days {
		c.Ranges[day] = market.Range{High: math.E, Low: 1}
	}
	all := 2 * (math.E - 1) / (math.E + 1)
	want(t, "all spread", b.RangeSpread, week(), all)
	// On Friday it trades from 10 to e + 9, all above Thursday's close of 1: brought
	// down to that close, its range is that of the other days.
	c.Close[3] = 1
	c.Ranges[monday+4] = market.Range{High: math.E + 9, Low: 10}
	want(t, "after a jump overnight", b.RangeSpread, week(), all)
	c.Close[3], c.Ranges[monday+4] = 2, market.Range{High: math.E, Low: 1}
	// A split halves all numbers of its day and the later ones.
	for _, i := range []int{3, 4} {
		c.Close[i] = 1
		c.Ranges[c.Days[i]] = market.Range{High: math.E / 2, Low: 0.5}
	}
	b.Splits = []fundamentals.Split{{Ticker: "X", Date: monday + 3, Ratio: 2}}
	want(t, "over a split", b.RangeSpread, week(), all)
	// A day of one price, then one of another, says nothing of a spread: negative.
	for i, day := range c.Days {
		c.Ranges[day] = market.Range{High: c.Close[i] * (1 + float64(i)/10), Low: c.Close[i] * (1 + float64(i)/10)}
	}
	want(t, "no range within a day", b.RangeSpread, week(), 0)
	delete(c.Ranges, monday+2)
	wantNone(t, "two pairs of four", b.RangeSpread, week(), rules.NotReported)
}

func TestDaysWithPrice(t *testing.T) {
	want(t, "of four days", raw(1, 2, 3, 4, 5).DaysWithPrice, week(), 4)
	want(t, "of what ended", raw(1, 2, 3).DaysWithPrice, week(), 2)
	later := market.Span{From: monday + 50, To: monday + 60}
	want(t, "of what ended long ago", raw(1, 2, 3).DaysWithPrice, later, 0)
	wantNone(t, "of no series", (&market.Book{}).DaysWithPrice, week(), rules.NotReported)
}

func TestShareVolume(t *testing.T) {
	b := raw(10, 10, 5, 5)
	b.Series[0].Volume = []float64{100, 100, 200, 400}
	b.Splits = []fundamentals.Split{{Ticker: "X", Date: monday + 2, Ratio: 2}}
	// On the new basis 200, 200, 200, 400.
	if v, w := b.ShareVolume(monday+3, 4, 10); v != rules.Num(250) || w.Days != 4 {
		t.Errorf("shares a day %v over %+v, want 250", v, w)
	}
	if v, _ := b.DollarVolume(monday+3, 4, 10); v != rules.Num(1250) {
		t.Errorf("dollars a day %v, want 1000, 1000, 1000 and 2000: 1250", v)
	}
	if v, _ := b.ShareVolume(monday+3, 10, 10); v != rules.None(rules.NotReported) {
		t.Errorf("four days where five of ten must be: %v", v)
	}
}

// risk are the measures of one book over a span.
func risk(b, index *market.Book) map[string]measure {
	with := func(of func(*market.Book, market.Span) (rules.Value, market.Window)) measure {
		return func(s market.Span) (rules.Value, market.Window) { return of(index, s) }
	}
	return map[string]measure{
		"volatility": b.Volatility, "downside volatility": b.DownsideVolatility, "drawdown": b.MaxDrawdown, "high": b.High, "low": b.Low,
		"illiquidity": b.Illiquidity, "zero return days": b.ZeroReturnDays, "spread": b.RollSpread, "days": b.DaysWithPrice,
		"beta": with(b.Beta), "weekly beta": with(b.WeeklyBeta), "relative strength": with(b.RelativeStrength),
		"return":        func(s market.Span) (rules.Value, market.Window) { return b.ReturnOver(s.From, s.To, s.StaleDays) },
		"momentum":      func(s market.Span) (rules.Value, market.Window) { return b.Momentum(s, s.To-7) },
		"dollar volume": func(s market.Span) (rules.Value, market.Window) { return b.DollarVolume(s.To, 20, s.StaleDays) },
		"share volume":  func(s market.Span) (rules.Value, market.Window) { return b.ShareVolume(s.To, 20, s.StaleDays) },
	}
}

// Four fifths of the days must be there.
func TestTooFewCloses(t *testing.T) {
	index := raw(1, 2, 3, 4, 5)
	span := market.Span{From: monday - 3, To: monday + 4, StaleDays: 10} // five trading days
	short := raw(1, 2, 3)
	for _, name := range []string{"volatility", "downside volatility", "drawdown", "high", "low", "illiquidity", "zero return days", "spread", "beta", "weekly beta"} {
		wantNone(t, name+" of three closes of five", risk(short, index)[name], span, rules.NotReported)
		wantNone(t, name+" of no series", risk(&market.Book{}, index)[name], span, rules.NotReported)
		old := market.Span{From: monday + 30, To: monday + 60, StaleDays: 10}
		wantNone(t, name+" of what trades no more", risk(short, index)[name], old, rules.Stale)
	}
	if v, _ := raw(1, 2, 3, 4).Volatility(span); v.Why != rules.Known {
		t.Errorf("volatility of four closes of five: %v", v)
	}
}

// A stock that stands still through a split has neither risk nor return.
func TestMeasuresOverASplit(t *testing.T) {
	b := raw(100, 100, 50, 50, 50)
	b.Splits = []fundamentals.Split{{Ticker: "X", Date: monday + 2, Ratio: 2}}
	for name, f := range map[string]float64{"volatility": 0, "downside volatility": 0, "drawdown": 0, "high": 50, "low": 50, "zero return days": 1, "return": 0, "beta": 0, "illiquidity": 0} {
		want(t, name, risk(b, raw(1, 2, 3, 4, 6))[name], week(), f)
	}
}

// What comes after the span's end changes nothing: closes, and splits of which
// nothing was known.
func TestNothingLaterChangesAMeasure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(30, 80).Draw(t, "days")
		closes := rapid.SliceOfN(rapid.Float64Range(1, 100), n+30, n+30).Draw(t, "closes")
		others := rapid.SliceOfN(rapid.Float64Range(1, 100), n+30, n+30).Draw(t, "index")
		span := market.Span{From: monday + fundamentals.Date(rapid.IntRange(0, 20).Draw(t, "from")), To: monday + fundamentals.Date(n) - 1, StaleDays: 10, Basis: monday + fundamentals.Date(n) - 1}
		splits := []fundamentals.Split{{Ticker: "X", Date: monday + fundamentals.Date(rapid.IntRange(1, n-1).Draw(t, "split")), Ratio: 3}}
		before, after := raw(closes[:n]...), raw(closes...)
		before.Splits, after.Splits = splits, append(splits[:1:1], fundamentals.Split{Ticker: "X", Date: span.To + 1, Ratio: 7})
		now, later := risk(before, raw(others[:n]...)), risk(after, raw(others...))
		for name, of := range now {
			x, _ := of(span)
			if y, _ := later[name](span); x != y {
				t.Fatalf("%s: %v, and %v with what came later", name, x, y)
			}
		}
		// The returns of an adjusted file do not hang on a list of splits.
		adjusted := series(fundamentals.SplitAdjusted, span.To+9, monday, closes...)
		one := risk(&market.Book{Series: []*market.Closes{adjusted}}, raw(others...))
		two := risk(&market.Book{Series: []*market.Closes{adjusted}, Splits: []fundamentals.Split{{Ticker: "X", Date: span.To + 5, Ratio: 2}}}, raw(others...))
		for _, name := range []string{"volatility", "drawdown", "beta", "weekly beta", "return", "momentum", "spread", "zero return days", "relative strength"} {
			x, _ := one[name](span)
			if y, _ := two[name](span); x != y {
				t.Fatalf("%s: %v, and %v with a split file of later", name, x, y)
			}
		}
	})
}

func TestJoin(t *testing.T) {
	first := series(fundamentals.Raw, 0, 100, 1, 2)
	second := series(fundamentals.Raw, 0, 102, 3, 4)
	adjusted := series(fundamentals.SplitAdjusted, 200, 102, 5)
	second.Ticker, adjusted.Ticker = "Y", "Y"
	joined := market.Join([][]*market.Closes{{first, series(fundamentals.TotalReturn, 300, 100)}, {second, adjusted}})
	if len(joined) != 2 || joined[1] != adjusted {
		t.Fatalf("%d series, want the raw ones as one, and the adjusted one", len(joined))
	}
	b := &market.Book{Series: joined[:1]}
	if got := b.Return(100, 103, 10); got != rules.Num(3) {
		t.Errorf("return from 1 to 4: %v, want 300 %%", got)
	}
	for _, c := range []struct {
		from, to fundamentals.Date
		want     string
	}{{100, 103, "X, then Y"}, {100, 101, "X"}, {102, 103, "Y"}, {101, 102, "X, then Y"}} {
		if got := joined[0].Tickers(c.from, c.to); got != c.want {
			t.Errorf("from %d to %d under %q, want %q", c.from, c.to, got, c.want)
		}
	}
	if got := joined[0].Within(102, 0).Tickers(102, 103); got != "Y" {
		t.Errorf("a part stands under %q, want Y", got)
	}
	// Two spellings of a ticker are two series, not one after the other.
	if got := market.Join([][]*market.Closes{{first, series(fundamentals.Raw, 0, 100, 9)}}); len(got) != 2 {
		t.Errorf("%d series of one ticker, want 2", len(got))
	}
}
