package sample

import (
	"time"

	"assay/fundamentals"
)

// quarterEnds lists the ends of a company's quarters up to the last that it
// has filed by the end of the sample.
func quarterEnds(c *company) []fundamentals.Date {
	var ends []fundamentals.Date
	for end := c.first; end+40 < c.until; end = monthEnd(end, 3) {
		ends = append(ends, c.quarterEnd(end))
	}
	return ends
}

// quarterEnd returns the day on which a quarter ends that others end on the last
// day of a month: of a company that counts in weeks the last Saturday of it.
func (c *company) quarterEnd(month fundamentals.Date) fundamentals.Date {
	if c.weeks {
		return month - fundamentals.Date(month.Time().Weekday()+1)%7
	}
	return month
}

// monthEnd returns the last day of the month n months after the month of d.
func monthEnd(d fundamentals.Date, n int) fundamentals.Date {
	y, m, _ := d.Time().Date()
	return fundamentals.NewDate(y, m+time.Month(n)+1, 0)
}

// fiscal returns the fiscal year and quarter that end on a day.
func fiscal(c *company, end fundamentals.Date) (year, number int) {
	y, m, _ := end.Time().Date()
	past := (int(m) - int(c.yearEnd) + 12) % 12 // months past the fiscal year end
	if past == 0 {
		return y, 4
	}
	if m > c.yearEnd {
		y++
	}
	return y, past / 3
}

// filedOn returns the day on which a period's report is filed: a working day
// five to six weeks after a quarter, eight to nine after a year.
func filedOn(c *company, q *quarter) fundamentals.Date {
	d := q.end + 33 + fundamentals.Date(int(c.cik)%5)
	if q.number == 4 {
		d += 22
	}
	return working(d)
}

// working moves a weekend on to the Monday after.
func working(d fundamentals.Date) fundamentals.Date {
	switch d.Time().Weekday() {
	case time.Saturday:
		return d + 2
	case time.Sunday:
		return d + 1
	}
	return d
}

// holidays are days of the year on which the sample's market is closed.
var holidays = map[string]bool{"01-01": true, "06-19": true, "07-04": true, "12-25": true}

func trades(d fundamentals.Date) bool {
	t := d.Time()
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday && !holidays[t.Format("01-02")]
}
