package rules

import (
	"context"
	"math"
)

// population computes a function over peers: the rows of the mask, within the
// groups of the group argument if there is one.
func (ev *Evaluation) population(ctx context.Context, n *node, at At) (*Vector, error) {
	x, group, err := ev.compared(ctx, n, at)
	if err != nil {
		return nil, err
	}
	out := newOutput(n.kind, ev.rows)
	if body, ok := n.fn.Body.(Places); ok {
		ev.byPlace(out, x, group, body)
		return out.v, nil
	}
	members := gather(x, group, ev.mask)
	if body, ok := n.fn.Body.(Group); ok {
		ev.perGroup(out, x, group, members, body)
		return out.v, nil
	}
	body := n.fn.Body.(Peers)
	results := make([]func(float64) float64, len(members))
	for g, sorted := range members {
		if len(sorted) > 0 {
			results[g] = body(sorted, n.consts)
		}
	}
	for i := range out.v.F {
		if why := ev.outside(group, i); why != Known {
			out.miss(i, why)
		} else if why := x.Reason(i); why != Known {
			out.miss(i, why)
		} else {
			out.put(i, results[groupOf(group, i)](x.F[i]))
		}
	}
	return out.v, nil
}

// compared evaluates what is compared and the groups, nil where there are none.
func (ev *Evaluation) compared(ctx context.Context, n *node, at At) (x, group *Vector, err error) {
	if x, err = ev.eval(ctx, n.args[0], at); err != nil || n.group == nil {
		return x, nil, err
	}
	group, err = ev.eval(ctx, n.group, at)
	return x, group, err
}

// perGroup gives every member of a group the group's number, also those whose
// own value is missing.
func (ev *Evaluation) perGroup(out output, x, group *Vector, members [][]float64, body Group) {
	numbers := make([]float64, len(members))
	for g, sorted := range members {
		numbers[g] = body(sorted)
	}
	for i := range out.v.F {
		g := groupOf(group, i)
		if why := ev.outside(group, i); why != Known {
			out.miss(i, why)
		} else if len(members[g]) == 0 && math.IsNaN(numbers[g]) {
			out.miss(i, x.Reason(i))
		} else {
			out.put(i, numbers[g])
		}
	}
}

// outside returns why a row is no peer of any other, or Known.
func (ev *Evaluation) outside(group *Vector, row int) Reason {
	if ev.mask != nil && !ev.mask[row] {
		return NotApplicable
	}
	if group != nil {
		return group.Reason(row)
	}
	return Known
}

func groupOf(group *Vector, row int) int {
	if group == nil {
		return 0
	}
	return int(group.Code[row])
}

// gather returns the known values of each group in ascending order, so that
// no result depends on the order of rows.
func gather(x, group *Vector, mask []bool) [][]float64 {
	groups := 1
	if group != nil {
		groups = max(1, len(group.Dict))
	}
	members := make([][]float64, groups)
	for i, f := range x.F {
		if x.Reason(i) != Known || mask != nil && !mask[i] || group != nil && group.Reason(i) != Known {
			continue
		}
		g := groupOf(group, i)
		members[g] = append(members[g], f)
	}
	for _, m := range members {
		ascend(m)
	}
	return members
}

// describe counts the population that a row was compared with.
func (ev *Evaluation) describe(ctx context.Context, n *node, row int, at At) (*Population, error) {
	if n.op != "call" {
		return nil, nil
	}
	switch n.fn.Body.(type) {
	case Peers, Places, Group:
	default:
		return nil, nil
	}
	x, group, err := ev.compared(ctx, n, at)
	if err != nil {
		return nil, err
	}
	if ev.outside(group, row) != Known {
		return nil, nil
	}
	p := &Population{}
	for i := range x.F {
		switch {
		case ev.outside(group, i) != Known || groupOf(group, i) != groupOf(group, row):
		case x.Reason(i) != Known:
			p.Missing++
		default:
			p.N++
			if x.Reason(row) == Known && x.F[i] == x.F[row] {
				p.Ties++
			}
		}
	}
	return p, nil
}
