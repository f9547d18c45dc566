package rules

import (
	"math"
	"sync"
)

// check says of some rows whether they are to be kept. Nothing in it branches on
// values: which rows are kept cannot be foreseen.
type check interface {
	// mark sets a mark to 1 for each row that is, else to 0.
	mark(rows []uint32, marks []uint8, space *siftSpace)
}

// siftSpace is what checks work in.
type siftSpace struct {
	rows  []uint32
	lanes [][chunk]float64
	gone  [chunk]uint8 // other than 0: missing
	marks [chunk]uint8
	sets  []rowSet
}

// siftSpaces are those that no sieve uses now.
var siftSpaces = sync.Pool{New: func() any { return new(siftSpace) }}

// pair is two checks of which all must hold, or one.
type pair struct {
	a, b check
	all  bool
}

func (p *pair) mark(rows []uint32, marks []uint8, space *siftSpace) {
	if a, ok := p.a.(*columnBand); ok && a.sure() {
		if b, ok := p.b.(*columnBand); ok && b.sure() {
			p.markBands(a, b, rows, marks)
			return
		}
	}
	p.a.mark(rows, marks, space)
	var others [chunk]uint8
	other := others[:len(rows)]
	p.b.mark(rows, other, space)
	marks = marks[:len(rows)]
	if p.all {
		for i, m := range other {
			marks[i] &= m
		}
		return
	}
	for i, m := range other {
		marks[i] |= m
	}
}

// markBands is mark for two bands that need no reasons.
func (p *pair) markBands(a, b *columnBand, rows []uint32, marks []uint8) {
	f, g, low, lower, high, higher := a.v.F, b.v.F, a.lo, b.lo, a.hi, b.hi
	// a or b is what is not neither of them.
	turn := one(!p.all)
	first, second := one(a.inverted)^turn, one(b.inverted)^turn
	g, marks = g[:len(f)], marks[:len(rows)]
	for i, row := range rows {
		x, y := f[row], g[row]
		marks[i] = uint8((one(x >= low)&one(x <= high)^first)&(one(y >= lower)&one(y <= higher)^second) ^ turn)
	}
}

// band is numbers from lo to hi, or, inverted, all others; unknown says whether a
// missing number is among them.
type band struct {
	lo, hi            float64
	inverted, unknown bool
}

// bits returns the band's answers as numbers: inverted, and unknown.
func (b band) bits() (inverted, unknown int) { return one(b.inverted), one(b.unknown) }

// blind reports whether 0, which stands where a number is missing, counts as a
// missing number does: nobody need ask which it is.
func (b band) blind() bool { return (b.lo <= 0 && 0 <= b.hi) != b.inverted == b.unknown }

// columnBand keeps the rows of a column that lie in a band.
type columnBand struct {
	v *Vector
	band
}

func (b *columnBand) mark(rows []uint32, marks []uint8, _ *siftSpace) {
	f, lo, hi := b.v.F, b.lo, b.hi
	inverted, unknown := b.bits()
	marks = marks[:len(rows)]
	if b.sure() {
		for i, row := range rows {
			x := f[row]
			marks[i] = uint8(one(x >= lo)&one(x <= hi) ^ inverted)
		}
		return
	}
	why := b.v.Why[:len(f)]
	for i, row := range rows {
		x, known := f[row], one(why[row] == Known)
		marks[i] = uint8((one(x >= lo)&one(x <= hi)^inverted)&known | unknown&^known)
	}
}

// sure reports whether a number alone says if a row is kept.
func (b *columnBand) sure() bool { return b.v.Why == nil || b.blind() }

// plain reports whether the rows kept are those that are known to lie in the band.
func (b *columnBand) plain() bool { return !b.inverted && !b.unknown }

// keep puts the rows that lie in a plain band first, in their order, and counts
// them.
func (b *columnBand) keep(rows []uint32) (n int) {
	f, lo, hi := b.v.F, b.lo, b.hi
	if b.sure() {
		for _, row := range rows {
			x := f[row]
			rows[n] = row
			n += one(x >= lo) & one(x <= hi)
		}
		return n
	}
	why := b.v.Why[:len(f)]
	for _, row := range rows {
		x := f[row]
		rows[n] = row
		n += one(x >= lo) & one(x <= hi) & one(why[row] == Known)
	}
	return n
}

