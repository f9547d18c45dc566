package screener_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"assay/fundamentals"
	"assay/rules"
	"assay/rules/funcs"
	"assay/screener"
)

// company is a row of a fake table. A number column has a point per year back
// from now, the last of which stands for all before it; what it lacks is not
// reported.
type company struct {
	cik     fundamentals.CIK
	ticker  string
	sector  string
	numbers map[string][]rules.Value
}

var units = map[string]rules.Unit{
	"market_cap": rules.UnitMoney, "net_cash": rules.UnitMoney, "price": rules.UnitPrice,
	"roic": rules.UnitFraction, "growth_rate": rules.UnitFraction, "shares": rules.UnitShares,
}

// table is a fake table in memory. It is its own environment.
type table struct {
	rows    []company
	version string
}

func (t *table) describe(name string) (rules.Column, bool) {
	switch unit, ok := units[name]; {
	case ok:
		return rules.Column{Name: name, Unit: unit}, true
	case name == "sector", name == "exchange":
		return rules.Column{Name: name, Kind: rules.Text, Fixed: true}, true
	case name == "period_end":
		return rules.Column{Name: name, Kind: rules.Date}, true
	}
	return rules.Column{}, false
}

// catalogue is the environment that goes with fake tables.
type catalogue struct{}

func (catalogue) Column(name string) (rules.Column, bool) { return (&table{}).describe(name) }
func (catalogue) Names() []string                         { return slices.Sorted(maps.Keys(units)) }

func (t *table) Rows() int { return len(t.rows) }

func (t *table) Column(_ context.Context, name string, at rules.At) (*rules.Vector, error) {
	column, ok := t.describe(name)
	if !ok {
		return nil, fmt.Errorf("no column %s", name)
	}
	if column.Kind == rules.Text {
		var values []string
		for _, r := range t.rows {
			if name == "exchange" {
				values = append(values, "Nasdaq")
				continue
			}
			values = append(values, r.sector)
		}
		return rules.Texts(values, rules.NotReported), nil
	}
	v := &rules.Vector{Kind: column.Kind, F: make([]float64, len(t.rows)), Why: make([]rules.Reason, len(t.rows))}
	for i, r := range t.rows {
		point := r.at(name, at)
		v.F[i], v.Why[i] = point.F, point.Why
	}
	return v, nil
}

func (c company) at(name string, at rules.At) rules.Value {
	if name == "period_end" {
		return rules.Num(float64(fundamentals.NewDate(2023-at.Lag/4, 12, 30)))
	}
	points := c.numbers[name]
	if len(points) == 0 {
		return rules.None(rules.NotReported)
	}
	return points[min(at.Lag/4, len(points)-1)]
}

func (t *table) AsOf() fundamentals.Date      { return fundamentals.NewDate(2024, 3, 8) }
func (t *table) DataVersion() string          { return t.version }
func (t *table) CIK(row int) fundamentals.CIK { return t.rows[row].cik }
func (t *table) Ticker(row int) string        { return t.rows[row].ticker }
func (t *table) Name(row int) string          { return t.rows[row].ticker + " Inc" }

func (t *table) Evidence(_ context.Context, row int, column string, at rules.At) (*fundamentals.Evidence, error) {
	described, _ := t.describe(column)
	e := &fundamentals.Evidence{Name: column, Kind: described.Kind, Unit: described.Unit, End: fundamentals.NewDate(2023-at.Lag/4, 12, 30)}
	if described.Kind == rules.Text {
		e.Text = t.rows[row].sector
		return e, nil
	}
	e.Value = t.rows[row].at(column, at)
	if e.Value.Why == rules.Known && column == "net_cash" {
		e.Formula = "cash - debt"
		e.Inputs = []*fundamentals.Evidence{{
			Name: "cash", Value: rules.Num(e.Value.F), Unit: rules.UnitMoney, Basis: "instant", End: e.End,
			Tag: "us-gaap:Cash", Accession: "0000000001-24-000001", Form: "10-K",
			Filed: fundamentals.NewDate(2024, 2, 16), KnownOn: fundamentals.NewDate(2024, 2, 17),
			URL: fundamentals.FilingURL(t.rows[row].cik, "0000000001-24-000001"),
		}}
	}
	return e, nil
}

var _ screener.Table = (*table)(nil)

// rule compiles an expression.
func rule(t testing.TB, name, text string) screener.Rule {
	t.Helper()
	p, errs := rules.Scope{Env: catalogue{}, Funcs: funcs.All()}.Compile(text)
	if len(errs) > 0 {
		t.Fatalf("%s: %v", text, errs)
	}
	return screener.Rule{Name: name, Text: text, Program: p}
}

func num(points ...float64) []rules.Value {
	var out []rules.Value
	for _, p := range points {
		out = append(out, rules.Num(p))
	}
	return out
}

func none(why rules.Reason) []rules.Value { return []rules.Value{rules.None(why)} }
