package screenfile_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/metric"
	"assay/rules/funcs"
	"assay/screener"
	"assay/screener/screenfile"
)

const tried = `screen: tried
universe: security_type == "common"
let:
  share: net_income / revenue
  last: quarterly(revenue)
  ago: ago(quarterly(revenue), 2q)
  late: period_end > "2023-01-01"
pass:
  small: market_cap < 2B
  up: last > ago
  kept: share > 5%
missing:
  kept: pass
  up: pass
flag:
  tiny: market_cap < 100M
rank:
  by: share
columns:
  - twice: share * 2
test:
  - name: base
    given:
      security_type: common
      sector: Energy
      period_end: 2023-12-31
      market_cap: 1B
      net_income: 200M
      revenue: [700M, 650M]
    expect: pass
`

// TestTrial holds single expectations: those that come true, and the words of
// those that do not.
func TestTrial(t *testing.T) {
	l := screenfile.Language{Env: metric.Env(), Funcs: funcs.All()}
	for _, c := range []struct{ given, expect, want string }{
		{"{}", "{ small: pass, kept: true, tiny: false, screen: pass, universe: in }", ""},
		{"{}", "{ share: 28.6%, twice: 57.14%, market_cap: 1B, sector: Energy, period_end: 2023-12-31, late: true, rank: 28.57% }", ""},
		{"{}", "{ share: 28.5% }", "share: expected 28.5%, got 28.6 %"},
		{"{}", "{ share: 0.285714285714 }", ""},
		{"{}", "{ share: 0.2857142857 }", ""},
		{"{}", "{ share: 0.2858 }", "share: expected 0.2858, got 0.2857"},
		{"{}", "{ sector: Utilities }", "sector: expected Utilities, got Energy"},
		{"{}", "{ period_end: 2023-12-30 }", "period_end: expected 2023-12-30, got 2023-12-31"},
		{"{ revenue: null }", "{ kept: unknown, screen: pass, share: null, twice: not reported }", ""},
		{"{ revenue: null }", "{ kept: pass }", "kept: expected true, got unknown"},
		{"{ revenue: stale }", "{ share: not reported }", "share: expected not reported, got stale"},
		{"{ market_cap: 3B }", "fail", ""},
		{"{ market_cap: 3B }", "{ rank: 28.6% }", "rank: expected 28.6%, got not ranked: failed"},
		{"{ security_type: null }", "{ universe: unknown }", ""},
		{"{ security_type: fund }", "{ universe: out, screen: pass }", "screen: expected pass, got outside"},
		{"{ security_type: fund }", "pass", ""},
		{"{ quarterly(revenue): [4, 3, 2, 1], revenue: [10, 8] }", "{ up: pass, last: 4, ago: 2 }", ""},
		{"{ market_cap: -0 }", "{ market_cap: 0, tiny: true }", ""},
	} {
		text := tried + "  - name: this\n    like: base\n    given: " + c.given + "\n    expect: " + c.expect + "\n"
		screen, problems := l.Parse("tried.yaml", []byte(text))
		if len(problems) > 0 {
			t.Errorf("%s: %v", c.expect, problems)
			continue
		}
		r, err := screenfile.Trial{Screen: screen, Tests: screen.Tests}.Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range r.Tests[1].Failures {
			got = append(got, f.What+": expected "+f.Want+", got "+f.Got)
		}
		if told := strings.Join(got, "; "); told != c.want {
			t.Errorf("given %s, expect %s: got %q, want %q", c.given, c.expect, told, c.want)
		}
	}
}

// TestTrialTables holds how tests against the database end: without a database,
// with one that cannot be read, with a company that it does not have.
func TestTrialTables(t *testing.T) {
	l := screenfile.Language{Env: metric.Env(), Funcs: funcs.All()}
	screen, problems := l.Parse("tried.yaml", []byte(tried+"  - name: golden\n    on: 2024-03-08\n    company: COHU\n    expect: pass\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	trial := screenfile.Trial{Screen: screen, Tests: screen.Tests}
	r, err := trial.Run(t.Context())
	if err != nil || r.Passed != 1 || r.Skipped != 1 || r.Tests[1].Reason != "it needs a database" {
		t.Errorf("without a database: %+v, %v", r, err)
	}
	trial.Table = func(_ context.Context, on fundamentals.Date) (screener.Table, error) {
		return nil, errors.New("no table on " + on.String())
	}
	if _, err = trial.Run(t.Context()); err == nil || err.Error() != `tried.yaml:31: test "golden": no table on 2024-03-08` {
		t.Errorf("with a database that cannot be read: %v", err)
	}
}
