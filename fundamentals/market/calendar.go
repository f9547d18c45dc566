package market

import (
	"slices"
	"sort"
	"sync"
	"time"

	"assay/fundamentals"
)

// The calendar is that of the New York Stock Exchange, by its rule of holidays
// (NYSE Rule 7.2) as it stood from 1993 on. Of earlier years a closed day may be
// taken for a trading day.

// closures are the days on which the exchange stayed closed out of turn.
var closures = []fundamentals.Date{
	fundamentals.NewDate(1994, time.April, 27),                                                     // mourning for Richard Nixon
	fundamentals.NewDate(2001, time.September, 11), fundamentals.NewDate(2001, time.September, 12), // the attacks on the
	fundamentals.NewDate(2001, time.September, 13), fundamentals.NewDate(2001, time.September, 14), // World Trade Center
	fundamentals.NewDate(2004, time.June, 11),                                                  // Ronald Reagan
	fundamentals.NewDate(2007, time.January, 2),                                                // Gerald Ford
	fundamentals.NewDate(2012, time.October, 29), fundamentals.NewDate(2012, time.October, 30), // hurricane Sandy
	fundamentals.NewDate(2018, time.December, 5), // George H. W. Bush
	fundamentals.NewDate(2025, time.January, 9),  // Jimmy Carter
}

// earlyCloses are the half days out of turn.
var earlyCloses = []fundamentals.Date{
	fundamentals.NewDate(1997, time.December, 26), fundamentals.NewDate(1999, time.December, 31), fundamentals.NewDate(2003, time.December, 26),
}

// TradingDay reports whether the exchange is open on a day, if only for half of
// it.
func TradingDay(day fundamentals.Date) bool {
	return weekday(day) && !slices.Contains(closures, day) && !slices.Contains(holidays(day.Year()), day)
}

func weekday(day fundamentals.Date) bool {
	wd := weekdayOf(day)
	return wd != time.Saturday && wd != time.Sunday
}

// weekdayOf counts from 1970-01-01, a Thursday.
func weekdayOf(day fundamentals.Date) time.Weekday { return time.Weekday(((int(day)+4)%7 + 7) % 7) }

// HalfDay reports whether the exchange closes early, at one in the afternoon, on
// a trading day: the day after Thanksgiving, Christmas Eve, and the day before
// Independence Day. Before 2013 the Friday after an Independence Day on a
// Thursday stood for the Wednesday before it.
func HalfDay(day fundamentals.Date) bool {
	if !TradingDay(day) {
		return false
	}
	year, month, n := day.Time().Date()
	switch {
	case slices.Contains(earlyCloses, day), month == time.December && n == 24:
		return true
	case month == time.November:
		return day == thanksgiving(year)+1
	case month != time.July:
		return false
	}
	switch wd := weekdayOf(day); n {
	case 3: // on a Friday it is closed, or the fourth is a Saturday
		return wd != time.Wednesday || year >= 2013
	case 5:
		return wd == time.Friday && year < 2013
	}
	return false
}

// holidays lists the days of a year on which the exchange is closed by rule.
func holidays(year int) []fundamentals.Date {
	list := []fundamentals.Date{
		nth(year, time.February, time.Monday, 3), // Washington's Birthday
		easter(year) - 2,                         // Good Friday
		nth(year, time.June, time.Monday, 1) - 7, // Memorial Day: the last Monday of May
		nearest(fundamentals.NewDate(year, time.July, 4)),
		nth(year, time.September, time.Monday, 1), // Labor Day
		thanksgiving(year),
		nearest(fundamentals.NewDate(year, time.December, 25)),
	}
	// A New Year's Day on a Saturday is not made up for: the Friday ends a year of
	// the books.
	if first := fundamentals.NewDate(year, time.January, 1); weekdayOf(first) != time.Saturday {
		list = append(list, nearest(first))
	}
	if year >= 1998 {
		list = append(list, nth(year, time.January, time.Monday, 3)) // Martin Luther King's birthday
	}
	if year >= 2022 {
		list = append(list, nearest(fundamentals.NewDate(year, time.June, 19))) // Juneteenth
	}
	return list
}

func thanksgiving(year int) fundamentals.Date { return nth(year, time.November, time.Thursday, 4) }

// nth is the nth such weekday of a month.
func nth(year int, month time.Month, wd time.Weekday, n int) fundamentals.Date {
	first := fundamentals.NewDate(year, month, 1)
	ahead := (int(wd-weekdayOf(first)) + 7) % 7
	return first + fundamentals.Date(ahead+7*(n-1))
}

// nearest moves a holiday from a Saturday to the Friday before it and from a
// Sunday to the Monday after.
func nearest(day fundamentals.Date) fundamentals.Date {
	switch weekdayOf(day) {
	case time.Saturday:
		return day - 1
	case time.Sunday:
		return day + 1
	}
	return day
}

// easter is Easter Sunday of the Gregorian calendar (Meeus, Astronomical
// Algorithms, 1991, chapter 8).
func easter(year int) fundamentals.Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return fundamentals.NewDate(year, time.Month(n/31), n%31+1)
}

// countedTo is the first year of which trading days are not counted.
const countedTo = 2100

// counted holds for each day since 1970-01-01 how many trading days there were up
// to and including it, which are fewer than 65,536. It is short and made in one
// pass: a run that asks once pays for all of it.
var counted = sync.OnceValue(func() []uint16 {
	list := make([]uint16, fundamentals.NewDate(countedTo, time.January, 1))
	for year := 1970; year < countedTo; year++ {
		for _, day := range holidays(year) {
			list[day] = 1
		}
	}
	for _, day := range closures {
		list[day] = 1
	}
	n, wd := uint16(0), weekdayOf(0)
	for day, closed := range list {
		if wd != time.Saturday && wd != time.Sunday {
			n += 1 - closed
		}
		list[day] = n
		if wd++; wd > time.Saturday {
			wd = time.Sunday
		}
	}
	return list
})

// upTo is how many trading days there were from 1970 up to and including a day.
func upTo(day fundamentals.Date) int {
	list := counted()
	return int(list[min(max(int(day), 0), len(list)-1)])
}

// TradingDaysOld returns how many trading days lie after a day up to another.
func TradingDaysOld(from, to fundamentals.Date) int { return max(0, upTo(to)-upTo(from)) }

// TradingDaysBack returns the last day after which so many trading days lie up to
// another.
func TradingDaysBack(day fundamentals.Date, n int) fundamentals.Date {
	want := upTo(day) - n
	list := counted()
	return fundamentals.Date(sort.Search(len(list), func(i int) bool { return int(list[i]) > want }) - 1)
}
