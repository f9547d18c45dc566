package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

var goldenCompany = regexp.MustCompile(`(?m)^ +company: (\S+)$`)

// TestLibraryOnRealCompanies runs the tests of the shipped screens that name real
// companies, on a database of these alone: so they say nothing of peers.
func TestLibraryOnRealCompanies(t *testing.T) {
	data := filepath.FromSlash("../../../shared/data")
	if _, err := os.Stat(data); err != nil {
		t.Skipf("real companies are checked where their files are: %v", err)
	}
	suites := filepath.FromSlash("../../screener/library/testdata/real")
	db := filepath.Join(t.TempDir(), "real.db")
	run := func(args ...string) string {
		t.Helper()
		var told, notes strings.Builder
		a := &app{out: &output{stdout: &told, stderr: &notes}, now: time.Now, program: "assay"}
		if status := execute(t.Context(), a, append(args, "--db", db)); status != exitOK {
			t.Fatalf("assay %s: status %d\n%s%s", strings.Join(args, " "), status, told.String(), notes.String())
		}
		return told.String()
	}
	run("ingest", "securities", filepath.Join(data, "tickers", "sic.csv"))
	run(append([]string{"ingest", "companyfacts"}, realFacts(t, data, suites)...)...)
	run("ingest", "prices", filepath.Join(data, "prices", "daily_2022-01_2024-03-08.csv.gz"), "--basis", "split-adjusted", "--basis-date", "2024-03-08")
	if told := run("test", suites, "--require-db"); !strings.Contains(told, "ok    Cohu is not cheap") {
		t.Errorf("the tests that ran are others:\n%s", told)
	}
}

// realFacts lists the files of the companies that suites name.
func realFacts(t *testing.T, data, suites string) (paths []string) {
	t.Helper()
	list, err := os.ReadFile(filepath.Join(data, "tickers", "sic.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(list))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	ciks := map[string]string{}
	for _, row := range rows {
		ciks[row[1]] = row[0]
	}
	files, err := filepath.Glob(filepath.Join(suites, "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s has no tests: %v", suites, err)
	}
	seen := map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range goldenCompany.FindAllStringSubmatch(string(text), -1) {
			if !seen[m[1]] {
				seen[m[1]] = true
				paths = append(paths, filepath.Join(data, "companyfacts", fmt.Sprintf("CIK%010s.json.gz", ciks[m[1]])))
			}
		}
	}
	return paths
}
