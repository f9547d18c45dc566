package screener

import (
	"context"
	"math"
	"slices"
	"strconv"

	"assay/rules"
)

// usualSteps is about how many steps a curve has if nobody says.
const usualSteps = 20

// grid lists the values that a threshold takes, ascending: those asked for, and
// that of the file among them. Where nothing is asked they lie a round step
// apart.
func (r *run) grid(ctx context.Context, t *Threshold, span Span) ([]float64, error) {
	from, to, err := r.ends(ctx, t, span)
	switch {
	case err != nil:
		return nil, err
	case !(from < to) || math.IsInf(to-from, 0):
		return nil, ErrNoSpan
	}
	step := round((to - from) / usualSteps)
	if span.Points > 1 {
		step = (to - from) / float64(span.Points-1)
	}
	if t.whole {
		step = max(1, math.Round(step))
	}
	if span.From == nil && span.Points == 0 {
		from = math.Floor(from/step) * step
	}
	values := []float64{t.Now.F}
	for i := 0; ; i++ {
		f := written(from + float64(i)*step)
		if f > to+step/1e6 {
			break
		}
		values = append(values, f)
	}
	slices.Sort(values)
	return slices.Compact(values), nil
}

// ends returns where a curve begins and ends: if nobody says, from nought to
// twice the threshold, a year to both sides of a date, and for a threshold of
// nought the middle half of what is compared with it.
func (r *run) ends(ctx context.Context, t *Threshold, span Span) (from, to float64, err error) {
	if span.From != nil && span.To != nil {
		return *span.From, *span.To, nil
	}
	switch now := t.Now.F; {
	case t.Now.Kind == rules.Date:
		from, to = now-365, now+365
	case now != 0:
		from, to = min(0, 2*now), max(0, 2*now)
	default:
		if from, to, err = r.middle(ctx, t); err != nil {
			return 0, 0, err
		}
	}
	width := to - from
	if span.From != nil {
		if from = *span.From; to <= from {
			to = from + width
		}
	}
	if span.To != nil {
		if to = *span.To; from >= to {
			from = to - width
		}
	}
	return from, to, nil
}

// middle returns the quartiles of what is compared with a threshold, within the
// universe, and a step beyond nought.
func (r *run) middle(ctx context.Context, t *Threshold) (from, to float64, err error) {
	if t.other == nil {
		return 0, 0, ErrNoSpan
	}
	v, err := r.peers.Eval(ctx, t.other, rules.At{})
	if err != nil {
		return 0, 0, err
	}
	var known []float64
	for row, in := range r.universe {
		if in == rules.True && v.Reason(row) == rules.Known {
			known = append(known, v.F[row])
		}
	}
	slices.Sort(known)
	if len(known) == 0 || known[0] == known[len(known)-1] {
		return 0, 0, ErrNoSpan
	}
	from, to = min(0, known[len(known)/4]), max(0, known[len(known)*3/4])
	if from == to {
		from, to = min(0, known[0]), max(0, known[len(known)-1])
	}
	beyond := (to - from) / usualSteps
	return min(from, -beyond), max(to, beyond), nil
}

// round returns the number of 1, 2, 2.5 and 5 and a power of ten that is the
// nearest.
func round(f float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(f)))
	best := power
	for _, digit := range []float64{2, 2.5, 5, 10} {
		if math.Abs(math.Log(digit*power/f)) < math.Abs(math.Log(best/f)) {
			best = digit * power
		}
	}
	return best
}

// written returns a number as a user would write it: what adding up leaves in the
// last digits is gone.
func written(f float64) float64 {
	f, _ = strconv.ParseFloat(strconv.FormatFloat(f, 'g', 12, 64), 64) // its own text always parses
	return f + 0                                                       // no minus zero
}
