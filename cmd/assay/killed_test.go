package main

import (
	"database/sql"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
)

// TestKilledWhileRecording kills runs at many moments after their answer is there,
// and holds that the history is whole each time: a run is kept with all that it
// needs, or not at all.
func TestKilledWhileRecording(t *testing.T) {
	l := newLab(t)
	const tries = 30
	screens := []string{"quality-small-cap", "cash-rich-value", "compounders"}
	l.do("run", screens[0], "--as-of", "2026-06-30")
	killed := 0
	for i := range tries {
		// Each is a run of its own, so that all of its rows are written.
		day := fmt.Sprintf("2026-%02d-%02d", 1+i%6, 1+i/6)
		cmd := exec.Command("assay", "run", screens[i%len(screens)], "--as-of", day, "--db", l.db, "--quiet")
		stdout, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, stdout); err != nil { // until the answer is told
			t.Fatal(err)
		}
		for range 200 * i {
			if _, err := os.Stat(l.db); err != nil {
				t.Fatal(err)
			}
		}
		_ = cmd.Process.Kill()
		if err := cmd.Wait(); err != nil {
			killed++
		}
	}
	kept := l.whole()
	t.Logf("of %d runs %d were killed, and %d are kept", tries, killed, kept)
	if killed == 0 || kept < 1+tries-killed {
		t.Errorf("of %d runs %d were killed, and %d are kept", tries, killed, kept)
	}
	want := l.do("run", "compounders", "--as-of", "2026-06-30")
	if got := l.do("replay", "last"); got != want {
		t.Errorf("after that, a run gives\n%s\nand its replay\n%s", want, got)
	}
}

// whole checks the history and returns how many runs it holds.
func (l *lab) whole() (kept int) {
	l.t.Helper()
	db, err := sql.Open("sqlite3", l.db)
	if err != nil {
		l.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for query, want := range map[string]string{
		`PRAGMA integrity_check`:                                                                                                              "ok",
		`SELECT count(*) FROM pragma_foreign_key_check`:                                                                                       "0",
		`SELECT count(*) FROM run WHERE name NOT IN (SELECT run FROM run_occurrence)`:                                                         "0",
		`SELECT count(*) FROM run, json_each(texts) t WHERE t.value ->> 'digest' NOT IN (SELECT digest FROM run_text)`:                        "0",
		`SELECT count(*) FROM run WHERE catalogue NOT IN (SELECT name FROM run_catalogue) OR length(decisions) < 20 OR json_valid(texts) = 0`: "0",
	} {
		var got string
		if err := db.QueryRowContext(l.t.Context(), query).Scan(&got); err != nil || got != want {
			l.t.Errorf("%s: got %s, %v, want %s", query, got, err, want)
		}
	}
	if err := db.QueryRowContext(l.t.Context(), `SELECT count(*) FROM run_occurrence`).Scan(&kept); err != nil {
		l.t.Fatal(err)
	}
	for n := range kept {
		l.do("runs", "show", fmt.Sprint(n+1))
	}
	return kept
}
