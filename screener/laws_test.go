package screener_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/rules"
	"assay/screener"
)

// values draws points that often tie, are often missing, and are negative at
// times.
func values(rt *rapid.T, label string, known []float64) []rules.Value {
	points := make([]rules.Value, rapid.IntRange(1, 3).Draw(rt, label+" points"))
	for i := range points {
		if rapid.IntRange(0, 4).Draw(rt, label) == 0 {
			points[i] = rules.None(rapid.SampledFrom(rules.Reasons()).Draw(rt, label+" why"))
		} else {
			points[i] = rules.Num(rapid.SampledFrom(known).Draw(rt, label))
		}
	}
	return points
}

func drawTable(rt *rapid.T) *table {
	t := &table{version: "d"}
	for i := range rapid.IntRange(0, 12).Draw(rt, "rows") {
		t.rows = append(t.rows, company{
			cik: fundamentals.CIK(100 - i), ticker: fmt.Sprintf("T%d", i),
			sector: rapid.SampledFrom([]string{"", "Tech", "Energy", "Financials"}).Draw(rt, "sector"),
			numbers: map[string][]rules.Value{
				"market_cap":  values(rt, "market_cap", []float64{1e8, 4e8, 1e9, 1.1e9, 3e9}),
				"roic":        values(rt, "roic", []float64{-0.1, 0, 0.1, 0.12, 0.3, 1.0 / 3}),
				"net_cash":    values(rt, "net_cash", []float64{-1e8, 0, 1e7, 1e8}),
				"growth_rate": values(rt, "growth_rate", []float64{-0.5, 0.05, 0.07}),
			},
		})
	}
	return t
}

var (
	conditions = []string{
		"roic >= 12%", "not (roic >= 12%)", "market_cap >= 300M and market_cap <= 2B", "net_cash >= 0 or growth_rate > 5%",
		"percentile(roic) > 0.5", "percentile(roic, sector) >= 0.5", "zscore(growth_rate) < 1", "is_missing(roic)", "count(roic > 5%, 3y) >= 2",
		"every(net_cash >= 0, 2y)", "avg(roic, 2y) > 5%", "net_cash / market_cap > 1%", `sector == "Tech"`, "known(growth_rate) and growth_rate > 0",
		"if net_cash > 0 { roic > 0 } else { growth_rate > 0 }",
		"at_least(2, [roic >= 12%, net_cash >= 0, growth_rate > 5%])", "not at_most(1, [roic >= 12%, net_cash >= 0, growth_rate > 5%])",
	}
	universes = []string{`sector != "Financials"`, "market_cap >= 300M", `not (sector in ["Energy"]) and market_cap > 0`}
	scores    = []string{"roic", "0.5 * percentile(winsorize(roic, 10%, 90%)) + 0.5 * zscore(growth_rate)", "net_cash / market_cap", "rank(roic)"}
	shown     = []string{"market_cap", "roic", "net_cash", "growth_rate", "sector"}
)

func drawScreen(rt *rapid.T, t *testing.T) *screener.Screen {
	s := &screener.Screen{Name: "drawn", Text: rapid.StringN(0, 3, 8).Draw(rt, "text")}
	if rapid.Bool().Draw(rt, "has universe") {
		s.Universe = new(rule(t, "universe", rapid.SampledFrom(universes).Draw(rt, "universe")))
	}
	for i := range rapid.IntRange(1, 4).Draw(rt, "conditions") {
		s.Pass = append(s.Pass, screener.Condition{
			Rule:    rule(t, fmt.Sprintf("c%d", i), rapid.SampledFrom(conditions).Draw(rt, "condition")),
			Missing: rapid.SampledFrom(screener.Policies()).Draw(rt, "missing"),
		})
	}
	if rapid.Bool().Draw(rt, "ranked") {
		s.Rank = &screener.Rank{
			By: rule(t, "by", rapid.SampledFrom(scores).Draw(rt, "score")), OverPassed: rapid.Bool().Draw(rt, "over"),
			Limit: rapid.IntRange(0, 5).Draw(rt, "limit"),
		}
		if rapid.Bool().Draw(rt, "ties") {
			s.Rank.Ties = []screener.Rule{rule(t, "tie", "net_cash")}
		}
	}
	s.Flags = []screener.Rule{rule(t, "growing", "growth_rate > 5%")}
	for _, name := range shown {
		s.Columns = append(s.Columns, rule(t, name, name))
	}
	return s
}

