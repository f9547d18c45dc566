package export_test

import (
	"strings"
	"testing"

	"assay/rules"
	"assay/screener"
	"assay/screener/export"
)

func result() *screener.Result {
	return &screener.Result{
		Columns: []screener.Column{{Name: "roic"}, {Name: "tag"}, {Name: "period_end"}},
		Candidates: []screener.Candidate{{
			Rank: 1, Ticker: "-AAA", CIK: 7, Name: `=HYPERLINK("http://x")`,
			Score: screener.Datum{F: -0.5},
			Values: map[string]screener.Datum{
				"roic":       {F: -0.125},
				"tag":        {Kind: rules.Text, S: "@sum, or not"},
				"period_end": {Kind: rules.Date, F: 1},
			},
			Flags: []string{"dilution", "missing:steady"},
		}, {
			Rank: 2, Ticker: "BBB", CIK: 8, Name: "B & Sons",
			Score: screener.Datum{Why: rules.Stale}, ScoreMissing: "stale",
			Values:  map[string]screener.Datum{"roic": {Why: rules.Undefined}, "tag": {Kind: rules.Text}, "period_end": {Kind: rules.Date, F: 2}},
			Missing: map[string]string{"roic": "undefined"},
		}},
	}
}

// TestCSV holds that numbers keep their sign, and that no text is a formula.
func TestCSV(t *testing.T) {
	want := `rank,ticker,cik,name,score,roic,tag,period_end,flags,missing
1,'-AAA,7,"'=HYPERLINK(""http://x"")",-0.5,-0.125,"'@sum, or not",1970-01-02,dilution; missing:steady,
2,BBB,8,B & Sons,,,,1970-01-03,,score: stale; roic: undefined
`
	f, ok := export.Lookup("csv")
	if !ok {
		t.Fatal("there is no format csv")
	}
	var got strings.Builder
	if err := f.Write(&got, result()); err != nil {
		t.Fatal(err)
	}
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

func TestJSON(t *testing.T) {
	f, ok := export.Lookup("json")
	if !ok {
		t.Fatal("there is no format json")
	}
	var got strings.Builder
	if err := f.Write(&got, result()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"name": "B & Sons"`, `"roic": -0.125`, `"roic": null`, `"period_end": "1970-01-02"`} {
		if !strings.Contains(got.String(), want) {
			t.Errorf("it lacks %s:\n%s", want, got.String())
		}
	}
}

func TestLookup(t *testing.T) {
	for _, f := range export.Formats() {
		if got, ok := export.Lookup(f.Name); !ok || got.Ending != f.Ending {
			t.Errorf("%s is not found", f.Name)
		}
	}
	if _, ok := export.Lookup("xlsx"); ok {
		t.Error("a format that does not exist was found")
	}
}
