package rules

import (
	"math"
	"math/bits"
	"slices"
	"sync"
)

// buckets finds the places of a few rows among many without sorting these: it puts
// the numbers into bins that are in order, and compares within a bin alone.
type buckets struct {
	keys   []uint16  // of each row, its bin; missing ones are in the last
	ends   []uint32  // of each bin, where it ends in values; with one before the first
	values []float64 // by bin
	sorted []bool    // of each bin: its values are
}

// bucketSpaces is space that nobody uses now.
var bucketSpaces = sync.Pool{New: func() any {
	return &buckets{ends: make([]uint32, bins+2), sorted: make([]bool, bins)}
}}

const (
	bins       = 1 << 13
	mostBinned = 1 << 16 // numbers; of more a bin has too many
	sampled    = 8       // of so many rows one is looked at for the span of numbers
)

// placesOf returns twice the places of the rows at some seats, as an order has
// them, and how many rows are known. A seat below 0 is none.
func (v *Vector) placesOf(seats []int32) (twice []uint32, known int) {
	t := bucketSpaces.Get().(*buckets)
	defer bucketSpaces.Put(t)
	known = t.fill(v)
	twice = make([]uint32, len(seats))
	for i, seat := range seats {
		if seat >= 0 && v.Reason(int(seat)) == Known {
			twice[i] = t.twice(v.F[seat], t.keys[seat])
		}
	}
	return twice, known
}

// fill puts the known numbers of a vector into bins: by their bits without the
// sign, less those of the least such, so that none is spent on exponents that do
// not occur; negative numbers lie below the middle.
func (t *buckets) fill(v *Vector) (known int) {
	f, why := v.F, v.Why
	if why == nil {
		why = make([]Reason, len(f))
	}
	why = why[:len(f)]
	least, most := uint64(math.MaxInt64), uint64(0)
	for i := 0; i < len(f); i += sampled { // others go to the bins at the ends
		size := math.Float64bits(f[i]) &^ (1 << 63)
		absent := -uint64(one(why[i] != Known)) >> 1
		least, most = min(least, (size-1)&math.MaxInt64|absent), max(most, size&^absent) // 0 is not the least
	}
	shift := max(0, bits.Len64(most-min(least, most))-bits.Len(bins/2-1))
	t.keys, t.values = resized(t.keys, len(f)), resized(t.values, len(f))
	clear(t.ends)
	clear(t.sorted)
	keys, counts := t.keys[:len(f)], t.ends[1:]
	for i, x := range f {
		b := math.Float64bits(x)
		sign := int64(b) >> 63
		size := min(max(int64(b&^(1<<63))-int64(least), 0)>>shift, bins/2-1)
		key := uint16((size ^ sign) - sign + bins/2)
		if why[i] != Known {
			key = bins
		}
		keys[i] = key
		counts[key]++
	}
	next := uint32(0)
	for key, n := range counts {
		counts[key] = next // where its next value goes, and in the end where it ends
		next += n
	}
	values := t.values
	for i, x := range f {
		at := &counts[keys[i]]
		values[*at] = x
		*at++
	}
	return int(counts[bins-1])
}

// twice returns twice the place of a number of a bin.
func (t *buckets) twice(x float64, key uint16) uint32 {
	from := t.ends[key]
	values := t.values[from:t.ends[key+1]]
	below, alike := 0, 0
	if len(values) <= fewRows {
		for _, other := range values {
			below += one(other < x)
			alike += one(other == x)
		}
		return 2*(from+uint32(below)) + uint32(alike) + 1
	}
	if !t.sorted[key] {
		slices.Sort(values)
		t.sorted[key] = true
	}
	below, _ = slices.BinarySearch(values, x)
	alike, _ = slices.BinarySearch(values[below:], math.Nextafter(x, math.Inf(1)))
	return 2*(from+uint32(below)) + uint32(alike) + 1
}
