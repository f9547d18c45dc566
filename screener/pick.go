package screener

import (
	"cmp"
	"context"
	"fmt"
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
// then by company number. Of many, those beyond a limit are passed over unsorted.
func best(table Table, rows []uint32, keys []*rules.Vector, limit int) []int {
	after := func(a, b int) int {
		for _, v := range keys {
			if c := descending(v.Value(a), v.Value(b)); c != 0 {
				return c
			}
		}
		return cmp.Compare(table.CIK(int(rows[a])), table.CIK(int(rows[b])))
	}
	var order []int
	for i := range rows {
		switch {
		case limit <= 0 || len(order) < limit:
			order = append(order, i)
			if len(order) == limit || i == len(rows)-1 {
				slices.SortFunc(order, after)
			}
		case after(i, order[limit-1]) < 0:
			at, _ := slices.BinarySearchFunc(order, i, after)
			copy(order[at+1:], order[at:limit-1])
			order[at] = i
		}
	}
	for i, k := range order {
		order[i] = int(rows[k])
	}
	return order
}
