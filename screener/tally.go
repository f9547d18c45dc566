package screener

import (
	"context"

	"assay/rules"
)

// tallies counts what each condition did within the universe.
func (r *run) tallies(ctx context.Context) ([]Tally, error) {
	out, together, universe := make([]Tally, len(r.screen.Pass)), r.accomplices(), 0
	for _, o := range r.outcomes {
		universe += one(o >= failed)
	}
	for i := range r.screen.Pass {
		c := &r.screen.Pass[i]
		t := Tally{Name: c.Name, Expression: oneLine(c.Text), OnMissing: c.Missing.String()}
		verdicts, outcomes := r.verdicts[i], r.outcomes
		for row, o := range r.made[i] {
			in, v := one(outcomes[row] >= failed), verdicts[row]
			t.True += in & one(v == rules.True)
			t.Unknown += in & one(v == rules.Unknown)
			alone := one(together[row] == 1) & one(o == outcomes[row])
			t.OnlyReason += alone & one(o == failed)
			t.OnlyUnknown += alone & one(o == unknown)
		}
		t.False = universe - t.True - t.Unknown
		reasons := map[rules.Gap]int{}
		if err := r.reasons(ctx, i, &c.Rule, reasons); err != nil {
			return nil, err
		}
		if c.Keep != nil && r.entry != nil {
			if err := r.reasons(ctx, i, c.Keep, reasons); err != nil {
				return nil, err
			}
		}
		t.UnknownReasons = r.absences.counted(reasons).sorted()
		out[i] = t
	}
	return out, nil
}

// reasons counts by what they lack the companies that a condition leaves unknown
// and a rule decides.
func (r *run) reasons(ctx context.Context, condition int, rule *Rule, counts map[rules.Gap]int) error {
	verdicts := r.verdicts[condition]
	decides := func(row int) bool {
		return verdicts[row] == rules.Unknown && r.universe[row] == rules.True && r.held(condition, row) == rule
	}
	u, err := r.gaps(ctx, rule)
	if err != nil {
		return err
	}
	each := make([]int, len(u.firsts))
	for i, row := range u.rows {
		if decides(int(row)) {
			each[u.of[i]]++
		}
	}
	for i, n := range each {
		if n > 0 {
			counts[u.firsts[i]] += n
		}
	}
	return nil
}

// accomplices counts, for each company, the conditions that bring it to its
// outcome.
func (r *run) accomplices() []int32 {
	out := make([]int32, len(r.outcomes))
	for _, made := range r.made {
		for row, o := range r.outcomes {
			out[row] += int32(one(made[row] == o))
		}
	}
	return out
}

// funnel counts who is left after each condition in the order of the file.
func (r *run) funnel() []Step {
	first := Step{Name: "universe"}
	standing := make([]outcome, len(r.universe))
	for row, u := range r.universe {
		first.Left += one(u == rules.True)
		first.Dropped += one(u == rules.False)
		first.Unknown += one(u == rules.Unknown)
		standing[row] = passed * outcome(one(u == rules.True))
	}
	steps, in := []Step{first}, first.Left
	for i, made := range r.made {
		step := Step{Name: r.screen.Pass[i].Name}
		for row, o := range made {
			now := min(standing[row], o)
			standing[row] = now
			step.Left += one(now == passed)
			step.Unknown += one(now == unknown)
		}
		step.Dropped = in - step.Left - step.Unknown
		in = step.Left + step.Unknown
		steps = append(steps, step)
	}
	return steps
}
