package funcs

import (
	"math"

	"assay/rules"
)

func curves() []rules.Func {
	ratio := rules.Param{Name: "x", Takes: rules.RatioArg}
	return []rules.Func{
		{
			Name: "sqrt", Params: []rules.Param{ratio}, Returns: rules.PlainNumber,
			Doc:     "The square root; undefined below 0.",
			Example: "sqrt(debt_to_equity)",
			Body:    rules.Row(func(a []float64) float64 { return math.Sqrt(a[0]) }),
		},
		{
			Name: "log", Params: []rules.Param{ratio}, Returns: rules.PlainNumber,
			Doc:     "The natural logarithm; undefined at 0 and below.",
			Example: "log(market_cap / total_assets)",
			Body:    rules.Row(func(a []float64) float64 { return math.Log(a[0]) }),
		},
		{
			Name: "exp", Params: []rules.Param{ratio}, Returns: rules.PlainNumber,
			Doc:     "e to the power of x; undefined where it is too large.",
			Example: "exp(roic)",
			Body:    rules.Row(func(a []float64) float64 { return math.Exp(a[0]) }),
		},
		{
			Name: "round", Params: []rules.Param{x, {Name: "digits", Takes: rules.RatioArg, Optional: true}},
			Doc:     "x rounded, halves away from zero, to so many digits after the point, or before it if negative.",
			Example: "round(roic, 2)",
			Body:    rules.Row(round),
		},
	}
}

func round(a []float64) float64 {
	if len(a) == 1 {
		return math.Round(a[0])
	}
	digits := math.Trunc(a[1])
	if math.Abs(digits) > 15 {
		return a[0]
	}
	if digits < 0 {
		p := math.Pow10(int(-digits))
		return math.Round(a[0]/p) * p
	}
	p := math.Pow10(int(digits))
	if math.Abs(a[0]) > math.MaxFloat64/p {
		return a[0]
	}
	return math.Round(a[0]*p) / p
}
