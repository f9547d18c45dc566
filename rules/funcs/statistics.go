package funcs

import (
	"math"
	"slices"
)

func sum(xs []float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += x
	}
	return total
}

// mean has the form of a fold; it does not look at its second argument. The
// mean of equal values is that value, whatever the rounding of their sum; of no
// values it is NaN.
func mean(xs, _ []float64) float64 {
	if len(xs) == 0 {
		return math.NaN()
	}
	return min(max(sum(xs)/float64(len(xs)), slices.Min(xs)), slices.Max(xs))
}

// stddev divides by n - 1 and is NaN for a single value.
func stddev(xs []float64) float64 {
	m := mean(xs, nil)
	squares := 0.0
	for _, x := range xs {
		squares += (x - m) * (x - m)
	}
	return math.Sqrt(squares / float64(len(xs)-1))
}

// quantile returns the value at share p of an ascending list, on the straight
// line between its two neighbours; NaN if the list is empty.
func quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := p * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
