package screener

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"assay/rules"
)

// Pick returns the rows that [Run] lists, best first, and tells nothing of them or
// of the others: what a backtest over many dates needs. Conditions are tried one
// after the other, each only on what those before it left.
func Pick(ctx context.Context, table Table, screen *Screen) ([]int, error) {
	rows, err := pick(ctx, table, screen)
	if err != nil {
		return nil, fmt.Errorf("screen %s as of %s: %w", screen.Name, table.AsOf(), err)
	}
	return rows, nil
}

func pick(ctx context.Context, table Table, screen *Screen) ([]int, error) {
	ev := rules.NewEvaluation(table)
	defer ev.Borrow()()
	var within *universe
	if screen.Universe != nil {
		rows, err := inside(ctx, ev, screen, false)
		if err != nil {
			return nil, err
		}
		ev, within = ev.Among(rows), &universe{rows}
	}
	rows, err := passing(ctx, ev, screen, within, false)
	if err != nil {
		return nil, err
	}
	keys, err := scores(ctx, ev, screen, rows)
	if err != nil {
		return nil, err
	}
	return indices(rows, best(table, rows, keys, screen.limit())), nil
}

// universe is the rows of the universe of a screen; a screen that names none has no
// universe, not one of no rows.
type universe struct{ rows []uint32 }

// inside returns the rows of the universe of a screen that has one, and if so those
// of which that is unknown.
func inside(ctx context.Context, ev *rules.Evaluation, screen *Screen, orUnknown bool) ([]uint32, error) {
	sieve := ev.Sieve()
	if err := sieve.Add(ctx, "universe", screen.Universe.Program, orUnknown); err != nil {
		return nil, err
	}
	return sieve.Keep(ctx)
}

// passing returns those of the rows of a universe, or of all, that pass, and if so
// those of which that is unknown.
func passing(ctx context.Context, ev *rules.Evaluation, screen *Screen, within *universe, orUnknown bool) ([]uint32, error) {
	sieve := ev.Sieve()
	for i := range screen.Pass {
		c := &screen.Pass[i]
		keeps := c.Missing == MissingPass || orUnknown && c.Missing == MissingUnknown
		if err := sieve.Add(ctx, "condition "+c.Name, c.Program, keeps); err != nil {
			return nil, err
		}
	}
	if within == nil {
		return sieve.Keep(ctx)
	}
	return sieve.KeepOf(ctx, within.rows)
}

// scores returns what rows that pass are ordered by, a value for each of them.
func scores(ctx context.Context, ev *rules.Evaluation, screen *Screen, rows []uint32) ([]*rules.Vector, error) {
	rank := screen.Rank
	if rank == nil {
		return nil, nil
	}
	if rank.OverPassed {
		ev = ev.Among(rows)
	}
	ev = ev.Over(rows)
	keys := make([]*rules.Vector, 0, 1+len(rank.Ties))
	for i := range 1 + len(rank.Ties) {
		r := &rank.By
		if i > 0 {
			r = &rank.Ties[i-1]
		}
		v, err := ev.Eval(ctx, r.Program, rules.At{})
		if err != nil {
			return nil, fmt.Errorf("rank, %s: %w", r.Text, err)
		}
		keys = append(keys, v)
	}
	return keys, nil
}

// limit is how many a screen lists at most, or 0.
func (s *Screen) limit() int {
	if s.Rank == nil {
		return 0
	}
	return s.Rank.Limit
}

// indices returns rows in an order.
func indices(rows []uint32, order []contender) []int {
	out := make([]int, len(order))
	for i, c := range order {
		out[i] = int(rows[c.i])
	}
	return out
}

// best returns which of the rows are the best, in the order of a run: by the keys, a
// value for each row, then by company number. A limit of 0 is none.
func best(table Table, rows []uint32, keys []*rules.Vector, limit int) []contender {
	s := contenders{table: table, rows: rows, keys: keys}
	if limit <= 0 || limit > len(rows) {
		limit = len(rows)
	}
	order, ordered := make([]contender, 0, limit), true
	for i := range rows[:limit] {
		c := contender{s.first(i), i}
		ordered = ordered && (i == 0 || order[i-1].first < c.first)
		order = append(order, c)
	}
	if !ordered {
		slices.SortFunc(order, s.compare)
	}
	if limit == 0 || limit == len(rows) {
		return order
	}
	last := order[limit-1]
	for i := limit; i < len(rows); i++ { // most are not among the best
		c := contender{s.first(i), i}
		if c.first > last.first || c.first == last.first && s.compare(c, last) > 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(order, c, s.compare)
		copy(order[at+1:], order[at:])
		order[at] = c
		last = order[limit-1]
	}
	return order
}

// contender is one of several rows and the bits of its first key, in their order.
type contender struct {
	first uint64
	i     int
}

// contenders compares rows: the better is first.
type contenders struct {
	table Table
	rows  []uint32
	keys  []*rules.Vector
}

// first returns the bits of the first key of a row, or of its company number.
func (s *contenders) first(i int) uint64 {
	if len(s.keys) == 0 {
		return uint64(s.table.CIK(int(s.rows[i])))
	}
	v := s.keys[0].Value(i)
	if v.Why != rules.Known {
		return math.MaxUint64
	}
	bits := math.Float64bits(v.F + 0) // no minus zero
	return ^(bits ^ (uint64(int64(bits)>>63) | 1<<63))
}

func (s *contenders) compare(a, b contender) int {
	if c := cmp.Compare(a.first, b.first); c != 0 {
		return c
	}
	for _, v := range s.keys[min(1, len(s.keys)):] {
		if c := descending(v.Value(a.i), v.Value(b.i)); c != 0 {
			return c
		}
	}
	return cmp.Compare(s.table.CIK(int(s.rows[a.i])), s.table.CIK(int(s.rows[b.i])))
}
