package snapshot_test

import (
	"fmt"
	"strings"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/rules"
)

// sixty is sixty days of prices up to a day; volume gives a day's volume, or none.
func sixty(ticker string, last fundamentals.Date, volume func(ago int) (float64, bool)) fundamentals.Rows {
	p := fundamentals.Prices{Series: fundamentals.Series{Ticker: ticker}}
	for ago := range 60 {
		v, given := volume(ago)
		p.Bars = append(p.Bars, fundamentals.Bar{Day: last - fundamentals.Date(ago), Close: 10, Volume: v, HasVolume: given})
	}
	return fundamentals.Rows{Prices: []fundamentals.Prices{p}}
}

// A stock that nobody trades has a dollar volume of 0; of one whose prices come
// without volumes it is not known.
func TestNoTradeIsNotNoVolume(t *testing.T) {
	db := newDB(t, t)
	last := date(t, "2024-03-08")
	for i, s := range []struct {
		ticker string
		volume func(ago int) (float64, bool)
	}{
		{"IDLE", func(int) (float64, bool) { return 0, true }},
		{"MUTE", func(int) (float64, bool) { return 0, false }},
		{"HALF", func(ago int) (float64, bool) { return 100, ago < 40 }},
		{"RARE", func(ago int) (float64, bool) { return 100, ago < 29 }},
		{"EVEN", func(ago int) (float64, bool) { return float64(ago % 2 * 100), true }},
	} {
		cik := fundamentals.CIK(i + 1)
		take(t, t, db, listed(cik, s.ticker, 3825), statement(cik, "2023-12-31", "2024-02-20"), sixty(s.ticker, last, s.volume))
	}
	table := open(t, t, db, last)
	for ticker, want := range map[string]string{"IDLE": "0", "MUTE": "not reported", "HALF": "1000", "RARE": "not reported", "EVEN": "500"} {
		value(t, table, ticker, "dollar_volume_60d", want)
	}
	same := "2024-01-09..2024-03-08 known on 2024-03-08"
	for ticker, want := range map[string]string{
		"IDLE": same + ": close times volume, averaged over 60 days; IDLE, raw series",
		"HALF": same + ": close times volume, averaged over 40 days; HALF, raw series",
		"MUTE": ".. known on : no series of prices gives volumes",
	} {
		said(t, table, ticker, "dollar_volume_60d", want)
	}
	said(t, table, "IDLE", "return_1m", "2024-02-08..2024-03-08 known on 2024-03-08: from the first of these closes to the last; IDLE, raw series")
	said(t, table, "IDLE", "return_1y", ".. known on : no series of prices reaches over these days")
	said(t, table, "IDLE", "price_age", "..2024-03-08 known on 2024-03-08: days from the last close of IDLE, raw series, to 2024-03-08")
	later := open(t, t, db, date(t, "2024-05-08"))
	said(t, later, "EVEN", "dollar_volume_60d", "..2024-03-08 known on 2024-03-08: its last close is too old; EVEN, raw series")
}

// said holds what the evidence of a price column says.
func said(t *testing.T, table *snapshot.Table, ticker, column, want string) {
	t.Helper()
	row, ok := table.Row(ticker)
	if !ok {
		t.Fatalf("no row %s", ticker)
	}
	e, err := table.Evidence(t.Context(), row, column, rules.At{})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.TrimSpace(fmt.Sprintf("%s..%s known on %s: %s", e.Start, e.End, e.KnownOn, e.Note)); got != want || e.Basis != "price" {
		t.Errorf("%s of %s: got %q (%s), want %q", column, ticker, got, e.Basis, want)
	}
}
