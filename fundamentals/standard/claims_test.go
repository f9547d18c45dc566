package standard_test

import (
	"fmt"
	"testing"

	"assay/rules"
)

// Filers state one claim under two tags, or the total under the tag of a part:
// that reading counts with which the balance sheet of 1000, less liabilities, balances.
func TestClaims(t *testing.T) {
	for _, c := range []struct {
		name                        string
		words                       []string
		equity, minority, temporary string
	}{
		{"as tagged",
			[]string{"StockholdersEquity=580", "MinorityInterest=15", "TemporaryEquityCarryingAmountAttributableToParent=5", "Liabilities=400"},
			"580", "15", "5"},
		{"one line under two tags",
			[]string{"StockholdersEquity=580", "MinorityInterest=20", "TemporaryEquityCarryingAmountAttributableToParent=20", "Liabilities=400"},
			"580", "0", "20"},
		{"temporary equity within equity",
			[]string{"StockholdersEquity=600", "TemporaryEquityCarryingAmountAttributableToParent=30", "Liabilities=400"},
			"600", "0", "0"},
		{"a slip of the sign",
			[]string{"StockholdersEquity=-600", "Liabilities=400"}, "600", "0", "0"},
		{"the total under the tag of the parent's",
			[]string{"StockholdersEquity=600", "MinorityInterest=50", "Liabilities=400"}, "550", "50", "0"},
		{"a part of the minority tagged, total equity beside",
			[]string{"StockholdersEquity=500", "MinorityInterest=20", "Liabilities=400",
				"StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest=600"},
			"500", "100", "0"},
		{"no total liabilities: as tagged",
			[]string{"StockholdersEquity=600", "MinorityInterest=50"}, "600", "50", "0"},
		{"an interest by difference that takes most of equity away",
			[]string{"StockholdersEquity=600", "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest=100"},
			"600", "0", "0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := newBooks(t).filing("10-K", "2024-02-16").states("2023-12-31", append([]string{
				"Assets=1000", "LiabilitiesAndStockholdersEquity=1000", "CashAndCashEquivalentsAtCarryingValue=100",
			}, c.words...)...).view("2024-03-08")
			reads(t, v, "equity", now, c.equity)
			reads(t, v, "non_controlling_interests", now, c.minority)
			reads(t, v, "temporary_equity", now, c.temporary)
		})
	}
}

// A column of a note under a wrong date: what a later filing says of a balance
// sheet's day is to the dollar what was known of another.
func TestANoteUnderAWrongDateIsNotHeard(t *testing.T) {
	b := newBooks(t).filing("10-Q", "2023-08-01").full("2023-06-30", "Goodwill=310")
	b.filing("10-Q", "2023-11-01").full("2023-09-30", "Goodwill=333")
	b.filing("10-K", "2024-02-16").full("2023-12-31", "Goodwill=350").states("2023-09-30", "Goodwill=310")
	reads(t, b.view("2024-03-08"), "goodwill", back(1), "333")
	b.filing("10-K/A", "2024-04-16").full("2023-12-31", "Goodwill=350").states("2023-09-30", "Goodwill=320")
	reads(t, b.view("2024-05-08"), "goodwill", back(1), "320") // a restatement
}

// A quarter that is told with the sign turned: the spans to date say as much with
// the other sign.
func TestAQuarterWithTheSignTurnedIsNotHeard(t *testing.T) {
	for _, c := range []struct{ quarter, want string }{{"-30", "30"}, {"30", "30"}, {"31", "31"}} {
		b := newBooks(t).filing("10-Q", "2023-05-01").full("2023-03-31").states("2023-01-01..2023-03-31", "IncomeTaxExpenseBenefit=20")
		b.filing("10-Q", "2023-08-01").full("2023-06-30").
			states("2023-01-01..2023-06-30", "IncomeTaxExpenseBenefit=50").
			states("2023-04-01..2023-06-30", "IncomeTaxExpenseBenefit="+c.quarter)
		reads(t, b.view("2023-09-01"), "income_tax", quarter, c.want)
	}
}

// A table of quarters in an annual report counts where it adds up to the year;
// else the quarterly reports do.
func TestATableOfQuartersMustAddUp(t *testing.T) {
	for _, c := range []struct {
		name  string
		table [4]int
		want  string
	}{
		{"it adds up", [4]int{100, 110, 120, 170}, "120"},
		{"it is of something else", [4]int{90, 95, 99, 101}, "150"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBooks(t)
			ends := []string{"2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31"}
			starts := []string{"2023-01-01", "2023-04-01", "2023-07-01", "2023-10-01"}
			for i, sum := range []int{100, 220, 370} {
				b.filing("10-Q", []string{"2023-05-01", "2023-08-01", "2023-11-01"}[i]).full(ends[i]).
					states("2023-01-01.."+ends[i], fmt.Sprintf("Revenues=%d", sum))
			}
			b.filing("10-K", "2024-02-16").full(ends[3]).states("2023-01-01.."+ends[3], "Revenues=500")
			for i, q := range c.table {
				b.states(starts[i]+".."+ends[i], fmt.Sprintf("Revenues=%d", q))
			}
			reads(t, b.view("2024-03-08"), "revenue", rules.At{Basis: rules.Quarterly, Lag: 1}, c.want)
		})
	}
}

// The tag of income to common is at times put to income from continuing operations.
func TestEarningsPerShareTellWhatIsIncomeToCommon(t *testing.T) {
	year := "2023-01-01..2023-12-31"
	for _, c := range []struct{ name, eps, want string }{
		{"they divide net income", "-2", "-2e+08"},
		{"they divide what is tagged", "0.25", "2.5e+07"},
		{"they divide neither", "1", "2.5e+07"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBooks(t).filing("10-K", "2024-02-16").full("2023-12-31").states(year, "NetIncomeLoss=-200000000",
				"NetIncomeLossAvailableToCommonStockholdersBasic=25000000", "EarningsPerShareBasic="+c.eps,
				"WeightedAverageNumberOfSharesOutstandingBasic=100000000")
			reads(t, b.view("2024-03-08"), "net_income_to_common", now, c.want)
		})
	}
}
