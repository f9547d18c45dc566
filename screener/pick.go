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
		if rows, err = holding(ctx, ev, u, rows, false); err != nil {
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
		if rows, err = holding(ctx, ev, &c.Rule, rows, c.Missing == MissingPass); err != nil {
			return nil, fmt.Errorf("condition %s: %w", c.Name, err)
		}
	}
	if screen.Rank == nil {
		return sortRows(table, rows, nil, 0), nil
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
	return sortRows(table, rows, keys, screen.Rank.Limit), nil
}

// holding returns those of the rows on which a rule holds, or is unknown where
// that is enough.
func holding(ctx context.Context, ev *rules.Evaluation, rule *Rule, rows []uint32, orUnknown bool) ([]uint32, error) {
	v, err := ev.EvalRows(ctx, rule.Program, rows)
	if err != nil {
		return nil, err
	}
	left := rows[:0]
	for i, row := range rows {
		switch v.Verdict(i) {
		case rules.True:
			left = append(left, row)
		case rules.Unknown:
			if orUnknown {
				left = append(left, row)
			}
		}
	}
	return left, nil
}

func among(rows []uint32, of int) []bool {
	mask := make([]bool, of)
	for _, row := range rows {
		mask[row] = true
	}
	return mask
}

// sortRows puts rows in the order of a run: by the keys, a value for each row,
// then by company number.
func sortRows(table Table, rows []uint32, keys []*rules.Vector, limit int) []int {
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		for _, v := range keys {
			if c := descending(v.Value(a), v.Value(b)); c != 0 {
				return c
			}
		}
		return cmp.Compare(table.CIK(int(rows[a])), table.CIK(int(rows[b])))
	})
	if limit > 0 && limit < len(order) {
		order = order[:limit]
	}
	for i, k := range order {
		order[i] = int(rows[k])
	}
	return order
}
