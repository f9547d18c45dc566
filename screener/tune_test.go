package screener_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/rules"
	"assay/screener"
)

// TestThresholds: the literals that a condition compares with, in the order of
// the text, each with the unit of its place.
func TestThresholds(t *testing.T) {
	for text, want := range map[string]string{
		"roic >= 12%": "roic >= 12%: 12.0 %",
		"market_cap >= 300M and market_cap <= 2B":           "market_cap >= 300M: 300.00 M; market_cap <= 2B: 2.00 B",
		"net_cash <= 10% * market_cap":                      "net_cash <= 10% * market_cap: 10.0 %",
		"count(roic > 8%, 5y) >= 4":                         "count(roic > 8%, 5y) >= 4: 4; roic > 8%: 8.0 %",
		"every(roic > 8%, 5y) and not (sector == \"Tech\")": "roic > 8%: 8.0 %",
		"between(roic, -5%, 20%)":                           "roic >= -5%: -5.0 %; roic <= 20%: 20.0 %",
		`period_end > "2023-06-30"`:                         `period_end > "2023-06-30": 2023-06-30`,
		"percentile(winsorize(roic, 2%, 98%)) > 0.5":        "percentile(winsorize(roic, 2%, 98%)) > 0.5: 50.0 %",
		"min(roic, 5%) > 2% + growth_rate":                  "min(roic, 5%) > 2% + growth_rate: 2.0 %",
		"is_missing(roic)":                                  "",
		"roic > growth_rate":                                "",
	} {
		s := &screener.Screen{Pass: []screener.Condition{{Rule: rule(t, "c", text)}}}
		all, ok := s.Thresholds("c")
		var got []string
		for _, found := range all {
			got = append(got, found.Comparison+": "+screener.Show(found.Now))
		}
		if strings.Join(got, "; ") != want || !ok {
			t.Errorf("%s: got %s, want %s", text, strings.Join(got, "; "), want)
		}
	}
	if _, ok := sampleScreen(t).Thresholds("none"); ok {
		t.Error("there are thresholds of a condition that is not there")
	}
	if all, ok := sampleScreen(t).Thresholds("universe"); !ok || len(all) != 1 {
		t.Errorf("the universe has %d thresholds", len(all))
	}
}

// TestParse: a value for a threshold is written as in a screen.
func TestParse(t *testing.T) {
	for _, c := range []struct{ condition, text, want string }{
		{"roic > 8%", "12%", "0.12"},
		{"roic > 8%", "0.12", "0.12"},
		{"roic > 8%", "12", "roic > 8% is a fraction: 12 would be 1200.0 %; write 12%"},
		{"roic > 8%", "90d", "the unit of 90d is days, that of the threshold in roic > 8% is fraction"},
		{"roic > 8%", "x", `"x" is not a number`},
		{"market_cap > 1B", "300M", "3e+08"},
		{`period_end > "2023-06-30"`, "1970-01-03", "2"},
		{`period_end > "2023-06-30"`, "3", `"3" is not a date written YYYY-MM-DD`},
	} {
		s := &screener.Screen{Pass: []screener.Condition{{Rule: rule(t, "c", c.condition)}}}
		all, _ := s.Thresholds("c")
		f, err := all[0].Parse(c.text)
		got := fmt.Sprint(f)
		if err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s of %s: got %s, want %s", c.text, c.condition, got, c.want)
		}
	}
}

// curve writes a tuning in one line: what the file says stands in brackets.
func curve(tuning *screener.Tuning) string {
	var points []string
	for _, p := range tuning.Points {
		text := fmt.Sprintf("%s:%d", screener.Show(p.Threshold), p.Passed)
		if p.Now {
			text = "[" + text + "]"
		}
		points = append(points, text)
	}
	return strings.Join(points, " ")
}

