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
	r, err := start(ctx, table, screen, options)
	if err != nil {
		return nil, fmt.Errorf("screen %s as of %s: %w", screen.Name, table.AsOf(), err)
	}
	result, err := r.result(ctx)
	if err != nil {
		return nil, fmt.Errorf("screen %s as of %s: %w", screen.Name, table.AsOf(), err)
	}
	return result, nil
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

	peers    *rules.Evaluation // peers are the universe
	ranked   *rules.Evaluation // peers are those that rank.over names
	universe []rules.Verdict   // per row
	verdicts [][]rules.Verdict // per condition, per row
	outcomes []outcome         // per row
	order    []int             // the rows that passed, best first
	score    *rules.Vector     // nil: not ranked
	absences absences
}

func start(ctx context.Context, table Table, screen *Screen, options Options) (*run, error) {
	r := &run{table: table, screen: screen, options: options, absences: newAbsences()}
	all := rules.NewEvaluation(table)
	if err := r.findUniverse(ctx, all); err != nil {
		return nil, err
	}
	r.peers = all.WithPeers(mask(r.universe, rules.True))
	for _, c := range screen.Pass {
		v, err := r.peers.Eval(ctx, c.Program, rules.At{})
		if err != nil {
			return nil, fmt.Errorf("condition %s: %w", c.Name, err)
		}
		r.verdicts = append(r.verdicts, verdicts(v))
	}
	r.judge()
	r.ranked = r.peers
	if screen.Rank != nil && screen.Rank.OverPassed {
		r.ranked = all.WithPeers(mask(r.outcomes, passed))
	}
	return r, r.rank(ctx)
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
	for row := range out {
		out[row] = v.Verdict(row)
	}
	return out
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
		switch u {
		case rules.Unknown:
			r.outcomes[row] = universeUnknown
		case rules.True:
			r.outcomes[row] = passed
			for i := range r.screen.Pass {
				r.outcomes[row] = min(r.outcomes[row], r.counts(i, row))
			}
		}
	}
}

// counted is what a verdict counts as under each policy.
var counted = [...][3]outcome{
	MissingUnknown: {rules.False: failed, rules.Unknown: unknown, rules.True: passed},
	MissingPass:    {rules.False: failed, rules.Unknown: passed, rules.True: passed},
	MissingFail:    {rules.False: failed, rules.Unknown: failed, rules.True: passed},
}

// counts says what a condition makes of a company of the universe, after the
// screen's choice of what unknown does.
func (r *run) counts(condition, row int) outcome {
	return counted[r.screen.Pass[condition].Missing][r.verdicts[condition][row]]
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
	for _, part := range parts {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}
