package funcs

import (
	"math"

	"assay/rules"
)

// groups returns the functions that say one number of a whole population. They
// have a value also for a company that lacks x itself.
func groups() []rules.Func {
	return []rules.Func{
		{
			Name: "median_of", Params: ranked,
			Doc:     "The median of the peers that are known, also for a company that lacks x.",
			Example: "median_of(roic, sector)",
			Body:    rules.Group(func(sorted []float64) float64 { return quantile(sorted, 0.5) }),
		},
		{
			Name: "mean_of", Params: ranked,
			Doc:     "The mean of the peers that are known, also for a company that lacks x.",
			Example: "mean_of(roic, sector)",
			Body:    rules.Group(func(sorted []float64) float64 { return mean(sorted, nil) }),
		},
		{
			Name: "sum_of", Params: ranked,
			Doc:     "The sum over the peers that are known, also for a company that lacks x.",
			Example: "revenue / sum_of(revenue, sector)",
			Body: rules.Group(func(sorted []float64) float64 {
				if len(sorted) == 0 {
					return math.NaN()
				}
				return sum(sorted)
			}),
		},
		{
			Name: "count_of", Params: ranked, Returns: rules.CountNumber,
			Doc:     "How many peers have a known x, the company itself included; 0 where none has.",
			Example: "count_of(roic, sector) >= 1",
			Body:    rules.Group(func(sorted []float64) float64 { return float64(len(sorted)) }),
		},
	}
}
