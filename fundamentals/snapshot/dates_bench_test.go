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

// ofScreen are the planes that a screen of returns and prices reads.
var ofScreen = func() (refs []rules.Ref) {
	for _, name := range []string{"market_cap", "roic", "roce", "net_cash", "earnings_yield", "return_6m"} {
		for _, lag := range []int{0, 4} {
			refs = append(refs, rules.Ref{Name: name, At: rules.At{Lag: lag}})
		}
	}
	return refs
}()

func read(b *testing.B, table *snapshot.Table) {
	b.Helper()
	for _, ref := range ofScreen {
		if _, err := table.Column(b.Context(), ref.Name, ref.At); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFirstDate builds columns of a date that was never asked for: one after
// the other, and in one pass.
func BenchmarkFirstDate(b *testing.B) {
	db := quarterly(b)
	for name, opts := range map[string]snapshot.Options{"one by one": {}, "said before": {Reads: ofScreen}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				table, err := snapshot.Open(b.Context(), db, firstDay+900, opts)
				if err != nil {
					b.Fatal(err)
				}
				read(b, table)
			}
			b.ReportMetric(float64(b.N*benchedCompanies)/b.Elapsed().Seconds(), "companies/s")
		})
	}
}

// BenchmarkPanel builds columns of the month-ends of three years.
func BenchmarkPanel(b *testing.B) {
	db := quarterly(b)
	var dates []fundamentals.Date
	for month := range 36 {
		dates = append(dates, firstDay.AddMonths(month+1)-1)
	}
	for b.Loop() {
		err := snapshot.Panel(b.Context(), db, dates, snapshot.Options{}, ofScreen, func(_ int, table *snapshot.Table) error {
			read(b, table)
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*benchedCompanies*len(dates))/b.Elapsed().Seconds(), "companies*dates/s")
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
