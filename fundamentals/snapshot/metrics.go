package snapshot

import (
	"context"

	"assay/fundamentals/metric"
	"assay/rules"
)

// inner is the table as formulas of the catalogue see it: what they read is
// not kept, and the lock is held already.
type inner struct{ t *Table }

func (in inner) Rows() int { return in.t.Rows() }

func (in inner) Column(ctx context.Context, name string, at rules.At) (*rules.Vector, error) {
	v, _, err := in.t.column(ctx, in.t.plane(name, at))
	return v, err
}

// metric evaluates a metric on a plane.
func (t *Table) metric(ctx context.Context, m metric.Metric, at rules.At) (*rules.Vector, error) {
	f, err := t.formulas.Of(m)
	if err != nil {
		return nil, err
	}
	return f.Eval(ctx, t.eval, at, func() (*rules.Vector, error) {
		v, _, err := t.column(ctx, rules.Ref{Name: metric.Template})
		return v, err
	})
}
