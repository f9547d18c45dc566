package snapshot_test

import (
	"fmt"
	"strings"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/rules"
)

// covered adds the cover of an annual report: public float on a day, shares.
func covered(rows fundamentals.Rows, float float64, day string, shares float64) fundamentals.Rows {
	d, _ := fundamentals.ParseDate(day)
	f := rows.Facts[0]
	cover := func(tag, unit string, end fundamentals.Date, value float64) {
		rows.Facts = append(rows.Facts, fundamentals.Fact{
			Tag: fundamentals.Tag{Taxonomy: "dei", Name: tag}, Unit: unit, End: end, Value: value,
			Accession: f.Accession, Form: f.Form, Filed: f.Filed,
		})
	}
	cover("EntityPublicFloat", "USD", d, float)
	cover("EntityCommonStockSharesOutstanding", "shares", f.Filed-5, shares)
	return rows
}

func TestAuditOfATable(t *testing.T) {
	db := newDB(t, t)
	take(t, t, db,
		listed(1, "FAIR", 3825), listed(2, "MILL", 3825), listed(3, "OFF", 6022),
		covered(statement(1, "2023-12-31", "2024-02-16", "Liabilities 400"), 18e6, "2023-06-30", 1e6),
		covered(statement(2, "2023-12-31", "2024-02-16", "Liabilities 400"), 18e9, "2023-06-30", 1e8),
		statement(3, "2023-12-31", "2024-02-16", "Liabilities 700"),
		closes("FAIR", "2023-06-30", 20), closes("FAIR", "2024-03-08", 40),
		closes("MILL", "2023-06-30", 0.2), closes("MILL", "2024-03-08", 0.4),
	)
	asOf, _ := fundamentals.ParseDate("2024-03-08")
	table, err := snapshot.Open(t.Context(), db, asOf, snapshot.Options{})
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	report, err := table.Audit(t.Context(), nil, []string{"balance", "float"}, func(done, total int) { told += total - done })
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, c := range report.Checks {
		fmt.Fprintf(&got, "%s %d %d %d %d\n", c.ID, c.Compared, c.Broken, c.Explained, c.Companies)
	}
	for _, b := range report.Breaks {
		fmt.Fprintf(&got, "%s %s %.0f %.0f %s\n", b.Ticker, b.Check, b.Expected, b.Found, b.Explanation)
	}
	want := `balance 3 1 0 1
float 2 1 1 1
MILL float 36000000000 40000000 0000000002-19769-000001 states its float in units of 1000
OFF balance 1300 1000 ` + "\n"
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
	if told != 3 { // 2 left, 1 left, 0 left
		t.Errorf("progress left %d", told)
	}
	one, err := table.Audit(t.Context(), []int{0}, []string{"balance"}, nil)
	if err != nil || one.Companies != 1 || len(one.Breaks) != 0 {
		t.Errorf("one company: %+v, %v", one, err)
	}
}

func TestCoverage(t *testing.T) {
	db := newDB(t, t)
	take(t, t, db, listed(1, "SHOP", 5331), listed(2, "MAKER", 3825), listed(3, "BANK", 6022),
		statement(1, "2023-12-31", "2024-02-16", "Revenues 900"),
		statement(2, "2023-12-31", "2024-02-16"),
		statement(3, "2023-12-31", "2024-02-16", "Revenues 50"),
	)
	asOf, _ := fundamentals.ParseDate("2024-03-08")
	table, err := snapshot.Open(t.Context(), db, asOf, snapshot.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		template, name, want string
	}{
		{"", "revenue", "2 of 3, not reported 1"},
		{"commercial", "revenue", "1 of 2, not reported 1"},
		{"bank", "revenue", "1 of 1"},
		{"", "total_debt", "2 of 3, not applicable 1"},
		{"", "exchange", "0 of 3, not reported 3"},
		{"", "ticker", "3 of 3"},
		{"insurer", "ticker", "0 of 0"},
	} {
		list, err := table.Coverage(t.Context(), c.template, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, cover := range list {
			if cover.Name != c.name {
				continue
			}
			got := fmt.Sprintf("%d of %d", cover.Known, cover.Companies)
			for _, why := range rules.Reasons() {
				if n := cover.Missing[why]; n > 0 {
					got += fmt.Sprintf(", %s %d", why, n)
				}
			}
			if got != c.want {
				t.Errorf("%s of %q: %s, want %s", c.name, c.template, got, c.want)
			}
		}
	}
}

func TestUnmappedTags(t *testing.T) {
	db := newDB(t, t)
	take(t, t, db,
		statement(1, "2022-12-31", "2023-02-16", "OtherAssetsNoncurrent 5", "Rare 1"),
		statement(1, "2023-12-31", "2024-02-16", "OtherAssetsNoncurrent 5"),
		statement(1, "2024-12-31", "2025-02-16", "OtherAssetsNoncurrent 5"),
		statement(2, "2023-12-31", "2024-02-16", "OtherAssetsNoncurrent 5"),
	)
	for _, c := range []struct{ asOf, want string }{
		{"2025-03-08", "OtherAssetsNoncurrent 2 2 4 2025-02-16, Rare 1 0 1 2023-02-16"},
		{"2024-02-17", "OtherAssetsNoncurrent 2 2 3 2024-02-16, Rare 1 1 1 2023-02-16"},
		{"2023-02-16", ""}, // filed that day, known the day after
	} {
		asOf, _ := fundamentals.ParseDate(c.asOf)
		list, err := snapshot.Unmapped(t.Context(), db, asOf, 0)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, u := range list {
			got = append(got, fmt.Sprintf("%s %d %d %d %s", u.Name, u.Companies, u.Regular, u.Facts, u.Last))
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("as of %s: %s, want %s", c.asOf, text, c.want)
		}
	}
}
