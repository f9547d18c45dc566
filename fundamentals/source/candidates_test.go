package source_test

import (
	"path/filepath"
	"strings"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/source"
	"assay/fundamentals/source/edgar"
)

// A download may have any name: what ends in .json is read, or told of.
func TestRenamedFilesAreRead(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "apple.json", company(1, 3))
	write(t, folder, "COHU.JSON.gz", gz(company(2, 3)))
	write(t, folder, "broken.json", company(3, 3)[:90])
	write(t, folder, "other.json.gz", gz(`{"hello": "world"}`))
	write(t, folder, "list.json", `[1, 2]`)
	write(t, folder, "notes.txt", company(4, 3))
	write(t, folder, "all.zip", zipped(t, map[string]string{"a/b.json": company(5, 3), "c.json": "{", "readme": "x"}, "a/b.json", "c.json", "readme"))
	db := open(t, filepath.Join(t.TempDir(), "assay.db"))
	report := ingest(t, db, folder)
	same(t, `taken 3, unchanged 0, rows 12
ignored all.zip: readme
ignored notes.txt
rejected all.zip: c.json: the JSON breaks off at byte 1 (a download that broke off?)
rejected broken.json: the JSON breaks off at byte 90 (a download that broke off?)
rejected list.json: this is not a companyfacts file: it has no "cik" and "facts"
rejected other.json.gz: this is not a companyfacts file: it has no "cik" and "facts"
`, told(report, folder))
	same(t, false, report.Clean())
}

// rejections says what was rejected, row by row.
func rejections(r source.Report) string {
	var b strings.Builder
	for _, f := range r.Files {
		for _, row := range f.Rejected.List {
			b.WriteString(row.Where + ": " + row.Why + "\n")
		}
	}
	return b.String()
}

// A row that was filed far after the day of the ingest is rejected, and the others
// go in.
func TestDatesInTheFuture(t *testing.T) {
	folder := t.TempDir()
	text := `{"cik":1,"entityName":"A","facts":{"us-gaap":{"Assets":{"units":{"USD":[
{"end":"2020-12-31","val":1,"accn":"1-21-1","form":"10-K","filed":"2021-02-01"},
{"end":"2030-12-31","val":2,"accn":"1-21-1","form":"10-K","filed":"2021-02-01"},
{"end":"2106-06-30","val":3,"accn":"1-21-1","form":"10-K","filed":"2021-02-01"},
{"end":"2021-12-31","val":4,"accn":"1-92-1","form":"10-K","filed":"2092-02-01"}]}}}}}`
	path := write(t, folder, fileName(1), text)
	today := fundamentals.NewDate(2021, 6, 1)
	take := func(today fundamentals.Date) source.Report {
		db := open(t, filepath.Join(t.TempDir(), "assay.db"))
		report, err := source.Ingest(t.Context(), db, edgar.Companyfacts(), []string{path}, source.Options{Today: today})
		same(t, nil, err)
		return report
	}
	report := take(today)
	same(t, 4, report.Rows) // the company and three facts: a period is kept as stated
	same(t, `us-gaap:Assets USD of 1-92-1: its filing date 2092-02-01 lies far in the future: today is 2021-06-01
`, rejections(report))
	same(t, 5, take(0).Rows)
}
