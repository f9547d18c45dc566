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
		t.True, t.Unknown, t.OnlyReason, t.OnlyUnknown = r.counted(i, together)
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

// counted counts, within the universe, for whom a condition is true and unknown,
// and whom it alone makes failed and unknown.
func (r *run) counted(condition int, together []int32) (holds, unsure, onlyFailed, onlyUnknown int) {
	made, verdicts, outcomes := r.made[condition], r.verdicts[condition], r.outcomes
	verdicts, outcomes, together = verdicts[:len(made)], outcomes[:len(made)], together[:len(made)]
	for row, o := range made {
		v, all := verdicts[row], outcomes[row]
		in, alone := one(all >= failed), one(together[row] == 1)&one(o == all)
		holds += in & one(v == rules.True)
		unsure += in & one(v == rules.Unknown)
		onlyFailed += alone & one(o == failed)
		onlyUnknown += alone & one(o == unknown)
	}
	return holds, unsure, onlyFailed, onlyUnknown
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

// funnel tells who is left after each condition in the order of the file.
func (r *run) funnel() []Step {
	var seen [3]int
	for _, u := range r.universe {
		seen[u]++
	}
	steps := []Step{{Name: "universe", Dropped: seen[rules.False], Unknown: seen[rules.Unknown], Left: seen[rules.True]}}
	in := seen[rules.True]
	for i, left := range r.left {
		steps = append(steps, Step{Name: r.screen.Pass[i].Name, Dropped: in - left.sure - left.unsure, Unknown: left.unsure, Left: left.sure})
		in = left.sure + left.unsure
	}
	return steps
}
