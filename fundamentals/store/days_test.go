package store_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"assay/fundamentals"
	"assay/fundamentals/store"
)

// counted returns the first day of 2019 to 2024 for which a batch counts: "all" where
// it is the first of them, "none" where there is none.
func counted(t *testing.T, db *store.DB, batch fundamentals.Batch) string {
	t.Helper()
	for d := day(t, "2019-01-01"); d < day(t, "2025-01-01"); d++ {
		_, with, err1 := db.Versions(t.Context(), d, batch)
		_, without, err2 := db.Versions(t.Context(), d, batch-1)
		switch {
		case err1 != nil || err2 != nil:
			t.Fatal(err1, err2)
		case with != without && d == day(t, "2019-01-01"):
			return "all"
		case with != without:
			return d.String()
		}
	}
	return "none"
}

// filed is what a filing of company 7 states, with a fact for each value.
func filed(t *testing.T, accession, on string, values ...float64) *fundamentals.Rows {
	rows := &fundamentals.Rows{Company: 7}
	for i, v := range values {
		rows.Facts = append(rows.Facts, fundamentals.Fact{Tag: fundamentals.Tag{Taxonomy: "us-gaap", Name: "Assets"}, Unit: "USD", End: fundamentals.Date(18000 + i),
			Value: v, Accession: accession, Form: "10-K", Filed: day(t, on)})
	}
	return rows
}

// putPack puts the pack of company 7, held against the one that is there.
func putPack(t *testing.T, db *store.DB, changes, splits fundamentals.Date) {
	t.Helper()
	p := store.Pack{PackKey: must(db.PackKeys(t.Context(), "map", 0))(t)[0], Content: []byte{1}, ChangesFrom: changes, SplitsFrom: splits, NarrowedFrom: day(t, "2020-03-03")}
	if err := db.Packs(t.Context(), 7, 7, func(old store.Pack) error { p.Instead = old.PackKey; return nil }); err != nil {
		t.Fatal(err)
	}
	if err := db.PutPacks(t.Context(), []store.Pack{p}); err != nil {
		t.Fatal(err)
	}
}

const far = fundamentals.Date(math.MaxInt32)

// begun is a database with a company, its filing of 2020, its price, and a list of its
// filings.
func begun(t *testing.T) *store.DB {
	db := open(t)
	put(t, db, "test", filed(t, "a-20", "2020-03-02", 1, 2),
		&fundamentals.Rows{
			Companies:   []fundamentals.Company{{CIK: 7, Name: "Seven"}},
			Prices:      []fundamentals.Prices{{Series: fundamentals.Series{Ticker: "VII"}, Bars: []fundamentals.Bar{{Day: day(t, "2020-03-02"), Close: 5}}}},
			FilingLists: []fundamentals.FilingList{{Company: 7, To: day(t, "2020-12-31")}},
			Acceptances: []fundamentals.Acceptance{{Company: 7, Accession: "a-22", At: day(t, "2022-03-01").Time().Add(15 * time.Hour)}},
		})
	putPack(t, db, 0, 0)
	return db
}

