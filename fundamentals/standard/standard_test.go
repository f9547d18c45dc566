package standard_test

import (
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/standard"
	"assay/rules"
)

var (
	now     = rules.At{}
	quarter = rules.At{Basis: rules.Quarterly}
	annual  = rules.At{Basis: rules.Annual}
)

func back(lag int) rules.At { return rules.At{Lag: lag} }

func TestTwelveMonths(t *testing.T) {
	b := newBooks(t).year(2021, 1).year(2022, 2)
	// 100 of 2021, twice as much of 2022.
	v := b.view("2022-08-15")
	reads(t, v, "net_income", now, "130") // 100 + 60 - 30
	reads(t, v, "net_income", back(1), "110")
	reads(t, v, "net_income", back(2), "100")
	reads(t, v, "revenue", now, "1300")
	reads(t, v, "net_income", annual, "100")
	reads(t, v, "net_income", quarter, "40") // 60 - 20
	v = b.view("2023-03-01")
	reads(t, v, "net_income", now, "200")
	reads(t, v, "net_income", quarter, "80") // 200 - 120: nobody files a fourth quarter
	reads(t, v, "net_income", rules.At{Basis: rules.Quarterly, Lag: 4}, "40")
	reads(t, v, "net_income", back(4), "100")
	reads(t, v, "net_income", back(8), "not reported")
}

func TestNothingIsKnownBeforeTheDayAfterFiling(t *testing.T) {
	b := newBooks(t).year(2021, 1).year(2022, 2)
	reads(t, b.view("2023-02-20"), "net_income", now, "160") // 100 + 120 - 60
	reads(t, b.view("2023-02-21"), "net_income", now, "200")
	if v := b.view("2021-05-01"); v.Anchor != 0 {
		t.Errorf("anchor %s on the day of the first filing, want none", v.Anchor)
	}
}

func TestARestatementCountsFromItsFilingOn(t *testing.T) {
	b := newBooks(t).filing("10-K", "2019-03-14").full("2018-12-29")
	b.filing("10-Q", "2019-05-09").full("2019-03-30").states("2018-12-29", "CashAndCashEquivalentsAtCarryingValue=90")
	item, _ := standard.Concepts().Index("cash_and_equivalents")
	at := func(asOf string) float64 {
		return b.view(asOf).ReadAt(item, date(t, "2018-12-29"), rules.TTM).Value.F
	}
	if got := at("2019-05-09"); got != 100 {
		t.Errorf("before the restatement is known: %v, want 100", got)
	}
	if got := at("2019-05-10"); got != 90 {
		t.Errorf("after: %v, want 90", got)
	}
}

func TestALaterFilingForAnEarlierPeriodIsNotTheAnchor(t *testing.T) {
	b := newBooks(t).filing("10-Q", "2022-05-01").full("2022-03-31")
	b.filing("10-K/A", "2022-06-01").full("2021-12-31")
	if v := b.view("2022-07-01"); v.Anchor != date(t, "2022-03-31") {
		t.Errorf("anchor %s, want 2022-03-31", v.Anchor)
	}
}

func TestAnItemNotStatedAtTheAnchorIsNeverAnOlderValue(t *testing.T) {
	b := newBooks(t).filing("10-K", "2021-02-01").full("2020-12-31", "AssetsCurrent=300", "ShortTermInvestments=50")
	b.filing("10-K", "2022-02-01").full("2021-12-31")
	v := b.view("2022-03-01")
	reads(t, v, "current_assets", now, "not reported")
	reads(t, v, "short_term_investments", now, "0")
	reads(t, v, "short_term_investments", back(4), "50")
}

func TestAbsenceIsNoneOnlyOnAFullStatement(t *testing.T) {
	b := newBooks(t).filing("10-K", "2022-02-01").states("2021-12-31", "Assets=1000", "LiabilitiesAndStockholdersEquity=1000")
	v := b.view("2022-03-01")
	reads(t, v, "short_term_investments", now, "not reported")
	reads(t, v, "long_term_debt", now, "not reported")
	v = newBooks(t).filing("10-K", "2022-02-01").full("2021-12-31").view("2022-03-01")
	reads(t, v, "short_term_investments", now, "0")
	reads(t, v, "long_term_debt", now, "0")
	reads(t, v, "current_assets", now, "not reported")
}

