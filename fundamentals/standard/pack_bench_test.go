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

// BenchmarkPack packs a company with its vintages.
func BenchmarkPack(b *testing.B) {
	c := benchedCompany(b)
	b.SetBytes(int64(len(c.Pack())))
	for b.Loop() {
		c.Pack()
	}
}

// BenchmarkUnpack reads it back: what a date that was never asked for does for each
// company.
func BenchmarkUnpack(b *testing.B) {
	pack := benchedCompany(b).Pack()
	b.SetBytes(int64(len(pack)))
	for b.Loop() {
		if _, err := standard.Unpack(standard.Concepts(), pack); err != nil {
			b.Fatal(err)
		}
	}
}
