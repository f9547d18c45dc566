package rules

import "math/bits"

// rowSet is a set of rows, a bit for each.
type rowSet []uint64

// all makes it the first n rows.
func (s rowSet) all(n int) {
	for i := range s {
		s[i] = ^uint64(0)
	}
	if n%64 != 0 {
		s[len(s)-1] = 1<<(n%64) - 1
	}
}

// knownRows returns the rows without a reason to be missing; nil for nil.
func knownRows(why []Reason) rowSet {
	if why == nil {
		return nil
	}
	s := make(rowSet, (len(why)+63)/64)
	for row, why := range why {
		s[row/64] |= uint64(one(why == Known)) << (row % 64)
	}
	return s
}

func (s rowSet) add(rows []uint32) {
	for _, row := range rows {
		s[row/64] |= 1 << (row % 64)
	}
}

func (s rowSet) drop(rows []uint32) {
	for _, row := range rows {
		s[row/64] &^= 1 << (row % 64)
	}
}

// and keeps the rows that another set has too.
func (s rowSet) and(other rowSet) {
	other = other[:len(s)]
	for i := range s {
		s[i] &= other[i]
	}
}

// put lists the rows in ascending order and counts them.
func (s rowSet) put(rows []uint32) (n int) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			rows[n] = uint32(64*i + bits.TrailingZeros64(word))
			n++
		}
	}
	return n
}
