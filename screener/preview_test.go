package screener_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/fundamentals"
	"assay/rules"
	"assay/screener"
)

// An edit that changes a threshold, takes a condition out, brings one in and
// shortens the list: each company is told with what did it.
func TestPreview(t *testing.T) {
	firm := func(ticker string, cik fundamentals.CIK, roic, cash, price float64) company {
		return company{cik: cik, ticker: ticker, numbers: map[string][]rules.Value{
			"roic": num(roic), "net_cash": num(cash), "price": num(price),
		}}
	}
	market := &table{rows: []company{
		firm("STAY", 1, 0.3, 5, 9), firm("LESS", 2, 0.1, 5, 8), firm("GONE", 3, 0.3, -5, 7), firm("DEAR", 4, 0.3, 5, 200),
		firm("LAST", 5, 0.3, 5, 1), firm("OUT", 6, 0.3, 5, 0.5),
	}}
	market.rows[4].numbers["roic"] = num(0.25)
	ranked := func(limit int, universe string, pass ...screener.Condition) *screener.Screen {
		u := rule(t, "universe", universe)
		return &screener.Screen{Name: "s", Universe: &u, Pass: pass, Rank: &screener.Rank{By: rule(t, "by", "price"), Limit: limit}}
	}
	condition := func(name, text string) screener.Condition {
		return screener.Condition{Rule: rule(t, name, text)}
	}
	before := ranked(0, "price >= 1", condition("returns", "roic >= 20%"), condition("cash", "net_cash > 0"))
	after := ranked(4, "price > 0", condition("returns", "roic >= 5%"), condition("cheap", "price < 100"))
	p, err := screener.NewPreview(t.Context(), market, before, after)
	if err != nil {
		t.Fatal(err)
	}
	line := func(b *bytes.Buffer, values ...any) {
		if err := screener.WriteJSON(b, values); err != nil {
			t.Fatal(err)
		}
	}
	var got, want bytes.Buffer
	for _, list := range [][]screener.Change{p.Adds, p.Drops, p.Moves} {
		for _, c := range list {
			line(&got, c.Ticker, c.OldRank, c.NewRank, c.Causes)
		}
	}
	line(&got, p.Before, p.After, p.Stays, p.ByCause, p.Verdicts)
	line(&want, "LESS", 0, 2, []screener.Cause{{Name: "returns", Old: "false", New: "true"}})
	line(&want, "GONE", 0, 3, []screener.Cause{{Name: "cash", Old: "false", New: ""}})
	line(&want, "DEAR", 1, 0, []screener.Cause{{Name: "cheap", Old: "", New: "false"}})
	line(&want, "STAY", 2, 1, []screener.Cause{})
	line(&want, "LAST", 3, 4, []screener.Cause{})
	line(&want, 3, 4, 2,
		[]screener.CauseTally{{Name: "cash", Adds: 1}, {Name: "cheap", Drops: 1}, {Name: "returns", Adds: 1}},
		[]screener.VerdictTally{{Old: "failed", New: "passed", Companies: 2}, {Old: "outside", New: "passed", Companies: 1}, {Old: "passed", New: "failed", Companies: 1}})
	if d := cmp.Diff(want.String(), got.String()); d != "" {
		t.Error(d)
	}
	if p, err = screener.NewPreview(t.Context(), market, after, before); err != nil || p.Adds[0].Causes[0] != (screener.Cause{Name: "cheap", Old: "false", New: ""}) && len(p.Adds) != 1 {
		t.Errorf("the other way round: %+v, %v", p, err)
	}
}
