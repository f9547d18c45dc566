package screener

import (
	"cmp"
	"context"
	"math"
	"slices"

	"assay/rules"
)

// bind finds the part that binds where so many of several parts must hold: all of
// those that an and joins, one of those that an or joins. It is the one that
// comes so far down from the part that holds with the most room. A part that
// cannot be measured holds, or fails, by more than any other; an unknown one has
// no say. Where such a part binds, the whole cannot be measured.
func (m *meter) bind(ctx context.Context, out *room, parts []rules.Part, must int) error {
	return m.bindAs(ctx, out, parts, must, out.negated)
}

// some is bind for at_least and at_most. At most n hold where at least all but n
// do not.
func (m *meter) some(ctx context.Context, out *room, p rules.Part, parts []rules.Part) error {
	must, negated := int(p.Consts()[0]), out.negated
	if p.Name() == "at_most" {
		must, negated = must+1, !negated
	}
	if negated {
		must = len(parts) + 1 - must
	}
	return m.bindAs(ctx, out, parts, must, negated)
}

// bindAs is bind for parts that are negated otherwise than the whole.
func (m *meter) bindAs(ctx context.Context, out *room, parts []rules.Part, must int, negated bool) error {
	rooms, err := m.each(ctx, parts, negated)
	if err != nil {
		return err
	}
	out.nothing(out.holds.Len())
	if must < 1 || must > len(parts) { // it always holds, or never does
		return nil
	}
	order := make([]bound, len(rooms))
	for row := range out.by {
		verdict := out.verdict(row)
		if verdict == rules.Unknown {
			continue
		}
		for i, part := range rooms {
			order[i] = part.bound(row, verdict)
		}
		slices.SortStableFunc(order, func(a, b bound) int { return cmp.Compare(b.nearness, a.nearness) })
		if binding := order[must-1]; binding.by >= 0 {
			out.by[row], out.nearness[row] = binding.by, binding.nearness
		}
	}
	return nil
}

// bound is what a part of a condition says of one row.
type bound struct {
	by       int32
	nearness float64
}

// bound reads a part for a row of which the whole has a verdict.
func (m *room) bound(row int, whole rules.Verdict) bound {
	verdict := m.verdict(row)
	if m.by[row] >= 0 && verdict != rules.Unknown {
		return bound{m.by[row], m.nearness[row]}
	}
	if verdict == rules.True || verdict == rules.Unknown && whole == rules.False {
		return bound{-1, math.Inf(1)}
	}
	return bound{-1, math.Inf(-1)}
}

func (m *meter) each(ctx context.Context, parts []rules.Part, negated bool) ([]*room, error) {
	rooms := make([]*room, len(parts))
	for i, p := range parts {
		var err error
		if rooms[i], err = m.measure(ctx, p, negated); err != nil {
			return nil, err
		}
	}
	return rooms, nil
}

// choose measures the branch of an if that was taken.
func (m *meter) choose(ctx context.Context, out *room, parts []rules.Part) error {
	taken, err := m.ev.Eval(ctx, parts[0].Program, parts[0].At)
	if err != nil {
		return err
	}
	rooms, err := m.each(ctx, parts[1:], out.negated)
	if err != nil {
		return err
	}
	out.nothing(out.holds.Len())
	for row := range out.by {
		switch taken.Verdict(row) {
		case rules.True:
			out.by[row], out.nearness[row] = rooms[0].by[row], rooms[0].nearness[row]
		case rules.False:
			out.by[row], out.nearness[row] = rooms[1].by[row], rooms[1].nearness[row]
		}
	}
	return nil
}

// stand measures what stands in for an unknown condition.
func (m *meter) stand(ctx context.Context, out *room, parts []rules.Part) error {
	rooms, err := m.each(ctx, parts, out.negated)
	if err != nil {
		return err
	}
	out.nothing(out.holds.Len())
	for row := range out.by {
		from := rooms[0]
		if from.verdict(row) == rules.Unknown {
			from = rooms[1]
		}
		out.by[row], out.nearness[row] = from.by[row], from.nearness[row]
	}
	return nil
}
