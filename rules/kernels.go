package rules

import "math"

// compute computes a chunk, and returns reasons that say whether any row is
// missing. The reason of a missing row is that of the leftmost missing side. There
// are no branches but those that hardly ever go the other way.
func (s step) compute(d, a, b lane) Reason {
	switch s.op {
	case "and":
		return both(d, a, b)
	case "or":
		return either(d, a, b)
	case "not":
		return turned(d, a)
	case "<", "<=", "==":
		return compared(s.op, d, a.f, b.f, a.why, b.why)
	case ">":
		return compared("<", d, b.f, a.f, a.why, b.why)
	case ">=":
		return compared("<=", d, b.f, a.f, a.why, b.why)
	case "!=":
		compared("==", d, a.f, b.f, a.why, b.why)
		return turned(d, d)
	}
	return reckoned(s.op, d, a, b)
}

// reckoned computes arithmetic. What is not finite is undefined, and no zero is
// negative.
func reckoned(op string, d, a, b lane) Reason {
	f, x, y := d.f, a.f[:len(d.f)], b.f[:len(d.f)]
	switch op {
	case "+":
		for i := range f {
			f[i] = x[i] + y[i]
		}
	case "-":
		for i := range f {
			f[i] = x[i] - y[i]
		}
	case "*":
		for i := range f {
			f[i] = x[i] * y[i]
		}
	case "/":
		for i := range f {
			f[i] = x[i] / y[i]
		}
	case "neg":
		for i := range f {
			f[i] = -x[i]
		}
	default:
		panic("rules: no arithmetic for " + op)
	}
	var missing Reason
	left, right, why := a.why[:len(f)], b.why[:len(f)], d.why[:len(f)]
	for i, z := range f {
		reason := leftmost(left[i], right[i])
		if z-z != 0 {
			reason = leftmost(reason, Undefined)
		}
		f[i], why[i] = kept(z+0, reason), reason
		missing |= reason
	}
	return missing
}

// compared computes < <= and ==.
func compared(op string, d lane, x, y []float64, left, right []Reason) Reason {
	var missing Reason
	f, why := d.f, d.why[:len(d.f)]
	x, y, left, right = x[:len(f)], y[:len(f)], left[:len(f)], right[:len(f)]
	switch op {
	case "<":
		for i := range f {
			reason := leftmost(left[i], right[i])
			f[i], why[i] = truth(x[i] < y[i], reason), reason
			missing |= reason
		}
	case "<=":
		for i := range f {
			reason := leftmost(left[i], right[i])
			f[i], why[i] = truth(x[i] <= y[i], reason), reason
			missing |= reason
		}
	default:
		for i := range f {
			reason := leftmost(left[i], right[i])
			f[i], why[i] = truth(x[i] == y[i], reason), reason
			missing |= reason
		}
	}
	return missing
}

// both computes `and`: one False decides.
func both(d, a, b lane) Reason {
	var missing Reason
	f, x, y, left, right, why := d.f, a.f[:len(d.f)], b.f[:len(d.f)], a.why[:len(d.f)], b.why[:len(d.f)], d.why[:len(d.f)]
	for i := range f {
		reason := leftmost(left[i], right[i])
		fails := isFalse(x[i], left[i]) | isFalse(y[i], right[i])
		reason &= Reason(fails) - 1
		f[i], why[i] = truth(fails == 0, reason), reason
		missing |= reason
	}
	return missing
}

// either computes `or`: one True decides.
func either(d, a, b lane) Reason {
	var missing Reason
	f, x, y, left, right, why := d.f, a.f[:len(d.f)], b.f[:len(d.f)], a.why[:len(d.f)], b.why[:len(d.f)], d.why[:len(d.f)]
	for i := range f {
		reason := leftmost(left[i], right[i])
		holds := math.Float64bits(x[i]) | math.Float64bits(y[i]) // 0 where missing
		if holds != 0 {
			reason = Known
		}
		f[i], why[i] = math.Float64frombits(holds), reason
		missing |= reason
	}
	return missing
}

// turned computes `not`.
func turned(d, a lane) Reason {
	var missing Reason
	f, x, left, why := d.f, a.f[:len(d.f)], a.why[:len(d.f)], d.why[:len(d.f)]
	for i := range f {
		reason := left[i]
		f[i], why[i] = kept(1-x[i], reason), reason
		missing |= reason
	}
	return missing
}

func leftmost(left, right Reason) Reason {
	if left == Known {
		left = right
	}
	return left
}

// kept is a number, or 0 where it is missing.
func kept(f float64, why Reason) float64 {
	bits := math.Float64bits(f)
	if why != Known {
		bits = 0
	}
	return math.Float64frombits(bits)
}

// truth is 1 for what holds and is known, else 0.
func truth(holds bool, why Reason) float64 {
	var bits uint64
	if holds {
		bits = 0x3ff0000000000000
	}
	if why != Known {
		bits = 0
	}
	return math.Float64frombits(bits)
}

// isFalse is 1 for a condition that is known not to hold, else 0.
func isFalse(f float64, why Reason) uint8 {
	var is uint8
	if math.Float64bits(f)|uint64(why) == 0 {
		is = 1
	}
	return is
}
