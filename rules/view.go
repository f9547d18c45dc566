package rules

import "slices"

// Among is WithPeers for peers that are listed: their rows, in ascending order and
// each once. The caller must not change them.
func (ev *Evaluation) Among(peers []uint32) *Evaluation {
	out := &Evaluation{table: ev.table, rows: ev.rows, memo: ev.memo, peers: map[place]*Vector{}, kept: ev.kept, loan: ev.loan}
	if len(peers) < ev.rows {
		out.partly, out.inside = true, peers
	}
	return out
}

// Over returns an evaluation of some rows of ev, an evaluation of all rows: its
// vectors have a value for each of them, in their order, and what it reads of the
// others is what their peers are compared with. The caller must not change rows.
func (ev *Evaluation) Over(rows []uint32) *Evaluation {
	if ev.partly && slices.Equal(rows, ev.inside) {
		return ev.circle() // peers alone: there is nothing to be looked up
	}
	return ev.view(rows)
}

func (ev *Evaluation) view(rows []uint32) *Evaluation {
	return &Evaluation{table: ev.table, rows: len(rows), memo: map[place]*Vector{}, peers: map[place]*Vector{}, kept: ev.kept,
		loan: ev.loan, whole: ev, some: rows}
}

// circle returns the evaluation of those who are peers and no others: that of all
// rows, or a view.
func (ev *Evaluation) circle() *Evaluation {
	switch {
	case ev.alone:
		return ev
	case ev.whole != nil:
		return ev.whole.circle()
	case !ev.partly:
		return ev
	}
	if ev.within == nil {
		ev.within = ev.view(ev.inside)
		ev.within.alone = true
	}
	return ev.within
}

// seatsIn returns, for each row, which row it is of those who are peers, or -1.
func (ev *Evaluation) seatsIn(circle *Evaluation) []int32 {
	if ev.seats != nil {
		return ev.seats
	}
	ev.seats = ev.loan.seats(ev.rows)
	switch {
	case ev == circle:
		for i := range ev.seats {
			ev.seats[i] = int32(i)
		}
	case ev.whole == nil:
		for i := range ev.seats {
			ev.seats[i] = -1
		}
		for i, row := range ev.inside {
			ev.seats[row] = int32(i)
		}
	case circle == ev.whole:
		for i, row := range ev.some {
			ev.seats[i] = int32(row)
		}
	default:
		all := ev.whole.seatsIn(circle)
		for i, row := range ev.some {
			ev.seats[i] = all[row]
		}
	}
	return ev.seats
}

// fromWhole returns the values that a view takes from those of all rows, if they
// are known already; else nil.
func (ev *Evaluation) fromWhole(n *node, at At) *Vector {
	if ev.whole == nil {
		return nil
	}
	memo := ev.whole.memo
	if n.peers {
		memo = ev.whole.peers
	}
	if v := memo[place{n.key, at}]; v != nil {
		return ev.of(v)
	}
	return nil
}

// of returns the rows of a view out of a vector of all, in their order.
func (ev *Evaluation) of(v *Vector) *Vector {
	out := &Vector{Kind: v.Kind, Dict: v.Dict, Code: picked(v.Code, ev.some)}
	if v.F != nil {
		out.F = pickedInto(ev.loan.numbers(ev.rows), v.F, ev.some)
	}
	if v.Why != nil {
		out.Why = pickedInto(ev.loan.reasons(ev.rows), v.Why, ev.some)
	}
	return out
}