func TestAFlowWhoseAbsenceMeansNone(t *testing.T) {
	b := newBooks(t).year(2021, 1).year(2022, 1)
	reads(t, b.view("2022-08-15"), "dividends_paid", now, "0")
	// Stated in the year only: what the quarters do not show is none.
	b.facts = append(b.facts, fundamentals.Fact{
		Tag: fundamentals.Tag{Taxonomy: "us-gaap", Name: "PaymentsOfDividends"}, Unit: "USD",
		Start: date(t, "2021-01-01"), End: date(t, "2021-12-31"), Value: 7, Accession: "10-K 2022-02-20", Form: "10-K", Filed: date(t, "2022-02-20"),
	})
	reads(t, b.view("2022-08-15"), "dividends_paid", now, "7")
	reads(t, b.view("2022-03-01"), "dividends_paid", now, "7")
	reads(t, b.view("2022-03-01"), "dividends_paid", annual, "7")
}

func TestSpansThatDoNotFitAreRefused(t *testing.T) {
	b := newBooks(t).filing("10-K", "2021-02-20").full("2020-12-31").states("2020-01-01..2020-12-31", "NetIncomeLoss=100")
	// The year to date, but none of the year before.
	b.filing("10-Q", "2021-08-01").full("2021-06-30").states("2021-01-01..2021-06-30", "NetIncomeLoss=60")
	reads(t, b.view("2021-09-01"), "net_income", now, "irreconcilable")
}

func TestFiftyThreeWeeks(t *testing.T) {
	b := newBooks(t).filing("10-K", "2023-02-01").full("2022-12-31").states("2021-12-26..2022-12-31", "NetIncomeLoss=100")
	b.filing("10-Q", "2023-05-05").full("2023-04-01").
		states("2023-01-01..2023-04-01", "NetIncomeLoss=30").states("2021-12-26..2022-03-26", "NetIncomeLoss=20")
	reads(t, b.view("2023-06-01"), "net_income", now, "110")
}

func TestATagThatChangesBetweenYearAndQuarters(t *testing.T) {
	b := newBooks(t).filing("10-K", "2018-02-20").full("2017-12-31").states("2017-01-01..2017-12-31", "SalesRevenueNet=1000")
	b.filing("10-Q", "2018-05-01").full("2018-03-31").
		states("2018-01-01..2018-03-31", "RevenueFromContractWithCustomerExcludingAssessedTax=300").
		states("2017-01-01..2017-03-31", "RevenueFromContractWithCustomerExcludingAssessedTax=250")
	reads(t, b.view("2018-06-01"), "revenue", now, "1050")
}

func TestTheThreeSpansStandOnOneTagWhereStated(t *testing.T) {
	// HNI's annual report states two tags, its quarterly ones the second.
	b := newBooks(t).filing("10-K", "2018-02-20").full("2017-12-31").
		states("2017-01-01..2017-12-31", "PaymentsToAcquirePropertyPlantAndEquipment=109", "PaymentsToAcquireProductiveAssets=127")
	b.filing("10-Q", "2018-07-31").full("2018-06-30").
		states("2018-01-01..2018-06-30", "PaymentsToAcquireProductiveAssets=32").
		states("2017-01-01..2017-06-30", "PaymentsToAcquireProductiveAssets=64")
	v := b.view("2018-09-28")
	reads(t, v, "capital_expenditure", now, "95")
	reads(t, v, "capital_expenditure", annual, "109")
}

func TestAYearThatAQuarterlyReportRetells(t *testing.T) {
	b := newBooks(t).filing("10-K", "2025-02-20").full("2024-12-31").states("2024-01-01..2024-12-31", "Revenues=1000")
	b.filing("10-Q", "2025-04-28").full("2025-03-31").states("2024-01-01..2024-12-31", "Revenues=50")
	b.states("2025-01-01..2025-03-31", "Revenues=300").states("2024-01-01..2024-03-31", "Revenues=250")
	reads(t, b.view("2025-06-01"), "revenue", now, "1050") // not 50 + 300 - 250
	b.filing("10-Q", "2025-08-01").full("2025-06-30").states("2024-01-01..2024-12-31", "Revenues=990")
	b.states("2025-01-01..2025-06-30", "Revenues=600").states("2024-01-01..2024-06-30", "Revenues=500")
	reads(t, b.view("2025-09-01"), "revenue", now, "1090") // a correction counts
}