func TestTune(t *testing.T) {
	market := &table{}
	for i, roic := range []float64{0.02, 0.05, 0.05, 0.08, 0.11, 0.2} {
		market.rows = append(market.rows, company{cik: 1, ticker: fmt.Sprint("T", i), numbers: map[string][]rules.Value{
			"roic": num(roic), "net_cash": num(1e6 * float64(i-2)), "growth_rate": num(roic, roic, 0),
		}})
	}
	market.rows = append(market.rows, company{cik: 9, ticker: "HUSH"})
	f := func(x float64) *float64 { return &x }
	for _, c := range []struct {
		text string
		span screener.Span
		want string
	}{
		{"roic >= 5%", screener.Span{}, "0.0 %:6 0.5 %:6 1.0 %:6 1.5 %:6 2.0 %:6 2.5 %:5 3.0 %:5 3.5 %:5 4.0 %:5 4.5 %:5 [5.0 %:5] 5.5 %:3 6.0 %:3 6.5 %:3 7.0 %:3 7.5 %:3 8.0 %:3 8.5 %:2 9.0 %:2 9.5 %:2 10.0 %:2"},
		{"roic >= 5%", screener.Span{From: f(0), To: f(0.2), Points: 5}, "0.0 %:6 [5.0 %:5] 10.0 %:2 15.0 %:1 20.0 %:1"},
		{"roic >= 5%", screener.Span{To: f(0.02), Points: 3}, "0.0 %:6 1.0 %:6 2.0 %:6 [5.0 %:5]"},
		{"roic >= 5%", screener.Span{From: f(0.08), Points: 3}, "[5.0 %:5] 8.0 %:3 9.0 %:2 10.0 %:2"},
		{"roic >= 5%", screener.Span{From: f(0.1), Points: 3}, "[5.0 %:5] 10.0 %:2 15.0 %:1 20.0 %:1"},
		{"roic >= 5%", screener.Span{To: f(-0.1), Points: 3}, "-20.0 %:6 -15.0 %:6 -10.0 %:6 [5.0 %:5]"},
		{"roic < 7%", screener.Span{From: f(0), To: f(0.2), Points: 3}, "0.0 %:0 [7.0 %:3] 10.0 %:4 20.0 %:5"},
		{"count(growth_rate > 4%, 3y) >= 2", screener.Span{}, "0:6 1:5 [2:5] 3:0 4:0"},
		{"net_cash >= 0", screener.Span{}, "-1.00 M:5 -800.00 k:4 -600.00 k:4 -400.00 k:4 -200.00 k:4 [0:4] 200.00 k:3 400.00 k:3 600.00 k:3 800.00 k:3 1.00 M:3 1.20 M:2 1.40 M:2 1.60 M:2 1.80 M:2 2.00 M:2"},
	} {
		screen := &screener.Screen{Name: "s", Pass: []screener.Condition{{Rule: rule(t, "c", c.text)}, {Rule: rule(t, "known", "known(roic)")}}}
		all, _ := screen.Thresholds("c")
		got, err := screener.Tune(t.Context(), market, screen, &all[0], c.span)
		if err != nil {
			t.Fatal(err)
		}
		if curve(got) != c.want {
			t.Errorf("%s: got %s", c.text, curve(got))
		}
	}
}

// TestTuneSteps names who comes and who goes on both sides of the file's
// threshold, and nobody where the curve ends there.
func TestTuneSteps(t *testing.T) {
	screen := sampleScreen(t)
	all, _ := screen.Thresholds("returns")
	f := func(x float64) *float64 { return &x }
	got, err := screener.Tune(t.Context(), sampleTable(), screen, &all[0], screener.Span{From: f(0.12), To: f(0.20), Points: 2})
	if err != nil {
		t.Fatal(err)
	}
	want := &screener.Tuning{
		Screen: "sample", AsOf: "2024-03-08", Condition: "returns", Expression: "roic >= 12%", Comparison: "roic >= 12%",
		Threshold: screener.Datum{Unit: rules.UnitFraction, F: 0.12}, Unit: "fraction",
		Points: []screener.TunePoint{
			{Threshold: screener.Datum{Unit: rules.UnitFraction, F: 0.12}, Now: true, Universe: 8, Passed: 4, Failed: 2, Unknown: 2},
			{Threshold: screener.Datum{Unit: rules.UnitFraction, F: 0.2}, Universe: 8, Passed: 2, Failed: 4, Unknown: 2},
		},
		Above: &screener.TuneStep{Threshold: screener.Datum{Unit: rules.UnitFraction, F: 0.2}, Enter: []screener.Mover{},
			Leave: []screener.Mover{{Ticker: "GOOD", CIK: 2, Name: "GOOD Inc"}, {Ticker: "TIED", CIK: 3, Name: "TIED Inc"}}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for _, span := range []screener.Span{{From: f(2), To: f(1)}, {From: f(1), To: f(1)}, {From: f(-1e308), To: f(1e308)}} {
		if _, err := screener.Tune(t.Context(), sampleTable(), screen, &all[0], span); !errors.Is(err, screener.ErrNoSpan) {
			t.Errorf("from %v to %v: %v", *span.From, *span.To, err)
		}
	}
	nobody := &screener.Screen{Name: "s", Pass: []screener.Condition{{Rule: rule(t, "c", "net_cash > 0")}}}
	all, _ = nobody.Thresholds("c")
	_, err = screener.Tune(t.Context(), &table{}, nobody, &all[0], screener.Span{})
	if err == nil || err.Error() != "screen s as of 2024-03-08, net_cash > 0: there is no telling between what values it is to move" {
		t.Errorf("of nobody: %v", err)
	}
}
