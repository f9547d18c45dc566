package metric_test

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"assay/fundamentals/metric"
	"assay/rules"
	"assay/rules/funcs"
)

// neverNegative are amounts that no statement shows below nothing.
var neverNegative = []string{
	"total_assets", "property_plant_and_equipment", "depreciation_and_amortization",
	"short_term_borrowings", "long_term_debt_current", "long_term_debt", "finance_leases", "operating_leases",
}

// years is further back than any metric looks; so many quarters are given too.
const years = 12

// random is a table of companies. The amounts of every second are of either
// sign, or nothing: every denominator is now and then out of sense. Prices and
// counts of shares are positive.
func random(rows int) *metric.Given {
	g, r := metric.NewGiven(rows), rand.New(rand.NewPCG(1, 2))
	amount := func(in metric.Input, sound bool) float64 {
		f := math.Round(100*r.Float64()) - 30
		switch {
		case in.Name == "statutory_tax_rate":
			return 0.21
		case in.Name == "sic":
			return 3500 + 1000*math.Round(r.Float64())
		case sound || in.Unit.Share != 0:
			return math.Abs(f) + 1
		case math.Abs(f) < 5:
			return 0
		case slices.Contains(neverNegative, in.Name):
			return math.Abs(f)
		}
		return f
	}
	for _, in := range metric.Inputs() {
		if in.Kind != rules.Number {
			continue
		}
		for row := range rows {
			var points []rules.Value
			for range years {
				points = append(points, rules.Num(amount(in, row%2 == 0)))
			}
			g.Set(row, in.Name, points...)
			g.SetQuarters(row, in.Name, points...)
		}
	}
	return g
}

// denominators returns what a formula divides by: the name, call or bracket
// after each stroke. A branch guards its own.
func denominators(formula string) (all []string) {
	for i, c := range formula {
		if c != '/' || strings.Contains(formula, "if ") {
			continue
		}
		rest, depth, end := strings.TrimSpace(formula[i+1:]), 0, 0
		for end = range rest + " " {
			if end == len(rest) || depth == 0 && strings.ContainsRune(" ),", rune(rest[end])) {
				break
			}
			switch rest[end] {
			case '(':
				depth++
			case ')':
				depth--
			}
		}
		all = append(all, rest[:end])
	}
	return all
}

// No metric is a number where what it divides by is nothing or negative.
func TestLawDenominatorsMakeSense(t *testing.T) {
	g := random(200)
	scope := rules.Scope{Env: metric.Env(), Funcs: funcs.All()}
	for _, m := range metric.All() {
		v, err := g.Column(context.Background(), m.Name, rules.At{})
		if err != nil {
			t.Fatal(err)
		}
		known := 0
		for row := range g.Rows() {
			if v.Reason(row) == rules.Known {
				known++
			}
		}
		if known == 0 {
			t.Errorf("%s: known of none: this tells nothing of it", m.Name)
		}
		for _, text := range denominators(m.Formula) {
			p, errs := scope.Compile(text)
			if errs != nil {
				t.Fatalf("%s: denominator %s: %v", m.Name, text, errs)
			}
			d, err := rules.NewEvaluation(g).Eval(context.Background(), p, rules.At{})
			if err != nil {
				t.Fatal(err)
			}
			for row := range g.Rows() {
				if v.Reason(row) == rules.Known && d.Reason(row) == rules.Known && d.F[row] <= 0 {
					t.Errorf("%s is %g where %s is %g", m.Name, v.F[row], text, d.F[row])
					break
				}
			}
		}
	}
}

// What is said to make up another metric does, wherever all parts are known.
func TestPartsMakeTheWhole(t *testing.T) {
	g := random(1000)
	scope := rules.Scope{Env: metric.Env(), Funcs: funcs.All()}
	for whole, parts := range map[string]string{
		"roe":        "tax_burden * interest_burden * operating_margin * asset_turnover * equity_multiplier",
		"roic":       "nopat_margin * capital_turnover",
		"total_debt": "short_term_debt + debt_long_term",
		"net_operating_assets": "total_assets - cash_and_investments - " +
			"(total_assets - total_debt - equity - non_controlling_interests - temporary_equity)",
		"cash_conversion_cycle": "operating_cycle - 365d / payables_turnover",
	} {
		p, errs := scope.Compile(parts)
		if errs != nil {
			t.Fatal(errs)
		}
		made, err := rules.NewEvaluation(g).Eval(context.Background(), p, rules.At{})
		if err != nil {
			t.Fatal(err)
		}
		v, err := g.Column(context.Background(), whole, rules.At{})
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for row := range g.Rows() {
			if made.Reason(row) != rules.Known || v.Reason(row) != rules.Known {
				continue
			}
			if seen++; math.Abs(made.F[row]-v.F[row]) > 1e-9*max(1, math.Abs(v.F[row])) {
				t.Errorf("%s is %g, not %g", whole, v.F[row], made.F[row])
				break
			}
		}
		if seen == 0 {
			t.Errorf("%s and its parts are known together of none", whole)
		}
	}
}
