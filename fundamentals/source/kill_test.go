package source_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"assay/fundamentals/source"
	"assay/fundamentals/source/edgar"
	"assay/fundamentals/store"
)

// TestMain lets the test binary serve as the process that is killed.
func TestMain(m *testing.M) {
	if folder := os.Getenv("ASSAY_TEST_INGEST"); folder != "" {
		ingestAndSay(folder, os.Getenv("ASSAY_TEST_DB"))
		return
	}
	os.Exit(m.Run())
}

// ingestAndSay prints the number of files done after each.
func ingestAndSay(folder, path string) {
	ctx := context.Background()
	db, err := store.Open(ctx, path)
	if err == nil {
		_, err = source.Ingest(ctx, db, edgar.Companyfacts(), []string{folder}, source.Options{Progress: func(p source.Progress) { fmt.Println(p.Done) }})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Killed after some file, in the midst of another: what was taken is there, and
// the next run ends with the content of a run that nobody killed.
func TestKillingLosesTheFileInHandOnly(t *testing.T) {
	folder := t.TempDir()
	const files = 12
	for cik := 1; cik <= files; cik++ {
		write(t, folder, fileName(cik), company(cik, 5000))
	}
	whole := open(t, filepath.Join(t.TempDir(), "whole.db"))
	ingest(t, whole, folder)
	for _, after := range []int{1, 4, 9} {
		t.Run(strconv.Itoa(after), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "assay.db")
			killed := exec.CommandContext(t.Context(), os.Args[0])
			killed.Env = append(os.Environ(), "ASSAY_TEST_INGEST="+folder, "ASSAY_TEST_DB="+path)
			out, err := killed.StdoutPipe()
			same(t, nil, err)
			same(t, nil, killed.Start())
			lines := bufio.NewScanner(out)
			for lines.Scan() && lines.Text() != strconv.Itoa(after) {
			}
			same(t, nil, killed.Process.Kill())
			_ = killed.Wait() // it was killed, and says so
			db := open(t, path)
			companies, err := db.Companies(t.Context(), 0)
			same(t, nil, err)
			if len(companies) < after {
				t.Errorf("%d companies are there, %d were taken", len(companies), after)
			}
			report := ingest(t, db, folder)
			if report.Unchanged < after || report.Taken+report.Unchanged != files {
				t.Errorf("taken %d, unchanged %d", report.Taken, report.Unchanged)
			}
			same(t, version(t, whole), version(t, db))
		})
	}
}
