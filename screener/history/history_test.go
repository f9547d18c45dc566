package history_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"assay/fundamentals"
	"assay/fundamentals/store"
	"assay/rules"
	"assay/screener"
	"assay/screener/history"
)

func open(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "assay.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

var noon = time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)

// run is a run of a screen as of a day, with two companies, of which one is listed.
func run(name, screen string, asOf fundamentals.Date) *history.Run {
	return &history.Run{
		Name: name, Screen: screen, AsOf: asOf,
		Texts:       []history.Text{{File: screen + ".yaml", Text: "screen: " + screen}, {File: "base.yaml", Text: "screen: base"}},
		DataVersion: "d0", Batch: 4, Catalogue: "c0", Program: "1", Stale: screener.Stale{Statement: 270},
		Before: &screener.Before{Run: "0000000000000000", AsOf: asOf - 1, Since: map[fundamentals.CIK]fundamentals.Date{5: asOf - 40}},
		Counts: history.Counts{Companies: 2, Universe: 2, Passed: 2, Cut: 1},
		Ledger: &screener.Ledger{
			Conditions: []string{"small"}, Companies: []fundamentals.CIK{5, 7}, Outcomes: []screener.Outcome{4, 4},
			Universe: []rules.Verdict{rules.True, rules.True}, Verdicts: [][]rules.Verdict{{rules.True, rules.Unknown}},
			Ranked: []screener.Place{{CIK: 7, Ticker: "SEV", Name: "Seven", Score: 0.5, Listed: true, Since: asOf}, {CIK: 5, Ticker: "FIV", Name: "Five", Why: rules.Stale}},
		},
	}
}

var asked = history.Asked{Slack: true, Near: 2, Overlap: true, Evidence: true}

