package snapshot_test

import (
	"math/rand/v2"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
	"assay/rules"
)

// benchedCompanies is how many companies the benchmarks invent.
const benchedCompanies = 40

// quarterly returns a database of companies that have filed for three years.
func quarterly(b *testing.B) *store.DB {
	b.Helper()
	db, r := newDB(b, b), rand.New(rand.NewPCG(1, 2))
	for cik := range fundamentals.CIK(benchedCompanies) {
		take(b, b, db, invent(r, cik+1, 12)...)
	}
	if err := snapshot.Refresh(b.Context(), db, nil); err != nil {
		b.Fatal(err)
	}
	return db
}

// read reads what a screen of returns and prices reads.
func read(b *testing.B, table *snapshot.Table) {
	b.Helper()
	for _, name := range []string{"market_cap", "roic", "roce", "net_cash", "earnings_yield"} {
		for _, lag := range []int{0, 4} {
			if _, err := table.Column(b.Context(), name, rules.At{Lag: lag}); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkFirstDate builds columns of a date that was never asked for.
func BenchmarkFirstDate(b *testing.B) {
	db := quarterly(b)
	for b.Loop() {
		read(b, open(b, b, db, firstDay+900))
	}
	b.ReportMetric(float64(b.N*benchedCompanies)/b.Elapsed().Seconds(), "companies/s")
}

// BenchmarkKeptDate reads the columns of a date that was saved.
func BenchmarkKeptDate(b *testing.B) {
	db := quarterly(b)
	table := open(b, b, db, firstDay+900)
	read(b, table)
	if err := table.Save(b.Context()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		read(b, open(b, b, db, firstDay+900))
	}
}
