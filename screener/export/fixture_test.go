package export_test

import (
	"bytes"
	"testing"

	"assay/rules"
	"assay/screener"
	"assay/screener/export"
)

func num(f float64, unit rules.Unit) screener.Datum { return screener.Datum{F: f, Unit: unit} }

func text(s string) screener.Datum { return screener.Datum{Kind: rules.Text, S: s} }

// result is a run with all that can be hard to write: texts that look like
// formulas, markup or rows, a column with the name of a fixed one, negative
// numbers, days, conditions, and values that are missing.
func result(with screener.With) *screener.Result {
	r := &screener.Result{
		Run: "0123456789abcdef", Screen: "hard-to-write", About: "A screen | of `hard` <b>names</b>.", AsOf: "2024-03-08", DataVersion: "d41d8cd98f00b204e9800998ecf8427e",
		Companies: 9, Universe: 6, Outside: 2, UniverseUnknown: 1, Passed: 4, Failed: 1, Unknown: 1, Cut: 1,
		UniverseExpression: `market_cap >= 300M and sector != "Banks"`,
		Conditions: []screener.Tally{
			{Name: "returns", Expression: "roic >= 12%", True: 5, False: 1, OnlyReason: 1, OnMissing: "unknown", UnknownReasons: []screener.Count{}},
			{Name: "steady", Expression: "count(roic > 12%, 3y) >= 3", True: 5, Unknown: 1, OnlyUnknown: 1, OnMissing: "unknown",
				UnknownReasons: []screener.Count{{Reason: "undefined", Input: "roic, 2y ago", Companies: 1}}},
		},
		Funnel: []screener.Step{{Name: "universe", Left: 6}, {Name: "returns", Dropped: 1, Left: 5}, {Name: "steady", Unknown: 1, Left: 4}},
		Columns: []screener.Column{
			{Name: "roic", Expression: "roic", Kind: "number", Unit: "fraction"}, {Name: "market_cap", Expression: "market_cap", Kind: "number", Unit: "money"},
			{Name: "name", Expression: "sector", Kind: "text"}, {Name: "period_end", Expression: "period_end", Kind: "date"},
			{Name: "rich", Expression: "net_cash > 0", Kind: "boolean"}, {Name: "pe", Expression: "price / eps", Kind: "number", Unit: "multiple"},
		},
		Ranking:          &screener.Ranking{By: "percentile(roic)", Over: "universe", Peers: 6, Limit: 3, Ties: []string{"net_cash"}, Scored: 3, Missing: 1},
		UnknownCompanies: []screener.Doubt{{Ticker: "HUSH", CIK: 6, Name: "Hush | Quiet", Lacks: []screener.Lack{{Condition: "steady", Input: "roic, 2y ago", Reason: "undefined"}}}},
		UniverseUnknowns: []screener.Doubt{{CIK: 9, Name: "", Lacks: []screener.Lack{{Input: "market_cap", Reason: "no price"}}}},
		Notices:          []string{"line 5: a *notice* of the file"},
		With:             with,
	}
	r.Candidates = []screener.Candidate{{
		Rank: 1, Ticker: "-AAA", CIK: 7, Name: `=HYPERLINK("http://x","<script>alert(1)</script>")`, Score: num(0.9777, rules.UnitPlain),
		Values: map[string]screener.Datum{
			"roic": num(-0.125, rules.UnitFraction), "market_cap": num(1149999999.9999998, rules.UnitMoney), "name": text("@sum, or not"),
			"period_end": {Kind: rules.Date, F: 19721}, "rich": {Kind: rules.Bool, F: 1}, "pe": num(12.34567890123456, rules.UnitMultiple),
		},
		Missing: map[string]string{}, Flags: []string{"dilution", "missing:steady"}, FlagsUnknown: map[string]string{"growing": "stale", "big": "undefined"},
	}, {
		Rank: 2, Ticker: "BRK-B", CIK: 1067983, Name: "B & Sons\t| of\n`Bath`", Score: num(1e-7, rules.UnitPlain),
		Values: map[string]screener.Datum{
			"roic": {Unit: rules.UnitFraction, Why: rules.Undefined}, "market_cap": num(5e8, rules.UnitMoney), "name": text("\u65e5\u672c \u20ac"),
			"period_end": {Kind: rules.Date, Why: rules.Stale}, "rich": {Kind: rules.Bool, F: 0}, "pe": num(1e21, rules.UnitMultiple),
		},
		Missing: map[string]string{"roic": "undefined", "period_end": "stale"}, Flags: []string{},
	}, {
		Rank: 3, CIK: 8, Name: "+1 \u2212 no ticker", Score: screener.Datum{Why: rules.Stale}, ScoreMissing: "stale",
		Values: map[string]screener.Datum{
			"roic": num(0.3, rules.UnitFraction), "market_cap": num(-2.5e6, rules.UnitMoney), "name": {Kind: rules.Text, Why: rules.NotReported},
			"period_end": {Kind: rules.Date, F: -40000}, "rich": {Kind: rules.Bool, Why: rules.NotReported}, "pe": num(0, rules.UnitMultiple),
		},
		Missing: map[string]string{"name": "not reported", "rich": "not reported"}, Flags: []string{},
	}}
	share, far := -0.25, 0.25
	slack := screener.Slack{Comparison: "roic >= 12%", Value: num(0.09, rules.UnitFraction), Operator: ">=", Threshold: num(0.12, rules.UnitFraction),
		Distance: num(-0.03, rules.UnitFraction), Share: &share, Nearness: share, Unit: "fraction"}
	r.Near = []screener.NearMiss{
		{Ticker: "NEAR", CIK: 4, Name: "=Near | Inc", Distance: &far, Misses: []screener.Miss{{Condition: "returns", Verdict: "false", Slack: &slack}}},
		{CIK: 6, Name: "Hush", Misses: []screener.Miss{{Condition: "steady", Verdict: "unknown", Lacks: []screener.Lack{{Input: "roic, 2y ago", Reason: "undefined"}}}}},
	}
	r.Overlap = []screener.Overlap{{Condition: "returns", KeepsOut: 1, Alone: 1, With: map[string]int{"steady": 0}}, {Condition: "steady", KeepsOut: 1, Alone: 1, With: map[string]int{"returns": 0}}}
	r.Candidates[0].Slack = map[string]*screener.Slack{"returns": &slack, "steady": nil}
	for i := range r.Candidates {
		addTo(&r.Candidates[i], with)
	}
	return r
}

