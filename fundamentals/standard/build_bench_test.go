package standard_test

import (
	"slices"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/standard"
)

// benched returns the facts of Cohu that line items are made of, as the store lists
// them.
func benched(b *testing.B) ([]fundamentals.Fact, []fundamentals.Filing) {
	facts, filings := realFacts(b, 21535)
	tags := map[fundamentals.Tag]bool{}
	for _, tag := range standard.Concepts().Tags {
		tags[tag] = true
	}
	return slices.DeleteFunc(facts, func(f fundamentals.Fact) bool { return !tags[f.Tag] }), filings
}

// BenchmarkBuild standardises a company.
func BenchmarkBuild(b *testing.B) {
	facts, filings := benched(b)
	b.ReportAllocs()
	for b.Loop() {
		standard.Build(standard.Concepts(), 21535, facts, filings)
	}
	b.ReportMetric(float64(len(facts))*float64(b.N)/b.Elapsed().Seconds(), "facts/s")
}

// BenchmarkPack packs a company that is standardised.
func BenchmarkPack(b *testing.B) {
	facts, filings := benched(b)
	c := standard.Build(standard.Concepts(), 21535, facts, filings)
	b.ReportAllocs()
	for b.Loop() {
		b.SetBytes(int64(len(c.Pack(standard.Concepts()))))
	}
}

// BenchmarkPacker standardises and packs company after company.
func BenchmarkPacker(b *testing.B) {
	facts, filings := benched(b)
	packer := standard.NewPacker(standard.Concepts())
	b.ReportAllocs()
	for b.Loop() {
		packer.Pack(21535, facts, filings)
	}
	b.ReportMetric(float64(len(facts))*float64(b.N)/b.Elapsed().Seconds(), "facts/s")
}