func mustRun(rt *rapid.T, table *table, s *screener.Screen, o screener.Options) *screener.Result {
	result, err := screener.Run(context.Background(), table, s, o)
	if err != nil {
		rt.Fatal(err)
	}
	return result
}

// jsonOf writes any value as users get it.
func jsonOf(rt *rapid.T, v any) string {
	var b bytes.Buffer
	if err := screener.WriteJSON(&b, v); err != nil {
		rt.Fatal(err)
	}
	return b.String()
}

// TestLawFilteringNeverEdits is law 2: a row that is returned has the values
// of the table, bit by bit.
func TestLawFilteringNeverEdits(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		table, screen := drawTable(rt), drawScreen(rt, t)
		for _, c := range mustRun(rt, table, screen, screener.Options{}).Candidates {
			row := slices.IndexFunc(table.rows, func(r company) bool { return r.cik == c.CIK })
			for _, name := range shown {
				v, err := table.Column(context.Background(), name, rules.At{})
				if err != nil {
					rt.Fatal(err)
				}
				got := c.Values[name]
				if got.Why != v.Reason(row) || got.S != textOf(v, row) || math.Float64bits(got.F) != math.Float64bits(numberOf(v, row)) {
					rt.Fatalf("%s of %s: got %+v", name, c.Ticker, got)
				}
				if missing, ok := c.Missing[name]; ok == got.Known() || ok && missing != got.Why.String() {
					rt.Fatalf("%s of %s: missing %q, value %+v", name, c.Ticker, missing, got)
				}
			}
		}
	})
}

func textOf(v *rules.Vector, row int) string {
	if v.Kind != rules.Text {
		return ""
	}
	return v.Text(row)
}

func numberOf(v *rules.Vector, row int) float64 {
	if v.Kind == rules.Text || v.Reason(row) != rules.Known {
		return 0
	}
	return v.F[row]
}

// TestLawNarrowing is law 3: one more condition never adds a company, and the
// negation of what is unknown is unknown.
func TestLawNarrowing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		table, screen := drawTable(rt), drawScreen(rt, t)
		screen.Rank = nil
		before := mustRun(rt, table, screen, screener.Options{})
		text := rapid.SampledFrom(conditions).Draw(rt, "one more")
		narrow := *screen
		narrow.Pass = append(slices.Clone(screen.Pass), screener.Condition{Rule: rule(t, "more", text)}, screener.Condition{Rule: rule(t, "less", "not ("+text+")")})
		after := mustRun(rt, table, &narrow, screener.Options{})
		was := map[fundamentals.CIK]bool{}
		for _, c := range before.Candidates {
			was[c.CIK] = true
		}
		for _, c := range after.Candidates {
			if !was[c.CIK] {
				rt.Fatalf("%s came with one more condition", c.Ticker)
			}
		}
		more, less := after.Conditions[len(screen.Pass)], after.Conditions[len(screen.Pass)+1]
		if more.Unknown != less.Unknown || more.True != less.False || more.False != less.True {
			rt.Fatalf("%s: %+v, negated %+v", text, more, less)
		}
	})
}

// TestLawRowOrderIrrelevant is law 4, as far as this room goes: the order of
// the table's rows changes no byte.
func TestLawRowOrderIrrelevant(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		one, screen := drawTable(rt), drawScreen(rt, t)
		other := &table{version: one.version, rows: rapid.Permutation(one.rows).Draw(rt, "order")}
		if a, b := jsonOf(rt, mustRun(rt, one, screen, screener.Options{})), jsonOf(rt, mustRun(rt, other, screen, screener.Options{})); a != b {
			rt.Fatalf("%s\n%s", a, b)
		}
	})
}

// TestLawSameBytes is law 5: the same table, screen and options give the same
// bytes, and whatever can change a result changes the name of the run.
func TestLawSameBytes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		table, screen := drawTable(rt), drawScreen(rt, t)
		first := mustRun(rt, table, screen, screener.Options{})
		if a, b := jsonOf(rt, first), jsonOf(rt, mustRun(rt, table, screen, screener.Options{})); a != b {
			rt.Fatalf("%s\n%s", a, b)
		}
		text, data := *screen, *table
		text.Text += " "
		data.version += "1"
		runs := map[string]bool{first.Run: true}
		runs[mustRun(rt, table, &text, screener.Options{}).Run] = true
		runs[mustRun(rt, &data, screen, screener.Options{}).Run] = true
		runs[mustRun(rt, table, screen, screener.Options{Catalogue: "c"}).Run] = true
		runs[mustRun(rt, table, screen, screener.Options{Program: "c"}).Run] = true
		runs[mustRun(rt, table, screen, screener.Options{Stale: screener.Stale{Price: 5}}).Run] = true
		if len(runs) != 6 {
			rt.Fatalf("6 different runs have %d names", len(runs))
		}
	})
}

