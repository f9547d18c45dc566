package screener

import (
	"context"

	"assay/rules"
)

// tallies counts what each condition did within the universe.
func (r *run) tallies(ctx context.Context) ([]Tally, error) {
	out := make([]Tally, len(r.screen.Pass))
	for i := range r.screen.Pass {
		c := &r.screen.Pass[i]
		t := Tally{Name: c.Name, Expression: oneLine(c.Text), OnMissing: c.Missing.String()}
		reasons := counter{}
		for row, u := range r.universe {
			if u != rules.True {
				continue
			}
			switch r.verdicts[i][row] {
			case rules.True:
				t.True++
			case rules.False:
				t.False++
			default:
				t.Unknown++
				lacks, err := r.lacks(ctx, r.held(i, row), row)
				if err != nil {
					return nil, err
				}
				reasons.add(lacks[0])
			}
			switch alone := r.alone(i, row); {
			case alone && r.outcomes[row] == failed:
				t.OnlyReason++
			case alone && r.outcomes[row] == unknown:
				t.OnlyUnknown++
			}
		}
		t.UnknownReasons = reasons.sorted()
		out[i] = t
	}
	return out, nil
}

// alone reports whether a condition is the only one that brings a company to
// its outcome.
func (r *run) alone(condition, row int) bool {
	for i := range r.screen.Pass {
		if (r.counts(i, row) == r.outcomes[row]) != (i == condition) {
			return false
		}
	}
	return true
}

// funnel counts who is left after each condition in the order of the file.
func (r *run) funnel() []Step {
	first := Step{Name: "universe"}
	standing := make([]outcome, len(r.universe))
	for row, u := range r.universe {
		switch u {
		case rules.True:
			first.Left++
			standing[row] = passed
		case rules.False:
			first.Dropped++
		default:
			first.Unknown++
		}
	}
	steps := []Step{first}
	for i := range r.screen.Pass {
		step := Step{Name: r.screen.Pass[i].Name}
		for row := range standing {
			if standing[row] <= failed {
				continue
			}
			standing[row] = min(standing[row], r.counts(i, row))
			switch standing[row] {
			case failed:
				step.Dropped++
			case unknown:
				step.Unknown++
			default:
				step.Left++
			}
		}
		steps = append(steps, step)
	}
	return steps
}
