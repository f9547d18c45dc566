package snapshot

import (
	"cmp"
	"context"
	"slices"

	"assay/rules"
)

// Distribution tells how the known values of a column lie.
type Distribution struct {
	Coverage
	Kind rules.Kind
	// Quantiles are the values below which the shares of [QuantileShares] of the
	// companies lie; of numbers and dates only. Nil where none is known.
	Quantiles []float64
	// Most are the commonest values of a text, at most ten, the commonest first;
	// and yes and no of a condition.
	Most []Frequency
}

// Frequency is how many companies have a value.
type Frequency struct {
	Value     string
	Companies int
}

// QuantileShares are the shares at which a distribution is read: the least
// value, 5 %, a quarter, the median, three quarters, 95 %, the largest.
func QuantileShares() []float64 { return []float64{0, 0.05, 0.25, 0.5, 0.75, 0.95, 1} }

// mostListed is how many values of a text are listed.
const mostListed = 10

// Distribution returns how the values of a column lie over all companies.
func (t *Table) Distribution(ctx context.Context, name string) (*Distribution, error) {
	v, err := t.Column(ctx, name, rules.At{})
	if err != nil {
		return nil, err
	}
	d := &Distribution{Kind: v.Kind, Coverage: Coverage{Name: name, Companies: t.Rows(), Missing: map[rules.Reason]int{}}}
	var numbers []float64
	counts := map[string]int{}
	for row := range t.Rows() {
		if why := missingWhy(v, row); why != rules.Known {
			d.Missing[why]++
			continue
		}
		d.Known++
		switch v.Kind {
		case rules.Text:
			counts[v.Text(row)]++
		case rules.Bool:
			counts[map[bool]string{true: "yes", false: "no"}[v.F[row] != 0]]++
		default:
			numbers = append(numbers, v.F[row])
		}
	}
	for value, n := range counts {
		d.Most = append(d.Most, Frequency{value, n})
	}
	slices.SortFunc(d.Most, func(a, b Frequency) int {
		return cmp.Or(cmp.Compare(b.Companies, a.Companies), cmp.Compare(a.Value, b.Value))
	})
	d.Most = d.Most[:min(len(d.Most), mostListed)]
	slices.Sort(numbers)
	if len(numbers) > 0 {
		for _, share := range QuantileShares() {
			d.Quantiles = append(d.Quantiles, quantile(numbers, share))
		}
	}
	return d, nil
}

// quantile reads sorted numbers at a share, between two of them in proportion
// (Hyndman and Fan's type 7, the default of R and numpy).
func quantile(sorted []float64, share float64) float64 {
	at := share * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
