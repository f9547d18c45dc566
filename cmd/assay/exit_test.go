package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"assay/screener/screenfile"
)

func TestStatusOf(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		want int
	}{
		{"nothing", nil, 0},
		{"any error", errors.New("no"), 1},
		{"wrong usage", usage("", "no"), 2},
		{"wrapped usage", fmt.Errorf("run: %w", usage("", "no")), 2},
		{"a bad screen", screenfile.Problems{{Msg: "no"}}, 2},
		{"input left out", &failure{exitPartly, errors.New("no"), ""}, 3},
		{"a failed check", &failure{exitCheck, errTold, ""}, 4},
		{"interrupted", fmt.Errorf("read: %w", context.Canceled), 130},
	} {
		if got := statusOf(c.err); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

// call runs the program in this process at a fixed time.
func call(ctx context.Context, args ...string) (status int, stdout, stderr string) {
	var out, err strings.Builder
	a := &app{
		out:     &output{stdout: &out, stderr: &err},
		now:     func() time.Time { return time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC) },
		program: "assay",
	}
	status = execute(ctx, a, args)
	return status, out.String(), err.String()
}

// TestInterrupted holds that a verb stops when it is told to, says so, and
// leaves no half-written result.
func TestInterrupted(t *testing.T) {
	dir := t.TempDir()
	if status, _, told := call(t.Context(), "demo", "--keep", dir, "--quiet"); status != exitOK {
		t.Fatal(told)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	db, list := filepath.Join(dir, "assay.db"), filepath.Join(dir, "list.csv")
	for _, args := range [][]string{
		{"demo"},
		{"ingest", "prices", filepath.Join(dir, "prices.csv"), "--db", db},
		{"run", "cash-rich-value", "--db", db, "-o", list},
		{"explain", "cash-rich-value", "BELLTO", "--db", db},
		{"facts", "BELLTO", "--db", db},
	} {
		status, stdout, stderr := call(ctx, args...)
		if status != 130 || stdout != "" || !strings.HasSuffix(stderr, "assay: interrupted\n") {
			t.Errorf("%s: status %d, stdout %q, stderr %q", args[0], status, stdout, stderr)
		}
	}
	if found, _ := filepath.Glob(filepath.Join(dir, "*list.csv*")); len(found) > 0 {
		t.Errorf("left behind: %q", found)
	}
}

// TestTodayIsTheDefault holds that without --as-of the clock decides.
func TestTodayIsTheDefault(t *testing.T) {
	dir := t.TempDir()
	if status, _, told := call(t.Context(), "demo", "--keep", dir, "--quiet"); status != exitOK {
		t.Fatal(told)
	}
	_, stdout, _ := call(t.Context(), "run", "cash-rich-value", "--db", filepath.Join(dir, "assay.db"))
	if !strings.HasPrefix(stdout, "cash-rich-value as of 2026-06-30\n") {
		t.Errorf("got %.60q", stdout)
	}
}
