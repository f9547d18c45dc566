package snapshot_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/fundamentals/source"
	"assay/fundamentals/source/edgar"
	"assay/fundamentals/store"
	"assay/rules"
)

// submissions stores real submissions files, and a statement of each company so
// that it has a row: those of facts are not there.
func submissions(t *testing.T) *store.DB {
	t.Helper()
	folder := filepath.FromSlash("../../../shared/data/submissions")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the real submissions files are not here: ", err)
	}
	db := newDB(t, t)
	var files []string
	for _, cik := range []fundamentals.CIK{40545, 50863, 63276, 66740, 789019, 885590} {
		files = append(files, filepath.Join(folder, "CIK"+cik.String()+".json.gz"))
		take(t, t, db, statement(cik, "1999-12-31", "2000-03-01"))
	}
	report, err := source.Ingest(t.Context(), db, edgar.Submissions(), files, source.Options{})
	if err != nil || !report.Clean() {
		t.Fatal(report, err)
	}
	return db
}

// The values were read off the lists of the files; the accession numbers are
// those of the filings that count.
func TestHygieneOfRealCompanies(t *testing.T) {
	db := submissions(t)
	tables := map[string]*snapshot.Table{}
	for _, c := range [][4]string{
		{"2023-02-01", "INTC", "days_since_filing", "5"},      // 10-K 0000050863-23-000006; not the SEC's IRANNOTICE
		{"2023-02-02", "INTC", "days_since_filing", "0"},      // S-3ASR 0001193125-23-021877, accepted the evening before
		{"2023-02-01", "INTC", "shelf_registrations_2y", "0"}, // 0001193125-21-014763 of 2021-01-22 is out
		{"2023-01-22", "INTC", "shelf_registrations_2y", "1"}, // and was known from 2021-01-23
		{"2023-02-02", "INTC", "shelf_registrations_2y", "1"},
		{"2024-03-08", "INTC", "amendments_2y", "0"},
		{"2020-08-03", "MSFT", "shelf_registrations_2y", "3"}, // 0001193125-18-312405, 0001193125-18-320899, 0001193125-20-205407
		{"2024-03-08", "MSFT", "days_since_filing", "0"},      // 8-K/A 0001193125-24-062997, accepted 8:58 in New York
		{"2012-06-30", "MSFT", "amendments_2y", "1"},          // 0001193125-12-026864
		{"2019-10-29", "MAT", "non_reliance_2y", "0"},         // accepted 19:16 in New York
		{"2019-10-30", "MAT", "non_reliance_2y", "1"},         // 0001193125-19-277846
		{"2020-03-31", "MAT", "amendments_2y", "2"},           // 0001628280-19-013975, 0001628280-20-002456
		{"2020-03-31", "MAT", "days_since_filing", "33"},      // the second of these; a holder's 13G of 2020-03-19 is not Mattel's
		{"2024-03-08", "MAT", "late_notices_2y", "1"},         // 0001628280-24-008014
		{"2016-06-30", "BHC", "late_notices_2y", "2"},         // 0001341004-16-001184, 0001341004-16-001401
		{"2016-06-30", "BHC", "non_reliance_2y", "1"},         // 0001193125-16-511157
		{"2012-06-30", "BHC", "auditor_changes_2y", "2"},      // 0000950123-10-108993 (its two 8-K/A tell more of it), 0001341004-12-000561
		{"2012-06-30", "BHC", "days_since_filing", "9"},       // 0001193125-12-277784; the SEC's letter of 2012-06-29 came out later
		{"2021-03-01", "GE", "auditor_changes_2y", "1"},       // 0000040545-20-000035; not again 0000040545-21-000013
		{"2004-12-31", "GE", "auditor_changes_2y", "3"},       // item 4: 0000040545-04-000031, -000034, -000035
		{"2007-02-01", "GE", "non_reliance_2y", "2"},          // 0000040545-05-000031, 0000040545-07-000006
		{"2026-10-20", "GE", "non_reliance_2y", "0"},          // the file ends on 2026-06-25: 117 days
		{"2026-10-24", "GE", "non_reliance_2y", "stale"},
		{"2026-10-24", "GE", "days_since_filing", "121"},
		{"2001-12-31", "MMM", "name", "MINNESOTA MINING & MANUFACTURING CO"},
		{"2003-12-31", "MMM", "name", "3M CO"},
		{"2015-06-30", "BHC", "name", "Valeant Pharmaceuticals International, Inc."},
		{"2009-06-30", "BHC", "name", "BIOVAIL Corp"},
		{"2024-06-30", "BHC", "name", "Bausch Health Companies Inc."},
	} {
		if tables[c[0]] == nil {
			tables[c[0]] = open(t, t, db, date(t, c[0]))
		}
		t.Run(c[0]+" "+c[1], func(t *testing.T) { value(t, tables[c[0]], c[1], c[2], c[3]) })
	}
}

