package rules

import "slices"

// Part is a part of a program, which is a program too, and the plane that it is
// read on.
type Part struct {
	*Program
	At At
}

// Op returns what the [Trace] of the program has as its Op.
func (p *Program) Op() string { return p.root.op }

// Name returns the column, function or let that the program is, or "".
func (p *Program) Name() string { return p.root.name }

// Consts returns the whole and share literals of a call, such as the 2 of
// at_least(2, [a, b]).
func (p *Program) Consts() []float64 { return slices.Clone(p.root.consts) }

// Parts lists the parts of a program that is read on a plane: what a [Trace]
// tells of one row, for all rows. The literals of a list are not among them.
func (p *Program) Parts(at At) []Part {
	parts := p.root.seenAt(at)
	out := make([]Part, len(parts))
	for i, part := range parts {
		out[i] = Part{&Program{text: part.n.text, root: part.n}, part.at}
	}
	return out
}

// Literal returns the number or date of a program that is nothing but a literal;
// ok is false of all else.
func (p *Program) Literal() (f float64, ok bool) {
	return p.root.f, p.root.op == "literal" && (p.root.kind == Number || p.root.kind == Date)
}

// Is reports whether two programs are the same place of the same text, as they
// are where two others reach it through one let.
func (p *Program) Is(other *Program) bool { return p.root == other.root }

// WithLiteral returns the program with another value for a literal in it or in a
// let that it uses, as if the user had edited it there. Texts stay as they were
// written. A program that does not hold the literal is returned as it is.
func (p *Program) WithLiteral(literal *Program, f float64) *Program {
	root := p.root.withLiteral(literal.root, f, map[*node]*node{})
	if root == p.root {
		return p
	}
	return &Program{text: p.text, root: root, lets: p.lets}
}

// withLiteral copies the nodes on the ways to a literal and shares all others;
// done keeps those that it has seen.
func (n *node) withLiteral(literal *node, f float64, done map[*node]*node) *node {
	if made, ok := done[n]; ok {
		return made
	}
	made := n
	if n == literal {
		made = new(*n)
		made.f = f
	}
	for i, arg := range n.args {
		other := arg.withLiteral(literal, f, done)
		if other == arg {
			continue
		}
		if made == n {
			made = new(*n)
			made.args = slices.Clone(n.args)
		}
		made.args[i] = other
	}
	if made != n {
		made.finish()
	}
	done[n] = made
	return made
}
