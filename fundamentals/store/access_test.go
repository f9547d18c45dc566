package store_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/store"
)

func TestAVolumeOfNoneIsNotAVolumeThatIsNotSaid(t *testing.T) {
	db := open(t)
	series := fundamentals.Series{Ticker: "COHU"}
	bars := []fundamentals.Bar{
		{Day: day(t, "2024-03-06"), Close: 1, Volume: 5, HasVolume: true},
		{Day: day(t, "2024-03-07"), Close: 1, HasVolume: true},
		{Day: day(t, "2024-03-08"), Close: 1},
	}
	put(t, db, "prices", &fundamentals.Rows{Prices: []fundamentals.Prices{{Series: series, Bars: bars}}})
	first := must(db.DataVersion(t.Context(), 0))(t)
	id := must(db.Series(t.Context(), 0))(t)[0].ID
	same(t, bars, must(db.Bars(t.Context(), id, 0, 0, 0))(t))
	var closes []store.Closing
	same(t, nil, db.Closes(t.Context(), []store.SeriesID{id}, 0, 0, 0, func(c store.Closing) error {
		closes = append(closes, c)
		return nil
	}))
	same(t, []store.Closing{
		{Series: id, Day: bars[0].Day, Close: 1, Volume: 5, HasVolume: true},
		{Series: id, Day: bars[1].Day, Close: 1, HasVolume: true},
		{Series: id, Day: bars[2].Day, Close: 1},
	}, closes)
	// Saying it later is new, and counts.
	bars[2].HasVolume = true
	put(t, db, "prices", &fundamentals.Rows{Prices: []fundamentals.Prices{{Series: series, Bars: bars[2:]}}})
	same(t, bars, must(db.Bars(t.Context(), id, 0, 0, 0))(t))
	if must(db.DataVersion(t.Context(), 0))(t) == first {
		t.Error("the data version is the same")
	}
}

// Rows and new rows count the same things: what the file says, and not the
// filing, company or series that it implies.
func TestNewRowsAreRowsOfTheFile(t *testing.T) {
	db := open(t)
	take := func(rows *fundamentals.Rows) [2]int {
		batch := must(db.StartBatch(t.Context(), "test", "", ""))(t)
		taken := must(db.Take(t.Context(), batch, fundamentals.SourceFile{Kind: "test", Name: "file"}, seq(nil, rows), func() bool { return false }))(t)
		return [2]int{taken.Rows, taken.New}
	}
	bar := fundamentals.Bar{Day: day(t, "2024-03-08"), Close: 1}
	for _, rows := range []*fundamentals.Rows{
		{Company: 1, Facts: []fundamentals.Fact{cash(t, "a", "10-K", "2019-03-14", 1)}},
		{Companies: []fundamentals.Company{{CIK: 2, Name: "Two"}}},
		{Companies: []fundamentals.Company{{CIK: 3}}},
		{Securities: []fundamentals.Security{{Ticker: "FOUR", CIK: 4}}},
		{Prices: []fundamentals.Prices{{Series: fundamentals.Series{Ticker: "FOUR"}, Bars: []fundamentals.Bar{bar}}}},
		{Filings: []fundamentals.Filing{{Company: 5, Accession: "b", Form: "10-K", Filed: bar.Day}}},
	} {
		same(t, [2]int{1, 1}, take(rows))
		same(t, [2]int{1, 0}, take(rows))
	}
}

func TestAnEmptyFileIsNoDatabaseToRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "empty.db")
	same(t, nil, os.WriteFile(path, nil, 0o600))
	_, err := store.OpenExisting(t.Context(), path)
	same(t, "database "+path+": this is not an assay database: the file is empty", err.Error())
	info := must(os.Stat(path))(t)
	same(t, int64(0), info.Size())
	db := must(store.Open(t.Context(), path))(t) // who writes takes it for a new one
	same(t, nil, db.Close())
}

// A database in a folder of somebody else is read as it lies there.
func TestAFileThatMayNotBeWrittenToIsRead(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("this user may write everywhere")
	}
	for _, c := range []struct {
		name         string
		file, folder fs.FileMode
	}{{"file and folder", 0o444, 0o555}, {"file", 0o444, 0o755}, {"folder", 0o644, 0o555}} {
		t.Run(c.name, func(t *testing.T) {
			folder := t.TempDir()
			path := filepath.Join(folder, "assay.db")
			db := must(store.Open(t.Context(), path))(t)
			put(t, db, "companyfacts", &fundamentals.Rows{Companies: []fundamentals.Company{{CIK: 1, Name: "One"}}})
			want := must(db.DataVersion(t.Context(), 0))(t)
			same(t, nil, db.Close())
			same(t, nil, os.Chmod(path, c.file))
			same(t, nil, os.Chmod(folder, c.folder))
			t.Cleanup(func() { _ = os.Chmod(folder, 0o755) })

			db = must(store.OpenExisting(t.Context(), path))(t)
			same(t, want, must(db.DataVersion(t.Context(), 0))(t))
			same(t, 1, len(must(db.Companies(t.Context(), 0))(t)))
			_, err := db.StartBatch(t.Context(), "test", "", "")
			if !errors.Is(err, store.ErrNotWritable) || err.Error() != "start batch test: the database may not be written to" {
				t.Error(err)
			}
			same(t, nil, db.Close())
			entries := must(os.ReadDir(folder))(t)
			same(t, 1, len(entries)) // nothing is left beside it
		})
	}
}