// keepFrom is keep for the rows from a first one on, as many as there is room for.
func (b *columnBand) keepFrom(first int, rows []uint32) (n int) {
	f, lo, hi := b.v.F[first:first+len(rows)], b.lo, b.hi
	if b.sure() {
		for i, x := range f {
			rows[n] = uint32(first + i)
			n += one(x >= lo) & one(x <= hi)
		}
		return n
	}
	why := b.v.Why[first : first+len(rows)]
	for i, x := range f {
		rows[n] = uint32(first + i)
		n += one(x >= lo) & one(x <= hi) & one(why[i] == Known)
	}
	return n
}

// quantityBand keeps the rows of which a quantity lies in a band.
type quantityBand struct {
	q quantity
	band
}

func (b *quantityBand) mark(rows []uint32, marks []uint8, space *siftSpace) {
	clear(space.gone[:len(rows)])
	b.q.fill(rows, 0, space)
	lo, hi := b.lo, b.hi
	inverted, unknown := b.bits()
	marks, gone := marks[:len(rows)], space.gone[:len(rows)]
	for i, x := range space.lanes[0][:len(rows)] {
		known := one(gone[i] == 0)
		marks[i] = uint8((one(x >= lo)&one(x <= hi)^inverted)&known | unknown&^known)
	}
}

// versus keeps the rows of which two quantities compare.
type versus struct {
	a, b    quantity
	op      string
	unknown bool
}

func (v *versus) mark(rows []uint32, marks []uint8, space *siftSpace) {
	clear(space.gone[:len(rows)])
	v.a.fill(rows, 0, space)
	v.b.fill(rows, 1, space)
	x, y, op := space.lanes[0][:len(rows)], space.lanes[1][:len(rows)], v.op
	if op == ">" || op == ">=" {
		x, y, op = y, x, mirrored[op]
	}
	marks, gone, unknown := marks[:len(rows)], space.gone[:len(rows)], one(v.unknown)
	switch op {
	case "<":
		for i := range marks {
			known := one(gone[i] == 0)
			marks[i] = uint8(one(x[i] < y[i])&known | unknown&^known)
		}
	case "<=":
		for i := range marks {
			known := one(gone[i] == 0)
			marks[i] = uint8(one(x[i] <= y[i])&known | unknown&^known)
		}
	default:
		differ := one(op == "!=")
		for i := range marks {
			known := one(gone[i] == 0)
			marks[i] = uint8((one(x[i] == y[i])^differ)&known | unknown&^known)
		}
	}
}

// quantity computes a number of some rows into a lane, and marks those gone that
// are missing. It may use the lanes above.
type quantity interface {
	fill(rows []uint32, lane int, space *siftSpace)
}

// number is the same for every row.
type number float64

func (q number) fill(rows []uint32, lane int, space *siftSpace) {
	f := space.lanes[lane][:len(rows)]
	for i := range f {
		f[i] = float64(q)
	}
}

// columnOf reads a column.
type columnOf struct{ v *Vector }

func (q columnOf) fill(rows []uint32, lane int, space *siftSpace) {
	f, into := q.v.F, space.lanes[lane][:len(rows)]
	if q.v.Why == nil {
		for i, row := range rows {
			into[i] = f[row]
		}
		return
	}
	why, gone := q.v.Why[:len(f)], space.gone[:len(rows)]
	for i, row := range rows {
		into[i] = f[row]
		gone[i] |= uint8(why[row])
	}
}

// reckoning is arithmetic. What is not finite is missing.
type reckoning struct {
	op   string
	a, b quantity
}

func (q *reckoning) fill(rows []uint32, lane int, space *siftSpace) {
	q.a.fill(rows, lane, space)
	q.b.fill(rows, lane+1, space)
	x, y := space.lanes[lane][:len(rows)], space.lanes[lane+1][:len(rows)]
	switch q.op {
	case "+":
		for i := range x {
			x[i] += y[i]
		}
	case "-", "neg":
		for i := range x {
			x[i] -= y[i]
		}
	case "*":
		for i := range x {
			x[i] *= y[i]
		}
	default:
		for i := range x {
			x[i] /= y[i]
		}
	}
	gone := space.gone[:len(rows)]
	for i, f := range x {
		gone[i] |= uint8(one(math.Float64bits(f)<<1 >= 0x7ff<<53))
	}
}