// addTo puts on a candidate what was asked for.
func addTo(c *screener.Candidate, with screener.With) {
	if with.Exchange {
		c.Exchange = map[string]string{"-AAA": "NYSE American", "BRK-B": "NYSE"}[c.Ticker]
	}
	if with.Conditions {
		value, threshold, distance := num(0.15, rules.UnitFraction), num(0.12, rules.UnitFraction), num(0.03, rules.UnitFraction)
		c.Conditions = []screener.Finding{
			{Name: "returns", Expression: "roic >= 12%", Verdict: "true", CountsAs: "pass", OnMissing: "unknown", Lacks: []screener.Lack{}, Comparisons: []screener.Comparison{{
				Text: "roic >= 12%", Verdict: "true", Value: &value, Operator: ">=", Threshold: &threshold, Distance: &distance, Unit: "fraction"}}},
			{Name: "steady", Expression: "count(roic > 12%, 3y) >= 3", Verdict: "unknown", CountsAs: "pass", OnMissing: "pass", Lacks: []screener.Lack{}, Comparisons: []screener.Comparison{{
				Text: "count(roic > 12%, 3y) >= 3", Verdict: "unknown", Lacks: []screener.Lack{{Input: "roic, 2y ago", Reason: "undefined"}},
				Points: []screener.Reading{{Name: "roic", Value: value}, {Name: "roic", At: "1y ago", Value: threshold}}}}},
		}
	}
	if with.Evidence {
		fact := func(name, tag string, f float64) *screener.Source {
			return &screener.Source{Name: name, Value: num(f, rules.UnitMoney), Unit: "money", Basis: "fy", Start: "2023-01-01", End: "2023-12-31", Tag: tag,
				Accession: "0001437749-24-004596", Form: "10-K", Filed: "2024-02-16", KnownOn: "2024-02-16",
				URL: "https://www.sec.gov/Archives/edgar/data/21535/000143774924004596/", Note: "=note <i>"}
		}
		c.ScoreEvidence = &screener.Source{Name: "score", Formula: "percentile(roic)", Value: c.Score, Unit: "plain number"}
		c.Evidence = map[string]*screener.Source{
			"roic": {Name: "roic", Formula: "-nopat / invested_capital", Value: c.Values["roic"], Unit: "fraction", Missing: c.Missing["roic"],
				Inputs: []*screener.Source{fact("nopat", "us-gaap:OperatingIncomeLoss", 10), fact("invested_capital", "us-gaap:Assets", 80), fact("nopat", "us-gaap:OperatingIncomeLoss", 10)}},
			"market_cap": nil,
			"name":       {Name: "sector", Value: c.Values["name"], Missing: c.Missing["name"]},
		}
	}
}

// everything is all that candidates can carry.
func everything() screener.With {
	return screener.With{Conditions: true, Evidence: true, Exchange: true}
}

// written returns what a format makes of a result.
func written(t testing.TB, format string, r *screener.Result) []byte {
	t.Helper()
	f, ok := export.Lookup(format)
	if !ok {
		t.Fatalf("there is no format %s", format)
	}
	var b bytes.Buffer
	if err := f.Write(&b, r); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return b.Bytes()
}
