package snapshot_test

import (
	"fmt"
	"maps"
	"math"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/market"
	"assay/fundamentals/snapshot"
	"assay/rules"
)

// daily is a close, a high e times as high, a low and a volume of 1000 on every trading day from one day to
// another.
func daily(t *testing.T, series fundamentals.Series, from, to string, price func(day string) float64) fundamentals.Rows {
	t.Helper()
	p := fundamentals.Prices{Series: series}
	for d := date(t, from); d <= date(t, to); d++ {
		if market.TradingDay(d) {
			bar := fundamentals.Bar{Day: d, Close: price(d.String()), Volume: 1000, HasVolume: true}
			if n := len(p.Bars); n > 0 && p.Bars[n-1].Close == bar.Close { // else the high and low are not given
				bar.High, bar.Low = bar.Close*math.E, bar.Close
			}
			p.Bars = append(p.Bars, bar)
		}
	}
	return fundamentals.Rows{Prices: []fundamentals.Prices{p}}
}

func always(price float64) func(string) float64 { return func(string) float64 { return price } }

func about(t *testing.T, table *snapshot.Table, ticker, column string, want float64) {
	t.Helper()
	row, ok := table.Row(ticker)
	if !ok {
		t.Fatalf("no row %s", ticker)
	}
	v, err := table.Column(t.Context(), column, rules.At{})
	if err != nil {
		t.Fatal(err)
	}
	if got := v.Value(row); got.Why != rules.Known || math.Abs(got.F-want) > 1e-12*max(1, math.Abs(want)) {
		t.Errorf("%s of %s is %v, want %v", column, ticker, got, want)
	}
}

