package main

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
)

// TestATableThatCannotBeKept holds that a finished run stands even if what it
// computed cannot be kept for the next one.
func TestATableThatCannotBeKept(t *testing.T) {
	dir := t.TempDir()
	if status, _, told := call(t.Context(), "demo", "--keep", dir, "--quiet"); status != exitOK {
		t.Fatal(told)
	}
	path := filepath.Join(dir, "assay.db")
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(t.Context(), `CREATE TRIGGER full BEFORE INSERT ON snapshot BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"run", "cash-rich-value"}, {"explain", "cash-rich-value", "BELLTO"}} {
		status, stdout, stderr := call(t.Context(), append(args, "--db", path, "--as-of", "2026-05-29")...)
		if status != exitOK || !strings.HasPrefix(stdout, map[string]string{"run": "cash-rich-value as of 2026-05-29\n", "explain": "BELLTO  Belltower Toys (sample)"}[args[0]]) {
			t.Errorf("%s: status %d, %.60q", args[0], status, stdout)
		}
		if want := "nothing was kept for the next run: keep the table as of 2026-05-29: "; !strings.HasPrefix(stderr, want) || !strings.HasSuffix(stderr, "the disk is full\n") {
			t.Errorf("%s: got %q", args[0], stderr)
		}
	}
}
