package store_test

import (
	"bytes"
	"cmp"
	"database/sql"
	"slices"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/store"
)

func TestSecuritiesTakeTheMostTrustedWord(t *testing.T) {
	db := open(t)
	put(t, db, "companyfacts", &fundamentals.Rows{Companies: []fundamentals.Company{{CIK: 21535, Name: "COHU INC /facts"}}})
	put(t, db, "tickers", &fundamentals.Rows{
		Companies:  []fundamentals.Company{{CIK: 21535, Name: "COHU INC"}},
		Securities: []fundamentals.Security{{Ticker: "COHU", CIK: 21535, Name: "COHU INC", Exchange: "Nasdaq"}},
	})
	old := put(t, db, "submissions", &fundamentals.Rows{Securities: []fundamentals.Security{{Ticker: "COHU", CIK: 21535, Name: "COHU INC", SIC: 3825}}})
	put(t, db, "securities", &fundamentals.Rows{Securities: []fundamentals.Security{
		{Ticker: "COHU", CIK: 21535, Name: "Cohu, Inc."},
		{Ticker: "IWM", Name: "iShares Russell 2000", Type: "etf"},
		{Ticker: "SUM", CIK: 1621563, Name: "Summit Materials", From: day(t, "2015-03-11")},
	}})
	put(t, db, "securities", &fundamentals.Rows{Securities: []fundamentals.Security{
		{Ticker: "SUM", CIK: 1621563, Name: "Summit Materials", From: day(t, "2015-03-11"), To: day(t, "2025-02-10")},
	}})
	same(t, []fundamentals.Security{
		{Ticker: "COHU", CIK: 21535, Name: "Cohu, Inc.", Exchange: "Nasdaq", SIC: 3825},
		{Ticker: "IWM", Name: "iShares Russell 2000", Type: "etf"},
		{Ticker: "SUM", CIK: 1621563, Name: "Summit Materials", From: day(t, "2015-03-11"), To: day(t, "2025-02-10")},
	}, must(db.Securities(t.Context(), 0))(t))
	same(t, []fundamentals.Security{{Ticker: "COHU", CIK: 21535, Name: "COHU INC", Exchange: "Nasdaq", SIC: 3825}}, must(db.Securities(t.Context(), old))(t))
	same(t, []fundamentals.Company{{CIK: 21535, Name: "Cohu, Inc."}, {CIK: 1621563, Name: "Summit Materials"}}, must(db.Companies(t.Context(), 0))(t))
	same(t, []fundamentals.Company{{CIK: 21535, Name: "COHU INC"}}, must(db.Companies(t.Context(), old))(t))
}

func TestPricesByBasisAndBatch(t *testing.T) {
	db := open(t)
	split := fundamentals.Series{Ticker: "COHU", Basis: fundamentals.SplitAdjusted, BasisDate: day(t, "2024-03-08")}
	bar := fundamentals.Bar{Day: day(t, "2024-03-08"), Open: 32, High: 33, Low: 31, Close: 31.95, Volume: 1000}
	before := fundamentals.Bar{Day: day(t, "2024-03-07"), Close: 31}
	put(t, db, "prices", &fundamentals.Rows{Prices: []fundamentals.Prices{{Series: split, Bars: []fundamentals.Bar{bar, before, bar}}}})
	first := put(t, db, "splits", &fundamentals.Rows{Splits: []fundamentals.Split{{Ticker: "COHU", Date: bar.Day, Ratio: 2}}})
	fixed := bar
	fixed.Close = 32
	put(t, db, "prices", &fundamentals.Rows{
		Prices: []fundamentals.Prices{{Series: split, Bars: []fundamentals.Bar{before, fixed}}, {Series: fundamentals.Series{Ticker: "COHU"}, Bars: []fundamentals.Bar{before}}},
		Splits: []fundamentals.Split{{Ticker: "COHU", Date: bar.Day, Ratio: 3}},
	})
	series := must(db.Series(t.Context(), 0))(t)
	same(t, []fundamentals.Series{{Ticker: "COHU"}, split}, []fundamentals.Series{series[0].Series, series[1].Series})
	same(t, 1, len(must(db.Series(t.Context(), first))(t)))
	same(t, []fundamentals.Bar{before, fixed}, must(db.Bars(t.Context(), series[1].ID, 0, 0, 0))(t))
	same(t, []fundamentals.Bar{before, bar}, must(db.Bars(t.Context(), series[1].ID, 0, 0, first))(t))
	same(t, []fundamentals.Bar{fixed}, must(db.Bars(t.Context(), series[1].ID, bar.Day, bar.Day, 0))(t))
	same(t, 3.0, must(db.Splits(t.Context(), 0))(t)[0].Ratio)
	same(t, 2.0, must(db.Splits(t.Context(), first))(t)[0].Ratio)

	var closes []float64
	err := db.Closes(t.Context(), []store.SeriesID{series[1].ID, series[0].ID}, 0, 0, 0, func(c store.Closing) error {
		closes = append(closes, c.Close)
		return nil
	})
	same(t, nil, err)
	same(t, []float64{31, 32, 31}, closes)
	ranges := map[store.SeriesID][]float64{}
	add := func(r store.Range) {
		ranges[r.Series] = append(ranges[r.Series], float64(r.Day-before.Day), r.High, r.Low)
	}
	same(t, nil, db.Ranges(t.Context(), 0, 0, 0, add))
	same(t, map[store.SeriesID][]float64{series[1].ID: {1, 33, 31}}, ranges) // none of the day before, which has none
}

