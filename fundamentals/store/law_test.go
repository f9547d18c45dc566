package store_test

import (
	"fmt"
	"math/rand"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
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
	Classes    map[fundamentals.CIK][]fundamentals.ShareClass
	Bars       map[fundamentals.Series][]fundamentals.Bar
	Splits     []fundamentals.Split
	Packs      []store.PackKey
	Profiles   map[fundamentals.Date]map[fundamentals.CIK]fundamentals.Profile
	Names      map[fundamentals.Date][]fundamentals.Company
	Lists      []fundamentals.FilingList
	Spans      [][]fundamentals.Filing
	Last       map[fundamentals.CIK]map[string]fundamentals.Date
	Columns    []fundamentals.UserColumn
	User       map[fundamentals.Date][]fundamentals.UserValue
}

func read(t *rapid.T, db *store.DB) content {
	ctx := t.Context()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	c := content{Facts: map[fundamentals.CIK][]fundamentals.Fact{}, Filings: map[fundamentals.CIK][]fundamentals.Filing{},
		Classes: map[fundamentals.CIK][]fundamentals.ShareClass{}, Bars: map[fundamentals.Series][]fundamentals.Bar{}}
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
	var books store.Books
	for cik := fundamentals.CIK(1); cik <= 3; cik++ {
		c.Facts[cik], err = db.Facts(ctx, cik, nil, 0)
		check(err)
		c.Filings[cik], err = db.Filings(ctx, cik, 0)
		check(err)
		c.Classes[cik], err = db.ShareClasses(ctx, cik, 0)
		check(err)
		check(db.ReadBooks(ctx, &books, cik, nil, 0))
		if diff := cmp.Diff(store.Books{Facts: c.Facts[cik], Filings: c.Filings[cik], Classes: c.Classes[cik]}, books, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal("read at once they differ:", diff)
		}
	}
	registrants(t, db, &c)
	ownColumns(t, db, &c)
	series, err := db.Series(ctx, 0)
	check(err)
	for _, s := range series {
		c.Bars[s.Series], err = db.Bars(ctx, s.ID, 0, 0, 0)
		check(err)
	}
	return c
}

func registrants(t *rapid.T, db *store.DB, c *content) {
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	c.Profiles, c.Names = map[fundamentals.Date]map[fundamentals.CIK]fundamentals.Profile{}, map[fundamentals.Date][]fundamentals.Company{}
	for on := fundamentals.Date(18000); on <= 18008; on++ {
		c.Profiles[on], err = db.Profiles(t.Context(), on, 0)
		check(err)
		c.Names[on], err = db.CompaniesOn(t.Context(), on, 0)
		check(err)
	}
	check(db.FilingLists(t.Context(), 0, func(l fundamentals.FilingList) { c.Lists = append(c.Lists, l) }))
	check(db.FilingsBetween(t.Context(), 18002, 18003, 0, func(list []fundamentals.Filing) error {
		c.Spans = append(c.Spans, list)
		return nil
	}))
	check(db.FilingsBetween(t.Context(), 1, 30000, 0, func(list []fundamentals.Filing) error {
		one, err := db.Filings(t.Context(), list[0].Company, 0)
		if d := cmp.Diff(one, list); d != "" {
			t.Errorf("one company's filings are not those among all: %s", d)
		}
		return err
	}))
	c.Last, err = db.LastFiled(t.Context(), []fundamentals.CIK{1, 3}, 18003, 0)
	check(err)
}

