package edgar_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/fundamentals"
	"assay/fundamentals/source"
	"assay/fundamentals/source/edgar"
	"assay/fundamentals/source/sourcetest"
)

const companyName = "CIK0000000007.json"

// facts is a whole file around a list of facts.
func facts(list string) string {
	return `{"cik": "0000000007", "entityName": "Seven \u0026 Co", "facts": {"us-gaap": {"Assets": {"label": "Assets", "description": null, "units": {"USD": [` + list + `]}}}}}`
}

const oneFact = `{"end": "2018-12-29", "val": 164921000, "accn": "0001437749-19-004873", "fy": 2018, "fp": "FY", "form": "10-K", "filed": "2019-03-14", "frame": "CY2018Q4I"}`

const submission = `{"cik":"0000000007","name":"Seven","sic":"3825","fiscalYearEnd":"0930","formerNames":[
{"name":"SIX & CO","from":"1993-08-13T04:00:00.000Z","to":"2002-02-06T05:00:00.000Z"},{"name":"FIVE","from":null,"to":null}],"tickers":["SEV","SEV-PA"],"exchanges":["NYSE",null],"filings":{"recent":{
"accessionNumber":["a-1","a-2","a-3"],"filingDate":["2024-02-16","2024-02-15","2001-01-02"],"acceptanceDateTime":["2024-02-16T23:01:02.000Z","2024-02-15T21:00:00.000Z","2001-01-02T05:00:00.000Z"],
"form":["10-K","4","8-K"],"items":["","","4,7"]},"files":[{"name":"CIK0000000007-submissions-001.json","filingCount":2,"filingFrom":"1995-01-03","filingTo":"2001-01-02"}]}}`

// older is a file of older filings.
const older = `{"accessionNumber":["a-5","a-4"],"filingDate":["2001-01-02","1995-01-03"],"form":["8-K/A","10-K"],"items":["4,7",""]}`

func TestConformance(t *testing.T) {
	sourcetest.Run(t, edgar.Companyfacts(), companyName, facts(oneFact))
	sourcetest.Run(t, edgar.Submissions(), companyName, submission)
	sourcetest.Run(t, edgar.Submissions(), "CIK0000000007-submissions-001.json", older)
	sourcetest.Run(t, edgar.Tickers(), "company_tickers.json", `{"0":{"cik_str":1045810,"ticker":"NVDA","title":"NVIDIA CORP"}}`)
	sourcetest.Run(t, edgar.Tickers(), "company_tickers_exchange.json", `{"fields":["cik","name","ticker","exchange"],"data":[[1045810,"NVIDIA CORP","NVDA","Nasdaq"],[1,"One","ONE",null]]}`)
}

