package store_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/store"
)

// BenchmarkTake stores the facts of one new company after the other, and then bars.
func BenchmarkTake(b *testing.B) {
	for name, of := range map[string]func(n int) *fundamentals.Rows{
		"facts": func(n int) *fundamentals.Rows { return companyFacts(fundamentals.CIK(n)) },
		"bars":  func(n int) *fundamentals.Rows { return tickerBars(fmt.Sprint("T", n)) },
	} {
		b.Run(name, func(b *testing.B) {
			db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "assay.db"))
			if err != nil {
				b.Fatal(err)
			}
			defer func() { _ = db.Close() }()
			n, rows := 0, 0
			for b.Loop() {
				b.StopTimer()
				n++
				chunk := of(n)
				rows += chunk.Len()
				b.StartTimer()
				put(b, db, "test", chunk)
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// companyFacts are as many facts as a small company has, in the order of EDGAR.
func companyFacts(cik fundamentals.CIK) *fundamentals.Rows {
	rows := &fundamentals.Rows{Company: cik}
	for tag := range 400 {
		for quarter := range 40 {
			filed := fundamentals.Date(15000 + 91*quarter)
			f := fundamentals.Fact{
				Tag: fundamentals.Tag{Taxonomy: "us-gaap", Name: fmt.Sprint("Tag", tag)}, Unit: "USD", End: filed - 40, Value: float64(tag*quarter) * 1000,
				Accession: fmt.Sprintf("%010d-20-%06d", cik, quarter), Form: []string{"10-K", "10-Q"}[min(quarter%4, 1)], Filed: filed,
			}
			if tag%2 == 0 {
				f.Start = f.End - 90
			}
			rows.Facts = append(rows.Facts, f)
		}
	}
	return rows
}

func tickerBars(ticker string) *fundamentals.Rows {
	p := fundamentals.Prices{Series: fundamentals.Series{Ticker: ticker}}
	for i := range 5000 {
		p.Bars = append(p.Bars, fundamentals.Bar{Day: fundamentals.Date(12000 + i), Close: float64(i), Volume: float64(i) * 100, HasVolume: true})
	}
	return &fundamentals.Rows{Prices: []fundamentals.Prices{p}}
}
