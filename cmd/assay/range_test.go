package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// listOn is the list of a day, as far as the runs of single days and of a range tell
// it alike.
type listOn struct {
	AsOf       string `json:"as_of"`
	Universe   int    `json:"universe"`
	Passed     int    `json:"passed"`
	Failed     int    `json:"failed"`
	Unknown    int    `json:"unknown"`
	Candidates []struct {
		Rank   int      `json:"rank"`
		Ticker string   `json:"ticker"`
		Score  *float64 `json:"score"`
	} `json:"candidates"`
}

// TestRangeOfBands holds that a screen with bands lists on the dates of a range what
// its runs list that are made on each of them, one after the other, and that the bands
// matter: some stay who would not come in.
func TestRangeOfBands(t *testing.T) {
	dir := t.TempDir()
	db, screen := filepath.Join(dir, "assay.db"), filepath.Join(dir, "banded.yaml")
	text := "screen: banded\npass:\n  cheap: earnings_yield >= 8%\n  returns: roic >= 12%\nkeep:\n  cheap: earnings_yield >= 5%\nmin_stay: 100d\nrank:\n  by: roic\n  limit: 9\n"
	if err := os.WriteFile(screen, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	read := func(into any, args ...string) {
		t.Helper()
		status, stdout, stderr := call(t.Context(), append(args, "--db", db, "--json", "--quiet")...)
		if status != exitOK {
			t.Fatal(stderr)
		}
		if err := json.Unmarshal([]byte(stdout), into); err != nil {
			t.Fatal(err)
		}
	}
	if status, _, told := call(t.Context(), "demo", "--keep", dir, "--quiet"); status != exitOK {
		t.Fatal(told)
	}
	var ranged struct{ Dates []listOn }
	read(&ranged, "run", screen, "--from", "2024-06-01", "--every", "month", "--as-of", "2026-06-30")
	if len(ranged.Dates) != 25 {
		t.Fatalf("there are %d dates", len(ranged.Dates))
	}
	kept, stayed := 0, 0
	for _, got := range ranged.Dates {
		var want struct {
			listOn
			Bands struct{ Kept, Stayed int }
		}
		read(&want, "run", screen, "--as-of", got.AsOf)
		if diff := cmp.Diff(want.listOn, got); diff != "" {
			t.Errorf("the run of the day, and the list of the range: %s", diff)
		}
		kept, stayed = kept+want.Bands.Kept, stayed+want.Bands.Stayed
	}
	if kept == 0 || stayed == 0 {
		t.Errorf("the bands keep %d and let %d stay", kept, stayed)
	}
}