func same(t *testing.T, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func read(t *testing.T, kind source.Kind, name, text string) (fundamentals.Rows, source.Findings) {
	t.Helper()
	rows, findings, err := sourcetest.Read(t.Context(), kind, name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return rows, findings
}

func date(t *testing.T, s string) fundamentals.Date {
	t.Helper()
	d, err := fundamentals.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestCompanyfacts(t *testing.T) {
	want := []fundamentals.Fact{{
		Tag: fundamentals.Tag{Taxonomy: "us-gaap", Name: "Assets"}, Unit: "USD", End: date(t, "2018-12-29"), Value: 164_921_000,
		Accession: "0001437749-19-004873", Form: "10-K", Filed: date(t, "2019-03-14"),
	}}
	rows, _ := read(t, edgar.Companyfacts(), companyName, facts(oneFact))
	same(t, want, rows.Facts)
	same(t, []fundamentals.Company{{CIK: 7, Name: "Seven & Co"}}, rows.Companies)

	// Keys in another order, no blanks, keys that nobody knows.
	turned := `{"more":[{"x":[]}],"facts":{"us-gaap":{"Assets":{"units":{"USD":[{"filed":"2019-03-14","form":"10-K","accn":"0001437749-19-004873","val":1.64921e8,"end":"2018-12-29","odd":{"a":[1,{}]}}]}}}},"entityName":"Seven & Co","cik":7}`
	other, _ := read(t, edgar.Companyfacts(), companyName, turned)
	same(t, rows, other)
}

// TestMisnamed shows what is said of a file that is named for another company than the
// one that it speaks of: it is taken for the one inside, quickly read or plainly.
func TestMisnamed(t *testing.T) {
	want := []string{"it is named for CIK0000000002 and speaks of CIK0000000007, whose it is taken for: is it a copy under another name?"}
	turned := `{"facts": {}, "cik": 7}`
	for _, c := range []struct {
		kind       source.Kind
		name, text string
		want       []string
	}{
		{edgar.Companyfacts(), "CIK0000000002.json", facts(oneFact), want},
		{edgar.Companyfacts(), "CIK0000000002.json", turned, want},
		{edgar.Submissions(), "CIK0000000002.json", submission, want},
		{edgar.Companyfacts(), companyName, facts(oneFact), nil},
		{edgar.Submissions(), companyName, submission, nil},
		{edgar.Companyfacts(), "seven.json", facts(oneFact), nil},
	} {
		rows, findings := read(t, c.kind, c.name, c.text)
		same(t, c.want, findings.Notices)
		same(t, fundamentals.CIK(7), rows.Companies[0].CIK)
	}
}

func TestCompanyfactsRejectsFactsThatCannotBe(t *testing.T) {
	bad := func(good, other string) string { return strings.Replace(oneFact, good, other, 1) }
	list := []string{
		oneFact,
		bad("164921000", "null"),
		bad("164921000", `"12"`),
		bad("164921000", "1e999"),
		bad("2018-12-29", "2018-02-30"),
		bad("2019-03-14", "14.03.2019"),
		bad(`"val": 164921000, `, ""),
		bad(`"end"`, `"start": "2019-01-01", "end"`),
		"17",
	}
	rows, findings := read(t, edgar.Companyfacts(), companyName, facts(strings.Join(list, ", ")))
	same(t, 1, len(rows.Facts))
	same(t, 8, findings.Rejected.Count)
	var got []string
	for _, r := range findings.Rejected.List {
		where, _, _ := strings.Cut(r.Where, " at byte ")
		got = append(got, where+": "+r.Why)
	}
	same(t, []string{
		`us-gaap:Assets USD: val is null`,
		`us-gaap:Assets USD: val is "12"`,
		`us-gaap:Assets USD: val is 1e999`,
		`us-gaap:Assets USD: end is "2018-02-30"`,
		`us-gaap:Assets USD: filed is "14.03.2019"`,
		`us-gaap:Assets USD: it lacks one of end, val, accn, filed`,
		`us-gaap:Assets USD: its start 2019-01-01 is after its end 2018-12-29`,
		`us-gaap:Assets USD: it is not an object`,
	}, got)
}

func TestFilesOfAnotherShape(t *testing.T) {
	whole := facts(oneFact)
	for _, test := range []struct {
		kind       source.Kind
		text, want string
	}{
		{edgar.Companyfacts(), `{"a": 1}`, `this is not a companyfacts file: it has no "cik" and "facts"`},
		{edgar.Companyfacts(), `[1, 2]`, `this is not a companyfacts file: it has no "cik" and "facts"`},
		{edgar.Companyfacts(), `{"cik": "x", "facts": {}}`, `"x" is not a CIK`},
		{edgar.Companyfacts(), `{"cik": 7, "facts": []}`, `this is not a companyfacts file: its "facts" is not an object`},
		{edgar.Companyfacts(), `{"cik": 7,, "facts": {}}`, `this is not JSON from byte 10 on: invalid character ',' at start of value`},
		{edgar.Companyfacts(), "<html>", `this is not JSON from byte 0 on: invalid character '<' at start of value`},
		{edgar.Companyfacts(), whole[:100], `the JSON breaks off at byte 100 (a download that broke off?)`},
		{edgar.Companyfacts(), whole + whole, fmt.Sprintf(`there is more after the end of the JSON, at byte %d`, len(whole))},
		{edgar.Submissions(), `{"cik": 7}`, `this is not a submissions file: it has no "cik" and "filings"`},
		{edgar.Submissions(), whole, `this is not a submissions file: it has no "cik" and "filings"`},
		{edgar.Submissions(), `{"cik":7,"filings":{"recent":{"accessionNumber":["a"],"form":[],"filingDate":[]}}}`, `this is not a submissions file: its lists of filings differ in length`},
		{edgar.Tickers(), `{"cik": 7}`, `this is not an EDGAR list of tickers: it names none`},
		{edgar.Tickers(), `{"fields": ["cik"], "data": []}`, `this is not an EDGAR list of tickers: its fields lack "ticker" before its data`},
	} {
		_, _, err := sourcetest.Read(t.Context(), test.kind, companyName, []byte(test.text))
		if err == nil || err.Error() != test.want {
			t.Errorf("got  %v\nwant %s", err, test.want)
		}
	}
}

func TestSubmissions(t *testing.T) {
	rows, _ := read(t, edgar.Submissions(), companyName, submission)
	same(t, []fundamentals.Security{
		{Ticker: "SEV", CIK: 7, Name: "Seven", Exchange: "NYSE", SIC: 3825},
		{Ticker: "SEV-PA", CIK: 7, Name: "Seven", SIC: 3825},
	}, rows.Securities)
	same(t, []fundamentals.Filing{
		{Company: 7, Accession: "a-1", Form: "10-K", Filed: date(t, "2024-02-16")},
		{Company: 7, Accession: "a-3", Form: "8-K", Filed: date(t, "2001-01-02")},
	}, rows.Filings)
	same(t, 1, len(rows.Acceptances)) // the midnight of 2001 is no time
	same(t, "2024-02-16T23:01:02Z", rows.Acceptances[0].At.UTC().Format("2006-01-02T15:04:05Z"))
	// A file with a time at 8 in the morning is in New York's time, whatever it says.
	rows, _ = read(t, edgar.Submissions(), companyName, strings.NewReplacer("T23:01:02", "T18:01:02", "T21:00:00", "T08:00:01").Replace(submission))
	same(t, "2024-02-16T23:01:02Z", rows.Acceptances[0].At.UTC().Format("2006-01-02T15:04:05Z"))
}

// Every day of a span of years reads as the calendar has it, and no other does.
func TestDates(t *testing.T) {
	for y := 1900; y <= 2120; y += 4 + y%3 {
		for m := 1; m <= 12; m++ {
			for _, d := range []int{1, 15, 28, 29, 30, 31} {
				s := fmt.Sprintf("%04d-%02d-%02d", y, m, d)
				want, err := fundamentals.ParseDate(s)
				rows, findings := readEnd(t, s)
				if err != nil {
					same(t, 1, findings.Rejected.Count)
					continue
				}
				if len(rows.Facts) != 1 || rows.Facts[0].End != want {
					t.Errorf("%s: %v, rejected %v", s, rows.Facts, findings.Rejected)
				}
			}
		}
	}
}

func readEnd(t *testing.T, end string) (fundamentals.Rows, source.Findings) {
	return read(t, edgar.Companyfacts(), companyName, facts(strings.Replace(oneFact, "2018-12-29", end, 1)))
}

// In 25 of the real files the company number is quoted; all read whole.
func TestRealFiles(t *testing.T) {
	folder := sharedCompanyfacts(t)
	for _, name := range []string{"CIK0000021535.json.gz", "CIK0000001750.json.gz"} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		rows, findings := read(t, edgar.Companyfacts(), name, string(text))
		if len(rows.Facts) < 10_000 || findings.Rejected.Count > 0 {
			t.Errorf("%s: %d facts, rejected %v", name, len(rows.Facts), findings.Rejected)
		}
	}
	// Intel's times are New York's: its 10-Q of 2024-08-01 18:26:52 was filed on
	// the next day. Caterpillar's are UTC.
	for cik, want := range map[string]string{"0000050863": "0000050863-24-000124 2024-08-02 2024-08-02", "0000018230": "0000018230-24-000009 2024-02-16 2024-02-16"} {
		text, err := os.ReadFile(filepath.Join(folder, "..", "submissions", "CIK"+cik+".json.gz"))
		if err != nil {
			t.Fatal(err)
		}
		rows, _ := read(t, edgar.Submissions(), "CIK"+cik+".json.gz", string(text))
		accession, _, _ := strings.Cut(want, " ")
		var got string
		for _, f := range rows.Filings {
			for _, a := range rows.Acceptances {
				if f.Accession == accession && a.Accession == accession {
					got = fmt.Sprint(accession, " ", f.Filed, " ", fundamentals.KnownOn(f.Filed, a.At))
				}
			}
		}
		same(t, want, got)
	}
}

// Some editors put a byte order mark in front; places are told with it.
func TestByteOrderMark(t *testing.T) {
	mark := "\ufeff"
	for _, test := range []struct {
		kind source.Kind
		text string
	}{
		{edgar.Companyfacts(), facts(oneFact)},
		{edgar.Submissions(), submission},
		{edgar.Tickers(), `{"0":{"cik_str":320193,"ticker":"AAPL","title":"Apple Inc."}}`},
	} {
		plain, _ := read(t, test.kind, companyName, test.text)
		marked, _ := read(t, test.kind, companyName, mark+test.text)
		same(t, plain, marked)
	}
	_, _, err := sourcetest.Read(t.Context(), edgar.Companyfacts(), companyName, []byte(mark+`{"cik": 7`))
	same(t, "the JSON breaks off at byte 12 (a download that broke off?)", err.Error())
	_, _, err = sourcetest.Read(t.Context(), edgar.Companyfacts(), companyName, []byte(mark))
	same(t, "the file is empty", err.Error())
}
