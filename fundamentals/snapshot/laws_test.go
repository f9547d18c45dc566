package snapshot_test

import (
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
)

func TestLawNoLookAhead(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := universe(rt)
		asOf := firstDay + fundamentals.Date(rapid.IntRange(100, 760).Draw(rt, "as of"))
		known, later := newDB(t, rt), newDB(t, rt)
		take(t, rt, known, before(all, asOf)...)
		take(t, rt, later, all...)
		same(t, rt, open(t, rt, known, asOf), open(t, rt, later, asOf), planes(rt), "what is known later changes "+asOf.String())
	})
}

func TestLawIngestOrderIsIrrelevant(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := universe(rt)
		asOf := firstDay + fundamentals.Date(rapid.IntRange(100, 760).Draw(rt, "as of"))
		one, other := newDB(t, rt), newDB(t, rt)
		take(t, rt, one, all...)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "order"), 2))
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		take(t, rt, other, all...)
		a, b := open(t, rt, one, asOf), open(t, rt, other, asOf)
		same(t, rt, a, b, planes(rt), "another order")
		if a.DataVersion() != b.DataVersion() {
			rt.Fatalf("data versions %s and %s of the same rows", a.DataVersion(), b.DataVersion())
		}
	})
}

func TestLawKeptPlanesAreThoseComputed(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		db := newDB(t, rt)
		take(t, rt, db, universe(rt)...)
		asOf := firstDay + fundamentals.Date(rapid.IntRange(100, 760).Draw(rt, "as of"))
		computed := open(t, rt, db, asOf)
		refs := planes(rt)
		for _, ref := range refs {
			if _, err := computed.Column(t.Context(), ref.Name, ref.At); err != nil {
				rt.Fatal(err)
			}
		}
		if err := computed.Save(t.Context()); err != nil {
			rt.Fatal(err)
		}
		same(t, rt, computed, open(t, rt, db, asOf), refs, "kept planes")
	})
}

// A run of the past replays: a table up to a batch is the table that was there
// after it, whatever came later.
func TestLawLaterBatchesChangeNoTableUpToAnEarlierOne(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := universe(rt)
		asOf := firstDay + fundamentals.Date(rapid.IntRange(100, 760).Draw(rt, "as of"))
		cut := rapid.IntRange(1, len(all)-1).Draw(rt, "cut")
		one, other := newDB(t, rt), newDB(t, rt)
		take(t, rt, one, all[:cut]...)
		take(t, rt, other, all[:cut]...)
		batch, err := other.LatestBatch(t.Context())
		if err != nil {
			rt.Fatal(err)
		}
		take(t, rt, other, all[cut:]...)
		if rapid.Bool().Draw(rt, "refreshed") {
			if err := snapshot.Refresh(t.Context(), other, nil); err != nil {
				rt.Fatal(err)
			}
		}
		replay, err := snapshot.Open(t.Context(), other, asOf, snapshot.Options{UpTo: batch})
		if err != nil {
			rt.Fatal(err)
		}
		same(t, rt, open(t, rt, one, asOf), replay, planes(rt), "what came later changes the replay")
	})
}

// Closes of later days, of series that are there, leave what is kept of a day; those of
// a new series do not.
func TestLawLaterClosesLeaveAKeptTable(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := universe(rt)
		asOf := firstDay + fundamentals.Date(rapid.IntRange(100, 760).Draw(rt, "as of"))
		db, other := newDB(t, rt), newDB(t, rt)
		take(t, rt, db, all...)
		table := open(t, rt, db, asOf)
		refs := planes(rt)
		for _, ref := range refs {
			if _, err := table.Column(t.Context(), ref.Name, ref.At); err != nil {
				rt.Fatal(err)
			}
		}
		if err := table.Save(t.Context()); err != nil {
			rt.Fatal(err)
		}
		before, kept := versions(t, rt, db, asOf)
		day := asOf + fundamentals.Date(rapid.IntRange(-3, 3).Draw(rt, "days later"))
		ticker := rapid.SampledFrom([]string{"RUT", "NEW"}).Draw(rt, "ticker")
		more := fundamentals.Rows{Prices: []fundamentals.Prices{{
			Series: fundamentals.Series{Ticker: ticker}, Bars: []fundamentals.Bar{{Day: day + 1, Close: 7.5}, {Day: day, Close: 7.25}},
		}}}
		take(t, rt, db, more)
		after, still := versions(t, rt, db, asOf)
		if before == after || (kept == still) != (ticker == "RUT" && day > asOf) {
			rt.Fatalf("closes of %s on %s after a table as of %s: %s to %s, and for the day %s to %s", ticker, day, asOf, before, after, kept, still)
		}
		take(t, rt, other, append(all, more)...)
		same(t, rt, open(t, rt, other, asOf), open(t, rt, db, asOf), refs, "later closes")
	})
}

func versions(t *testing.T, rt *rapid.T, db *store.DB, on fundamentals.Date) (all, ofDay string) {
	all, ofDay, err := db.Versions(t.Context(), on, 0)
	if err != nil {
		rt.Fatal(err)
	}
	return all, ofDay
}
