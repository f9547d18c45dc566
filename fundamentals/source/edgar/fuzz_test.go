package edgar_test

import (
	"math"
	"testing"

	"assay/fundamentals"
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
		registrants(t, &rows)
		if err == nil && rows.Len()+findings.Rejected.Count == 0 {
			t.Error("nothing was read and nothing said")
		}
	})
}

func registrants(t *testing.T, rows *fundamentals.Rows) {
	for _, p := range rows.Profiles {
		if p.KnownOn == 0 || p.SIC == 0 && p.FiscalYearEnd == 0 || p.FiscalYearEnd < 0 || p.FiscalYearEnd > 1231 {
			t.Errorf("%+v", p)
		}
	}
	for _, n := range rows.PastNames {
		if n.Name == "" || n.From == 0 || n.From > n.To {
			t.Errorf("%+v", n)
		}
	}
	for _, l := range rows.FilingLists {
		if l.From > l.To {
			t.Errorf("%+v", l)
		}
	}
	for _, i := range rows.FiledItems {
		if i.Accession == "" || i.Items == "" {
			t.Errorf("%+v", i)
		}
	}
}

func FuzzCompanyfacts(f *testing.F) {
	fuzz(f, edgar.Companyfacts(), facts(oneFact), facts(""), `{"facts":{},"cik":7}`, `{"cik":7,"facts":{"a":1}}`)
}

func FuzzSubmissions(f *testing.F) { fuzz(f, edgar.Submissions(), submission, older) }

func FuzzTickers(f *testing.F) {
	fuzz(f, edgar.Tickers(), `{"0":{"cik_str":1045810,"ticker":"NVDA","title":"NVIDIA CORP"}}`, `{"fields":["cik","ticker"],"data":[[1,"A"]]}`)
}
