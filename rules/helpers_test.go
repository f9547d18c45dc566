package rules_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"assay/rules"
	"assay/rules/funcs"
	"assay/rules/rulestest"
)

// number adds a column whose planes hold the values given, missing where ok is
// false.
func number(t *rulestest.Table, name string, unit rules.Unit, lags int, value func(row, lag int) (f float64, ok bool)) {
	c := t.Add(rules.Column{Name: name, Unit: unit})
	for lag := range lags {
		v := rules.Missing(rules.Number, t.Rows(), rules.NotReported)
		for row := range v.F {
			if f, ok := value(row, lag); ok {
				v.F[row], v.Why[row] = f, rules.Known
			}
		}
		c.Planes[rules.At{Lag: lag}] = v
	}
}

// catalogue is a table with the columns that examples of functions use.
func catalogue(rows int) *rulestest.Table {
	t := rulestest.NewTable(rows)
	r := rand.New(rand.NewPCG(1, 2))
	random := func(unit rules.Unit, scale float64, names ...string) {
		for _, name := range names {
			number(t, name, unit, 1+4*5, func(_, _ int) (float64, bool) {
				return scale * (r.NormFloat64() + 0.5), r.Float64() > 0.1
			})
		}
	}
	random(rules.UnitFraction, 0.2, "roe", "roic", "roce", "earnings_yield", "debt_to_equity")
	random(rules.UnitMoney, 1e9, "market_cap", "net_cash", "total_assets", "revenue", "net_income", "cash_and_investments", "dollar_volume_60d")
	sectors := make([]string, rows)
	for i := range sectors {
		sectors[i] = []string{"", "Energy", "Financials", "Utilities"}[r.IntN(4)]
	}
	t.Add(rules.Column{Name: rules.AsOf, Kind: rules.Date, Fixed: true}).Planes[rules.At{}] = constantDays(rows, 19790)
	t.Add(rules.Column{Name: "period_end", Kind: rules.Date}).Planes[rules.At{}] = constantDays(rows, 19722)
	c := t.Add(rules.Column{Name: "sector", Kind: rules.Text, Fixed: true, Values: []string{"Energy", "Financials", "Utilities"}})
	c.Planes[rules.At{}] = rules.Texts(sectors, rules.NotReported)
	return t
}

// constantDays makes a column of one day.
func constantDays(rows int, day float64) *rules.Vector {
	return &rules.Vector{Kind: rules.Date, F: slices.Repeat([]float64{day}, rows)}
}

func scope(t *rulestest.Table) rules.Scope {
	return rules.Scope{Env: t.Env(), Funcs: funcs.All(), Lets: map[string]*rules.Program{}}
}

// fataler is what testing.T and rapid.T have in common here.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

func compile(t fataler, s rules.Scope, text string) *rules.Program {
	t.Helper()
	p, errs := s.Compile(text)
	if errs != nil {
		t.Fatalf("%s: %v", text, errs)
	}
	return p
}

func eval(t fataler, ev *rules.Evaluation, p *rules.Program) *rules.Vector {
	t.Helper()
	v, err := ev.Eval(context.Background(), p, rules.At{})
	if err != nil {
		t.Fatalf("%s: %v", p.Text(), err)
	}
	return v
}

// sound fails unless every row is a finite number or has a reason.
func sound(t fataler, text string, v *rules.Vector) {
	t.Helper()
	if v.Kind == rules.Text {
		return
	}
	for i, f := range v.F {
		if f-f != 0 || v.Reason(i) != rules.Known && f != 0 {
			t.Fatalf("%s: row %d is %v, %v", text, i, f, v.Reason(i))
		}
	}
}

// TestExamples compiles and evaluates the example of every function, in and
// outside a mask and in the past.
func TestExamples(t *testing.T) {
	table := catalogue(50)
	s := scope(table)
	mask := make([]bool, 50)
	for i := range mask {
		mask[i] = i%3 == 0
	}
	ev := rules.NewEvaluation(table)
	for _, f := range funcs.All() {
		t.Run(f.Name, func(t *testing.T) {
			p := compile(t, s, f.Example)
			if f.Doc == "" || f.Signature() == "" {
				t.Errorf("no doc")
			}
			v := eval(t, ev, p)
			sound(t, f.Example, v)
			sound(t, f.Example, eval(t, ev.WithPeers(mask), p))
			known := 0
			for i := range v.Len() {
				if v.Reason(i) == rules.Known {
					known++
				}
			}
			if known == 0 {
				t.Errorf("%s is known nowhere", f.Example)
			}
			if _, err := ev.Trace(context.Background(), p, 7, rules.At{Lag: 4}); err != nil {
				t.Error(err)
			}
		})
	}
}
