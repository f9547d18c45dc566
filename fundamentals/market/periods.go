package market

import "assay/fundamentals"

// Period is a stretch of the calendar.
type Period string

// The periods. Weeks begin on Monday.
const (
	Week    Period = "week"
	Month   Period = "month"
	Quarter Period = "quarter"
	Year    Period = "year"
)

// Periods lists the periods, the shortest first.
func Periods() []Period { return []Period{Week, Month, Quarter, Year} }

// number tells apart the periods of two days.
func (p Period) number(day fundamentals.Date) int {
	year, month, _ := day.Time().Date()
	switch p {
	case Week:
		return (int(day) + 3 + 7*10_000) / 7 // 1970-01-01 was a Thursday; not below zero
	case Quarter:
		return 4*year + (int(month)-1)/3
	case Year:
		return year
	}
	return 12*year + int(month)
}

// LastDays lists the last trading day of each period, as far as they lie from one
// day to another, both included.
func LastDays(p Period, from, to fundamentals.Date) (days []fundamentals.Date) {
	for day := nextTrading(from - 1); day <= to; {
		next := nextTrading(day)
		if p.number(day) != p.number(next) {
			days = append(days, day)
		}
		day = next
	}
	return days
}

// nextTrading is the first trading day after a day.
func nextTrading(day fundamentals.Date) fundamentals.Date {
	for day++; !TradingDay(day); day++ {
	}
	return day
}
