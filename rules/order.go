package rules

import (
	"math"
	"slices"
)

// fewRows is up to how many numbers a comparing sort is faster.
const fewRows = 700

// ascend sorts numbers, none of them NaN, byte by byte of codes that have their
// order.
func ascend(xs []float64) {
	if len(xs) < fewRows {
		slices.Sort(xs)
		return
	}
	codes, spare := make([]uint64, len(xs)), make([]uint64, len(xs))
	var counts [8][256]int
	for i, x := range xs {
		code := math.Float64bits(x)
		if code>>63 == 1 {
			code = ^code
		} else {
			code |= 1 << 63
		}
		codes[i] = code
		for k := range counts {
			counts[k][byte(code>>(8*k))]++
		}
	}
	for k := range counts {
		count, shift := &counts[k], 8*k
		if count[byte(codes[0]>>shift)] == len(xs) {
			continue // all have this byte
		}
		next := 0
		for b, n := range count {
			count[b] = next
			next += n
		}
		for _, code := range codes {
			b := byte(code >> shift)
			spare[count[b]] = code
			count[b]++
		}
		codes, spare = spare, codes
	}
	for i, code := range codes {
		if code>>63 == 1 {
			code &^= 1 << 63
		} else {
			code = ^code
		}
		xs[i] = math.Float64frombits(code)
	}
}
