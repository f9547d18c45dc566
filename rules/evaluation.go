package rules

import (
	"context"
	"fmt"
)

// Evaluation evaluates programs over one table. Whatever two programs have in
// common is computed once. It is not safe for concurrent use.
type Evaluation struct {
	table Table
	rows  int
	memo  map[place]*Vector // nodes that do not depend on peers
	peers map[place]*Vector // nodes that do
	kept  *int              // cells in both
	loan  *loan             // where to put values; nil: in memory of their own

	partly bool        // only some of the rows are peers: inside
	inside []uint32    // ascending
	seats  []int32     // of each row, where inside has it, or -1; found once
	within *Evaluation // the view of inside, once needed

	whole *Evaluation // of a view: the evaluation of all rows
	some  []uint32    // of a view: its rows
	alone bool        // of a view: its rows are each other's peers, and there are no others
}

// mostCells is how many cells are kept of what is quickly computed again: an
// expression of thousands of terms would hold a vector for each.
const mostCells = 4 << 20

// place is a canonical key on one plane.
type place struct {
	key string
	at  At
}

// NewEvaluation returns an evaluation over a table in which all rows are peers.
func NewEvaluation(t Table) *Evaluation {
	return &Evaluation{table: t, rows: t.Rows(), memo: map[place]*Vector{}, peers: map[place]*Vector{}, kept: new(int)}
}

// WithPeers returns an evaluation in which only the rows of the mask are peers;
// nil means all rows. Values that do not depend on peers are shared with ev, an
// evaluation of all rows. Outside the mask a value that does is missing, not
// applicable.
func (ev *Evaluation) WithPeers(mask []bool) *Evaluation {
	if mask == nil {
		return &Evaluation{table: ev.table, rows: ev.rows, memo: ev.memo, peers: map[place]*Vector{}, kept: ev.kept, loan: ev.loan}
	}
	inside := make([]uint32, 0, len(mask))
	for row, is := range mask {
		if is {
			inside = append(inside, uint32(row))
		}
	}
	return ev.Among(inside)
}

// Eval returns the values of a program on a plane, a row per row of the table.
// The caller must not change the vector. It returns an error when the table
// cannot be read or ctx is done.
func (ev *Evaluation) Eval(ctx context.Context, p *Program, at At) (*Vector, error) {
	return ev.eval(ctx, p.root, at)
}

// eval looks a node up in the memo and computes it if need be.
func (ev *Evaluation) eval(ctx context.Context, n *node, at At) (*Vector, error) {
	if n.op == "let" {
		return ev.eval(ctx, n.args[0], at)
	}
	if n.fixed {
		at = At{}
	}
	memo := ev.memo
	if n.peers {
		memo = ev.peers
	}
	v, ok := memo[place{n.key, at}]
	if ok {
		return v, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	v, err := ev.compute(ctx, n, at)
	if err != nil {
		return nil, err
	}
	memo[place{n.key, at}] = v
	*ev.kept += ev.rows
	return v, nil
}

// inner is eval for a part of a node. When much is kept already, what is quickly
// computed again is not.
func (ev *Evaluation) inner(ctx context.Context, n *node, at At) (*Vector, error) {
	if *ev.kept < mostCells || n.op == "column" || n.op == "let" || n.op == "call" {
		return ev.eval(ctx, n, at)
	}
	if n.fixed {
		at = At{}
	}
	memo := ev.memo
	if n.peers {
		memo = ev.peers
	}
	if v, ok := memo[place{n.key, at}]; ok {
		return v, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return ev.compute(ctx, n, at)
}

func (ev *Evaluation) compute(ctx context.Context, n *node, at At) (*Vector, error) {
	if v := ev.fromWhole(n, at); v != nil {
		return v, nil
	}
	if n.fuses() {
		return ev.fused(ctx, n, at)
	}
	switch n.op {
	case "column":
		return ev.column(ctx, n, at)
	case "literal":
		return ev.constant(n), nil
	case "call":
		return ev.call(ctx, n, at)
	case "==", "!=", "<", "<=", ">", ">=":
		return ev.compare(ctx, n, at)
	case "in":
		return ev.member(ctx, n, at)
	}
	args, err := ev.args(ctx, n.args, at)
	if err != nil {
		return nil, err
	}
	switch n.op {
	case "if":
		return choose(args[0], args[1], args[2]), nil
	case "??":
		return coalesce(args[0], args[1]), nil
	case "matches", "contains", "startsWith", "endsWith":
		return matched(n, args[0]), nil
	}
	return arithmetic(n, args), nil
}

func (ev *Evaluation) args(ctx context.Context, nodes []*node, at At) ([]*Vector, error) {
	vs := make([]*Vector, len(nodes))
	for i, n := range nodes {
		v, err := ev.inner(ctx, n, at)
		if err != nil {
			return nil, err
		}
		vs[i] = v
	}
	return vs, nil
}

// column reads a plane from the table and holds the table to its promises.
func (ev *Evaluation) column(ctx context.Context, n *node, at At) (*Vector, error) {
	if ev.whole != nil {
		v, err := ev.whole.eval(ctx, n, at)
		if err != nil {
			return nil, err
		}
		return ev.of(v), nil
	}
	v, err := ev.table.Column(ctx, n.name, at)
	switch {
	case err != nil:
		return nil, fmt.Errorf("column %s: %w", n.name, err)
	case v.Kind != n.kind:
		return nil, fmt.Errorf("column %s: the table holds a %s, the program expects a %s", n.name, v.Kind, n.kind)
	case v.Len() != ev.rows:
		return nil, fmt.Errorf("column %s: %d rows, the table has %d", n.name, v.Len(), ev.rows)
	}
	return v, nil
}

// constant spreads a literal over all rows.
func (ev *Evaluation) constant(n *node) *Vector {
	if n.kind == Text {
		return &Vector{Kind: Text, Code: make([]uint32, ev.rows), Dict: []string{n.s}}
	}
	v := &Vector{Kind: n.kind, F: make([]float64, ev.rows)}
	for i := range v.F {
		v.F[i] = n.f
	}
	return v
}
