package snapshot

import (
	"context"
	"fmt"
	"slices"

	"assay/fundamentals/metric"
	"assay/rules"
	"assay/rules/funcs"
)

// inner is the table as formulas of the catalogue see it: what they read is
// not kept, and the lock is held already.
type inner struct{ t *Table }

func (in inner) Rows() int { return in.t.Rows() }

func (in inner) Column(ctx context.Context, name string, at rules.At) (*rules.Vector, error) {
	v, _, err := in.t.column(ctx, in.t.plane(name, at))
	return v, err
}

// compiled is a metric's formula and condition, ready for evaluation, and the
// templates for which it or a metric that it is made of has no meaning.
type compiled struct {
	formula, defined *rules.Program
	notFor           []string
}

func (t *Table) compile(m metric.Metric) (*compiled, error) {
	if c, ok := t.programs[m.Name]; ok {
		return c, nil
	}
	scope := rules.Scope{Env: metric.Env(), Funcs: funcs.All()}
	c := &compiled{notFor: slices.Clone(m.NotFor)}
	var errs rules.Errors
	if c.formula, errs = scope.Compile(m.Formula); errs != nil {
		return nil, fmt.Errorf("metric %s: %w", m.Name, errs)
	}
	if m.Defined != "" {
		if c.defined, errs = scope.Compile(m.Defined); errs != nil {
			return nil, fmt.Errorf("metric %s: defined: %w", m.Name, errs)
		}
	}
	for _, ref := range c.formula.Refs() {
		if part, ok := metric.Lookup(ref.Name); ok {
			made, err := t.compile(part)
			if err != nil {
				return nil, err
			}
			c.notFor = append(c.notFor, made.notFor...)
		}
	}
	t.programs[m.Name] = c
	return c, nil
}

// metric evaluates a metric on a plane: not applicable by template first, then
// undefined by its condition, then its formula.
func (t *Table) metric(ctx context.Context, m metric.Metric, at rules.At) (*rules.Vector, error) {
	c, err := t.compile(m)
	if err != nil {
		return nil, err
	}
	v, err := t.eval.Eval(ctx, c.formula, at)
	if err != nil {
		return nil, err
	}
	if c.defined == nil && c.notFor == nil {
		return v, nil
	}
	out := &rules.Vector{Kind: v.Kind, F: slices.Clone(v.F), Why: make([]rules.Reason, len(v.F))}
	copy(out.Why, v.Why)
	deny := func(row int, why rules.Reason) { out.F[row], out.Why[row] = 0, why }
	if c.defined != nil {
		d, err := t.eval.Eval(ctx, c.defined, at)
		if err != nil {
			return nil, err
		}
		for row := range out.F {
			switch {
			case d.Reason(row) != rules.Known && out.Why[row] == rules.Known:
				deny(row, d.Reason(row))
			case d.Reason(row) == rules.Known && d.F[row] == 0:
				deny(row, rules.Undefined)
			}
		}
	}
	if c.notFor == nil {
		return out, nil
	}
	templates, _, err := t.column(ctx, rules.Ref{Name: templateColumn})
	if err != nil {
		return nil, err
	}
	for row := range out.F {
		if slices.Contains(c.notFor, templates.Text(row)) {
			deny(row, rules.NotApplicable)
		}
	}
	return out, nil
}
