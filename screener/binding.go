package screener

import (
	"context"

	"assay/rules"
)

// join finds the binding part of parts that an and joins, if all is set, or an
// or. Only the parts that have the verdict of the whole count: those brought it
// about, or keep it up together. Where one of them decides alone and cannot be
// measured, neither can the whole.
func (m *meter) join(ctx context.Context, out *room, parts []rules.Part, all bool) error {
	rooms, err := m.each(ctx, parts, out.negated)
	if err != nil {
		return err
	}
	decisive := rules.True
	if all {
		decisive = rules.False
	}
	out.nothing(len(m.universe))
	for row := range out.by {
		verdict := out.verdict(row)
		if verdict == rules.Unknown {
			continue
		}
		for _, part := range rooms {
			if part.verdict(row) != verdict {
				continue
			}
			if part.by[row] < 0 {
				if verdict == decisive {
					out.by[row] = -1
					break
				}
				continue
			}
			if out.by[row] < 0 || (part.nearness[row] < out.nearness[row]) == all && part.nearness[row] != out.nearness[row] {
				out.by[row], out.nearness[row] = part.by[row], part.nearness[row]
			}
		}
	}
	return nil
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
	out.nothing(len(m.universe))
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
	out.nothing(len(m.universe))
	for row := range out.by {
		from := rooms[0]
		if from.verdict(row) == rules.Unknown {
			from = rooms[1]
		}
		out.by[row], out.nearness[row] = from.by[row], from.nearness[row]
	}
	return nil
}
