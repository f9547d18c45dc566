package screener

import (
	"context"
	"fmt"
	"math"
	"slices"

	"assay/rules"
)

// Slack is how far a company is from another verdict of a condition. Of several
// comparisons it is the one that binds: of those joined by and the nearest to
// its threshold, of those joined by or the farthest within.
type Slack struct {
	Comparison string `json:"comparison"`
	At         string `json:"at,omitempty"` // of a comparison at a point in the past, such as "2y ago"
	Value      Datum  `json:"value"`
	Operator   string `json:"operator"` // as it reads with the value on the left
	Threshold  Datum  `json:"threshold"`
	Distance   Datum  `json:"distance"` // in the unit of the value: above 0 when it holds with room, below when it fails
	// Share is the distance as a share of the threshold; null where the threshold
	// is nought or a date.
	Share *float64 `json:"share"`
	// Nearness makes distances of any unit comparable: it is the share or, where
	// there is none, the distance over the median distance of the universe.
	Nearness float64 `json:"nearness"`
	Unit     string  `json:"unit,omitempty"`
}

// gauge measures one comparison of numbers or dates, for all rows.
type gauge struct {
	text, op     string
	at           rules.At
	negated      bool // it stands under a not
	value, limit *rules.Vector
	unit, bound  rules.Unit // of the value and of the threshold
	scale        float64    // the median distance within the universe; 0: every row has a share
}

// room is how far each row is from another verdict of a condition or of a part
// of one.
type room struct {
	holds    *rules.Vector
	negated  bool
	by       []int32   // the gauge that binds; -1: nothing can be measured
	nearness []float64 // what it shows, as Slack has it
}

func (m *room) verdict(row int) rules.Verdict {
	if v := m.holds.Verdict(row); !m.negated {
		return v
	}
	return rules.True - m.holds.Verdict(row)
}

// meter measures the conditions of a run, column by column.
type meter struct {
	ev       *rules.Evaluation
	universe []rules.Verdict
	gauges   []gauge
	rooms    []*room // per condition
}

// measure finds the slack of every condition for all rows.
func (r *run) measure(ctx context.Context) (*meter, error) {
	m := &meter{ev: r.peers, universe: r.universe}
	for _, c := range r.screen.Pass {
		room, err := m.measure(ctx, rules.Part{Program: c.Program}, false)
		if err != nil {
			return nil, fmt.Errorf("slack of %s: %w", c.Name, err)
		}
		m.rooms = append(m.rooms, room)
	}
	return m, nil
}

func (m *meter) measure(ctx context.Context, p rules.Part, negated bool) (*room, error) {
	holds, err := m.ev.Eval(ctx, p.Program, p.At)
	if err != nil {
		return nil, err
	}
	out := &room{holds: holds, negated: negated}
	parts := p.Parts(p.At)
	switch op := p.Op(); op {
	case "let":
		return m.measure(ctx, parts[0], negated)
	case "not":
		return m.measure(ctx, parts[0], !negated)
	case "and", "or":
		return out, m.bind(ctx, out, parts, allOrOne(len(parts), (op == "and") != negated))
	case "if":
		return out, m.choose(ctx, out, parts)
	case "??":
		return out, m.stand(ctx, out, parts)
	case "call":
		switch p.Name() {
		case "every", "any":
			return out, m.bind(ctx, out, parts, allOrOne(len(parts), (p.Name() == "every") != negated))
		}
	default:
		if _, ok := mirrored[op]; ok && parts[0].Kind() != rules.Text && parts[0].Kind() != rules.Bool {
			return out, m.compare(ctx, out, p, parts)
		}
	}
	out.nothing(len(m.universe))
	return out, nil
}

// allOrOne returns how many of several parts must hold.
func allOrOne(parts int, all bool) int {
	if all {
		return parts
	}
	return 1
}

// nothing says of all rows that they cannot be measured.
func (m *room) nothing(rows int) {
	m.by, m.nearness = slices.Repeat([]int32{-1}, rows), make([]float64, rows)
}

