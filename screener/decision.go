package screener

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"assay/fundamentals"
	"assay/rules"
)

// Decision is a screen over a table, worked out and not yet told.
type Decision struct {
	run *run
	row map[fundamentals.CIK]int
}

// Decide works out what a screen says of every company of a table.
func Decide(ctx context.Context, table Table, screen *Screen, options Options) (*Decision, error) {
	r, err := start(ctx, table, screen, options)
	if err != nil {
		return nil, fmt.Errorf("screen %s as of %s: %w", screen.Name, table.AsOf(), err)
	}
	return &Decision{run: r}, nil
}

// Result tells it.
func (j *Decision) Result(ctx context.Context) (*Result, error) {
	result, err := j.run.result(ctx)
	if err != nil {
		return nil, fmt.Errorf("screen %s as of %s: %w", j.run.screen.Name, j.run.table.AsOf(), err)
	}
	return result, nil
}

// Outcome is what a screen says of a company: outside, universe unknown, failed,
// unknown or passed.
type Outcome = outcome

// Ledger is what a run decided of every company, and no more: what a history
// keeps of it.
type Ledger struct {
	Conditions []string
	Companies  []fundamentals.CIK // in their order
	Outcomes   []Outcome          // per company
	Universe   []rules.Verdict    // per company
	Verdicts   [][]rules.Verdict  // per condition, per company
	Ranked     []Place            // those that passed, the best first
}

// Place is a company that passed.
type Place struct {
	CIK    fundamentals.CIK
	Ticker string
	Name   string
	Score  float64
	Why    rules.Reason      // why there is no score
	Listed bool              // within the limit
	Since  fundamentals.Date // listed since, run after run, of a screen with bands
}

// Ledger lists what was decided.
func (j *Decision) Ledger() *Ledger {
	r := j.run
	rows := make([]int, r.table.Rows())
	for i := range rows {
		rows[i] = i
	}
	slices.SortFunc(rows, func(a, b int) int { return cmp.Compare(r.table.CIK(a), r.table.CIK(b)) })
	l := &Ledger{Verdicts: make([][]rules.Verdict, len(r.verdicts))}
	for _, c := range r.screen.Pass {
		l.Conditions = append(l.Conditions, c.Name)
	}
	for _, row := range rows {
		l.Companies = append(l.Companies, r.table.CIK(row))
		l.Outcomes = append(l.Outcomes, r.outcomes[row])
		l.Universe = append(l.Universe, r.universe[row])
		for i := range r.verdicts {
			l.Verdicts[i] = append(l.Verdicts[i], r.verdicts[i][row])
		}
	}
	listed := map[int]bool{}
	for _, row := range r.listed() {
		listed[row] = true
	}
	for _, row := range r.order {
		score := r.scoreOf(row)
		p := Place{CIK: r.table.CIK(row), Ticker: r.table.Ticker(row), Name: r.table.Name(row), Score: score.F, Why: score.Why, Listed: listed[row]}
		if p.Listed {
			p.Since = r.since(row)
		}
		l.Ranked = append(l.Ranked, p)
	}
	return l
}

// Before returns the list that the run of a ledger leaves to the next.
func (l *Ledger) Before(run string, asOf fundamentals.Date) *Before {
	b := &Before{Run: run, AsOf: asOf, Since: map[fundamentals.CIK]fundamentals.Date{}}
	for _, p := range l.Ranked {
		if p.Listed {
			b.Since[p.CIK] = cmp.Or(p.Since, asOf)
		}
	}
	return b
}
