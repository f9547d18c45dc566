package screener

import (
	"context"

	"assay/rules"
)

// tallies counts what each condition did within the universe.
func (r *run) tallies(ctx context.Context) ([]Tally, error) {
	out, together := make([]Tally, len(r.screen.Pass)), r.accomplices()
	for i := range r.screen.Pass {
		c := &r.screen.Pass[i]
		var seen [3]int           // by verdict
		var alone [passed + 1]int // by outcome: companies that this condition alone brings to it
		gaps := map[rules.Gap]int{}
		verdicts, made := r.verdicts[i], r.made[i]
		for row, u := range r.universe {
			if u != rules.True {
				continue
			}
			v, o := verdicts[row], r.outcomes[row]
			seen[v]++
			if together[row] == 1 && made[row] == o {
				alone[o]++
			}
			if v != rules.Unknown {
				continue
			}
			gap, err := r.firstGap(ctx, r.held(i, row), row)
			if err != nil {
				return nil, err
			}
			gaps[gap]++
		}
		out[i] = Tally{Name: c.Name, Expression: oneLine(c.Text), OnMissing: c.Missing.String(),
			True: seen[rules.True], False: seen[rules.False], Unknown: seen[rules.Unknown],
			OnlyReason: alone[failed], OnlyUnknown: alone[unknown], UnknownReasons: r.absences.counted(gaps).sorted()}
	}
	return out, nil
}

// accomplices counts, for each company, the conditions that bring it to its
// outcome.
func (r *run) accomplices() []int {
	out := make([]int, len(r.outcomes))
	for _, made := range r.made {
		for row, o := range r.outcomes {
			if made[row] == o {
				out[row]++
			}
		}
	}
	return out
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
		var now [passed + 1]int
		for row := range standing {
			if standing[row] <= failed {
				continue
			}
			standing[row] = min(standing[row], r.made[i][row])
			now[standing[row]]++
		}
		steps = append(steps, Step{Name: r.screen.Pass[i].Name, Dropped: now[failed], Unknown: now[unknown], Left: now[passed]})
	}
	return steps
}
