package screener_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/rules"
	"assay/screener"
)

// bandTable has companies at both sides of the thresholds of bandScreen.
func bandTable() *table {
	caps := func(v float64) map[string][]rules.Value {
		return map[string][]rules.Value{"market_cap": num(v), "roic": num(0.2)}
	}
	return &table{version: "d0", rows: []company{
		{1, "IN", "Tech", caps(5e8)}, {2, "EDGE", "Tech", caps(2.5e8)}, {3, "NEWEDGE", "Tech", caps(2.6e8)},
		{4, "OUT", "Tech", caps(1e8)}, {5, "YOUNG", "Tech", caps(1e8)}, {6, "GONE", "Financials", caps(1e8)},
		{7, "HUSH", "Tech", map[string][]rules.Value{"roic": num(0.2)}},
	}}
}

func bandScreen(t testing.TB) *screener.Screen {
	return &screener.Screen{
		Name: "banded", Text: "screen: banded", Universe: new(rule(t, "universe", `sector != "Financials"`)),
		Pass: []screener.Condition{
			{Rule: rule(t, "small", "market_cap >= 300M"), Keep: new(rule(t, "small", "market_cap >= 200M"))},
			{Rule: rule(t, "returns", "roic >= 12%")},
		},
		MinStay: 30,
	}
}

func since(t *table, days map[fundamentals.CIK]int) *screener.Before {
	b := &screener.Before{Run: "r0", AsOf: t.AsOf() - 1, Since: map[fundamentals.CIK]fundamentals.Date{}}
	for cik, n := range days {
		b.Since[cik] = t.AsOf() - fundamentals.Date(n)
	}
	return b
}

// TestBands shows who passes by which band, and how it is told.
func TestBands(t *testing.T) {
	table, screen := bandTable(), bandScreen(t)
	options := screener.Options{Before: since(table, map[fundamentals.CIK]int{1: 100, 2: 100, 4: 30, 5: 29, 6: 1, 7: 100})}
	r, err := screener.Run(t.Context(), table, screen, options)
	if err != nil {
		t.Fatal(err)
	}
	type line struct {
		ticker, since string
		flags         []string
	}
	var got []line
	for _, c := range r.Candidates {
		got = append(got, line{c.Ticker, c.Since, c.Flags})
	}
	want := []line{{"IN", "2023-11-29", []string{}}, {"EDGE", "2023-11-29", []string{"keep:small"}}, {"YOUNG", "2024-02-08", []string{"min_stay"}}}
	if !slices.EqualFunc(got, want, func(a, b line) bool {
		return a.ticker == b.ticker && a.since == b.since && slices.Equal(a.flags, b.flags)
	}) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	if *r.Bands != (screener.Bands{Run: "r0", AsOf: "2024-03-07", Before: 6, Kept: 1, Stayed: 1}) {
		t.Errorf("got %+v", *r.Bands)
	}
	notice := "bands: 6 companies of the list of 2024-03-07 (run r0) may keep what they have: 1 passed by keep, 1 by min_stay"
	if !slices.Contains(r.Notices, notice) {
		t.Errorf("the notices are %q", r.Notices)
	}
	e, err := screener.Explain(t.Context(), table, screen, 1, options)
	if err != nil {
		t.Fatal(err)
	}
	if f := e.Conditions[0]; f.Expression != "market_cap >= 200M" || f.CountsAs != "pass" || f.Band != "keep" || e.Run != r.Run {
		t.Errorf("explain tells of %+v in run %s", f, e.Run)
	}

	first, err := screener.Run(t.Context(), table, screen, screener.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(first.Candidates) != 1 || first.Run == r.Run ||
		!slices.Contains(first.Notices, "bands: no earlier list of this screen is known: every company is held to the conditions of entry") {
		t.Errorf("without a list before: %+v", first)
	}
}

// TestStayAndLimit shows that who must stay takes the place of the last of the
// others.
func TestStayAndLimit(t *testing.T) {
	table, screen := bandTable(), bandScreen(t)
	screen.Rank = &screener.Rank{By: rule(t, "by", "market_cap"), Limit: 2}
	options := screener.Options{Before: since(table, map[fundamentals.CIK]int{2: 100, 5: 29})}
	r, err := screener.Run(t.Context(), table, screen, options)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Candidates) != 2 || r.Candidates[0].Ticker != "IN" || r.Candidates[1].Ticker != "YOUNG" || r.Cut != 1 {
		t.Errorf("got %+v, %d cut", r.Candidates, r.Cut)
	}
}

// TestLawBands holds that bands only add to those that pass: nobody who meets the
// conditions of entry is kept out, who is not on the list before is held to them,
// and the counts still add up.
func TestLawBands(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		of, screen := drawTable(rt), drawScreen(rt, t)
		before := drawBands(rt, t, screen, of)
		with, err := screener.Decide(t.Context(), of, screen, screener.Options{Before: before})
		if err != nil {
			rt.Fatal(err)
		}
		without, err := screener.Decide(t.Context(), of, screen, screener.Options{})
		if err != nil {
			rt.Fatal(err)
		}
		result, err := with.Result(t.Context())
		if err != nil {
			rt.Fatal(err)
		}
		if result.Passed+result.Failed+result.Unknown != result.Universe || result.Universe+result.Outside+result.UniverseUnknown != result.Companies {
			rt.Fatalf("the counts do not add up: %+v", result)
		}
		a, b := without.Ledger(), with.Ledger()
		for i, cik := range a.Companies {
			incumbent := false
			if before != nil {
				_, incumbent = before.Since[cik]
			}
			entered, stands := a.Outcomes[i].String(), b.Outcomes[i].String()
			if entered == "passed" && stands != "passed" || !incumbent && entered != stands {
				rt.Fatalf("company %d, on the list before: %t, %s and with bands %s", cik, incumbent, entered, stands)
			}
		}
		steps := result.Funnel
		if last := steps[len(steps)-1]; last.Left != result.Passed || last.Unknown != result.Unknown+result.UniverseUnknown && screen.Universe == nil {
			rt.Fatalf("the funnel ends with %+v: %d passed, %d unknown", last, result.Passed, result.Unknown)
		}
	})
}

// TestNearKept shows that a miss lacks what the condition that decided lacks, be it
// that of staying.
func TestNearKept(t *testing.T) {
	table, screen := bandTable(), bandScreen(t)
	screen.Pass[0].Keep = new(rule(t, "small", "growth_rate >= 0"))
	r, err := screener.Run(t.Context(), table, screen, screener.Options{Before: since(table, map[fundamentals.CIK]int{2: 100}), Near: 1})
	if err != nil {
		t.Fatal(err)
	}
	want := []screener.Lack{{Input: "growth_rate", Reason: rules.NotReported.String()}}
	for _, near := range r.Near {
		if near.CIK == 2 {
			if len(near.Misses) != 1 || near.Misses[0].Verdict != "unknown" || !slices.Equal(near.Misses[0].Lacks, want) {
				t.Errorf("got %+v, want lacks %v", near.Misses, want)
			}
			return
		}
	}
	t.Errorf("it is not near: %+v", r.Near)
}
