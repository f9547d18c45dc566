package screener_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/rules"
	"assay/screener"
)

// lacking explains a company of which little is known: no net cash, a stale
// price, and a return for two of three years.
func lacking(t *testing.T, text string) *screener.Explanation {
	t.Helper()
	market := &table{version: "d", rows: []company{{cik: 1, ticker: "ONE", sector: "Tech", numbers: map[string][]rules.Value{
		"market_cap": num(1e9), "net_cash": none(rules.Stale), "price": none(rules.NotKnownYet), "shares": num(1e6),
		"roic": {rules.Num(0.2), rules.None(rules.Undefined), rules.Num(0.1)},
	}}}}
	screen := &screener.Screen{Name: "s", Pass: []screener.Condition{{Rule: rule(t, "c", text)}}}
	e, err := screener.Explain(t.Context(), market, screen, 0, screener.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// told words lacks, one after the other.
func told(lacks []screener.Lack) string {
	var out []string
	for _, l := range lacks {
		out = append(out, l.Reason+": "+l.Input)
	}
	return strings.Join(out, "; ")
}

// TestLacks: what is blamed for an unknown condition is what was read, and
// nothing beside what decides.
func TestLacks(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"(if market_cap > 2B { net_cash } else { market_cap - price * shares }) > 0", "not known yet: price"},
		{"(if market_cap < 2B { net_cash } else { market_cap - price * shares }) > 0", "stale: net_cash"},
		{"if market_cap > 2B { net_cash > 0 } else { price > 1 }", "not known yet: price"},
		{"(if growth_rate > 0 { net_cash } else { price * shares }) > 0", "not reported: growth_rate; stale: net_cash; not known yet: price"},
		{"(net_cash ?? (price * shares)) > 0", "stale: net_cash; not known yet: price"},
		{"(market_cap ?? net_cash) > price * shares", "not known yet: price"},
		{"((price > 1) ?? (net_cash > 0))", "not known yet: price; stale: net_cash"},
		{"net_cash > 0 and market_cap > 2B", ""},
		{"net_cash > 0 or market_cap < 2B", ""},
		{"(net_cash > 0 and market_cap > 2B) or price > 1", "not known yet: price"},
		{"(net_cash > 0 or market_cap < 2B) and price > 1", "not known yet: price"},
		{"not (net_cash > 0 and market_cap < 2B)", "stale: net_cash"},
		{"if net_cash > 0 and market_cap > 2B { price > 1 } else { growth_rate > 0 }", "not reported: growth_rate"},
		{"count(roic > 12%, 3y) >= 2", "undefined: roic, 1y ago"},
		{"count(roic > 12%, 3y) in [1, 2]", ""},
		{"between(count(roic > 12%, 3y), 0, 3)", ""},
		{"between(count(roic > 12%, 3y), 0, 1)", "undefined: roic, 1y ago"},
		{"avg(roic, 3y) > net_cash / market_cap", "undefined: roic, 1y ago; stale: net_cash"},
		{"market_cap / (shares - shares) > 0", "undefined: market_cap / (shares - shares)"},
		{"percentile(net_cash) > 0.5 or percentile(net_cash, sector) > 0.5", "stale: net_cash"},
		{"net_cash > 0 and net_cash < 9 and ago(net_cash, 1y) > 0", "stale: net_cash; stale: net_cash, 1y ago"},
	} {
		e := lacking(t, c.text)
		if got := told(e.Conditions[0].Lacks); got != c.want {
			t.Errorf("%s: lacks %q, want %q", c.text, got, c.want)
		}
	}
}

