package edgar

import (
	"time"

	"assay/fundamentals"
)

// layout is how EDGAR writes acceptance times. The Z is not to be believed: of
// the files as served in 2026 most are in UTC, but Intel's (CIK 50863) is in New
// York's time, Z and all: its 10-Q 0000050863-24-000124, marked 18:26:52Z on
// 2024-08-01, has the next day as its filing date, which EDGAR gives to what
// comes after 17:30 New York.
const layout = "2006-01-02T15:04:05.000Z"

// zoneOf returns the zone that a file's times are in. EDGAR accepts from 6:00 to
// 22:00 New York. So hours 6 to 9 occur in New York's time alone, and 22 to 3 in
// UTC alone. A file without either kind, or with both, is read as New York's:
// of the two readings that is the later, so nothing is known too early.
func zoneOf(times []string) *time.Location {
	var morning, night bool
	for _, s := range times {
		t, err := time.Parse(layout, s)
		if err != nil || unsaid(t) {
			continue
		}
		switch h := t.Hour(); {
		case h >= 6 && h <= 9:
			morning = true
		case h >= 22 || h <= 3:
			night = true
		}
	}
	if night && !morning {
		return time.UTC
	}
	return fundamentals.NewYork()
}

// unsaid reports whether a time is midnight in New York, in either zone: what
// EDGAR writes for filings of before 2002, whose time it does not know.
func unsaid(t time.Time) bool {
	return t.Minute() == 0 && t.Second() == 0 && (t.Hour() == 0 || t.Hour() == 4 || t.Hour() == 5)
}

// accepted reads an acceptance time; it is zero where EDGAR does not know it.
func accepted(s string, zone *time.Location) (at time.Time, ok bool) {
	t, err := time.Parse(layout, s)
	if err != nil {
		return time.Time{}, false
	}
	if unsaid(t) {
		return time.Time{}, true
	}
	y, m, d := t.Date()
	return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), 0, zone), true
}
