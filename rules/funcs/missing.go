package funcs

import "assay/rules"

func missing() []rules.Func {
	return []rules.Func{
		{
			Name: "known", Params: []rules.Param{anyX}, Returns: rules.ConditionVerdict,
			Doc:     "Whether x has a value. It is never unknown itself.",
			Example: "known(roic)",
			Body:    rules.OnReason(func(why, _ rules.Reason) bool { return why == rules.Known }),
		},
		{
			Name:    "is_missing",
			Params:  []rules.Param{anyX, {Name: "reason", Takes: rules.ReasonArg, Optional: true}},
			Returns: rules.ConditionVerdict,
			Doc:     "Whether x has no value, or has none for the reason given.",
			Example: `is_missing(roic, "undefined")`,
			Body: rules.OnReason(func(why, asked rules.Reason) bool {
				return why != rules.Known && (asked == rules.Known || why == asked)
			}),
		},
	}
}