func TestABatchCountsFromTheFirstDayThatItChanges(t *testing.T) {
	seven := func(rows fundamentals.Rows) *fundamentals.Rows { return &rows }
	at := func(s string, hour time.Duration) time.Time { return day(t, s).Time().Add(hour * time.Hour) }
	for name, c := range map[string]struct {
		rows []*fundamentals.Rows
		want string
	}{
		"facts":                              {[]*fundamentals.Rows{filed(t, "a-21", "2021-03-01", 3)}, "2021-03-02"},
		"facts of two filings":               {[]*fundamentals.Rows{filed(t, "a-21", "2021-03-01", 3), filed(t, "a-19", "2019-03-01", 3)}, "2019-03-02"},
		"facts that the filing told before":  {[]*fundamentals.Rows{filed(t, "a-20", "2020-03-02", 1), filed(t, "a-21", "2021-03-01", 3)}, "2021-03-02"},
		"facts that it told otherwise":       {[]*fundamentals.Rows{filed(t, "a-20", "2020-03-02", 8), filed(t, "a-21", "2021-03-01", 3)}, "2020-03-03"},
		"facts of a filing accepted by then": {[]*fundamentals.Rows{filed(t, "a-22", "2022-03-01", 3)}, "2022-03-01"},
		"a filing on another day":            {[]*fundamentals.Rows{filed(t, "a-20", "2020-03-09", 1)}, "all"},
		"a filing without facts": {[]*fundamentals.Rows{seven(fundamentals.Rows{Filings: []fundamentals.Filing{
			{Company: 7, Accession: "b-21", Form: "8-K", Filed: day(t, "2021-06-01")}}})}, "2021-06-02"},
		"an acceptance in the afternoon": {[]*fundamentals.Rows{seven(fundamentals.Rows{Acceptances: []fundamentals.Acceptance{
			{Company: 7, Accession: "a-20", At: at("2020-03-02", 20)}}})}, "2020-03-02"},
		"an acceptance at night": {[]*fundamentals.Rows{seven(fundamentals.Rows{Acceptances: []fundamentals.Acceptance{
			{Company: 7, Accession: "a-20", At: at("2020-03-02", 22)}}})}, "2020-03-03"},
		"an acceptance of no filing": {[]*fundamentals.Rows{seven(fundamentals.Rows{Acceptances: []fundamentals.Acceptance{
			{Company: 7, Accession: "a-99", At: at("2020-03-02", 22)}}})}, "none"},
		"items": {[]*fundamentals.Rows{seven(fundamentals.Rows{FiledItems: []fundamentals.FiledItems{
			{Company: 7, Accession: "a-20", Items: "4.01"}}})}, "2020-03-03"},
		"a rounded fact": {[]*fundamentals.Rows{seven(fundamentals.Rows{Company: 7, Rounded: []fundamentals.RoundedFact{
			{Tag: fundamentals.Tag{Taxonomy: "us-gaap", Name: "Cash"}, Unit: "USD", End: 18000, Accession: "a-20", Form: "10-K/A", Filed: day(t, "2021-01-01")}}})}, "2020-03-03"},
		"a class": {[]*fundamentals.Rows{seven(fundamentals.Rows{Company: 7, Classes: []fundamentals.ShareClass{
			{Company: 7, Member: "A", Accession: "a-21", Form: "10-K", Filed: day(t, "2021-03-01"), Day: 18000}}})}, "2021-03-02"},
		"another name":    {[]*fundamentals.Rows{seven(fundamentals.Rows{Companies: []fundamentals.Company{{CIK: 7, Name: "VII"}}})}, "2020-03-03"},
		"the same name":   {[]*fundamentals.Rows{seven(fundamentals.Rows{Companies: []fundamentals.Company{{CIK: 7, Name: "Seven"}}})}, "none"},
		"another company": {[]*fundamentals.Rows{seven(fundamentals.Rows{Companies: []fundamentals.Company{{CIK: 8, Name: "Eight"}}})}, "none"},
		"a name of the past": {[]*fundamentals.Rows{seven(fundamentals.Rows{PastNames: []fundamentals.PastName{
			{Company: 7, Name: "Six", From: day(t, "2019-01-01"), To: day(t, "2021-01-01")}}})}, "2020-03-03"},
		"a profile": {[]*fundamentals.Rows{seven(fundamentals.Rows{Profiles: []fundamentals.Profile{
			{Company: 7, KnownOn: day(t, "2021-05-05"), SIC: 10}}})}, "2021-05-05"},
		"a longer list": {[]*fundamentals.Rows{seven(fundamentals.Rows{FilingLists: []fundamentals.FilingList{
			{Company: 7, To: day(t, "2021-08-01")}}})}, "2021-05-01"}, // 121 days after the one that is there
		"a list from before": {[]*fundamentals.Rows{seven(fundamentals.Rows{FilingLists: []fundamentals.FilingList{
			{Company: 8, To: day(t, "2021-08-01")}}})}, "all"},
		"a security":    {[]*fundamentals.Rows{seven(fundamentals.Rows{Securities: []fundamentals.Security{{CIK: 7, Ticker: "VII", From: day(t, "2021-01-01")}}})}, "all"},
		"a split":       {[]*fundamentals.Rows{seven(fundamentals.Rows{Splits: []fundamentals.Split{{Ticker: "VII", Date: day(t, "2021-01-01"), Ratio: 2}}})}, "all"},
		"a later close": {[]*fundamentals.Rows{{Prices: []fundamentals.Prices{{Series: fundamentals.Series{Ticker: "VII"}, Bars: []fundamentals.Bar{{Day: day(t, "2020-03-05"), Close: 6}}}}}}, "2020-03-05"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := begun(t)
			batch := put(t, db, "test", c.rows...)
			if len(must(db.StalePacks(t.Context(), "map", 0))(t)) > 0 {
				if got := counted(t, db, batch); got != "all" {
					t.Errorf("it counts from %s before the pack is put", got)
				}
				putPack(t, db, far, far)
			}
			if got := counted(t, db, batch); got != c.want {
				t.Errorf("it counts from %s, want %s", got, c.want)
			}
		})
	}
}

