package rules_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"assay/rules"
	"assay/rules/rulestest"
)

// TestLawOver: some rows have the values that they have among all, whoever is a
// peer, and however often their table was asked before.
func TestLawOver(t *testing.T) {
	const few, times = 20, 60
	rapid.Check(t, func(t *rapid.T) {
		cells := tiled(randomCells(drawing{t}, few), times)
		seen, unseen := cells.table(), cells.table()
		peers := randomRows(t, few*times)
		rows := rapid.SliceOfN(rapid.Uint32Range(0, few*times-1), 0, 700).Draw(t, "rows")
		if rapid.IntRange(0, 3).Draw(t, "over the peers") == 0 {
			rows = peers
		}
		for range 4 {
			p := compile(t, scope(seen), conditions(t, 2))
			all := eval(t, rules.NewEvaluation(seen).Among(peers), p)
			for _, table := range []*rulestest.Table{unseen, unseen, seen} {
				some := eval(t, rules.NewEvaluation(table).Among(peers).Over(rows), p)
				for i, row := range rows {
					same(t, p.Text(), some, i, all, int(row))
				}
			}
		}
	})
}

// randomRows draws some rows, in ascending order and each once: few, many or all.
func randomRows(t *rapid.T, of int) (rows []uint32) {
	share := rapid.SampledFrom([]int{0, 10, 50, 90, 100}).Draw(t, "share")
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
	for row := range of {
		if r.IntN(100) < share {
			rows = append(rows, uint32(row))
		}
	}
	return rows
}

// TestLawSieve: a sieve keeps the rows that meet all conditions by the verdicts of
// each.
func TestLawSieve(t *testing.T) {
	const few, times = 20, 60
	rapid.Check(t, func(t *rapid.T) {
		table := tiled(randomCells(drawing{t}, few), times).table()
		plain, sieve := rules.NewEvaluation(table), rules.NewEvaluation(table).Sieve()
		some, rows := rapid.Bool().Draw(t, "some rows"), randomRows(t, few*times)
		kept := make([]bool, few*times)
		for row := range kept {
			kept[row] = !some
		}
		for _, row := range rows {
			kept[row] = true
		}
		texts := ""
		for range rapid.IntRange(0, 4).Draw(t, "conditions") {
			text, orUnknown := conditions(t, 3), rapid.Bool().Draw(t, "or unknown")
			if rapid.IntRange(0, 2).Draw(t, "bands") == 0 {
				text = bands(t, 2)
			}
			p := compile(t, scope(table), text)
			if err := sieve.Add(context.Background(), "c", p, orUnknown); err != nil {
				t.Fatal(err)
			}
			v := eval(t, plain, p)
			for row := range kept {
				kept[row] = kept[row] && (v.Verdict(row) == rules.True || orUnknown && v.Verdict(row) == rules.Unknown)
			}
			texts += text + "\n"
		}
		var want []uint32
		for row, is := range kept {
			if is {
				want = append(want, uint32(row))
			}
		}
		before := slices.Clone(rows)
		for range 9 { // columns that are asked often are looked up in their order
			got, err := sieve.Keep(context.Background())
			if some {
				got, err = sieve.KeepOf(context.Background(), rows)
			}
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, want) || !slices.Equal(rows, before) {
				t.Fatalf("%s: %d rows are kept, want %d", texts, len(got), len(want))
			}
		}
	})
}

// bands draws limits of columns and what joins them.
func bands(t *rapid.T, depth int) string {
	if depth == 0 || rapid.Bool().Draw(t, "one") {
		return fmt.Sprintf("%s %s %d", one(drawing{t}, columns...), one(drawing{t}, operators...), rapid.IntRange(-2, 2).Draw(t, "limit"))
	}
	return fmt.Sprintf("%s(%s %s %s)", rapid.SampledFrom([]string{"", "not "}).Draw(t, "turn"), bands(t, depth-1),
		rapid.SampledFrom([]string{"and", "or"}).Draw(t, "joint"), bands(t, depth-1))
}

