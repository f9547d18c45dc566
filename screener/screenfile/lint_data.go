package screenfile

import (
	"context"
	"fmt"
	"slices"

	"assay/rules"
	"assay/screener"
)

// Data holds a screen without problems against a table, and returns what is
// hardly meant in view of it: conditions that nobody meets, or everybody,
// thresholds beyond all values, columns that are mostly missing.
func (c *Checked) Data(ctx context.Context, table screener.Table) (Problems, error) {
	if c.Screen == nil || table.Rows() == 0 {
		return nil, nil
	}
	k := &linter{r: c.r, algebra: newAlgebra(), contained: map[string]bool{}}
	result, err := screener.Run(ctx, table, c.Screen, screener.Options{})
	if err != nil {
		return nil, err
	}
	for i, tally := range result.Conditions {
		p, ok := k.r.placedRule(c.Screen.Pass[i].Program)
		if !ok || p.node.src != k.r.src || tally.True+tally.False == 0 {
			continue
		}
		of := fmt.Sprintf("the %d companies of the universe of which it is known on %s", tally.True+tally.False, table.AsOf())
		k.contained[p.Name] = tally.True == 0 || tally.False == 0
		switch {
		case tally.True == 0:
			k.warn(p, "", lintDataNever, fmt.Sprintf("%s holds of none of %s", tally.Name, of), "is a digit, a sign or a unit wrong?")
		case tally.False == 0:
			k.warn(p, "", lintDataAll, fmt.Sprintf("%s holds of all of %s", tally.Name, of), "it keeps nobody out")
		}
	}
	for _, p := range k.r.ownRules() {
		if err := k.thresholds(ctx, table, p); err != nil {
			return nil, err
		}
		if err := k.missing(ctx, table, p); err != nil {
			return nil, err
		}
	}
	return k.found.sorted(k.r.family.files), nil
}

// thresholds looks for comparisons of a column with what none of its values, or
// each of them, lies beyond.
func (k *linter) thresholds(ctx context.Context, table screener.Table, p placed) error {
	var walk func(rules.Tree) error
	walk = func(t rules.Tree) error {
		if t.Op() == "let" || t.Op() == "call" {
			return nil
		}
		if _, ok := swapped[t.Op()]; ok {
			for i, column := range t.Args() {
				limit, ok := k.constantOf(t.Args()[1-i])
				if !ok || column.Op() != "column" || column.Kind() != rules.Number {
					continue
				}
				op := t.Op()
				if i == 1 {
					op = swapped[op]
				}
				if err := k.threshold(ctx, table, p, t, comparing{column, op, limit}); err != nil {
					return err
				}
			}
		}
		for _, arg := range t.Args() {
			if err := walk(arg); err != nil {
				return err
			}
		}
		return nil
	}
	return walk(p.Program.Tree())
}

// fewest is how many values of a column say where its values lie.
const fewest = 10

// comparing is a comparison of a column with a constant.
type comparing struct {
	column rules.Tree
	op     string
	limit  float64
}

// idle reports whether a comparison is hardly meant for values that lie between
// low and high: it holds of none, or of all by more than they lie apart. A guard
// that happens to keep nobody out is meant.
func (c comparing) idle(low, high float64) bool {
	switch {
	case c.limit >= low && c.limit <= high:
		return false
	case c.op == "==", c.limit > high && c.op[0] == '>', c.limit < low && c.op[0] == '<':
		return true
	}
	return max(low-c.limit, c.limit-high) > high-low
}

func (k *linter) threshold(ctx context.Context, table screener.Table, p placed, t rules.Tree, c comparing) error {
	column := c.column
	v, err := table.Column(ctx, column.Name(), rules.At{})
	if err != nil {
		return err
	}
	var known []float64
	for row := range v.Len() {
		if v.Reason(row) == rules.Known {
			known = append(known, v.F[row])
		}
	}
	if len(known) < fewest {
		return nil
	}
	low, high := slices.Min(known), slices.Max(known)
	if !c.idle(low, high) || k.contained[p.Name] {
		return nil
	}
	show := func(f float64) string {
		return screener.Show(screener.Datum{Kind: rules.Number, Unit: column.Unit(), F: f})
	}
	k.warn(p, t.Text(), lintRange, fmt.Sprintf("on %s %s lies between %s and %s", table.AsOf(), column.Name(), show(low), show(high)), "is a digit or a unit wrong?")
	return nil
}

// missing looks for columns that more than half of the companies lack.
func (k *linter) missing(ctx context.Context, table screener.Table, p placed) error {
	told := map[string]bool{}
	for _, ref := range p.Program.Refs() {
		if told[ref.Name] || ref.At.Lag != 0 {
			continue
		}
		v, err := table.Column(ctx, ref.Name, ref.At)
		if err != nil {
			return err
		}
		missing := 0
		for row := range v.Len() {
			if v.Reason(row) != rules.Known {
				missing++
			}
		}
		if 2*missing > v.Len() {
			told[ref.Name] = true
			k.warn(p, ref.Name, lintMissing, fmt.Sprintf("on %s %d of %d companies lack %s", table.AsOf(), missing, v.Len(), ref.Name),
				"`assay metrics "+ref.Name+"` says what it is made of")
		}
	}
	return nil
}
