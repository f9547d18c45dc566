package rules

// order is the known rows of a vector by their numbers. A vector keeps it once it
// was asked for: screens rank by the same few columns again and again, and sorting
// takes longer than all else that a screen does.
type order struct {
	rows  []uint32 // ascending by number
	known rowSet   // the same rows; nil when it is every row
	// twice is, per row of the vector, twice the place that it takes, 1 for the
	// smallest: ties share the average of their places, which may be a half. Rows
	// that are missing have 0. It is nil until places are asked for.
	twice []uint32
}

// inOrder returns the order of a vector of numbers. It may be found twice by
// evaluations that run at once, and is the same then.
func (v *Vector) inOrder() *order {
	if o := v.order.Load(); o != nil {
		return o
	}
	return v.keep(v.sorted(false))
}

// inPlaces is inOrder with the places of rows.
func (v *Vector) inPlaces() *order {
	o := v.order.Load()
	switch {
	case o == nil:
		return v.keep(v.sorted(true))
	case o.twice == nil:
		return v.keep(newOrder(v, o.rows))
	}
	return o
}

func (v *Vector) keep(o *order) *order {
	v.order.Store(o)
	return o
}

// firstTime reports whether it is the first time that places are asked for, so that
// an order may never be needed again.
func (v *Vector) firstTime() bool { return v.order.Load() == nil && !v.placed.Swap(true) }

// newOrder gives the known rows of a vector, in ascending order of their numbers,
// their places.
func newOrder(v *Vector, rows []uint32) *order {
	o := &order{rows: rows, known: knownRows(v.Why), twice: make([]uint32, len(v.F))}
	tie(v.F, rows, o.twice)
	return o
}

// only returns the order of a vector of some rows, which take their seats for rows.
func (o *order) only(v *Vector, seats []int32) *order {
	rows, n := make([]uint32, len(o.rows)), 0
	for _, row := range o.rows {
		seat := seats[row]
		rows[n] = uint32(seat)
		n += one(seat >= 0)
	}
	return newOrder(v, rows[:n])
}

// tie finds twice the place of each row of one population, in ascending order.
func tie(f []float64, rows, twice []uint32) {
	for from := 0; from < len(rows); {
		x, to := f[rows[from]], from+1
		for to < len(rows) && f[rows[to]] == x {
			to++
		}
		for _, row := range rows[from:to] {
			twice[row] = uint32(from + 1 + to)
		}
		from = to
	}
}

// one is 1 for what holds, else 0. It compiles to no branch.
func one(holds bool) int {
	if holds {
		return 1
	}
	return 0
}