// compare makes the gauge of a comparison and reads it.
func (m *meter) compare(ctx context.Context, out *room, p rules.Part, parts []rules.Part) (err error) {
	out.nothing(len(m.universe))
	value, limit, op := parts[0], parts[1], p.Op()
	if readsNothing(value) && !readsNothing(limit) {
		value, limit, op = limit, value, mirrored[op]
	}
	g := gauge{text: oneLine(p.Text()), op: op, at: p.At, negated: out.negated}
	g.unit, g.bound = sideUnits(value.Unit(), limit.Unit(), readsNothing(limit))
	if g.negated {
		g.text = "not (" + g.text + ")"
	}
	if g.value, err = m.ev.Eval(ctx, value.Program, value.At); err != nil {
		return err
	}
	if g.limit, err = m.ev.Eval(ctx, limit.Program, limit.At); err != nil {
		return err
	}
	if f, ok := limit.Literal(); !ok || f == 0 || value.Kind() == rules.Date {
		g.scale = g.median(m.universe)
	}
	for row := range out.by {
		if !g.known(row) || out.verdict(row) == rules.Unknown {
			continue
		}
		if near := g.nearness(row); !math.IsInf(near, 0) {
			out.by[row], out.nearness[row] = int32(len(m.gauges)), near
		}
	}
	m.gauges = append(m.gauges, g)
	return nil
}

// readsNothing reports whether a program is made of literals alone.
func readsNothing(p rules.Part) bool { return len(p.Refs()) == 0 }

func (g *gauge) known(row int) bool {
	return g.value.Reason(row) == rules.Known && g.limit.Reason(row) == rules.Known
}

func (g *gauge) distance(row int) float64 {
	d := gap(g.op, g.value.F[row], g.limit.F[row])
	if g.negated {
		d = 0 - d
	}
	return d
}

// share returns the distance as a share of the threshold; ok is false where that
// says nothing.
func (g *gauge) share(row int) (f float64, ok bool) {
	limit := math.Abs(g.limit.F[row])
	if limit == 0 || g.value.Kind == rules.Date {
		return 0, false
	}
	f = g.distance(row)/limit + 0 // no minus zero
	return f, !math.IsInf(f, 0)
}

func (g *gauge) nearness(row int) float64 {
	if f, ok := g.share(row); ok {
		return f
	}
	return g.distance(row)/g.scale + 0 // no minus zero
}

// median returns the median distance of the universe from the threshold, or 1
// where there is none above 0.
func (g *gauge) median(universe []rules.Verdict) float64 {
	sizes := make([]float64, 0, len(universe))
	for row, in := range universe {
		if in == rules.True && g.known(row) {
			sizes = append(sizes, math.Abs(g.distance(row)))
		}
	}
	slices.Sort(sizes)
	if len(sizes) == 0 || sizes[len(sizes)/2] == 0 {
		return 1
	}
	return sizes[len(sizes)/2]
}

// slack tells the slack of a condition for a row; nil where it cannot be
// measured: it is unknown, or compares nothing.
func (m *meter) slack(condition, row int) *Slack {
	by := m.rooms[condition].by[row]
	if by < 0 {
		return nil
	}
	g := &m.gauges[by]
	s := &Slack{
		Comparison: g.text, At: ShowAt(g.at), Operator: g.op, Value: datum(g.value, row, g.unit), Threshold: datum(g.limit, row, g.bound),
		Distance: Datum{Kind: rules.Number, Unit: g.unit, F: g.distance(row)}, Nearness: g.nearness(row),
	}
	if g.value.Kind == rules.Date {
		s.Distance.Unit = rules.UnitDays
	}
	s.Unit = s.Distance.Unit.String()
	if g.negated {
		s.Operator = "not " + s.Operator
	}
	if f, ok := g.share(row); ok {
		s.Share = &f
	}
	return s
}

// slacks tells the slack of every condition for a row.
func (m *meter) slacks(screen *Screen, row int) map[string]*Slack {
	out := make(map[string]*Slack, len(screen.Pass))
	for i, c := range screen.Pass {
		out[c.Name] = m.slack(i, row)
	}
	return out
}
