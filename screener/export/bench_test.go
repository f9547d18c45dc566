package export_test

import (
	"io"
	"testing"

	"assay/screener/export"
)

// BenchmarkFormats writes a list of five hundred candidates in every format.
func BenchmarkFormats(b *testing.B) {
	r := result(everything())
	three := r.Candidates
	r.Candidates = nil
	for i := range 500 {
		c := three[i%len(three)]
		c.Rank = i + 1
		r.Candidates = append(r.Candidates, c)
	}
	for _, f := range export.Formats() {
		b.Run(f.Name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := f.Write(io.Discard, r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
