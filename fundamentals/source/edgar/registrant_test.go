package edgar_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/source/edgar"
	"assay/fundamentals/source/sourcetest"
)

func TestSubmissionsOfTheRegistrant(t *testing.T) {
	rows, findings := read(t, edgar.Submissions(), companyName, submission)
	same(t, 0, findings.Rejected.Count)
	same(t, []fundamentals.PastName{{Company: 7, Name: "SIX & CO", From: date(t, "1993-08-13"), To: date(t, "2002-02-06")}}, rows.PastNames)
	same(t, []fundamentals.Profile{{Company: 7, KnownOn: date(t, "2024-02-16"), SIC: 3825, FiscalYearEnd: 930}}, rows.Profiles)
	same(t, []fundamentals.FiledItems{{Company: 7, Accession: "a-3", Items: "4,7"}}, rows.FiledItems)
	same(t, []fundamentals.FilingList{
		{Company: 7, To: date(t, "1995-01-02")}, // before the file of older filings
		{Company: 7, From: date(t, "2001-01-03"), To: date(t, "2024-02-16")},
	}, rows.FilingLists)

	page, _ := read(t, edgar.Submissions(), "CIK0000000007-submissions-001.json", older)
	same(t, []fundamentals.FilingList{{Company: 7, From: date(t, "1995-01-03"), To: date(t, "2001-01-02")}}, page.FilingLists)
	same(t, []fundamentals.FiledItems{{Company: 7, Accession: "a-5", Items: "4,7"}}, page.FiledItems)
	same(t, 0, len(page.Profiles)+len(page.PastNames))

	// Without older filings the list goes back to the first one.
	whole, _ := read(t, edgar.Submissions(), companyName, strings.Replace(submission, `"files":[{`, `"files":[],"x":[{`, 1))
	same(t, []fundamentals.FilingList{{Company: 7, To: date(t, "2024-02-16")}}, whole.FilingLists)
}

func TestSubmissionsRejectNamesThatCannotBe(t *testing.T) {
	bad := strings.Replace(submission, "1993-08-13T04", "2093-08-13T04", 1)
	bad = strings.Replace(bad, `"filingFrom":"1995-01-03"`, `"filingFrom":"soon"`, 1)
	bad = strings.Replace(bad, `"0930"`, `"0931"`, 1)
	rows, findings := read(t, edgar.Submissions(), companyName, bad)
	same(t, 1, findings.Rejected.Count)
	same(t, `former name 1 (SIX & CO): from is "2093-08-13T04:00:00.000Z", to is "2002-02-06T05:00:00.000Z"`,
		findings.Rejected.List[0].Where+": "+findings.Rejected.List[0].Why)
	same(t, 0, len(rows.PastNames))
	same(t, 0, rows.Profiles[0].FiscalYearEnd)
	// What lies before its own filings is not known then.
	same(t, []fundamentals.FilingList{{Company: 7, From: date(t, "2001-01-02"), To: date(t, "2024-02-16")}}, rows.FilingLists)

	short := strings.Replace(submission, `"items":["",`, `"items":[`, 1)
	_, _, err := sourcetest.Read(t.Context(), edgar.Submissions(), companyName, []byte(short))
	same(t, "this is not a submissions file: its lists of filings differ in length", fmt.Sprint(err))
}

// Values read off the files themselves.
func TestRealSubmissions(t *testing.T) {
	folder := filepath.Join(sharedCompanyfacts(t), "..", "submissions")
	rowsOf := func(cik string) fundamentals.Rows {
		text, err := os.ReadFile(filepath.Join(folder, "CIK"+cik+".json.gz"))
		if err != nil {
			t.Fatal(err)
		}
		rows, findings := read(t, edgar.Submissions(), "CIK"+cik+".json.gz", string(text))
		same(t, 0, findings.Rejected.Count)
		return rows
	}
	intel := rowsOf("0000050863")
	same(t, []fundamentals.Profile{{Company: 50863, KnownOn: date(t, "2026-06-12"), SIC: 3674, FiscalYearEnd: 1227}}, intel.Profiles)
	same(t, []fundamentals.FilingList{{Company: 50863, To: date(t, "2026-06-12")}}, intel.FilingLists)
	same(t, 0, len(intel.PastNames))
	microsoft := rowsOf("0000789019")
	same(t, []fundamentals.Profile{{Company: 789019, KnownOn: date(t, "2026-06-25"), SIC: 7372, FiscalYearEnd: 630}}, microsoft.Profiles)
	minnesota := rowsOf("0000066740")
	same(t, []fundamentals.PastName{{Company: 66740, Name: "MINNESOTA MINING & MANUFACTURING CO", From: date(t, "1993-08-13"), To: date(t, "2002-02-06")}}, minnesota.PastNames)
	for accession, want := range map[string]string{
		"0000040545-20-000035": "4.01,9.01", // the change of auditors
		"0000040545-21-000013": "4.01,9.01",
		"0000040545-07-000006": "2.02,4.02,7.01,9.01",
		"0000040545-04-000031": "4",
	} {
		var got string
		for _, i := range rowsOf("0000040545").FiledItems {
			if i.Accession == accession {
				got = i.Items
			}
		}
		same(t, want, got)
	}
}
