package rules

import "context"

// Place is a part of an expression and the plane on which it is read.
type Place struct {
	Op, Name, Text string // as in a [Trace]
	At             At
}

// Gap is a part of an expression that leaves a row without a value, and why.
type Gap struct {
	Part *Place // the same for every row
	Why  Reason
}

// Gaps finds what leaves rows of a program missing: the parts whose reason is that
// of none of their own parts, or columns. What was not read leaves nothing missing:
// the branch of an if that was not taken, nor what would have stood in for a value
// that is known. Each part is looked at once per row, however often windows within
// windows read it, and nothing is made of rows that are known.
type Gaps struct {
	ev    *Evaluation
	root  *seam
	seams map[part]*seam
	round int
	steps int
}

// seam is a part with its values and its own parts, found when first needed.
type seam struct {
	Place
	n     *node
	v     *Vector
	open  bool
	parts []*seam
	round int // the last round that walked it
}

// Gaps returns what tells the gaps of a program at the anchor. It is as unsafe for
// concurrent use as the evaluation.
func (ev *Evaluation) Gaps(ctx context.Context, p *Program) (*Gaps, error) {
	g := &Gaps{ev: ev, seams: map[part]*seam{}}
	var err error
	g.root, err = g.seam(ctx, part{n: p.root})
	return g, err
}

// Steps returns how many parts have been looked at so far.
func (g *Gaps) Steps() int { return g.steps }

// First returns the gap whose reason is that of the value; ok is false of a row
// that is known.
func (g *Gaps) First(ctx context.Context, row int) (gap Gap, ok bool, err error) {
	s := g.root
	why := s.v.Reason(row)
	for why != Known {
		parts, err := g.read(ctx, s, row)
		if err != nil {
			return Gap{}, false, err
		}
		i := sharing(parts, row, why)
		if i < 0 {
			return Gap{Part: &s.Place, Why: why}, true, nil
		}
		s = parts[i]
	}
	return Gap{}, false, nil
}

// All returns the gaps of a row, that of [Gaps.First] first and the others in the
// order of the expression.
func (g *Gaps) All(ctx context.Context, row int) ([]Gap, error) {
	g.round++
	return g.walk(ctx, g.root, row, nil)
}

func (g *Gaps) walk(ctx context.Context, s *seam, row int, found []Gap) ([]Gap, error) {
	why := s.v.Reason(row)
	if why == Known || s.round == g.round {
		return found, nil
	}
	s.round = g.round
	parts, err := g.read(ctx, s, row)
	if err != nil {
		return nil, err
	}
	first := sharing(parts, row, why)
	if first < 0 {
		return append(found, Gap{Part: &s.Place, Why: why}), nil
	}
	if found, err = g.walk(ctx, parts[first], row, found); err != nil {
		return nil, err
	}
	for i, p := range parts {
		if i == first {
			continue
		}
		if found, err = g.walk(ctx, p, row, found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// sharing returns the first part with a reason, or -1.
func sharing(parts []*seam, row int, why Reason) int {
	for i, p := range parts {
		if p.v.Reason(row) == why {
			return i
		}
	}
	return -1
}

// read returns the parts that the value of a row was made of.
func (g *Gaps) read(ctx context.Context, s *seam, row int) ([]*seam, error) {
	if !s.open {
		for _, p := range s.n.seenAt(s.At) {
			inner, err := g.seam(ctx, p)
			if err != nil {
				return nil, err
			}
			s.parts = append(s.parts, inner)
		}
		s.open = true
	}
	parts := s.parts
	if len(parts) > 0 && parts[0].v.Reason(row) == Known {
		switch s.n.op {
		case "??":
			parts = parts[:1]
		case "if":
			taken := 2 - int(parts[0].v.F[row])
			parts = parts[taken : taken+1] // the condition is known
		}
	}
	g.steps += 1 + len(parts)
	return parts, nil
}

func (g *Gaps) seam(ctx context.Context, p part) (*seam, error) {
	if s, ok := g.seams[p]; ok {
		return s, nil
	}
	v := &Vector{Kind: p.n.kind} // a literal is known
	if p.n.op != "literal" || p.n.kind == Bool {
		var err error
		if v, err = g.ev.eval(ctx, p.n, p.at); err != nil {
			return nil, err
		}
	}
	s := &seam{Place: Place{Op: p.n.op, Name: p.n.name, Text: p.n.text, At: p.at}, n: p.n, v: v}
	g.seams[p] = s
	return s, nil
}
