package source_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"assay/fundamentals"
	"assay/fundamentals/source"
	"assay/fundamentals/source/edgar"
	"assay/fundamentals/store"
)

// hashed is a database that says which files were hashed.
type hashed struct {
	*store.DB
	names []string
}

func (h *hashed) KeepSeenFiles(ctx context.Context, files []fundamentals.SeenFile) error {
	for _, f := range files {
		h.names = append(h.names, filepath.Base(f.Path))
	}
	return h.DB.KeepSeenFiles(ctx, files)
}

func TestUnchangedFilesAreNotRead(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("no time of change is known here: every file is hashed")
	}
	folder := t.TempDir()
	first := write(t, folder, fileName(1), company(1, 3))
	write(t, folder, fileName(2), company(2, 3))
	write(t, folder, "more.zip", zipped(t, map[string]string{fileName(3): company(3, 3)}, fileName(3)))
	db := &hashed{DB: open(t, filepath.Join(t.TempDir(), "assay.db"))}
	later := time.Now().Add(time.Hour)
	for _, step := range []struct {
		name             string
		do               func()
		now              time.Time
		hashed           []string
		taken, unchanged int
	}{
		{"without a clock", func() {}, time.Time{}, nil, 3, 0},
		{"files in use", func() {}, time.Now(), nil, 0, 3},
		{"the first time", func() {}, later, []string{fileName(1), fileName(2), "more.zip: " + fileName(3)}, 0, 3},
		{"again", func() {}, later, nil, 0, 3},
		{"touched", func() { check(t, os.Chtimes(first, time.Time{}, later)) }, later, []string{fileName(1)}, 0, 3},
		{"another text of equal size and time", func() {
			info, err := os.Stat(first)
			check(t, err)
			write(t, folder, fileName(1), company(4, 3))
			check(t, os.Chtimes(first, time.Time{}, info.ModTime()))
		}, later, []string{fileName(1)}, 1, 2},
		{"the same beside a new name", func() { check(t, os.Rename(first, filepath.Join(folder, fileName(5)))) }, later, []string{fileName(5)}, 0, 3},
	} {
		step.do()
		db.names = nil
		report, err := source.Ingest(t.Context(), db, edgar.Companyfacts(), []string{folder}, source.Options{Now: step.now, Parsers: 1})
		check(t, err)
		if d := cmp.Diff(step.hashed, db.names); d != "" || report.Taken != step.taken || report.Unchanged != step.unchanged {
			t.Errorf("%s: taken %d, unchanged %d, hashed\n%s", step.name, report.Taken, report.Unchanged, d)
		}
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
