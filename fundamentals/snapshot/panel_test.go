package snapshot_test

import (
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/rules"
)

// The tables of a panel are those of their dates, whatever they were said to be read
// for.
func TestLawPanelIsTheTablesOfItsDates(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		db := newDB(t, rt)
		take(t, rt, db, universe(rt)...)
		var dates []fundamentals.Date
		for _, day := range rapid.SliceOfN(rapid.IntRange(50, 780), 1, 12).Draw(rt, "days") {
			dates = append(dates, firstDay+fundamentals.Date(day))
		}
		slices.Sort(dates)
		all := planes(rt)
		var reads []rules.Ref
		for _, ref := range all {
			if rapid.IntRange(0, 9).Draw(rt, "read") > 0 {
				reads = append(reads, ref)
			}
		}
		var one sync.Mutex
		seen := make([]bool, len(dates))
		err := snapshot.Panel(t.Context(), db, dates, snapshot.Options{}, reads, func(i int, table *snapshot.Table) error {
			one.Lock()
			defer one.Unlock()
			seen[i] = true
			plain := open(t, rt, db, dates[i])
			same(t, rt, plain, table, all, "the panel's table of "+dates[i].String())
			if !slices.Equal(plain.Notices(), table.Notices()) || plain.DataVersion() != table.DataVersion() || plain.AsOf() != table.AsOf() {
				rt.Fatalf("%s, %s: notices %q, not %q", plain.AsOf(), table.AsOf(), table.Notices(), plain.Notices())
			}
			for row := range plain.Rows() {
				if plain.CIK(row) != table.CIK(row) || plain.Ticker(row) != table.Ticker(row) || plain.Name(row) != table.Name(row) {
					rt.Fatalf("row %d is another company", row)
				}
			}
			return nil
		})
		if err != nil {
			rt.Fatal(err)
		}
		if slices.Contains(seen, false) {
			rt.Fatalf("tables of %v, not of all", seen)
		}
	})
}

// A table made for what will be read of it is the plain one, and is kept as that is.
func TestLawReadsChangeNoTable(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		db := newDB(t, rt)
		take(t, rt, db, universe(rt)...)
		asOf := firstDay + fundamentals.Date(rapid.IntRange(50, 780).Draw(rt, "as of"))
		opts := snapshot.Options{}
		if rapid.Bool().Draw(rt, "prices of another day") {
			opts.PricesOn = asOf + fundamentals.Date(rapid.IntRange(-60, 60).Draw(rt, "days"))
		}
		all := planes(rt)
		plain, err := snapshot.Open(t.Context(), db, asOf, opts)
		if err != nil {
			rt.Fatal(err)
		}
		opts.Reads = all[:rapid.IntRange(1, len(all)).Draw(rt, "reads")]
		table, err := snapshot.Open(t.Context(), db, asOf, opts)
		if err != nil {
			rt.Fatal(err)
		}
		same(t, rt, plain, table, all, "made for what is read")
		if err := table.Save(t.Context()); err != nil {
			rt.Fatal(err)
		}
		kept, err := snapshot.Open(t.Context(), db, asOf, opts)
		if err != nil {
			rt.Fatal(err)
		}
		same(t, rt, plain, kept, all, "kept")
	})
}
