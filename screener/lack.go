package screener

import (
	"cmp"
	"slices"

	"assay/rules"
)

// lacks lists the inputs that leave a value missing, each once, in the order
// of the expression: the parts whose reason is that of none of their own parts,
// or columns. What was not read leaves nothing missing. The first of the list has
// the reason of the value.
func lacks(t *rules.Trace) []Lack {
	var out []Lack
	var walk func(*rules.Trace)
	walk = func(t *rules.Trace) {
		if t.Why == rules.Known {
			return
		}
		parts := read(t)
		first := slices.IndexFunc(parts, func(arg *rules.Trace) bool { return arg.Why == t.Why })
		if first >= 0 {
			walk(parts[first])
			for i, arg := range parts {
				if i != first {
					walk(arg)
				}
			}
			return
		}
		lack := Lack{Input: inputName(t), Reason: t.Why.String()}
		if !slices.Contains(out, lack) {
			out = append(out, lack)
		}
	}
	walk(t)
	return out
}

// inputName names a part of an expression and its place in the past.
func inputName(t *rules.Trace) string { return placed(t.Op, t.Name, t.Text, t.At) }

func placed(op, column, text string, at rules.At) string {
	name := column
	if op != "column" {
		name = oneLine(text)
	}
	if at := ShowAt(at); at != "" {
		name += ", " + at
	}
	return name
}

// counter counts companies by the first input that they lack.
type counter map[Count]int

// sorted lists the counts, the largest first.
func (c counter) sorted() []Count {
	out := make([]Count, 0, len(c))
	for count, n := range c {
		count.Companies = n
		out = append(out, count)
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(b.Companies-a.Companies, cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Input, b.Input))
	})
	return out
}
