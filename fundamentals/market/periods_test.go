package market_test

import (
	"strings"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/market"
)

func TestLastDays(t *testing.T) {
	for _, c := range []struct {
		period         market.Period
		from, to, want string
	}{
		{market.Month, "2024-01-31", "2024-04-30", "2024-01-31 2024-02-29 2024-03-28 2024-04-30"}, // Good Friday
		{market.Month, "2024-02-01", "2024-03-27", "2024-02-29"},
		{market.Month, "2024-02-01", "2024-02-28", ""},
		{market.Quarter, "2023-09-30", "2024-04-01", "2023-12-29 2024-03-28"},
		{market.Year, "1999-01-01", "2001-12-31", "1999-12-31 2000-12-29 2001-12-31"},
		{market.Week, "2024-11-25", "2024-12-13", "2024-11-29 2024-12-06 2024-12-13"},
		{market.Week, "2024-03-23", "2024-04-05", "2024-03-28 2024-04-05"},
		{market.Week, "1969-12-22", "1970-01-09", "1969-12-26 1970-01-02 1970-01-09"},
	} {
		from, _ := fundamentals.ParseDate(c.from)
		to, _ := fundamentals.ParseDate(c.to)
		var got []string
		for _, day := range market.LastDays(c.period, from, to) {
			got = append(got, day.String())
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s from %s to %s: %s, want %s", c.period, c.from, c.to, strings.Join(got, " "), c.want)
		}
	}
}
