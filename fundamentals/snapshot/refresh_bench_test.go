package snapshot_test

import (
	"path/filepath"
	"testing"

	"assay/fundamentals/snapshot"
	"assay/fundamentals/source"
	"assay/fundamentals/source/edgar"
	"assay/fundamentals/standard"
	"assay/fundamentals/store"
)

// filed returns a database of real companies, one in twenty of those whose files are
// here, and skips where none is.
func filed(b *testing.B) *store.DB {
	files, err := filepath.Glob("../../../shared/data/companyfacts/*.json.gz")
	if err != nil || len(files) == 0 {
		b.Skip("the real companyfacts files are not here")
	}
	db := newDB(b, b)
	var some []string
	for i := 0; i < len(files); i += 20 {
		some = append(some, files[i])
	}
	if report, err := source.Ingest(b.Context(), db, edgar.Companyfacts(), some, source.Options{}); err != nil || !report.Clean() {
		b.Fatal(report, err)
	}
	return db
}

// BenchmarkRefresh reads companies, and reads, standardises and packs them.
func BenchmarkRefresh(b *testing.B) {
	db := filed(b)
	keys, err := db.PackKeys(b.Context(), "none", 0)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("read", func(b *testing.B) {
		var books store.Books
		facts := 0
		b.ReportAllocs()
		for b.Loop() {
			for _, key := range keys {
				if err := db.ReadBooks(b.Context(), &books, key.CIK, standard.Concepts().Tags, 0); err != nil {
					b.Fatal(err)
				}
				facts += len(books.Facts)
			}
		}
		b.ReportMetric(float64(facts)/b.Elapsed().Seconds(), "facts/s")
	})
	b.Run("pack", func(b *testing.B) {
		stale := make([]store.Pack, len(keys))
		for i, key := range keys {
			stale[i].PackKey, stale[i].Content = key, []byte{}
		}
		b.ReportAllocs()
		for b.Loop() {
			b.StopTimer()
			if err := db.PutPacks(b.Context(), stale); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			if err := snapshot.Refresh(b.Context(), db, nil); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(len(keys)*b.N)/b.Elapsed().Seconds(), "companies/s")
	})
}
