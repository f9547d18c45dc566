package market_test

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/market"
)

// The index has a close on every trading day and on no other.
func TestTheCalendarIsThatOfTheIndex(t *testing.T) {
	path := filepath.Join("..", "..", "..", "shared", "data", "prices", "GSPC.csv")
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("no index closes at %s", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	traded := map[fundamentals.Date]bool{}
	for _, row := range rows[1:] {
		traded[day(t, row[0])] = true
	}
	first, last := day(t, rows[1][0]), day(t, rows[len(rows)-1][0])
	for d := first; d <= last; d++ {
		if market.TradingDay(d) != traded[d] {
			t.Errorf("%s, a %s: trading day %v, but the index has a close: %v", d, d.Time().Weekday(), market.TradingDay(d), traded[d])
		}
	}
	if got := market.TradingDaysOld(first-1, last); got != len(traded) {
		t.Errorf("%d trading days, want the %d closes", got, len(traded))
	}
}

func TestHolidays(t *testing.T) {
	for text, why := range map[string]string{
		"1998-01-19": "Martin Luther King, the first time", "2022-06-20": "Juneteenth, on a Sunday", "2023-01-02": "New Year's Day, on a Sunday",
		"2020-07-03": "the fourth is a Saturday", "2021-07-05": "the fourth is a Sunday", "2021-12-24": "Christmas on a Saturday",
		"2022-12-26": "Christmas on a Sunday", "2024-03-29": "Good Friday", "2025-04-18": "Good Friday", "2025-01-09": "Carter",
		"2012-10-29": "Sandy", "2026-07-03": "the fourth is a Saturday", "2024-03-09": "a Saturday",
	} {
		if market.TradingDay(day(t, text)) {
			t.Errorf("%s is taken for a trading day: %s", text, why)
		}
	}
	for text, why := range map[string]string{
		"1997-01-20": "before Martin Luther King's birthday was kept", "2021-06-18": "before Juneteenth was",
		"2021-12-31": "New Year's Day on a Saturday is not made up for", "2027-12-31": "the same", "2024-11-29": "a half day is one",
	} {
		if !market.TradingDay(day(t, text)) {
			t.Errorf("%s is not taken for a trading day: %s", text, why)
		}
	}
}

func TestHalfDays(t *testing.T) {
	want := map[int][]string{
		1997: {"1997-07-03", "1997-11-28", "1997-12-24", "1997-12-26"},
		1999: {"1999-11-26", "1999-12-31"}, // the third was a Saturday, Christmas too
		2002: {"2002-07-05", "2002-11-29", "2002-12-24"},
		2003: {"2003-07-03", "2003-11-28", "2003-12-24", "2003-12-26"},
		2013: {"2013-07-03", "2013-11-29", "2013-12-24"},
		2015: {"2015-11-27", "2015-12-24"}, // Independence Day kept on the third
		2016: {"2016-11-25"},
		2024: {"2024-07-03", "2024-11-29", "2024-12-24"},
	}
	for year, days := range want {
		var got []string
		for d := fundamentals.NewDate(year, 1, 1); d < fundamentals.NewDate(year+1, 1, 1); d++ {
			if market.HalfDay(d) {
				got = append(got, d.String())
			}
		}
		if !slices.Equal(got, days) {
			t.Errorf("half days of %d: %v, want %v", year, got, days)
		}
	}
}

func TestTradingDaysOld(t *testing.T) {
	friday := day(t, "2024-03-08")
	for after, want := range map[fundamentals.Date]int{0: 0, 1: 0, 2: 0, 3: 1, 7: 5, 14: 10, 20: 14, 21: 14, 24: 15} { // Good Friday is the 21st
		if got := market.TradingDaysOld(friday, friday+after); got != want {
			t.Errorf("%d days after a Friday: %d trading days, want %d", after, got, want)
		}
	}
	if got := market.TradingDaysOld(friday, friday-9); got != 0 {
		t.Errorf("backwards: %d trading days, want 0", got)
	}
	for n, want := range map[int]string{0: "2024-04-01", 1: "2024-03-31", 2: "2024-03-27", 3: "2024-03-26"} {
		if got := market.TradingDaysBack(day(t, "2024-04-01"), n); n > 0 && got.String() != want {
			t.Errorf("%d trading days before Easter Monday's end: %s, want %s", n, got, want)
		}
	}
}
