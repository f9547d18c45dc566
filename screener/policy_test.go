package screener_test

import (
	"fmt"
	"testing"

	"assay/rules"
	"assay/screener"
)

// TestPolicies: what unknown does to a company of whose two conditions one is
// unknown, and for whom which condition counts as the only reason.
func TestPolicies(t *testing.T) {
	market := &table{rows: []company{
		{cik: 1, ticker: "HUSH", numbers: map[string][]rules.Value{"roic": num(0.2)}},
		{cik: 2, ticker: "LOSS", numbers: map[string][]rules.Value{"roic": num(-0.2)}},
		{cik: 3, ticker: "DEBT", numbers: map[string][]rules.Value{"roic": num(-0.2), "net_cash": num(-1)}},
	}}
	for policy, want := range map[screener.Policy]string{
		screener.MissingUnknown: "0 passed, 2 failed, 1 unknown; returns alone 1 and 0, cash alone 0 and 1",
		screener.MissingPass:    "1 passed, 2 failed, 0 unknown; returns alone 1 and 0, cash alone 0 and 0",
		screener.MissingFail:    "0 passed, 3 failed, 0 unknown; returns alone 0 and 0, cash alone 1 and 0",
	} {
		screen := &screener.Screen{Name: "s", Pass: []screener.Condition{
			{Rule: rule(t, "returns", "roic > 0")}, {Rule: rule(t, "cash", "net_cash >= 0"), Missing: policy},
		}}
		r, err := screener.Run(t.Context(), market, screen, screener.Options{})
		if err != nil {
			t.Fatal(err)
		}
		a, b := r.Conditions[0], r.Conditions[1]
		got := fmt.Sprintf("%d passed, %d failed, %d unknown; returns alone %d and %d, cash alone %d and %d",
			r.Passed, r.Failed, r.Unknown, a.OnlyReason, a.OnlyUnknown, b.OnlyReason, b.OnlyUnknown)
		if got != want {
			t.Errorf("%s: got %s, want %s", policy, got, want)
		}
	}
}

// TestRankMissing: companies without a score come last, in the order of their
// numbers and not of their reasons, and peers are those that are ranked over.
func TestRankMissing(t *testing.T) {
	market := &table{rows: []company{
		{cik: 2, ticker: "HUSH", numbers: map[string][]rules.Value{"roic": num(0.1)}},
		{cik: 1, ticker: "ODDS", numbers: map[string][]rules.Value{"roic": num(0.1), "net_cash": none(rules.Irreconcilable)}},
		{cik: 3, ticker: "CASH", numbers: map[string][]rules.Value{"roic": num(0.1), "net_cash": num(-5)}},
		{cik: 4, ticker: "LOSS", numbers: map[string][]rules.Value{"roic": num(-0.1), "net_cash": num(5)}},
	}}
	screen := &screener.Screen{Name: "s", Pass: []screener.Condition{{Rule: rule(t, "returns", "roic > 0")}},
		Rank: &screener.Rank{By: rule(t, "by", "net_cash"), OverPassed: true}}
	r, err := screener.Run(t.Context(), market, screen, screener.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, c := range r.Candidates {
		got += c.Ticker + " "
	}
	if want := "CASH ODDS HUSH "; got != want || r.Ranking.Peers != 3 || r.Ranking.Missing != 2 {
		t.Errorf("got %s, want %s; %+v", got, want, *r.Ranking)
	}
}
