package edgar

import "assay/fundamentals"

// date reads YYYY-MM-DD; ok is false for anything else, and for a day that the
// calendar does not have.
func date(b []byte) (d fundamentals.Date, ok bool) {
	if len(b) != 10 || b[4] != '-' || b[7] != '-' {
		return 0, false
	}
	y, m, day := 0, 0, 0
	for i, c := range b {
		if i == 4 || i == 7 {
			continue
		}
		if c < '0' || c > '9' {
			return 0, false
		}
		switch {
		case i < 4:
			y = y*10 + int(c-'0')
		case i < 7:
			m = m*10 + int(c-'0')
		default:
			day = day*10 + int(c-'0')
		}
	}
	if m < 1 || m > 12 || day < 1 || day > daysIn(y, m) {
		return 0, false
	}
	return fundamentals.Date(days(y, m, day)), true
}

func daysIn(y, m int) int {
	switch m {
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// days counts from 1970-01-01, with years that begin in March so that the leap
// day comes last. It is a tenth of the cost of time.Date, and a file has three
// dates a fact.
func days(y, m, d int) int {
	if m <= 2 {
		y--
		m += 12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d - 719469
}