// keep records a run, days after noon, and returns its number.
func keep(t *testing.T, db *store.DB, r *history.Run, days int, origin string) int64 {
	t.Helper()
	o := history.Occurrence{Origin: origin, File: r.Texts[0].File, Started: noon.AddDate(0, 0, days), Timings: history.Timings{Open: 3 * time.Millisecond, Run: time.Millisecond}, Asked: asked}
	n, err := history.Record(t.Context(), db, r, o, func() []history.Definition { return []history.Definition{{Name: "roic", Text: "a / b"}} })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestRecord holds that all that was kept comes back, and that the same run twice
// is one run and two occurrences.
func TestRecord(t *testing.T) {
	db := open(t)
	want := run("00000000000000aa", "value", 20000)
	if first, second := keep(t, db, want, 0, ""), keep(t, db, want, 1, "nightly"); first != 1 || second != 2 {
		t.Errorf("the numbers are %d and %d", first, second)
	}
	e, err := history.Find(t.Context(), db, "last")
	if err == nil {
		err = history.Load(t.Context(), db, &e.Run)
	}
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(&e.Run, want) {
		t.Errorf("got %+v\nwant %+v", e.Run, want)
	}
	o := history.Occurrence{Number: 2, Origin: "nightly", File: "value.yaml", Started: noon.AddDate(0, 0, 1), Timings: history.Timings{Open: 3 * time.Millisecond, Run: time.Millisecond}, Asked: asked}
	if e.Occurrence != o || e.Timings.Total() != 4*time.Millisecond {
		t.Errorf("got %+v\nwant %+v", e.Occurrence, o)
	}
	if n := count(t, db, "run"); n != 1 {
		t.Errorf("%d runs are kept", n)
	}
	definitions, err := history.Definitions(t.Context(), db, "c0")
	if err != nil || !slices.Equal(definitions, []history.Definition{{Name: "roic", Text: "a / b"}}) {
		t.Errorf("definitions: %v, %v", definitions, err)
	}

	want.Ledger.Outcomes[0] = 2
	_, err = history.Record(t.Context(), db, want, history.Occurrence{}, nothing)
	if !errors.Is(err, history.ErrOtherwise) || count(t, db, "run_occurrence") != 2 {
		t.Errorf("a run that is decided otherwise under the same name: %v", err)
	}
}

func count(t *testing.T, db *store.DB, table string) (n int) {
	t.Helper()
	err := db.View(t.Context(), func(tx *sql.Tx) error {
		return tx.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestFind holds the ways to name a run.
func TestFind(t *testing.T) {
	db := open(t)
	if _, err := history.Find(t.Context(), db, "last"); !errors.Is(err, history.ErrNotFound) {
		t.Errorf("nothing is kept, and last gives %v", err)
	}
	value, again, growth := run("00000000000000aa", "value", 20000), run("00000000000000ab", "value", 20001), run("00000000cc000000", "growth", 20000)
	for i, r := range []*history.Run{value, growth, again, value} { // numbers 1 to 4
		keep(t, db, r, i, "")
	}
	for name, want := range map[string]string{
		"1": "1 00000000000000aa", "3": "3 00000000000000ab", "00000000cc": "2 00000000cc000000", "00000000000000aa": "4 00000000000000aa",
		"last": "4 00000000000000aa", "last~1": "3 00000000000000ab", "growth@last": "2 00000000cc000000", "value@last~1": "3 00000000000000ab",
		"9":        "run 9: no such run is kept",
		"last~2":   "run last~2: no such run is kept",
		"ffffff":   "run ffffff: no such run is kept",
		"000000":   "run 000000: no such run is kept", // a number
		"0000000a": "run 0000000a: no such run is kept",
		"value":    "run value: no such run is kept: a run is named by its number, by six digits of its name or more, or by last",
	} {
		e, err := history.Find(t.Context(), db, name)
		got := fmt.Sprintf("%d %s", e.Number, e.Name)
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	list, err := history.List(t.Context(), db, history.Filter{Screen: "value", Limit: 2})
	if err != nil || len(list) != 2 || list[0].Number != 4 || list[1].Number != 3 {
		t.Errorf("list: %v, %v", list, err)
	}
}

// TestListBefore holds that the list before is that of the latest day before,
// however late it was made, and that a company is on it since it first was.
func TestListBefore(t *testing.T) {
	db := open(t)
	for i, r := range []*history.Run{run("00000000000000ab", "value", 20001), run("00000000000000aa", "value", 20000), run("00000000000000ac", "growth", 20002)} {
		keep(t, db, r, i, "")
	}
	for asOf, want := range map[fundamentals.Date]*screener.Before{
		20000: nil,
		20001: {Run: "00000000000000aa", AsOf: 20000, Since: map[fundamentals.CIK]fundamentals.Date{7: 20000}},
		20009: {Run: "00000000000000ab", AsOf: 20001, Since: map[fundamentals.CIK]fundamentals.Date{7: 20001}},
	} {
		got, err := history.ListBefore(t.Context(), db, "value", asOf)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("before %s: got %+v, %v, want %+v", asOf, got, err, want)
		}
	}
}

// TestPrune holds what a policy keeps: the young, the last of each screen, and the
// latest of each screen and origin whatever the policy says.
func TestPrune(t *testing.T) {
	db := open(t)
	old, young, nightly, other := run("00000000000000aa", "value", 20000), run("00000000000000ab", "value", 20001), run("00000000000000ac", "value", 20002), run("00000000cc000000", "growth", 20000)
	other.Catalogue, nightly.Texts[0].Text = "c1", "screen: value # edited"
	keep(t, db, old, 0, "")          // 1
	keep(t, db, nightly, 1, "night") // 2
	keep(t, db, other, 2, "")        // 3
	keep(t, db, old, 3, "")          // 4
	keep(t, db, young, 100, "")      // 5
	for _, c := range []struct {
		policy history.Policy
		want   history.Pruned
	}{
		{history.Policy{Since: noon}, history.Pruned{Kept: 5, Numbers: []int64{}}},
		{history.Policy{Since: noon.AddDate(0, 0, 90)}, history.Pruned{Occurrences: 2, Runs: 1, Kept: 3, Numbers: []int64{1, 4}}},
		{history.Policy{Last: 2}, history.Pruned{Occurrences: 1, Kept: 4, Numbers: []int64{1}}},
		{history.Policy{Last: 1, Since: noon.AddDate(0, 0, 3)}, history.Pruned{Occurrences: 1, Kept: 4, Numbers: []int64{1}}},
		{history.Policy{}, history.Pruned{Occurrences: 2, Runs: 1, Kept: 3, Numbers: []int64{1, 4}}},
	} {
		got, err := history.Prune(t.Context(), db, c.policy, true)
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%+v: got %+v, %v, want %+v", c.policy, got, err, c.want)
		}
	}
	if n := count(t, db, "run_occurrence"); n != 5 {
		t.Fatalf("a try left %d occurrences", n)
	}
	if _, err := history.Prune(t.Context(), db, history.Policy{}, false); err != nil {
		t.Fatal(err)
	}
	for table, want := range map[string]int{"run_occurrence": 3, "run": 3, "run_text": 4, "run_catalogue": 2} {
		if n := count(t, db, table); n != want {
			t.Errorf("%s has %d rows, want %d", table, n, want)
		}
	}
	if n := keep(t, db, old, 101, ""); n != 6 {
		t.Errorf("the number %d is given again", n)
	}
}

// TestRecordOfAClosedContext holds that an interrupted record leaves nothing.
func TestRecordOfAClosedContext(t *testing.T) {
	db := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := history.Record(ctx, db, run("00000000000000aa", "value", 20000), history.Occurrence{}, nothing); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if n := count(t, db, "run") + count(t, db, "run_text"); n != 0 {
		t.Errorf("%d rows are left", n)
	}
}

func nothing() []history.Definition { return nil }
