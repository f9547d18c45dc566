package rules

import (
	"context"
	"math/bits"
	"sync"
)

// tally finds the places of some rows of a column among themselves from those that
// they take in the whole column: a bit for each place there, and how many of them
// are set below. Nothing is sorted or compared.
type tally struct {
	set    []uint64
	below  []uint32 // of each word: the bits that are set in those before
	alike  []uint32 // of each bit that is set: how many rows it stands for
	places []uint32 // of each row: twice its place, 0 where it is missing
}

// tallies are those that nobody uses now.
var tallies = sync.Pool{New: func() any { return new(tally) }}

// amongKin computes what follows from the places of rows that are each other's
// peers, where they are rows of a column of which the order is kept, or is worth to
// be. Else it returns nil.
func (ev *Evaluation) amongKin(ctx context.Context, n *node, at At) (*Vector, error) {
	body, ok := n.fn.Body.(Places)
	x := n.args[0].named()
	if !ok || !ev.alone || n.group != nil || x.op != "column" || len(ev.some) < ev.whole.rows/128 {
		return nil, nil
	}
	column, err := ev.whole.eval(ctx, x, at)
	if err != nil || column.firstTime() {
		return nil, err
	}
	t := tallies.Get().(*tally)
	defer tallies.Put(t)
	known := t.count(column.inPlaces().twice, ev.some)
	out := ev.output(n.kind)
	for i, twice := range t.places {
		if twice == 0 {
			out.miss(i, column.Why[ev.some[i]])
			continue
		}
		out.put(i, body(float64(twice)/2, float64(known)))
	}
	return out.v, nil
}

// count finds twice the places of some rows among themselves, from twice their
// places in all, and returns how many are known.
func (t *tally) count(all, rows []uint32) (known int) {
	words := len(all)/32 + 1 // twice the last place is at most twice the rows
	t.set, t.below, t.places = resized(t.set, words), resized(t.below, words), resized(t.places, len(rows))
	clear(t.set)
	set, places := t.set, t.places[:len(rows)]
	for i, row := range rows {
		twice := all[row]
		places[i] = twice
		set[twice/64] |= uint64(one(twice != 0)) << (twice % 64)
		known += one(twice != 0)
	}
	sum, below := uint32(0), t.below[:len(set)]
	for w, word := range set {
		below[w] = sum
		sum += uint32(bits.OnesCount64(word))
	}
	for i, twice := range places {
		if twice != 0 {
			places[i] = 2 * (below[twice/64] + uint32(bits.OnesCount64(set[twice/64]&(1<<(twice%64)-1))) + 1)
		}
	}
	if int(sum) < known {
		t.tie(int(sum))
	}
	return known
}

// tie makes places of the numbers of bits, for rows of which some share one.
func (t *tally) tie(set int) {
	t.alike = resized(t.alike, set+1)
	alike := t.alike
	clear(alike)
	for _, twice := range t.places {
		alike[twice/2]++ // those that are missing are first and do not count
	}
	before := uint32(0)
	for b, n := range alike[1:] {
		alike[b+1] = 2*before + n + 1
		before += n
	}
	alike[0] = 0
	for i, twice := range t.places {
		t.places[i] = alike[twice/2]
	}
}
