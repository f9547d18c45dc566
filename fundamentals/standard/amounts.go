package standard

import "math"

func plus(a resolved, sign float64, b resolved) resolved {
	a.value += sign * b.value
	a.stated = a.stated || b.stated
	terms := append([]Used(nil), a.terms...)
	for _, u := range b.terms {
		terms = append(terms, Used{Sign: sign * u.Sign, Fact: u.Fact})
	}
	a.terms = terms
	return a
}

// near reports whether two amounts are the same but for rounding.
func near(a, b float64) bool { return within(a, b, 0.005) }

func within(a, b, share float64) bool {
	return math.Abs(a-b) <= share*max(math.Abs(a), math.Abs(b))
}

func inside(what string) resolved {
	return resolved{stated: true, inside: true, note: "inside " + what}
}
