package rules

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// Sieve finds the rows that meet several conditions. It asks each only about rows
// that are still in question, a chunk at a time, and those first that drop the most
// rows for what they cost. Because a row is either kept or not, two-valued logic is
// enough: where a condition is unknown the row is kept or not, as the caller says.
type Sieve struct {
	ev    *Evaluation
	tests []*test
	late  []lateTest
	lanes int // that the tests need at once
}

// test is a part of a condition that compares columns, or arithmetic over them.
type test struct {
	check
	cost        float64
	asked, left int // rows so far
}

// lateTest is a part of a condition that is evaluated as a whole, for the rows
// that the tests leave.
type lateTest struct {
	name string
	n    *node
	want want
}

// want says which rows to keep: those where a condition is yes, and those where it
// is unknown if so.
type want struct{ yes, unknown bool }

// Sieve returns a sieve without conditions: it keeps all rows.
func (ev *Evaluation) Sieve() *Sieve { return &Sieve{ev: ev} }

// Add adds a condition: rows are kept where it holds at the anchor or, if that is
// enough, is unknown. The name is for errors.
func (s *Sieve) Add(ctx context.Context, name string, p *Program, orUnknown bool) error {
	parts := mostFused
	if err := s.add(ctx, lateTest{name, p.root, want{true, orUnknown}}, &parts); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// add adds what must all be met, in at most so many parts.
func (s *Sieve) add(ctx context.Context, t lateTest, parts *int) error {
	t.n = t.n.named()
	if t.n.op == "not" {
		t.n, t.want.yes = t.n.args[0], !t.want.yes
		return s.add(ctx, t, parts)
	}
	if *parts > 0 && (t.n.op == "and" && t.want.yes || t.n.op == "or" && !t.want.yes) {
		*parts--
		other := t
		t.n, other.n = t.n.args[0], t.n.args[1]
		if err := s.add(ctx, t, parts); err != nil {
			return err
		}
		return s.add(ctx, other, parts)
	}
	c := checker{ev: s.ev, room: mostFused}
	made, err := c.check(ctx, t.n, t.want)
	if err != nil {
		return err
	}
	if made == nil {
		s.late = append(s.late, t)
		return nil
	}
	s.lanes = max(s.lanes, c.lanes)
	if !s.narrowed(made) {
		s.tests = append(s.tests, &test{check: made, cost: c.cost})
	}
	return nil
}

// narrowed puts a band into an earlier test of the same column, if there is one.
func (s *Sieve) narrowed(made check) bool {
	b, ok := made.(*columnBand)
	for _, t := range s.tests {
		if a, is := t.check.(*columnBand); ok && is && a.v == b.v && !a.inverted && !b.inverted && a.unknown == b.unknown {
			a.lo, a.hi = max(a.lo, b.lo), min(a.hi, b.hi)
			return true
		}
	}
	return false
}

// Keep returns the rows of the table that meet all conditions, in ascending order.
func (s *Sieve) Keep(ctx context.Context) ([]uint32, error) {
	return s.decided(ctx, s.tested(nil, true))
}

// KeepOf is Keep for some of the rows, in ascending order and each once.
func (s *Sieve) KeepOf(ctx context.Context, rows []uint32) ([]uint32, error) {
	return s.decided(ctx, s.tested(rows, false))
}

// decided returns those of the rows that the tests left that meet what is evaluated
// as a whole.
func (s *Sieve) decided(ctx context.Context, rows []uint32) ([]uint32, error) {
	if len(s.late) == 0 {
		return rows, nil
	}
	view := s.ev
	if len(rows) < s.ev.rows {
		view = s.ev.Over(rows)
	}
	dropped := make([]bool, len(rows))
	for _, t := range s.late {
		v, err := view.eval(ctx, t.n, At{})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.name, err)
		}
		for i := range dropped {
			dropped[i] = dropped[i] || !t.want.takes(v, i)
		}
	}
	left := 0
	for i, is := range dropped {
		rows[left] = rows[i]
		left += one(!is)
	}
	return rows[:left], nil
}

// takes reports whether a row of a condition is to be kept.
func (w want) takes(v *Vector, row int) bool {
	if v.Reason(row) != Known {
		return w.unknown
	}
	return (v.F[row] != 0) == w.yes
}

// tested returns the rows that the tests leave of some, or of the whole table: first
// those that bands of ordered columns leave, then, chunk by chunk, of the other tests.
func (s *Sieve) tested(rows []uint32, whole bool) []uint32 {
	space := siftSpaces.Get().(*siftSpace)
	defer siftSpaces.Put(space)
	all := len(rows)
	if whole {
		all = s.ev.rows
	}
	space.rows, space.lanes = resized(space.rows, all), resized(space.lanes, s.lanes)
	tests := s.tests
	if by := s.byOrder(all); by > 0 {
		rows, whole = space.rows[:space.narrowed(rows, whole, s.ev.rows, tests[:by])], false
		all, tests = len(rows), tests[by:]
	}
	out, left := space.rows, 0
	for from := 0; from < all; from += chunk {
		some, tests := out[left:left+min(chunk, all-from)], inTurn(tests)
		if !whole {
			copy(some, rows[from:]) // which may be those that out begins with
		} else if b := firstBand(tests); b != nil {
			some, tests = some[:tests[0].count(len(some), b.keepFrom(from, some))], tests[1:]
		} else {
			for i := range some {
				some[i] = uint32(from + i)
			}
		}
		for _, t := range tests {
			some = some[:t.count(len(some), t.keep(some, space))]
		}
		left += len(some)
	}
	kept := s.ev.loan.rowsFor(left)
	copy(kept, out)
	return kept
}

// firstBand returns the band of a column that is asked about first, if it is one.
func firstBand(tests []*test) *columnBand {
	if len(tests) == 0 {
		return nil
	}
	if b, ok := tests[0].check.(*columnBand); ok && b.plain() {
		return b
	}
	return nil
}

// keep puts the rows that a test keeps first, in their order, and counts them.
func (t *test) keep(rows []uint32, space *siftSpace) (n int) {
	if b, ok := t.check.(*columnBand); ok && b.plain() {
		return b.keep(rows)
	}
	marks := space.marks[:len(rows)]
	t.mark(rows, marks, space)
	for i, row := range rows {
		rows[n] = row
		n += int(marks[i])
	}
	return n
}

// inTurn puts those tests first that so far dropped the most rows for what they
// cost.
func inTurn(tests []*test) []*test {
	slices.SortStableFunc(tests, func(a, b *test) int { return cmp.Compare(a.price(), b.price()) })
	return tests
}

// price is what a test costs for each row that it drops.
func (t *test) price() float64 { return t.cost * float64(t.asked+2) / float64(t.asked-t.left+1) }

func (t *test) count(asked, left int) int {
	t.asked, t.left = t.asked+asked, t.left+left
	return left
}
