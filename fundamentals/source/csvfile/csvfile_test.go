package csvfile_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/fundamentals"
	"assay/fundamentals/source"
	"assay/fundamentals/source/csvfile"
	"assay/fundamentals/source/sourcetest"
)

func prices(t testing.TB, o csvfile.PriceOptions) source.Kind {
	t.Helper()
	kind, err := csvfile.Prices(o)
	if err != nil {
		t.Fatal(err)
	}
	return kind
}

func same(t *testing.T, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func day(t *testing.T, s string) fundamentals.Date {
	t.Helper()
	d, err := fundamentals.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const securities = "ticker,name,exchange,sic,cik,type,from,to\nCOHU,\"Cohu, Inc.\",Nasdaq,3825,21535,common,,\nIWM,iShares Russell 2000,NYSE,,,etf,2000-05-26,\n"
const splits = "Ticker,Date,Ratio\nMTH,2025-01-03,2:1\nANGI,2025-03-24,1:10\nPATK,2024-12-16,1.5\n"
const ohlc = "Date,Open,High,Low,Close,Adj Close,Volume\n2024-03-07,30,32,29.5,31,30.5,1000\n2024-03-08,31,33,31,31.95,31.5,\n"

func TestConformance(t *testing.T) {
	sourcetest.Run(t, csvfile.Securities(), "securities.csv", securities)
	sourcetest.Run(t, csvfile.Splits(), "splits.csv", splits)
	sourcetest.Run(t, prices(t, csvfile.PriceOptions{}), "COHU.csv", ohlc)
	sourcetest.Run(t, prices(t, csvfile.PriceOptions{Basis: "total-return"}), "all.csv", "Ticker,Date,Close\nA,2024-03-08,1\nB,2024-03-08,2\n")
}

func TestSecurities(t *testing.T) {
	rows, _, err := sourcetest.Read(t.Context(), csvfile.Securities(), "s.csv", []byte("\ufeff"+securities))
	if err != nil {
		t.Fatal(err)
	}
	same(t, []fundamentals.Security{
		{Ticker: "COHU", CIK: 21535, Name: "Cohu, Inc.", Exchange: "Nasdaq", SIC: 3825, Type: "common"},
		{Ticker: "IWM", Name: "iShares Russell 2000", Exchange: "NYSE", Type: "etf", From: day(t, "2000-05-26")},
	}, rows.Securities)
}

func TestSplits(t *testing.T) {
	rows, _, err := sourcetest.Read(t.Context(), csvfile.Splits(), "s.csv", []byte(splits))
	if err != nil {
		t.Fatal(err)
	}
	same(t, []float64{2, 0.1, 1.5}, []float64{rows.Splits[0].Ratio, rows.Splits[1].Ratio, rows.Splits[2].Ratio})
}

func TestVolumes(t *testing.T) {
	text := "Ticker,Date,Close,Volume\nA,2024-03-07,1,5\nA,2024-03-08,1,0\nA,2024-03-11,1,\nA,2024-03-11,1,0\n"
	rows, findings, err := sourcetest.Read(t.Context(), prices(t, csvfile.PriceOptions{Basis: "raw"}), "p.csv", []byte(text))
	same(t, nil, err)
	same(t, []fundamentals.Bar{
		{Day: day(t, "2024-03-07"), Close: 1, Volume: 5, HasVolume: true},
		{Day: day(t, "2024-03-08"), Close: 1, HasVolume: true},
		{Day: day(t, "2024-03-11"), Close: 1},
	}, rows.Prices[0].Bars)
	same(t, []source.Rejection{{Where: "line 5", Why: "2024-03-11 of A is there before with other values"}}, findings.Rejected.List)
	rows, _, err = sourcetest.Read(t.Context(), prices(t, csvfile.PriceOptions{Basis: "raw"}), "A.csv", []byte("Date,Close\n2024-03-07,1\n"))
	same(t, nil, err)
	same(t, false, rows.Prices[0].Bars[0].HasVolume)
}

// report says what a file gives, as a user would be told.
func report(t *testing.T, kind source.Kind, name, text string) string {
	t.Helper()
	rows, findings, err := sourcetest.Read(context.Background(), kind, name, []byte(text))
	var b strings.Builder
	if err != nil {
		b.WriteString("error: " + err.Error() + "\n")
	}
	for _, s := range rows.Prices {
		b.WriteString(strings.TrimSpace(s.Series.Ticker+" "+s.Series.Basis.String()+" "+s.Series.BasisDate.String()) + ":")
		if s.Series.AsPrice {
			b.WriteString(" as price:")
		}
		for _, bar := range s.Bars {
			b.WriteString(" " + bar.Day.String() + "=" + strings.TrimRight(strings.TrimRight(format(bar.Close), "0"), "."))
		}
		b.WriteString("\n")
	}
	for _, r := range findings.Rejected.List {
		b.WriteString(r.Where + ": " + r.Why + "\n")
	}
	for _, n := range findings.Notices {
		b.WriteString("notice: " + n + "\n")
	}
	return b.String()
}

func TestPriceSeries(t *testing.T) {
	raw := "notice: closes taken as traded (raw); if the download was adjusted say --basis split-adjusted or --basis total-return\n"
	asOf := "notice: adjusted closes taken as of 2024-03-08, the last day in the file; if it is another say --basis-date\n"
	adj := "Date,adj close\n2024-03-08,2\n"
	plain := "date,close\n2024-03-08 00:00:00-05:00,2\n"
	for _, test := range []struct {
		name, file, text string
		options          csvfile.PriceOptions
		want             string
	}{
		{"both columns", "cohu.csv", ohlc, csvfile.PriceOptions{}, "COHU raw: 2024-03-07=31 2024-03-08=31.95\nCOHU total-return 2024-03-08: 2024-03-07=30.5 2024-03-08=31.5\n" + raw + asOf},
		{"split-adjusted, with a date", "COHU.csv", ohlc, csvfile.PriceOptions{Basis: "split-adjusted", BasisDate: day(t, "2024-06-30")}, "COHU split-adjusted 2024-06-30: 2024-03-07=31 2024-03-08=31.95\nCOHU total-return 2024-06-30: 2024-03-07=30.5 2024-03-08=31.5\n"},
		{"close and adjusted close cannot be one series", "COHU.csv", ohlc, csvfile.PriceOptions{Basis: "total-return"}, "error: it has Close and Adj Close, and both cannot be the total-return series: say what its Close is, raw or split-adjusted\n"},
		{"adjusted close alone", "^GSPC.csv", adj, csvfile.PriceOptions{}, "^GSPC total-return 2024-03-08: 2024-03-08=2\n" + asOf},
		{"adjusted close alone as a price", "A.csv", adj, csvfile.PriceOptions{Basis: "total-return", UseAsPrice: true}, "A total-return 2024-03-08: as price: 2024-03-08=2\n" + asOf},
		{"adjusted close is never raw", "A.csv", adj, csvfile.PriceOptions{Basis: "raw"}, "error: it has only Adj Close, which is adjusted for dividends: its basis cannot be raw; say total-return or nothing\n"},
		{"a date with a time", "BRK.B.csv", plain, csvfile.PriceOptions{}, "BRK.B raw: 2024-03-08=2\n" + raw},
		{"raw has no date", "A.csv", plain, csvfile.PriceOptions{Basis: "raw", BasisDate: day(t, "2024-06-30")}, "A raw: 2024-03-08=2\nnotice: the basis date 2024-06-30 is not used: raw closes have none\n"},
		{"unknown columns are told", "A.csv", "Date,Close,Dividends\n2024-03-08,2,0\n", csvfile.PriceOptions{Basis: "raw"}, "A raw: 2024-03-08=2\nnotice: column \"dividends\" is not read\n"},
		{"a name that is no ticker", "my prices.csv", plain, csvfile.PriceOptions{}, "error: it has no column \"Ticker\", and its name \"MY PRICES\" is not a ticker\n"},
		{"no date", "A.csv", "Day,Close\n", csvfile.PriceOptions{}, "error: this is not a price file: it has no column \"Date\"\n"},
		{"no close", "A.csv", "Date,Open\n", csvfile.PriceOptions{}, "error: this is not a price file: it has neither a column \"Close\" nor \"Adj Close\"\n"},
		{"a header alone", "A.csv", "Date,Close\n", csvfile.PriceOptions{}, "notice: it has a header and no rows\n"},
		{"a header alone, adjusted", "A.csv", "Date,Close,Adj Close\n", csvfile.PriceOptions{Basis: "raw"}, "notice: it has a header and no rows\n"},
		{"no row that can be", "A.csv", "Date,Adj Close\nx,1\n", csvfile.PriceOptions{}, "line 2: Date: \"x\" is not a date written YYYY-MM-DD\n"},
		{"semicolons", "A.csv", "Date;Close\n", csvfile.PriceOptions{}, "error: its columns are not separated by commas\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			same(t, test.want, report(t, prices(t, test.options), test.file, test.text))
		})
	}
	_, err := csvfile.Prices(csvfile.PriceOptions{Basis: "adjusted"})
	same(t, `basis "adjusted": it is one of raw, split-adjusted, total-return`, err.Error())
}

func TestFaultyRows(t *testing.T) {
	for _, test := range []struct {
		name string
		kind source.Kind
		text string
		want string
	}{
		{"prices", prices(t, csvfile.PriceOptions{Basis: "raw"}), "Ticker,Date,Open,Close\n" +
			"A,2024-03-08,1,1\nA,03/08/2024,1,1\nA,2024-03-09,1,0\nA,2024-03-10,-1,x\n ,2024-03-11,,\nA,2024-03-08,1,1\nA,2024-03-08,1,2\nA,2024-03-12\nA,\"2024\"-03,1,1\nA,2024-03-13,,3\nA,2024-03-14,1,Inf\nA,2024-03-15,1,0x1p4\n",
			`A raw: 2024-03-08=1 2024-03-13=3
line 3: Date: "03/08/2024" is not a date written YYYY-MM-DD
line 4: Close: 0 is not above 0
line 5: Open: -1 is not above 0; Close: "x" is not a number
line 6: Ticker: it is empty; Close: it is empty
line 8: 2024-03-08 of A is there before with other values
line 9: it has 2 columns, the header has 4
line 10: this is not CSV: extraneous or missing " in quoted-field
line 12: Close: "Inf" is not a number
line 13: Close: "0x1p4" is not a number
`},
		{"securities", csvfile.Securities(), "ticker,name,exchange,sic,cik,from,to\n,X,,,,,\nA,X,,12345,abc,2024-02-30,\nB,X,,,,2024-02-02,2024-02-02\n",
			`line 2: ticker: it is empty
line 3: cik: "abc" is not a CIK; sic: "12345" is not an SIC code; from: "2024-02-30" is not a date written YYYY-MM-DD
line 4: to: 2024-02-02 is not after from, 2024-02-02
`},
		{"types of securities", csvfile.Securities(), "ticker,name,exchange,sic,type\nA,A,,,commmon\nB,B,,,ETF\nC,C,,,stock\nD,D,,,unlisted\nE,E,,,\n",
			`line 2: type: "commmon" is not a type of security (did you mean "common"?); the types are adr, common, etf, index, preferred, spac, unit, warrant
line 4: type: "stock" is not a type of security; the types are adr, common, etf, index, preferred, spac, unit, warrant
line 5: type: "unlisted" is not a type of security; the types are adr, common, etf, index, preferred, spac, unit, warrant
`},
		{"securities without a row", csvfile.Securities(), "ticker,name,exchange,sic\n", "notice: it has a header and no rows\n"},
		{"securities header", csvfile.Securities(), "ticker,nmae,exchange,sicc,zzz\n",
			"error: unknown column \"nmae\" (did you mean \"name\"?); unknown column \"sicc\" (did you mean \"sic\"?); unknown column \"zzz\"; there is no column \"name\"; there is no column \"sic\"; the columns are ticker, name, exchange, sic, cik, type, from, to\n"},
		{"a column twice", csvfile.Securities(), "ticker,Ticker,name,exchange,sic\n", "error: its header has the column \"ticker\" twice\n"},
		{"splits", csvfile.Splits(), "ticker,date,ratio\nA,2024-01-02,two\nA,2024-01-02,0\nA,2024-01-02,1:1\n,x,2:0\n",
			`line 2: ratio: "two" is not a ratio such as 2, 0.1, 3:2 or 1:10 (new:old)
line 3: ratio: "0" is not above 0
line 4: ratio: "1:1" changes nothing
line 5: ticker: it is empty; date: "x" is not a date written YYYY-MM-DD; ratio: "2:0" is not above 0
`},
	} {
		t.Run(test.name, func(t *testing.T) { same(t, test.want, report(t, test.kind, "file.csv", test.text)) })
	}
}

// Cohu closed at 31.95 on 2024-03-08; the real file writes 31.950001.
func TestRealPrices(t *testing.T) {
	path := filepath.FromSlash("../../../../shared/data/prices/daily_2022-01_2024-03-08.csv.gz")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Skip("the real price files are not here: ", err)
	}
	rows, findings, err := sourcetest.Read(t.Context(), prices(t, csvfile.PriceOptions{Basis: "split-adjusted"}), "daily.csv.gz", text)
	if err != nil || findings.Rejected.Count > 0 {
		t.Fatal(findings.Rejected, err)
	}
	for _, s := range rows.Prices {
		if s.Series.Ticker == "COHU" && s.Series.Basis == fundamentals.SplitAdjusted {
			last := s.Bars[len(s.Bars)-1]
			same(t, "2024-03-08 31.950001", last.Day.String()+" "+strings.TrimRight(format(last.Close), "0"))
		}
	}
}
