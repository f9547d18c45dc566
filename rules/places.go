package rules

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// ranking finds the places of many numbers: not by comparing them but by their
// digits, so that a population of any size costs the same per member. Its space is
// used again from one population to the next.
type ranking struct {
	codes       []uint64 // of each row, in the order of its number
	keys, spare []uint64 // of each member: the first digits of its code, and its row
	members     []uint32
	counts      [passes][1 << digit]uint32
}

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

// sorted returns the rows of members in ascending order of their codes, each with
// digits above it that are to be passed over.
func (r *ranking) sorted(members []uint32) []uint64 {
	if len(members) == 0 {
		return nil
	}
	least, most := uint64(math.MaxUint64), uint64(0)
	for _, row := range members {
		c := r.codes[row]
		least, most = min(least, c), max(most, c)
	}
	shift := max(0, bits.Len64(most-least)-leads)
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
	for pass := range passes {
		r.pass(pass)
	}
	if shift > 0 {
		r.settle()
	}
	return r.keys
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
	for _, key := range r.keys {
		d := key >> shift & (1<<digit - 1)
		r.spare[counts[d]] = key
		counts[d]++
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

// byPlace computes a function of the places that peers take.
func (ev *Evaluation) byPlace(out output, x, group *Vector, body Places) {
	r := ev.ranking
	r.codes = resized(r.codes, ev.rows)
	members := resized(r.members, ev.rows)[:0]
	join := func(i uint32) {
		if why := ev.lone(x, group, i); why != Known {
			out.miss(int(i), why)
			return
		}
		r.codes[i] = code(x.F[i])
		members = append(members, i)
	}
	if ev.mask == nil {
		for i := range x.F {
			join(uint32(i))
		}
	} else {
		out.v.Why = slices.Clone(ev.away())
		for _, i := range ev.inside {
			join(i)
		}
	}
	r.members = members
	sorted := r.sorted(members)
	if group == nil {
		ev.place(out, sorted, body)
		return
	}
	for _, peers := range apart(sorted, group) {
		ev.place(out, peers, body)
	}
}

// away returns the reasons of an evaluation with a mask: rows outside are not
// applicable, those inside are found once.
func (ev *Evaluation) away() []Reason {
	if ev.outer == nil {
		ev.outer = make([]Reason, ev.rows)
		for i, is := range ev.mask {
			if is {
				ev.inside = append(ev.inside, uint32(i))
			} else {
				ev.outer[i] = NotApplicable
			}
		}
	}
	return ev.outer
}

// lone returns why a row that is not outside the mask has no place, or Known.
func (ev *Evaluation) lone(x, group *Vector, row uint32) Reason {
	if group != nil && group.Why != nil && group.Why[row] != Known {
		return group.Why[row]
	}
	if x.Why == nil {
		return Known
	}
	return x.Why[row]
}

// place gives the members of one population, in ascending order, their results.
// Ties share the average of their places.
func (ev *Evaluation) place(out output, sorted []uint64, body Places) {
	codes, n := ev.ranking.codes, float64(len(sorted))
	for from := 0; from < len(sorted); {
		to := from + 1
		for to < len(sorted) && sorted[to]>>32 == sorted[from]>>32 && codes[uint32(sorted[to])] == codes[uint32(sorted[from])] {
			to++
		}
		first := int(uint32(sorted[from]))
		out.put(first, body(float64(from+1+to)/2, n))
		for _, key := range sorted[from+1 : to] {
			if why := out.v.Reason(first); why != Known {
				out.miss(int(uint32(key)), why)
			}
			out.v.F[uint32(key)] = out.v.F[first]
		}
		from = to
	}
}

// apart splits members by their group and keeps their order.
func apart(sorted []uint64, group *Vector) [][]uint64 {
	sizes := make([]int, len(group.Dict))
	for _, key := range sorted {
		sizes[group.Code[uint32(key)]]++
	}
	all, groups := make([]uint64, len(sorted)), make([][]uint64, len(sizes))
	for g, n := range sizes {
		groups[g], all = all[:0:n], all[n:]
	}
	for _, key := range sorted {
		g := group.Code[uint32(key)]
		groups[g] = append(groups[g], key)
	}
	return groups
}
