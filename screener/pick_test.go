package screener_test

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/screener"
)

// TestLawPickIsRun: what is picked is what a run lists, in its order.
func TestLawPickIsRun(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		market, screen := drawTable(rt), drawScreen(rt, t)
		rows, err := screener.Pick(context.Background(), market, screen)
		if err != nil {
			rt.Fatal(err)
		}
		var got, want []fundamentals.CIK
		for _, row := range rows {
			got = append(got, market.CIK(row))
		}
		for _, c := range mustRun(rt, market, screen, screener.Options{}).Candidates {
			want = append(want, c.CIK)
		}
		if !slices.Equal(got, want) {
			rt.Fatalf("picked %v, the run lists %v", got, want)
		}
	})
}

// TestPickErrors: what cannot be read is told with its place.
func TestPickErrors(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	market := &table{rows: []company{{cik: 1}}}
	condition := rule(t, "c", "roic > 0")
	for want, screen := range map[string]*screener.Screen{
		"screen s as of 2024-03-08: universe: context canceled":    {Name: "s", Universe: &condition},
		"screen s as of 2024-03-08: condition c: context canceled": {Name: "s", Pass: []screener.Condition{{Rule: condition}}},
		"screen s as of 2024-03-08: rank, roic: context canceled":  {Name: "s", Rank: &screener.Rank{By: rule(t, "by", "roic")}},
	} {
		if _, err := screener.Pick(ctx, market, screen); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
