package rules

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"sync"
)

// ranking sorts rows by their numbers: not by comparing them but by their digits,
// so that a population of any size costs about the same per member. Its space is
// used again from one population to the next.
type ranking struct {
	keys, spare []uint64 // of each row: the first digits of its number, and the row
	counts      [mostPasses][1 << mostDigit]uint32
}

// rankings is space that no sort uses now.
var rankings = sync.Pool{New: func() any { return new(ranking) }}

// A sort takes a few passes, each by a digit of so many bits. Rows that have all
// digits in common are compared; fewRows are compared at once.
const (
	mostPasses, mostDigit = 3, 10
	twoPasses             = 1 << 16 // up to so many rows two passes are enough
	fewRows               = 32
)

// sorted makes the order of a vector, with the places of rows or without.
func (v *Vector) sorted(placed bool) *order {
	rows := make([]uint32, len(v.F))
	n := len(rows)
	if v.Why != nil {
		n = 0
		for i, why := range v.Why {
			rows[n] = uint32(i)
			n += one(why == Known)
		}
	} else {
		for i := range rows {
			rows[i] = uint32(i)
		}
	}
	r := rankings.Get().(*ranking)
	defer rankings.Put(r)
	o := &order{rows: rows[:n], known: knownRows(v.Why)}
	keyed := r.sort(v.F, o.rows)
	if !placed {
		return o
	}
	o.twice = make([]uint32, len(v.F))
	if keyed {
		r.place(v.F, o)
	} else {
		tie(v.F, o.rows, o.twice)
	}
	return o
}

// place is tie for rows that were sorted by their keys: of most there is no need to
// look at the number.
func (r *ranking) place(f []float64, o *order) {
	keys, rows := r.keys, o.rows
	for from := 0; from < len(rows); {
		to := from + 1
		for to < len(rows) && keys[to]>>32 == keys[from]>>32 && f[rows[to]] == f[rows[from]] {
			to++
		}
		for _, row := range rows[from:to] {
			o.twice[row] = uint32(from + 1 + to)
		}
		from = to
	}
}

// sort puts rows in ascending order of their numbers, and reports whether each has
// its key beside it.
func (r *ranking) sort(f []float64, rows []uint32) (keyed bool) {
	if len(rows) <= fewRows {
		slices.SortFunc(rows, func(a, b uint32) int { return cmp.Compare(f[a], f[b]) })
		return false
	}
	passes := 2
	if len(rows) > twoPasses {
		passes = 3
	}
	digit := min((bits.Len(uint(len(rows)))+7)/passes+1, mostDigit)
	r.number(f, rows, passes, digit)
	for pass := range passes {
		r.pass(&r.counts[pass], 32+digit*pass, digit)
	}
	for i, key := range r.keys {
		rows[i] = uint32(key)
	}
	large := r.settle(f, rows)
	for _, run := range large {
		r.sort(f, run)
	}
	return len(large) == 0
}

// number gives rows their keys and counts the digits. The digits are those of the
// bits of a number without its sign, less the bits of the least such, so that none
// is spent on exponents that do not occur; negative numbers lie below the middle.
func (r *ranking) number(f []float64, rows []uint32, passes, digit int) {
	least, most := uint64(math.MaxInt64), uint64(0)
	for _, row := range rows {
		size := math.Float64bits(f[row]) &^ (1 << 63)
		least, most = min(least, (size-1)&math.MaxInt64), max(most, size) // 0 is not the least
	}
	shift := max(0, bits.Len64(most-min(least, most))+1-passes*digit)
	r.keys, r.spare = resized(r.keys, len(rows)), resized(r.spare, len(rows))
	for pass := range passes {
		clear(r.counts[pass][:1<<digit])
	}
	low, middle, high, mask := &r.counts[0], &r.counts[1], &r.counts[passes-1], uint64(1)<<digit-1
	if passes == 2 {
		middle = &r.counts[2] // counts for nothing
	}
	half := int64(1) << (passes*digit - 1)
	for i, row := range rows {
		b := math.Float64bits(f[row])
		sign := int64(b) >> 63
		size := max(int64(b&^(1<<63))-int64(least), 0) >> shift
		lead := uint64((size ^ sign) - sign + half)
		r.keys[i] = lead<<32 | uint64(row)
		low[lead&mask]++
		middle[lead>>digit&mask]++
		high[lead>>((passes-1)*digit)&mask]++
	}
}

// pass sorts the keys by one digit and keeps the order of those that share it.
func (r *ranking) pass(counts *[1 << mostDigit]uint32, shift, digit int) {
	next := uint32(0)
	for d, n := range counts[:1<<digit] {
		counts[d] = next
		next += n
	}
	spare, mask := r.spare, uint64(1)<<digit-1
	for _, key := range r.keys {
		d := key >> shift & mask & (1<<mostDigit - 1)
		at := counts[d]
		counts[d] = at + 1
		spare[at] = key
	}
	r.keys, r.spare = r.spare, r.keys
}

// settle orders rows that have their digits in common, and returns those of which
// there are too many to be compared.
func (r *ranking) settle(f []float64, rows []uint32) (large [][]uint32) {
	for from := 0; from < len(rows); {
		to, ordered := from+1, true
		for ; to < len(rows) && r.keys[to]>>32 == r.keys[from]>>32; to++ {
			ordered = ordered && f[rows[to-1]] <= f[rows[to]]
		}
		switch run := rows[from:to]; {
		case ordered:
		case len(run) > fewRows:
			large = append(large, run)
		default:
			slices.SortFunc(run, func(a, b uint32) int { return cmp.Compare(f[a], f[b]) })
		}
		from = to
	}
	return large
}

func resized[T any](xs []T, n int) []T {
	if cap(xs) < n {
		return make([]T, n)
	}
	return xs[:n]
}
