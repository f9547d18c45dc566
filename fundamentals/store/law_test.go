package store_test

import (
	"fmt"
	"math/rand"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/fundamentals/store"
)

// content is all that readers can see.
type content struct {
	Version    string
	Companies  []fundamentals.Company
	Securities []fundamentals.Security
	Facts      map[fundamentals.CIK][]fundamentals.Fact
	Filings    map[fundamentals.CIK][]fundamentals.Filing
	Bars       map[fundamentals.Series][]fundamentals.Bar
	Splits     []fundamentals.Split
	Packs      []store.PackKey
}

func read(t *rapid.T, db *store.DB) content {
	ctx := t.Context()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	c := content{Facts: map[fundamentals.CIK][]fundamentals.Fact{}, Filings: map[fundamentals.CIK][]fundamentals.Filing{}, Bars: map[fundamentals.Series][]fundamentals.Bar{}}
	var err error
	c.Version, err = db.DataVersion(ctx, 0)
	check(err)
	c.Companies, err = db.Companies(ctx, 0)
	check(err)
	c.Securities, err = db.Securities(ctx, 0)
	check(err)
	c.Splits, err = db.Splits(ctx, 0)
	check(err)
	c.Packs, err = db.PackKeys(ctx, "map", 0)
	check(err)
	for cik := fundamentals.CIK(1); cik <= 3; cik++ {
		c.Facts[cik], err = db.Facts(ctx, cik, nil, 0)
		check(err)
		c.Filings[cik], err = db.Filings(ctx, cik, 0)
		check(err)
	}
	series, err := db.Series(ctx, 0)
	check(err)
	for _, s := range series {
		c.Bars[s.Series], err = db.Bars(ctx, s.ID, 0, 0, 0)
		check(err)
	}
	return c
}

// drawRows draws single rows. A key may come with several values: then the
// order of batches decides, so unique asks for keys that have one value each.
func drawRows(t *rapid.T, unique bool) []*fundamentals.Rows {
	small := func(name string, n int) int { return rapid.IntRange(1, n).Draw(t, name) }
	var list []*fundamentals.Rows
	for range rapid.IntRange(1, 40).Draw(t, "rows") {
		cik := fundamentals.CIK(small("cik", 3))
		n, value := small("n", 3), float64(small("value", 2))
		if unique {
			value = 1
		}
		filed := fundamentals.Date(18000 + n)
		filing := fundamentals.Filing{Company: cik, Accession: fmt.Sprintf("%s-%d", cik, n), Form: "10-K", Filed: filed}
		row := &fundamentals.Rows{Company: cik}
		switch small("what", 5) {
		case 1:
			row.Facts = []fundamentals.Fact{{
				Tag: fundamentals.Tag{Taxonomy: "us-gaap", Name: fmt.Sprint("Tag", small("tag", 3))}, Unit: "USD", Start: fundamentals.Date(small("start", 2) * 100),
				End: 17000, Value: value, Accession: filing.Accession, Form: filing.Form, Filed: filing.Filed,
			}}
		case 2:
			row.Filings = []fundamentals.Filing{filing}
		case 3:
			row.Prices = []fundamentals.Prices{{Series: fundamentals.Series{Ticker: fmt.Sprint("T", cik)}, Bars: []fundamentals.Bar{{Day: filed, Close: value}}}}
		case 4:
			row.Splits = []fundamentals.Split{{Ticker: "T", Date: filed, Ratio: value + 1}}
		case 5:
			row.Securities = []fundamentals.Security{{Ticker: fmt.Sprint("T", n), CIK: cik, Name: fmt.Sprint("Name ", value)}}
		}
		list = append(list, row)
	}
	return list
}

func openRapid(t *rapid.T, name string, folder string) *store.DB {
	db, err := store.Open(t.Context(), filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// takeAll takes rows cut into files and batches.
func takeAll(t *rapid.T, db *store.DB, rows []*fundamentals.Rows, perFile, perBatch int) {
	var batch fundamentals.Batch
	i := 0
	for file := range slices.Chunk(rows, perFile) {
		var err error
		if i%perBatch == 0 {
			if batch, err = db.StartBatch(t.Context(), "test", "", ""); err != nil {
				t.Fatal(err)
			}
		}
		i++
		if _, err := db.Take(t.Context(), batch, fundamentals.SourceFile{Kind: "test", Name: "file", Digest: fmt.Sprint(i)}, seq(nil, file...), remember); err != nil {
			t.Fatal(err)
		}
	}
}

// The same rows in any order, cut into any files and batches, make the same
// data version and the same answers, as long as no row overrules another.
func TestLawIngestOrderIsIrrelevant(t *testing.T) {
	folder, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		rows := drawRows(t, true)
		a, b := openRapid(t, fmt.Sprint(n, "a"), folder), openRapid(t, fmt.Sprint(n, "b"), folder)
		defer func() { _, _ = a.Close(), b.Close() }()
		takeAll(t, a, rows, rapid.IntRange(1, 9).Draw(t, "per file"), rapid.IntRange(1, 4).Draw(t, "per batch"))
		shuffled := slices.Clone(rows)
		rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed"))).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		takeAll(t, b, shuffled, rapid.IntRange(1, 9).Draw(t, "per file"), rapid.IntRange(1, 4).Draw(t, "per batch"))
		if d := cmp.Diff(read(t, a), read(t, b)); d != "" {
			t.Fatal(d)
		}
	})
}

// Within one batch not even rows that overrule each other depend on the order.
func TestLawOrderWithinABatchIsIrrelevant(t *testing.T) {
	folder, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		rows := drawRows(t, false)
		a, b := openRapid(t, fmt.Sprint(n, "a"), folder), openRapid(t, fmt.Sprint(n, "b"), folder)
		defer func() { _, _ = a.Close(), b.Close() }()
		takeAll(t, a, rows, 5, 1000)
		slices.Reverse(rows)
		takeAll(t, b, rows, 3, 1000)
		if d := cmp.Diff(read(t, a), read(t, b)); d != "" {
			t.Fatal(d)
		}
	})
}

// Databases with one version give the same answers, and taking everything once
// more changes nothing.
func TestLawIngestingAgainChangesNothing(t *testing.T) {
	folder, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		rows := drawRows(t, false)
		db := openRapid(t, fmt.Sprint(n), folder)
		defer func() { _ = db.Close() }()
		takeAll(t, db, rows, 4, 2)
		before := read(t, db)
		takeAll(t, db, rows, 7, 1)
		if d := cmp.Diff(before, read(t, db)); d != "" {
			t.Fatal(d)
		}
	})
}
