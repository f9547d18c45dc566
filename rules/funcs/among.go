package funcs

import "assay/rules"

// among returns the functions that ask how many of several conditions hold. They
// are known as soon as the unknown ones cannot change the answer.
func among() []rules.Func {
	n := rules.Param{Name: "n", Takes: rules.WholeArg}
	params := []rules.Param{n, {Name: "condition", Takes: rules.ConditionsArg}}
	return []rules.Func{
		{
			Name: "at_least", Params: params, Returns: rules.ConditionVerdict,
			Doc:     "Whether n or more of the conditions hold. Unknown ones matter only where they could change that.",
			Example: "at_least(2, [roic > 12%, net_cash > 0, growth(revenue, 3y) > 5%])",
			Body: rules.Among(func(verdicts []rules.Verdict, n int) rules.Verdict {
				lo, hi := count(verdicts)
				return settled(lo >= float64(n), hi < float64(n))
			}),
		},
		{
			Name: "at_most", Params: params, Returns: rules.ConditionVerdict,
			Doc:     "Whether n or fewer of the conditions hold. Unknown ones matter only where they could change that.",
			Example: "at_most(1, [net_income < 0, net_cash < 0, roe < 5%])",
			Body: rules.Among(func(verdicts []rules.Verdict, n int) rules.Verdict {
				lo, hi := count(verdicts)
				return settled(hi <= float64(n), lo > float64(n))
			}),
		},
	}
}

// settled is True if the one holds, False if the other does, else Unknown.
func settled(yes, no bool) rules.Verdict {
	switch {
	case yes:
		return rules.True
	case no:
		return rules.False
	}
	return rules.Unknown
}
