package snapshot_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/fundamentals/standard"
	"assay/fundamentals/store"
	"assay/rules"
)

// statement is one annual report of a company, with the lines given.
func statement(cik fundamentals.CIK, end, filed string, lines ...string) fundamentals.Rows {
	rows := fundamentals.Rows{Company: cik}
	e, _ := fundamentals.ParseDate(end)
	f, _ := fundamentals.ParseDate(filed)
	if !strings.HasPrefix(strings.Join(lines, " "), "StockholdersEquity") {
		lines = append(lines, "StockholdersEquity 600")
	}
	for _, line := range append(lines, "Assets 1000", "LiabilitiesAndStockholdersEquity 1000", "CashAndCashEquivalentsAtCarryingValue 100") {
		var tag string
		var value float64
		_, _ = fmt.Sscan(line, &tag, &value)
		fact := fundamentals.Fact{
			Tag: fundamentals.Tag{Taxonomy: "us-gaap", Name: tag}, Unit: "USD", End: e, Value: value,
			Accession: fmt.Sprintf("%010d-%d-000001", cik, f), Form: "10-K", Filed: f,
		}
		if tag == "CommonStockSharesOutstanding" {
			fact.Unit = "shares"
		}
		if strings.HasSuffix(tag, "IncomeLoss") || strings.HasPrefix(tag, "IncomeTax") || strings.HasPrefix(tag, "Revenue") {
			fact.Start = e.AddYears(-1) + 1
		}
		rows.Facts = append(rows.Facts, fact)
	}
	return rows
}

func listed(cik fundamentals.CIK, ticker string, sic int) fundamentals.Rows {
	return fundamentals.Rows{Securities: []fundamentals.Security{{CIK: cik, Ticker: ticker, Name: ticker + " Corp", SIC: sic}}}
}

func closes(ticker, day string, price float64) fundamentals.Rows {
	d, _ := fundamentals.ParseDate(day)
	return fundamentals.Rows{Prices: []fundamentals.Prices{{
		Series: fundamentals.Series{Ticker: ticker}, Bars: []fundamentals.Bar{{Day: d, Close: price}},
	}}}
}

func value(t *testing.T, table *snapshot.Table, ticker, column string, want string) {
	t.Helper()
	row, ok := table.Row(ticker)
	if !ok {
		t.Fatalf("no row %s", ticker)
	}
	v, err := table.Column(t.Context(), column, rules.At{})
	if err != nil {
		t.Fatal(err)
	}
	got := v.Reason(row).String()
	switch {
	case v.Reason(row) != rules.Known:
	case v.Kind == rules.Text:
		got = v.Text(row)
	case v.Kind == rules.Date:
		got = fundamentals.Date(v.F[row]).String()
	default:
		got = fmt.Sprint(v.F[row])
	}
	if got != want {
		t.Errorf("%s of %s is %s, want %s", column, ticker, got, want)
	}
}