// TestLacksOutside: a company outside the universe has no place among its
// peers, whatever else it lacks.
func TestLacksOutside(t *testing.T) {
	universe := rule(t, "universe", `sector == "Tech"`)
	screen := &screener.Screen{Name: "s", Universe: &universe, Pass: []screener.Condition{{Rule: rule(t, "c", "percentile(roic) > 0.5")}}}
	market := &table{rows: []company{{cik: 1, sector: "Energy", numbers: map[string][]rules.Value{}}}}
	e, err := screener.Explain(t.Context(), market, screen, 0, screener.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := told(e.Conditions[0].Lacks), "not applicable: percentile(roic)"; got != want {
		t.Errorf("lacks %q, want %q", got, want)
	}
}

// TestComparisonsRead: only what was read is told.
func TestComparisonsRead(t *testing.T) {
	for text, want := range map[string][]string{
		"if market_cap > 2B { net_cash > 0 } else { price > 1 }": {"market_cap > 2B", "price > 1"},
		"if market_cap < 2B { net_cash > 0 } else { price > 1 }": {"market_cap < 2B", "net_cash > 0"},
		"if price > 1 { net_cash > 0 } else { roic > 0 }":        {"price > 1", "net_cash > 0", "roic > 0"},
		"((roic > 0) ?? (net_cash > 0))":                         {"roic > 0"},
		"((net_cash > 0) ?? (roic > 0))":                         {"net_cash > 0", "roic > 0"},
		"between(roic, 5%, 15%)":                                 {"roic >= 5%", "roic <= 15%"},
	} {
		var got []string
		for _, c := range lacking(t, text).Conditions[0].Comparisons {
			got = append(got, c.Text)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", text, diff)
		}
	}
	c := lacking(t, "(if market_cap > 2B { avg(roic, 2y) } else { ago(net_cash / market_cap, 1y) }) > 0").Conditions[0].Comparisons[0]
	if len(c.Points) != 1 || c.Points[0].Name != "net_cash / market_cap" {
		t.Errorf("points %+v", c.Points)
	}
}

// TestLawFirstLack: what is blamed first has the reason that the evaluator
// gives for the verdict.
func TestLawFirstLack(t *testing.T) {
	texts := append([]string{
		"(if net_cash > 0 { roic } else { growth_rate }) > 1%", "(growth_rate ?? roic) > 1%", "between(roic, growth_rate, 15%)",
		"count(roic > 5%, 2y) > growth_rate", "if percentile(roic) > 0.5 { net_cash > 0 } else { growth_rate > 0 }",
	}, conditions...)
	rapid.Check(t, func(rt *rapid.T) {
		market, universe := drawTable(rt), rule(t, "universe", rapid.SampledFrom(universes).Draw(rt, "universe"))
		text := "(" + rapid.SampledFrom(texts).Draw(rt, "one") + ") " + rapid.SampledFrom([]string{"and", "or"}).Draw(rt, "join") +
			" (" + rapid.SampledFrom(texts).Draw(rt, "other") + ")"
		condition := rule(t, "c", text)
		in := make([]bool, market.Rows())
		inside, err := rules.NewEvaluation(market).Eval(context.Background(), universe.Program, rules.At{})
		if err != nil {
			rt.Fatal(err)
		}
		for row := range in {
			in[row] = inside.Verdict(row) == rules.True
		}
		v, err := rules.NewEvaluation(market).WithPeers(in).Eval(context.Background(), condition.Program, rules.At{})
		if err != nil {
			rt.Fatal(err)
		}
		screen := &screener.Screen{Name: "s", Universe: &universe, Pass: []screener.Condition{{Rule: condition}}}
		for row := range in {
			e, err := screener.Explain(context.Background(), market, screen, row, screener.Options{})
			if err != nil {
				rt.Fatal(err)
			}
			why := rules.Known.String()
			if lacks := e.Conditions[0].Lacks; len(lacks) > 0 {
				why = lacks[0].Reason
			}
			if want := v.Reason(row).String(); why != want {
				rt.Fatalf("%s of %s: %s, the verdict is %s", text, e.Ticker, why, want)
			}
		}
	})
}

// TestLawLacksAlike: the list of companies without a verdict blames what the
// explanation of each does.
func TestLawLacksAlike(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		market, universe := drawTable(rt), rule(t, "universe", rapid.SampledFrom(universes).Draw(rt, "universe"))
		screen := &screener.Screen{Name: "s", Universe: &universe}
		for _, name := range []string{"a", "b"} {
			screen.Pass = append(screen.Pass, screener.Condition{Rule: rule(t, name, rapid.SampledFrom(conditions).Draw(rt, name))})
		}
		result, err := screener.Run(context.Background(), market, screen, screener.Options{})
		if err != nil {
			rt.Fatal(err)
		}
		listed := map[string][]screener.Lack{}
		for _, doubt := range append(result.UnknownCompanies, result.UniverseUnknowns...) {
			listed[doubt.Ticker] = doubt.Lacks
		}
		for row := range market.Rows() {
			e, err := screener.Explain(context.Background(), market, screen, row, screener.Options{})
			if err != nil {
				rt.Fatal(err)
			}
			var want []screener.Lack
			if e.Verdict == "universe unknown" {
				want = e.Universe.Lacks
			}
			for _, f := range e.Conditions {
				for _, lack := range f.Lacks {
					if e.Verdict == "unknown" && f.CountsAs == "unknown" {
						lack.Condition = f.Name
						want = append(want, lack)
					}
				}
			}
			if diff := cmp.Diff(want, listed[e.Ticker]); diff != "" {
				rt.Fatalf("%s: -explained +listed\n%s", e.Ticker, diff)
			}
		}
	})
}

// TestTooMuchToTell: a screen of a thousand conditions over windows within windows
// ends in an error, not in hours of telling.
func TestTooMuchToTell(t *testing.T) {
	market := &table{version: "d"}
	for i := range 40 {
		market.rows = append(market.rows, company{cik: fundamentals.CIK(i + 1), ticker: fmt.Sprint("T", i)})
	}
	screen := &screener.Screen{Name: "hostile"}
	for i := range 1200 {
		screen.Pass = append(screen.Pass, screener.Condition{Rule: rule(t, fmt.Sprint("c", i), fmt.Sprintf("avg(avg(roic, 50q), 50q) > %d%%", i%90))})
	}
	_, err := screener.Run(t.Context(), market, screen, screener.Options{})
	const want = "screen hostile as of 2024-03-08: c938: the companies without a verdict lack too much to tell it all: " +
		"give the screen fewer conditions than 1200 or shorter windows, or narrow its universe"
	if err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
}
