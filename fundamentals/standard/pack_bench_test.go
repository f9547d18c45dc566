package standard_test

import (
	"testing"

	"assay/fundamentals/standard"
)

// benchedYears is how long the company of the benchmarks has filed.
const benchedYears = 16

func benchedCompany(b *testing.B) *standard.Company {
	b.Helper()
	books := newBooks(b)
	for year := range benchedYears {
		books.year(2008+year, float64(1+year))
	}
	return standard.Build(standard.Concepts(), 1, books.facts, books.filings)
}

// BenchmarkUnpack reads a company back with all its vintages: at most what a date that
// was never asked for does for each company.
func BenchmarkUnpack(b *testing.B) {
	m := standard.Concepts()
	pack := benchedCompany(b).Pack(m)
	b.SetBytes(int64(len(pack)))
	for b.Loop() {
		c, err := standard.Unpack(m, pack)
		if err != nil {
			b.Fatal(err)
		}
		for item := range m.Items {
			c.Periods(item)
		}
	}
}
