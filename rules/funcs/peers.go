package funcs

import (
	"math"

	"assay/rules"
)

func peers() []rules.Func {
	return []rules.Func{
		{
			Name: "rank", Params: ranked, Returns: rules.CountNumber,
			Doc:     "The place of x among its peers, 1 for the largest; ties share the average of their places.",
			Example: "rank(earnings_yield)",
			Body:    rules.Places(func(place, n float64) float64 { return n + 1 - place }),
		},
		{
			Name: "percentile", Params: ranked, Returns: rules.FractionNumber,
			Doc:     "(average place from below - 0.5) / N among peers that are known: between 0 and 1, the largest value highest.",
			Example: "percentile(roic, sector)",
			Body:    rules.Places(func(place, n float64) float64 { return (place - 0.5) / n }),
		},
		{
			Name: "zscore", Params: ranked, Returns: rules.PlainNumber,
			Doc:     "How many sample standard deviations x lies above the mean of its peers; undefined where they are all alike.",
			Example: "zscore(roic, sector)",
			Body: rules.Peers(func(sorted, _ []float64) func(float64) float64 {
				m, s := mean(sorted, nil), stddev(sorted)
				return func(x float64) float64 { return (x - m) / s }
			}),
		},
		{
			Name: "demean", Params: ranked,
			Doc:     "x less the mean of its peers.",
			Example: "demean(roic, sector)",
			Body: rules.Peers(func(sorted, _ []float64) func(float64) float64 {
				m := mean(sorted, nil)
				return func(x float64) float64 { return x - m }
			}),
		},
		{
			Name: "winsorize",
			Params: []rules.Param{x, {Name: "low", Takes: rules.ShareArg},
				{Name: "high", Takes: rules.ShareArg}, group},
			Doc:     "x, but no less than the low quantile of its peers and no more than the high one (between two peers, the straight line).",
			Example: "winsorize(roic, 2%, 98%)",
			Body: rules.Peers(func(sorted, args []float64) func(float64) float64 {
				if args[0] > args[1] {
					return func(float64) float64 { return math.NaN() }
				}
				low, high := quantile(sorted, args[0]), quantile(sorted, args[1])
				return func(x float64) float64 { return min(max(x, low), high) }
			}),
		},
	}
}
