package metric

import (
	"context"
	"fmt"
	"slices"

	"assay/rules"
	"assay/rules/funcs"
)

// Formulas compiles metrics when they are first asked for. The zero value is
// ready. It is not safe for concurrent use.
type Formulas struct {
	made map[string]*Formula
}

// Formula is a metric ready for evaluation.
type Formula struct {
	Value   *rules.Program
	Defined *rules.Program // nil: always
	// NotFor names the templates for which the metric, or a metric that it is
	// made of, has no meaning.
	NotFor []string
}

// Of compiles a metric. An error is a fault of the catalogue.
func (fs *Formulas) Of(m Metric) (*Formula, error) {
	if f, ok := fs.made[m.Name]; ok {
		return f, nil
	}
	scope := rules.Scope{Env: Env(), Funcs: funcs.All()}
	f := &Formula{NotFor: slices.Clone(m.NotFor)}
	var errs rules.Errors
	if f.Value, errs = scope.Compile(m.Formula); errs != nil {
		return nil, fmt.Errorf("metric %s: %w", m.Name, errs)
	}
	if m.Defined != "" {
		if f.Defined, errs = scope.Compile(m.Defined); errs != nil {
			return nil, fmt.Errorf("metric %s: defined: %w", m.Name, errs)
		}
	}
	for _, ref := range f.Value.Refs() {
		if part, ok := Lookup(ref.Name); ok && !m.Tolerant {
			made, err := fs.Of(part)
			if err != nil {
				return nil, err
			}
			f.NotFor = append(f.NotFor, made.NotFor...)
		}
	}
	slices.Sort(f.NotFor)
	f.NotFor = slices.Compact(f.NotFor)
	if fs.made == nil {
		fs.made = map[string]*Formula{}
	}
	fs.made[m.Name] = f
	return f, nil
}

// Eval evaluates the metric on a plane: not applicable by template first, then
// undefined by its condition, then its formula. Templates returns the column of
// the companies' templates and is called only if it matters.
func (f *Formula) Eval(ctx context.Context, ev *rules.Evaluation, at rules.At, templates func() (*rules.Vector, error)) (*rules.Vector, error) {
	v, err := ev.Eval(ctx, f.Value, at)
	if err != nil || f.Defined == nil && f.NotFor == nil {
		return v, err
	}
	out := &rules.Vector{Kind: v.Kind, F: slices.Clone(v.F), Why: make([]rules.Reason, len(v.F))}
	copy(out.Why, v.Why)
	deny := func(row int, why rules.Reason) { out.F[row], out.Why[row] = 0, why }
	if f.Defined != nil {
		d, err := ev.Eval(ctx, f.Defined, at)
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
	if f.NotFor == nil {
		return out, nil
	}
	kinds, err := templates()
	if err != nil {
		return nil, err
	}
	for row := range out.F {
		if slices.Contains(f.NotFor, kinds.Text(row)) {
			deny(row, rules.NotApplicable)
		}
	}
	return out, nil
}