// What a pack tells of the days before, the batch counts for; and where no pack can tell,
// it counts for all.
func TestABatchCountsForWhatPacksChange(t *testing.T) {
	adjusted := &fundamentals.Rows{Prices: []fundamentals.Prices{{
		Series: fundamentals.Series{Ticker: "VII", Basis: fundamentals.SplitAdjusted, BasisDate: day(t, "2021-06-01")},
		Bars:   []fundamentals.Bar{{Day: day(t, "2020-03-02"), Close: 5}},
	}}}
	for name, c := range map[string]struct {
		then func(t *testing.T, db *store.DB)
		want string
	}{
		"nothing before": {func(t *testing.T, db *store.DB) { putPack(t, db, far, far) }, "2021-03-02"},
		"an earlier day": {func(t *testing.T, db *store.DB) { putPack(t, db, day(t, "2020-07-01"), far) }, "2020-07-01"},
		"a split":        {func(t *testing.T, db *store.DB) { putPack(t, db, far, day(t, "2021-03-02")) }, "2021-03-02"},
		"a split before adjusted closes": {func(t *testing.T, db *store.DB) {
			put(t, db, "test", adjusted)
			putPack(t, db, far, day(t, "2021-03-02"))
		}, "all"},
		"a split narrowed beside a splits file": {func(t *testing.T, db *store.DB) {
			put(t, db, "test", &fundamentals.Rows{Splits: []fundamentals.Split{{Ticker: "VII", Date: day(t, "2020-02-20"), Ratio: 2}}})
			putPack(t, db, far, far)
		}, "2020-03-03"},
		"a split after adjusted closes": {func(t *testing.T, db *store.DB) {
			put(t, db, "test", adjusted)
			putPack(t, db, far, day(t, "2021-06-02"))
		}, "2021-03-02"},
		"a pack held against no other": {func(t *testing.T, db *store.DB) {
			key := must(db.PackKeys(t.Context(), "map", 0))(t)[0]
			if err := db.PutPacks(t.Context(), []store.Pack{{PackKey: key, Content: []byte{1}, ChangesFrom: far, SplitsFrom: far}}); err != nil {
				t.Fatal(err)
			}
		}, "all"},
		"a pack of less than came by now": {func(t *testing.T, db *store.DB) {
			old := must(db.PackKeys(t.Context(), "map", 1))(t)[0]
			key := must(db.PackKeys(t.Context(), "map", 0))(t)[0]
			key.Data = old.Data[1:]
			if err := db.PutPacks(t.Context(), []store.Pack{{PackKey: key, Content: []byte{1}, Instead: old, ChangesFrom: far, SplitsFrom: far}}); err != nil {
				t.Fatal(err)
			}
		}, "all"},
		"the pack of two batches": {func(t *testing.T, db *store.DB) {
			put(t, db, "test", filed(t, "a-22", "2022-03-01", 4))
			putPack(t, db, far, far)
		}, "all"},
		"an earlier batch that goes on": {func(t *testing.T, db *store.DB) {
			putPack(t, db, far, far)
			file := fundamentals.SourceFile{Kind: "test", Name: "file", Digest: "other"}
			rows := filed(t, "a-23", "2023-03-01", 4)
			if _, err := db.Take(t.Context(), 1, file, seq(nil, rows), remember); err != nil {
				t.Fatal(err)
			}
		}, "all"},
	} {
		t.Run(name, func(t *testing.T) {
			db := begun(t)
			batch := put(t, db, "test", filed(t, "a-21", "2021-03-01", 3))
			c.then(t, db)
			if got := counted(t, db, batch); got != c.want {
				t.Errorf("it counts from %s, want %s", got, c.want)
			}
		})
	}
}

// A batch of many files is settled as a whole, and once more where it goes on.
func TestABatchIsSettledWithItsLastCompany(t *testing.T) {
	db := begun(t)
	batch := put(t, db, "test", filed(t, "a-21", "2021-03-01", 3))
	got := []string{counted(t, db, batch)}
	more := func(digest string, rows *fundamentals.Rows) {
		if _, err := db.Take(t.Context(), batch, fundamentals.SourceFile{Kind: "test", Name: "file", Digest: digest}, seq(nil, rows), remember); err != nil {
			t.Fatal(err)
		}
		got = append(got, counted(t, db, batch))
	}
	putPack(t, db, far, far)
	got = append(got, counted(t, db, batch))
	more("2", filed(t, "a-20", "2020-03-02", 1, 2, 3))
	putPack(t, db, far, far)
	got = append(got, counted(t, db, batch))
	of8 := filed(t, "c-21", "2019-06-03", 3)
	of8.Company = 8
	more("3", of8) // a company without facts before: there is nothing to hold its pack against
	if want := []string{"all", "2021-03-02", "all", "2020-03-03", "2019-06-04"}; !slices.Equal(got, want) {
		t.Errorf("it counts from %v, want %v", got, want)
	}
}
