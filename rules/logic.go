package rules

import (
	"cmp"
	"context"
	"regexp"
	"strings"
)

// compare computes a comparison. A side that is known only within bounds is
// decided where every number within them decides alike.
func (ev *Evaluation) compare(ctx context.Context, n *node, at At) (*Vector, error) {
	if n.args[0].kind == Text {
		args, err := ev.args(ctx, n.args, at)
		if err != nil {
			return nil, err
		}
		return sameText(args[0], args[1], n.op == "=="), nil
	}
	a, err := ev.interval(ctx, n.args[0], at)
	if err != nil {
		return nil, err
	}
	b, err := ev.interval(ctx, n.args[1], at)
	if err != nil {
		return nil, err
	}
	out := newOutput(Bool, ev.rows)
	if !a.open && !b.open {
		known(out, n.op, a.lo, b.lo)
		return out.v, nil
	}
	for i := range out.v.F {
		verdict := Unknown
		if a.missing(i) == Known && b.missing(i) == Known {
			verdict = decide(n.op, a.lo.F[i], a.hi[i], b.lo.F[i], b.hi[i])
		}
		switch verdict {
		case True:
			out.truth(i, true)
		case Unknown:
			out.miss(i, cmp.Or(a.lo.Reason(i), b.lo.Reason(i)))
		}
	}
	return out.v, nil
}

// known compares numbers that have no bounds.
func known(out output, op string, a, b *Vector) {
	holds := map[string]func(x, y float64) bool{
		"<": func(x, y float64) bool { return x < y }, "<=": func(x, y float64) bool { return x <= y },
		">": func(x, y float64) bool { return x > y }, ">=": func(x, y float64) bool { return x >= y },
		"==": func(x, y float64) bool { return x == y }, "!=": func(x, y float64) bool { return x != y },
	}[op]
	for i, x := range a.F {
		if why := cmp.Or(a.Reason(i), b.Reason(i)); why != Known {
			out.miss(i, why)
		} else {
			out.truth(i, holds(x, b.F[i]))
		}
	}
}

// decide compares a number within [alo, ahi] with one within [blo, bhi].
func decide(op string, alo, ahi, blo, bhi float64) Verdict {
	surely := func(yes, no bool) Verdict {
		switch {
		case yes:
			return True
		case no:
			return False
		}
		return Unknown
	}
	switch op {
	case "<":
		return surely(ahi < blo, alo >= bhi)
	case "<=":
		return surely(ahi <= blo, alo > bhi)
	case ">":
		return surely(alo > bhi, ahi <= blo)
	case ">=":
		return surely(alo >= bhi, ahi < blo)
	case "==":
		return surely(alo == ahi && blo == bhi && alo == blo, ahi < blo || bhi < alo)
	}
	return surely(ahi < blo || bhi < alo, alo == ahi && blo == bhi && alo == blo)
}

// sameText compares texts; codes of different dictionaries are translated once.
func sameText(a, b *Vector, same bool) *Vector {
	codes := make(map[string]int, len(b.Dict))
	for code, s := range b.Dict {
		codes[s] = code
	}
	translated := make([]int, len(a.Dict))
	for code, s := range a.Dict {
		translated[code] = -1
		if other, ok := codes[s]; ok {
			translated[code] = other
		}
	}
	out := newOutput(Bool, a.Len())
	for i := range out.v.F {
		if why := a.Reason(i); why != Known {
			out.miss(i, why)
		} else if why := b.Reason(i); why != Known {
			out.miss(i, why)
		} else {
			out.truth(i, (translated[a.Code[i]] == int(b.Code[i])) == same)
		}
	}
	return out.v
}

// member computes `x in [...]`. Where x is known only within bounds it is decided
// if every whole number within them is on the list, or none is.
func (ev *Evaluation) member(ctx context.Context, n *node, at At) (*Vector, error) {
	if n.args[0].kind == Text {
		x, err := ev.inner(ctx, n.args[0], at)
		if err != nil {
			return nil, err
		}
		listed := make(map[string]bool, len(n.list))
		for _, item := range n.list {
			listed[item.s] = true
		}
		return byText(x, func(s string) bool { return listed[s] }), nil
	}
	x, err := ev.interval(ctx, n.args[0], at)
	if err != nil {
		return nil, err
	}
	list := make(map[float64]bool, len(n.list))
	for _, item := range n.list {
		list[item.f] = true
	}
	listed := func(f float64) bool { return list[f] }
	out := newOutput(Bool, ev.rows)
	for i := range out.v.F {
		if x.missing(i) != Known {
			out.miss(i, x.lo.Reason(i))
			continue
		}
		first, alike := listed(x.lo.F[i]), true
		for f := x.lo.F[i]; f < x.hi[i] && alike; f++ { // of a number that is known, not once
			alike = listed(f+1) == first
		}
		if alike {
			out.truth(i, first)
		} else {
			out.miss(i, x.lo.Reason(i))
		}
	}
	return out.v, nil
}

// matched computes `x contains "text"` and its like.
func matched(n *node, x *Vector) *Vector {
	switch n.op {
	case "contains":
		return byText(x, func(s string) bool { return strings.Contains(s, n.s) })
	case "startsWith":
		return byText(x, func(s string) bool { return strings.HasPrefix(s, n.s) })
	case "endsWith":
		return byText(x, func(s string) bool { return strings.HasSuffix(s, n.s) })
	}
	return byText(x, regexp.MustCompile(n.s).MatchString) // compiled once when checked
}

// byText asks once for each distinct text.
func byText(x *Vector, holds func(string) bool) *Vector {
	answers := make([]bool, len(x.Dict))
	for code, s := range x.Dict {
		answers[code] = holds(s)
	}
	out := newOutput(Bool, x.Len())
	for i := range out.v.F {
		if why := x.Reason(i); why != Known {
			out.miss(i, why)
		} else {
			out.truth(i, answers[x.Code[i]])
		}
	}
	return out.v
}
