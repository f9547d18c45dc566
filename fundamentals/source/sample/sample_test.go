package sample_test

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/source/sample"
)

func write(t *testing.T) (string, sample.Files) {
	t.Helper()
	dir := t.TempDir()
	files, err := sample.Write(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return dir, files
}

func digest(t *testing.T, dir string) string {
	t.Helper()
	h := sha256.New()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		_, _ = fmt.Fprintln(h, name, len(text))
		_, _ = h.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

func TestWriteIsAlwaysTheSame(t *testing.T) {
	one, _ := write(t)
	two, _ := write(t)
	if digest(t, one) != digest(t, two) {
		t.Error("two samples differ")
	}
}

func TestAsOf(t *testing.T) {
	if got := sample.AsOf.String(); got != "2026-06-30" {
		t.Errorf("AsOf is %s", got)
	}
}

// point is a fact of a companyfacts file.
type point struct {
	Start, End, Accn, Form, Filed string
	Val                           float64
}

type factsFile struct {
	CIK        int64
	EntityName string
	Facts      map[string]map[string]struct{ Units map[string][]point }
}

func read(t *testing.T, files sample.Files, do func(name string, f factsFile)) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(files.CompanyFacts, "CIK*.json"))
	if err != nil || len(paths) != files.Companies {
		t.Fatalf("%d files, want %d: %v", len(paths), files.Companies, err)
	}
	for _, p := range paths {
		text, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		var f factsFile
		if err := json.Unmarshal(text, &f); err != nil {
			t.Fatal(err)
		}
		do(filepath.Base(p), f)
	}
}

// TestStatementsAgree holds that each filing's balance sheet balances and that
// its cash flows explain the change of cash.
func TestStatementsAgree(t *testing.T) {
	_, files := write(t)
	read(t, files, func(name string, f factsFile) {
		unit := "USD"
		if _, ok := f.Facts["us-gaap"]["Assets"].Units["EUR"]; ok {
			unit = "EUR"
		}
		// at returns what the tag says per filing and period end.
		at := func(tag string) map[string]float64 {
			m := map[string]float64{}
			for _, p := range f.Facts["us-gaap"][tag].Units[unit] {
				m[p.Accn+" "+p.Start+" "+p.End] = p.Val
			}
			return m
		}
		assets, liabilities, equity := at("Assets"), at("Liabilities"), at("StockholdersEquity")
		if len(assets) < 10 {
			t.Errorf("%s: only %d balance sheets", name, len(assets))
		}
		for k, a := range assets {
			if a != liabilities[k]+equity[k] {
				t.Errorf("%s: %s: assets %.0f, liabilities and equity %.0f", name, k, a, liabilities[k]+equity[k])
			}
		}
		operations := at("NetCashProvidedByUsedInOperatingActivities")
		investing := at("NetCashProvidedByUsedInInvestingActivities")
		financing := at("NetCashProvidedByUsedInFinancingActivities")
		cash := map[string]float64{}
		for k, v := range at("CashAndCashEquivalentsAtCarryingValue") {
			cash[k[strings.LastIndex(k, " ")+1:]] = v
		}
		for k, v := range operations {
			parts := strings.Fields(k)
			start, err := fundamentals.ParseDate(parts[1])
			if err != nil {
				t.Fatal(err)
			}
			before, opened := cash[(start - 1).String()]
			after, closed := cash[parts[2]]
			if change := v + investing[k] + financing[k]; opened && closed && before+change != after {
				t.Errorf("%s: %s: cash %.0f and %.0f, flows %.0f", name, k, before, after, change)
			}
		}
	})
}

// TestPlainlyASample holds that nobody can take the sample for real.
func TestPlainlyASample(t *testing.T) {
	_, files := write(t)
	read(t, files, func(name string, f factsFile) {
		if !strings.HasSuffix(f.EntityName, " (sample)") || f.CIK < 9_900_000_000 {
			t.Errorf("%s: %q, %d", name, f.EntityName, f.CIK)
		}
	})
	for _, row := range rows(t, files.Securities)[1:] {
		if len(row[1]) != 6 {
			t.Errorf("ticker %q could be real", row[1])
		}
	}
}

func rows(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestSplitShowsInThePrice holds that closes are as traded.
func TestSplitShowsInThePrice(t *testing.T) {
	_, files := write(t)
	if got := rows(t, files.Splits); len(got) != 2 || got[1][0] != "ASHGRO" || got[1][1] != "2025-09-15" || got[1][2] != "2" {
		t.Fatalf("splits: %q", got)
	}
	var before, after float64
	for _, row := range rows(t, files.Prices) {
		if row[0] == "ASHGRO" && row[1] == "2025-09-12" {
			_, _ = fmt.Sscan(row[5], &before)
		}
		if row[0] == "ASHGRO" && row[1] == "2025-09-15" {
			_, _ = fmt.Sscan(row[5], &after)
		}
	}
	if r := before / after; r < 1.8 || r > 2.2 {
		t.Errorf("close %v before, %v after", before, after)
	}
}

// TestRestatement holds that the amended report takes back what the first one
// said, and that the first one still stands.
func TestRestatement(t *testing.T) {
	_, files := write(t)
	var said []string
	read(t, files, func(_ string, f factsFile) {
		if !strings.HasPrefix(f.EntityName, "Dunmarrow") {
			return
		}
		for _, p := range f.Facts["us-gaap"]["OperatingIncomeLoss"].Units["USD"] {
			if p.Start == "2024-01-01" && p.End == "2024-12-31" {
				said = append(said, fmt.Sprintf("%s %s %.1fM", p.Form, p.Filed, p.Val/1e6))
			}
		}
	})
	got := strings.Join(said, "\n")
	want := "10-K 2025-02-26 46.8M\n10-K/A 2025-04-25 15.6M\n10-K 2026-02-26 15.6M"
	if got != want {
		t.Errorf("operating income of fiscal 2024:\n%s\nwant\n%s", got, want)
	}
}
