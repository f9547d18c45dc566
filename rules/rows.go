package rules

import "math"

// output collects a result of n rows; Why is made when the first row is
// missing.
type output struct {
	v    *Vector
	loan *loan
}

func newOutput(kind Kind, n int) output {
	return output{v: &Vector{Kind: kind, F: make([]float64, n)}}
}

// output is newOutput for the rows of an evaluation, in the space that it has.
func (ev *Evaluation) output(kind Kind) output {
	f := ev.loan.numbers(ev.rows)
	clear(f)
	return output{&Vector{Kind: kind, F: f}, ev.loan}
}

// put stores a number. What is not finite is undefined.
func (o output) put(row int, f float64) {
	if f-f != 0 {
		o.miss(row, Undefined)
		return
	}
	o.v.F[row] = f + 0 // no negative zero
}

// truth stores a verdict that is known.
func (o output) truth(row int, holds bool) {
	if holds {
		o.v.F[row] = 1
	}
}

// miss stores why a row is missing.
func (o output) miss(row int, why Reason) {
	if o.v.Why == nil {
		o.v.Why = o.loan.reasons(o.v.Len())
		clear(o.v.Why)
	}
	o.v.Why[row] = why
}

// mapRows computes each row from its arguments; the leftmost missing argument
// gives the reason of a missing row.
func mapRows(kind Kind, args []*Vector, f func(x []float64) float64) *Vector {
	out := newOutput(kind, args[0].Len())
	x := make([]float64, len(args))
rows:
	for i := range out.v.F {
		for k, a := range args {
			if why := a.Reason(i); why != Known {
				out.miss(i, why)
				continue rows
			}
			x[k] = a.F[i]
		}
		out.put(i, f(x))
	}
	return out.v
}

// arithmetic computes ^, and + and - of dates.
func arithmetic(n *node, args []*Vector) *Vector {
	if n.kind == Date {
		sign := 1.0
		if n.op == "-" {
			sign = -1
		}
		return mapRows(Date, args, func(x []float64) float64 { return day(x[0] + sign*x[1]) })
	}
	if n.op == "^" {
		return mapRows(Number, args, func(x []float64) float64 { return math.Pow(x[0], x[1]) })
	}
	panic("rules: no arithmetic for " + n.op)
}

// choose takes the branch that the condition says; where that is unknown so is
// the result, with the reason of the condition.
func choose(cond, a, b *Vector) *Vector {
	return pick(a, b, func(row int) (*Vector, Reason) {
		switch cond.Verdict(row) {
		case True:
			return a, Known
		case False:
			return b, Known
		}
		return nil, cond.Reason(row)
	})
}

// coalesce takes a where it is known, else b. Where both are missing the
// reason is that of a.
func coalesce(a, b *Vector) *Vector {
	return pick(a, b, func(row int) (*Vector, Reason) {
		switch {
		case a.Reason(row) == Known:
			return a, Known
		case b.Reason(row) == Known:
			return b, Known
		}
		return nil, a.Reason(row)
	})
}

// pick builds a vector whose rows come from one of two vectors of one kind, or
// are missing.
func pick(a, b *Vector, from func(row int) (*Vector, Reason)) *Vector {
	n := a.Len()
	if a.Kind == Text {
		return pickText(a, b, from)
	}
	out := newOutput(a.Kind, n)
	for i := range n {
		v, why := from(i)
		if v != nil {
			why = v.Reason(i)
		}
		if why != Known {
			out.miss(i, why)
			continue
		}
		out.v.F[i] = v.F[i]
	}
	return out.v
}

func pickText(a, b *Vector, from func(row int) (*Vector, Reason)) *Vector {
	out := output{v: &Vector{Kind: Text, Code: make([]uint32, a.Len())}}
	codes := map[string]uint32{}
	for i := range out.v.Code {
		v, why := from(i)
		if v != nil {
			why = v.Reason(i)
		}
		if why != Known {
			out.miss(i, why)
			continue
		}
		s := v.Dict[v.Code[i]]
		code, ok := codes[s]
		if !ok {
			code = uint32(len(codes))
			codes[s] = code
			out.v.Dict = append(out.v.Dict, s)
		}
		out.v.Code[i] = code
	}
	return out.v
}
