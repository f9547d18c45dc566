package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"assay/fundamentals/store"
	"assay/rules"
	"assay/screener"
	"assay/screener/history"
)

// list is what a run listed, best first.
type list struct {
	Run        string `json:"run"`
	Candidates []struct {
		CIK  int64 `json:"cik"`
		Rank int   `json:"rank"`
	} `json:"candidates"`
}

func (l *lab) list(args ...string) (out list) {
	l.t.Helper()
	if err := json.Unmarshal([]byte(l.do(append(args, "--json")...)), &out); err != nil {
		l.t.Fatal(err)
	}
	return out
}

func (o list) rank(cik int64) int {
	for _, c := range o.Candidates {
		if c.CIK == cik {
			return c.Rank
		}
	}
	return 0
}

// TestLawDiff holds that the causes of what two runs over the database differ in
// add up to all of it: between days, screens and bands, of data that came late, and
// in either direction.
func TestLawDiff(t *testing.T) {
	l := newLab(t)
	banded := l.write("banded.yaml", bandedScreen)
	edited := l.write("edited.yaml", strings.ReplaceAll(bandedScreen, "roic >= 15%", "roic >= 25%"))
	type run struct{ screen, day string }
	var runs []run
	for _, screen := range []string{banded, edited, "quality-small-cap"} {
		for _, day := range []string{"2025-03-31", "2025-12-31", "2026-03-31"} {
			runs = append(runs, run{screen, day})
		}
	}
	then := map[string]list{}
	for i, r := range runs {
		then[fmt.Sprint(i+1)] = l.list("run", r.screen, "--as-of", r.day)
	}
	l.later()
	for i, r := range runs {
		then[fmt.Sprint(i+1+len(runs))] = l.list("run", r.screen, "--as-of", r.day)
	}
	causes := map[string]int{}
	for _, pair := range [][2]string{
		{"1", "2"}, {"2", "3"}, {"3", "1"}, {"1", "6"}, {"6", "2"}, {"3", "12"}, {"12", "3"}, {"9", "18"}, {"8", "18"},
		{"7", "9"}, {"2", "15"}, {"18", "1"}, {"10", "12"}, {"4", "7"}, {"17", "9"}, {"5", "5"},
	} {
		var d screener.Diff
		if err := json.Unmarshal([]byte(l.do("diff", pair[0], pair[1], "--json")), &d); err != nil {
			t.Fatal(err)
		}
		l.addsUp(pair, &d, then[pair[0]], then[pair[1]])
		for _, n := range slices.Concat(d.Entered, d.Left, d.Moved) {
			for _, p := range n.Parts {
				causes[p.Cause]++
			}
		}
	}
	for _, want := range []string{
		screener.CauseFiling, screener.CausePrices, screener.CauseLateData, screener.CauseRule, screener.CauseBand, screener.CauseListing,
	} {
		if causes[want] == 0 {
			t.Errorf("nothing differs by %s: %v", want, causes)
		}
	}
	got := l.do("diff", "quality-small-cap@2026-03-01", "quality-small-cap@2026-03-04")
	if !strings.Contains(got, "  HEDGER   Hedgerow Staffing (sample)         1. -> 9.\n           restatement: 1. -> 9.") {
		t.Errorf("an amendment is told as\n%s", got)
	}
}

func (l *lab) addsUp(pair [2]string, d *screener.Diff, from, to list) {
	l.t.Helper()
	longer := 0
	for _, c := range d.Causes {
		longer += c.Entered - c.Left
	}
	if longer != len(to.Candidates)-len(from.Candidates) || d.From.Listed != len(from.Candidates) || d.To.Listed != len(to.Candidates) {
		l.t.Errorf("diff %v: %d causes make the list %d longer; it has %d, then %d", pair, len(d.Causes), longer, len(from.Candidates), len(to.Candidates))
	}
	names := slices.Concat(d.Entered, d.Left, d.Moved)
	for _, n := range names {
		if n.FromRank != from.rank(int64(n.CIK)) || n.ToRank != to.rank(int64(n.CIK)) || n.FromRank == n.ToRank {
			l.t.Errorf("diff %v: %s from %d to %d, and the lists have %d and %d", pair, n.Ticker, n.FromRank, n.ToRank, from.rank(int64(n.CIK)), to.rank(int64(n.CIK)))
		}
		at := screener.DiffMove{To: n.From, ToRank: n.FromRank}
		for _, p := range n.Parts {
			if p.From != at.To || p.FromRank != at.ToRank {
				l.t.Errorf("diff %v: %s has a gap before %s", pair, n.Ticker, p.Cause)
			}
			at = p.DiffMove
		}
		if at.To != n.To || at.ToRank != n.ToRank {
			l.t.Errorf("diff %v: the causes of %s lead to %s, not to %s", pair, n.Ticker, at.To, n.To)
		}
	}
	for _, c := range slices.Concat(from.Candidates, to.Candidates) {
		if from.rank(c.CIK) != to.rank(c.CIK) && !slices.ContainsFunc(names, func(n screener.DiffName) bool { return int64(n.CIK) == c.CIK }) {
			l.t.Errorf("diff %v does not name company %d", pair, c.CIK)
		}
	}
}

// TestDiffOfDefinitions holds that what another catalogue decided is told as such,
// and that nothing is told apart where the data are gone.
func TestDiffOfDefinitions(t *testing.T) {
	l := newLab(t)
	l.do("run", "cash-rich-value", "--as-of", "2026-06-30")
	db, err := store.OpenExisting(t.Context(), l.db)
	if err != nil {
		t.Fatal(err)
	}
	e, err := history.Find(t.Context(), db, "1")
	if err == nil {
		err = history.Load(t.Context(), db, &e.Run)
	}
	if err != nil {
		t.Fatal(err)
	}
	// As if another definition of a metric had kept the best one out.
	best := slices.Index(e.Ledger.Companies, e.Ledger.Ranked[0].CIK)
	e.Ledger.Ranked = e.Ledger.Ranked[1:]
	e.Ledger.Outcomes[best], e.Ledger.Verdicts[0][best] = 2, rules.False
	e.Name, e.Catalogue = "feedfeedfeedfeed", "old"
	then := slices.DeleteFunc(definitions(), func(d history.Definition) bool { return d.Name == "roic" })
	if _, err := history.Record(t.Context(), db, &e.Run, history.Occurrence{Started: time.Now()}, func() []history.Definition { return then }); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want []string
	}{
		{[]string{"diff", "feedfeed", "1"}, []string{"3 listed, then 4: 1 entered, 0 left, 3 moved, 0 stayed", "definition: failed -> 1.", "in place of that of the earlier run: roic (new)\n"}},
		{[]string{"diff", "1", "feedfeed"}, []string{"4 listed, then 3: 0 entered, 1 left, 3 moved, 0 stayed", "definition: 1. -> failed"}},
		{[]string{"diff", "feedfeed", "quality-small-cap@2026-06-30"}, []string{"\ndefinition ", "\nrule edit "}},
	} {
		got := l.do(c.args...)
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%v: got\n%s\nwhich lacks %q", c.args, got, want)
			}
		}
	}
	l.sql(`UPDATE run SET data_version = '0123456789abcdef0123456789abcdef'`)
	got := l.do("diff", "feedfeed", "cash-rich-value@2026-06-30")
	for _, want := range []string{"cannot be made again: the data 0123456789abcdef no longer exist: what made the difference cannot be told apart", "\nuntold ", "untold: failed -> 1."} {
		if !strings.Contains(got, want) {
			t.Errorf("without its data: got\n%s\nwhich lacks %q", got, want)
		}
	}
}
