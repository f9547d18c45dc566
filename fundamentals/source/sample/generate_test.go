package sample_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"assay/fundamentals/source/sample"
)

func generate(t testing.TB, opts sample.Options) (string, sample.Files) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "made")
	files, err := sample.Generate(t.Context(), dir, opts, nil)
	if err != nil {
		t.Fatal(err)
	}
	return dir, files
}

// TestLawSameSeedSameBytes holds that the seed, and nothing else, says what is
// made; and that companies do not depend on how many there are.
func TestLawSameSeedSameBytes(t *testing.T) {
	opts := sample.Options{Companies: 30, Years: 4, Seed: 5}
	one, files := generate(t, opts)
	two, _ := generate(t, opts)
	if digest(t, one) != digest(t, two) {
		t.Error("two samples of one seed differ")
	}
	opts.Companies = 10
	_, fewer := generate(t, opts)
	opts.Seed = 6
	_, other := generate(t, opts)
	name := "CIK9900000004.json.gz"
	want := content(t, filepath.Join(files.CompanyFacts, name))
	if content(t, filepath.Join(fewer.CompanyFacts, name)) != want {
		t.Error("a company of a smaller sample is another")
	}
	if content(t, filepath.Join(other.CompanyFacts, name)) == want || content(t, other.Prices) == content(t, fewer.Prices) {
		t.Error("another seed gives the same")
	}
}

func content(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestLawBalanceSheetsBalance holds that assets are liabilities and equity in every
// report, but for those with a planted slip of a thousand; and that the sample has
// what it is to have.
func TestLawBalanceSheetsBalance(t *testing.T) {
	_, files := generate(t, sample.Options{Companies: 400, Years: 5, Seed: 3, WithoutNotes: true})
	seen := map[string]bool{}
	paths, err := filepath.Glob(filepath.Join(files.CompanyFacts, "CIK*.json.gz"))
	if err != nil || len(paths) != 400 {
		t.Fatalf("%d files: %v", len(paths), err)
	}
	sheets, slips := 0, 0
	for _, path := range paths {
		f := unzipped(t, path)
		at := func(tag string) map[string]float64 {
			m := map[string]float64{}
			for _, p := range f.Facts["us-gaap"][tag].Units["USD"] {
				m[p.Accn+" "+p.End] = p.Val
				seen[p.Form] = true
			}
			seen[tag] = seen[tag] || len(m) > 0
			return m
		}
		sums := at("LiabilitiesAndStockholdersEquity")
		for k, assets := range at("Assets") {
			switch sum := sums[k]; {
			case assets == sum:
				sheets++
			case assets*1000 == sum:
				slips++
			default:
				t.Errorf("%s: %s: assets %.0f, liabilities and equity %.0f", path, k, assets, sum)
			}
		}
		for _, tag := range []string{"SalesRevenueNet", "Deposits", "PremiumsEarnedNet", "RealEstateInvestmentPropertyNet"} {
			at(tag)
		}
	}
	if sheets < 5000 || slips == 0 || slips > sheets/500 {
		t.Errorf("%d balance sheets, %d slips", sheets, slips)
	}
	for _, want := range []string{"10-K", "10-Q", "10-K/A", "10-Q/A", "Deposits", "PremiumsEarnedNet", "RealEstateInvestmentPropertyNet"} {
		if !seen[want] {
			t.Errorf("no company has %s", want)
		}
	}
}

func unzipped(t *testing.T, path string) (f factsFile) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	text, err := gzip.NewReader(file)
	if err == nil {
		err = json.NewDecoder(text).Decode(&f)
	}
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return f
}

// TestTickersAreTheirOwn holds that no two companies share a ticker, that securities
// come and go, and that some have two classes.
func TestTickersAreTheirOwn(t *testing.T) {
	_, files := generate(t, sample.Options{Companies: 300, Years: 3, Seed: 11, WithoutNotes: true})
	all := rows(t, files.Securities)[1:]
	var tickers []string
	gone, classes := 0, 0
	for _, row := range all {
		tickers = append(tickers, row[1])
		if row[7] != "" {
			gone++
		}
		if len(row[1]) == 7 {
			classes++
		}
		if !strings.HasSuffix(row[2], "(sample)") {
			t.Errorf("%q could be real", row[2])
		}
	}
	slices.Sort(tickers)
	if n := len(slices.Compact(slices.Clone(tickers))); n != len(all) || gone == 0 || classes == 0 || len(rows(t, files.Splits)) < 5 {
		t.Errorf("%d tickers of %d securities, %d left, %d second classes", n, len(all), gone, classes)
	}
}

// TestGenerateWritesOverNothing holds that a folder with files stays as it is, and
// that one that could not be filled does not appear.
func TestGenerateWritesOverNothing(t *testing.T) {
	parent := t.TempDir()
	mine := filepath.Join(parent, "mine")
	if err := os.MkdirAll(mine, 0o755); err != nil {
		t.Fatal(err)
	}
	opts := sample.Options{Companies: 50, Years: 3}
	if _, err := sample.Generate(t.Context(), mine, opts, nil); err != nil {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := sample.Generate(t.Context(), mine, opts, nil); !errors.Is(err, sample.ErrNotEmpty) {
		t.Errorf("a folder with files: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	_, err := sample.Generate(ctx, filepath.Join(parent, "half"), opts, func(n, _ int) {
		if n == 5 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("stopped half way: %v", err)
	}
	left, err := os.ReadDir(parent)
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestGenerateHere holds that a folder that cannot be taken away, such as the one that
// a program stands in, is filled where it is.
func TestGenerateHere(t *testing.T) {
	t.Chdir(t.TempDir())
	opts := sample.Options{Companies: 3, Years: 3}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := sample.Generate(ctx, ".", opts, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if _, err := sample.Generate(t.Context(), ".", opts, nil); err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadDir(".")
	var names []string
	for _, f := range list {
		names = append(names, f.Name())
	}
	if want := "companyfacts prices.csv.gz securities.csv splits.csv"; err != nil || strings.Join(names, " ") != want {
		t.Errorf("%v, %v, want %s", names, err, want)
	}
}

func TestGenerateLimits(t *testing.T) {
	for _, opts := range []sample.Options{{Companies: 0, Years: 5}, {Companies: 1_000_001, Years: 5}, {Companies: 1, Years: 2}, {Companies: 1, Years: 41}} {
		if _, err := sample.Generate(t.Context(), filepath.Join(t.TempDir(), "x"), opts, nil); err == nil {
			t.Errorf("%+v is made", opts)
		}
	}
}

func BenchmarkGenerate(b *testing.B) {
	parent, size := b.TempDir(), int64(0)
	for b.Loop() {
		dir := filepath.Join(parent, "made")
		files, err := sample.Generate(b.Context(), dir, sample.Options{Companies: 20, Years: 16, Seed: 1}, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if size == 0 {
			size = unpackedSize(b, files)
		}
		if err := os.RemoveAll(dir); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	b.SetBytes(size)
}

// unpackedSize is how many bytes the files of facts have as JSON.
func unpackedSize(b *testing.B, files sample.Files) (n int64) {
	paths, err := filepath.Glob(filepath.Join(files.CompanyFacts, "*"))
	if err != nil {
		b.Fatal(err)
	}
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		text, err := gzip.NewReader(f)
		if err != nil {
			b.Fatal(err)
		}
		buf := make([]byte, 1<<16)
		for err == nil {
			var k int
			k, err = text.Read(buf)
			n += int64(k)
		}
		_ = f.Close()
	}
	return n
}
