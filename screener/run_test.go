package screener_test

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"assay/rules"
	"assay/screener"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// sampleTable holds a company for each way through a screen.
func sampleTable() *table {
	return &table{version: "d0", rows: []company{
		{9, "IX", "", map[string][]rules.Value{"market_cap": num(1e9), "roic": num(0.3)}}, // universe unknown
		{1, "BEST", "Tech", map[string][]rules.Value{"market_cap": num(1e9), "net_cash": num(1e8), "roic": num(0.25, 0.20, 0.15), "growth_rate": num(0.1)}},
		{2, "GOOD", "Tech", map[string][]rules.Value{"market_cap": num(5e8), "net_cash": num(2e7), "roic": num(0.15, 0.15, 0.15)}},
		{3, "TIED", "Energy", map[string][]rules.Value{"market_cap": num(6e8), "net_cash": num(2e7), "roic": num(0.15, 0.15, 0.15)}},
		{4, "LOSS", "Energy", map[string][]rules.Value{"market_cap": num(4e8), "net_cash": num(3e7), "roic": num(-0.05, 0.2, 0.2)}},
		{5, "DEBT", "Tech", map[string][]rules.Value{"market_cap": num(4e8), "net_cash": num(-3e7), "roic": num(0.2, 0.2, 0.02)}},
		{6, "HUSH", "Tech", map[string][]rules.Value{"market_cap": num(4e8), "roic": num(0.2, 0.2, 0.2)}},
		{7, "GAPS", "Tech", map[string][]rules.Value{"market_cap": num(4e8), "net_cash": num(1e6), "roic": {rules.Num(0.2), rules.None(rules.Undefined), rules.Num(0.2)}}},
		{8, "BANK", "Financials", map[string][]rules.Value{"market_cap": num(4e8)}},
		{10, "BARE", "Tech", map[string][]rules.Value{"market_cap": num(7e8), "net_cash": num(1e6), "roic": none(rules.Irreconcilable)}},
	}}
}

func sampleScreen(t testing.TB) *screener.Screen {
	universe := rule(t, "universe", "sector != \"Financials\"\n  and market_cap >= 300M")
	return &screener.Screen{
		Name: "sample", About: "A screen of a sample.", Text: "screen: sample", Universe: &universe,
		Pass: []screener.Condition{
			{Rule: rule(t, "returns", "roic >= 12%")},
			{Rule: rule(t, "cash", "net_cash >= 0 and not (market_cap > 2B)")},
			{Rule: rule(t, "steady", "count(roic > 12%, 3y) >= 3"), Missing: screener.MissingPass},
		},
		Flags: []screener.Rule{rule(t, "growing", "growth_rate > 5%"), rule(t, "techy", `sector in ["Tech", "Media"]`)},
		Rank: &screener.Rank{By: rule(t, "by", "percentile(roic)"), Limit: 3,
			Ties: []screener.Rule{rule(t, "tie 1", "net_cash"), rule(t, "tie 2", "growth_rate")}},
		Columns: []screener.Rule{rule(t, "market_cap", "market_cap"), rule(t, "growth_rate", "growth_rate"), rule(t, "sector", "sector"),
			rule(t, "period_end", "period_end"), rule(t, "rich", "net_cash > 50M")},
		Stale:   screener.Stale{Statement: 270},
		Notices: []string{"line 5: a notice of the file"},
	}
}

func runJSON(t testing.TB, table screener.Table, screen *screener.Screen) []byte {
	t.Helper()
	result, err := screener.Run(t.Context(), table, screen, screener.Options{Catalogue: "c0", Program: "p0"})
	if err != nil {
		t.Fatal(err)
	}
	return indent(t, result)
}

func indent(t testing.TB, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := screener.WriteJSON(&b, v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// golden compares with a file under testdata.
func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: got\n%s", path, got)
	}
}

func TestRun(t *testing.T) {
	golden(t, "testdata/run.json", runJSON(t, sampleTable(), sampleScreen(t)))
}

// TestRunOfNothing shows that lists are empty and not null.
func TestRunOfNothing(t *testing.T) {
	screen := &screener.Screen{Name: "all", Pass: []screener.Condition{{Rule: rule(t, "any", "roic > 0")}}}
	golden(t, "testdata/nothing.json", runJSON(t, &table{version: "d0"}, screen))
}

// TestRankOverPassed shows that peers are then those that passed.
func TestRankOverPassed(t *testing.T) {
	screen := sampleScreen(t)
	screen.Rank.OverPassed = true
	result, err := screener.Run(t.Context(), sampleTable(), screen, screener.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if best := result.Candidates[0]; best.Ticker != "BEST" || best.Score.F != (float64(result.Passed)-0.5)/float64(result.Passed) {
		t.Errorf("best %s has the score %v among %d", best.Ticker, best.Score.F, result.Passed)
	}
}

// TestGoldensAreUsed fails on a golden that no test makes.
func TestGoldensAreUsed(t *testing.T) {
	used := map[string]bool{"run.json": true, "nothing.json": true}
	for _, c := range sampleTable().rows {
		used["explain-"+c.ticker+".json"] = true
	}
	files, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !used[f.Name()] {
			t.Errorf("testdata/%s is used by no test", f.Name())
		}
	}
}
