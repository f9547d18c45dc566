package store_test

import (
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/store"
)

func said(t *testing.T, column, unit string, cik fundamentals.CIK, knownOn string, value float64) *fundamentals.Rows {
	return &fundamentals.Rows{UserValues: []fundamentals.UserValue{
		{Column: fundamentals.UserColumn{Name: column, Unit: unit}, CIK: cik, Owner: cik, KnownOn: day(t, knownOn), Value: value, Line: 2},
	}}
}

func values(t *testing.T, db *store.DB, on string, upTo fundamentals.Batch) (list []float64) {
	t.Helper()
	for _, w := range must(db.UserValues(t.Context(), fundamentals.UserColumn{Name: "target", Unit: "USD/share"}, day(t, on), upTo))(t) {
		list = append(list, w.Value)
	}
	return list
}

func TestUserValues(t *testing.T) {
	db := open(t)
	first := put(t, db, "columns", said(t, "target", "USD/share", 1, "2024-01-05", 50))
	same(t, first, put(t, db, "columns", said(t, "target", "USD/share", 1, "2024-01-05", 50))-1)
	version := must(db.DataVersion(t.Context(), 0))(t)
	put(t, db, "columns", said(t, "target", "USD/share", 1, "2024-03-05", 60), said(t, "target", "USD/share", 1, "2024-01-05", 55))
	same(t, []float64(nil), values(t, db, "2024-01-04", 0))
	same(t, []float64{55}, values(t, db, "2024-01-05", 0)) // the later batch corrects it
	same(t, []float64{50}, values(t, db, "2024-01-05", first))
	same(t, []float64{55, 60}, values(t, db, "2024-03-05", 0))
	same(t, []float64{50}, values(t, db, "2024-03-05", first))
	same(t, version, must(db.DataVersion(t.Context(), first))(t)) // the second time said nothing new
	same(t, false, version == must(db.DataVersion(t.Context(), 0))(t))
	words := must(db.UserValues(t.Context(), fundamentals.UserColumn{Name: "target", Unit: "USD/share"}, day(t, "2024-03-05"), 0))(t)
	same(t, "file", words[0].File)
	same(t, 2, words[0].Line)
	same(t, []fundamentals.UserColumn{{Name: "target", Unit: "USD/share"}}, must(db.UserColumns(t.Context(), 0))(t))
}

// Who names a company by its number speaks of the one that another word names by
// ticker: the later word counts, and what it overruled can come back.
func TestUserValuesOfOneCompanyUnderTwoNames(t *testing.T) {
	db := open(t)
	byTicker, byNumber := said(t, "target", "USD/share", 0, "2024-01-05", 50), said(t, "target", "USD/share", 1, "2024-01-05", 55)
	byTicker.UserValues[0].Ticker, byTicker.UserValues[0].Owner = "T", 1
	put(t, db, "columns", byTicker)
	put(t, db, "columns", byNumber)
	before := must(db.DataVersion(t.Context(), 0))(t)
	last := put(t, db, "columns", byTicker)
	words := must(db.UserValues(t.Context(), fundamentals.UserColumn{Name: "target", Unit: "USD/share"}, day(t, "2024-03-05"), 0))(t)
	same(t, 2, len(words))
	same(t, []float64{50, 55}, []float64{words[0].Value, words[1].Value})
	same(t, []fundamentals.Batch{last, last - 1}, []fundamentals.Batch{words[0].Batch, words[1].Batch})
	same(t, false, before == must(db.DataVersion(t.Context(), 0))(t))
}

func TestAColumnHasOneUnit(t *testing.T) {
	db := open(t)
	put(t, db, "columns", said(t, "target", "USD/share", 1, "2024-01-05", 50))
	batch := must(db.StartBatch(t.Context(), "columns", "", ""))(t)
	_, err := db.Take(t.Context(), batch, fundamentals.SourceFile{Kind: "columns", Name: "b.csv"}, seq(nil, said(t, "target", "plain", 1, "2024-01-06", 1)), remember)
	same(t, "b.csv: column target is [USD/share] in the database, and [plain] here", err.Error())
}

// What is derived from facts and prices stays kept when the user brings columns.
func TestUserColumnsLeaveKeptColumns(t *testing.T) {
	db := open(t)
	put(t, db, "securities", &fundamentals.Rows{Securities: []fundamentals.Security{{Ticker: "A", CIK: 1}}})
	all, others, err := db.Versions(t.Context(), 0, 0)
	same(t, nil, err)
	same(t, all, others)
	key := store.SnapshotKey{Data: others, Key: "day"}
	ref := store.ColumnRef{Name: "price"}
	same(t, nil, db.PutColumns(t.Context(), store.Snapshot{SnapshotKey: key, Columns: []store.Column{{ColumnRef: ref, Content: []byte("x")}}}))
	put(t, db, "columns", said(t, "target", "USD/share", 1, "2024-01-05", 50))
	now, still, err := db.Versions(t.Context(), 0, 0)
	same(t, nil, err)
	same(t, false, now == all)
	same(t, others, still)
	same(t, 1, len(columnsOf(t, db, key, ref)))
	// Also of an overruling word.
	put(t, db, "columns", said(t, "target", "USD/share", 1, "2024-01-05", 51))
	_, still, _ = db.Versions(t.Context(), 0, 0)
	same(t, others, still)
	same(t, nil, db.PutColumns(t.Context(), store.Snapshot{SnapshotKey: key, Columns: []store.Column{{ColumnRef: store.ColumnRef{Name: "roic"}, Content: []byte("y")}}}))
	same(t, 2, len(columnsOf(t, db, key, ref, store.ColumnRef{Name: "roic"})))
}
