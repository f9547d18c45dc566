package rules

import "context"

// back returns the plane that lies some quarters before another.
func (at At) back(lag int) At { return At{Basis: at.Basis, Lag: at.Lag + lag} }

// call computes a function by the kind of its body.
func (ev *Evaluation) call(ctx context.Context, n *node, at At) (*Vector, error) {
	switch body := n.fn.Body.(type) {
	case OnBasis:
		return ev.eval(ctx, n.args[0], At{Basis: Basis(body), Lag: at.Lag})
	case Past:
		return ev.eval(ctx, n.args[0], at.back(n.lags()[0]))
	case Bounds:
		in, err := ev.interval(ctx, n, at)
		if err != nil {
			return nil, err
		}
		for i := range in.lo.F {
			if in.lo.Reason(i) != Known {
				in.lo.F[i] = 0
			}
		}
		return in.lo, nil
	case Ends, Fold, Verdicts:
		return ev.past(ctx, n, at)
	case Peers, Places, Group:
		return ev.population(ctx, n, at)
	case Among:
		return ev.among(ctx, n, at, body)
	}
	args, err := ev.args(ctx, n.args, at)
	if err != nil {
		return nil, err
	}
	switch body := n.fn.Body.(type) {
	case Row:
		return mapRows(n.kind, args, body), nil
	case OnReason:
		out := newOutput(Bool, ev.rows)
		for i := range out.v.F {
			out.truth(i, body(args[0].Reason(i), n.reason))
		}
		return out.v, nil
	}
	panic("rules: function " + n.name + " has no body")
}

// points evaluates the argument of a history function at each of its points.
func (ev *Evaluation) points(ctx context.Context, n *node, at At) ([]*Vector, error) {
	lags := n.lags()
	vs := make([]*Vector, len(lags))
	for i, lag := range lags {
		v, err := ev.eval(ctx, n.args[0], at.back(lag))
		if err != nil {
			return nil, err
		}
		vs[i] = v
	}
	return vs, nil
}

// past computes a history function whose result is one value.
func (ev *Evaluation) past(ctx context.Context, n *node, at At) (*Vector, error) {
	vs, err := ev.points(ctx, n, at)
	if err != nil {
		return nil, err
	}
	switch body := n.fn.Body.(type) {
	case Ends:
		years := float64(n.window.points*n.window.step) / 4
		return mapRows(n.kind, vs, func(x []float64) float64 { return body(x[0], x[1], years) }), nil
	case Verdicts:
		return foldVerdicts(vs, body), nil
	}
	return foldNumbers(n, vs), nil
}

// foldNumbers folds the known points of each row, latest first.
func foldNumbers(n *node, vs []*Vector) *Vector {
	body, least := n.fn.Body.(Fold), len(vs)
	if len(n.consts) > 0 {
		least = int(n.consts[0])
	}
	out := newOutput(n.kind, vs[0].Len())
	xs, ago := make([]float64, 0, len(vs)), make([]float64, 0, len(vs))
	for i := range out.v.F {
		xs, ago = xs[:0], ago[:0]
		missing := Known
		for k, v := range vs {
			if why := v.Reason(i); why == Known {
				xs, ago = append(xs, v.F[i]), append(ago, float64(k*n.window.step)/4)
			} else if missing == Known {
				missing = why
			}
		}
		if len(xs) < least {
			out.miss(i, missing)
			continue
		}
		out.put(i, body(xs, ago))
	}
	return out.v
}

func foldVerdicts(vs []*Vector, body Verdicts) *Vector {
	out := newOutput(Bool, vs[0].Len())
	points := make([]Verdict, len(vs))
	for i := range out.v.F {
		missing := verdictsOf(points, vs, i)
		switch body(points) {
		case True:
			out.truth(i, true)
		case Unknown:
			out.miss(i, missing)
		}
	}
	return out.v
}

// verdictsOf fills in the verdicts of a row and returns why the latest unknown
// one is unknown.
func verdictsOf(points []Verdict, vs []*Vector, row int) Reason {
	missing := Known
	for k, v := range vs {
		points[k] = v.Verdict(row)
		if missing == Known {
			missing = v.Reason(row)
		}
	}
	return missing
}

// interval is a vector of numbers of which some are known within bounds only:
// where lo is missing, the number lies from lo.F to hi if open is set.
type interval struct {
	lo   *Vector
	hi   []float64
	open bool
}

// missing returns why a row has not even bounds, or Known.
func (in interval) missing(row int) Reason {
	if in.open {
		return Known
	}
	return in.lo.Reason(row)
}

// interval evaluates a node, with bounds if its function gives them, be it by
// another name or on another plane.
func (ev *Evaluation) interval(ctx context.Context, n *node, at At) (interval, error) {
	for n.moves() {
		from := n.seenAt(at)[0]
		n, at = from.n, from.at
	}
	var body Bounds
	ok := false
	if n.op == "call" {
		body, ok = n.fn.Body.(Bounds)
	}
	if !ok {
		v, err := ev.inner(ctx, n, at)
		if err != nil {
			return interval{}, err
		}
		return interval{lo: v, hi: v.F}, nil
	}
	vs, err := ev.points(ctx, n, at)
	if err != nil {
		return interval{}, err
	}
	out := newOutput(Number, ev.rows)
	in := interval{lo: out.v, hi: make([]float64, ev.rows), open: true}
	points := make([]Verdict, len(vs))
	for i := range out.v.F {
		missing := verdictsOf(points, vs, i)
		out.v.F[i], in.hi[i] = body(points)
		if out.v.F[i] != in.hi[i] {
			out.miss(i, missing)
		}
	}
	return in, nil
}
