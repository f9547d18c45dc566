package funcs

import "assay/rules"

func conditions() []rules.Func {
	return []rules.Func{
		{
			Name: "every", Params: folded, Returns: rules.ConditionVerdict,
			Doc:     "Whether the condition holds at every point: false if it fails at one, else unknown if it is unknown at one.",
			Example: "every(net_income > 0, 5y)",
			Body:    rules.Verdicts(func(points []rules.Verdict) rules.Verdict { return fold(points, rules.False, rules.True) }),
		},
		{
			Name: "any", Params: folded, Returns: rules.ConditionVerdict,
			Doc:     "Whether the condition holds at some point: true if it holds at one, else unknown if it is unknown at one.",
			Example: "any(net_income < 0, 5y)",
			Body:    rules.Verdicts(func(points []rules.Verdict) rules.Verdict { return fold(points, rules.True, rules.False) }),
		},
		{
			Name: "count", Params: folded, Returns: rules.CountNumber,
			Doc:     "At how many points the condition holds. Where points are unknown, a comparison with it is known if they cannot change its outcome.",
			Example: "count(roce > 8%, 5y) >= 4",
			Body:    rules.Bounds(count),
		},
		{
			Name:    "streak",
			Params:  []rules.Param{cond, {Name: "window", Takes: rules.WindowArg, Optional: true}},
			Returns: rules.CountNumber,
			Doc:     "For how many points in a row, back from the anchor, the condition has held: yearly over 20 years, or over the window given.",
			Example: "streak(net_income > 0) >= 3",
			Body:    rules.Bounds(streak),
		},
	}
}

// fold returns decisive if any point is, else Unknown if any point is, else
// otherwise.
func fold(points []rules.Verdict, decisive, otherwise rules.Verdict) rules.Verdict {
	for _, v := range points {
		switch v {
		case decisive:
			return decisive
		case rules.Unknown:
			otherwise = rules.Unknown
		}
	}
	return otherwise
}

func count(points []rules.Verdict) (lo, hi float64) {
	for _, v := range points {
		if v == rules.True {
			lo++
		}
		if v != rules.False {
			hi++
		}
	}
	return lo, hi
}

func streak(points []rules.Verdict) (lo, hi float64) {
	certain := true
	for _, v := range points {
		if v == rules.False {
			break
		}
		certain = certain && v == rules.True
		if certain {
			lo++
		}
		hi++
	}
	return lo, hi
}
