package rules

import (
	"strconv"
	"strings"
	"time"
)

// Arithmetic writes the expression with the values of columns in place of their
// names, so that a reader can reckon it anew: (0 + 6324000 + 34303000) / 950170000.
// A history function lists its points, the latest first; growth lists the end, the
// base and the years between. A choice between two literals is written whole
// (0.08 > 0 ? 1 : 0), of any other only the branch taken; of x ?? y only what was
// used. A missing value is its reason.
func (t *Trace) Arithmetic() string {
	text, _ := t.arithmetic()
	return text
}

// binding is how tightly an operator holds its sides together.
var binding = map[string]int{
	"or": 1, "and": 2, "not": 3, "in": 4, "==": 4, "!=": 4, "<": 4, "<=": 4, ">": 4, ">=": 4,
	"+": 5, "-": 5, "*": 6, "/": 6, "neg": 7,
}

// tightest binds more than any operator.
const tightest = 9

func (t *Trace) arithmetic() (text string, binds int) {
	switch {
	case t.Op == "column" || t.Op == "literal" || len(t.Args) == 0:
		text = t.value()
		if strings.HasPrefix(text, "-") {
			return text, binding["neg"]
		}
		return text, tightest
	case t.Op == "let":
		return t.Args[0].arithmetic()
	case t.Op == "??" && len(t.Args) == 2:
		if t.Args[0].Why == Known {
			return t.Args[0].arithmetic()
		}
		return t.Args[1].arithmetic()
	case t.Op == "if" && len(t.Args) == 3 && t.Args[1].Op == "literal" && t.Args[2].Op == "literal":
		return t.Args[0].within(1) + " ? " + t.Args[1].value() + " : " + t.Args[2].value(), 0
	case t.Op == "if" && len(t.Args) == 3 && t.Args[0].Why == Known:
		if t.Args[0].F != 0 {
			return t.Args[1].arithmetic()
		}
		return t.Args[2].arithmetic()
	case t.Op == "call" && (t.Name == "known" || t.Name == "is_missing"):
		return t.value(), tightest
	case t.Op == "call" && (t.Name == "annual" || t.Name == "quarterly" || t.Name == "ago"):
		return t.Args[0].arithmetic()
	case t.Op == "neg" || t.Op == "not":
		sign := map[string]string{"neg": "-", "not": "not "}[t.Op]
		return sign + t.Args[0].within(binding[t.Op]+1), binding[t.Op]
	case len(t.Args) == 2 && binding[t.Op] > 0 && t.Op != "in":
		b := binding[t.Op]
		return t.Args[0].within(b) + " " + t.Op + " " + t.Args[1].within(b+1), b
	}
	var args []string
	for _, a := range t.Args {
		args = append(args, a.Arithmetic())
	}
	name := t.Name
	if name == "" {
		name = t.Op
	}
	if name == "growth" && len(t.Args) == 2 {
		args = append(args, Digits(float64(t.Args[1].At.Lag-t.Args[0].At.Lag)/4))
	}
	return name + "(" + strings.Join(args, ", ") + ")", tightest
}

// within puts the text in brackets if it binds less than what it stands in.
func (t *Trace) within(least int) string {
	text, binds := t.arithmetic()
	if binds < least {
		return "(" + text + ")"
	}
	return text
}

// value writes a value in full.
func (t *Trace) value() string {
	switch {
	case t.Why != Known:
		return "[" + t.Why.String() + "]"
	case t.Kind == Text:
		return strconv.Quote(t.S)
	case t.Kind == Bool:
		return strconv.FormatBool(t.F != 0)
	case t.Kind == Date:
		return time.Unix(int64(t.F)*86400, 0).UTC().Format(time.DateOnly)
	}
	return Digits(t.F)
}

// Digits writes a number in full, without an exponent where it is readable
// without one.
func Digits(f float64) string {
	if a := max(f, -f); a != 0 && (a < 1e-6 || a >= 1e18) {
		return strconv.FormatFloat(f, 'g', -1, 64)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
