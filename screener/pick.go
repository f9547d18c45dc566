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
	rows := make([]uint32, table.Rows())
	for i := range rows {
		rows[i] = uint32(i)
	}
	if u := screen.Universe; u != nil {
		var err error
		if rows, err = ev.Filter(ctx, u.Program, rows, false); err != nil {
			return nil, fmt.Errorf("universe: %w", err)
		}
		ev = ev.WithPeers(among(rows, table.Rows()))
	}
	// Columns first, then windows, then peers: who fails early costs little.
	conditions := slices.Clone(screen.Pass)
	slices.SortStableFunc(conditions, func(a, b Condition) int { return cmp.Compare(a.Program.Cost(), b.Program.Cost()) })
	for i := range conditions {
		c := &conditions[i]
		var err error
		if rows, err = ev.Filter(ctx, c.Program, rows, c.Missing == MissingPass); err != nil {
			return nil, fmt.Errorf("condition %s: %w", c.Name, err)
		}
	}
	if screen.Rank == nil {
		return best(table, rows, nil, 0), nil
	}
	if screen.Rank.OverPassed {
		ev = ev.WithPeers(among(rows, table.Rows()))
	}
	var keys []*rules.Vector
	for _, r := range append([]Rule{screen.Rank.By}, screen.Rank.Ties...) {
		v, err := ev.EvalRows(ctx, r.Program, rows)
		if err != nil {
			return nil, fmt.Errorf("rank, %s: %w", r.Text, err)
		}
		keys = append(keys, v)
	}
	return best(table, rows, keys, screen.Rank.Limit), nil
}

func among(rows []uint32, of int) []bool {
	mask := make([]bool, of)
	for _, row := range rows {
		mask[row] = true
	}
	return mask
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
