package screenfile

import (
	"math"
	"slices"

	"assay/rules"
)

// A condition is looked at as a choice of boxes: each says for some values where
// they lie, and for some conditions whether they hold. Without a box that has
// room, the condition cannot hold. What is not understood counts as possible.

// maxBoxes is how many boxes are told apart; beyond, anything is possible.
const maxBoxes = 64

// box is one way for a condition to hold.
type box struct {
	spans map[string]span // by the key of the value
	holds map[string]bool // by the key of a condition that is not understood
}

// span is where a number or a text may lie.
type span struct {
	lo, hi         float64
	loOpen, hiOpen bool
	not            []float64 // points taken out
	among          []string  // the texts that are possible; nil: all
	notAmong       []string
}

var anywhere = span{lo: math.Inf(-1), hi: math.Inf(1)}

// room reports whether there is a value in the span.
func (s span) room() bool {
	switch {
	case s.lo > s.hi, s.lo == s.hi && (s.loOpen || s.hiOpen || slices.Contains(s.not, s.lo)):
		return false
	case s.among != nil:
		return slices.ContainsFunc(s.among, func(t string) bool { return !slices.Contains(s.notAmong, t) })
	}
	return true
}

// meet returns what two spans have in common.
func (s span) meet(o span) span {
	if o.lo > s.lo || o.lo == s.lo && o.loOpen {
		s.lo, s.loOpen = o.lo, o.loOpen
	}
	if o.hi < s.hi || o.hi == s.hi && o.hiOpen {
		s.hi, s.hiOpen = o.hi, o.hiOpen
	}
	s.not = slices.Concat(s.not, o.not)
	s.notAmong = slices.Concat(s.notAmong, o.notAmong)
	switch {
	case s.among == nil:
		s.among = o.among
	case o.among != nil:
		both := []string{}
		for _, t := range s.among {
			if slices.Contains(o.among, t) {
				both = append(both, t)
			}
		}
		s.among = both
	}
	return s
}

// with returns what two boxes have in common; ok is false where nothing is.
func (b box) with(o box) (both box, ok bool) {
	both = box{map[string]span{}, map[string]bool{}}
	for k, s := range b.spans {
		both.spans[k] = s
	}
	for k, s := range o.spans {
		before, found := both.spans[k]
		if !found {
			before = anywhere
		}
		if both.spans[k] = before.meet(s); !both.spans[k].room() {
			return box{}, false
		}
	}
	for k, is := range b.holds {
		both.holds[k] = is
	}
	for k, is := range o.holds {
		if before, found := both.holds[k]; found && before != is {
			return box{}, false
		}
		both.holds[k] = is
	}
	return both, true
}

// algebra remembers what it has worked out: lets of lets would otherwise take
// for ever.
type algebra struct {
	ways      map[way]boxes
	constants map[string]constant
	known     map[string]bool
}

type way struct {
	key string
	is  bool
}

type constant struct {
	f  float64
	ok bool
}

func newAlgebra() *algebra {
	return &algebra{map[way]boxes{}, map[string]constant{}, map[string]bool{}}
}

// boxes are the ways for a condition to hold; without any it cannot.
type boxes []box

func free() boxes { return boxes{{}} }

func (bs boxes) and(others boxes) boxes {
	out := boxes{}
	for _, a := range bs {
		for _, b := range others {
			if both, ok := a.with(b); ok {
				out = append(out, both)
			}
			if len(out) > maxBoxes {
				return free()
			}
		}
	}
	return out
}

func (bs boxes) or(others boxes) boxes {
	out := slices.Concat(bs, others)
	if len(out) > maxBoxes {
		return free()
	}
	return append(boxes{}, out...)
}

// waysOf returns the ways for a condition to be true, or to be false.
func (x *algebra) waysOf(t rules.Tree, is bool) boxes {
	at := way{t.Key(), is}
	ways, ok := x.ways[at]
	if !ok {
		ways = x.findWays(t, is)
		x.ways[at] = ways
	}
	return ways
}

func (x *algebra) findWays(t rules.Tree, is bool) boxes {
	args := t.Args()
	switch t.Op() {
	case "let":
		return x.waysOf(args[0], is)
	case "not":
		return x.waysOf(args[0], !is)
	case "and", "or":
		a, b := x.waysOf(args[0], is), x.waysOf(args[1], is)
		if (t.Op() == "and") == is {
			return a.and(b)
		}
		return a.or(b)
	case "if":
		if t.Kind() == rules.Bool {
			yes, no := x.waysOf(args[0], true).and(x.waysOf(args[1], is)), x.waysOf(args[0], false).and(x.waysOf(args[2], is))
			return yes.or(no)
		}
	case "literal":
		if f, _, _ := t.Literal(); (f != 0) == is {
			return free()
		}
		return boxes{}
	case "==", "!=", "<", "<=", ">", ">=":
		if ways, ok := x.compared(t, is); ok {
			return ways
		}
	case "in":
		if ways, ok := listed(t, is); ok {
			return ways
		}
	}
	return boxes{{holds: map[string]bool{t.Key(): is}}}
}

