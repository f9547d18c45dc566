package screener

import (
	"assay/rules"
)

// comparisons lists the comparisons of a condition in the order of the text:
// all that and, or, not and lets join, and conditions that compare nothing.
func comparisons(t *rules.Trace) []Comparison {
	out := []Comparison{}
	var walk func(*rules.Trace)
	walk = func(t *rules.Trace) {
		switch {
		case t.Op == "not" && len(t.Args) == 1 && !joins(t.Args[0]):
			out = append(out, negated(t))
		case joins(t):
			for _, arg := range read(t) {
				if arg.Kind == rules.Bool {
					walk(arg)
				}
			}
		default:
			out = append(out, comparison(t))
		}
	}
	walk(t)
	return out
}

// read returns the parts that a value was made of: not the branch of an if that
// was not taken (both stay where the condition is unknown), nor what would have
// stood in for a value that is known.
func read(t *rules.Trace) []*rules.Trace {
	switch {
	case len(t.Args) == 0 || t.Args[0].Why != rules.Known:
	case t.Op == "??":
		return t.Args[:1]
	case t.Op == "if" && len(t.Args) == 3:
		return []*rules.Trace{t.Args[0], t.Args[2-int(t.Args[0].F)]}
	}
	return t.Args
}

func joins(t *rules.Trace) bool {
	switch t.Op {
	case "and", "or", "let", "if", "??", "not":
		return true
	}
	return t.Op == "call" && (t.Name == "at_least" || t.Name == "at_most")
}

// negated tells `not (a < b)`: it holds when the comparison does not.
func negated(t *rules.Trace) Comparison {
	c := comparison(t.Args[0])
	c.Text, c.Verdict = oneLine(t.Text), verdictOf(t).String()
	if c.Operator != "" {
		c.Operator = "not " + c.Operator
	}
	if c.Distance != nil {
		c.Distance.F = -c.Distance.F
	}
	return c
}

// mirrored is the operator that a comparison has when its sides change places.
var mirrored = map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}

func comparison(t *rules.Trace) Comparison {
	c := Comparison{Text: oneLine(t.Text), Verdict: verdictOf(t).String(), Lacks: lacks(t)}
	if _, ok := mirrored[t.Op]; ok && len(t.Args) == 2 {
		value, threshold, op := t.Args[0], t.Args[1], t.Op
		if constant(value) && !constant(threshold) {
			value, threshold, op = threshold, value, mirrored[op]
		}
		v, limit := traced(value), traced(threshold)
		v.Unit, limit.Unit = sideUnits(v.Unit, limit.Unit, constant(threshold))
		c.Value, c.Operator, c.Threshold = &v, op, &limit
		if value.Kind == rules.Number {
			c.Unit = v.Unit.String()
		}
		c.Distance = distance(v, op, limit)
		c.Points = points(value)
		return c
	}
	if len(t.Args) == 2 && t.Args[1].Op == "list" {
		v := traced(t.Args[0])
		c.Value, c.Operator, c.Among = &v, t.Op, t.Args[1].Text
		return c
	}
	c.Points = points(t)
	return c
}

// sideUnits returns how the sides of a comparison are shown. A literal threshold
// takes the unit of the value, and a plain value is shown in percent beside a
// percentage.
func sideUnits(value, threshold rules.Unit, literal bool) (v, t rules.Unit) {
	switch {
	case !literal:
		return value, threshold
	case value == rules.UnitPlain && threshold == rules.UnitFraction:
		return threshold, threshold
	}
	return value, value
}

// distance returns how far a comparison is from turning over: above 0 when it
// holds. It is nil where there is no such number.
func distance(v Datum, op string, limit Datum) *Datum {
	if !v.Known() || !limit.Known() || v.Kind == rules.Text || v.Kind == rules.Bool {
		return nil
	}
	d := Datum{Kind: rules.Number, Unit: v.Unit, F: gap(op, v.F, limit.F)}
	if v.Kind == rules.Date {
		d.Unit = rules.UnitDays
	}
	return &d
}

// gap is how far a value is from turning a comparison over: above 0 when it
// holds.
func gap(op string, value, limit float64) float64 {
	switch op {
	case ">", ">=":
		return value - limit
	case "<", "<=":
		return limit - value
	case "==":
		return -max(value-limit, limit-value)
	}
	return max(value-limit, limit-value)
}

// constant reports whether a part is made of literals alone.
func constant(t *rules.Trace) bool {
	if t.Op == "column" || t.Op == "call" && len(t.Args) == 0 {
		return false
	}
	for _, arg := range t.Args {
		if !constant(arg) {
			return false
		}
	}
	return true
}

// points lists the points of the first history function of an expression.
func points(t *rules.Trace) []Reading {
	if t.Op == "call" && len(t.Args) > 0 && t.Args[len(t.Args)-1].At.Lag != t.At.Lag {
		var out []Reading
		for _, arg := range t.Args {
			out = append(out, point(arg))
		}
		return out
	}
	for _, arg := range read(t) {
		if out := points(arg); out != nil {
			return out
		}
	}
	return nil
}

// point tells one point: its value, or, where it is a comparison, the value
// compared and whether it holds.
func point(t *rules.Trace) Reading {
	if t.Kind != rules.Bool {
		return reading(oneLine(t.Text), t.At, traced(t))
	}
	c := comparison(t)
	if c.Value == nil {
		r := reading(c.Text, t.At, traced(t))
		r.Verdict = c.Verdict
		return r
	}
	r := reading(c.Text, t.At, *c.Value)
	r.Verdict = c.Verdict
	return r
}

func verdictOf(t *rules.Trace) rules.Verdict {
	switch {
	case t.Why != rules.Known:
		return rules.Unknown
	case t.F != 0:
		return rules.True
	}
	return rules.False
}
