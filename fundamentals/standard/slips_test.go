package standard_test

import (
	"fmt"
	"testing"
)

// WisdomTree's 10-K for 2023: balance sheet and averages are a thousandth of the cover.
func TestACountAThousandTimesOffTheStatementBeforeLoses(t *testing.T) {
	slip := func(b *books) *books {
		return b.filing("10-K", "2024-02-23").full("2023-12-31").
			states("2024-02-20", "dei:EntityCommonStockSharesOutstanding=151853699").
			states("2023-12-31", "CommonStockSharesOutstanding=150330").
			states("2023-01-01..2023-12-31", "WeightedAverageNumberOfSharesOutstandingBasic=144707")
	}
	b := newBooks(t).filing("10-Q", "2023-11-03").full("2023-09-30").
		states("2023-09-30", "CommonStockSharesOutstanding=150330000").
		states("2023-07-01..2023-09-30", "WeightedAverageNumberOfSharesOutstandingBasic=145284000")
	v := slip(b).view("2024-03-08")
	reads(t, v, "shares_outstanding", now, "1.51853699e+08")
	reads(t, v, "weighted_basic_shares", now, "irreconcilable")
	b = slip(newBooks(t)).states("2023-06-30", "dei:EntityPublicFloat=948550832")
	reads(t, b.view("2024-03-08"), "shares_outstanding", now, "1.51853699e+08") // 6,300 a share against 6
	b = slip(newBooks(t))
	reads(t, b.view("2024-03-08"), "shares_outstanding", now, "150330") // nothing speaks against the two
}

// Unitil's float of 2023 is a million times too high, Gentherm's from 2019 on a
// thousand times.
func TestAFloatBeyondReasonIsRefused(t *testing.T) {
	for _, c := range []struct {
		name   string
		floats []string
		want   string
	}{
		{"like those before", []string{"20000000", "24000000", "30000000"}, "3e+07"},
		{"a thousand times those before", []string{"20000000", "24000000", "30000000000"}, "irreconcilable"},
		{"a thousandth", []string{"20000000", "24000000", "30000"}, "irreconcilable"},
		{"most are slips, and beyond what a share costs", []string{"20000000", "24000000000", "30000000000"}, "irreconcilable"},
		{"alone", []string{"30000000"}, "3e+07"},
		{"alone, and a hundred times total assets", []string{"30000000000"}, "irreconcilable"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBooks(t)
			for i, float := range c.floats {
				y := 2024 - len(c.floats) + i
				b.filing("10-K", fmt.Sprintf("%d-02-16", y+1)).full(fmt.Sprintf("%d-12-31", y)).
					states(fmt.Sprintf("%d-06-30", y), "dei:EntityPublicFloat="+float).
					states(fmt.Sprintf("%d-02-10", y+1), "dei:EntityCommonStockSharesOutstanding=1000000")
			}
			if c.name == "alone" {
				b.states("2023-12-31", "Liabilities=1")
			}
			reads(t, b.view("2024-03-08"), "public_float", now, c.want)
		})
	}
}

// RadNet's 10-K/A for 2012 holds the statements of an affiliate.
func TestAnAmendmentOfAnotherEntityIsNotHeard(t *testing.T) {
	year := "2023-01-01..2023-12-31"
	first := func() *books {
		return newBooks(t).filing("10-K", "2024-02-16").full("2023-12-31").states(year, "Revenues=650", "NetIncomeLoss=60")
	}
	other := []string{"Assets=42", "LiabilitiesAndStockholdersEquity=42", "StockholdersEquity=30", "CashAndCashEquivalentsAtCarryingValue=2"}
	b := first().filing("10-K/A", "2024-03-01").states("2023-12-31", other...).states(year, "Revenues=58", "NetIncomeLoss=12")
	v := b.view("2024-03-08")
	reads(t, v, "revenue", now, "650")
	reads(t, v, "net_income", now, "60")
	reads(t, v, "total_assets", now, "1000")
	b = first().filing("10-K/A", "2024-03-01").full("2023-12-31").states(year, "Revenues=58", "NetIncomeLoss=12")
	reads(t, b.view("2024-03-08"), "revenue", now, "58") // the balance sheet is the same: a correction
}

// Where the span to date is not stated, a quarter of it that is stated is no zero.
func TestTheFourthQuarterOfAnItemToldInOneQuarterOnly(t *testing.T) {
	b := newBooks(t).year(2023, 1)
	b.states("2023-01-01..2023-12-31", "RestructuringCharges=12")
	reads(t, b.view("2024-03-08"), "restructuring", quarter, "12")
	b.filing("10-Q", "2023-08-02").states("2023-04-01..2023-06-30", "RestructuringCharges=5")
	reads(t, b.view("2024-03-08"), "restructuring", quarter, "7")
}
