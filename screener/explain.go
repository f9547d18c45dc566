package screener

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"assay/rules"
)

// Explain tells why a company is on the list of a screen, or why it is not.
// The conditions are told of companies outside the universe too.
func Explain(ctx context.Context, table Table, screen *Screen, row int, options Options) (*Explanation, error) {
	if row < 0 || row >= table.Rows() {
		return nil, fmt.Errorf("screen %s: the table has no row %d", screen.Name, row)
	}
	r, err := start(ctx, table, screen, options)
	if err == nil {
		var e *Explanation
		if e, err = r.explain(ctx, row); err == nil {
			return e, nil
		}
	}
	return nil, fmt.Errorf("screen %s as of %s, %s: %w", screen.Name, table.AsOf(), table.CIK(row), err)
}

// Judge tells of some rows what [Explain] does, without opening their inputs. It
// is for tests of a screen.
func Judge(ctx context.Context, table Table, screen *Screen, rows []int) ([]*Explanation, error) {
	r, err := start(ctx, table, screen, Options{})
	if err != nil {
		return nil, fmt.Errorf("screen %s as of %s: %w", screen.Name, table.AsOf(), err)
	}
	out := make([]*Explanation, len(rows))
	for i, row := range rows {
		if out[i], err = r.findings(ctx, row); err != nil {
			return nil, fmt.Errorf("screen %s as of %s, %s: %w", screen.Name, table.AsOf(), table.CIK(row), err)
		}
	}
	return out, nil
}

func (r *run) explain(ctx context.Context, row int) (*Explanation, error) {
	e, err := r.findings(ctx, row)
	if err == nil {
		e.Inputs, err = r.inputs(ctx, row)
	}
	return e, err
}

// findings is the explanation of a row without its inputs.
func (r *run) findings(ctx context.Context, row int) (*Explanation, error) {
	e := &Explanation{
		Run: r.hash(), Screen: r.screen.Name, AsOf: r.table.AsOf().String(), DataVersion: r.table.DataVersion(),
		Ticker: r.table.Ticker(row), CIK: r.table.CIK(row), Name: r.table.Name(row),
		Verdict: r.outcomes[row].String(), Because: r.because(row),
		Conditions: []Finding{}, Flags: []Finding{}, Standing: r.standing(row),
	}
	if u := r.screen.Universe; u != nil {
		f, err := r.finding(ctx, u, row)
		if err != nil {
			return nil, err
		}
		f.Verdict = map[string]string{"true": "in", "false": "out", "unknown": "unknown"}[f.Verdict]
		e.Universe = &f
	}
	for i := range r.screen.Pass {
		f, err := r.judgement(ctx, i, row)
		if err != nil {
			return nil, err
		}
		e.Conditions = append(e.Conditions, f)
	}
	for i := range r.screen.Flags {
		f, err := r.finding(ctx, &r.screen.Flags[i], row)
		if err != nil {
			return nil, err
		}
		e.Flags = append(e.Flags, f)
	}
	var err error
	e.Values, err = r.values(ctx, row)
	return e, err
}

// because names what brought a company to its verdict.
func (r *run) because(row int) []string {
	out := []string{}
	switch o := r.outcomes[row]; o {
	case outside, universeUnknown:
		out = append(out, "universe")
	case failed, unknown:
		for i, c := range r.screen.Pass {
			if r.counts(i, row) == o {
				out = append(out, c.Name)
			}
		}
	}
	return out
}

func (r *run) standing(row int) *Standing {
	at := slices.Index(r.order, row)
	if at < 0 {
		return nil
	}
	s := &Standing{Rank: at + 1, Of: len(r.order), Score: r.scoreOf(row), Cut: !slices.Contains(r.listed(), row)}
	if r.score != nil && !s.Score.Known() {
		s.ScoreMissing = s.Score.Why.String()
	}
	return s
}

func (r *run) finding(ctx context.Context, rule *Rule, row int) (Finding, error) {
	t, err := r.peers.Trace(ctx, rule.Program, row, rules.At{})
	if err != nil {
		return Finding{}, fmt.Errorf("%s: %w", rule.Name, err)
	}
	f := Finding{Name: rule.Name, Expression: oneLine(rule.Text), Verdict: verdictOf(t).String(), Comparisons: comparisons(t), Lacks: lacks(t)}
	if f.Lacks == nil {
		f.Lacks = []Lack{}
	}
	return f, nil
}

// judgement is the finding of a condition, with what unknown does.
func (r *run) judgement(ctx context.Context, i, row int) (Finding, error) {
	f, err := r.finding(ctx, r.held(i, row), row)
	f.OnMissing, f.Band = r.screen.Pass[i].Missing.String(), r.bandOf(i, row)
	f.CountsAs = map[outcome]string{passed: "pass", failed: "fail", unknown: "unknown"}[r.counts(i, row)]
	return f, err
}

// values reads the screen's columns.
func (r *run) values(ctx context.Context, row int) ([]Reading, error) {
	out := []Reading{}
	for _, c := range r.screen.Columns {
		v, err := r.peers.Eval(ctx, c.Program, rules.At{})
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name, err)
		}
		out = append(out, reading(c.Name, rules.At{}, datum(v, row, c.Program.Unit())))
	}
	return out, nil
}

// reading words a value.
func reading(name string, at rules.At, d Datum) Reading {
	r := Reading{Name: name, At: ShowAt(at), Value: d}
	if !d.Known() {
		r.Missing = d.Why.String()
	}
	if d.Kind == rules.Number {
		r.Unit = d.Unit.String()
	}
	return r
}

// inputs opens every plane that the screen reads.
func (r *run) inputs(ctx context.Context, row int) ([]Input, error) {
	var refs []rules.Ref
	r.screen.programs(func(p *rules.Program) { refs = append(refs, p.Refs()...) })
	slices.SortFunc(refs, func(a, b rules.Ref) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.At.Basis, b.At.Basis), cmp.Compare(a.At.Lag, b.At.Lag))
	})
	out := []Input{}
	for _, ref := range slices.Compact(refs) {
		evidence, err := r.table.Evidence(ctx, row, ref.Name, ref.At)
		if err != nil {
			return nil, fmt.Errorf("evidence of %s: %w", ref.Name, err)
		}
		v, err := r.table.Column(ctx, ref.Name, ref.At)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", ref.Name, err)
		}
		in := Input{Reading: reading(ref.Name, ref.At, datum(v, row, rules.Unit{})), Source: opened(evidence)}
		in.Unit = ""
		if evidence != nil && v.Kind == rules.Number {
			in.Value.Unit, in.Unit = evidence.Unit, evidence.Unit.String()
		}
		out = append(out, in)
	}
	return out, nil
}
