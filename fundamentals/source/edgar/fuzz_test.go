package edgar_test

import (
	"math"
	"testing"

	"assay/fundamentals/source"
	"assay/fundamentals/source/edgar"
	"assay/fundamentals/source/sourcetest"
)

// fuzz holds that a parser returns, and gives no row that cannot be.
func fuzz(f *testing.F, kind source.Kind, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		rows, findings, err := sourcetest.Read(t.Context(), kind, companyName, text)
		for _, r := range rows.Facts {
			if math.IsNaN(r.Value) || math.IsInf(r.Value, 0) || r.End == 0 || r.Filed == 0 || r.Accession == "" || r.Start != 0 && r.Start > r.End {
				t.Errorf("%+v", r)
			}
		}
		for _, s := range rows.Securities {
			if s.Ticker == "" {
				t.Errorf("%+v", s)
			}
		}
		if err == nil && rows.Len()+findings.Rejected.Count == 0 {
			t.Error("nothing was read and nothing said")
		}
	})
}

func FuzzCompanyfacts(f *testing.F) {
	fuzz(f, edgar.Companyfacts(), facts(oneFact), facts(""), `{"facts":{},"cik":7}`, `{"cik":7,"facts":{"a":1}}`)
}

func FuzzSubmissions(f *testing.F) { fuzz(f, edgar.Submissions(), submission) }

func FuzzTickers(f *testing.F) {
	fuzz(f, edgar.Tickers(), `{"0":{"cik_str":1045810,"ticker":"NVDA","title":"NVIDIA CORP"}}`, `{"fields":["cik","ticker"],"data":[[1,"A"]]}`)
}
