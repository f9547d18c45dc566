package main

import (
	"context"
	"fmt"
	"strings"

	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
	"assay/rules"
	"assay/screener"
)

// distribution is how the values of a name lie on a day, for --format json.
type distribution struct {
	AsOf      string         `json:"as_of"`
	Companies int            `json:"companies"`
	Known     int            `json:"known"`
	Missing   map[string]int `json:"missing"`
	Quantiles []quantile     `json:"quantiles,omitempty"`
	Most      []frequency    `json:"most,omitempty"`
	reasons   []rules.Reason // of Missing, in the order of reports
	kind      rules.Kind     // of the values
}

type quantile struct {
	Share float64 `json:"share"`
	Value float64 `json:"value"`
}

type frequency struct {
	Value     string `json:"value"`
	Companies int    `json:"companies"`
}

func distributionOf(d *snapshot.Distribution, asOf string) *distribution {
	out := &distribution{AsOf: asOf, Companies: d.Companies, Known: d.Known, Missing: map[string]int{}, kind: d.Kind}
	for _, why := range rules.Reasons() {
		if n := d.Missing[why]; n > 0 {
			out.Missing[why.String()] = n
			out.reasons = append(out.reasons, why)
		}
	}
	for i, f := range d.Quantiles {
		out.Quantiles = append(out.Quantiles, quantile{snapshot.QuantileShares()[i], f})
	}
	for _, f := range d.Most {
		out.Most = append(out.Most, frequency{f.Value, f.Companies})
	}
	return out
}

// seen tells how the values of a name lie in the database; nil where there is no
// database, or none that may be named: the catalogue stands without one.
func (a *app) seen(ctx context.Context, name string) (d *distribution, err error) {
	if a.unread != nil {
		return nil, nil // told when the settings were read
	}
	asOf, err := a.asOf()
	if err != nil {
		return nil, err
	}
	err = a.ifThere(ctx, func(db *store.DB) error {
		t, err := openTable(ctx, db, asOf, screener.Stale{})
		if err != nil {
			return err
		}
		if t.Rows() == 0 {
			text, _ := a.nobody(t)
			a.out.note("%s", text)
			return nil
		}
		read, err := t.Distribution(ctx, name)
		if err != nil {
			return err
		}
		d = distributionOf(read, t.AsOf().String())
		return a.keep(ctx, t)
	})
	return d, err
}

// write prints the coverage and the values of an entry for people.
func (d *distribution) write(b *strings.Builder, e entry) {
	fmt.Fprintf(b, "\nas of %s: known of %d of %d companies", d.AsOf, d.Known, d.Companies)
	sep := "; "
	for _, why := range d.reasons {
		fmt.Fprintf(b, "%s%s %d", sep, why, d.Missing[why.String()])
		sep = ", "
	}
	b.WriteString("\n")
	names := [...]string{"least", "5 %", "25 %", "median", "75 %", "95 %", "most"}
	for i, q := range d.Quantiles {
		fmt.Fprintf(b, "  %-11s %s\n", names[i], screener.Show(screener.Datum{Kind: d.kind, Unit: e.measure, F: q.Value}))
	}
	for _, f := range d.Most {
		fmt.Fprintf(b, "  %-40s %d\n", f.Value, f.Companies)
	}
}