// The price is 100 for years, 50 in January 2024 and 80 from February on; the
// index is 1000, and 1100 from February on.
func TestPriceColumns(t *testing.T) {
	db := newDB(t, t)
	price := func(day string) float64 {
		switch {
		case day < "2024-01-01":
			return 100
		case day < "2024-02-01":
			return 50
		}
		return 80
	}
	index := func(day string) float64 {
		if day < "2024-02-01" {
			return 1000
		}
		return 1100
	}
	year := statement(1, "2023-12-31", "2024-02-20")
	take(t, t, db, listed(1, "X", 3825), year, daily(t, fundamentals.Series{Ticker: "X"}, "2018-01-02", "2024-03-08", price),
		listed(2, "YOUNG", 3825), statement(2, "2023-12-31", "2024-02-20"), daily(t, fundamentals.Series{Ticker: "YOUNG"}, "2023-09-01", "2024-03-08", price),
		listed(3, "GONE", 3825), statement(3, "2023-12-31", "2024-02-20"), daily(t, fundamentals.Series{Ticker: "GONE"}, "2018-01-02", "2024-02-02", price),
		daily(t, fundamentals.Series{Ticker: "RUT"}, "2018-01-02", "2024-03-08", index))
	table := open(t, t, db, date(t, "2024-03-08"))

	down, up := math.Log(0.5), math.Log(1.6) // the two days that count, of 60 or 252
	deviation := func(n float64) float64 {
		return math.Sqrt((down*down + up*up - (down+up)*(down+up)/n) / (n - 1) * 252)
	}
	// The last 60 days: 13 of December at 100, 21 of January at 50, 26 at 80.
	const traded = (13*100 + 21*50 + 26*80) * 1000.0 / 60
	for column, want := range map[string]float64{
		"return_1w": 0, "return_1m": 0, "return_3m": -0.2, "return_6m": -0.2, "return_1y": -0.2, "return_2y": -0.2, "return_3y": -0.2, "return_5y": -0.2,
		"return_ytd": -0.2, "momentum_12_1": -0.2,
		"high_52w": 100, "low_52w": 50, "distance_to_high_52w": -0.2, "distance_to_low_52w": 0.6,
		"volatility_60d": deviation(60), "volatility_1y": deviation(252), "downside_volatility_1y": -down,
		"max_drawdown_1y": 0.5, "max_drawdown_3y": 0.5,
		// Of n returns two differ from 0, -50 % and 60 % beside 10 % of the index:
		// covariance (0.06 - 0.01/n)/(n-1), variance (0.01 - 0.01/n)/(n-1).
		"beta_russell_2000_1y": (6*252 - 1.0) / 251, "beta_russell_2000_3y": (6*156 - 1.0) / 155,
		"relative_strength_russell_2000_6m": 0.8/1.1 - 1, "relative_strength_russell_2000_1y": 0.8/1.1 - 1,
		"dollar_volume_20d": 80_000, "dollar_volume_60d": traded, "share_volume_60d": 1000,
		"volume_trend": 80_000 / traded, "days_to_trade_1m": 1e6 / (traded / 10),
		"amihud_illiquidity": (0.5/50_000 + 0.6/80_000) / 252 * 1e6, "zero_return_days_1y": 250.0 / 252, "trading_days_1y": 252,
		// No two of the days that count follow each other: the covariance of the 251
		// pairs is that of their means, 0.1/251 both.
		"roll_spread": 2 * math.Sqrt(0.01/251/250),
		// The high is e times the low on every day, and so it is of two days: see
		// TestRangeSpread. The days on which the price jumps have none.
		"corwin_schultz_spread": 2 * (math.E - 1) / (math.E + 1),
	} {
		about(t, table, "X", column, want)
	}
	for _, column := range []string{"beta_sp500_1y", "relative_strength_sp500_6m", "relative_strength_sp500_1y"} {
		value(t, table, "X", column, "not reported")
		said(t, table, "X", column, ".. known on : no closes of the S&P 500 are known: assay ingest prices GSPC.csv brings them (Date, Close; ^GSPC, SPX, ^SPX, SPY will do too)")
	}

	about(t, table, "YOUNG", "return_6m", -0.2)
	about(t, table, "YOUNG", "volatility_60d", deviation(60))
	about(t, table, "YOUNG", "trading_days_1y", 130) // from September on: 20, 22, 21, 20, 21, 20 and 6
	value(t, table, "GONE", "return_1m", "not reported")
	value(t, table, "GONE", "momentum_12_1", "stale")
	about(t, table, "GONE", "trading_days_1y", 228) // 24 of the 252 days came later
	for column, gone := range map[string]string{
		"return_1y": "not reported", "momentum_12_1": "stale", "high_52w": "stale", "low_52w": "stale", "distance_to_low_52w": "stale", "volatility_1y": "stale",
		"downside_volatility_1y": "stale", "max_drawdown_1y": "stale", "beta_russell_2000_1y": "stale", "relative_strength_russell_2000_1y": "not reported",
		"amihud_illiquidity": "stale", "zero_return_days_1y": "stale", "roll_spread": "stale",
	} {
		value(t, table, "GONE", column, gone)
		value(t, table, "YOUNG", column, "not reported") // 130 days of 252
	}

	span := "2023-03-08..2024-03-08 known on 2024-03-08: "
	for column, want := range map[string]string{
		"volatility_1y":                     span + "252 daily returns; X, raw series",
		"beta_russell_2000_1y":              span + "252 daily returns; X, raw series, against RUT, raw series",
		"beta_russell_2000_3y":              "2021-03-08..2024-03-08 known on 2024-03-08: 156 weekly returns; X, raw series, against RUT, raw series",
		"relative_strength_russell_2000_1y": span + "from the first of these closes to the last; X, raw series, against RUT, raw series",
		"max_drawdown_1y":                   span + "over 253 closes; X, raw series",
		"high_52w":                          "2023-03-09..2024-03-08 known on 2024-03-08: the highest of 252 closes; X, raw series",
		"momentum_12_1":                     "2023-03-08..2024-02-08 known on 2024-02-08: from the first of these closes to the last; X, raw series",
		"amihud_illiquidity":                span + "252 days with a trade; X, raw series",
		"corwin_schultz_spread":             "2023-12-11..2024-03-08 known on 2024-03-08: 56 pairs of days; X, raw series",
	} {
		said(t, table, "X", column, want)
	}
	said(t, table, "YOUNG", "volatility_1y", ".. known on : no series of prices has closes of four fifths of these days")
	said(t, table, "GONE", "volatility_1y", "..2024-02-02 known on 2024-02-02: its last close is too old; GONE, raw series")
}

