package rules_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"assay/rules"
	"assay/rules/funcs"
	"assay/rules/rulestest"
)

// counting counts how often each plane is read.
type counting struct {
	rules.Table
	reads map[string]int
	err   error
	other *rules.Vector
}

func (c *counting) Column(ctx context.Context, name string, at rules.At) (*rules.Vector, error) {
	c.reads[fmt.Sprintf("%s %s %d", name, at.Basis, at.Lag)]++
	if c.err != nil || c.other != nil {
		return c.other, c.err
	}
	return c.Table.Column(ctx, name, at)
}

// TestOnce: a plane is read once, however many programs and peer groups need
// it, and a fixed column once for all lags.
func TestOnce(t *testing.T) {
	table := catalogue(10)
	s := scope(table)
	c := &counting{Table: table, reads: map[string]int{}}
	ev := rules.NewEvaluation(c)
	for _, text := range []string{
		"avg(roe, 2y) > 1%", "avg(roe, 3y) > 1%", "rank(avg(roe, 3y))",
		`every(roe > 1% and sector == "Energy", 2y)`, "percentile(roe, sector)",
	} {
		p := compile(t, s, text)
		eval(t, ev, p)
		eval(t, ev.WithPeers(make([]bool, 10)), p)
	}
	for plane, n := range c.reads {
		if n != 1 {
			t.Errorf("%s is read %d times", plane, n)
		}
	}
	if len(c.reads) != 4 {
		t.Errorf("read %v", c.reads)
	}
}

// TestRefs: what is read is what was announced.
func TestRefs(t *testing.T) {
	table := catalogue(3)
	s := scope(table)
	for _, f := range funcs.All() {
		p := compile(t, s, f.Example)
		c := &counting{Table: table, reads: map[string]int{}}
		eval(t, rules.NewEvaluation(c), p)
		for _, r := range p.Refs() {
			delete(c.reads, fmt.Sprintf("%s %s %d", r.Name, r.At.Basis, r.At.Lag))
		}
		if len(c.reads) > 0 {
			t.Errorf("%s reads %v unannounced", f.Example, c.reads)
		}
	}
}

func TestEvalErrors(t *testing.T) {
	table := catalogue(3)
	p := compile(t, scope(table), "roe > 1%")
	done, cancel := context.WithCancel(context.Background())
	cancel()
	broken := errors.New("disk on fire")
	for _, c := range []struct {
		name  string
		ctx   context.Context
		table counting
		want  string
	}{
		{"cancelled", done, counting{}, "context canceled"},
		{"broken", context.Background(), counting{err: broken}, "column roe: disk on fire"},
		{"short", context.Background(), counting{other: rules.Missing(rules.Number, 2, rules.Stale)}, "column roe: 2 rows, the table has 3"},
		{"kind", context.Background(), counting{other: rules.Missing(rules.Text, 3, rules.Stale)}, "column roe: the table holds a text, the program expects a number"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.table.Table, c.table.reads = table, map[string]int{}
			ev := rules.NewEvaluation(&c.table)
			_, err := ev.Eval(c.ctx, p, rules.At{})
			if err == nil || err.Error() != c.want {
				t.Errorf("Eval: %v, want %s", err, c.want)
			}
			if _, err := ev.Trace(c.ctx, p, 0, rules.At{}); err == nil || err.Error() != c.want {
				t.Errorf("Trace: %v, want %s", err, c.want)
			}
		})
	}
}

// TestTraceBound: a trace of lets that double is cut, not endless.
func TestTraceBound(t *testing.T) {
	table := catalogue(1)
	s := scope(table)
	s.Lets["x"] = compile(t, s, "roe + roe")
	for range 40 {
		s.Lets["x"] = compile(t, s, "x + x")
	}
	trace, err := rules.NewEvaluation(table).Trace(context.Background(), s.Lets["x"], 0, rules.At{})
	if err != nil {
		t.Fatal(err)
	}
	if n := size(trace); n > 20_100 {
		t.Errorf("%d nodes", n)
	}
}

