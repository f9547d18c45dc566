package rules_test

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"assay/rules"
)

// tiled repeats the rows of a table.
func tiled(all cells, times int) cells {
	var out cells
	for range times {
		out = append(out, all...)
	}
	return out
}

// TestLawChunks: a row has the value that it has in a small table, however many
// rows stand before it, and the same where it is evaluated with a few others.
func TestLawChunks(t *testing.T) {
	const few, times = 25, 90
	rapid.Check(t, func(t *rapid.T) {
		small := randomCells(drawing{t}, few)
		table, large := small.table(), tiled(small, times).table()
		ev, whole := rules.NewEvaluation(table), rules.NewEvaluation(large)
		for range 5 {
			c := randomCondition(drawing{t}, 3)
			p := compile(t, scope(table), c.text)
			all := eval(t, whole, p)
			if c.yes != nil { // of no peers
				one := eval(t, ev, p)
				for row := range large.Rows() {
					same(t, c.text, all, row, one, row%few)
				}
			}
			rows := rapid.SliceOfN(rapid.Uint32Range(0, few*times-1), 0, 3000).Draw(t, "rows")
			if rapid.Bool().Draw(t, "all") {
				rows = rows[:0]
				for row := range few * times {
					rows = append(rows, uint32(row))
				}
			}
			some := eval(t, whole.Over(rows), p)
			for i, row := range rows {
				same(t, c.text, some, i, all, int(row))
			}
			slices.Sort(rows)
			rows = slices.Compact(rows)
			var held, unsure []uint32
			for _, row := range rows {
				if all.Verdict(int(row)) == rules.True {
					held = append(held, row)
				}
				if all.Verdict(int(row)) != rules.False {
					unsure = append(unsure, row)
				}
			}
			filtered(t, whole, p, rows, false, held)
			filtered(t, whole, p, rows, true, unsure)
		}
	})
}

func filtered(t fataler, ev *rules.Evaluation, p *rules.Program, rows []uint32, orUnknown bool, want []uint32) {
	t.Helper()
	sieve := ev.Sieve()
	if err := sieve.Add(context.Background(), "c", p, orUnknown); err != nil {
		t.Fatalf("%v", err)
	}
	got, err := sieve.KeepOf(context.Background(), rows)
	if err != nil {
		t.Fatalf("%v", err)
	}
	if !slices.Equal(got, want) {
		t.Fatalf("%s: %d of %d rows are kept, want %d", p.Text(), len(got), len(rows), len(want))
	}
}

func same(t fataler, text string, a *rules.Vector, i int, b *rules.Vector, k int) {
	t.Helper()
	if a.F[i] != b.F[k] || a.Reason(i) != b.Reason(k) {
		t.Fatalf("%s: %v, %v in row %d; %v, %v in row %d", text, a.F[i], a.Reason(i), i, b.F[k], b.Reason(k), k)
	}
}

// TestOverText: texts keep their dictionary, and no rows have no values.
func TestOverText(t *testing.T) {
	table := catalogue(10)
	ev, p := rules.NewEvaluation(table), compile(t, scope(table), "sector")
	all := eval(t, ev, p)
	some := eval(t, ev.Over([]uint32{7, 0, 7}), p)
	got, want := []string{some.Text(0), some.Text(1), some.Text(2)}, []string{all.Text(7), all.Text(0), all.Text(7)}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if none := eval(t, ev.Over(nil), p); none.Len() != 0 {
		t.Errorf("%d values of no rows", none.Len())
	}
}
