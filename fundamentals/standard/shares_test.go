package standard_test

import (
	"testing"

	"assay/fundamentals"
)

func TestShareCount(t *testing.T) {
	cover := func(n string) []string { return []string{"dei:EntityCommonStockSharesOutstanding=" + n} }
	for _, c := range []struct {
		name, cover, balance, weighted, want string
	}{
		{"the cover's, where another agrees", "47076499", "49429000", "47486000", "4.7076499e+07"},
		{"Champion Homes 2024-02-06: a thousandfold slip, and no third source", "57753517000", "", "57644000", "irreconcilable"},
		{"Patterson-UTI: the average is a thousandth", "408192236", "411195302", "279501", "4.08192236e+08"},
		{"two others agree against a slip", "57753517000", "57600000", "57644000", "5.76e+07"},
		{"a placeholder is no count", "1000", "2000000", "1900000", "2e+06"},
		{"only an average", "", "", "1900000", "1.9e+06"},
		{"one source alone stands", "5000000", "", "", "5e+06"},
		{"none", "", "", "", "not reported"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBooks(t).filing("10-K", "2024-02-16").full("2023-12-31")
			if c.cover != "" {
				b.states("2024-02-07", cover(c.cover)...)
			}
			if c.balance != "" {
				b.states("2023-12-31", "CommonStockSharesOutstanding="+c.balance)
			}
			if c.weighted != "" {
				b.states("2023-01-01..2023-12-31", "WeightedAverageNumberOfSharesOutstandingBasic="+c.weighted)
			}
			reads(t, b.view("2024-03-08"), "shares_outstanding", now, c.want)
		})
	}
}

// Hub Group tags no cover count; its averages of 2023 are a thousandth.
func TestEarningsPerShareBearWitnessAgainstASlip(t *testing.T) {
	b := newBooks(t).filing("10-Q", "2023-05-05").full("2023-03-31").states("2023-01-01..2023-03-31",
		"WeightedAverageNumberOfSharesOutstandingBasic=32550", "NetIncomeLoss=48600000", "EarningsPerShareBasic=1.51")
	reads(t, b.view("2023-06-30"), "shares_outstanding", now, "irreconcilable")
	b = newBooks(t).filing("10-Q", "2023-05-05").full("2023-03-31").states("2023-01-01..2023-03-31",
		"WeightedAverageNumberOfSharesOutstandingBasic=32550000", "NetIncomeLoss=48600000", "EarningsPerShareBasic=1.51")
	reads(t, b.view("2023-06-30"), "shares_outstanding", now, "3.255e+07")
	b = newBooks(t).filing("10-Q", "2023-05-05").full("2023-03-31").states("2023-01-01..2023-03-31",
		"NetIncomeLoss=48600000", "EarningsPerShareBasic=1.51")
	reads(t, b.view("2023-06-30"), "shares_outstanding", now, "not reported")
}

func TestSplitsMoveTheCountUpToTheDateOnly(t *testing.T) {
	b := newBooks(t).filing("10-K", "2024-02-16").full("2023-12-31").
		states("2024-02-07", "dei:EntityCommonStockSharesOutstanding=1000000").
		states("2023-12-31", "CommonStockSharesOutstanding=1010000")
	split := fundamentals.Split{Ticker: "X", Date: date(t, "2024-06-03"), Ratio: 2}
	reads(t, b.view("2024-06-02", split), "shares_outstanding", now, "1e+06")
	reads(t, b.view("2024-06-03", split), "shares_outstanding", now, "2e+06")
}

func TestACoverOfLastYearStandsInForOneThatIsGone(t *testing.T) {
	b := newBooks(t).filing("10-Q", "2023-11-01").full("2023-09-30").states("2023-10-25", "dei:EntityCommonStockSharesOutstanding=1000000")
	b.filing("10-K", "2024-02-16").full("2023-12-31")
	reads(t, b.view("2024-03-08"), "shares_outstanding", now, "1e+06")
	b.filing("10-K", "2025-02-16").full("2024-12-31")
	reads(t, b.view("2025-03-08"), "shares_outstanding", now, "not reported")
}

func TestACoverOfTheStatementDateIsACover(t *testing.T) {
	b := newBooks(t).filing("10-K", "2024-02-20").full("2023-12-31").
		states("2023-12-31", "dei:EntityCommonStockSharesOutstanding=1000000", "CommonStockSharesOutstanding=2000000")
	split := fundamentals.Split{Ticker: "X", Date: date(t, "2024-01-15"), Ratio: 2}
	reads(t, b.view("2024-03-08", split), "shares_outstanding", now, "2e+06")
}
