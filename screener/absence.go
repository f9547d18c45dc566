package screener

import (
	"context"
	"fmt"
	"slices"

	"assay/rules"
)

// A run tells of each company that it cannot judge what is missing. A screen of a
// thousand conditions over windows within windows could go on telling for hours:
// these bound at how many parts of expressions it looks, and how many lines it
// tells. A large market may tell more in all, for most screens take a dozen parts
// of a company.
const (
	mostSteps, stepsEach = 32 << 20, 500
	mostLacks, lacksEach = 4 << 20, 50
)

// absences tells what the rules of a screen lack, row by row, without a trace.
type absences struct {
	gaps  map[*rules.Program]*rules.Gaps
	words map[*rules.Place]string
	steps int
	told  int
}

func newAbsences() absences {
	return absences{gaps: map[*rules.Program]*rules.Gaps{}, words: map[*rules.Place]string{}}
}

// lack words a gap. Rows that lack the same share the words.
func (a *absences) lack(gap rules.Gap) Lack {
	input, ok := a.words[gap.Part]
	if !ok {
		p := gap.Part
		input = placed(p.Op, p.Name, p.Text, p.At)
		a.words[p] = input
	}
	return Lack{Input: input, Reason: gap.Why.String()}
}

// gaps returns what tells the gaps of a rule.
func (r *run) gaps(ctx context.Context, rule *Rule) (*rules.Gaps, error) {
	if g, ok := r.absences.gaps[rule.Program]; ok {
		return g, nil
	}
	g, err := r.peers.Gaps(ctx, rule.Program)
	if err == nil {
		r.absences.gaps[rule.Program] = g
	}
	return g, err
}

// firstLack returns what gives an unknown row of a rule its reason.
func (r *run) firstLack(ctx context.Context, rule *Rule, row int) (Lack, error) {
	g, err := r.gaps(ctx, rule)
	if err != nil {
		return Lack{}, err
	}
	before := g.Steps()
	gap, _, err := g.First(ctx, row)
	if err != nil {
		return Lack{}, err
	}
	return r.absences.lack(gap), r.spend(rule, g.Steps()-before, 0)
}

// lacks lists what an unknown row of a rule lacks, each once: at least one line.
func (r *run) lacks(ctx context.Context, rule *Rule, row int) ([]Lack, error) {
	g, err := r.gaps(ctx, rule)
	if err != nil {
		return nil, err
	}
	before := g.Steps()
	gaps, err := g.All(ctx, row)
	if err != nil {
		return nil, err
	}
	out := make([]Lack, 0, len(gaps))
	for _, gap := range gaps {
		if lack := r.absences.lack(gap); !slices.Contains(out, lack) {
			out = append(out, lack)
		}
	}
	return out, r.spend(rule, g.Steps()-before, len(out))
}

// spend wants the run to look at no more parts, and to tell no more lines, than it
// may.
func (r *run) spend(rule *Rule, steps, told int) error {
	a := &r.absences
	a.steps, a.told = a.steps+steps, a.told+told
	if rows := r.table.Rows(); a.steps <= mostSteps+stepsEach*rows && a.told <= mostLacks+lacksEach*rows {
		return nil
	}
	return fmt.Errorf("%s: the companies without a verdict lack too much to tell it all: give the screen fewer conditions than %d or shorter windows, or narrow its universe",
		rule.Name, len(r.screen.Pass))
}
