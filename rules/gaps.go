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
	found []Gap
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

	branches bool // it is a ?? or an if, which do not read all of their parts
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

// Firsts returns, for each row, which of the gaps it lists has the reason of the
// value, or -1 for a row that is known.
func (g *Gaps) Firsts(ctx context.Context) (gaps []Gap, of []int32, err error) {
	f := firsts{Gaps: g, of: make([]int32, g.ev.rows), index: map[Gap]int32{}}
	var missing []uint32
	for row := range f.of {
		f.of[row] = -1
		if g.root.v.Reason(row) != Known {
			missing = append(missing, uint32(row))
		}
	}
	err = f.find(ctx, g.root, missing)
	return f.gaps, f.of, err
}

// firsts finds the first gaps of many rows, part by part.
type firsts struct {
	*Gaps
	gaps  []Gap
	of    []int32
	index map[Gap]int32
}

// find finds those of rows that are missing for the reason that a part has in them.
func (f *firsts) find(ctx context.Context, s *seam, rows []uint32) error {
	if len(rows) == 0 {
		return nil
	}
	if err := f.unfold(ctx, s); err != nil {
		return err
	}
	var behind [][]uint32 // by part, the rows that have their reason from it
	var own [256]int32    // by reason: which gap the part itself is, from 1 on
	for _, row := range rows {
		from, to := f.read(s, int(row))
		why := s.v.Why[row]
		if i := sharing(s.parts[from:to], int(row), why); i >= 0 {
			if behind == nil {
				behind = make([][]uint32, len(s.parts))
			}
			if behind[from+i] == nil {
				behind[from+i] = make([]uint32, 0, len(rows))
			}
			behind[from+i] = append(behind[from+i], row)
			continue
		}
		if own[why] == 0 {
			own[why] = f.gapOf(s, why) + 1
		}
		f.of[row] = own[why] - 1
	}
	for i, rows := range behind {
		if err := f.find(ctx, s.parts[i], rows); err != nil {
			return err
		}
	}
	return nil
}

// gapOf returns which gap a part is that has a reason of its own.
func (f *firsts) gapOf(s *seam, why Reason) int32 {
	gap := Gap{Part: &s.Place, Why: why}
	at, ok := f.index[gap]
	if !ok {
		at = int32(len(f.gaps))
		f.gaps, f.index[gap] = append(f.gaps, gap), at
	}
	return at
}

// All returns the gaps of a row, that of [Gaps.Firsts] first and the others in the
// order of the expression. The next call overwrites them.
func (g *Gaps) All(ctx context.Context, row int) ([]Gap, error) {
	g.round++
	found, err := g.walk(ctx, g.root, row, g.found[:0])
	g.found = found
	return found, err
}

func (g *Gaps) walk(ctx context.Context, s *seam, row int, found []Gap) ([]Gap, error) {
	why := s.v.Reason(row)
	if why == Known || s.round == g.round {
		return found, nil
	}
	s.round = g.round
	if err := g.unfold(ctx, s); err != nil {
		return nil, err
	}
	from, to := g.read(s, row)
	parts := s.parts[from:to]
	first := sharing(parts, row, why)
	if first < 0 {
		return append(found, Gap{Part: &s.Place, Why: why}), nil
	}
	found, err := g.walk(ctx, parts[first], row, found)
	if err != nil {
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

// unfold finds the parts of a part, if they are not known yet.
func (g *Gaps) unfold(ctx context.Context, s *seam) error {
	if s.open {
		return nil
	}
	for _, p := range s.n.seenAt(s.At) {
		inner, err := g.seam(ctx, p)
		if err != nil {
			return err
		}
		s.parts = append(s.parts, inner)
	}
	s.open = true
	return nil
}

// read says from which part up to which the value of a row was made.
func (g *Gaps) read(s *seam, row int) (from, to int) {
	to = len(s.parts)
	if s.branches && to > 0 && s.parts[0].v.Reason(row) == Known {
		to = 1
		if s.n.op == "if" {
			from = 2 - int(s.parts[0].v.F[row]) // the condition is known
			to = from + 1
		}
	}
	g.steps += 1 + to - from
	return from, to
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
	s := &seam{Place: Place{Op: p.n.op, Name: p.n.name, Text: p.n.text, At: p.at}, n: p.n, v: v,
		branches: p.n.op == "??" || p.n.op == "if"}
	g.seams[p] = s
	return s, nil
}
