package screener

import (
	"context"
	"fmt"
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

// room is how far each row of a meter is from another verdict of a condition or of
// a part of one.
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

// meter measures the conditions of a run for some rows, column by column.
type meter struct {
	bandOf   func(condition, row int) string
	peers    *rules.Evaluation
	universe []rules.Verdict
	ev       *rules.Evaluation // of the rows
	places   map[int]int       // of each row, where ev has it
	gauges   []gauge
	rooms    []*room // per condition
}

// measure finds the slack of every condition for the rows given.
func (r *run) measure(ctx context.Context, rows []int) (*meter, error) {
	m := &meter{bandOf: r.bandOf, peers: r.peers, universe: r.universe, places: make(map[int]int, len(rows))}
	some := make([]uint32, len(rows))
	for i, row := range rows {
		some[i], m.places[row] = uint32(row), i
	}
	m.ev = r.peers.Over(some)
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
		case "at_least", "at_most":
			return out, m.some(ctx, out, p, parts)
		}
	default:
		if _, ok := mirrored[op]; ok && parts[0].Kind() != rules.Text && parts[0].Kind() != rules.Bool {
			return out, m.compare(ctx, out, p, parts)
		}
	}
	out.nothing(holds.Len())
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

// slack tells the slack of a condition for a row; nil where it cannot be
// measured: it is unknown, or compares nothing.
func (m *meter) slack(condition, row int) *Slack {
	at := m.places[row]
	by := m.rooms[condition].by[at]
	if by < 0 || m.bandOf(condition, row) != "" {
		return nil // a company held by a band is not at the threshold of entry
	}
	g := &m.gauges[by]
	row = at
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
