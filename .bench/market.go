package main

import (
	"context"
	"fmt"
	"math/rand/v2"

	"assay/fundamentals"
	"assay/rules"
	"assay/rules/funcs"
	"assay/screener"
)

// market is a table of invented companies; their number is the row and one.
type market struct {
	rows    int
	names   []string
	columns map[string]*rules.Vector
}

// invent makes so many metrics of a seed. No value comes twice, so that it does not
// matter how an engine ranks what is alike.
func invent(rows, metrics int, seed uint64) *market {
	r := rand.New(rand.NewPCG(seed, 2))
	m := &market{rows: rows, columns: map[string]*rules.Vector{}}
	for i := range metrics {
		v := rules.Missing(rules.Number, rows, rules.NotReported)
		for row := range rows {
			if f := r.NormFloat64(); r.Float64() >= 0.08 {
				v.F[row], v.Why[row] = f, rules.Known
			}
		}
		name := fmt.Sprintf("m%02d", i)
		m.names, m.columns[name] = append(m.names, name), v
	}
	return m
}

// forget makes the columns such as were never asked for: what was kept with them, the
// order of their values, is gone.
func (m *market) forget() {
	for name, v := range m.columns {
		m.columns[name] = &rules.Vector{Kind: v.Kind, F: v.F, Why: v.Why}
	}
}

func (m *market) Rows() int { return m.rows }
func (m *market) Column(_ context.Context, name string, _ rules.At) (*rules.Vector, error) {
	return m.columns[name], nil
}
func (m *market) AsOf() fundamentals.Date      { return fundamentals.NewDate(2024, 3, 8) }
func (m *market) DataVersion() string          { return "invented" }
func (m *market) CIK(row int) fundamentals.CIK { return fundamentals.CIK(row + 1) }
func (m *market) Ticker(int) string            { return "" }
func (m *market) Name(int) string              { return "" }
func (m *market) Evidence(context.Context, int, string, rules.At) (*fundamentals.Evidence, error) {
	return nil, nil
}

// env is the names of a market.
type env struct{ m *market }

func (e env) Names() []string { return e.m.names }
func (e env) Column(name string) (rules.Column, bool) {
	_, ok := e.m.columns[name]
	return rules.Column{Name: name, Unit: rules.UnitPlain}, ok
}

var conditions = []string{
	"m00 > -0.5", "m01 < 0.8", "m02 >= m03 - 1", "m04 / m05 > -2", "between(m06, -1.5, 1.5)", "m07 > 0 or m08 > 0.5",
}

func screenOf(m *market, ranked, passed bool) (*screener.Screen, error) {
	scope := rules.Scope{Env: env{m}, Funcs: funcs.All()}
	rule := func(text string) (screener.Rule, error) {
		p, errs := scope.Compile(text)
		if len(errs) > 0 {
			return screener.Rule{}, errs
		}
		return screener.Rule{Name: text, Text: text, Program: p}, nil
	}
	s := &screener.Screen{Name: "bench", Text: "bench"}
	for _, text := range conditions {
		r, err := rule(text)
		if err != nil {
			return nil, err
		}
		s.Pass = append(s.Pass, screener.Condition{Rule: r})
	}
	if !ranked {
		return s, nil
	}
	by, err := rule("0.4 * percentile(m10) + 0.3 * percentile(m11) + 0.2 * percentile(m12) + 0.1 * percentile(m13)")
	s.Rank = &screener.Rank{By: by, Limit: 50, OverPassed: passed}
	return s, err
}
