package rules

import "context"

// maxTrace bounds the nodes of one trace: lets of lets could make it grow
// without end.
const maxTrace = 20000

// Trace tells how one row came to its value: an expression, its value, and the
// same of each part. A history function has one part per point.
type Trace struct {
	Text string // as the user wrote it
	Op   string // "and", "or", "not", "==" ..., "+" ..., "neg", "if", "??", "in", "list", "matches" ..., "call", "column", "let", "literal"
	Name string // column, function or let
	At   At     // the plane it was read on
	Kind Kind
	Unit Unit
	F    float64 // the value, when Why is Known and Kind is not Text
	S    string  // the value of a Text
	Why  Reason
	Args []*Trace

	// Peers describes the population of a peer function, nil for all else and
	// for a row that is not part of one.
	Peers *Population
}

// Population counts the peers that a row was compared with, itself included.
type Population struct {
	N       int // those whose value is known
	Ties    int // those of N that have the value of the row
	Missing int // those that lack a value, which do not count in N
}

// Trace explains the value of a program for one row.
func (ev *Evaluation) Trace(ctx context.Context, p *Program, row int, at At) (*Trace, error) {
	left := maxTrace
	return ev.trace(ctx, p.root, row, at, &left)
}

func (ev *Evaluation) trace(ctx context.Context, n *node, row int, at At, left *int) (*Trace, error) {
	*left--
	t := &Trace{Text: n.text, Op: n.op, Name: n.name, At: at, Kind: n.kind, Unit: n.unit}
	for _, part := range n.seenAt(at) {
		if *left <= 0 {
			break
		}
		arg, err := ev.trace(ctx, part.n, row, part.at, left)
		if err != nil {
			return nil, err
		}
		t.Args = append(t.Args, arg)
	}
	if len(n.list) > 0 {
		t.Args = append(t.Args, listTrace(n, at))
	}
	return t, ev.say(ctx, t, n, row)
}

// say fills in the value of a trace, after those of its parts, which are kept
// then and make it cheap.
func (ev *Evaluation) say(ctx context.Context, t *Trace, n *node, row int) error {
	v, err := ev.eval(ctx, n, t.At)
	if err != nil {
		return err
	}
	t.Why = v.Reason(row)
	switch {
	case t.Why != Known:
	case n.kind == Text:
		t.S = v.Text(row)
	default:
		t.F = v.F[row]
	}
	t.Peers, err = ev.describe(ctx, n, row, t.At)
	return err
}

// part is a part of a node and the plane it is read on.
type part struct {
	n  *node
	at At
}

// seenAt lists the parts of a node with the planes that they are read on.
func (n *node) seenAt(at At) []part {
	var parts []part
	if n.history() {
		for _, lag := range n.lags() {
			parts = append(parts, part{n.args[0], at.back(lag)})
		}
		return parts
	}
	if n.op == "call" {
		if basis, ok := n.fn.Body.(OnBasis); ok {
			at.Basis = Basis(basis)
		}
	}
	for _, p := range n.parts() {
		parts = append(parts, part{p, at})
	}
	return parts
}

// listTrace shows the literals that an operator looks its value up in.
func listTrace(n *node, at At) *Trace {
	t := &Trace{Op: "list", At: at, Kind: n.args[0].kind, Unit: n.args[0].unit}
	for i, item := range n.list {
		if i > 0 {
			t.Text += ", "
		}
		t.Text += item.text
		t.Args = append(t.Args, &Trace{Text: item.text, Op: "literal", At: at, Kind: item.kind, Unit: item.unit, F: item.f, S: item.s})
	}
	return t
}
