package fundamentals

import (
	"fmt"
	"time"
)

// Date is a calendar day as days since 1970-01-01. The zero Date means none:
// no fact, filing or price of ours is that old.
type Date int32

// ParseDate reads a date written YYYY-MM-DD.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a date written YYYY-MM-DD", s)
	}
	return DateOf(t), nil
}

// DateOf returns the calendar day of t in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return NewDate(y, m, d)
}

// NewDate returns a calendar day; values out of range roll over as in
// [time.Date].
func NewDate(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Time returns midnight UTC of the day.
func (d Date) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Year returns the calendar year.
func (d Date) Year() int { return d.Time().Year() }

// String returns the day as YYYY-MM-DD, or "" for none.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// AddYears returns the same day n years on; 29 February becomes 28 February.
func (d Date) AddYears(n int) Date { return d.AddMonths(12 * n) }

// AddMonths returns the same day n months on, or the last of a shorter month.
func (d Date) AddMonths(n int) Date {
	y, m, day := d.Time().Date()
	m += time.Month(n)
	if last := NewDate(y, m+1, 0).Time().Day(); day > last {
		day = last
	}
	return NewDate(y, m, day)
}