func size(t *rules.Trace) int {
	n := 1
	for _, a := range t.Args {
		n += size(a)
	}
	return n
}

func Example() {
	table := rulestest.NewTable(3)
	roe := table.Add(rules.Column{Name: "roe", Unit: rules.UnitFraction})
	roe.Planes[rules.At{}] = &rules.Vector{
		F:   []float64{0.21, 0, 0.04},
		Why: []rules.Reason{rules.Known, rules.NotReported, rules.Known},
	}
	scope := rules.Scope{Env: table.Env(), Funcs: funcs.All()}

	_, errs := scope.Compile("roe > 15")
	fmt.Println(errs)

	condition, errs := scope.Compile("not (roe > 15%)")
	if errs != nil {
		fmt.Println(errs)
		return
	}
	v, err := rules.NewEvaluation(table).Eval(context.Background(), condition, rules.At{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for row := range v.Len() {
		fmt.Println(v.Verdict(row), "-", v.Reason(row))
	}
	// Output:
	// roe is a fraction: 15 would be 1500 % [E017]: did you mean 15%?
	// false - known
	// unknown - not reported
	// true - known
}

// BenchmarkScreen evaluates six conditions and a weighted rank over 10,000
// companies.
func BenchmarkScreen(b *testing.B) {
	table := catalogue(10_000)
	s := scope(table)
	programs := []*rules.Program{}
	for _, text := range []string{
		"300M <= market_cap <= 2B", "net_cash >= 0 or debt_to_equity <= 30%", "cash_and_investments / total_assets >= 10%",
		`(roic >= 12% or is_missing(roic, "undefined") and roce >= 12%) and avg(roce, 5y) >= 10%`,
		"count(roce > 8%, 5y) >= 4", `not (sector in ["Financials", "Utilities"])`,
		"0.4 * percentile(winsorize(roic, 2%, 98%)) + 0.3 * percentile(earnings_yield) + 0.2 * percentile(net_cash / market_cap) + 0.1 * percentile(roce, sector)",
	} {
		programs = append(programs, compile(b, s, text))
	}
	b.ReportAllocs()
	for b.Loop() {
		ev := rules.NewEvaluation(table)
		for _, p := range programs {
			if _, err := ev.Eval(context.Background(), p, rules.At{}); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	s := scope(catalogue(1))
	for b.Loop() {
		compile(b, s, `(roic >= 12% or is_missing(roic, "undefined") and roce >= 12%) and avg(roce, 5y) >= 10%`)
	}
}

// TestManyPeers holds places among many rows to their definition: large
// populations are sorted in another way than small ones.
func TestManyPeers(t *testing.T) {
	const rows = 3000
	r := rand.New(rand.NewPCG(3, 4))
	draws := []func() float64{
		r.NormFloat64,
		func() float64 { return float64(r.IntN(50) - 25) },
		func() float64 { return math.Ldexp(r.NormFloat64(), r.IntN(2000)-1000) },
		func() float64 { return 1e9 + float64(r.IntN(100)) },
	}
	for _, draw := range draws {
		table := rulestest.NewTable(rows)
		xs := make([]float64, rows)
		number(table, "x", rules.UnitPlain, 1, func(row, _ int) (float64, bool) {
			xs[row] = draw()
			return xs[row], true
		})
		s, ev := scope(table), rules.NewEvaluation(table)
		places, middle := eval(t, ev, compile(t, s, "rank(x)")), eval(t, ev, compile(t, s, "median_of(x)"))
		sorted := slices.Sorted(slices.Values(xs))
		if want := sorted[rows/2-1] + (sorted[rows/2]-sorted[rows/2-1])/2; middle.F[0] != want {
			t.Errorf("median %v, want %v", middle.F[0], want)
		}
		for row, x := range xs {
			above, alike := 0, 0
			for _, other := range xs {
				if other > x {
					above++
				} else if other == x {
					alike++
				}
			}
			if want := float64(above) + float64(alike+1)/2; places.F[row] != want {
				t.Fatalf("%v has the place %v, want %v", x, places.F[row], want)
			}
		}
	}
}
