package snapshot_test

import (
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/rules"
)

// TestPricesOfAnotherDay holds that statements of one day stand beside the prices
// of another, on the split basis of the statements' day, and that a table with its
// own day's prices is the plain one.
func TestPricesOfAnotherDay(t *testing.T) {
	db := newDB(t, t)
	prices := fundamentals.Rows{Prices: []fundamentals.Prices{{Series: fundamentals.Series{Ticker: "ACME"}, Bars: []fundamentals.Bar{
		{Day: date(t, "2024-03-07"), Close: 30}, {Day: date(t, "2024-03-08"), Close: 32}, {Day: date(t, "2024-06-28"), Close: 9},
	}}}}
	splits := fundamentals.Rows{Splits: []fundamentals.Split{{Ticker: "ACME", Date: date(t, "2024-05-01"), Ratio: 4}}}
	take(t, t, db, listed(1, "ACME", 3825), statement(1, "2023-12-31", "2024-02-20"), statement(1, "2024-03-31", "2024-05-10"), prices, splits)
	spring, summer := date(t, "2024-03-08"), date(t, "2024-06-28")
	for _, c := range []struct {
		asOf, pricesOn fundamentals.Date
		price          float64
		end            string
	}{
		{spring, 0, 32, "2023-12-31"},
		{spring, spring, 32, "2023-12-31"},
		{summer, 0, 9, "2024-03-31"},
		{summer, spring, 8, "2024-03-31"},  // 32 before the split
		{spring, summer, 36, "2023-12-31"}, // 9 after it
	} {
		table, err := snapshot.Open(t.Context(), db, c.asOf, snapshot.Options{PricesOn: c.pricesOn})
		if err != nil {
			t.Fatal(err)
		}
		price, err := table.Column(t.Context(), "price", rules.At{})
		if err != nil {
			t.Fatal(err)
		}
		end, err := table.Column(t.Context(), "period_end", rules.At{})
		if err != nil {
			t.Fatal(err)
		}
		if price.Value(0) != rules.Num(c.price) || fundamentals.Date(end.F[0]).String() != c.end {
			t.Errorf("statements of %s at prices of %s: %v, period to %s; want %g, %s", c.asOf, c.pricesOn, price.Value(0), fundamentals.Date(end.F[0]), c.price, c.end)
		}
		if err := table.Save(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
