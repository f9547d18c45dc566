package snapshot_test

import (
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
	"assay/rules"
)

// The tables of a panel are those of their dates, whatever they were said to be read
// for, and whatever earlier panels and tables kept of them, before more data came or
// after.
func TestLawPanelIsTheTablesOfItsDates(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		db, other := newDB(t, rt), newDB(t, rt) // in which nothing is kept
		data := universe(rt)
		later := data[len(data)-rapid.IntRange(0, 2).Draw(rt, "later"):]
		take(t, rt, db, data[:len(data)-len(later)]...)
		take(t, rt, other, data[:len(data)-len(later)]...)
		var dates []fundamentals.Date
		for _, day := range rapid.SliceOfN(rapid.IntRange(50, 780), 1, 12).Draw(rt, "days") {
			dates = append(dates, firstDay+fundamentals.Date(day))
		}
		slices.Sort(dates)
		all := planes(rt)
		for range 3 {
			if rapid.Bool().Draw(rt, "more data") {
				take(t, rt, db, later...)
				take(t, rt, other, later...)
				later = nil
			}
			var reads []rules.Ref
			for _, ref := range all {
				if rapid.IntRange(0, 9).Draw(rt, "read") > 0 {
					reads = append(reads, ref)
				}
			}
			asked := all
			if rapid.Bool().Draw(rt, "little is asked") {
				asked = all[:rapid.IntRange(0, len(all)).Draw(rt, "asked")]
			}
			panelIsTables(t, rt, db, other, dates, reads, asked)
		}
	})
}

func panelIsTables(t *testing.T, rt *rapid.T, db, other *store.DB, dates []fundamentals.Date, reads, asked []rules.Ref) {
	var one sync.Mutex
	seen := make([]bool, len(dates))
	err := snapshot.Panel(t.Context(), db, dates, snapshot.Options{}, reads, func(i int, table *snapshot.Table) error {
		one.Lock()
		defer one.Unlock()
		seen[i] = true
		plain := open(t, rt, other, dates[i])
		same(t, rt, plain, table, asked, "the panel's table of "+dates[i].String())
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
}

// A panel reads what an earlier one kept and computes what is missing, and that alone;
// a table of its own date reads it too.
func TestPanelKeepsAndReads(t *testing.T) {
	db, r := newDB(t, t), rand.New(rand.NewPCG(1, 2))
	take(t, t, db, invent(r, 1, 8)...)
	dates := []fundamentals.Date{firstDay + 500, firstDay + 600}
	assets, equity := rules.Ref{Name: "total_assets"}, rules.Ref{Name: "total_equity"}
	panel := func(reads ...rules.Ref) (values []string) {
		values = make([]string, len(dates))
		err := snapshot.Panel(t.Context(), db, dates, snapshot.Options{}, reads, func(i int, table *snapshot.Table) error {
			for _, ref := range reads {
				v, err := table.Column(t.Context(), ref.Name, ref.At)
				if err != nil {
					return err
				}
				values[i] += fmt.Sprintf("%s %v ", ref.Name, v.Value(0))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return values
	}
	first := panel(assets)
	// What is kept is now something else, so that who reads it can be told.
	mark := func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), `UPDATE snapshot_column SET content = (SELECT content FROM snapshot_column c
			WHERE c.snapshot = snapshot_column.snapshot AND name = 'cik') WHERE name = 'total_assets'`)
		return err
	}
	if err := db.Update(t.Context(), mark); err != nil {
		t.Fatal(err)
	}
	second := panel(assets, equity)
	for i, date := range dates {
		table := open(t, t, db, date)
		v, err := table.Column(t.Context(), "total_equity", rules.At{})
		if err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf("total_assets %v total_equity %v ", rules.Num(1), v.Value(0))
		if second[i] != want || strings.HasPrefix(second[i], first[i]) || v.Reason(0) != rules.Known {
			t.Errorf("%s: first %s, then %s, want %s", date, first[i], second[i], want)
		}
	}
}

// Where nothing can be kept the tables are there all the same, and it is told.
func TestPanelUnkept(t *testing.T) {
	db, r := newDB(t, t), rand.New(rand.NewPCG(1, 2))
	take(t, t, db, invent(r, 1, 8)...)
	if err := snapshot.Refresh(t.Context(), db, nil); err != nil {
		t.Fatal(err)
	}
	dates, tables := make([]fundamentals.Date, 30), atomic.Int32{} // more than one pass
	for i := range dates {
		dates[i] = firstDay + 400 + fundamentals.Date(i)
	}
	refuse := func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), `CREATE TRIGGER full BEFORE INSERT ON snapshot_column BEGIN SELECT raise(ABORT, 'the disk is full'); END`)
		return err
	}
	if err := db.Update(t.Context(), refuse); err != nil {
		t.Fatal(err)
	}
	err := snapshot.Panel(t.Context(), db, dates, snapshot.Options{}, nil, func(_ int, table *snapshot.Table) error {
		tables.Add(int32(table.Rows()))
		return nil
	})
	want := "nothing was kept for the next run: keep columns: snapshot " + dates[0].String() + " " + snapshot.Catalogue() + " 0 0: the disk is full"
	if !errors.Is(err, snapshot.ErrUnkept) || err.Error() != want || tables.Load() != 30 {
		t.Errorf("%d tables, %v, want %s", tables.Load(), err, want)
	}
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
		same(t, rt, plain, table, all[:rapid.IntRange(0, len(all)).Draw(rt, "asked")], "made for what is read")
		if err := table.Save(t.Context()); err != nil {
			rt.Fatal(err)
		}
		opts.Reads = all[rapid.IntRange(0, len(all)-1).Draw(rt, "not read"):]
		kept, err := snapshot.Open(t.Context(), db, asOf, opts)
		if err != nil {
			rt.Fatal(err)
		}
		same(t, rt, plain, kept, all, "kept")
	})
}
