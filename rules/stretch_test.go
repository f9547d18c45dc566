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

// edges are numbers at which orders and limits could part.
var edges = []float64{0, math.Copysign(0, -1), 1, -1, 1.5, 2, -2, 5e-324, -5e-324, 1e300, -1e300, math.MaxFloat64, -math.MaxFloat64}

// edgy makes a table of so many rows, of numbers, dates and truths of which none, some
// or all are missing.
func edgy(r *rand.Rand, rows int) *rulestest.Table {
	t := rulestest.NewTable(rows)
	for _, c := range []struct {
		rules.Column
		missing int // of 100
		draw    func() float64
	}{
		{rules.Column{Name: "x", Unit: rules.UnitPlain}, 10, func() float64 { return edges[r.IntN(len(edges))] }},
		{rules.Column{Name: "sure", Unit: rules.UnitPlain}, 0, func() float64 { return float64(r.IntN(7)-3) / 2 }},
		{rules.Column{Name: "none", Unit: rules.UnitPlain}, 100, nil},
		{rules.Column{Name: "one", Unit: rules.UnitPlain}, 30, func() float64 { return 1 }},
		{rules.Column{Name: "wide", Unit: rules.UnitPlain}, 5, func() float64 { return 3 * r.NormFloat64() }},
		{rules.Column{Name: "is", Kind: rules.Bool}, 20, func() float64 { return float64(r.IntN(2)) }},
		{rules.Column{Name: "day", Kind: rules.Date}, 20, func() float64 { return float64(19_783 + r.IntN(5)) }}, // from 2024-03-01
	} {
		v := &rules.Vector{Kind: c.Kind, F: make([]float64, rows)}
		if c.missing > 0 || r.IntN(2) == 0 { // reasons that are all Known are as good as none
			v.Why = make([]rules.Reason, rows)
		}
		for row := range v.F {
			if r.IntN(100) < c.missing {
				v.Why[row] = rules.NotReported
			} else {
				v.F[row] = c.draw()
			}
		}
		t.Add(c.Column).Planes[rules.At{}] = v
	}
	return t
}

// edgyBand draws limits of the columns of an edgy table, and what joins them.
func edgyBand(r *rand.Rand, depth int) string {
	if depth > 0 && r.IntN(2) == 0 {
		return fmt.Sprintf("%s(%s %s %s)", []string{"", "not "}[r.IntN(2)], edgyBand(r, depth-1), []string{"and", "or"}[r.IntN(2)], edgyBand(r, depth-1))
	}
	op := []string{"<", "<=", ">", ">=", "==", "!="}[r.IntN(6)]
	switch r.IntN(5) {
	case 0:
		return []string{"is", "not is"}[r.IntN(2)]
	case 1:
		return fmt.Sprintf("day %s date(\"2024-03-0%d\")", op, 1+r.IntN(6))
	case 2:
		return fmt.Sprintf("%d <= sure %s %d", -r.IntN(3), "and sure <=", r.IntN(3))
	}
	limit := []string{"0", "-0", "1", "-1", "1.5", "2", "-2", "1e300", "-1e300", "0.000001"}[r.IntN(10)]
	return fmt.Sprintf("%s %s %s", []string{"x", "sure", "none", "one", "wide"}[r.IntN(5)], op, limit)
}

// stretched asks a table again and again who meets all conditions, of all and of some
// rows.
func stretched(table *rulestest.Table, programs []*rules.Program, orUnknown bool, rows, wantAll, wantSome []uint32) error {
	for range 5 {
		ev := rules.NewEvaluation(table)
		giveBack := ev.Borrow()
		sieve := ev.Sieve()
		for _, p := range programs {
			if err := sieve.Add(context.Background(), "c", p, orUnknown); err != nil {
				return err
			}
		}
		for range 2 {
			all, err := sieve.Keep(context.Background())
			if err != nil || !slices.Equal(all, wantAll) {
				return fmt.Errorf("of all rows %v are kept, want %v, %w", all, wantAll, err)
			}
			some, err := sieve.KeepOf(context.Background(), rows)
			if err != nil || !slices.Equal(some, wantSome) {
				return fmt.Errorf("of %d rows %v are kept, want %v, %w", len(rows), some, wantSome, err)
			}
		}
		giveBack()
	}
	return nil
}

// TestLawStretches: columns that keep their order leave the rows that comparing number
// by number leaves, in tables of all sizes that were or were not asked before, by one
// who asks alone or by several at once.
func TestLawStretches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		r := rand.New(rand.NewPCG(seed, 0))
		size := rapid.SampledFrom([]int{0, 1, 2, 63, 64, 65, 511, 512, 513, 576, 1023, 1024, 1025, 2500}).Draw(t, "rows")
		table := edgy(r, size)
		plain := rules.NewEvaluation(edgy(rand.New(rand.NewPCG(seed, 0)), size)) // shares no order with it
		rows := randomRows(t, size)
		programs, orUnknown := []*rules.Program{}, rapid.Bool().Draw(t, "or unknown")
		texts := ""
		for range rapid.IntRange(1, 4).Draw(t, "conditions") {
			text := edgyBand(r, 3)
			if r.IntN(4) == 0 {
				text = "wide > -2 and rank(wide) <= 300" // by the places of the same column
			}
			programs, texts = append(programs, compile(t, scope(table), text)), texts+text+"\n"
		}
		var wantAll, wantSome []uint32
		for row := range uint32(size) {
			meets := !slices.ContainsFunc(programs, func(p *rules.Program) bool {
				verdict := eval(t, plain, p).Verdict(int(row))
				return verdict == rules.False || verdict == rules.Unknown && !orUnknown
			})
			if _, some := slices.BinarySearch(rows, row); meets {
				wantAll = append(wantAll, row)
				if some {
					wantSome = append(wantSome, row)
				}
			}
		}
		warm := rules.NewEvaluation(table).Sieve() // of others, who asked before and want no places
		if err := warm.Add(context.Background(), "w", compile(t, scope(table), "wide > 0"), false); err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(0, 8).Draw(t, "asked before") {
			if _, err := warm.Keep(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		errs := make([]error, rapid.IntRange(1, 3).Draw(t, "at once"))
		var group sync.WaitGroup
		for i := range errs {
			group.Go(func() { errs[i] = stretched(table, programs, orUnknown, rows, wantAll, wantSome) })
		}
		group.Wait()
		for _, err := range errs {
			if err != nil {
				t.Fatalf("%s%v", texts, err)
			}
		}
	})
}