// TestSieveNames: what cannot be read is told with the name of the condition, be
// it read before or when the rows are known.
func TestSieveNames(t *testing.T) {
	table := catalogue(3)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for text, want := range map[string]string{"roe > 1%": "steady: context canceled", "abs(roe) > 1%": "steady: context canceled"} {
		sieve := rules.NewEvaluation(table).Sieve()
		p := compile(t, scope(table), text)
		err := sieve.Add(ctx, "steady", p, false)
		if err == nil {
			_, err = sieve.Keep(ctx)
		}
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// TestPlaces holds places to their definition: among many and few, of numbers of
// all sizes and of such as are alike, for all rows and for some, asked once and
// again.
func TestPlaces(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	draws := map[string]func() float64{
		"normal": r.NormFloat64,
		"alike":  func() float64 { return float64(r.IntN(50) - 25) },
		"sizes":  func() float64 { return math.Ldexp(r.NormFloat64(), r.IntN(2000)-1000) },
		"money":  func() float64 { return 1e9 * math.Exp(2.5*r.NormFloat64()) },
		"close":  func() float64 { return 1e9 + float64(r.IntN(3000))/1024 },
		"cluster": func() float64 {
			if r.IntN(1000) == 0 {
				return 1e-300
			}
			return 1 + r.Float64()/1e6
		},
		"nought": func() float64 { return max(0, r.NormFloat64()) * float64(1-2*r.IntN(2)) }, // minus zero too
		"one":    func() float64 { return 7 },
	}
	for name, draw := range draws {
		for _, rows := range []int{20, 900, 5000, 70_000} {
			t.Run(fmt.Sprint(name, rows), func(t *testing.T) {
				table := rulestest.NewTable(rows)
				number(table, "x", rules.UnitPlain, 1, func(_, _ int) (float64, bool) { return draw(), r.IntN(12) > 0 })
				column, _ := table.Column(context.Background(), "x", rules.At{})
				p := compile(t, scope(table), "rank(x)")
				third, tenth := []uint32{}, []uint32{}
				for row := range uint32(rows) {
					if row%3 != 0 {
						third = append(third, row)
					}
					if r.IntN(10) == 0 {
						tenth = append(tenth, row)
					}
				}
				for range 3 {
					for _, peers := range [][]uint32{nil, third, tenth} {
						ev := rules.NewEvaluation(table)
						if peers != nil {
							ev = ev.Among(peers)
						}
						placed(t, column, peers, tenth, eval(t, ev.Over(tenth), p))
					}
				}
				placed(t, column, nil, nil, eval(t, rules.NewEvaluation(table), p))
			})
		}
	}
}

// placed wants the ranks of rows among peers; nil stands for all rows.
func placed(t *testing.T, x *rules.Vector, peers, rows []uint32, got *rules.Vector) {
	t.Helper()
	all := make([]uint32, x.Len())
	for row := range all {
		all[row] = uint32(row)
	}
	if peers == nil {
		peers = all
	}
	if rows == nil {
		rows = all
	}
	var known []float64
	for _, row := range peers {
		if x.Reason(int(row)) == rules.Known {
			known = append(known, x.F[row])
		}
	}
	slices.Sort(known)
	for i, row := range rows {
		want := rules.None(x.Reason(int(row)))
		if _, is := slices.BinarySearch(peers, row); !is {
			want = rules.None(rules.NotApplicable)
		} else if want.Why == rules.Known {
			below, _ := slices.BinarySearch(known, x.F[row])
			upTo, _ := slices.BinarySearch(known, math.Nextafter(x.F[row], math.Inf(1)))
			want = rules.Num(float64(len(known)-upTo) + float64(upTo-below+1)/2)
		}
		if got.Value(i) != want {
			t.Fatalf("row %d, %v, has the rank %v, want %v", row, x.F[row], got.Value(i), want)
		}
	}
}

// TestSharedTable: evaluations that run at once share what a table keeps.
func TestSharedTable(t *testing.T) {
	table := catalogue(5000)
	p := compile(t, scope(table), "percentile(roe) + percentile(roic)")
	rows := []uint32{1, 5, 4000}
	want := eval(t, rules.NewEvaluation(catalogue(5000)), p)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 20 {
				some := eval(t, rules.NewEvaluation(table).Over(rows), p)
				for i, row := range rows {
					if some.Value(i) != want.Value(int(row)) {
						t.Errorf("row %d is %v, want %v", row, some.Value(i), want.Value(int(row)))
					}
				}
			}
		})
	}
	group.Wait()
}
