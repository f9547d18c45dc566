package rules

import "sync"

// loan is space that the values of an evaluation live in for a while, so that one
// evaluation after the other needs no new one. A nil loan is memory of their own.
type loan struct {
	f    []float64
	why  []Reason
	rows []uint32
	seat []int32
}

// loans are those that no evaluation has now.
var loans = sync.Pool{New: func() any { return new(loan) }}

// Borrow makes an evaluation, and those that are made of it from now on, put what
// they compute into space that is used again once it is given back: no vector of
// theirs, and no rows of their sieves, may be looked at after that. Columns are the
// table's own and stay.
func (ev *Evaluation) Borrow() (giveBack func()) {
	l := loans.Get().(*loan)
	ev.loan = l
	return func() {
		ev.loan = nil
		l.f, l.why, l.rows, l.seat = l.f[:0], l.why[:0], l.rows[:0], l.seat[:0]
		loans.Put(l)
	}
}

// The values are those that whoever had the space before left in it.
func (l *loan) numbers(n int) []float64 {
	if l == nil {
		return make([]float64, n)
	}
	return taken(&l.f, n)
}

func (l *loan) reasons(n int) []Reason {
	if l == nil {
		return make([]Reason, n)
	}
	return taken(&l.why, n)
}

func (l *loan) rowsFor(n int) []uint32 {
	if l == nil {
		return make([]uint32, n)
	}
	return taken(&l.rows, n)
}

func (l *loan) seats(n int) []int32 {
	if l == nil {
		return make([]int32, n)
	}
	return taken(&l.seat, n)
}

// taken cuts n values off what is free. When that is not enough there is new space
// of twice the size, so that the next evaluation finds enough in one piece.
func taken[T any](free *[]T, n int) []T {
	from := len(*free)
	if cap(*free)-from < n {
		*free, from = make([]T, 0, max(n, 2*cap(*free))), 0
	}
	*free = (*free)[:from+n]
	return (*free)[from : from+n : from+n]
}