func TestSlipsAreRefused(t *testing.T) {
	b := newBooks(t).filing("10-K", "2024-02-20").full("2023-12-31").
		states("2023-01-01..2023-12-31", "PaymentsToAcquirePropertyPlantAndEquipment=-203", "Revenues=0", "SalesRevenueNet=2045")
	v := b.view("2024-03-08")
	reads(t, v, "capital_expenditure", now, "irreconcilable")
	reads(t, v, "revenue", now, "2045") // PriceSmart's Revenues of 0
}

func TestOtherCurrency(t *testing.T) {
	b := newBooks(t).filing("20-F", "2024-02-20").full("2023-12-31").states("2023-01-01..2023-12-31", "NetIncomeLoss=5EUR")
	v := b.view("2024-03-08")
	reads(t, v, "net_income", now, "other currency")
	if !v.AnnualOnly {
		t.Error("a filer of 20-F alone files once a year")
	}
}

func TestStaleByKindOfFiler(t *testing.T) {
	b := newBooks(t).filing("20-F", "2024-02-20").full("2023-12-31")
	for asOf, want := range map[string]bool{"2025-05-31": false, "2025-06-02": true} {
		if got := b.view(asOf).Stale(0); got != want {
			t.Errorf("annual filer stale on %s: %v, want %v", asOf, got, want)
		}
	}
	b.filing("10-Q", "2023-11-01").full("2023-09-30")
	if !b.view("2024-10-02").Stale(0) {
		t.Error("a quarterly filer's statement of nine months ago is stale")
	}
	if b.view("2024-10-02").Stale(300) {
		t.Error("a screen's own limit counts")
	}
}

func TestFormsThatDoNotCount(t *testing.T) {
	b := newBooks(t).filing("10-K", "2022-02-01").full("2021-12-31", "InventoryNet=5")
	b.filing("DEF 14A", "2022-04-01").states("2021-12-31", "InventoryNet=5000").filing("8-K", "2022-04-02").states("2021-12-31", "InventoryNet=50")
	reads(t, b.view("2022-05-01"), "inventory", now, "5")
}

func TestTheSpanBeforeIsReadAsTheSameFilingStatesIt(t *testing.T) {
	b := newBooks(t).filing("10-K", "2022-02-20").full("2021-12-31").states("2021-01-01..2021-12-31", "NetIncomeLoss=100")
	b.filing("10-Q", "2022-08-01").full("2022-06-30").
		states("2022-01-01..2022-06-30", "NetIncomeLoss=60").states("2021-01-01..2021-06-30", "NetIncomeLoss=30")
	b.filing("10-Q/A", "2022-08-20").full("2021-06-30").states("2021-01-01..2021-06-30", "NetIncomeLoss=35")
	reads(t, b.view("2022-09-01"), "net_income", now, "130")
}

func TestOfTwoSpansTheOneStatedLastCounts(t *testing.T) {
	b := newBooks(t).filing("10-K", "2022-02-20").full("2021-12-31").states("2021-01-02..2021-12-31", "NetIncomeLoss=100")
	b.filing("10-K", "2023-02-20").full("2022-12-31").states("2021-01-01..2021-12-31", "NetIncomeLoss=110")
	reads(t, b.view("2022-03-01"), "net_income", now, "100")
	reads(t, b.view("2023-03-01"), "net_income", back(4), "110")
}

func TestAPointIsAtMostTwentyFiveDaysOff(t *testing.T) {
	b := newBooks(t).filing("10-K", "2021-03-01").full("2020-12-06").filing("10-K", "2022-03-01").full("2021-12-31")
	reads(t, b.view("2022-03-10"), "total_assets", back(4), "1000")
	b = newBooks(t).filing("10-K", "2021-03-01").full("2020-12-05").filing("10-K", "2022-03-01").full("2021-12-31")
	reads(t, b.view("2022-03-10"), "total_assets", back(4), "not reported")
}

