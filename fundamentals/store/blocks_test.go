package store_test

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/fundamentals/store"
)

// drawSeries is a file of prices: of few series, so that files overrule each other,
// over years, and of closes of all kinds.
func drawSeries(t *rapid.T) *fundamentals.Rows {
	p := fundamentals.Prices{Series: fundamentals.Series{Ticker: rapid.SampledFrom([]string{"A", "B", "C"}).Draw(t, "ticker")}}
	first := rapid.IntRange(0, 20000).Draw(t, "first")
	unit := rapid.SampledFrom([]float64{1, 100, 1e4, 1e6, 3}).Draw(t, "unit")
	for _, step := range rapid.SliceOfN(rapid.IntRange(1, 200), 1, 20).Draw(t, "steps") {
		first += step
		p.Bars = append(p.Bars, fundamentals.Bar{
			Day: fundamentals.Date(first), Close: float64(rapid.IntRange(1, 1e8).Draw(t, "close")) / unit,
			Volume:    rapid.SampledFrom([]float64{0, 1, 585500, 0.5, -1, 1e18, math.MaxFloat64}).Draw(t, "volume"),
			HasVolume: rapid.Bool().Draw(t, "has volume"),
		})
	}
	return &fundamentals.Rows{Prices: []fundamentals.Prices{p}}
}

// Packed or not, and packed in part, closes are those of the bars.
func TestLawPackedClosesAreThoseOfTheBars(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		db := openRapid(rt, filepath.Join(t.TempDir(), "a.db"), "")
		for range rapid.IntRange(1, 4).Draw(rt, "files") {
			takeAll(rt, db, []*fundamentals.Rows{drawSeries(rt)}, 1, 1)
			if rapid.Bool().Draw(rt, "packed") {
				if err := db.PackCloses(rt.Context()); err != nil {
					rt.Fatal(err)
				}
			}
		}
		latest, err := db.LatestBatch(rt.Context())
		if err != nil {
			rt.Fatal(err)
		}
		upTo := fundamentals.Batch(rapid.IntRange(0, int(latest)).Draw(rt, "up to"))
		from := fundamentals.Date(rapid.IntRange(-1000, 20000).Draw(rt, "from"))
		to := from + fundamentals.Date(rapid.IntRange(0, 9000).Draw(rt, "days"))
		if rapid.Bool().Draw(rt, "no end") {
			to = 0
		}
		list, err := db.Series(rt.Context(), upTo)
		if err != nil {
			rt.Fatal(err)
		}
		want, got, ids := map[store.SeriesID][]store.Closing{}, map[store.SeriesID][]store.Closing{}, []store.SeriesID{}
		for _, s := range list {
			if rapid.IntRange(0, 3).Draw(rt, "asked") == 0 {
				continue
			}
			ids = append(ids, s.ID)
			bars, err := db.Bars(rt.Context(), s.ID, from, to, upTo)
			if err != nil {
				rt.Fatal(err)
			}
			for _, b := range bars {
				c := store.Closing{Series: s.ID, Day: b.Day, Close: b.Close, HasVolume: b.HasVolume}
				if b.HasVolume {
					c.Volume = b.Volume
				}
				want[s.ID] = append(want[s.ID], c)
			}
		}
		err = db.Closes(rt.Context(), ids, from, to, upTo, func(c store.Closing) error {
			got[c.Series] = append(got[c.Series], c)
			return nil
		})
		if err != nil {
			rt.Fatal(err)
		}
		for _, id := range ids {
			if !slices.Equal(want[id], got[id]) {
				rt.Fatalf("series %d from %d to %d up to %d:\n%v\nwant %v", id, from, to, upTo, got[id], want[id])
			}
		}
		if len(got) != len(want) {
			rt.Fatalf("closes of %d series, not %d", len(got), len(want))
		}
	})
}

// A block that cannot be read is told with what helps: prices that were ingested
// before are not packed again because someone ingests them again.
func TestDamagedBlock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	db := must(store.Open(t.Context(), path))(t)
	takeIn(t, db, "prices", &fundamentals.Rows{Prices: []fundamentals.Prices{{
		Series: fundamentals.Series{Ticker: "A"}, Bars: []fundamentals.Bar{{Day: 20000, Close: 1.5}},
	}}})
	if err := db.PackCloses(t.Context()); err != nil {
		t.Fatal(err)
	}
	execute(t, path, `UPDATE price_block SET content = x'0203'`)
	err := db.Closes(t.Context(), []store.SeriesID{1}, 0, 0, 0, func(store.Closing) error { return nil })
	same(t, "closes: series 1: packed closes cannot be read: the database is damaged; go back to a copy of it (assay backup), or ingest into another", fmt.Sprint(err))
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}
