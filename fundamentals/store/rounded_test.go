package store_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/fundamentals/store"
)

var (
	assets  = fundamentals.Tag{Taxonomy: "us-gaap", Name: "Assets"}
	revenue = fundamentals.Tag{Taxonomy: "us-gaap", Name: "Revenues"}
	held    = fundamentals.Tag{Taxonomy: "us-gaap", Name: "Cash"}
)

func onDay(t testing.TB, s string) fundamentals.Date {
	t.Helper()
	d, err := fundamentals.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A retailer's quarter ends on 1 May 2010; the data set says April.
func exactFacts(t testing.TB) *fundamentals.Rows {
	start, end, filed := onDay(t, "2010-01-31"), onDay(t, "2010-05-01"), onDay(t, "2010-06-04")
	fact := func(tag fundamentals.Tag, start fundamentals.Date, value float64) fundamentals.Fact {
		return fundamentals.Fact{Tag: tag, Unit: "USD", Start: start, End: end, Value: value, Accession: "a-1", Form: "10-Q", Filed: filed}
	}
	return &fundamentals.Rows{Company: 7, Facts: []fundamentals.Fact{fact(assets, 0, 100), fact(revenue, start, 50)}}
}

func roundedFact(t testing.TB, accession string, tag fundamentals.Tag, quarters int, value float64) fundamentals.RoundedFact {
	return fundamentals.RoundedFact{Tag: tag, Unit: "USD", Quarters: quarters, End: onDay(t, "2010-04-30"), Value: value,
		Accession: accession, Form: "10-Q", Filed: onDay(t, "2010-06-04")}
}

func roundedFacts(t testing.TB, facts ...fundamentals.RoundedFact) *fundamentals.Rows {
	return &fundamentals.Rows{Company: 7, Rounded: facts}
}

func takeIn(t testing.TB, db *store.DB, kind string, rows *fundamentals.Rows) fundamentals.Taken {
	t.Helper()
	batch, err := db.StartBatch(t.Context(), kind, "", "")
	if err != nil {
		t.Fatal(err)
	}
	taken, err := db.Take(t.Context(), batch, fundamentals.SourceFile{Kind: kind, Name: "file", Digest: fmt.Sprint(batch)}, seq(nil, rows), remember)
	if err != nil {
		t.Fatal(err)
	}
	return taken
}

func newDB(t testing.TB) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "assay.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func written(t testing.TB, db *store.DB, upTo fundamentals.Batch, tags ...fundamentals.Tag) (list []string) {
	t.Helper()
	facts, err := db.Facts(t.Context(), 7, tags, upTo)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range facts {
		list = append(list, fmt.Sprintf("%s %s %s..%s %v %s", f.Tag.Name, f.Unit, f.Start, f.End, f.Value, f.Accession))
	}
	return list
}

func TestRoundedFactsAddWhatIsLacking(t *testing.T) {
	db := newDB(t)
	takeIn(t, db, "companyfacts", exactFacts(t))
	earnings := fundamentals.Tag{Taxonomy: "us-gaap", Name: "NetIncomeLoss"}
	taken := takeIn(t, db, "fsds", roundedFacts(t,
		roundedFact(t, "a-1", assets, 0, 100.00004), // four decimals
		roundedFact(t, "a-1", revenue, 1, 55),
		roundedFact(t, "a-1", held, 0, 9),
		roundedFact(t, "a-1", earnings, 1, 5),
		roundedFact(t, "a-1", earnings, 2, 8),
		roundedFact(t, "a-2", held, 0, 9),
		roundedFact(t, "a-2", earnings, 1, 6),
	))
	same(t, fundamentals.Taken{Rows: 7, New: 5, Equal: 1, Disagreed: 1, Disagreements: []fundamentals.Disagreement{
		{RoundedFact: roundedFact(t, "a-1", revenue, 1, 55), Stored: 50},
	}}, taken)
	same(t, []string{
		"Assets USD ..2010-05-01 100 a-1",
		"Cash USD ..2010-04-30 9 a-2",
		"Cash USD ..2010-05-01 9 a-1",
		"NetIncomeLoss USD 2010-02-01..2010-04-30 6 a-2",
		"NetIncomeLoss USD 2009-11-01..2010-05-01 8 a-1", // of two quarters the filing has no other
		"NetIncomeLoss USD 2010-01-31..2010-05-01 5 a-1",
		"Revenues USD 2010-01-31..2010-05-01 50 a-1",
	}, written(t, db, 0))
	same(t, []string{"Cash USD ..2010-04-30 9 a-2", "Cash USD ..2010-05-01 9 a-1"}, written(t, db, 0, held))
	same(t, []string{"Assets USD ..2010-05-01 100 a-1", "Revenues USD 2010-01-31..2010-05-01 50 a-1"}, written(t, db, 1))
	again := takeIn(t, db, "fsds", roundedFacts(t, roundedFact(t, "a-1", held, 0, 9), roundedFact(t, "a-2", held, 0, 9)))
	same(t, fundamentals.Taken{Rows: 2}, again)
}

