package screener_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/rules"
	"assay/screener"
)

// drawBands gives some conditions a threshold to keep, the screen a least stay,
// and the run a list before.
func drawBands(rt *rapid.T, t *testing.T, s *screener.Screen, of *table) *screener.Before {
	for i := range s.Pass {
		if rapid.Bool().Draw(rt, "keeps") {
			s.Pass[i].Keep = new(rule(t, s.Pass[i].Name, rapid.SampledFrom(conditions).Draw(rt, "keep")))
		}
	}
	s.MinStay = rapid.SampledFrom([]int{0, 30, 400}).Draw(rt, "stay")
	if rapid.Bool().Draw(rt, "no list before") {
		return nil
	}
	b := &screener.Before{Run: "r0", AsOf: of.AsOf() - 7, Since: map[fundamentals.CIK]fundamentals.Date{}}
	for _, r := range of.rows {
		if rapid.Bool().Draw(rt, "before") {
			b.Since[r.cik] = of.AsOf() - fundamentals.Date(rapid.SampledFrom([]int{7, 29, 30, 365}).Draw(rt, "since"))
		}
	}
	return b
}

func drawStage(rt *rapid.T, t *testing.T, of *table, cause string) (screener.Stage, *screener.Result) {
	screen := drawScreen(rt, t)
	before := drawBands(rt, t, screen, of)
	judged, err := screener.Decide(t.Context(), of, screen, screener.Options{Before: before})
	if err != nil {
		rt.Fatal(err)
	}
	result, err := judged.Result(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	s := screener.Stage{Cause: cause, Ledger: judged.Ledger()}
	if rapid.Bool().Draw(rt, "can be opened") {
		s.Judged = judged
	}
	if cause != "" && rapid.Bool().Draw(rt, "alone") {
		s.AloneFrom, s.AloneTo = s.Ledger, &screener.Ledger{}
	}
	return s, result
}

// TestLawCausesAddUp holds that the causes of a difference add up to the whole of
// it: over all causes in the length of the list, and for each company from what it
// was to what it is, without a gap. The way back takes back what the way did.
func TestLawCausesAddUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var stages []screener.Stage
		var results []*screener.Result
		for i := range rapid.IntRange(1, 5).Draw(rt, "stages") {
			cause := ""
			if i > 0 {
				cause = fmt.Sprintf("cause %d", i)
			}
			s, r := drawStage(rt, t, drawTable(rt), cause)
			stages, results = append(stages, s), append(results, r)
		}
		d := addsUp(rt, t, stages, results[0], results[len(results)-1])
		back := addsUp(rt, t, screener.Reverse(stages), results[len(results)-1], results[0])
		if len(d.Entered) != len(back.Left) || len(d.Left) != len(back.Entered) || len(d.Moved) != len(back.Moved) || d.Stayed != back.Stayed {
			rt.Fatalf("there %v\nand back %v", d, back)
		}
	})
}

func addsUp(rt *rapid.T, t *testing.T, stages []screener.Stage, from, to *screener.Result) *screener.Diff {
	d, err := screener.Compare(t.Context(), stages)
	if err != nil {
		rt.Fatal(err)
	}
	if d.From.Listed != len(from.Candidates) || d.To.Listed != len(to.Candidates) {
		rt.Fatalf("%d and %d listed, want %d and %d", d.From.Listed, d.To.Listed, len(from.Candidates), len(to.Candidates))
	}
	longer := 0
	for _, c := range d.Causes {
		longer += c.Entered - c.Left
	}
	stay := len(d.Moved) + d.Stayed
	if len(d.Causes) != len(stages)-1 || longer != d.To.Listed-d.From.Listed || len(d.Entered)+stay != d.To.Listed || len(d.Left)+stay != d.From.Listed {
		rt.Fatalf("the causes do not add up: %+v", d)
	}
	for _, n := range slices.Concat(d.Entered, d.Left, d.Moved) {
		if rankIn(from, n.CIK) != n.FromRank || rankIn(to, n.CIK) != n.ToRank || len(n.Parts) == 0 {
			rt.Fatalf("%+v is told of ranks %d and %d", n, rankIn(from, n.CIK), rankIn(to, n.CIK))
		}
		at := screener.DiffMove{To: n.From, ToRank: n.FromRank}
		for _, p := range n.Parts {
			if p.From != at.To || p.FromRank != at.ToRank {
				rt.Fatalf("%+v: a gap before %s", n, p.Cause)
			}
			at = p.DiffMove
		}
		if at.To != n.To || at.ToRank != n.ToRank {
			rt.Fatalf("%+v: the parts lead elsewhere", n)
		}
	}
	return d
}

func rankIn(r *screener.Result, cik fundamentals.CIK) int {
	for _, c := range r.Candidates {
		if c.CIK == cik {
			return c.Rank
		}
	}
	return 0
}

// TestInteraction shows that what takes two changes together is told as such.
func TestInteraction(t *testing.T) {
	screen := &screener.Screen{Name: "s", Pass: []screener.Condition{{Rule: rule(t, "cheap", "net_cash / market_cap >= 50%")}}}
	ledger := func(cash, price float64) (*screener.Decision, *screener.Ledger) {
		of := &table{rows: []company{{1, "BOTH", "", map[string][]rules.Value{"net_cash": num(cash), "market_cap": num(price)}}}}
		judged, err := screener.Decide(t.Context(), of, screen, screener.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return judged, judged.Ledger()
	}
	first, from := ledger(1e8, 5e8)
	second, filed := ledger(2e8, 5e8)
	third, both := ledger(2e8, 4e8)
	_, priced := ledger(1e8, 4e8)
	d, err := screener.Compare(t.Context(), []screener.Stage{
		{Ledger: from, Judged: first}, {Cause: screener.CauseFilings, Ledger: filed, Judged: second},
		{Cause: screener.CausePrices, Ledger: both, Judged: third, AloneFrom: from, AloneTo: priced},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"ticker":"BOTH","cik":1,"name":"BOTH Inc","from":"failed","to":"listed","from_rank":0,"to_rank":1,"parts":[` +
		`{"cause":"prices","from":"failed","to":"listed","from_rank":0,"to_rank":1,"conditions":[` +
		`{"name":"cheap","from":"false","to":"true","values":[{"text":"net_cash / market_cap >= 50%","before":"40.0 %","after":"50.0 %"}]}]}],` +
		`"interaction":["prices"]}`
	got, err := json.Marshal(d.Entered[0])
	if err != nil || strings.ReplaceAll(string(got), `\u003e`, ">") != want {
		t.Errorf("got  %s, %v\nwant %s", got, err, want)
	}
}
