package screener_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/fundamentals"
	"assay/rules"
	"assay/screener"
)

// TestSlack: of several comparisons the one that binds, in its own unit and as a
// share of its threshold.
func TestSlack(t *testing.T) {
	market := &table{rows: []company{
		{cik: 1, ticker: "A", sector: "Tech", numbers: map[string][]rules.Value{
			"roic": num(0.15, 0.09, 0.2), "growth_rate": num(0.5), "net_cash": num(-4e6), "market_cap": num(5e8),
		}},
		{cik: 2, ticker: "B", numbers: map[string][]rules.Value{"net_cash": num(8e6)}},
		{cik: 3, ticker: "C", numbers: map[string][]rules.Value{"net_cash": num(1e6)}},
	}}
	for text, want := range map[string]string{
		"roic >= 12%":                                         "true: roic >= 12%: 15.0 % >= 12.0 % (+3.0 %), +25 %",
		"12% <= roic":                                         "true: 12% <= roic: 15.0 % >= 12.0 % (+3.0 %), +25 %",
		"not (roic >= 12%)":                                   "false: not (roic >= 12%): 15.0 % not >= 12.0 % (-3.0 %), -25 %",
		"roic > 20%":                                          "false: roic > 20%: 15.0 % > 20.0 % (-5.0 %), -25 %",
		"roic > 12% and growth_rate > 45%":                    "true: growth_rate > 45%: 50.0 % > 45.0 % (+5.0 %), +11 %",
		"roic > 12% or growth_rate > 45%":                     "true: roic > 12%: 15.0 % > 12.0 % (+3.0 %), +25 %",
		"roic > 20% and growth_rate > 45%":                    "false: roic > 20%: 15.0 % > 20.0 % (-5.0 %), -25 %",
		"roic > 20% and growth_rate > 60%":                    "false: roic > 20%: 15.0 % > 20.0 % (-5.0 %), -25 %",
		"roic > 20% or growth_rate > 60%":                     "false: growth_rate > 60%: 50.0 % > 60.0 % (-10.0 %), -17 %",
		"not (roic > 20% or growth_rate > 60%)":               "true: not (growth_rate > 60%): 50.0 % not > 60.0 % (+10.0 %), +17 %",
		"not (roic > 12% and growth_rate > 45%)":              "false: not (growth_rate > 45%): 50.0 % not > 45.0 % (-5.0 %), -11 %",
		"between(roic, 10%, 20%)":                             "true: roic <= 20%: 15.0 % <= 20.0 % (+5.0 %), +25 %",
		"net_cash >= 0":                                       "false: net_cash >= 0: -4.00 M >= 0 (-4.00 M)",
		"net_cash >= -1% * market_cap":                        "true: net_cash >= -1% * market_cap: -4.00 M >= -5.00 M (+1.00 M), +20 %",
		"count(roic > 10%, 3y) >= 2":                          "true: count(roic > 10%, 3y) >= 2: 2 >= 2 (0), +0 %",
		"every(roic > 10%, 3y)":                               "false: roic > 10%, 1y ago: 9.0 % > 10.0 % (-1.0 %), -10 %",
		"any(roic > 10%, 3y)":                                 "true: roic > 10%, 2y ago: 20.0 % > 10.0 % (+10.0 %), +100 %",
		`period_end >= "2023-12-01"`:                          `true: period_end >= "2023-12-01": 2023-12-30 >= 2023-12-01 (+29 d)`,
		"if roic > 12% { growth_rate > 45% } else { roic>0 }": "true: growth_rate > 45%: 50.0 % > 45.0 % (+5.0 %), +11 %",
		"(price > 5) ?? (roic > 12%)":                         "true: roic > 12%: 15.0 % > 12.0 % (+3.0 %), +25 %",
		"at_least(1, [roic > 12%, growth_rate > 45%])":        "true: roic > 12%: 15.0 % > 12.0 % (+3.0 %), +25 %",
		"at_least(2, [roic > 12%, growth_rate > 45%])":        "true: growth_rate > 45%: 50.0 % > 45.0 % (+5.0 %), +11 %",
		"at_least(2, [roic > 12%, growth_rate > 60%])":        "false: growth_rate > 60%: 50.0 % > 60.0 % (-10.0 %), -17 %",
		"at_most(1, [roic > 12%, growth_rate > 45%])":         "false: not (growth_rate > 45%): 50.0 % not > 45.0 % (-5.0 %), -11 %",
		"not at_most(1, [roic > 12%, growth_rate > 45%])":     "true: growth_rate > 45%: 50.0 % > 45.0 % (+5.0 %), +11 %",
		"at_least(1, [roic > 12%, price > 5])":                "true: roic > 12%: 15.0 % > 12.0 % (+3.0 %), +25 %",
		"at_least(2, [roic > 20%, price > 5])":                "false: roic > 20%: 15.0 % > 20.0 % (-5.0 %), -25 %",
		"at_most(2, [roic > 20%, price > 5])":                 "true: none",
		// Nothing to measure, or nothing that would turn it over alone.
		`sector == "Tech"`:                     "true: none",
		"price > 5":                            "unknown: none",
		"price > 5 or roic > 20%":              "unknown: none",
		"is_missing(price) or roic > 12%":      "true: none",
		`sector == "Energy" and roic > 12%`:    "false: none",
		`sector == "Energy" or roic > 20%`:     "false: roic > 20%: 15.0 % > 20.0 % (-5.0 %), -25 %",
		`not (sector == "Tech") or roic > 12%`: "true: roic > 12%: 15.0 % > 12.0 % (+3.0 %), +25 %",
		"is_missing(price) and roic > 12%":     "true: roic > 12%: 15.0 % > 12.0 % (+3.0 %), +25 %",
		"roic * 2 > growth_rate":               "false: roic * 2 > growth_rate: 0.3 > 50.0 % (-0.2), -40 %",
		"count(price > 5, 2y) > 0":             "unknown: none",
	} {
		screen := &screener.Screen{Name: "s", Pass: []screener.Condition{{Rule: rule(t, "c", text)}}}
		r := must(t, market, screen, screener.Options{Near: 1})
		got := "not listed"
		for _, c := range r.Candidates {
			if c.Ticker == "A" {
				got = "true: " + slackText(c.Slack["c"])
			}
		}
		for _, c := range r.Near {
			if c.Ticker == "A" {
				got = c.Misses[0].Verdict + ": " + slackText(c.Misses[0].Slack)
			}
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

func must(t testing.TB, table screener.Table, screen *screener.Screen, options screener.Options) *screener.Result {
	t.Helper()
	r, err := screener.Run(t.Context(), table, screen, options)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func slackText(s *screener.Slack) string {
	if s == nil {
		return "none"
	}
	text := s.Comparison
	if s.At != "" {
		text += ", " + s.At
	}
	value, threshold, distance := screener.ShowApart(s.Value, s.Threshold, s.Distance)
	text += fmt.Sprintf(": %s %s %s (%s)", value, s.Operator, threshold, distance)
	if s.Share != nil {
		text += fmt.Sprintf(", %+.0f %%", *s.Share*100)
	}
	return text
}

// TestNear: who misses one condition, by how much, the nearest first; of a
// threshold of nought the median distance is the yardstick; then those of whom
// it cannot be said.
func TestNear(t *testing.T) {
	firm := func(ticker string, cik fundamentals.CIK, roic, cash []rules.Value) company {
		return company{cik: cik, ticker: ticker, numbers: map[string][]rules.Value{"roic": roic, "net_cash": cash}}
	}
	market := &table{rows: []company{
		firm("PASS", 1, num(0.3), num(4e6)), firm("FAR", 2, num(0.05), num(4e6)), firm("EDGE", 3, num(0.1), num(4e6)),
		firm("DEBT", 4, num(0.3), num(-2e6)), firm("HUSH", 5, num(0.3), nil), firm("BOTH", 6, num(0.09), num(-1e6)), firm("NONE", 7, nil, nil),
	}}
	screen := &screener.Screen{Name: "s", Pass: []screener.Condition{{Rule: rule(t, "returns", "roic > 10%")}, {Rule: rule(t, "cash", "net_cash >= 0")}}}
	for most, want := range map[int]string{
		1: `EDGE 0.000: returns false roic > 10%: 10.0 % > 10.0 % (0.0 %), +0 %
FAR 0.500: returns false roic > 10%: 5.0 % > 10.0 % (-5.0 %), -50 %
DEBT 0.500: cash false net_cash >= 0: -2.00 M >= 0 (-2.00 M)
HUSH: cash unknown none, lacks [{ net_cash not reported}]
`,
		2: `EDGE 0.000: returns false roic > 10%: 10.0 % > 10.0 % (0.0 %), +0 %
BOTH 0.350: returns false roic > 10%: 9.0 % > 10.0 % (-1.0 %), -10 %; cash false net_cash >= 0: -1.00 M >= 0 (-1.00 M)
FAR 0.500: returns false roic > 10%: 5.0 % > 10.0 % (-5.0 %), -50 %
DEBT 0.500: cash false net_cash >= 0: -2.00 M >= 0 (-2.00 M)
HUSH: cash unknown none, lacks [{ net_cash not reported}]
NONE: returns unknown none, lacks [{ roic not reported}]; cash unknown none, lacks [{ net_cash not reported}]
`,
	} {
		got := ""
		for _, c := range must(t, market, screen, screener.Options{Near: most}).Near {
			got += c.Ticker
			if c.Distance != nil {
				got += fmt.Sprintf(" %.3f", *c.Distance)
			}
			for i, m := range c.Misses {
				got += []string{": ", "; "}[min(i, 1)] + m.Condition + " " + m.Verdict + " " + slackText(m.Slack)
				if len(m.Lacks) > 0 {
					got += fmt.Sprintf(", lacks %v", m.Lacks)
				}
			}
			got += "\n"
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("near %d: %s", most, d)
		}
	}
	r := must(t, market, screen, screener.Options{Overlap: true})
	want := []screener.Overlap{
		{Condition: "returns", KeepsOut: 4, Alone: 2, With: map[string]int{"cash": 2}},
		{Condition: "cash", KeepsOut: 4, Alone: 2, With: map[string]int{"returns": 2}},
	}
	if d := cmp.Diff(want, r.Overlap); d != "" {
		t.Error(d)
	}
	if plain := must(t, market, screen, screener.Options{}); plain.Run != r.Run || plain.Near != nil || plain.Overlap != nil {
		t.Errorf("what is told of a run changes it: %s, %s", plain.Run, r.Run)
	}
}
