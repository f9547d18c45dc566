package funcs

import (
	"math"
	"slices"

	"assay/rules"
)

func scalar() []rules.Func {
	others := []rules.Param{{Name: "a", Takes: rules.NumberArg}, {Name: "b", Takes: rules.NumberArg, Many: true}}
	return []rules.Func{
		{
			Name: "abs", Params: []rules.Param{x},
			Doc:     "The size of x without its sign.",
			Example: "abs(net_cash)",
			Body:    rules.Row(func(a []float64) float64 { return math.Abs(a[0]) }),
		},
		{
			Name: "sign", Params: []rules.Param{x}, Returns: rules.PlainNumber,
			Doc:     "1, 0 or -1 as x is positive, zero or negative.",
			Example: "sign(net_cash)",
			Body: rules.Row(func(a []float64) float64 {
				switch {
				case a[0] > 0:
					return 1
				case a[0] < 0:
					return -1
				}
				return 0
			}),
		},
		{
			Name: "min", Params: others,
			Doc:     "The smallest of the values; missing if any is missing.",
			Example: "min(net_cash, 1B)",
			Body:    rules.Row(slices.Min[[]float64]),
		},
		{
			Name: "max", Params: others,
			Doc:     "The largest of the values; missing if any is missing.",
			Example: "max(net_cash, 0)",
			Body:    rules.Row(slices.Max[[]float64]),
		},
	}
}

func bounds() []rules.Func {
	low := rules.Param{Name: "low", Takes: rules.NumberArg}
	high := rules.Param{Name: "high", Takes: rules.NumberArg}
	return []rules.Func{
		{
			Name: "clamp", Params: []rules.Param{x, low, high},
			Doc:     "x, but no less than low and no more than high; undefined if low is above high.",
			Example: "clamp(roic, 0%, 40%)",
			Body: rules.Row(func(a []float64) float64 {
				if a[1] > a[2] {
					return math.NaN()
				}
				return min(max(a[0], a[1]), a[2])
			}),
		},
		{
			Name: "between", Params: []rules.Param{x, low, high}, Returns: rules.ConditionVerdict,
			Doc:     "Whether x lies from low to high, both included: x >= low and x <= high.",
			Example: "between(roic, 5%, 40%)",
			Body:    rules.Between{},
		},
	}
}
