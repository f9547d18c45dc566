package rules_test

import (
	"context"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"assay/rules"
)

// TestLawBorrow: values in space that others filled before are those in memory of
// their own, whoever is asked about.
func TestLawBorrow(t *testing.T) {
	const few, times = 20, 40
	rapid.Check(t, func(t *rapid.T) {
		table := tiled(randomCells(drawing{t}, few), times).table()
		plain := rules.NewEvaluation(table)
		for range 3 {
			peers, rows := randomRows(t, few*times), randomRows(t, few*times)
			ev := rules.NewEvaluation(table)
			giveBack := ev.Borrow()
			among, own := ev.Among(peers), plain.Among(peers)
			for range 3 {
				p := compile(t, scope(table), conditions(t, 3))
				want := eval(t, own, p)
				some, all := eval(t, among.Over(rows), p), eval(t, among, p)
				for i, row := range rows {
					same(t, p.Text(), some, i, want, int(row))
				}
				for row := range all.F {
					same(t, p.Text(), all, row, want, row)
				}
			}
			giveBack()
		}
	})
}

// TestSieveOfNone: no rows are no rows, not all of them, also in the first space
// that is ever lent.
func TestSieveOfNone(t *testing.T) {
	table := catalogue(10)
	p := compile(t, scope(table), "roic > 0 or is_missing(roic) or roic <= 0")
	for range 2 {
		runtime.GC() // the second time, what was given back is gone
		ev := rules.NewEvaluation(table)
		giveBack := ev.Borrow()
		kept := []uint32{}
		for range 3 {
			sieve := ev.Sieve()
			if err := sieve.Add(context.Background(), "c", p, false); err != nil {
				t.Fatal(err)
			}
			var err error
			if kept, err = sieve.KeepOf(context.Background(), kept); err != nil || len(kept) > 0 {
				t.Errorf("of no rows %v are kept, %v", kept, err)
			}
			all, err := sieve.Keep(context.Background())
			if want := []uint32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}; err != nil || !slices.Equal(all, want) {
				t.Errorf("%v are kept, %v, want %v", all, err, want)
			}
		}
		giveBack()
	}
}
