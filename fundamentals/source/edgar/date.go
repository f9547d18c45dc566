package edgar

import (
	"encoding/binary"

	"assay/fundamentals"
)

// date reads YYYY-MM-DD; ok is false for anything else, and for a day that the
// calendar does not have. A file has three dates a fact, so eight bytes are read at
// a time: of what stands in place of a digit only the digit's value is left, and of
// a dash nothing.
func date(b []byte) (d fundamentals.Date, ok bool) {
	const (
		zeros  = 0x2D_30_30_2D_30_30_30_30 // "0000-00-", the first byte last
		dashes = 0xFF_00_00_FF_00_00_00_00
		sixes  = 0x06_06_06_06_06_06_06_06 // carry what is above 9 into the upper half of its byte
		upper  = 0xF0_F0_F0_F0_F0_F0_F0_F0
	)
	if len(b) != 10 {
		return 0, false
	}
	x := binary.LittleEndian.Uint64(b) ^ zeros
	tens, ones := int(b[8]-'0'), int(b[9]-'0')
	if (x|(x+sixes))&upper|x&dashes != 0 || tens > 3 || ones > 9 {
		return 0, false
	}
	digit := func(n int) int { return int(x>>(8*n)) & 0xF }
	year := digit(0)*1000 + digit(1)*100 + digit(2)*10 + digit(3)
	month, day := digit(5)*10+digit(6), tens*10+ones
	if day == 0 || day > daysIn(year, month) {
		return 0, false
	}
	return fundamentals.Date(days(year, month, day)), true
}

// daysIn returns how many days a month has; 0 for one that does not exist.
func daysIn(year, month int) int {
	if month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		return 29
	}
	const lengths = "\x00\x1f\x1c\x1f\x1e\x1f\x1e\x1f\x1f\x1e\x1f\x1e\x1f"
	if uint(month) >= uint(len(lengths)) {
		return 0
	}
	return int(lengths[month])
}

// days counts from 1970-01-01, with years that begin in March so that the leap
// day comes last. It is a tenth of the cost of time.Date.
func days(y, m, d int) int {
	y += 400 // of an equal calendar: the year before 0 is none to count with
	if m <= 2 {
		y--
		m += 12
	}
	const from = 719469 + 146097 // 1970 and the 400 years
	return 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d - from
}
