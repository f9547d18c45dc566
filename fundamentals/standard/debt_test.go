package standard_test

import (
	"testing"

	"assay/fundamentals/standard"
	"assay/rules"
)

// The cases are balance sheets of real filers, in millions.
func TestDebt(t *testing.T) {
	for _, c := range []struct {
		name                         string
		lines                        []string
		short, current, long, leases string
	}{
		{"none", nil, "0", "0", "0", "0"},
		{"Cohu 0001437749-24-004596: notes and loans make up the maturities; the lease note is within rounding",
			[]string{"LongTermDebtCurrent=6.324", "LongTermDebtNoncurrent=34.303", "LongTermDebt=40.876", "LoansPayableToBankCurrent=4.551",
				"ShortTermBankLoansAndNotesPayable=1.773", "FinanceLeaseLiability=0.026"},
			"0", "6.324", "34.303", "0"},
		{"Manpower: DebtCurrent is borrowings and maturities",
			[]string{"DebtCurrent=12.1", "ShortTermBorrowings=9.0", "LongTermDebtCurrent=3.1", "LongTermDebtNoncurrent=990.5", "LongTermDebtAndCapitalLeaseObligations=990.5"},
			"9", "3.1", "990.5", "0"},
		{"ABM: DebtCurrent alone; loans are its part",
			[]string{"DebtCurrent=31.5", "LoansPayableCurrent=31.5", "LongTermDebtNoncurrent=1279.8", "FinanceLeaseLiability=14.2", "FinanceLeaseLiabilityCurrent=3.1", "FinanceLeaseLiabilityNoncurrent=11.1"},
			"31.5", "0", "1279.8", "14.2"},
		{"Schneider: one line is the other with leases",
			[]string{"LongTermDebtCurrent=100", "LongTermDebtAndCapitalLeaseObligationsCurrent=104.5", "LongTermDebtNoncurrent=190", "LongTermDebtAndCapitalLeaseObligations=197.6",
				"FinanceLeaseLiability=12.1", "FinanceLeaseLiabilityCurrent=4.5", "FinanceLeaseLiabilityNoncurrent=7.6"},
			"0", "104.5", "197.6", "0"},
		{"Chesapeake Utilities: the total with leases holds the current part",
			[]string{"LongTermDebtCurrent=18.5", "LongTermDebtNoncurrent=1187.1", "LongTermDebtAndCapitalLeaseObligations=1205.6", "ShortTermBorrowings=179.9"},
			"179.9", "18.5", "1187.1", "0"},
		{"Monro: maturities of leases only, long-term leases apart",
			[]string{"LongTermDebtAndCapitalLeaseObligationsCurrent=40", "LongTermDebtNoncurrent=105", "FinanceLeaseLiability=335.3", "FinanceLeaseLiabilityNoncurrent=295.3"},
			"0", "40", "105", "295.3"},
		{"Materion: the same amount as borrowings and as maturities",
			[]string{"LongTermDebtCurrent=38.6", "ShortTermBorrowings=38.6", "LongTermDebtNoncurrent=387.6"},
			"0", "38.6", "387.6", "0"},
		{"BJ's: only a total",
			[]string{"LongTermDebt=68"}, "0", "0", "68", "0"},
		{"Collegium: by kind",
			[]string{"ConvertibleLongTermNotesPayable=262.1", "LoansPayableCurrent=183.3", "LongTermLoansPayable=221.7"},
			"0", "183.3", "483.8", "0"},
		{"Tri Pointe: a builder's unclassified balance sheet",
			[]string{"LoansPayable=288.3", "LongTermDebt=1094.2", "SeniorNotes=1094.2"},
			"0", "0", "1382.5", "0"},
		{"Plexus 2023: debt in the notes, none on a line we know",
			[]string{"DebtInstrumentCarryingAmount=383"}, "0", "0", "not reported", "0"},
		{"a balance sheet with less than half of what the notes state",
			[]string{"LongTermDebtNoncurrent=10", "DebtInstrumentCarryingAmount=383"}, "0", "0", "irreconcilable", "0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := newBooks(t).filing("10-K", "2024-02-16").full("2023-12-31", c.lines...).view("2024-03-08")
			reads(t, v, "short_term_borrowings", now, c.short)
			reads(t, v, "long_term_debt_current", now, c.current)
			reads(t, v, "long_term_debt", now, c.long)
			reads(t, v, "finance_leases", now, c.leases)
		})
	}
}

func TestLiabilitiesWithoutATag(t *testing.T) {
	v := newBooks(t).filing("10-K", "2024-02-16").full("2023-12-31", "MinorityInterest=15", "TemporaryEquityCarryingAmountAttributableToParent=5").view("2024-03-08")
	reads(t, v, "total_liabilities", now, "380") // 1000 - 600 - 15 - 5
	item, _ := standard.Concepts().Index("total_liabilities")
	e := v.Evidence(item, v.Read(item, rules.At{}))
	want := "LiabilitiesAndStockholdersEquity - StockholdersEquity - MinorityInterest - TemporaryEquityCarryingAmountAttributableToParent"
	if e.Formula != want {
		t.Errorf("evidence says %q, want %q", e.Formula, want)
	}
}

func TestInterestSpeaksOfDebtThatNoLineShows(t *testing.T) {
	books := func(interest string) *books {
		return newBooks(t).filing("10-Q", "2013-11-01").full("2013-09-30", "Liabilities=1000").
			states("2013-07-01..2013-09-30", "InterestExpense="+interest)
	}
	reads(t, books("7").view("2013-12-01"), "long_term_debt", now, "not reported")
	reads(t, books("5").view("2013-12-01"), "long_term_debt", now, "0")
}
