package standard_test

import (
	"fmt"
	"strings"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/standard"
)

// counts writes quarterly reports with weighted shares: of the quarter and of
// the one a year before, on the basis of the day; two for one from the split on.
func counts(t testing.TB, split int, restates bool) *books {
	b := newBooks(t)
	for q := range 12 {
		end := fundamentals.NewDate(2020, 1, 1).AddMonths(3*(q+1)) - 1
		b.filing("10-Q", (end + 35).String()).full(end.String())
		count := func(of int) float64 {
			n := 1e6 * (1 + float64(of)/100)
			if q >= split && (of >= split || restates) {
				n *= 2
			}
			return n
		}
		state := func(of int) {
			to := fundamentals.NewDate(2020, 1, 1).AddMonths(3*(of+1)) - 1
			span := fmt.Sprintf("%s..%s", to.AddMonths(-3)+1, to)
			b.states(span, fmt.Sprintf("WeightedAverageNumberOfSharesOutstandingBasic=%g", count(of)),
				fmt.Sprintf("WeightedAverageNumberOfDilutedSharesOutstanding=%g", count(of)*1.02))
		}
		state(q)
		if q >= 4 {
			state(q - 4)
		}
		b.states((end + 20).String(), fmt.Sprintf("dei:EntityCommonStockSharesOutstanding=%g", count(q)))
	}
	return b
}

func TestASplitRestatesThePastAMergerDoesNot(t *testing.T) {
	m := standard.Concepts()
	b := counts(t, 7, true)
	c := standard.Build(m, 1, b.facts, b.filings)
	got := c.Splits(m, 1<<30)
	if len(got) != 1 || got[0] != (standard.FoundSplit{Ratio: 2, Old: 6, New: 7}) {
		t.Errorf("found %+v, want 2:1 between the seventh and the eighth report", got)
	}
	if early := c.Splits(m, c.Filings[7].KnownOn-1); len(early) != 0 {
		t.Errorf("found %+v before it was known", early)
	}
	b = counts(t, 7, false)
	if got := standard.Build(m, 1, b.facts, b.filings).Splits(m, 1<<30); len(got) != 0 {
		t.Errorf("a merger is no split: found %+v", got)
	}
}

func TestAFoundSplitMovesOlderCountsOnly(t *testing.T) {
	b := counts(t, 7, true)
	v := b.view("2022-03-10") // the eighth report, for 2021, is known
	reads(t, v, "shares_outstanding", now, "2.14e+06")
	reads(t, v, "shares_outstanding", back(1), "2.12e+06") // 1.06 million on a cover of before
	reads(t, v, "shares_outstanding", back(4), "2.06e+06")
	reads(t, v, "weighted_basic_shares", back(4), "2.06e+06") // restated: not twice
	reads(t, v, "weighted_basic_shares", back(1), "2.12e+06")
	reads(t, b.view("2021-12-10"), "shares_outstanding", now, "1.06e+06")
}

func TestASplitOfTheFileIsNotFoundAgain(t *testing.T) {
	b := counts(t, 7, true)
	listed := fundamentals.Split{Ticker: "X", Date: date(t, "2021-12-01"), Ratio: 2}
	reads(t, b.view("2022-03-10", listed), "shares_outstanding", back(1), "2.12e+06")
	reads(t, b.view("2022-03-10", listed), "shares_outstanding", now, "2.14e+06")
}

// Splits as companies announced them, by the filings between which the facts
// place them. The five of 2024 and 2025 can be seen by comparing price files of
// 2024-03-08 and 2025-04-04.
func TestRealSplits(t *testing.T) {
	m := standard.Concepts()
	for _, c := range []struct {
		name string
		cik  fundamentals.CIK
		want string
	}{
		{"Meritage 2:1, January 2025", 833079, "2 2024-10-31 2025-02-20"},
		{"CorVel 3:1, December 2024; 2:1, June 2013", 874866, "2 2013-06-10 2013-08-05, 3 2024-11-07 2025-02-06"},
		{"Sezzle 6:1, March 2025", 1662991, "6 2025-02-27 2025-05-08"},
		{"Patrick 3:2, December 2024, 2017 and 2015", 76605, "1.5 2015-05-07 2015-08-06, 1.5 2017-11-02 2018-02-28, 1.5 2024-11-07 2025-02-20"},
		{"Angi 1:10, March 2025", 1705110, "0.1 2025-02-28 2025-05-06"},
		{"Penguin 2:1, February 2022", 1616533, "2 2022-01-04 2022-04-05"},
		{"Neogen: 3:2, 4:3, 2:1; its merger of September 2022 doubled the count", 711377,
			"1.5 2013-09-30 2014-01-09, 1.33333 2017-09-29 2018-01-05, 2 2021-03-31 2021-07-30"},
		{"Patterson-UTI: a merger and a slip of the unit", 889900, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			facts, filings := realFacts(t, c.cik)
			company := standard.Build(m, c.cik, facts, filings)
			var got []string
			for _, s := range company.Splits(m, 1<<30) {
				got = append(got, fmt.Sprintf("%.6g %s %s", s.Ratio, company.Filings[s.Old].Filed, company.Filings[s.New].Filed))
			}
			if text := strings.Join(got, ", "); text != c.want {
				t.Errorf("found %s, want %s", text, c.want)
			}
		})
	}
}
