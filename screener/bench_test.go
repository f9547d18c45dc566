package screener_test

import (
	"fmt"
	"testing"

	"assay/fundamentals"
	"assay/rules"
	"assay/screener"
)

// BenchmarkRun is a market of 5,000 companies, one in ten of them unknown.
func BenchmarkRun(b *testing.B) {
	market := &table{version: "d"}
	for i := range 5000 {
		c := company{cik: fundamentals.CIK(i + 1), ticker: fmt.Sprint("T", i), sector: "Tech", numbers: map[string][]rules.Value{
			"market_cap": num(1e8 + 1e6*float64(i)), "net_cash": num(float64(i%7-3) * 1e6), "roic": num(float64(i%31)/100, 0.2, 0.13),
		}}
		if i%10 == 0 {
			c.numbers["net_cash"] = none(rules.NotReported)
		}
		market.rows = append(market.rows, c)
	}
	screen := sampleScreen(b)
	for b.Loop() {
		if _, err := screener.Run(b.Context(), market, screen, screener.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
