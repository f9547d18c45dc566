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
	var rows []uint32 // nil: all
	if u := screen.Universe; u != nil {
		sieve := ev.Sieve()
		if err := sieve.Add(ctx, "universe", u.Program, false); err != nil {
			return nil, err
		}
		var err error
		if rows, err = sieve.Keep(ctx, nil); err != nil {
			return nil, err
		}
		ev = ev.Among(rows)
	}
	sieve := ev.Sieve()
	for i := range screen.Pass {
		c := &screen.Pass[i]
		if err := sieve.Add(ctx, "condition "+c.Name, c.Program, c.Missing == MissingPass); err != nil {
			return nil, err
		}
	}
	rows, err := sieve.Keep(ctx, rows)
	if err != nil || screen.Rank == nil {
		return best(table, rows, nil, 0), err
	}
	if screen.Rank.OverPassed {
		ev = ev.Among(rows)
	}
	ev = ev.Over(rows)
	var keys []*rules.Vector
	for _, r := range append([]Rule{screen.Rank.By}, screen.Rank.Ties...) {
		v, err := ev.Eval(ctx, r.Program, rules.At{})
		if err != nil {
			return nil, fmt.Errorf("rank, %s: %w", r.Text, err)
		}
		keys = append(keys, v)
	}
	return best(table, rows, keys, screen.Rank.Limit), nil
}

// best returns the rows in the order of a run: by the keys, a value for each row,
// then by company number. A limit of 0 is none.
func best(table Table, rows []uint32, keys []*rules.Vector, limit int) []int {
	s := contenders{table: table, rows: rows, keys: keys}
	if limit <= 0 || limit > len(rows) {
		limit = len(rows)
	}
	order := make([]contender, 0, limit)
	for i := range rows {
		c := contender{s.first(i), i}
		switch {
		case len(order) < limit:
			order = append(order, c)
			if len(order) == limit {
				slices.SortFunc(order, s.compare)
			}
		case limit > 0 && s.before(c, order[limit-1]): // of the others most are not
			at := limit - 1
			for ; at > 0 && s.before(c, order[at-1]); at-- {
				order[at] = order[at-1]
			}
			order[at] = c
		}
	}
	out := make([]int, limit)
	for i := range out {
		out[i] = int(rows[order[i].i])
	}
	return out
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

// before reports whether a row is better than another.
func (s *contenders) before(a, b contender) bool {
	return a.first < b.first || a.first == b.first && s.compare(a, b) < 0
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