// The year's high of a point in history is that before the day whose close stands
// for the point, on the split basis of today.
func TestTheHighInHistory(t *testing.T) {
	db := newDB(t, t)
	price := func(day string) float64 {
		if day < "2022-06-01" {
			return 30
		}
		return 24
	}
	take(t, t, db, listed(1, "X", 3825), statement(1, "2022-12-31", "2023-02-20"), statement(1, "2023-12-31", "2024-02-20"),
		daily(t, fundamentals.Series{Ticker: "X"}, "2022-01-03", "2023-05-31", price), daily(t, fundamentals.Series{Ticker: "X"}, "2023-06-01", "2024-03-08", always(12)),
		fundamentals.Rows{Splits: []fundamentals.Split{{Ticker: "X", Date: date(t, "2023-06-01"), Ratio: 2}}})
	table := open(t, t, db, date(t, "2024-03-08"))
	for name, want := range map[string][2]float64{"price": {12, 12}, "high_52w": {12, 15}, "distance_to_high_52w": {0, -0.2}} {
		for i, at := range []rules.At{{}, {Lag: 4}} {
			v, err := table.Column(t.Context(), name, at)
			if err != nil {
				t.Fatal(err)
			}
			if got := v.Value(0); got.Why != rules.Known || math.Abs(got.F-want[i]) > 1e-12 {
				t.Errorf("%s, %d quarters back: %v, want %v", name, at.Lag, got, want[i])
			}
		}
	}
}

// A company that changed its ticker has the closes of one after the other.
func TestPricesGoOnThroughAChangeOfTicker(t *testing.T) {
	sec := func(ticker, exchange, from, to string) fundamentals.Security {
		s := fundamentals.Security{CIK: 1, Ticker: ticker, Name: ticker, Exchange: exchange, From: date(t, from)}
		if to != "" {
			s.To = date(t, to)
		}
		return s
	}
	data := []fundamentals.Rows{
		statement(1, "2021-03-31", "2021-05-20", "CommonStockSharesOutstanding 1000000"),
		daily(t, fundamentals.Series{Ticker: "OLD"}, "2020-06-01", "2021-11-30", always(40)),
		daily(t, fundamentals.Series{Ticker: "OLD"}, "2021-12-01", "2022-05-31", always(20)),
		daily(t, fundamentals.Series{Ticker: "NEW"}, "2020-06-01", "2022-05-31", always(7)), // another company's, then
		daily(t, fundamentals.Series{Ticker: "NEW"}, "2022-06-01", "2022-06-08", always(25)),
		{Splits: []fundamentals.Split{{Ticker: "OLD", Date: date(t, "2021-12-01"), Ratio: 2}, {Ticker: "OLD", Date: date(t, "2022-06-02"), Ratio: 5}, {Ticker: "NEW", Date: date(t, "2021-06-01"), Ratio: 3}}},
	}
	at := func(asOf string, securities ...fundamentals.Security) *snapshot.Table {
		db := newDB(t, t)
		take(t, t, db, fundamentals.Rows{Securities: securities})
		take(t, t, db, data...)
		table, err := snapshot.Open(t.Context(), db, date(t, asOf), snapshot.Options{StatementDays: 600})
		if err != nil {
			t.Fatal(err)
		}
		return table
	}
	turned := []fundamentals.Security{sec("OLD", "NYSE", "2015-01-01", "2022-06-01"), sec("NEW", "NYSE", "2022-06-01", "")}
	table := at("2022-06-08", turned...)
	value(t, table, "NEW", "price", "25")
	about(t, table, "NEW", "return_1y", 0.25)
	about(t, table, "NEW", "high_52w", 25)
	about(t, table, "NEW", "low_52w", 20)
	value(t, table, "NEW", "shares_outstanding", "2e+06")
	said(t, table, "NEW", "return_1y", "2021-06-08..2022-06-08 known on 2022-06-08: from the first of these closes to the last; OLD, then NEW, raw series")
	said(t, table, "NEW", "return_1w", "2022-06-01..2022-06-08 known on 2022-06-08: from the first of these closes to the last; NEW, raw series")
	said(t, table, "NEW", "price", "..2022-06-08 known on 2022-06-08: close of NEW, raw series")
	before := at("2022-05-31", turned...)
	value(t, before, "OLD", "price", "20")
	about(t, before, "OLD", "return_1y", 0)

	// A change of exchange is a listing of its own, and the same ticker.
	moved := at("2022-05-31", sec("OLD", "NYSE", "2015-01-01", "2022-01-03"), sec("OLD", "Nasdaq", "2022-01-03", ""))
	about(t, moved, "OLD", "return_1y", 0)
	// What came back after more than ten trading days may be another stock.
	apart := at("2022-06-08", sec("OLD", "NYSE", "2015-01-01", "2022-05-16"), sec("NEW", "NYSE", "2022-06-01", ""))
	value(t, apart, "NEW", "price", "25")
	value(t, apart, "NEW", "return_1y", "not reported")
	// So is one without dates, and another kind of security.
	preferred := sec("OLD", "NYSE", "2015-01-01", "2022-06-01")
	preferred.Type = "preferred"
	value(t, at("2022-06-08", preferred, turned[1]), "NEW", "return_1y", "not reported")
	undated := fundamentals.Security{CIK: 1, Ticker: "OLD", Name: "OLD"}
	value(t, at("2022-06-08", undated, turned[1]), "NEW", "return_1m", "not reported")
}