func TestHygieneEvidenceNamesTheFilings(t *testing.T) {
	db := submissions(t)
	table := open(t, t, db, date(t, "2012-06-30"))
	row, _ := table.Row("BHC")
	e, err := table.Evidence(t.Context(), row, "auditor_changes_2y", rules.At{})
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{fmt.Sprint(e.Name, " ", e.Value.F, " ", e.KnownOn, e.Note)}
	for _, in := range e.Inputs {
		lines = append(lines, fmt.Sprint(in.Form, " ", in.Accession, " ", in.Filed, " ", in.KnownOn, " ", in.Note, " ", in.URL))
	}
	want := `auditor_changes_2y 2 2012-04-10
8-K 0000950123-10-108993 2010-11-26 2010-11-27 items 4.01,9.01 https://www.sec.gov/Archives/edgar/data/885590/000095012310108993/0000950123-10-108993-index.htm
8-K 0001341004-12-000561 2012-04-10 2012-04-10 items 4.01,9.01 https://www.sec.gov/Archives/edgar/data/885590/000134100412000561/0001341004-12-000561-index.htm`
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// listed is what a submissions file says of company 1, with its last day.
func filingList(t *testing.T, from, to string, filings ...string) fundamentals.Rows {
	t.Helper()
	rows := fundamentals.Rows{}
	list := fundamentals.FilingList{Company: 1, To: date(t, to)}
	if from != "" {
		list.From = date(t, from)
	}
	rows.FilingLists = []fundamentals.FilingList{list}
	for i, f := range filings {
		form, filed, _ := strings.Cut(f, " on ")
		form, items, _ := strings.Cut(form, " with ")
		accession := fmt.Sprint(to, "-", i)
		rows.Filings = append(rows.Filings, fundamentals.Filing{Company: 1, Accession: accession, Form: form, Filed: date(t, filed)})
		if items != "" {
			rows.FiledItems = append(rows.FiledItems, fundamentals.FiledItems{Company: 1, Accession: accession, Items: items})
		}
	}
	return rows
}

func TestHygieneNeedsTheListOfTwoYears(t *testing.T) {
	const asOf = "2024-03-08"
	for name, c := range map[string]struct {
		rows []fundamentals.Rows
		want string // of late_notices_2y
	}{
		"no list":                {nil, "not reported"},
		"from the first filing":  {[]fundamentals.Rows{filingList(t, "", "2024-03-01")}, "0"},
		"to a later day":         {[]fundamentals.Rows{filingList(t, "", "2026-03-01", "NT 10-K on 2024-03-07", "NT 10-K on 2024-03-08")}, "1"},
		"of two years":           {[]fundamentals.Rows{filingList(t, "2022-03-08", "2024-03-01")}, "0"},
		"of a day less":          {[]fundamentals.Rows{filingList(t, "2022-03-09", "2024-03-01")}, "not reported"},
		"in two pieces":          {[]fundamentals.Rows{filingList(t, "2023-01-01", "2024-03-01"), filingList(t, "", "2022-12-31", "NT 10-Q on 2022-03-08")}, "1"},
		"with a hole of one day": {[]fundamentals.Rows{filingList(t, "2023-01-02", "2024-03-01"), filingList(t, "", "2022-12-31")}, "not reported"},
		"too old":                {[]fundamentals.Rows{filingList(t, "", "2023-11-08", "NT 10-Q on 2023-05-08")}, "stale"},
		"just not too old":       {[]fundamentals.Rows{filingList(t, "", "2023-11-09", "NT 10-Q on 2023-05-08")}, "1"},
		"older than two years":   {[]fundamentals.Rows{filingList(t, "", "2020-01-01")}, "stale"},
		"of later years alone":   {[]fundamentals.Rows{filingList(t, "2025-01-01", "2026-01-01")}, "not reported"},
	} {
		t.Run(name, func(t *testing.T) {
			db := newDB(t, t)
			take(t, t, db, statement(1, "2023-12-31", "2024-02-20"))
			take(t, t, db, c.rows...)
			table := open(t, t, db, date(t, asOf))
			value(t, table, "1", "late_notices_2y", c.want)
			if c.want == "not reported" || c.want == "stale" { // of the statement's own filing
				value(t, table, "1", "days_since_filing", "17")
				value(t, table, "1", "amendments_2y", "0")
			}
		})
	}
}

func TestHygieneCountsEventsOnce(t *testing.T) {
	db := newDB(t, t)
	take(t, t, db, statement(1, "2018-12-31", "2019-02-20"), filingList(t, "", "2024-03-01",
		"8-K with 4.01 on 2021-06-01",        // out of the two years
		"8-K/A with 4.01 on 2022-05-31",      // tells more of it
		"8-K/A with 4.02,9.01 on 2022-07-01", // alone: counts
		"8-K/A with 4.02 on 2022-08-01",      // tells more
		"8-K12B with 4.01 on 2023-07-03",
		"6-K with 4.01 on 2023-07-03", // no form 8-K
		"SC 13G on 2024-01-02", "10-K405 on 2023-12-01"))
	table := open(t, t, db, date(t, "2024-03-08"))
	value(t, table, "1", "auditor_changes_2y", "1")
	value(t, table, "1", "non_reliance_2y", "1")
	value(t, table, "1", "days_since_filing", "98")
	// Who filed nothing for years is asked for by itself.
	gone := newDB(t, t)
	take(t, t, gone, statement(1, "2018-12-31", "2019-02-20"), filingList(t, "", "2019-06-03", "15-12B on 2019-06-03", "SC 13G on 2020-06-03"))
	value(t, open(t, t, gone, date(t, "2024-03-08")), "1", "days_since_filing", "1740")
}

func TestSICAsOfADate(t *testing.T) {
	db := newDB(t, t)
	profile := func(cik fundamentals.CIK, on string, sic int) fundamentals.Profile {
		return fundamentals.Profile{Company: cik, KnownOn: date(t, on), SIC: sic}
	}
	take(t, t, db, listed(1, "X", 3825), statement(1, "2010-12-31", "2011-02-20"), statement(2, "2010-12-31", "2011-02-20"),
		fundamentals.Rows{Profiles: []fundamentals.Profile{profile(1, "2012-05-01", 6770), profile(1, "2014-05-01", 6022), profile(2, "2012-05-01", 6798)}})
	for _, c := range [][4]string{
		{"2012-04-30", "X", "sic", "3825"}, // the listing's: no source vouches for another yet
		{"2012-05-01", "X", "security_type", "spac"},
		{"2014-05-01", "X", "sector", "Financials"},
		{"2014-05-01", "X", "security_type", "common"},
		{"2012-04-30", "2", "sic", "not reported"},
		{"2012-05-01", "2", "sector", "Real Estate"}, // not listed anywhere
		{"2012-05-01", "2", "ticker", "not reported"},
	} {
		t.Run(c[0]+" "+c[1], func(t *testing.T) { value(t, open(t, t, db, date(t, c[0])), c[1], c[2], c[3]) })
	}
}

// Counts of filings take neither facts nor prices: a table that says who its rows are
// has them at the cost of the lists, also over many dates.
func TestHygieneReadsFilingsAlone(t *testing.T) {
	db, asOf := newDB(t, t), date(t, "2024-03-08")
	take(t, t, db, statement(1, "2023-12-31", "2024-02-20"), filingList(t, "", "2024-03-01", "NT 10-K on 2024-02-26"))
	if err := open(t, t, db, asOf).Save(t.Context()); err != nil {
		t.Fatal(err)
	}
	away := func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), `ALTER TABLE pack RENAME TO away`)
		return err
	}
	if err := db.Update(t.Context(), away); err != nil {
		t.Fatal(err)
	}
	table := open(t, t, db, asOf)
	value(t, table, "1", "late_notices_2y", "1")
	value(t, table, "1", "days_since_filing", "11")
}
