package standard_test

import (
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/standard"
	"assay/rules"
)

// stated is a value as a filing states it: the table is checked against the
// filing first, so that it cannot be the program's own output.
type stated struct {
	cik       fundamentals.CIK
	item, tag string
	start     string // "" for a balance
	end, asOf string
	value     float64
	accession string
}

var statedValues = []stated{
	{21535, "cash_and_equivalents", "CashAndCashEquivalentsAtCarryingValue", "", "2018-12-29", "2019-04-01", 164921000, "0001437749-19-004933"},               // COHU
	{21535, "cash_and_equivalents", "CashAndCashEquivalentsAtCarryingValue", "", "2018-12-29", "2019-06-01", 164460000, "0001437749-19-009301"},               // COHU
	{21535, "cash_and_equivalents", "CashAndCashEquivalentsAtCarryingValue", "", "2023-12-30", "2024-03-08", 245524000, "0001437749-24-004596"},               // COHU
	{21535, "short_term_investments", "ShortTermInvestments", "", "2023-12-30", "2024-03-08", 90174000, "0001437749-24-004596"},                               // COHU
	{21535, "equity", "StockholdersEquity", "", "2023-12-30", "2024-03-08", 950170000, "0001437749-24-004596"},                                                // COHU
	{21535, "operating_income", "OperatingIncomeLoss", "2023-01-01", "2023-12-30", "2024-03-08", 43272000, "0001437749-24-004596"},                            // COHU
	{21535, "long_term_debt", "LongTermDebtNoncurrent", "", "2023-12-30", "2024-03-08", 34303000, "0001437749-24-004596"},                                     // COHU
	{21535, "long_term_debt_current", "LongTermDebtCurrent", "", "2023-12-30", "2024-03-08", 6324000, "0001437749-24-004596"},                                 // COHU
	{21535, "cash_and_equivalents", "CashAndCashEquivalentsAtCarryingValue", "", "2024-03-30", "2024-07-01", 191065000, "0001437749-24-014436"},               // COHU
	{21535, "short_term_investments", "ShortTermInvestments", "", "2024-03-30", "2024-07-01", 80257000, "0001437749-24-014436"},                               // COHU
	{21535, "equity", "StockholdersEquity", "", "2024-03-30", "2024-07-01", 915357000, "0001437749-24-014436"},                                                // COHU
	{21535, "long_term_debt", "LongTermDebtNoncurrent", "", "2024-03-30", "2024-07-01", 8024000, "0001437749-24-014436"},                                      // COHU
	{21535, "long_term_debt_current", "LongTermDebtCurrent", "", "2024-03-30", "2024-07-01", 2803000, "0001437749-24-014436"},                                 // COHU
	{21535, "revenue", "SalesRevenueNet", "2017-01-01", "2017-12-30", "2018-06-01", 352704000, "0001437749-18-003809"},                                        // COHU
	{21535, "revenue", "RevenueFromContractWithCustomerIncludingAssessedTax", "2017-12-31", "2018-12-29", "2019-04-01", 451768000, "0001437749-19-004933"},    // COHU
	{1046568, "short_term_investments", "AvailableForSaleSecuritiesDebtSecuritiesCurrent", "", "2023-12-31", "2024-03-08", 485135000, "0000950170-24-017946"}, // PRDO
	{1046568, "operating_income", "OperatingIncomeLoss", "2023-01-01", "2023-12-31", "2024-03-08", 150446000, "0000950170-24-017946"},                         // PRDO
	{1046568, "capital_expenditure", "PaymentsForCapitalImprovements", "2023-01-01", "2023-12-31", "2024-03-08", 6411000, "0000950170-24-017946"},             // PRDO
	{885245, "equity", "StockholdersEquity", "", "2023-10-28", "2024-03-08", 474018000, "0000885245-23-000056"},                                               // BKE
	{57131, "cash_and_equivalents", "CashAndCashEquivalentsAtCarryingValue", "", "2024-01-27", "2024-03-08", 329324000, "0000057131-24-000013"},               // LZB
	{1369568, "cash_and_equivalents", "CashAndCashEquivalentsAtCarryingValue", "", "2023-12-31", "2024-03-08", 137636000, "0001193125-24-050908"},             // CPRX
	{836157, "long_term_debt", "LongTermDebtNoncurrent", "", "2023-11-30", "2024-03-08", 115120000, "0000950170-24-001854"},                                   // LNN
	{836157, "short_term_investments", "MarketableSecuritiesCurrent", "", "2023-11-30", "2024-03-08", 16278000, "0000950170-24-001854"},                       // LNN
	{1158895, "short_term_investments", "AvailableForSaleSecuritiesDebtSecuritiesCurrent", "", "2023-12-31", "2024-03-08", 80805000, "0001437749-24-006037"},  // LMAT
	{16160, "short_term_investments", "AvailableForSaleSecuritiesDebtSecuritiesCurrent", "", "2023-12-02", "2024-03-08", 206045000, "0001562762-24-000004"},   // CALM
	{810136, "long_term_debt", "LongTermDebtAndCapitalLeaseObligations", "", "2024-01-28", "2024-03-08", 2655000, "0001140361-24-011988"},                     // PLAB
	{810136, "long_term_debt_current", "LongTermDebtAndCapitalLeaseObligationsCurrent", "", "2024-01-28", "2024-03-08", 20771000, "0001140361-24-011988"},     // PLAB
	{1598428, "long_term_debt_current", "LongTermDebtCurrent", "", "2023-12-31", "2024-03-08", 13200000, "0000950170-24-022078"},                              // MTUS
	{1599617, "finance_leases", "FinanceLeaseLiability", "", "2023-12-31", "2024-03-08", 22000000, "0000950170-24-015744"},                                    // DNOW
	{1845815, "long_term_debt", "LongTermDebtNoncurrent", "", "2023-12-31", "2024-03-08", 18411000, "0001558370-24-001998"},                                   // PAYO
	{100591, "short_term_investments", "ShortTermInvestments", "", "2023-10-31", "2024-03-08", 108029000, "0001558370-23-019517"},                             // AGX
	{764401, "equity", "StockholdersEquity", "", "2022-10-01", "2022-12-30", 389744000, "0001437749-22-024897"},                                               // IIIN
	{1057060, "short_term_borrowings", "ShortTermBorrowings", "", "2022-09-30", "2022-12-30", 132026000, "0000950170-22-025440"},                              // HZO
	{894405, "long_term_debt", "LongTermDebtAndCapitalLeaseObligations", "", "2022-09-30", "2022-12-30", 189798000, "0001558370-22-016430"},                   // ARCB
	{1680062, "short_term_borrowings", "ShortTermBorrowings", "", "2022-09-30", "2022-12-30", 50688000, "0001140361-22-040544"},                               // ACMR
	{1039399, "short_term_investments", "MarketableSecuritiesCurrent", "", "2022-09-24", "2022-12-30", 130991000, "0001039399-22-000099"},                     // FORM
	{1041803, "short_term_borrowings", "ShortTermBorrowings", "", "2022-08-31", "2022-12-30", 10608000, "0001041803-22-000041"},                               // PSMT
	{6845, "revenue", "SalesRevenueNet", "2012-03-04", "2013-03-02", "2013-06-28", 700224000, "0000006845-13-000009"},                                         // APOG
	{1041803, "revenue", "SalesRevenueNet", "2011-09-01", "2012-08-31", "2012-12-31", 2050745000, "0001041803-12-000046"},                                     // PSMT
	{889900, "balance_shares", "CommonStockSharesOutstanding", "", "2023-12-31", "2024-03-08", 411195302, "0000950170-24-020661"},                             // PTEN
	{1821825, "equity", "StockholdersEquity", "", "2023-12-31", "2024-03-08", -70000000, "0001628280-24-006733"},                                              // OGN
	{1872789, "equity", "StockholdersEquity", "", "2023-12-31", "2024-03-08", -793500000, "0001872789-24-000006"},                                             // EMBC
}