// A split under the second ticker is in an adjusted file of the first.
func TestASplitUnderALaterTicker(t *testing.T) {
	db := newDB(t, t)
	first := fundamentals.Security{CIK: 1, Ticker: "OLD", Name: "X", From: date(t, "2015-01-01"), To: date(t, "2022-06-01")}
	second := fundamentals.Security{CIK: 1, Ticker: "NEW", Name: "X", From: date(t, "2022-06-01")}
	adjusted := fundamentals.Series{Ticker: "OLD", Basis: fundamentals.SplitAdjusted, BasisDate: date(t, "2023-01-01")}
	take(t, t, db, fundamentals.Rows{Securities: []fundamentals.Security{first, second}}, statement(1, "2021-12-31", "2022-02-20"),
		daily(t, adjusted, "2022-01-03", "2022-05-31", always(10)),
		fundamentals.Rows{Splits: []fundamentals.Split{{Ticker: "NEW", Date: date(t, "2022-09-01"), Ratio: 4}}})
	value(t, open(t, t, db, date(t, "2022-05-31")), "OLD", "price", "40")
}

func TestTheIndexAndWhatStandsInForIt(t *testing.T) {
	beta := "beta_russell_2000_1y"
	stock := func() []fundamentals.Rows {
		return []fundamentals.Rows{listed(1, "X", 3825), statement(1, "2023-12-31", "2024-02-20"),
			daily(t, fundamentals.Series{Ticker: "X"}, "2023-01-03", "2024-03-08", func(day string) float64 { return float64(10 + len(day) + int(day[9])%2) })}
	}
	zigzag := func(day string) float64 { return float64(100 + int(day[9])%2) }
	fund := daily(t, fundamentals.Series{Ticker: "IWM", Basis: fundamentals.TotalReturn, BasisDate: date(t, "2024-03-08")}, "2023-01-03", "2024-03-08", zigzag)
	none := ".. known on : no closes of the Russell 2000 are known: assay ingest prices RUT.csv brings them (Date, Close; ^RUT, IWM will do too)"
	for name, c := range map[string]struct {
		rows []fundamentals.Rows
		want string
	}{
		"none":           {nil, none},
		"a fund":         {[]fundamentals.Rows{fund}, "2023-03-08..2024-03-08 known on 2024-03-08: 252 daily returns; X, raw series, against IWM, total-return series"},
		"both":           {[]fundamentals.Rows{fund, daily(t, fundamentals.Series{Ticker: "RUT"}, "2023-01-03", "2024-03-08", zigzag)}, "2023-03-08..2024-03-08 known on 2024-03-08: 252 daily returns; X, raw series, against RUT, raw series"},
		"an index ended": {[]fundamentals.Rows{fund, daily(t, fundamentals.Series{Ticker: "RUT"}, "2023-01-03", "2024-01-08", zigzag)}, "2023-03-08..2024-03-08 known on 2024-03-08: 252 daily returns; X, raw series, against IWM, total-return series"},
		"too short":      {[]fundamentals.Rows{daily(t, fundamentals.Series{Ticker: "RUT"}, "2024-01-02", "2024-03-08", zigzag)}, ".. known on : the closes of the Russell 2000 do not reach over these days"},
		"a company's":    {[]fundamentals.Rows{listed(2, "RUT", 3825), daily(t, fundamentals.Series{Ticker: "RUT"}, "2023-01-03", "2024-03-08", zigzag)}, none},
	} {
		t.Run(name, func(t *testing.T) {
			db := newDB(t, t)
			take(t, t, db, append(stock(), c.rows...)...)
			said(t, open(t, t, db, date(t, "2024-03-08")), "X", beta, c.want)
		})
	}
}

