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
	gaps  map[*rules.Program]*unknowns
	words map[*rules.Place]string
	steps int
	told  int
}

func newAbsences() absences {
	return absences{gaps: map[*rules.Program]*unknowns{}, words: map[*rules.Place]string{}}
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

// counted counts by what is lacking.
func (a *absences) counted(gaps map[rules.Gap]int) counter {
	out := counter{}
	for gap, n := range gaps {
		lack := a.lack(gap)
		out[Count{Reason: lack.Reason, Input: lack.Input}] += n
	}
	return out
}

// unknowns tells the gaps of a rule. They are looked for among the rows of the
// universe, or about it, that the rule leaves unknown.
type unknowns struct {
	*rules.Gaps
	rows   []uint32    // ascending
	firsts []rules.Gap // what gives them their reason
	of     []int32     // of each, which of these
	next   int         // of rows: where it looks next
}

// at finds a row among those that are unknown; ok is false where it is not.
// Rows are mostly asked for in ascending order.
func (u *unknowns) at(row int) (i int, ok bool) {
	if u.next > 0 && u.rows[u.next-1] >= uint32(row) {
		u.next, ok = slices.BinarySearch(u.rows, uint32(row))
		return u.next, ok
	}
	for u.next < len(u.rows) && u.rows[u.next] < uint32(row) {
		u.next++
	}
	return u.next, u.next < len(u.rows) && u.rows[u.next] == uint32(row)
}

// gaps returns what tells the gaps of a rule.
func (r *run) gaps(ctx context.Context, rule *Rule) (*unknowns, error) {
	if u, ok := r.absences.gaps[rule.Program]; ok {
		return u, nil
	}
	v, err := r.peers.Eval(ctx, rule.Program, rules.At{})
	if err != nil {
		return nil, err
	}
	u, n := &unknowns{rows: make([]uint32, len(v.Why))}, 0
	for row, why := range v.Why {
		u.rows[n] = uint32(row)
		n += one(why != rules.Known) & one(r.universe[row] != rules.False)
	}
	u.rows = u.rows[:n:n]
	if u.Gaps, err = r.peers.Over(u.rows).Gaps(ctx, rule.Program); err != nil {
		return nil, err
	}
	if u.firsts, u.of, err = u.Firsts(ctx); err != nil {
		return nil, err
	}
	r.absences.gaps[rule.Program] = u
	return u, r.spend(rule, u.Steps(), 0)
}

// lacks adds what an unknown row of a rule lacks to a list, each once: at least one
// line. It returns what gives the row its reason besides.
func (r *run) lacks(ctx context.Context, rule *Rule, condition string, row int, list []Lack) (_ []Lack, first rules.Gap, err error) {
	u, err := r.gaps(ctx, rule)
	if err != nil {
		return nil, rules.Gap{}, err
	}
	at, ok := u.at(row)
	if !ok {
		return list, rules.Gap{}, nil
	}
	before, from := u.Steps(), len(list)
	gaps, err := u.All(ctx, at)
	if err != nil {
		return nil, rules.Gap{}, err
	}
	for _, gap := range gaps {
		lack := r.absences.lack(gap)
		lack.Condition = condition
		if !slices.Contains(list[from:], lack) {
			list = append(list, lack)
		}
	}
	return list, gaps[0], r.spend(rule, u.Steps()-before, len(list)-from)
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
