package screener_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"assay/fundamentals"
	"assay/rules"
	"assay/rules/funcs"
	"assay/screener"
)

// market is a table of invented metrics m00, m01 ..., of which 8 % is missing.
type market struct {
	rows    int
	columns map[string]*rules.Vector
}

func newMarket(rows, metrics int) *market {
	r := rand.New(rand.NewPCG(1, 2))
	m := &market{rows: rows, columns: map[string]*rules.Vector{}}
	for i := range metrics {
		v := rules.Missing(rules.Number, rows, rules.NotReported)
		for row := range rows {
			if r.Float64() >= 0.08 {
				v.F[row], v.Why[row] = r.NormFloat64(), rules.Known
			}
		}
		m.columns[fmt.Sprintf("m%02d", i)] = v
	}
	return m
}

func (m *market) Names() []string { return nil }
func (m *market) Rows() int       { return m.rows }

// inventory is the environment that goes with a market.
type inventory struct{ *market }

func (m inventory) Column(name string) (rules.Column, bool) {
	_, ok := m.columns[name]
	return rules.Column{Name: name, Unit: rules.UnitPlain}, ok
}

func (m *market) Column(_ context.Context, name string, _ rules.At) (*rules.Vector, error) {
	return m.columns[name], nil
}
func (m *market) AsOf() fundamentals.Date      { return fundamentals.NewDate(2024, 3, 8) }
func (m *market) DataVersion() string          { return "d" }
func (m *market) CIK(row int) fundamentals.CIK { return fundamentals.CIK(row + 1) }
func (m *market) Ticker(int) string            { return "T" }
func (m *market) Name(int) string              { return "Company" }
func (m *market) Evidence(context.Context, int, string, rules.At) (*fundamentals.Evidence, error) {
	return nil, nil
}

// marketScreen is six conditions and the weighted percentile of four metrics.
func marketScreen(b testing.TB, m *market, passed bool) *screener.Screen {
	rule := func(text string) screener.Rule {
		p, errs := rules.Scope{Env: inventory{m}, Funcs: funcs.All()}.Compile(text)
		if len(errs) > 0 {
			b.Fatal(errs)
		}
		return screener.Rule{Name: text, Text: text, Program: p}
	}
	s := &screener.Screen{Name: "market", Text: "market", Rank: &screener.Rank{
		By:    rule("0.4 * percentile(m10) + 0.3 * percentile(m11) + 0.2 * percentile(m12) + 0.1 * percentile(m13)"),
		Limit: 50, OverPassed: passed,
	}}
	for _, text := range []string{
		"m00 > -0.5", "m01 < 0.8", "m02 >= m03 - 1", "m04 / m05 > -2", "between(m06, -1.5, 1.5)", "m07 > 0 or m08 > 0.5",
	} {
		s.Pass = append(s.Pass, screener.Condition{Rule: rule(text)})
	}
	return s
}

// BenchmarkMarket runs a screen over markets of several sizes: with all that a run
// tells, and for the list alone; over a market that keeps the order of its columns,
// and one that is seen for the first time.
func BenchmarkMarket(b *testing.B) {
	for _, rows := range []int{1_000, 10_000, 100_000, 1_000_000} {
		m := newMarket(rows, 14)
		for _, passed := range []bool{false, true} {
			screen, over := marketScreen(b, m, passed), "universe"
			if passed {
				over = "passed"
			}
			b.Run(fmt.Sprintf("run/%s/%d", over, rows), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := screener.Run(b.Context(), m, screen, screener.Options{}); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run(fmt.Sprintf("pick/%s/%d", over, rows), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := screener.Pick(b.Context(), m, screen); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		screen := marketScreen(b, m, false)
		b.Run(fmt.Sprintf("pick/unseen/%d", rows), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := screener.Pick(b.Context(), m.unseen(), screen); err != nil {
					b.Fatal(err)
				}
			}
		})
		screen = marketScreen(b, m, true)
		screen.Rank = nil
		b.Run(fmt.Sprintf("filter/%d", rows), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := screener.Pick(b.Context(), m, screen); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// unseen returns a market of the same values of which no order is kept.
func (m *market) unseen() *market {
	out := &market{rows: m.rows, columns: map[string]*rules.Vector{}}
	for name, v := range m.columns {
		out.columns[name] = &rules.Vector{Kind: v.Kind, F: v.F, Why: v.Why}
	}
	return out
}

// BenchmarkPanel picks from 300 month-ends of 8,000 companies, two at a time, each
// of which is seen for the first time.
func BenchmarkPanel(b *testing.B) {
	const dates, workers, kept = 300, 2, 6
	var months [kept]*market
	for i := range months {
		months[i] = newMarket(8000, 14)
	}
	screen := marketScreen(b, months[0], false)
	for b.Loop() {
		var group sync.WaitGroup
		for w := range workers {
			group.Go(func() {
				for date := w; date < dates; date += workers {
					if _, err := screener.Pick(b.Context(), months[date%kept].unseen(), screen); err != nil {
						b.Error(err)
					}
				}
			})
		}
		group.Wait()
	}
}