// ownColumns reads the user's columns, but for what brought them.
func ownColumns(t *rapid.T, db *store.DB, c *content) {
	var err error
	if c.Columns, err = db.UserColumns(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	c.User = map[fundamentals.Date][]fundamentals.UserValue{}
	for _, column := range c.Columns {
		for _, on := range []fundamentals.Date{18001, 18003} {
			words, err := db.UserValues(t.Context(), column, on, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range words {
				w.Line = 0
				c.User[on] = append(c.User[on], w.UserValue)
			}
		}
	}
}

// registrantRow draws what a source says of a company itself.
func registrantRow(t *rapid.T, row *fundamentals.Rows, filing fundamentals.Filing, value int) {
	n := fundamentals.Date(rapid.IntRange(1, 4).Draw(t, "day"))
	cik := filing.Company
	switch rapid.IntRange(1, 6).Draw(t, "of the registrant") {
	case 1:
		row.Profiles = []fundamentals.Profile{{Company: cik, KnownOn: 18000 + n, SIC: 1000 * value, FiscalYearEnd: 1231}}
	case 2:
		row.PastNames = []fundamentals.PastName{{Company: cik, Name: fmt.Sprint("Old ", n), From: 18000 + n, To: 18000 + n + fundamentals.Date(value)}}
	case 3:
		row.FiledItems = []fundamentals.FiledItems{{Company: cik, Accession: filing.Accession, Items: fmt.Sprint(value, ".02")}}
	case 4:
		row.FilingLists = []fundamentals.FilingList{{Company: cik, From: 18000 + n - 1, To: 18000 + n}}
	case 5:
		at := filing.Filed.Time().Add(time.Duration(12+6*value) * time.Hour) // before 16:00 in New York, or after
		row.Acceptances = []fundamentals.Acceptance{{Company: cik, Accession: filing.Accession, At: at}}
	case 6:
		row.Companies = []fundamentals.Company{{CIK: cik, Name: fmt.Sprint("Name ", value)}}
	}
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
		switch small("what", 9) {
		case 1:
			row.Facts = []fundamentals.Fact{{
				Tag: fundamentals.Tag{Taxonomy: "us-gaap", Name: fmt.Sprint("Tag", small("tag", 3))}, Unit: "USD", Start: fundamentals.Date(small("start", 2) * 100),
				End: 17000, Value: value, Accession: filing.Accession, Form: filing.Form, Filed: filing.Filed,
			}}
		case 2:
			row.Filings = []fundamentals.Filing{filing}
		case 3:
			row.Prices = []fundamentals.Prices{{Series: fundamentals.Series{Ticker: fmt.Sprint("T", cik)}, Bars: []fundamentals.Bar{{Day: filed, Close: value, HasVolume: !unique && small("given", 2) == 1}}}}
		case 4:
			row.Splits = []fundamentals.Split{{Ticker: "T", Date: filed, Ratio: value + 1}}
		case 5:
			row.Securities = []fundamentals.Security{{Ticker: fmt.Sprint("T", n), CIK: cik, Name: fmt.Sprint("Name ", value)}}
		case 6:
			registrantRow(t, row, filing, int(value))
		case 7: // of a tag that no exact fact has: else it would not be stored behind one
			row.Rounded = []fundamentals.RoundedFact{{
				Tag: fundamentals.Tag{Taxonomy: "us-gaap", Name: fmt.Sprint("Rounded", small("tag", 3))}, Unit: "USD", Quarters: small("quarters", 2) - 1,
				End: 16982, Value: value, Accession: filing.Accession, Form: filing.Form, Filed: filing.Filed, // 2016-06-30
			}}
		case 8:
			row.Classes = []fundamentals.ShareClass{{
				Company: cik, Tag: fundamentals.Tag{Taxonomy: "dei", Name: "Shares"}, Member: fmt.Sprint("Class", small("class", 2)),
				Day: 16982, Shares: value, Accession: filing.Accession, Form: filing.Form, Filed: filing.Filed,
			}}
		case 9:
			word := fundamentals.UserValue{Column: fundamentals.UserColumn{Name: "rating", Unit: "plain"}, KnownOn: filed, Value: value, Owner: cik, Line: len(list)}
			if word.CIK = cik; unique && n == 1 || !unique && small("by", 2) == 1 {
				word.CIK, word.Ticker = 0, fmt.Sprint("T", cik)
			}
			if small("column", 2) == 1 {
				word.Column, word.From = fundamentals.UserColumn{Name: "theme", Unit: fundamentals.TagUnit}, filed-fundamentals.Date(small("from", 2))
			}
			row.UserValues = []fundamentals.UserValue{word}
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

// Taking everything once more, however it is cut, changes nothing as long as no
// row overrules another.
func TestLawIngestingAgainChangesNothing(t *testing.T) {
	folder, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		rows := drawRows(t, true)
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

// Where rows do, the same files in the same order end with the same answers, and
// the last of them taken again changes nothing; none of them contradicts itself.
func TestLawIngestingAgainGivesTheSameAnswers(t *testing.T) {
	folder, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		rows := drawRows(t, false)
		db := openRapid(t, fmt.Sprint(n), folder)
		defer func() { _ = db.Close() }()
		rows = rows[:min(len(rows), 15)]
		takeAll(t, db, rows, 1, 1)
		before := read(t, db)
		takeAll(t, db, rows[len(rows)-1:], 1, 1)
		if d := cmp.Diff(before, read(t, db)); d != "" {
			t.Fatal("the last file: " + d)
		}
		takeAll(t, db, rows, 1, 1)
		after := read(t, db)
		after.Version, after.Packs = before.Version, before.Packs // name the rows that came between too
		if d := cmp.Diff(before, after); d != "" {
			t.Fatal(d)
		}
	})
}

// The order of the files of a batch is irrelevant even where they overrule each
// other and an earlier batch.
func TestLawOrderOfOverrulingFilesIsIrrelevant(t *testing.T) {
	folder, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		earlier, rows := drawRows(t, false), drawRows(t, false)
		a, b := openRapid(t, fmt.Sprint(n, "a"), folder), openRapid(t, fmt.Sprint(n, "b"), folder)
		defer func() { _, _ = a.Close(), b.Close() }()
		takeAll(t, a, earlier, 5, 1)
		takeAll(t, b, earlier, 5, 1)
		takeAll(t, a, rows, 1, 1000)
		slices.Reverse(rows)
		takeAll(t, b, rows, 1, 1000)
		if d := cmp.Diff(read(t, a), read(t, b)); d != "" {
			t.Fatal(d)
		}
	})
}