var opposite = map[string]string{"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
var swapped = map[string]string{"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

// compared understands a comparison with a constant, or of two values.
func (x *algebra) compared(t rules.Tree, is bool) (boxes, bool) {
	op, a, b := t.Op(), bareOf(t.Args()[0]), bareOf(t.Args()[1])
	if !is {
		op = opposite[op]
	}
	if _, ok := x.constantOf(a); ok {
		a, b, op = b, a, swapped[op]
	}
	if a.Kind() == rules.Text {
		return textCompared(a, b, op)
	}
	if a.Kind() == rules.Bool {
		return nil, false
	}
	limit, ok := x.constantOf(b)
	if !ok {
		if a.Key() > b.Key() {
			a, b, op = b, a, swapped[op]
		}
		return boxes{{spans: map[string]span{a.Key() + " - " + b.Key(): spanOf(op, 0)}}}, true
	}
	if value, ok := x.constantOf(a); ok {
		s := spanOf(op, limit).meet(span{lo: value, hi: value})
		if s.room() {
			return free(), true
		}
		return boxes{}, true
	}
	s := domainOf(a).meet(spanOf(op, limit))
	if !s.room() {
		return boxes{}, true
	}
	return boxes{{spans: map[string]span{a.Key(): s}}}, true
}

func textCompared(a, b rules.Tree, op string) (boxes, bool) {
	_, text, ok := b.Literal()
	if !ok {
		return nil, false
	}
	s := anywhere
	if op == "==" {
		s.among = []string{text}
	} else {
		s.notAmong = []string{text}
	}
	return boxes{{spans: map[string]span{a.Key(): s}}}, true
}

// listed understands `x in [...]`.
func listed(t rules.Tree, is bool) (boxes, bool) {
	x := bareOf(t.Args()[0])
	s := anywhere
	for _, item := range t.Among() {
		f, text, _ := item.Literal()
		switch {
		case x.Kind() == rules.Text && is:
			s.among = append(s.among, text)
		case x.Kind() == rules.Text:
			s.notAmong = append(s.notAmong, text)
		case is:
			return nil, false
		default:
			s.not = append(s.not, f)
		}
	}
	return boxes{{spans: map[string]span{x.Key(): s}}}, true
}

// bareOf returns what a name stands for.
func bareOf(t rules.Tree) rules.Tree {
	for t.Op() == "let" {
		t = t.Args()[0]
	}
	return t
}

// constantOf works out a number or a date that is made of literals.
func (x *algebra) constantOf(t rules.Tree) (float64, bool) {
	at := t.Key()
	c, ok := x.constants[at]
	if !ok {
		c.f, c.ok = x.findConstant(t)
		x.constants[at] = c
	}
	return c.f, c.ok
}

func (x *algebra) findConstant(t rules.Tree) (float64, bool) {
	if f, _, ok := t.Literal(); ok {
		return f, t.Kind() != rules.Text
	}
	var parts []float64
	for _, arg := range t.Args() {
		f, ok := x.constantOf(arg)
		if !ok {
			return 0, false
		}
		parts = append(parts, f)
	}
	switch {
	case len(parts) == 1 && (t.Op() == "neg" || t.Op() == "let"):
		return map[string]float64{"neg": -parts[0], "let": parts[0]}[t.Op()], true
	case len(parts) == 2 && t.Op() == "+":
		return parts[0] + parts[1], true
	case len(parts) == 2 && t.Op() == "-":
		return parts[0] - parts[1], true
	case len(parts) == 2 && t.Op() == "*":
		return parts[0] * parts[1], true
	case len(parts) == 2 && t.Op() == "/" && parts[1] != 0:
		return parts[0] / parts[1], true
	}
	return 0, false
}

// spanOf returns where a value lies that compares so with a limit.
func spanOf(op string, limit float64) span {
	s := anywhere
	switch op {
	case "==":
		s.lo, s.hi = limit, limit
	case "!=":
		s.not = []float64{limit}
	case "<", "<=":
		s.hi, s.hiOpen = limit, op == "<"
	default:
		s.lo, s.loOpen = limit, op == ">"
	}
	return s
}

// domainOf returns where a value lies by what it is.
func domainOf(t rules.Tree) span {
	s := anywhere
	switch t.Op() {
	case "column":
		if slices.Contains(positive, t.Name()) {
			s.lo = 0
		}
		return s
	case "call":
	default:
		return s
	}
	switch t.Name() {
	case "percentile":
		return span{lo: 0, hi: 1, loOpen: true, hiOpen: true}
	case "rank":
		s.lo = 1
	case "abs", "sqrt", "stddev", "streak":
		s.lo = 0
	case "count":
		s.lo = 0
		if n := t.Points(); n > 0 {
			s.hi = float64(n)
		}
	}
	return s
}

// positive are columns that cannot be below zero.
var positive = []string{"market_cap", "price", "shares_outstanding", "dollar_volume_60d", "price_age", "statement_age"}

// never reports whether a condition cannot hold, and always whether it cannot
// fail, where what it asks about is known.
func (x *algebra) never(t rules.Tree) bool  { return len(x.waysOf(t, true)) == 0 }
func (x *algebra) always(t rules.Tree) bool { return len(x.waysOf(t, false)) == 0 }

// exclude reports whether two conditions cannot hold at once.
func (x *algebra) exclude(a, b rules.Tree) bool {
	return len(x.waysOf(a, true).and(x.waysOf(b, true))) == 0
}

// implies reports whether b holds wherever a does and both are known.
func (x *algebra) implies(a, b rules.Tree) bool {
	return len(x.waysOf(a, true).and(x.waysOf(b, false))) == 0
}
