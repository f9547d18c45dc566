package screenfile

import (
	"context"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/metric"
	"assay/rules"
	"assay/screener"
)

// invented is the table of a test's companies.
type invented struct {
	*metric.Given
	names []string
}

var _ screener.Table = (*invented)(nil)

// invented makes the table of a test: what is given holds, metrics are computed
// from it, and the rest is missing as not given.
func (t Trial) invented(test screener.Test) (table *invented, names []string) {
	base := t.given(test, 0)
	companies := test.Companies
	if len(companies) == 0 {
		companies = []screener.Company{{Name: "the company"}}
	}
	env := t.Env
	if env == nil {
		env = metric.Env()
	}
	table = &invented{Given: metric.NewGivenOf(env, len(companies))}
	for row, c := range companies {
		table.names = append(table.names, c.Name)
		for _, g := range overridden(base, c.Given) {
			table.set(row, g)
		}
	}
	return table, table.names
}

// set gives the points of a column to a company.
func (t *invented) set(row int, g screener.Given) {
	if g.Kind == rules.Text && len(g.Points) > 0 {
		if !g.Points[0].None {
			t.SetText(row, g.Column, g.Points[0].Text)
		}
		return
	}
	values := make([]rules.Value, len(g.Points))
	for i, p := range g.Points {
		values[i] = valueOf(p, g.Kind)
	}
	if g.Quarters {
		t.SetQuarters(row, g.Column, values...)
		return
	}
	t.Set(row, g.Column, values...)
}

// valueOf returns the value of a point that is no text.
func valueOf(p screener.Point, kind rules.Kind) rules.Value {
	switch {
	case p.None:
		return rules.None(p.Why)
	case kind == rules.Date:
		d, err := fundamentals.ParseDate(p.Text)
		if err != nil {
			return rules.None(rules.NotReported) // told when the file was read
		}
		return rules.Num(float64(d))
	}
	v, err := rules.NewEvaluation(metric.NewGiven(1)).Eval(context.Background(), p.Program, rules.At{})
	if err != nil {
		return rules.None(rules.Undefined) // literals read no column
	}
	return v.Value(0)
}

// AsOf implements [screener.Table]: a test without a day is of no day.
func (t *invented) AsOf() fundamentals.Date { return 0 }

// DataVersion implements [screener.Table].
func (t *invented) DataVersion() string { return "" }

// CIK implements [screener.Table]: companies are numbered in file order.
func (t *invented) CIK(row int) fundamentals.CIK { return fundamentals.CIK(row + 1) }

// Ticker implements [screener.Table].
func (t *invented) Ticker(row int) string { return t.names[row] }

// Name implements [screener.Table].
func (t *invented) Name(row int) string { return t.names[row] }

// Evidence implements [screener.Table]: there is none.
func (t *invented) Evidence(context.Context, int, string, rules.At) (*fundamentals.Evidence, error) {
	return nil, nil
}

// rowOf returns the row of a company by ticker or CIK, or -1.
func rowOf(table screener.Table, name string) int {
	for row := range table.Rows() {
		if strings.EqualFold(table.Ticker(row), name) || strings.TrimLeft(table.CIK(row).String(), "0") == strings.TrimLeft(name, "0") {
			return row
		}
	}
	return -1
}