// What a column says does not hang on what was asked for, and so loaded, before.
func TestAColumnReadsNoMoreThanItsOwnDays(t *testing.T) {
	db := newDB(t, t)
	take(t, t, db, listed(1, "X", 3825), statement(1, "2022-12-31", "2023-02-20"), statement(1, "2023-12-31", "2024-02-20"),
		daily(t, fundamentals.Series{Ticker: "X"}, "2019-01-02", "2022-12-30", always(10)),
		listed(2, "Y", 3825), statement(2, "2023-12-31", "2024-02-20"),
		daily(t, fundamentals.Series{Ticker: "Y"}, "2018-12-31", "2024-03-08", func(day string) float64 { return float64(100 + int(day[3]) + int(day[9])) }))
	columns := []string{"return_2y", "return_3y", "price", "price_age", "return_1y", "high_52w", "volatility_1y", "dollar_volume_60d", "trading_days_1y", "beta_russell_2000_1y", "max_drawdown_3y", "return_5y"}
	read := func(names []string) string {
		table, text := open(t, t, db, date(t, "2024-03-08")), map[string]string{}
		for _, name := range names {
			v, err := table.Column(t.Context(), name, rules.At{})
			if err != nil {
				t.Fatal(err)
			}
			text[name] = fmt.Sprint(v.Value(0), v.Value(1))
		}
		return fmt.Sprint(text)
	}
	reversed := make([]string, 0, len(columns))
	for i := range columns {
		reversed = append(reversed, columns[len(columns)-1-i])
	}
	if a, b := read(columns), read(reversed); a != b {
		t.Errorf("in order:\n%s\nin reverse:\n%s", a, b)
	}
}

// Coverage tells what to ingest for the columns that nobody has for want of an
// index, and for no others.
func TestCoverageHintsAtTheIndex(t *testing.T) {
	db := newDB(t, t)
	take(t, t, db, listed(1, "X", 3825), statement(1, "2023-12-31", "2024-02-20"), daily(t, fundamentals.Series{Ticker: "SPY"}, "2024-01-02", "2024-03-08", always(5)))
	all, err := open(t, t, db, date(t, "2024-03-08")).Coverage(t.Context(), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, c := range all {
		if c.Hint != "" {
			got[c.Name] = c.Hint
		}
	}
	hint := "no closes of the Russell 2000 are known: assay ingest prices RUT.csv brings them (Date, Close; ^RUT, IWM will do too)"
	want := map[string]string{"beta_russell_2000_1y": hint, "beta_russell_2000_3y": hint, "relative_strength_russell_2000_6m": hint, "relative_strength_russell_2000_1y": hint}
	if !maps.Equal(got, want) {
		t.Errorf("hints %v, want %v", got, want)
	}
}