// TestLawConservation is law 6: everybody is counted, once, and listed.
func TestLawConservation(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		table, screen := drawTable(rt), drawScreen(rt, t)
		r := mustRun(rt, table, screen, screener.Options{})
		same := func(what string, got, want int) {
			if got != want {
				rt.Fatalf("%s: %d, not %d:\n%s", what, got, want, jsonOf(rt, r))
			}
		}
		same("passed + failed + unknown", r.Passed+r.Failed+r.Unknown, r.Universe)
		same("universe + outside + unknown", r.Universe+r.Outside+r.UniverseUnknown, table.Rows())
		same("listed + cut", len(r.Candidates)+r.Cut, r.Passed)
		same("unknown companies", len(r.UnknownCompanies), r.Unknown)
		same("universe unknown companies", len(r.UniverseUnknowns), r.UniverseUnknown)
		same("unknown by reason", total(r.UnknownReasons), r.Unknown)
		same("universe unknown by reason", total(r.UniverseUnknownReasons), r.UniverseUnknown)
		dropped, lone := 0, 0
		for i, c := range r.Conditions {
			same(c.Name, c.True+c.False+c.Unknown, r.Universe)
			same(c.Name+" by reason", total(c.UnknownReasons), c.Unknown)
			step := r.Funnel[i+1]
			dropped += step.Dropped
			lone += c.OnlyReason + c.OnlyUnknown
			same("funnel at "+c.Name, dropped+step.Unknown+step.Left, r.Universe)
		}
		last := r.Funnel[len(r.Funnel)-1]
		same("end of the funnel", last.Left, r.Passed)
		same("unknown at the end of the funnel", last.Unknown, r.Unknown)
		if lone > r.Failed+r.Unknown {
			rt.Fatalf("%d companies for one reason alone", lone)
		}
	})
}

func total(counts []screener.Count) int {
	n := 0
	for _, c := range counts {
		n += c.Companies
	}
	return n
}

// TestLawExplainAgrees shows that the story of every company agrees with the
// list: verdict, rank, score and values.
func TestLawExplainAgrees(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		table, screen := drawTable(rt), drawScreen(rt, t)
		r := mustRun(rt, table, screen, screener.Options{})
		counts := map[string]int{}
		for row := range table.rows {
			e, err := screener.Explain(context.Background(), table, screen, row, screener.Options{})
			if err != nil {
				rt.Fatal(err)
			}
			counts[e.Verdict]++
			at := slices.IndexFunc(r.Candidates, func(c screener.Candidate) bool { return c.CIK == e.CIK })
			switch {
			case (e.Standing != nil) != (e.Verdict == "passed"):
				rt.Fatalf("%s has the verdict %s and the standing %+v", e.Ticker, e.Verdict, e.Standing)
			case e.Standing == nil && at >= 0, e.Standing != nil && e.Standing.Cut != (at < 0):
				rt.Fatalf("%s stands at %d: %+v", e.Ticker, at, e.Standing)
			case at >= 0 && (e.Standing.Rank != r.Candidates[at].Rank || e.Standing.Score != r.Candidates[at].Score):
				rt.Fatalf("%s: %+v, listed %+v", e.Ticker, e.Standing, r.Candidates[at])
			}
			slack(rt, e)
		}
		want := map[string]int{"passed": r.Passed, "failed": r.Failed, "unknown": r.Unknown, "outside": r.Outside, "universe unknown": r.UniverseUnknown}
		for verdict, n := range want {
			if counts[verdict] != n {
				rt.Fatalf("%d companies are %s, not %d", counts[verdict], verdict, n)
			}
		}
	})
}

// slack holds distances to their sign.
func slack(rt *rapid.T, e *screener.Explanation) {
	for _, f := range e.Conditions {
		if (f.Verdict == "unknown") != (len(f.Lacks) > 0) {
			rt.Fatalf("%s is %s and lacks %v", f.Expression, f.Verdict, f.Lacks)
		}
		for _, c := range f.Comparisons {
			if d := c.Distance; d != nil && (d.F > 0 && c.Verdict != "true" || d.F < 0 && c.Verdict != "false") {
				rt.Fatalf("%s is %s at a distance of %v", c.Text, c.Verdict, d.F)
			}
		}
	}
}