// The data set may come first: what companyfacts says later stands in its place.
func TestLawOrderOfRoundedAndExactIsIrrelevant(t *testing.T) {
	folder := t.TempDir()
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		var exact, rounded []*fundamentals.Rows
		for range rapid.IntRange(1, 4).Draw(r, "exact") {
			rows := exactFacts(t)
			rows.Facts = rows.Facts[rapid.IntRange(0, 1).Draw(r, "from"):]
			for i := range rows.Facts {
				rows.Facts[i].Accession = fmt.Sprint("a-", rapid.IntRange(1, 3).Draw(r, "filing"))
			}
			exact = append(exact, rows)
		}
		for range rapid.IntRange(1, 8).Draw(r, "rounded") {
			f := roundedFact(t, fmt.Sprint("a-", rapid.IntRange(1, 4).Draw(r, "filing")),
				rapid.SampledFrom([]fundamentals.Tag{assets, revenue, held}).Draw(r, "tag"), rapid.IntRange(0, 1).Draw(r, "quarters"), 50)
			rounded = append(rounded, roundedFacts(t, f))
		}
		var seen [2][]string
		var versions [2]string
		for i, order := range [][]*fundamentals.Rows{append(append([]*fundamentals.Rows{}, exact...), rounded...), append(append([]*fundamentals.Rows{}, rounded...), exact...)} {
			n++
			db := openRapid(r, fmt.Sprint(n, ".db"), folder)
			for _, rows := range order {
				takeIn(t, db, "test", rows)
			}
			seen[i] = written(t, db, 0)
			var err error
			if versions[i], err = db.DataVersion(t.Context(), 0); err != nil {
				r.Fatal(err)
			}
			if err := db.Close(); err != nil {
				r.Fatal(err)
			}
		}
		if d := cmp.Diff(seen[0], seen[1]); d != "" {
			r.Fatalf("-exact first +rounded first:\n%s", d)
		}
		if versions[0] != versions[1] {
			r.Fatalf("exact first the data is %s, rounded first %s", versions[0], versions[1])
		}
	})
}

// A later batch overrules an earlier one and adds to the content; an earlier
// reader sees what it saw.
func TestRoundedFactsOfLaterBatchesWin(t *testing.T) {
	db := newDB(t)
	takeIn(t, db, "fsds", roundedFacts(t, roundedFact(t, "a-2", held, 0, 9)))
	first, err := db.DataVersion(t.Context(), 0)
	same(t, nil, err)
	takeIn(t, db, "fsds", roundedFacts(t, roundedFact(t, "a-2", held, 0, 8)))
	same(t, []string{"Cash USD ..2010-04-30 8 a-2"}, written(t, db, 0))
	same(t, []string{"Cash USD ..2010-04-30 9 a-2"}, written(t, db, 1))
	second, err := db.DataVersion(t.Context(), 0)
	same(t, nil, err)
	if first == second {
		t.Error("the content is the same")
	}
}

// A filing that is known keeps its form and day of filing.
func TestRoundedFactsDoNotChangeAFiling(t *testing.T) {
	db := newDB(t)
	takeIn(t, db, "companyfacts", exactFacts(t))
	f := roundedFact(t, "a-1", held, 0, 9)
	f.Form, f.Filed = "10-Q/A", f.Filed+3
	takeIn(t, db, "fsds", roundedFacts(t, f))
	list, err := db.Filings(t.Context(), 7, 0)
	same(t, nil, err)
	filed := onDay(t, "2010-06-04")
	same(t, []fundamentals.Filing{{Company: 7, Accession: "a-1", Form: "10-Q", Filed: filed, KnownOn: filed + 1}}, list)
}

func TestShareClasses(t *testing.T) {
	db := newDB(t)
	filed := onDay(t, "2010-06-04")
	class := func(member string, shares float64) fundamentals.ShareClass {
		return fundamentals.ShareClass{Company: 7, Tag: fundamentals.Tag{Taxonomy: "dei", Name: "EntityCommonStockSharesOutstanding"},
			Member: member, Day: onDay(t, "2010-05-31"), Shares: shares, Accession: "a-1", Form: "10-Q", Filed: filed}
	}
	first := &fundamentals.Rows{Company: 7, Classes: []fundamentals.ShareClass{class("CommonClassB", 20), class("CommonClassA", 80)}}
	same(t, 2, takeIn(t, db, "fsds", first).New)
	before, err := db.PackKeys(t.Context(), "map", 0)
	same(t, nil, err)
	same(t, 0, len(before)) // no facts, nothing to pack
	same(t, 0, takeIn(t, db, "fsds", first).New)
	same(t, 1, takeIn(t, db, "fsds", &fundamentals.Rows{Company: 7, Classes: []fundamentals.ShareClass{class("CommonClassA", 81)}}).New)
	got, err := db.ShareClasses(t.Context(), 7, 0)
	same(t, nil, err)
	same(t, []fundamentals.ShareClass{class("CommonClassA", 81), class("CommonClassB", 20)}, got)
	got, err = db.ShareClasses(t.Context(), 7, 2)
	same(t, nil, err)
	same(t, []fundamentals.ShareClass{class("CommonClassA", 80), class("CommonClassB", 20)}, got)
	got, err = db.ShareClasses(t.Context(), 8, 0)
	same(t, nil, err)
	same(t, 0, len(got))
}

// A time to the minute yields to one to the second, whichever comes first.
func TestTimesToTheMinuteYield(t *testing.T) {
	filing := exactFacts(t)
	at := onDay(t, "2010-06-04").Time()
	minute := &fundamentals.Rows{Acceptances: []fundamentals.Acceptance{{Company: 7, Accession: "a-1", At: at.Add(20 * 3600e9), ToMinute: true}}}
	second := &fundamentals.Rows{Acceptances: []fundamentals.Acceptance{{Company: 7, Accession: "a-1", At: at.Add(20*3600e9 - 30e9)}}}
	for name, order := range map[string][]*fundamentals.Rows{"minute first": {filing, minute, second}, "second first": {filing, second, minute}} {
		t.Run(name, func(t *testing.T) {
			db := newDB(t)
			for _, rows := range order {
				takeIn(t, db, "test", rows)
			}
			list, err := db.Filings(t.Context(), 7, 0)
			same(t, nil, err)
			same(t, onDay(t, "2010-06-04"), list[0].KnownOn) // 15:59:30 New York
		})
	}
}
