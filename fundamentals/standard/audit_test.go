package standard_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/standard"
	"assay/rules"
)

// broken lists what an audit found, a line each.
func broken(a standard.Audit) string {
	var lines []string
	for _, b := range a.Breaks {
		line := fmt.Sprintf("%s %s %s %s expected %.0f found %.0f", b.Check, b.Item, b.Basis, b.End, b.Expected, b.Found)
		if b.Accession != "" {
			line += " by " + b.Accession
		}
		if b.Explanation != "" {
			line += ": " + b.Explanation
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestAudit(t *testing.T) {
	const year = "2023-01-01..2023-12-31"
	for _, c := range []struct {
		name, check string
		books       func(*books) *books
		want        string
	}{
		{"a balance sheet that balances", "balance",
			func(b *books) *books {
				return b.filing("10-K", "2024-02-16").full("2023-12-31", "Liabilities=380", "MinorityInterest=15", "TemporaryEquityCarryingAmountAttributableToParent=5")
			}, ""},
		{"rounding is no break", "balance",
			func(b *books) *books { return b.filing("10-K", "2024-02-16").full("2023-12-31", "Liabilities=402") }, ""},
		{"liabilities too high", "balance",
			func(b *books) *books { return b.filing("10-K", "2024-02-16").full("2023-12-31", "Liabilities=450") },
			"balance total_assets instant 2023-12-31 expected 1050 found 1000 by 10-K 2024-02-16"},
		{"derived liabilities prove nothing", "balance",
			func(b *books) *books { return b.filing("10-K", "2024-02-16").full("2023-12-31") }, ""},
		{"temporary equity under no known tag", "balance",
			func(b *books) *books {
				b.filing("10-K", "2023-02-16").full("2022-12-31", "Liabilities=380")
				return b.filing("10-K", "2024-02-16").full("2023-12-31", "Liabilities=370")
			},
			"balance total_assets instant 2022-12-31 expected 980 found 1000 by 10-K 2023-02-16: " +
				"10-K 2023-02-16 states what stands between liabilities and equity under no known tag: 20, read as temporary equity\n" +
				"balance total_assets instant 2023-12-31 expected 970 found 1000 by 10-K 2024-02-16: " +
				"10-K 2024-02-16 states what stands between liabilities and equity under no known tag: 30, read as temporary equity"},
		{"a later filing restates equity alone", "balance",
			func(b *books) *books {
				return b.filing("10-K", "2023-02-16").full("2022-12-31", "Liabilities=400").
					filing("10-K", "2024-02-16").full("2023-12-31", "Liabilities=400").states("2022-12-31", "StockholdersEquity=650")
			},
			"balance total_assets instant 2022-12-31 expected 1050 found 1000 by 10-K 2024-02-16: " +
				"told by several filings: 10-K 2023-02-16 alone agrees with itself, 10-K 2024-02-16 restates a part"},
		{"two sides", "sides",
			func(b *books) *books {
				return b.filing("10-K", "2024-02-16").states("2023-12-31", "Assets=1000", "LiabilitiesAndStockholdersEquity=900")
			},
			"sides liabilities_and_equity instant 2023-12-31 expected 1000 found 900 by 10-K 2024-02-16"},
		{"gross profit", "gross_profit",
			func(b *books) *books {
				return b.filing("10-K", "2024-02-16").full("2023-12-31").states(year, "Revenues=500", "CostOfRevenue=300", "GrossProfit=150")
			},
			"gross_profit gross_profit fy 2023-12-31 expected 200 found 150 by 10-K 2024-02-16: " +
				"10-K 2024-02-16 states all of these, and -50 by no tag that they read: a line between cost of revenue and gross profit"},
		{"derived gross profit proves nothing", "gross_profit",
			func(b *books) *books {
				return b.filing("10-K", "2024-02-16").full("2023-12-31").states(year, "Revenues=500", "CostOfRevenue=300")
			}, ""},
		{"the cash bridge", "cash_bridge",
			func(b *books) *books {
				return b.filing("10-K", "2024-02-16").full("2023-12-31").states(year, "NetCashProvidedByUsedInOperatingActivities=100",
					"NetCashProvidedByUsedInInvestingActivities=-40", "NetCashProvidedByUsedInFinancingActivities=-30",
					"EffectOfExchangeRateOnCashAndCashEquivalents=-5", "CashAndCashEquivalentsPeriodIncreaseDecrease=50")
			},
			"cash_bridge cash_change fy 2023-12-31 expected 25 found 50 by 10-K 2024-02-16: 10-K 2024-02-16 states all of these, " +
				"and 25 by no tag that they read: a line beside the three parts: exchange rates, or cash of what is held for sale"},
		{"the change stated before exchange rates, discontinued operations apart", "cash_bridge",
			func(b *books) *books {
				return b.filing("10-K", "2024-02-16").full("2023-12-31").states(year, "NetCashProvidedByUsedInOperatingActivities=100",
					"NetCashProvidedByUsedInInvestingActivities=-40", "NetCashProvidedByUsedInFinancingActivities=-30",
					"EffectOfExchangeRateOnCashAndCashEquivalents=-50", "NetCashProvidedByUsedInDiscontinuedOperations=70",
					"CashAndCashEquivalentsPeriodIncreaseDecrease=100")
			}, ""},
		{"debt above all liabilities", "debt",
			func(b *books) *books {
				b.filing("10-K", "2024-02-16").full("2023-12-31", "Liabilities=800", "LongTermDebtNoncurrent=450")
				return b.filing("10-Q", "2024-03-01").states("2023-12-31", "Liabilities=400")
			},
			"debt total_liabilities instant 2023-12-31 expected 450 found 400 by 10-Q 2024-03-01: " +
				"told by several filings: 10-K 2024-02-16 alone agrees with itself, 10-Q 2024-03-01 restates a part"},
		{"current above total", "current",
			func(b *books) *books {
				return b.filing("10-K", "2024-02-16").full("2023-12-31", "AssetsCurrent=1200", "LiabilitiesCurrent=300")
			},
			"current total_assets instant 2023-12-31 expected 1200 found 1000 by 10-K 2024-02-16"},
		{"share counts", "shares",
			func(b *books) *books {
				return b.filing("10-K", "2024-02-16").full("2023-12-31", "CommonStockSharesOutstanding=57600000").
					states("2024-02-07", "dei:EntityCommonStockSharesOutstanding=57753517000").
					states(year, "WeightedAverageNumberOfSharesOutstandingBasic=57644000")
			},
			"shares shares_outstanding instant 2023-12-31 expected 57600000 found 57753517000 by 10-K 2024-02-16: " +
				"the cover page's 57753517000 is alone against the other two"},
		{"a slip of the unit, undone", "unit_slip",
			func(b *books) *books {
				b.filing("10-K", "2022-02-16").states("2021-12-31", "Assets=1000000", "LiabilitiesAndStockholdersEquity=1000000")
				b.filing("10-K", "2023-02-16").states("2022-12-31", "Assets=1100", "LiabilitiesAndStockholdersEquity=1100000")
				return b.filing("10-K", "2024-02-16").states("2023-12-31", "Assets=1200000", "LiabilitiesAndStockholdersEquity=1200000")
			},
			"unit_slip total_assets instant 2022-12-31 expected 1000000 found 1100 by 10-K 2023-02-16: " +
				"10-K 2023-02-16 states it in another unit than the filings before and after\n" +
				"unit_slip total_assets instant 2023-12-31 expected 1100 found 1200000 by 10-K 2024-02-16: " +
				"10-K 2023-02-16 states it in another unit than the filings before and after"},
		{"a slip that a later filing corrects", "unit_slip",
			func(b *books) *books {
				b.filing("10-K", "2023-02-16").states("2022-12-31", "Assets=1100", "LiabilitiesAndStockholdersEquity=1100000")
				return b.filing("10-K", "2024-02-16").states("2022-12-31", "Assets=1100000").states("2023-12-31", "Assets=1200000", "LiabilitiesAndStockholdersEquity=1200000")
			},
			"unit_slip total_assets instant 2022-12-31 expected 1100000 found 1100 by 10-K 2023-02-16: " +
				"10-K 2023-02-16 states 0.001 times what 10-K 2024-02-16 states"},
		{"an outlier and a negative", "outlier",
			func(b *books) *books {
				b.filing("10-K", "2022-02-16").full("2021-12-31").states("2021-01-01..2021-12-31", "Revenues=500")
				b.filing("10-K", "2023-02-16").full("2022-12-31", "InventoryNet=-7").states("2022-01-01..2022-12-31", "Revenues=5600")
				return b.filing("10-K", "2024-02-16").full("2023-12-31").states(year, "Revenues=600")
			},
			"outlier inventory instant 2022-12-31 expected 7 found -7 by 10-K 2023-02-16\n" +
				"outlier revenue fy 2022-12-31 expected 550 found 5600 by 10-K 2023-02-16"},
		{"stale", "stale",
			func(b *books) *books {
				b.filing("10-Q", "2022-08-01").full("2022-06-30")
				return b.filing("10-K", "2023-02-16").full("2022-12-31")
			},
			"stale period_end instant 2022-12-31 expected 274 found 433 by 10-K 2023-02-16: its last report known is the 10-K filed 2023-02-16"},
		{"refused", "refused",
			func(b *books) *books {
				b.year(2021, 1)
				return b.filing("10-K", "2024-02-16").full("2023-12-31").states(year, "PaymentsToAcquirePropertyPlantAndEquipment=-5")
			},
			"refused capital_expenditure fy 2023-12-31 expected 0 found 0 by 10-K 2024-02-16: " +
				"10-K 2024-02-16: it cannot be negative: a slip of the sign"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := c.books(newBooks(t)).view("2024-03-08")
			if got := broken(v.Audit(c.check)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestAuditOfQuarters(t *testing.T) {
	b := newBooks(t).year(2022, 0.5).year(2023, 1)
	if got := broken(b.view("2024-03-08").Audit("quarters", "half_restated")); got != "" {
		t.Errorf("sound books break:\n%s", got)
	}
	// A third quarter told anew, the nine months not.
	b.filing("10-K/A", "2024-02-26").states("2023-07-01..2023-09-30", "NetIncomeLoss=23")
	const told = " fy 2023-12-31 expected 93 found 100 by 10-K 2024-02-20: as first told the quarters add up; 10-K/A 2024-02-26 tells a part anew"
	want := "quarters net_income" + told + "\nquarters net_income_to_common" + told
	if got := broken(b.quarters().view("2024-03-08").Audit("quarters")); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// Nine months told anew with the half in them told as before.
	c := newBooks(t)
	for _, told := range []struct{ filed, span, revenue string }{
		{"2023-08-01", "2023-01-01..2023-06-30", "300"}, {"2023-11-01", "2023-01-01..2023-09-30", "600"},
		{"2024-08-01", "2023-01-01..2023-06-30", "300"}, {"2024-11-01", "2023-01-01..2023-09-30", "700"},
	} {
		_, end, _ := strings.Cut(told.span, "..")
		c.filing("10-Q", told.filed).full(end).states(told.span, "Revenues="+told.revenue)
	}
	v := c.view("2024-11-08")
	if got := broken(v.Audit("half_restated")); got != "" {
		t.Errorf("the quarter mixes what was told anew with what was not:\n%s", got)
	}
	revenue, _ := standard.Concepts().Index("revenue")
	if got := v.ReadAt(revenue, date(t, "2023-09-30"), rules.Quarterly).Value.F; got != 300 {
		t.Errorf("the quarter reads %v, want 300 as both spans were first told", got)
	}
	if got := broken(c.view("2024-11-01").Audit("half_restated")); got != "" {
		t.Errorf("the later report was not known yet, but breaks:\n%s", got)
	}
}

// quarters enters the quarters of 2023 as the reports of a year state them
// beside the year to date.
func (b *books) quarters() *books {
	for i, span := range []string{"2023-01-01..2023-03-31", "2023-04-01..2023-06-30", "2023-07-01..2023-09-30"} {
		form, filed := b.form, b.filed
		b.form, b.filed = "10-Q", date(b.t, []string{"2023-05-01", "2023-08-01", "2023-11-01"}[i])
		b.states(span, fmt.Sprintf("NetIncomeLoss=%d", 10*(i+1)))
		b.form, b.filed = form, filed
	}
	return b
}

func TestAuditCountsWhatItCompared(t *testing.T) {
	a := newBooks(t).filing("10-K", "2024-02-16").full("2023-12-31", "Liabilities=400").view("2024-03-08").Audit("balance", "sides")
	if a.Compared["balance"] != 1 || a.Compared["sides"] != 1 || len(a.Compared) != 2 {
		t.Errorf("compared %v", a.Compared)
	}
}

// TestLawAuditLooksNotAhead holds that what is known later changes no audit.
func TestLawAuditLooksNotAhead(t *testing.T) {
	b := newBooks(t).year(2022, 1).year(2023, 1)
	day := date(t, "2024-01-15")
	before := slices.Collect(func(yield func(fundamentals.Filing) bool) {
		for _, f := range b.filings {
			if f.KnownOn <= day && !yield(f) {
				return
			}
		}
	})
	m := standard.Concepts()
	all := broken(standard.Build(m, 1, b.facts, b.filings).View(m, day, nil).Audit())
	if got := broken(standard.Build(m, 1, b.facts, before).View(m, day, nil).Audit()); got != all {
		t.Errorf("with later filings\n%s\nwithout\n%s", all, got)
	}
}

func TestRestatements(t *testing.T) {
	b := newBooks(t)
	b.filing("10-K", "2022-02-16").full("2021-12-31").states("2021-01-01..2021-12-31", "SalesRevenueNet=500", "NetIncomeLoss=20",
		"WeightedAverageNumberOfSharesOutstandingBasic=1000001")
	b.filing("10-K", "2023-02-16").full("2022-12-31").states("2021-01-01..2021-12-31",
		"RevenueFromContractWithCustomerExcludingAssessedTax=480", "NetIncomeLoss=20", "WeightedAverageNumberOfSharesOutstandingBasic=2000002")
	b.filing("10-K", "2024-02-16").full("2023-12-31").states("2021-01-01..2021-12-31", "NetIncomeLoss=30")
	told := func(asOf, name string) string {
		item, _ := standard.Concepts().Index(name)
		var lines []string
		for _, r := range b.view(asOf).Restatements(item) {
			share, _ := r.Share()
			lines = append(lines, fmt.Sprintf("%s %s %s: %.0f by %s (%s), %.0f by %s (%s), %+.0f, %+.1f%% %s", r.Item, r.Basis, r.End,
				r.First.Value, r.First.Filing.Accession, r.First.Tag, r.Later.Value, r.Later.Filing.Accession, r.Later.Tag,
				r.Difference(), 100*share, r.Note))
		}
		return strings.Join(lines, "\n")
	}
	for _, c := range []struct{ asOf, item, want string }{
		{"2024-03-08", "revenue", "revenue fy 2021-12-31: 500 by 10-K 2022-02-16 (SalesRevenueNet), " +
			"480 by 10-K 2023-02-16 (RevenueFromContractWithCustomerExcludingAssessedTax), -20, -4.0% by another tag"},
		{"2024-03-08", "net_income", "net_income fy 2021-12-31: 20 by 10-K 2022-02-16 (NetIncomeLoss), 30 by 10-K 2024-02-16 (NetIncomeLoss), +10, +50.0% "},
		{"2024-02-16", "net_income", ""},
		{"2024-03-08", "weighted_basic_shares", "weighted_basic_shares fy 2021-12-31: 1000001 by 10-K 2022-02-16 (WeightedAverageNumberOfSharesOutstandingBasic), " +
			"2000002 by 10-K 2023-02-16 (WeightedAverageNumberOfSharesOutstandingBasic), +1000001, +100.0% times 2, as a split would"},
		{"2024-03-08", "equity", ""},
	} {
		if got := told(c.asOf, c.item); got != c.want {
			t.Errorf("%s as of %s: got\n%s\nwant\n%s", c.item, c.asOf, got, c.want)
		}
	}
}