func date(t *testing.T, s string) fundamentals.Date {
	t.Helper()
	d, err := fundamentals.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestColumns(t *testing.T) {
	db := newDB(t, t)
	shares := "CommonStockSharesOutstanding 20000"
	take(t, t, db,
		listed(1, "GOOD", 3825), statement(1, "2022-12-31", "2023-02-20", shares, "OperatingIncomeLoss 80"),
		statement(1, "2023-12-31", "2024-02-20", shares, "LongTermDebtNoncurrent 50", "OperatingIncomeLoss 100", "AssetsCurrent 400", "LiabilitiesCurrent 200",
			"RevenueFromContractWithCustomerExcludingAssessedTax 2000"),
		closes("GOOD", "2024-03-08", 2),
		listed(2, "BANK", 6022), statement(2, "2023-12-31", "2024-02-20", "LongTermDebtNoncurrent 50"), closes("BANK", "2024-02-01", 2),
		listed(3, "NEG", 2834), statement(3, "2023-12-31", "2024-02-20", "StockholdersEquity -5", "LongTermDebtNoncurrent 50"),
		listed(4, "OLD", 2834), statement(4, "2022-06-30", "2022-08-20"),
		statement(5, "2023-12-31", "2024-02-20"),
	)
	table := open(t, t, db, date(t, "2024-03-08"))
	for _, c := range [][3]string{
		{"GOOD", "market_cap", "40000"},
		{"GOOD", "total_debt", "50"},
		{"GOOD", "net_cash", "50"},
		{"GOOD", "enterprise_value", "39950"},
		{"GOOD", "debt_to_equity", fmt.Sprint(50.0 / 600)},
		{"GOOD", "current_ratio", "2"},
		{"GOOD", "tax_rate", "0.21"},
		{"GOOD", "excess_cash", "60"},
		{"GOOD", "invested_capital", "590"}, // 600 + 50 - (100 - 2 % of 2000)
		{"GOOD", "sector", "Technology"},
		{"GOOD", "security_type", "common"},
		{"GOOD", "period_end", "2023-12-31"},
		{"GOOD", "known_on", "2024-02-21"},
		{"GOOD", "statement_age", "68"},
		{"GOOD", "roce", "not reported"}, // no current liabilities a year before
		{"BANK", "total_debt", "not applicable"},
		{"BANK", "net_cash", "not applicable"},
		{"BANK", "roic", "not applicable"}, // by what it is made of
		{"BANK", "earnings_yield", "not applicable"},
		{"GOOD", "roic", "not reported"}, // no capital a year before: neither defined nor undefined
		{"BANK", "price", "stale"},
		{"BANK", "price_age", "36"},
		{"NEG", "equity", "-5"},
		{"NEG", "debt_to_equity", "undefined"},
		{"NEG", "price", "not reported"},
		{"OLD", "total_assets", "stale"},
		{"OLD", "market_cap", "not reported"},
		{"5", "sector", "not reported"},
		{"5", "ticker", "not reported"},
		{"0000000005", "total_assets", "1000"},
	} {
		value(t, table, c[0], c[1], c[2])
	}
	lenient, err := snapshot.Open(t.Context(), db, date(t, "2024-03-08"), snapshot.Options{StatementDays: 700, PriceDays: 40})
	if err != nil {
		t.Fatal(err)
	}
	value(t, lenient, "OLD", "total_assets", "1000")
	value(t, lenient, "BANK", "price", "2")
	want := "universe from a listing of today: 4 of 5 companies are listed without dates"
	if got := table.Notices(); len(got) != 1 || got[0] != want {
		t.Errorf("notices %q, want %q", got, want)
	}
	if _, ok := table.Row("NOPE"); ok {
		t.Error("a company that is not there has a row")
	}
}

func TestAPriceInHistoryIsTheCloseOnTheDayItWasKnown(t *testing.T) {
	db := newDB(t, t)
	take(t, t, db, listed(1, "X", 3825), statement(1, "2022-12-31", "2023-02-20"), statement(1, "2023-12-31", "2024-02-20"),
		closes("X", "2023-02-21", 8), closes("X", "2023-02-22", 9), closes("X", "2024-03-08", 5),
		fundamentals.Rows{Splits: []fundamentals.Split{{Ticker: "X", Date: date(t, "2023-06-01"), Ratio: 2}}})
	table := open(t, t, db, date(t, "2024-03-08"))
	v, err := table.Column(t.Context(), "price", rules.At{Lag: 4})
	if err != nil {
		t.Fatal(err)
	}
	if got := v.Value(0); got != rules.Num(4) {
		t.Errorf("price a year ago %v, want 4: the close of 2023-02-21 on today's split basis", got)
	}
}

func TestASecurityOfThePastDoesNotStandForTheCompanyToday(t *testing.T) {
	db := newDB(t, t)
	sec := func(ticker, from, to string) fundamentals.Security {
		s := fundamentals.Security{CIK: 1, Ticker: ticker, Name: ticker}
		if from != "" {
			s.From = date(t, from)
		}
		if to != "" {
			s.To = date(t, to)
		}
		return s
	}
	take(t, t, db, fundamentals.Rows{Securities: []fundamentals.Security{sec("OLDT", "", "2024-01-01"), sec("NEWT", "2024-01-01", "")}},
		statement(1, "2023-06-30", "2023-08-01"))
	for asOf, want := range map[string]string{"2023-12-31": "OLDT", "2024-01-01": "NEWT"} {
		if got := open(t, t, db, date(t, asOf)).Ticker(0); got != want {
			t.Errorf("ticker on %s is %s, want %s", asOf, got, want)
		}
	}
}

func TestADelistedCompanyIsUnlistedAndHasNoPrice(t *testing.T) {
	db := newDB(t, t)
	gone := fundamentals.Security{CIK: 1, Ticker: "GONE", Name: "Gone", To: date(t, "2024-01-01")}
	take(t, t, db, fundamentals.Rows{Securities: []fundamentals.Security{gone}},
		statement(1, "2023-06-30", "2023-08-01"), closes("GONE", "2023-12-29", 7))
	before, after := open(t, t, db, date(t, "2023-12-31")), open(t, t, db, date(t, "2024-01-02"))
	value(t, before, "GONE", "security_type", "common")
	value(t, before, "GONE", "price", "7")
	value(t, after, "GONE", "security_type", "unlisted")
	value(t, after, "GONE", "price", "not reported")
}

func TestEvidenceOpensAValueDownToTheFacts(t *testing.T) {
	db := newDB(t, t)
	take(t, t, db, listed(1, "X", 3825), closes("X", "2024-03-08", 5),
		statement(1, "2023-12-31", "2024-02-20", "CommonStockSharesOutstanding 20000", "LongTermDebtCurrent 7", "LongTermDebtNoncurrent 50"))
	table := open(t, t, db, date(t, "2024-03-08"))
	e, err := table.Evidence(t.Context(), 0, "enterprise_value", rules.At{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	var walk func(e *fundamentals.Evidence, depth int)
	walk = func(e *fundamentals.Evidence, depth int) {
		line := strings.Repeat(" ", depth) + e.Name + " " + fmt.Sprint(e.Value.F)
		for _, part := range []string{e.Tag, e.Accession, e.KnownOn.String(), e.Note} {
			if part != "" {
				line += " | " + part
			}
		}
		got = append(got, line)
		for _, in := range e.Inputs {
			walk(in, depth+1)
		}
	}
	walk(e, 0)
	const acc = " | 0000000001-19773-000001 | 2024-02-21"
	want := `enterprise_value 99957 | 2024-03-08
 market_cap 100000 | 2024-03-08
  price 5 | 2024-03-08 | close of X, raw series
  shares_outstanding 20000 | us-gaap:CommonStockSharesOutstanding` + acc + ` | balance sheet
 total_debt 57 | 2024-02-21
  short_term_borrowings 0` + acc + ` | not on the statement; absence means none
  long_term_debt_current 7 | us-gaap:LongTermDebtCurrent` + acc + `
  long_term_debt 50 | us-gaap:LongTermDebtNoncurrent` + acc + `
  finance_leases 0` + acc + ` | not on the statement; absence means none
 preferred 0` + acc + ` | not on the statement; absence means none
 non_controlling_interests 0` + acc + ` | not on the statement; absence means none
 cash_and_investments 100 | 2024-02-21
  cash_and_equivalents 100 | us-gaap:CashAndCashEquivalentsAtCarryingValue` + acc + `
  short_term_investments 0` + acc + ` | not on the statement; absence means none`
	if text := strings.Join(got, "\n"); text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}

func TestANewFilingIsSeenByTheNextTable(t *testing.T) {
	db := newDB(t, t)
	take(t, t, db, listed(1, "X", 3825), statement(1, "2022-12-31", "2023-02-20"))
	if err := snapshot.Refresh(t.Context(), db, nil); err != nil {
		t.Fatal(err)
	}
	table := open(t, t, db, date(t, "2024-03-08"))
	value(t, table, "X", "period_end", "2022-12-31")
	if err := table.Save(t.Context()); err != nil {
		t.Fatal(err)
	}
	batch, err := db.LatestBatch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	take(t, t, db, statement(1, "2023-12-31", "2024-02-20"))
	done := 0
	if err := snapshot.Refresh(t.Context(), db, func(n, _ int) { done = n }); err != nil || done != 1 {
		t.Fatalf("refresh of one company: %d done, %v", done, err)
	}
	value(t, open(t, t, db, date(t, "2024-03-08")), "X", "period_end", "2023-12-31")
	// The run of before replays: a table up to the earlier batch reads as it did.
	old, err := snapshot.Open(t.Context(), db, date(t, "2024-03-08"), snapshot.Options{UpTo: batch})
	if err != nil {
		t.Fatal(err)
	}
	value(t, old, "X", "period_end", "2022-12-31")
}

func TestTheStatutoryRateIsThatOfTheYear(t *testing.T) {
	for end, want := range map[string]float64{"2017-12-31": 0.35, "2018-01-31": 0.21} {
		db := newDB(t, t)
		take(t, t, db, listed(1, "X", 3825), statement(1, end, "2018-03-20"))
		v, err := open(t, t, db, date(t, "2018-04-01")).Column(t.Context(), "tax_rate", rules.At{})
		if err != nil {
			t.Fatal(err)
		}
		if got := v.Value(0); got != rules.Num(want) {
			t.Errorf("tax rate of a year that ends on %s: %v, want %v", end, got, want)
		}
	}
}

func TestTheGNPPriceIndexIsThatOfTheYearBefore(t *testing.T) {
	for end, want := range map[string]float64{"2009-06-30": 481.6, "2024-01-31": 669.6, "2031-06-30": 705.6} {
		db := newDB(t, t)
		take(t, t, db, listed(1, "X", 3825), statement(1, end, end[:4]+"-08-20"))
		v, err := open(t, t, db, date(t, end[:4]+"-09-01")).Column(t.Context(), "gnp_price_index", rules.At{})
		if err != nil {
			t.Fatal(err)
		}
		if v.Reason(0) != rules.Known || v.F[0] != want {
			t.Errorf("index at %s: %v, want %v", end, v.Value(0), want)
		}
	}
}

func TestATickerThatWanderedLendsNeitherPricesNorSplits(t *testing.T) {
	db := newDB(t, t)
	first := fundamentals.Security{CIK: 1, Ticker: "A", Name: "First", To: date(t, "2022-06-30")}
	second := fundamentals.Security{CIK: 2, Ticker: "A", Name: "Second", From: date(t, "2022-09-01")}
	shares := "CommonStockSharesOutstanding 1000000"
	take(t, t, db, fundamentals.Rows{Securities: []fundamentals.Security{first, second}},
		statement(1, "2022-12-31", "2023-02-20", shares), statement(2, "2021-12-31", "2022-02-20", shares), statement(2, "2022-12-31", "2023-02-20", shares),
		closes("A", "2022-02-18", 3), closes("A", "2023-03-08", 7),
		fundamentals.Rows{Splits: []fundamentals.Split{{Ticker: "A", Date: date(t, "2023-03-01"), Ratio: 10}}})
	table := open(t, t, db, date(t, "2023-03-08"))
	value(t, table, "1", "price", "not reported")
	value(t, table, "1", "price_age", "383") // of its own last close
	value(t, table, "1", "shares_outstanding", "1e+06")
	value(t, table, "2", "price", "7")
	value(t, table, "2", "shares_outstanding", "1e+07")
	v, err := table.Column(t.Context(), "price", rules.At{Lag: 4})
	if err != nil {
		t.Fatal(err)
	}
	if row, _ := table.Row("2"); v.Reason(row) != rules.NotReported {
		t.Errorf("price a year ago of the second company: %v, want not reported: the first held the ticker", v.Value(row))
	}
}

func TestDataThatChangeWhileATableReadsThem(t *testing.T) {
	db := newDB(t, t)
	take(t, t, db, listed(1, "X", 3825), statement(1, "2023-12-31", "2024-02-20"), closes("X", "2024-03-08", 5))
	asOf := date(t, "2024-03-08")
	if err := open(t, t, db, asOf).Save(t.Context()); err != nil {
		t.Fatal(err)
	}
	warm := open(t, t, db, asOf) // reads its rows from what was kept
	take(t, t, db, statement(2, "2023-12-31", "2024-02-20"))
	if _, err := warm.Column(t.Context(), "price", rules.At{}); !errors.Is(err, snapshot.ErrChanged) {
		t.Errorf("got %v, want ErrChanged", err)
	}
}

// A pack is a cache: one that was damaged is made anew from the facts.
func TestADamagedPackIsMadeAnew(t *testing.T) {
	db := newDB(t, t)
	take(t, t, db, statement(1, "2023-12-31", "2024-02-20"), statement(2, "2023-12-31", "2024-02-20"))
	if err := snapshot.Refresh(t.Context(), db, nil); err != nil {
		t.Fatal(err)
	}
	asOf := date(t, "2024-03-08")
	want := values(t, open(t, t, db, asOf), "total_assets")
	keys, err := db.PackKeys(t.Context(), standard.MapHash(), 0)
	if err != nil || len(keys) != 2 {
		t.Fatalf("%d packs, %v", len(keys), err)
	}
	if err := db.PutPacks(t.Context(), []store.Pack{{PackKey: keys[0], Content: []byte("damaged")}}); err != nil {
		t.Fatal(err)
	}
	if got := values(t, open(t, t, db, asOf), "total_assets"); len(got) != 2 || !slices.Equal(got, want) {
		t.Errorf("total_assets %v, want %v", got, want)
	}
}

// values are those of a column that is known everywhere.
func values(t *testing.T, table *snapshot.Table, name string) []float64 {
	t.Helper()
	v, err := table.Column(t.Context(), name, rules.At{})
	if err != nil || v.Why != nil {
		t.Fatalf("%s: %v, %v", name, v, err)
	}
	return v.F
}

func TestATableWithoutFreshPricesSaysSo(t *testing.T) {
	db := newDB(t, t)
	take(t, t, db, statement(1, "2023-12-31", "2024-02-20"),
		fundamentals.Rows{Securities: []fundamentals.Security{{CIK: 1, Ticker: "X", Name: "X", From: date(t, "2000-01-01")}}})
	want := []string{"no price is known of the time before 2024-03-08: ingest prices, or ask as of another day"}
	if got := open(t, t, db, date(t, "2024-03-08")).Notices(); !slices.Equal(got, want) {
		t.Errorf("notices %q, want %q", got, want)
	}
	take(t, t, db, closes("X", "2024-02-08", 7))
	want = []string{"no price is fresh on 2024-03-08: the latest close is of 2024-02-08; ask as of then, or ingest newer prices"}
	if got := open(t, t, db, date(t, "2024-03-08")).Notices(); !slices.Equal(got, want) {
		t.Errorf("notices %q, want %q", got, want)
	}
	if got := open(t, t, db, date(t, "2024-02-21")).Notices(); len(got) != 0 {
		t.Errorf("notices %q, want none", got)
	}
}
