package rules_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"assay/rules"
	"assay/rules/rulestest"
)

// TestLawNarrowing: `A and B` returns a subset of A, and not Unknown is Unknown
// for the same reason.
func TestLawNarrowing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := randomTable(t, 30)
		ev, s := rules.NewEvaluation(table), scope(table)
		a, b := conditions(t, 3), conditions(t, 3)
		va := eval(t, ev, compile(t, s, a))
		both := eval(t, ev, compile(t, s, "("+a+") and ("+b+")"))
		not := eval(t, ev, compile(t, s, "not ("+a+")"))
		for row := range 30 {
			if both.Verdict(row) == rules.True && va.Verdict(row) != rules.True {
				t.Fatalf("row %d passes %s and %s, but not the first", row, a, b)
			}
			if not.Verdict(row) != rules.True-va.Verdict(row) || not.Reason(row) != va.Reason(row) {
				t.Fatalf("row %d: not %s is %v, %s is %v", row, a, not.Verdict(row), a, va.Verdict(row))
			}
		}
	})
}

// everything uses each family of functions over four columns.
var everything = []string{
	"a + b * c - d / a", "a ^ b", "exp(a) * log(b) + sqrt(c)", "round(a / b, 2)", "(a ?? b) / (c ?? 0)",
	"avg(a, 3y, 2) / stddev(b, 3y)", "growth(a, 2y) + slope(b, 3y)", "median(a / b, 3q)", "change(a, 1y) + ago(b, 2q)",
	"count(a > b, 3y)", "count(a > b, 3y) >= 2", "streak(a > b, 3y) < 2", "every(a / b > 0, 2y) or any(c > 1, 3y)",
	"rank(a)", "percentile(a / b)", "zscore(a, g)", "demean(a, g)", "winsorize(a, 10%, 80%)", "median_of(a, g)",
	"rank(avg(a, 2y)) + ago(percentile(b), 1y)", "if a > b { c } else { d }", `g in ["x"] and a > 0`, "clamp(a, b, c)",
}

// history makes a table of four columns with a year and a half of quarters and
// a group; rows are taken in the order given.
func history(cells [][]float64, groups []string, order []int) *rulestest.Table {
	t := rulestest.NewTable(len(order))
	for k, name := range columns {
		number(t, name, rules.UnitPlain, 9, func(row, lag int) (float64, bool) {
			f := cells[order[row]][k*9+lag]
			return f, f != 0.5
		})
	}
	names := make([]string, len(order))
	for i, row := range order {
		names[i] = groups[row]
	}
	g := t.Add(rules.Column{Name: "g", Kind: rules.Text, Fixed: true})
	g.Planes[rules.At{}] = rules.Texts(names, rules.Stale)
	return t
}

// drawn draws the cells of history: small, huge and missing ones (0.5).
func drawn(t *rapid.T, rows int) ([][]float64, []string) {
	value := rapid.SampledFrom([]float64{0, 1, -1, 2, 3.25, -7, 0.1, 0.5, 0.5, 1e308, -1e308, 1e-300})
	cells := make([][]float64, rows)
	groups := make([]string, rows)
	for i := range cells {
		cells[i] = rapid.SliceOfN(value, 36, 36).Draw(t, "cells")
		groups[i] = rapid.SampledFrom([]string{"", "x", "y"}).Draw(t, "group")
	}
	return cells, groups
}

// TestLawOrder: the order of rows never changes a value, and nothing is ever
// NaN or infinite, however extreme the numbers.
func TestLawOrder(t *testing.T) {
	const rows = 8
	straight := []int{0, 1, 2, 3, 4, 5, 6, 7}
	rapid.Check(t, func(t *rapid.T) {
		cells, groups := drawn(t, rows)
		order := rapid.Permutation(straight).Draw(t, "order")
		one, other := history(cells, groups, straight), history(cells, groups, order)
		ev, shuffled := rules.NewEvaluation(one), rules.NewEvaluation(other)
		for _, text := range everything {
			p := compile(t, scope(one), text)
			v, w := eval(t, ev, p), eval(t, shuffled, p)
			sound(t, text, v)
			for i, row := range order {
				if w.Value(i) != v.Value(row) {
					t.Fatalf("%s: row %d is %v, shuffled %v", text, row, v.Value(row), w.Value(i))
				}
			}
		}
	})
}

// TestLawKey: programs with equal keys have equal values, however they are
// written, and lets are transparent.
func TestLawKey(t *testing.T) {
	table := catalogue(20)
	s := scope(table)
	s.Lets["margin"] = compile(t, s, "net_income / revenue")
	for _, pair := range [][2]string{
		{"margin > 10%", "(net_income/revenue)>0.1"},
		{"avg(roe,5y) >= 8% && not(sector in ['Energy'])", "avg( roe, 5y ) >= 0.08 and not (sector in [\"Energy\"])"},
		{"if roe > 0 { 1 } else { 2 }", "roe > 0 ? 1 : 2"},
		{"market_cap > 300M", "market_cap > 300_000_000"},
	} {
		a, b := compile(t, s, pair[0]), compile(t, s, pair[1])
		if a.Key() != b.Key() {
			t.Errorf("%s: %s\n%s: %s", a.Text(), a.Key(), b.Text(), b.Key())
		}
	}
	seen := map[string]string{}
	for _, text := range []string{"roe > 1%", "roe >= 1%", "avg(roe, 4y) > 1%", "avg(roe, 4q) > 1%", "avg(roe, 4y, 2) > 1%", "min(roe, 4y) > 1%",
		"min(roe, 4) > 1%", "annual(roe) > 1%", "percentile(roe) > 1%", "percentile(roe, sector) > 1%", `sector == "Energy"`, `sector in ["Energy"]`,
		"known(roe)", "is_missing(roe)", `is_missing(roe, "stale")`, "winsorize(roe, 1%, 2%) > 1%", "winsorize(roe, 1%, 3%) > 1%"} {
		key := compile(t, s, text).Key()
		if other, ok := seen[key]; ok {
			t.Errorf("%s and %s have the key %s", text, other, key)
		}
		seen[key] = text
	}
	for i := range 100 {
		name := fmt.Sprintf("x%d", i)
		text := "roe + roe"
		if i > 0 {
			text = fmt.Sprintf("x%d + x%d", i-1, i-1)
		}
		s.Lets[name] = compile(t, s, text)
	}
	p := s.Lets["x99"]
	if n := len(p.Key()); n > 300 {
		t.Errorf("a hundred doublings make a key of %d bytes", n)
	}
	sound(t, "x99", eval(t, rules.NewEvaluation(table), p))
}
