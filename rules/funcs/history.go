package funcs

import (
	"math"
	"slices"

	"assay/rules"
)

func basis() []rules.Func {
	return []rules.Func{
		{
			Name: "annual", Params: []rules.Param{anyX},
			Doc:     "x with the anchor moved to the last fiscal year end and flows over that year.",
			Example: "annual(revenue)",
			Body:    rules.OnBasis(rules.Annual),
		},
		{
			Name: "quarterly", Params: []rules.Param{anyX},
			Doc:     "x with flows over the single quarter that ends at the anchor.",
			Example: "sum(quarterly(revenue), 4q)",
			Body:    rules.OnBasis(rules.Quarterly),
		},
	}
}

// history returns the functions over the points of a window. Point 0 is x
// itself: 5y is five points, so it reaches four years back. Functions of two
// ends and ago reach the whole length back.
func history() []rules.Func {
	fold := func(name, doc, example string, body rules.Fold) rules.Func {
		return rules.Func{Name: name, Params: series, Doc: doc, Example: example, Body: body}
	}
	return []rules.Func{
		{
			Name: "ago", Params: []rules.Param{anyX, over},
			Doc:     "x as it was that long before the anchor, by what is known today.",
			Example: "ago(roic, 1y)",
			Body:    rules.Past{},
		},
		{
			Name: "change", Params: ends,
			Doc:     "x less what it was that long ago.",
			Example: "change(roic, 1y)",
			Body:    rules.Ends(func(now, then, _ float64) float64 { return now - then }),
		},
		{
			Name: "growth", Params: ends, Returns: rules.FractionNumber,
			Doc:     "The growth of x per year, compounded; undefined from a base of 0 or less, or to an end of 0 or less.",
			Example: "growth(revenue, 3y)",
			Body:    rules.Ends(growth),
		},
		fold("avg", "The mean over the points of the window. All must be known, or as many as the third argument says.", "avg(roce, 5y, 3)", mean),
		fold("median", "The median over the points of the window.", "median(roce, 5y)", func(xs, _ []float64) float64 {
			return quantile(slices.Sorted(slices.Values(xs)), 0.5)
		}),
		fold("min", "The smallest over the points of the window.", "min(roce, 5y)", func(xs, _ []float64) float64 { return slices.Min(xs) }),
		fold("max", "The largest over the points of the window.", "max(roce, 5y)", func(xs, _ []float64) float64 { return slices.Max(xs) }),
		fold("sum", "The sum over the points of the window.", "sum(quarterly(revenue), 4q)", func(xs, _ []float64) float64 { return sum(xs) }),
		fold("stddev", "The sample standard deviation over the points of the window; undefined for a single point.", "stddev(roce, 5y)", func(xs, _ []float64) float64 { return stddev(xs) }),
		fold("slope", "The change of x per year along the least-squares line through the points of the window.", "slope(roce, 5y)", slope),
	}
}

func growth(now, then, years float64) float64 {
	if then <= 0 || now <= 0 {
		return math.NaN()
	}
	return math.Pow(now/then, 1/years) - 1
}

func slope(xs, ago []float64) float64 {
	mx, mt := mean(xs, nil), mean(ago, nil)
	var above, below float64
	for i := range xs {
		above -= (xs[i] - mx) * (ago[i] - mt)
		below += (ago[i] - mt) * (ago[i] - mt)
	}
	return above / below
}
