package rules

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"sync"
)

// ranking sorts many numbers: not by comparing them but by their digits, so that a
// population of any size costs the same per member. Its space is used again from
// one population to the next.
type ranking struct {
	codes       []uint64 // of each row, in the order of its number
	keys, spare []uint64 // of each member: the first digits of its code, and its row
	members     []uint32
	counts      [passes][1 << digit]uint32
}

// rankings is space that no sort uses now.
var rankings = sync.Pool{New: func() any { return new(ranking) }}

// The first digits of a code are sorted in a few passes; members that have them in
// common are compared.
const (
	digit  = 11
	passes = 3
	leads  = 32
)

// code returns the bits of a number in its order; negative zero is zero.
func code(f float64) uint64 {
	b := math.Float64bits(f + 0)
	return b ^ (uint64(int64(b)>>63) | 1<<63)
}

// sorted returns the known rows of a vector in ascending order of their numbers.
func (r *ranking) sorted(v *Vector) []uint32 {
	r.codes, r.members = resized(r.codes, len(v.F)), resized(r.members, len(v.F))
	members := r.members[:0]
	least, most := uint64(math.MaxUint64), uint64(0)
	for i, f := range v.F {
		if v.Why != nil && v.Why[i] != Known {
			continue
		}
		c := code(f)
		r.codes[i] = c
		least, most = min(least, c), max(most, c)
		members = append(members, uint32(i))
	}
	if len(members) == 0 {
		return nil
	}
	shift := max(0, bits.Len64(most-least)-leads)
	r.lead(members, least, shift)
	for pass := range passes {
		r.pass(pass)
	}
	if shift > 0 {
		r.settle()
	}
	rows := make([]uint32, len(members))
	for i, key := range r.keys {
		rows[i] = uint32(key)
	}
	return rows
}

// lead makes the keys of members and counts their digits.
func (r *ranking) lead(members []uint32, least uint64, shift int) {
	r.keys, r.spare = resized(r.keys, len(members)), resized(r.spare, len(members))
	clear(r.counts[0][:])
	clear(r.counts[1][:])
	clear(r.counts[2][:])
	for i, row := range members {
		lead := (r.codes[row] - least) >> shift
		r.keys[i] = lead<<32 | uint64(row)
		r.counts[0][lead&(1<<digit-1)]++
		r.counts[1][lead>>digit&(1<<digit-1)]++
		r.counts[2][lead>>(2*digit)]++
	}
}

// pass sorts the keys by one digit and keeps the order of those that share it.
func (r *ranking) pass(pass int) {
	counts, shift := &r.counts[pass], 32+digit*pass
	if counts[r.keys[0]>>shift&(1<<digit-1)] == uint32(len(r.keys)) {
		return // all have this digit
	}
	next := uint32(0)
	for d, n := range counts {
		counts[d] = next
		next += n
	}
	spare := r.spare
	for _, key := range r.keys {
		d := key >> shift & (1<<digit - 1)
		at := counts[d]
		counts[d] = at + 1
		spare[at] = key
	}
	r.keys, r.spare = r.spare, r.keys
}

// settle orders members whose codes have the first digits in common.
func (r *ranking) settle() {
	for from := 0; from < len(r.keys); {
		to, ordered := from+1, true
		for ; to < len(r.keys) && r.keys[to]>>32 == r.keys[from]>>32; to++ {
			ordered = ordered && r.at(to-1) <= r.at(to)
		}
		if !ordered {
			slices.SortFunc(r.keys[from:to], func(a, b uint64) int {
				return cmp.Compare(r.codes[uint32(a)], r.codes[uint32(b)])
			})
		}
		from = to
	}
}

// at returns the code of the member at a place.
func (r *ranking) at(i int) uint64 { return r.codes[uint32(r.keys[i])] }

func resized[T any](xs []T, n int) []T {
	if cap(xs) < n {
		return make([]T, n)
	}
	return xs[:n]
}