func TestPacksGoStaleWithTheirCompany(t *testing.T) {
	db := open(t)
	rows := func(cik fundamentals.CIK, accession string) *fundamentals.Rows {
		return &fundamentals.Rows{Company: cik, Facts: []fundamentals.Fact{cash(t, accession, "10-K", "2019-03-14", 1)}}
	}
	first := put(t, db, "companyfacts", rows(2, "a"), rows(1, "a"))
	stale := must(db.StalePacks(t.Context(), "map 1", 0))(t)
	same(t, []fundamentals.CIK{1, 2}, []fundamentals.CIK{stale[0].CIK, stale[1].CIK})
	put2 := func(keys []store.PackKey) {
		t.Helper()
		var packs []store.Pack
		for _, k := range keys {
			packs = append(packs, store.Pack{PackKey: k, Content: []byte(k.CIK.String())})
		}
		if err := db.PutPacks(t.Context(), packs); err != nil {
			t.Fatal(err)
		}
	}
	put2(stale)
	same(t, 0, len(must(db.StalePacks(t.Context(), "map 1", 0))(t)))
	same(t, 2, len(must(db.StalePacks(t.Context(), "map 2", 0))(t)))
	put(t, db, "submissions", &fundamentals.Rows{Filings: []fundamentals.Filing{{Company: 2, Accession: "b", Form: "10-Q", Filed: day(t, "2019-05-09")}}})
	stale = must(db.StalePacks(t.Context(), "map 1", 0))(t)
	same(t, 1, len(stale))
	same(t, fundamentals.CIK(2), stale[0].CIK)
	same(t, 0, len(must(db.StalePacks(t.Context(), "map 1", first))(t)))
	put2(stale)
	same(t, 1, len(must(db.StalePacks(t.Context(), "map 1", first))(t)))

	var all []store.Pack
	same(t, nil, db.Packs(t.Context(), 0, 1<<62, func(p store.Pack) error {
		p.Content = bytes.Clone(p.Content)
		all = append(all, p)
		return nil
	}))
	same(t, []string{"0000000001", "0000000002"}, []string{string(all[0].Content), string(all[1].Content)})
}

// columnsOf reads columns of a snapshot, by basis and lag.
func columnsOf(t *testing.T, db *store.DB, key store.SnapshotKey, refs ...store.ColumnRef) (list []store.Column) {
	t.Helper()
	same(t, nil, db.Columns(t.Context(), key, refs, func(c store.Column) error {
		c.Content = bytes.Clone(c.Content)
		list = append(list, c)
		return nil
	}))
	slices.SortFunc(list, func(a, b store.Column) int { return cmp.Or(cmp.Compare(a.Basis, b.Basis), cmp.Compare(a.Lag, b.Lag)) })
	return list
}

