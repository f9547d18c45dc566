package screener

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"assay/rules"
)

// Run puts a table through a screen.
func Run(ctx context.Context, table Table, screen *Screen, options Options) (*Result, error) {
	j, err := Decide(ctx, table, screen, options)
	if err != nil {
		return nil, err
	}
	return j.Result(ctx)
}

// outcome is what a screen says of a company.
type outcome uint8

const (
	outside outcome = iota
	universeUnknown
	failed
	unknown
	passed
)

func (o outcome) String() string {
	return [...]string{"outside", "universe unknown", "failed", "unknown", "passed"}[o]
}

// run is a screen over a table, worked out but not yet told.
type run struct {
	table   Table
	screen  *Screen
	options Options

	peers     *rules.Evaluation // peers are the universe
	universe  []rules.Verdict   // per row
	verdicts  [][]rules.Verdict // per condition, per row
	incumbent []bool            // per row: on the list before; nil without bands
	staying   []bool            // per row: on it for less than the least stay
	entry     [][]rules.Verdict // per condition, per row: of the condition of entry; nil without bands
	made      [][]outcome       // per condition, per row: what it makes of a company of the universe
	left      []left            // per condition: who is left after it and those before
	outcomes  []outcome         // per row
	order     []int             // the rows that passed, best first
	score     []rules.Value     // per row that passed; nil: not ranked
	absences  absences
}

func start(ctx context.Context, table Table, screen *Screen, options Options) (*run, error) {
	r, err := judged(ctx, table, screen, options)
	if err != nil {
		return nil, err
	}
	return r, r.rank(ctx)
}

// judged is a run up to its verdicts, not yet ranked.
func judged(ctx context.Context, table Table, screen *Screen, options Options) (*run, error) {
	r := &run{table: table, screen: screen, options: options, absences: newAbsences()}
	all := rules.NewEvaluation(table)
	if err := r.findUniverse(ctx, all); err != nil {
		return nil, err
	}
	r.peers = all.WithPeers(mask(r.universe, rules.True))
	for i := range screen.Pass {
		v, err := r.condition(ctx, i)
		if err != nil {
			return nil, err
		}
		r.verdicts = append(r.verdicts, v)
	}
	if err := r.band(ctx); err != nil {
		return nil, err
	}
	r.judge()
	return r, nil
}

// condition evaluates a condition for all rows.
func (r *run) condition(ctx context.Context, i int) ([]rules.Verdict, error) {
	c := &r.screen.Pass[i]
	v, err := r.peers.Eval(ctx, c.Program, rules.At{})
	if err != nil {
		return nil, fmt.Errorf("condition %s: %w", c.Name, err)
	}
	return verdicts(v), nil
}

func (r *run) findUniverse(ctx context.Context, all *rules.Evaluation) error {
	if r.screen.Universe == nil {
		r.universe = slices.Repeat([]rules.Verdict{rules.True}, r.table.Rows())
		return nil
	}
	v, err := all.Eval(ctx, r.screen.Universe.Program, rules.At{})
	if err != nil {
		return fmt.Errorf("universe: %w", err)
	}
	r.universe = verdicts(v)
	return nil
}

func verdicts(v *rules.Vector) []rules.Verdict {
	out := make([]rules.Verdict, v.Len())
	for row, f := range v.F {
		out[row] = rules.Verdict(one(f != 0)) * rules.True // 0 where missing
	}
	out = out[:len(v.F)]
	for row, why := range v.Why {
		out[row] |= rules.Verdict(one(why != rules.Known)) * rules.Unknown
	}
	return out
}

// one is 1 for what holds, else 0. It compiles to no branch.
func one(holds bool) int {
	if holds {
		return 1
	}
	return 0
}

func mask[T comparable](values []T, want T) []bool {
	out := make([]bool, len(values))
	for i, v := range values {
		out[i] = v == want
	}
	return out
}

// judge works out what the screen says of each company.
func (r *run) judge() {
	r.outcomes = make([]outcome, len(r.universe))
	for row, u := range r.universe {
		r.outcomes[row] = [...]outcome{rules.False: outside, rules.Unknown: universeUnknown, rules.True: passed}[u]
	}
	r.made, r.left = make([][]outcome, len(r.screen.Pass)), make([]left, len(r.screen.Pass))
	for i := range r.screen.Pass {
		var makes [256]outcome // by verdict: of any byte, so that none need be checked
		copy(makes[:], counted[r.screen.Pass[i].Missing][:])
		made, outcomes := make([]outcome, len(r.universe)), r.outcomes
		for row, v := range r.verdicts[i] {
			made[row] = makes[v]
		}
		for row := range r.staying {
			if r.staying[row] {
				made[row] = passed
			}
		}
		r.made[i], r.left[i] = made, narrow(outcomes, made)
	}
}

// left counts companies that are sure to have met some conditions, and those of
// which that is unknown.
type left struct{ sure, unsure int }

// narrow takes what a condition makes of companies into their outcomes, and counts
// who is left. Who is not of the universe is below all that it could make of them.
func narrow(outcomes, made []outcome) left {
	sure, unsure := 0, 0
	outcomes = outcomes[:len(made)]
	for row, o := range made {
		now := min(outcomes[row], o)
		outcomes[row] = now
		sure += one(now == passed)
		unsure += one(now == unknown)
	}
	return left{sure, unsure}
}

// counted is what a verdict counts as under each policy.
var counted = [...][3]outcome{
	MissingUnknown: {rules.False: failed, rules.Unknown: unknown, rules.True: passed},
	MissingPass:    {rules.False: failed, rules.Unknown: passed, rules.True: passed},
	MissingFail:    {rules.False: failed, rules.Unknown: failed, rules.True: passed},
}

// counts says what a condition makes of a company of the universe, after the
// screen's choice of what unknown does.
func (r *run) counts(condition, row int) outcome { return r.made[condition][row] }

// makes is counts without regard to the least stay.
func (r *run) makes(condition, row int) outcome {
	return r.screen.Pass[condition].counts(r.verdicts[condition][row])
}

// counts says what a verdict makes of a company.
func (c *Condition) counts(v rules.Verdict) outcome {
	return counted[c.Missing][v]
}

// hash identifies the run: whatever can change its result goes in.
func (r *run) hash() string {
	h := sha256.New()
	parts := []string{
		r.screen.Text, r.table.AsOf().String(), r.table.DataVersion(), r.options.Catalogue, r.options.Program,
		fmt.Sprint(r.options.Stale.Statement, r.options.Stale.Price),
	}
	for _, e := range r.screen.Extends {
		parts = append(parts, e.Text)
	}
	if r.screen.Banded() {
		parts = append(parts, r.options.Before.text())
	}
	for _, part := range parts {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}
