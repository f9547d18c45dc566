package edgar

import (
	"math"
	"strconv"

	"assay/fundamentals"
)

// element reads one fact into the chunk.
func (q *quick) element() bool {
	rows := q.rows()
	n := len(rows.Facts)
	rows.Facts = rows.Facts[:n+1]
	f := &rows.Facts[n]
	*f = q.fact
	if q.at = q.members(f, blanks(q.buf, q.at)); q.at < 0 {
		rows.Facts = rows.Facts[:n]
		return false
	}
	q.taken++
	if n+1 == chunkFacts {
		q.err = q.flush()
	}
	return q.err == nil
}

// hasStart and hasForm are for keys that a fact may lack.
const (
	hasStart = (hasAll + 1) << iota
	hasForm
)

// members reads the fact that begins at a place of the window, and returns its end;
// -1 where it gives up, as the functions below do. It is the inner loop of ingest.
func (q *quick) members(f *fundamentals.Fact, i int) int {
	b, has := q.buf, 0
	for first := byte('{'); ; first = ',' {
		if b[i] != first {
			break
		}
		i = blanks(b, i+1)
		bit, length := factKey(b[i:])
		if length < 0 || has&bit != 0 {
			return -1
		}
		if i = blanks(b, i+length); b[i] != ':' {
			return -1
		}
		has |= bit
		i = blanks(b, i+1)
		switch bit {
		case hasStart:
			f.Start, i = quickDate(b, i)
		case hasEnd:
			f.End, i = quickDate(b, i)
		case hasFiled:
			f.Filed, i = quickDate(b, i)
		case hasVal:
			f.Value, i = quickNumber(b, i)
		case hasAccn:
			f.Accession, i = q.accession(i)
		case hasForm:
			f.Form, i = q.formAt(i)
		default:
			i = q.skip(i, 0)
		}
		if i < 0 {
			return -1
		}
		i = blanks(b, i)
	}
	if b[i] != '}' || has&hasAll != hasAll || f.Start > f.End && f.Start != 0 {
		return -1
	}
	return i + 1
}

// factKey returns the bit of the key that b begins with, and its length in quotes: no
// bit for one that nobody uses, and -1 for what is no key. Behind the text stand zeros.
func factKey(b []byte) (bit, length int) {
	_ = b[7]
	switch b[1] {
	case 'e':
		if string(b[:5]) == `"end"` {
			return hasEnd, 5
		}
	case 'v':
		if string(b[:5]) == `"val"` {
			return hasVal, 5
		}
	case 'a':
		if string(b[:6]) == `"accn"` {
			return hasAccn, 6
		}
	case 's':
		if string(b[:7]) == `"start"` {
			return hasStart, 7
		}
	case 'f':
		switch {
		case string(b[:4]) == `"fy"`, string(b[:4]) == `"fp"`:
			return 0, 4
		case string(b[:6]) == `"form"`:
			return hasForm, 6
		case string(b[:7]) == `"filed"`:
			return hasFiled, 7
		}
	}
	return 0, textEnd(b, 0)
}

// quickDate reads a quoted day.
func quickDate(b []byte, i int) (fundamentals.Date, int) {
	b = b[i : i+12]
	d, ok := date(b[1:11])
	if !ok || d == 0 || b[0] != '"' || b[11] != '"' { // 0 stands for none
		return 0, -1
	}
	return d, i + 12
}

// quickNumber reads a finite number.
func quickNumber(b []byte, i int) (float64, int) {
	from, minus := i, b[i] == '-'
	if minus {
		i++
	}
	n, first := int64(0), i
	for b[i]-'0' <= 9 {
		n = n*10 + int64(b[i]-'0')
		i++
	}
	// Whole and exact; a 0 may have a sign, or digits behind it.
	if length := i - first; length < 16 && b[i] != '.' && b[i]|0x20 != 'e' && b[first] != '0' && length > 0 {
		if minus {
			n = -n
		}
		return float64(n), i
	}
	end := numberEnd(b, from)
	if end < 0 {
		return 0, -1
	}
	v, err := strconv.ParseFloat(string(b[from:end]), 64)
	if err != nil || math.IsInf(v, 0) {
		return 0, -1
	}
	return v, end
}

// accessionLength is that of all accession numbers but a few.
const accessionLength = len("0001437749-24-004596")

// accession reads the quoted number of a filing. A company has few filings and many
// facts of each: most often it was met before, and stands where its digits say.
func (q *quick) accession(i int) (string, int) {
	text := q.buf[i : i+accessionLength+2]
	digits := text[len(text)-5:]
	slot := &q.accessions[(uint(digits[0])*1000+uint(digits[1])*100+uint(digits[2])*10+uint(digits[3]))%uint(len(q.accessions))]
	if known := *slot; len(known) == accessionLength && text[0] == '"' && string(text[1:1+accessionLength]) == known && text[len(text)-1] == '"' {
		return known, i + len(text)
	}
	end := textEnd(q.buf, i)
	if end < i+3 { // "" is none
		return "", -1
	}
	*slot = q.intern(q.buf[i+1 : end-1])
	return *slot, end
}

// formAt reads a quoted form: most often that of the fact before.
func (q *quick) formAt(i int) (string, int) {
	end := textEnd(q.buf, i)
	if end < 0 {
		return "", -1
	}
	if text := q.buf[i+1 : end-1]; string(text) != q.form {
		q.form = q.intern(text)
	}
	return q.form, end
}
