package rules

import (
	"context"
	"sync"
)

// Arithmetic, comparisons and logic that stand within each other are computed
// together, so many rows at a time that all between the columns and the result
// stays close to the processor. What is at most mostFused of them makes one plan:
// lets of lets that share parts would else be written out without end.
const (
	chunk     = 512
	mostFused = 64
)

// workspace is used again from one plan to the next.
type workspace struct {
	cells []*cells
	known [chunk]Reason // nothing is missing
}

// workspaces are those that no plan uses now.
var workspaces = sync.Pool{New: func() any { return new(workspace) }}

// lane is the values of the rows of a chunk: numbers, 0 where missing, and
// reasons.
type lane struct {
	f   []float64
	why []Reason
}

// cells is the space of a lane.
type cells struct {
	f   [chunk]float64
	why [chunk]Reason
}

func (c *cells) lane() lane { return lane{c.f[:], c.why[:]} }

// upTo cuts a lane to the rows of the last chunk.
func (l lane) upTo(n int) lane { return lane{l.f[:n], l.why[:n]} }

// step computes a slot from two others, which may be the same.
type step struct {
	op       string
	a, b, to int
}

// source fills a slot from a column, chunk by chunk.
type source struct {
	v    *Vector
	slot int
}

// plan is how a node is computed, chunk by chunk.
type plan struct {
	ev      *Evaluation
	at      At
	room    int
	slots   []lane
	sources []source
	steps   []step
	space   *workspace
	used    int // of its cells
}

// fuses reports whether a node is one of those that are computed together.
func (n *node) fuses() bool {
	switch n.op {
	case "+", "-", "*", "/", "neg":
		return n.kind == Number
	case "and", "or", "not":
		return true
	case "==", "!=", "<", "<=", ">", ">=":
		return n.args[0].kind != Text && !n.args[0].bounded() && !n.args[1].bounded()
	}
	return false
}

// bounded reports whether a node may be known within bounds only.
func (n *node) bounded() bool {
	for n.moves() {
		n = n.args[0]
	}
	if n.op != "call" {
		return false
	}
	_, ok := n.fn.Body.(Bounds)
	return ok
}

// fused computes a node that fuses.
func (ev *Evaluation) fused(ctx context.Context, n *node, at At) (*Vector, error) {
	p := &plan{ev: ev, at: at, room: mostFused, space: workspaces.Get().(*workspace)}
	defer workspaces.Put(p.space)
	if _, err := p.add(ctx, n); err != nil {
		return nil, err
	}
	out := &Vector{Kind: n.kind, F: ev.loan.numbers(ev.rows), Why: ev.loan.reasons(ev.rows)}
	var missing Reason
	for from := 0; from < ev.rows; from += chunk {
		to := min(from+chunk, ev.rows)
		p.slice(from, to)
		missing |= p.run(lane{out.F[from:to], out.Why[from:to]})
	}
	if missing == Known {
		out.Why = nil
	}
	return out, nil
}

// named returns the expression that a let, or a let of one, stands for.
func (n *node) named() *node {
	for n.op == "let" {
		n = n.args[0]
	}
	return n
}

// picked returns the values of some rows; nil stays nil.
func picked[T any](values []T, rows []uint32) []T {
	if values == nil {
		return nil
	}
	return pickedInto(make([]T, len(rows)), values, rows)
}

func pickedInto[T any](out, values []T, rows []uint32) []T {
	for i, row := range rows {
		out[i] = values[row]
	}
	return out
}

// add plans a node and returns the slot of its values.
func (p *plan) add(ctx context.Context, n *node) (slot int, err error) {
	inside := n.named()
	switch {
	case inside.op == "literal" && inside.kind != Text:
		return p.constant(inside.f), nil
	case !inside.fuses() || p.room == 0:
		v, err := p.ev.inner(ctx, n, p.at)
		if err != nil {
			return 0, err
		}
		return p.source(v), nil
	}
	p.room--
	s := step{op: inside.op}
	if s.a, err = p.add(ctx, inside.args[0]); err != nil {
		return 0, err
	}
	if s.b = s.a; len(inside.args) > 1 {
		if s.b, err = p.add(ctx, inside.args[1]); err != nil {
			return 0, err
		}
	}
	s.to = p.slot(p.cells().lane())
	p.steps = append(p.steps, s)
	return s.to, nil
}

func (p *plan) slot(l lane) int {
	p.slots = append(p.slots, l)
	return len(p.slots) - 1
}

// cells returns cells that no other slot of the plan has.
func (p *plan) cells() *cells {
	if p.used == len(p.space.cells) {
		p.space.cells = append(p.space.cells, new(cells))
	}
	p.used++
	return p.space.cells[p.used-1]
}

// constant fills cells with a literal.
func (p *plan) constant(f float64) int {
	l := p.cells().lane()
	for i := range min(chunk, p.ev.rows) {
		l.f[i], l.why[i] = f, Known
	}
	return p.slot(l)
}

func (p *plan) source(v *Vector) int {
	s := source{v: v, slot: p.slot(lane{})}
	p.sources = append(p.sources, s)
	return s.slot
}

// slice puts consecutive rows into the slots of columns.
func (p *plan) slice(from, to int) {
	for _, s := range p.sources {
		why := p.space.known[:to-from]
		if s.v.Why != nil {
			why = s.v.Why[from:to]
		}
		p.slots[s.slot] = lane{s.v.F[from:to], why}
	}
}

// run computes a chunk into the lane given, and returns reasons that say whether
// any row is missing.
func (p *plan) run(out lane) Reason {
	var missing Reason
	n := len(out.f)
	for i, s := range p.steps {
		into := out
		if i < len(p.steps)-1 {
			into = p.slots[s.to].upTo(n)
		}
		missing = s.compute(into, p.slots[s.a].upTo(n), p.slots[s.b].upTo(n))
	}
	return missing
}
