package snapshot

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"assay/fundamentals/metric"
	"assay/rules"
)

// Coverage says of how many companies a column is known.
type Coverage struct {
	Name      string
	From      string // "metric", "line item", "price", "filing", "listing", "user"
	Companies int
	Known     int
	// Missing counts the companies without a value, by reason.
	Missing map[rules.Reason]int
	// Hint says what to ingest where none is known for want of an index.
	Hint string
}

// Share is the part of the companies of which the value is known, among those
// for which it has a meaning; ok is false where there are none.
func (c Coverage) Share() (share float64, ok bool) {
	of := c.Companies - c.Missing[rules.NotApplicable]
	if of == 0 {
		return 0, false
	}
	return float64(c.Known) / float64(of), true
}

// Templates lists the kinds of companies that coverage can be restricted to.
func Templates() []string { return []string{"commercial", "bank", "insurer", "reit"} }

// Coverage counts every metric and input of the catalogue, in its order, metrics
// first, and then the user's columns, over the companies whose statements follow a
// template, or all companies where template is "". A company without a SIC code
// follows none.
func (t *Table) Coverage(ctx context.Context, template string, progress func(done, total int)) ([]Coverage, error) {
	templates, err := t.Column(ctx, metric.Template, rules.At{})
	if err != nil {
		return nil, err
	}
	type column struct{ name, from string }
	var columns []column
	for _, m := range metric.All() {
		columns = append(columns, column{m.Name, "metric"})
	}
	for _, in := range metric.Inputs() {
		columns = append(columns, column{in.Name, in.From})
	}
	for _, name := range slices.Sorted(maps.Keys(t.own.columns)) {
		columns = append(columns, column{name, metric.FromUser})
	}
	out := make([]Coverage, 0, len(columns))
	for i, c := range columns {
		v, err := t.Column(ctx, c.name, rules.At{})
		if err != nil {
			return nil, fmt.Errorf("coverage: %w", err)
		}
		cover := Coverage{Name: c.name, From: c.from, Missing: map[rules.Reason]int{}}
		for row := range t.Rows() {
			if template != "" && templates.Text(row) != template {
				continue
			}
			cover.Companies++
			switch why := missingWhy(v, row); why {
			case rules.Known:
				cover.Known++
			default:
				cover.Missing[why]++
			}
		}
		if cover.Hint, err = t.hint(ctx, c.name, cover.Known); err != nil {
			return nil, fmt.Errorf("coverage: %w", err)
		}
		out = append(out, cover)
		if progress != nil {
			progress(i+1, len(columns))
		}
	}
	return out, nil
}

// missingWhy is a row's reason; an empty text says nothing.
func missingWhy(v *rules.Vector, row int) rules.Reason {
	if why := v.Reason(row); why != rules.Known || v.Kind != rules.Text || v.Text(row) != "" {
		return why
	}
	return rules.NotReported
}
