package rules_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"assay/rules"
	"assay/rules/rulestest"
)

// market is a table of invented metrics m00, m01 ..., of which 8 % is missing.
func market(rows, metrics int) *rulestest.Table {
	t := rulestest.NewTable(rows)
	r := rand.New(rand.NewPCG(1, 2))
	for m := range metrics {
		number(t, fmt.Sprintf("m%02d", m), rules.UnitPlain, 1, func(_, _ int) (float64, bool) {
			return r.NormFloat64(), r.Float64() >= 0.08
		})
	}
	return t
}

// screenOf is six conditions and the weighted percentile of four metrics.
func screenOf(t fataler, table *rulestest.Table) (conditions []*rules.Program, score *rules.Program) {
	s := scope(table)
	for _, text := range []string{
		"m00 > -0.5", "m01 < 0.8", "m02 >= m03 - 1", "m04 / m05 > -2", "between(m06, -1.5, 1.5)", "m07 > 0 or m08 > 0.5",
	} {
		conditions = append(conditions, compile(t, s, text))
	}
	return conditions, compile(t, s, "0.4 * percentile(m10) + 0.3 * percentile(m11) + 0.2 * percentile(m12) + 0.1 * percentile(m13)")
}

// passing evaluates the conditions and returns who meets them all.
func passing(b *testing.B, ev *rules.Evaluation, conditions []*rules.Program, rows int) []bool {
	mask := make([]bool, rows)
	for i := range mask {
		mask[i] = true
	}
	for _, c := range conditions {
		v, err := ev.Eval(context.Background(), c, rules.At{})
		if err != nil {
			b.Fatal(err)
		}
		for i := range mask {
			mask[i] = mask[i] && v.Verdict(i) == rules.True
		}
	}
	return mask
}

// sieved returns the rows that meet the conditions.
func sieved(b *testing.B, ev *rules.Evaluation, conditions []*rules.Program) []uint32 {
	sieve := ev.Sieve()
	for _, c := range conditions {
		if err := sieve.Add(context.Background(), c.Text(), c, false); err != nil {
			b.Fatal(err)
		}
	}
	rows, err := sieve.Keep(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	return rows
}

// BenchmarkSieve filters markets of several sizes, and ranks who is left.
func BenchmarkSieve(b *testing.B) {
	for _, rows := range []int{1_000, 10_000, 100_000, 1_000_000} {
		table := market(rows, 14)
		conditions, score := screenOf(b, table)
		run := func(name string, rank func(ev *rules.Evaluation, rows []uint32) *rules.Evaluation) {
			b.Run(fmt.Sprintf("%s/%d", name, rows), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					ev := rules.NewEvaluation(table)
					left := sieved(b, ev, conditions)
					if ev = rank(ev, left); ev == nil {
						continue
					}
					if _, err := ev.Eval(context.Background(), score, rules.At{}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		run("filter", func(*rules.Evaluation, []uint32) *rules.Evaluation { return nil })
		run("universe", func(ev *rules.Evaluation, left []uint32) *rules.Evaluation { return ev.Over(left) })
		run("passed", func(ev *rules.Evaluation, left []uint32) *rules.Evaluation { return ev.Among(left).Over(left) })
	}
}

// BenchmarkMarket filters and ranks markets of several sizes, all rows of them.
func BenchmarkMarket(b *testing.B) {
	for _, rows := range []int{1_000, 10_000, 100_000, 1_000_000} {
		table := market(rows, 14)
		conditions, score := screenOf(b, table)
		run := func(name string, over func(ev *rules.Evaluation, mask []bool)) {
			b.Run(fmt.Sprintf("%s/%d", name, rows), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					ev := rules.NewEvaluation(table)
					over(ev, passing(b, ev, conditions, rows))
				}
			})
		}
		rank := func(ev *rules.Evaluation) {
			if _, err := ev.Eval(context.Background(), score, rules.At{}); err != nil {
				b.Fatal(err)
			}
		}
		run("filter", func(*rules.Evaluation, []bool) {})
		run("universe", func(ev *rules.Evaluation, _ []bool) { rank(ev) })
		run("passed", func(ev *rules.Evaluation, mask []bool) { rank(ev.WithPeers(mask)) })
	}
}