func TestColumnsAreKeptByDataVersion(t *testing.T) {
	db := open(t)
	a, b := store.ColumnRef{Name: "roic"}, store.ColumnRef{Name: "roic", Basis: 1, Lag: 4}
	column := func(r store.ColumnRef, s string) store.Column { return store.Column{ColumnRef: r, Content: []byte(s)} }
	first := put(t, db, "splits", &fundamentals.Rows{Splits: []fundamentals.Split{{Ticker: "COHU", Date: 1, Ratio: 2}}})
	key := store.SnapshotKey{Data: must(db.DataVersion(t.Context(), 0))(t), Key: "2024-03-08"}
	same(t, nil, db.PutColumns(t.Context(), store.Snapshot{SnapshotKey: key, Columns: []store.Column{column(a, "one")}}))
	same(t, nil, db.PutColumns(t.Context(), store.Snapshot{SnapshotKey: key, Columns: []store.Column{column(b, "two"), column(a, "one again")}}))
	same(t, []store.Column{column(a, "one again"), column(b, "two")}, columnsOf(t, db, key, b, store.ColumnRef{Name: "roce"}, a))
	many := []store.ColumnRef{a} // more than one statement asks for
	for lag := range 2500 {
		many = append(many, store.ColumnRef{Name: "roce", Lag: lag})
	}
	same(t, []store.Column{column(a, "one again"), column(b, "two")}, columnsOf(t, db, key, append(many, b)...))
	same(t, 0, len(columnsOf(t, db, key)))
	same(t, nil, db.PutColumns(t.Context(), store.Snapshot{SnapshotKey: store.SnapshotKey{Data: key.Data, Key: "2023-06-30"}, Columns: []store.Column{column(a, "x")}}))
	same(t, 1, len(columnsOf(t, db, key, a)))

	// The data moved on while columns of the first version were computed: they are
	// not kept, and nothing makes room for them.
	put(t, db, "splits", &fundamentals.Rows{Splits: []fundamentals.Split{{Ticker: "COHU", Date: 2, Ratio: 2}}})
	late := store.ColumnRef{Name: "roa"}
	same(t, nil, db.PutColumns(t.Context(), store.Snapshot{SnapshotKey: key, Columns: []store.Column{column(late, "late")}}))
	same(t, 1, len(columnsOf(t, db, key, a, late)))
	replay := key
	replay.UpTo = first
	same(t, nil, db.PutColumns(t.Context(), store.Snapshot{SnapshotKey: replay, Columns: []store.Column{column(late, "of the first batch")}}))
	same(t, 2, len(columnsOf(t, db, key, a, late)))

	now := store.SnapshotKey{Data: must(db.DataVersion(t.Context(), 0))(t), Key: "2024-03-08"}
	same(t, nil, db.PutColumns(t.Context(), store.Snapshot{SnapshotKey: now, Columns: []store.Column{column(a, "y")}}))
	same(t, 0, len(columnsOf(t, db, key, a, b)))
}

// When all snapshots take too much the first made go.
func TestOldSnapshotsMakeRoom(t *testing.T) {
	db := open(t)
	put(t, db, "splits", &fundamentals.Rows{Splits: []fundamentals.Split{{Ticker: "COHU", Date: 1, Ratio: 2}}})
	data := must(db.DataVersion(t.Context(), 0))(t)
	var keys []store.SnapshotKey
	one := func(key store.SnapshotKey) store.Snapshot {
		return store.Snapshot{SnapshotKey: key, Columns: []store.Column{{ColumnRef: store.ColumnRef{Name: "roic"}, Content: []byte("x")}}}
	}
	for _, day := range []string{"2024-03-06", "2024-03-07", "2024-03-08"} {
		keys = append(keys, store.SnapshotKey{Data: data, Key: day})
	}
	same(t, nil, db.PutColumns(t.Context(), one(keys[0]), one(keys[1])))
	large := func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), `UPDATE snapshot SET bytes = (1 << 30) - bytes WHERE key = '2024-03-07'`)
		return err
	}
	same(t, nil, db.Update(t.Context(), large))
	same(t, nil, db.PutColumns(t.Context(), one(keys[2])))
	kept := must(db.KeptColumns(t.Context(), keys))(t)
	same(t, []int{0, 1, 1}, []int{len(kept[0]), len(kept[1]), len(kept[2])})
}

// What a source says of the company goes before what it calls its listings, and of
// these the one that lasts counts; when each was said last does not matter, so that
// reading the same again gives the same.
func TestNamesOfOneSource(t *testing.T) {
	db := open(t)
	named := func(name string) *fundamentals.Rows {
		return &fundamentals.Rows{Companies: []fundamentals.Company{{CIK: 7, Name: name}}}
	}
	listed := func(ticker, name string, from, to fundamentals.Date) *fundamentals.Rows {
		return &fundamentals.Rows{Securities: []fundamentals.Security{{Ticker: ticker, CIK: 1326801, Name: name, From: from, To: to}}}
	}
	want := []fundamentals.Company{{CIK: 7, Name: "Seven"}, {CIK: 1326801, Name: "Meta Platforms"}}
	for range 2 {
		put(t, db, "securities", named("Six"))
		put(t, db, "securities", named("Seven"))
		put(t, db, "securities", &fundamentals.Rows{Securities: []fundamentals.Security{{Ticker: "SEV", CIK: 7, Name: "Six, class A"}}})
		put(t, db, "securities", listed("META", "Meta Platforms", day(t, "2022-06-09"), 0))
		put(t, db, "securities", listed("FB", "Facebook", day(t, "2012-05-18"), day(t, "2022-06-09")))
		same(t, want, must(db.Companies(t.Context(), 0))(t))
	}
}