func TestStatedValues(t *testing.T) {
	m := standard.Concepts()
	byCompany := map[fundamentals.CIK][]stated{}
	for _, s := range statedValues {
		byCompany[s.cik] = append(byCompany[s.cik], s)
	}
	for cik, list := range byCompany {
		facts, filings := realFacts(t, cik)
		company := standard.Build(m, cik, facts, filings)
		for _, s := range list {
			if !inFiling(t, facts, s) {
				t.Errorf("%+v: the filing does not say so", s)
				continue
			}
			item, ok := m.Index(s.item)
			if !ok {
				t.Fatalf("no item %s", s.item)
			}
			r := company.View(m, date(t, s.asOf), nil).ReadAt(item, date(t, s.end), rules.Annual)
			if r.Value != rules.Num(s.value) {
				t.Errorf("%+v: got %v (%s)", s, r.Value, r.Note)
			}
		}
	}
}

func inFiling(t *testing.T, facts []fundamentals.Fact, s stated) bool {
	for _, f := range facts {
		if f.Accession == s.accession && f.Tag.Name == s.tag && f.Value == s.value &&
			f.Start == date(t, s.start) && f.End == date(t, s.end) {
			return true
		}
	}
	return false
}

// The hard cases of share counts, as their filings state them.
func TestRealShareCounts(t *testing.T) {
	m := standard.Concepts()
	for _, c := range []struct {
		name string
		cik  fundamentals.CIK
		asOf string
		want rules.Value
	}{
		{"Cohu, cover of 0001437749-24-004596", 21535, "2024-03-08", rules.Num(47076499)},
		{"Cohu, cover of 0001437749-24-014436", 21535, "2024-07-01", rules.Num(47085873)},
		{"Champion Homes, cover of 2024-02-06 a thousand times too high", 90896, "2024-03-08", rules.None(rules.Irreconcilable)},
		{"Chesapeake Utilities, cover of 2023-11-02 a thousand times too high", 19745, "2024-02-01", rules.None(rules.Irreconcilable)},
		{"Chesapeake Utilities, cover of 2024-02-21", 19745, "2024-03-08", rules.Num(22238384)},
		{"Patterson-UTI, averages a thousandth", 889900, "2024-03-08", rules.Num(408192236)},
	} {
		t.Run(c.name, func(t *testing.T) {
			facts, filings := realFacts(t, c.cik)
			item, _ := m.Index("shares_outstanding")
			r := standard.Build(m, c.cik, facts, filings).View(m, date(t, c.asOf), nil).Read(item, rules.At{})
			if r.Value != c.want {
				t.Errorf("got %v (%s), want %v", r.Value, r.Note, c.want)
			}
		})
	}
}
