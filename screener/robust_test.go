package screener_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/fundamentals"
	"assay/rules"
	"assay/screener"
)

// Of four companies and two other definitions, one survives both, one falls by a
// condition, one by the limit, one enters.
func TestVary(t *testing.T) {
	firm := func(ticker string, cik fundamentals.CIK, roic, growth, cash float64) company {
		return company{cik: cik, ticker: ticker, numbers: map[string][]rules.Value{
			"roic": num(roic), "growth_rate": num(growth), "net_cash": num(cash),
		}}
	}
	market := &table{rows: []company{
		firm("BOTH", 1, 0.3, 0.3, 9), firm("FALL", 2, 0.2, -0.1, 8), firm("LAST", 3, 0.1, 0.1, 1), firm("GAIN", 4, -0.1, 0.4, 7),
	}}
	screen := func(by string, limit int) *screener.Screen {
		return &screener.Screen{Name: "s", Pass: []screener.Condition{{Rule: rule(t, "returns", by+" > 0")}},
			Rank: &screener.Rank{By: rule(t, "by", "net_cash"), Limit: limit}}
	}
	r, err := screener.Vary(t.Context(), market, screen("roic", 0), []screener.Variation{
		{Metric: "roic", Variant: "growth_rate", Screen: screen("growth_rate", 0)},
		{Metric: "roic", Variant: "roic_of_two", Screen: screen("roic", 2)},
	}, screener.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	for _, c := range r.Candidates {
		if err := screener.WriteJSON(&got, []any{c.Rank, c.Ticker, c.Survives, c.Of, c.Standing, c.Falls}); err != nil {
			t.Fatal(err)
		}
	}
	var want bytes.Buffer
	for _, c := range [][]any{
		{1, "BOTH", 2, 2, "all", nil},
		{2, "FALL", 1, 2, "most", []screener.Fall{{Metric: "roic", Variant: "growth_rate", By: []string{"returns"}}}},
		{3, "LAST", 1, 2, "most", []screener.Fall{{Metric: "roic", Variant: "roic_of_two", By: []string{"rank"}}}},
		{0, "GAIN", 1, 2, "most", nil},
	} {
		if err := screener.WriteJSON(&want, c); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff(want.String(), got.String()); d != "" {
		t.Error(d)
	}
	if a, b := r.Variations[0], r.Variations[1]; a.Listed != 3 || a.Left != 1 || a.Enter != 1 || b.Listed != 2 || b.Left != 1 || b.Enter != 0 {
		t.Errorf("tallies %+v, %+v", a, b)
	}
	if d := cmp.Diff([]string{"net_cash", "roic"}, screen("roic", 0).Names()); d != "" {
		t.Error(d)
	}
}
