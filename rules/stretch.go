package rules

import "sort"

// A column that keeps its order has the rows of a band side by side there. Who is kept
// by such bands is found as sets: the rows on a stretch of the order, or those off it,
// are marked without a look at their numbers.

// enoughAsked is how often a column is compared number by number before its order is
// made: by then that has taken about as long as a sort.
const enoughAsked = 6

// fewAsked: of less than one row in so many, numbers are compared.
const fewAsked = 4

// byOrder puts the tests first that need only look where bands begin and end in the
// orders of columns, and counts them. It is about to be asked about so many rows.
func (s *Sieve) byOrder(asked int) (n int) {
	if asked < max(chunk, s.ev.rows/fewAsked) {
		return 0
	}
	for i, t := range s.tests {
		if ordered(t.check) {
			s.tests[n], s.tests[i] = t, s.tests[n]
			n++
		}
	}
	return n
}

// ordered reports whether a check is one of bands of columns that keep their order.
// A column that was asked often enough makes it now.
func ordered(c check) bool {
	switch c := c.(type) {
	case *columnBand:
		if c.v.order.Load() == nil && c.v.compared.Add(1) > enoughAsked {
			c.v.inOrder()
		}
		return c.v.order.Load() != nil
	case *pair:
		a, b := ordered(c.a), ordered(c.b)
		return a && b
	}
	return false
}

// narrowed lists those that tests by order leave of the rows given, or of so many, and
// counts them.
func (space *siftSpace) narrowed(given []uint32, whole bool, rows int, tests []*test) int {
	set := space.set(rows)
	if whole {
		set.all(rows)
	} else {
		clear(set)
		set.add(given)
	}
	for _, t := range tests {
		space.narrow(set, rows, t.check)
	}
	space.free(1)
	return set.put(space.rows)
}

// narrow keeps those of a set of rows that an ordered check keeps.
func (space *siftSpace) narrow(set rowSet, rows int, c check) {
	switch c := c.(type) {
	case *columnBand:
		space.narrowBand(set, rows, c)
	case *pair:
		if c.all {
			space.narrow(set, rows, c.a)
			space.narrow(set, rows, c.b)
			return
		}
		a, b := space.set(rows), space.set(rows)
		copy(a, set)
		space.narrow(a, rows, c.a)
		copy(b, set)
		space.narrow(b, rows, c.b)
		for i := range set {
			set[i] = a[i] | b[i]
		}
		space.free(2)
	}
}

// narrowBand marks the rows of a band, or drops the others, whichever are fewer.
func (space *siftSpace) narrowBand(set rowSet, rows int, b *columnBand) {
	f, o := b.v.F, b.v.order.Load()
	from := sort.Search(len(o.rows), func(i int) bool { return f[o.rows[i]] >= b.lo })
	to := from + sort.Search(len(o.rows)-from, func(i int) bool { return f[o.rows[from+i]] > b.hi })
	kept, dropped := [2][]uint32{o.rows[from:to]}, [2][]uint32{o.rows[:from], o.rows[to:]}
	if b.inverted {
		kept, dropped = dropped, kept
	}
	if len(dropped[0])+len(dropped[1]) <= len(o.rows)/2 {
		set.drop(dropped[0])
		set.drop(dropped[1])
		if o.known != nil && !b.unknown {
			set.and(o.known)
		}
		return
	}
	marked := space.set(rows)
	clear(marked)
	if o.known != nil && b.unknown {
		for i, word := range o.known {
			marked[i] = ^word
		}
	}
	marked.add(kept[0])
	marked.add(kept[1])
	set.and(marked)
	space.free(1)
}

// set returns a set of so many rows that nobody else has until it is freed; the last
// is freed first.
func (space *siftSpace) set(rows int) rowSet {
	n := len(space.sets)
	if n == cap(space.sets) {
		space.sets = append(space.sets, nil)
	}
	space.sets = space.sets[:n+1]
	space.sets[n] = resized(space.sets[n], (rows+63)/64)
	return space.sets[n]
}

func (space *siftSpace) free(sets int) { space.sets = space.sets[:len(space.sets)-sets] }