func TestAQuarterIsTheDifferenceOfOneTag(t *testing.T) {
	b := newBooks(t).filing("10-Q", "2023-11-01").full("2023-09-30").states("2023-01-01..2023-09-30", "DepreciationAndAmortization=388")
	b.filing("10-K", "2024-02-20").full("2023-12-31").states("2023-01-01..2023-12-31", "DepreciationAmortizationAndAccretionNet=32")
	reads(t, b.view("2024-03-08"), "depreciation_and_amortization", quarter, "irreconcilable")
	b.states("2023-01-01..2023-12-31", "DepreciationAndAmortization=520")
	reads(t, b.view("2024-03-08"), "depreciation_and_amortization", quarter, "132")
}

func TestResearchOnceTaggedIsNotAbsentBeside(t *testing.T) {
	b := newBooks(t).year(2021, 1).year(2022, 1)
	for i := range b.facts { // tagged from the 10-K for 2021 on, the quarters of 2021 never
		f := b.facts[i]
		if f.Tag.Name == "NetIncomeLoss" && f.Start.Year() == 2022 || f.Accession == "10-K 2022-02-20" && f.Tag.Name == "NetIncomeLoss" {
			f.Tag.Name, f.Value = "ResearchAndDevelopmentExpense", 5
			b.facts = append(b.facts, f)
		}
	}
	reads(t, b.view("2022-08-15"), "research_and_development", now, "irreconcilable")
	reads(t, b.view("2022-03-01"), "research_and_development", now, "5")
}

func TestAUnitThatIsNotTheItemsIsNoValue(t *testing.T) {
	b := newBooks(t).filing("20-F", "2024-02-20").full("2023-12-31", "PreferredStockValue=7")
	for i := range b.facts {
		if b.facts[i].Tag.Name == "PreferredStockValue" {
			b.facts[i].Unit = "shares"
		}
		if b.facts[i].Tag.Name == "Assets" {
			b.facts[i].Unit = "EUR"
		}
	}
	v := b.view("2024-03-08")
	reads(t, v, "total_assets", now, "other currency")
	reads(t, v, "preferred", now, "other currency") // no zero on a statement in euros
}

func TestAFigureOfANoteIsNotTheBalanceSheets(t *testing.T) {
	b := newBooks(t).filing("10-Q", "2023-03-21").full("2023-02-28", "Liabilities=600")
	b.filing("10-K", "2023-07-18").full("2023-05-31").states("2023-02-28", "Liabilities=2", "StockholdersEquity=590")
	item, _ := standard.Concepts().Index("total_liabilities")
	if got := b.view("2023-08-01").ReadAt(item, date(t, "2023-02-28"), rules.TTM).Value; got != rules.Num(600) {
		t.Errorf("total liabilities %v, want 600", got)
	}
	item, _ = standard.Concepts().Index("equity")
	if got := b.view("2023-08-01").ReadAt(item, date(t, "2023-02-28"), rules.TTM).Value; got != rules.Num(590) {
		t.Errorf("equity %v, want the 590 of the later equity statement", got)
	}
}

func TestAPartStatedByAllThreeSpansIsNotTheWhole(t *testing.T) {
	b := newBooks(t).filing("10-K", "2018-02-20").full("2017-12-31").
		states("2017-01-01..2017-12-31", "SalesRevenueNet=1000", "SalesRevenueServicesNet=100")
	b.filing("10-Q", "2018-05-01").full("2018-03-31").
		states("2018-01-01..2018-03-31", "RevenueFromContractWithCustomerExcludingAssessedTax=300", "SalesRevenueServicesNet=30").
		states("2017-01-01..2017-03-31", "RevenueFromContractWithCustomerExcludingAssessedTax=250", "SalesRevenueServicesNet=20")
	reads(t, b.view("2018-06-01"), "revenue", now, "1050") // not the 110 of services
}
