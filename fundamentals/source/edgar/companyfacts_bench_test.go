package edgar_test

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/source"
	"assay/fundamentals/source/edgar"
	"assay/fundamentals/store"
)

// sharedCompanyfacts skips where the real files are absent.
func sharedCompanyfacts(tb testing.TB) string {
	tb.Helper()
	folder := filepath.FromSlash("../../../../shared/data/companyfacts")
	if _, err := os.Stat(folder); err != nil {
		tb.Skip("the real companyfacts files are not here: ", err)
	}
	return folder
}

// BenchmarkCompanyfacts ingests one real company, and all that are here, into a new
// database; the rate is that of the text.
func BenchmarkCompanyfacts(b *testing.B) {
	folder := sharedCompanyfacts(b)
	for name, path := range map[string]string{"one": filepath.Join(folder, "CIK0000021535.json.gz"), "all": folder} {
		b.Run(name, func(b *testing.B) {
			facts := 0
			for b.Loop() {
				db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "assay.db"))
				if err != nil {
					b.Fatal(err)
				}
				report, err := source.Ingest(b.Context(), db, edgar.Companyfacts(), []string{path}, source.Options{})
				if err != nil || !report.Clean() {
					b.Fatal(report, err)
				}
				facts += report.Rows
				b.SetBytes(report.Bytes)
				if err := db.Close(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(facts)/b.Elapsed().Seconds(), "facts/s")
		})
	}
}

// BenchmarkParse reads the JSON of one real company, quickly and plainly.
func BenchmarkParse(b *testing.B) {
	text := unpacked(b, filepath.Join(sharedCompanyfacts(b), "CIK0000021535.json.gz"))
	for name, kind := range map[string]source.Kind{"quick": edgar.Companyfacts(), "plain": edgar.PlainCompanyfacts()} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				facts := 0
				_, err := kind.Parse(b.Context(), source.FileOf("a.json", text), func(rows *fundamentals.Rows) error {
					facts += len(rows.Facts)
					return nil
				})
				if err != nil || facts == 0 {
					b.Fatal(facts, err)
				}
			}
		})
	}
}

// unpacked returns the JSON that a file holds.
func unpacked(b testing.TB, file string) []byte {
	b.Helper()
	f, err := os.Open(file)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	text, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	all, err := io.ReadAll(text)
	if err != nil {
		b.Fatal(err)
	}
	return all
}
