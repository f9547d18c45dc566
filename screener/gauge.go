package screener

import (
	"context"
	"math"

	"assay/rules"
)

// gauge measures one comparison of numbers or dates, for the rows of a meter.
type gauge struct {
	text, op     string
	at           rules.At
	negated      bool // it stands under a not
	value, limit *rules.Vector
	unit, bound  rules.Unit // of the value and of the threshold
	scale        float64    // the median distance within the universe, once a row has no share; 0: not yet
}

// compare makes the gauge of a comparison and reads it.
func (m *meter) compare(ctx context.Context, out *room, p rules.Part, parts []rules.Part) (err error) {
	out.nothing(out.holds.Len())
	value, limit, op := parts[0], parts[1], p.Op()
	if readsNothing(value) && !readsNothing(limit) {
		value, limit, op = limit, value, mirrored[op]
	}
	g := gauge{text: oneLine(p.Text()), op: op, at: p.At, negated: out.negated}
	g.unit, g.bound = sideUnits(value.Unit(), limit.Unit(), readsNothing(limit))
	if g.negated {
		g.text = "not (" + g.text + ")"
	}
	if g.value, err = m.ev.Eval(ctx, value.Program, value.At); err != nil {
		return err
	}
	if g.limit, err = m.ev.Eval(ctx, limit.Program, limit.At); err != nil {
		return err
	}
	f, ok := limit.Literal()
	scaled := !ok || f == 0 || value.Kind() == rules.Date
	for row := range out.by {
		if !g.known(row) || out.verdict(row) == rules.Unknown {
			continue
		}
		if _, ok := g.share(row); !ok && scaled && g.scale == 0 {
			if g.scale, err = m.median(ctx, g, value, limit); err != nil {
				return err
			}
		}
		if near := g.nearness(row); !math.IsInf(near, 0) {
			out.by[row], out.nearness[row] = int32(len(m.gauges)), near
		}
	}
	m.gauges = append(m.gauges, g)
	return nil
}

// readsNothing reports whether a program is made of literals alone.
func readsNothing(p rules.Part) bool { return len(p.Refs()) == 0 }

func (g *gauge) known(row int) bool {
	return g.value.Reason(row) == rules.Known && g.limit.Reason(row) == rules.Known
}

func (g *gauge) distance(row int) float64 {
	d := gap(g.op, g.value.F[row], g.limit.F[row])
	if g.negated {
		d = 0 - d
	}
	return d
}

// share returns the distance as a share of the threshold; ok is false where that
// says nothing.
func (g *gauge) share(row int) (f float64, ok bool) {
	limit := math.Abs(g.limit.F[row])
	if limit == 0 || g.value.Kind == rules.Date {
		return 0, false
	}
	f = g.distance(row)/limit + 0 // no minus zero
	return f, !math.IsInf(f, 0)
}

func (g *gauge) nearness(row int) float64 {
	if f, ok := g.share(row); ok {
		return f
	}
	return g.distance(row)/g.scale + 0 // no minus zero
}

// median returns the median distance of the universe from the threshold of a gauge,
// or 1 where there is none above 0.
func (m *meter) median(ctx context.Context, g gauge, value, limit rules.Part) (_ float64, err error) {
	if g.value, err = m.peers.Eval(ctx, value.Program, value.At); err != nil {
		return 0, err
	}
	if g.limit, err = m.peers.Eval(ctx, limit.Program, limit.At); err != nil {
		return 0, err
	}
	sizes := make([]float64, 0, len(m.universe))
	for row, in := range m.universe {
		if in == rules.True && g.known(row) {
			sizes = append(sizes, math.Abs(g.value.F[row]-g.limit.F[row])) // of the distance, whatever the operator
		}
	}
	if len(sizes) == 0 {
		return 1, nil
	}
	if middle := nth(sizes, len(sizes)/2); middle != 0 {
		return middle, nil
	}
	return 1, nil
}

// nth returns the number that would stand at a place if they were sorted, and puts
// them in another order.
func nth(xs []float64, n int) float64 {
	for low, high := 0, len(xs)-1; low < high; {
		pivot := xs[low+(high-low)/2]
		i, j := low, high
		for i <= j {
			for xs[i] < pivot {
				i++
			}
			for pivot < xs[j] {
				j--
			}
			if i <= j {
				xs[i], xs[j] = xs[j], xs[i]
				i, j = i+1, j-1
			}
		}
		switch {
		case n <= j:
			high = j
		case n >= i:
			low = i
		default:
			return xs[n]
		}
	}
	return xs[n]
}
