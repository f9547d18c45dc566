package snapshot_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
	"assay/rules"
)

// keptOf returns the days of which a column is kept for the data as they are now.
func keptOf(t *testing.T, db *store.DB, days ...string) (kept []string) {
	t.Helper()
	for _, s := range days {
		_, version, err := db.Versions(t.Context(), date(t, s), 0)
		if err != nil {
			t.Fatal(err)
		}
		key := store.SnapshotKey{Data: version, Key: strings.Join([]string{s, snapshot.Catalogue(), "0", "0"}, " ")}
		columns, err := db.KeptColumns(t.Context(), []store.SnapshotKey{key})
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(columns[0], store.ColumnRef{Name: "total_assets"}) {
			kept = append(kept, s)
		}
	}
	return kept
}

// weighted adds to a report the weighted shares of its year and of the year before.
func weighted(rows fundamentals.Rows, now, before float64) fundamentals.Rows {
	first := rows.Facts[0]
	for _, tag := range []string{"WeightedAverageNumberOfSharesOutstandingBasic", "WeightedAverageNumberOfDilutedSharesOutstanding"} {
		for back, shares := range []float64{now, before} {
			f := first
			f.Tag, f.Unit, f.Value = fundamentals.Tag{Taxonomy: "us-gaap", Name: tag}, "shares", shares
			f.End = first.End.AddYears(-back)
			f.Start = f.End.AddYears(-1) + 1
			rows.Facts = append(rows.Facts, f)
		}
	}
	return rows
}

func TestNewFilingsMakeTheDatesNewThatTheyChange(t *testing.T) {
	days := []string{"2023-01-31", "2023-06-30", "2024-02-20", "2024-02-21", "2024-06-30"}
	usual := weighted(statement(1, "2023-12-31", "2024-02-20"), 1_010_000, 1_000_000)
	halved := weighted(statement(1, "2023-12-31", "2024-02-20"), 505_000, 500_000)
	adjusted := fundamentals.Rows{Prices: []fundamentals.Prices{{
		Series: fundamentals.Series{Ticker: "X", Basis: fundamentals.SplitAdjusted, BasisDate: date(t, "2024-03-01")},
		Bars:   []fundamentals.Bar{{Day: date(t, "2023-01-31"), Close: 6}},
	}}}
	for name, c := range map[string]struct {
		before, comes []fundamentals.Rows
		kept          []string
	}{
		"a filing of a later day":          {nil, []fundamentals.Rows{usual}, days[:3]},
		"a filing with a split":            {nil, []fundamentals.Rows{halved}, days[:3]},
		"one with a split of the closes":   {[]fundamentals.Rows{adjusted}, []fundamentals.Rows{halved}, nil},
		"the usual one beside such closes": {[]fundamentals.Rows{adjusted}, []fundamentals.Rows{usual}, days[:3]},
		"an old filing that comes late":    {nil, []fundamentals.Rows{usual, statement(2, "2022-12-31", "2023-03-01")}, days[:1]},
		"a filing of another company":      {nil, []fundamentals.Rows{statement(3, "2023-12-31", "2024-02-20"), {Companies: []fundamentals.Company{{CIK: 3, Name: "Third"}}}}, days[:3]},
		"a close of a later day":           {nil, []fundamentals.Rows{closes("X", "2024-02-21", 7)}, days[:3]},
		"a listing":                        {nil, []fundamentals.Rows{listed(3, "Y", 0)}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := newDB(t, t)
			begin := append([]fundamentals.Rows{
				listed(1, "X", 3825), weighted(statement(1, "2022-12-31", "2023-01-20"), 1_000_000, 990_000), closes("X", "2023-01-31", 5),
				statement(2, "2021-12-31", "2022-03-01"),
			}, c.before...)
			takeAs(t, t, db, "test", begin...)
			for _, day := range days {
				table := open(t, t, db, date(t, day))
				if _, err := table.Column(t.Context(), "total_assets", rules.At{}); err != nil {
					t.Fatal(err)
				}
				if err := table.Save(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			takeAs(t, t, db, "test", c.comes...)
			if err := snapshot.Refresh(t.Context(), db, nil); err != nil {
				t.Fatal(err)
			}
			if got := keptOf(t, db, days...); fmt.Sprint(got) != fmt.Sprint(c.kept) {
				t.Errorf("kept are %v, want %v", got, c.kept)
			}
		})
	}
}

// One who opens a table before the new filings are standardised finds what was kept.
func TestAReaderSettlesWhatIsNew(t *testing.T) {
	db := newDB(t, t)
	takeAs(t, t, db, "test", listed(1, "X", 3825), statement(1, "2022-12-31", "2023-01-20"))
	table := open(t, t, db, date(t, "2023-06-30"))
	value(t, table, "X", "total_assets", "1000")
	if err := table.Save(t.Context()); err != nil {
		t.Fatal(err)
	}
	takeAs(t, t, db, "test", statement(1, "2023-12-31", "2024-02-20"))
	if got := keptOf(t, db, "2023-06-30"); len(got) > 0 {
		t.Error("a table is kept while nobody knows what the filing shows")
	}
	value(t, open(t, t, db, date(t, "2023-06-30")), "X", "period_end", "2022-12-31")
	if got := keptOf(t, db, "2023-06-30"); len(got) == 0 {
		t.Error("the kept table is void")
	}
}

// A table with the prices of another day is of both days.
func TestPricesOfAnotherDayCountWithTheDate(t *testing.T) {
	for _, c := range []struct {
		pricesOn   string
		comes      fundamentals.Rows
		price, end string
	}{
		{"2023-12-29", closes("X", "2023-12-28", 7), "7", "2022-12-31"},
		{"2023-02-01", statement(1, "2023-03-31", "2023-05-01"), "5", "2023-03-31"},
	} {
		db := newDB(t, t)
		takeAs(t, t, db, "test", listed(1, "X", 3825), statement(1, "2022-12-31", "2023-01-20"), closes("X", "2023-01-31", 5))
		priced := func() *snapshot.Table {
			table, err := snapshot.Open(t.Context(), db, date(t, "2023-06-30"), snapshot.Options{PricesOn: date(t, c.pricesOn)})
			if err != nil {
				t.Fatal(err)
			}
			return table
		}
		before := priced()
		value(t, before, "X", "period_end", "2022-12-31")
		if err := before.Save(t.Context()); err != nil {
			t.Fatal(err)
		}
		takeAs(t, t, db, "test", c.comes)
		after := priced()
		value(t, after, "X", "price", c.price)
		value(t, after, "X", "period_end", c.end)
	}
}
