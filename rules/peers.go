package rules

import (
	"context"
	"math"
)

// population computes a function over peers, within the groups of the group
// argument if there is one. A row that is no peer is not applicable.
func (ev *Evaluation) population(ctx context.Context, n *node, at At) (*Vector, error) {
	circle := ev.circle()
	if ev == circle {
		if v, err := ev.amongKin(ctx, n, at); v != nil || err != nil {
			return v, err
		}
	}
	seats := ev.seatsIn(circle)
	out := ev.output(n.kind)
	f, err := circle.field(ctx, n, at, seats)
	if err != nil {
		return nil, err
	}
	switch body := n.fn.Body.(type) {
	case Places:
		f.places(out, seats, body)
	case Group:
		f.perGroup(out, seats, body)
	case Peers:
		f.perMember(out, seats, body, n.consts)
	}
	return out.v, nil
}

// field is a population: all rows of an evaluation, within which they are peers.
type field struct {
	x, group *Vector    // group is nil where there is one for all
	members  [][]uint32 // of each group: the rows that are known, ascending
	twice    []uint32   // of each row, twice its place within its group
	few      bool       // twice is for the rows asked about, and known is all there is of members
	known    int
}

// field evaluates what is compared, and the groups, and sorts it. Where the places
// of a few seats alone are asked for, they are found without, but not twice.
func (ev *Evaluation) field(ctx context.Context, n *node, at At, seats []int32) (*field, error) {
	x, group, err := ev.compared(ctx, n, at)
	if err != nil {
		return nil, err
	}
	f := &field{x: x, group: group}
	column := ev.columnOf(n.args[0].named(), at, x)
	if _, ok := n.fn.Body.(Places); ok && group == nil && 4*len(seats) <= ev.rows && ev.rows <= mostBinned && column.firstTime() {
		f.few = true
		f.twice, f.known = x.placesOf(seats)
		return f, nil
	}
	o := ev.orderOf(x, column)
	if group == nil {
		f.members, f.twice, f.known = [][]uint32{o.rows}, o.twice, len(o.rows)
		return f, nil
	}
	f.members, f.twice = apart(o.rows, group), make([]uint32, len(x.F))
	for _, rows := range f.members {
		tie(x.F, rows, f.twice)
	}
	return f, nil
}

// compared evaluates what is compared and the groups, nil where there are none.
func (ev *Evaluation) compared(ctx context.Context, n *node, at At) (x, group *Vector, err error) {
	if x, err = ev.eval(ctx, n.args[0], at); err != nil || n.group == nil {
		return x, nil, err
	}
	group, err = ev.eval(ctx, n.group, at)
	return x, group, err
}

// columnOf returns the vector of which the values of a node are some rows: that of
// the whole table if it is a column, which lives as long as the table.
func (ev *Evaluation) columnOf(n *node, at At, x *Vector) *Vector {
	if ev.whole == nil || n.op != "column" {
		return x
	}
	if n.fixed {
		at = At{}
	}
	return ev.whole.memo[place{n.key, at}]
}

// orderOf returns the order of values, which are some rows of a column. If a good
// part of it are peers theirs is found from its own, which is kept.
func (ev *Evaluation) orderOf(x, column *Vector) *order {
	if x != column && x.order.Load() == nil && 2*ev.rows >= ev.whole.rows {
		x.keep(column.inOrder().only(x, ev.whole.seatsIn(ev)))
	}
	return x.inPlaces()
}

// apart splits rows by their group and keeps their order. Rows without a group are
// in none.
func apart(rows []uint32, group *Vector) [][]uint32 {
	sizes := make([]int, max(1, len(group.Dict)))
	for _, row := range rows {
		sizes[group.Code[row]] += one(group.Reason(int(row)) == Known)
	}
	all, groups := make([]uint32, len(rows)), make([][]uint32, len(sizes))
	for g, n := range sizes {
		groups[g], all = all[:0:n], all[n:]
	}
	for _, row := range rows {
		if group.Reason(int(row)) == Known {
			g := group.Code[row]
			groups[g] = append(groups[g], row)
		}
	}
	return groups
}

// lone returns why the row at a seat is in no group, or Known.
func (f *field) lone(seat int32) Reason {
	switch {
	case seat < 0:
		return NotApplicable
	case f.group == nil:
		return Known
	}
	return f.group.Reason(int(seat))
}

// why returns why the row at a seat is not compared, or Known.
func (f *field) why(seat int32) Reason {
	if why := f.lone(seat); why != Known {
		return why
	}
	return f.x.Reason(int(seat))
}

func (f *field) groupOf(seat int32) int {
	if f.group == nil {
		return 0
	}
	return int(f.group.Code[seat])
}

// values returns the numbers of a group in ascending order, so that no result
// depends on the order of rows.
func (f *field) values(group int) []float64 { return picked(f.x.F, f.members[group]) }

// places gives rows what follows from their places.
func (f *field) places(out output, seats []int32, body Places) {
	n := float64(f.known)
	for i, seat := range seats {
		at := seat
		if f.few {
			at = int32(i)
		}
		if seat < 0 || f.twice[at] == 0 {
			out.miss(i, f.why(seat))
			continue
		}
		if f.group != nil {
			n = float64(len(f.members[f.groupOf(seat)]))
		}
		out.put(i, body(float64(f.twice[at])/2, n))
	}
}

// perMember gives rows what follows from their numbers.
func (f *field) perMember(out output, seats []int32, body Peers, consts []float64) {
	results := make([]func(float64) float64, len(f.members))
	for g, rows := range f.members {
		if len(rows) > 0 {
			results[g] = body(f.values(g), consts)
		}
	}
	for i, seat := range seats {
		if why := f.why(seat); why != Known {
			out.miss(i, why)
			continue
		}
		out.put(i, results[f.groupOf(seat)](f.x.F[seat]))
	}
}

// perGroup gives every member of a group the group's number, also those whose
// own value is missing.
func (f *field) perGroup(out output, seats []int32, body Group) {
	numbers := make([]float64, len(f.members))
	for g := range numbers {
		numbers[g] = body(f.values(g))
	}
	for i, seat := range seats {
		if why := f.lone(seat); why != Known {
			out.miss(i, why)
		} else if g := f.groupOf(seat); len(f.members[g]) == 0 && math.IsNaN(numbers[g]) {
			out.miss(i, f.x.Reason(int(seat)))
		} else {
			out.put(i, numbers[g])
		}
	}
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
	circle := ev.circle()
	own := ev.seatsIn(circle)[row]
	if own < 0 {
		return nil, nil
	}
	x, group, err := circle.compared(ctx, n, at)
	if err != nil {
		return nil, err
	}
	f := field{x: x, group: group}
	if f.lone(own) != Known {
		return nil, nil
	}
	p := &Population{}
	for i := range int32(circle.rows) {
		switch {
		case f.lone(i) != Known || f.groupOf(i) != f.groupOf(own):
		case f.why(i) != Known:
			p.Missing++
		default:
			p.N++
			if f.why(own) == Known && x.F[i] == x.F[own] {
				p.Ties++
			}
		}
	}
	return p, nil
}
