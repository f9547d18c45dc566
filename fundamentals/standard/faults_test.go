package standard_test

import (
	"os"
	"strings"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/standard"
)

// The list of faults is written by hand from the filings: each row must be of a
// filing that states the item for the period, and each must explain a break that is
// there. Where a rule comes to explain it, the row goes.
func TestFaultsAreInTheFilings(t *testing.T) {
	byCompany := map[fundamentals.CIK][]standard.Fault{}
	for _, f := range standard.Faults() {
		byCompany[f.CIK] = append(byCompany[f.CIK], f)
	}
	if _, err := os.Stat(companyFile(standard.Faults()[0].CIK)); err != nil {
		t.Skipf("real data is absent: %v", err)
	}
	for cik, list := range byCompany {
		facts, filings := realFacts(t, cik)
		m := standard.Concepts()
		c := standard.Build(m, cik, facts, filings)
		used := map[string]bool{}
		for _, asOf := range []string{"2024-03-08", "2026-03-26"} {
			for _, b := range c.View(m, date(t, asOf), nil).Audit().Breaks {
				if text, ok := strings.CutPrefix(b.Explanation, "known fault, "); ok {
					used[b.End.String()+" "+text] = true
				}
			}
		}
		for _, f := range list {
			if !states(m, c, f) {
				t.Errorf("%s: %s does not state %s at %s", f.Ticker, f.Accession, f.Item, f.End)
			}
			if !used[f.End.String()+" "+f.Accession+": "+f.What] {
				t.Errorf("%s: %s at %s explains no break", f.Ticker, f.Item, f.End)
			}
		}
	}
}

// states reports whether a filing states the item of a fault at its end, or, of a
// cover, on its day.
func states(m *standard.Map, c *standard.Company, f standard.Fault) bool {
	for item := range c.Items {
		if f.Item != standard.AnyItem && f.Item != m.Items[item].Name {
			continue
		}
		for _, p := range c.Items[item] {
			if p.End != f.End && (m.Items[item].Nature != standard.Cover || p.Start != f.End) {
				continue
			}
			for _, v := range p.Versions {
				if c.Filings[v.Filing].Accession == f.Accession {
					return true
				}
			}
		}
	}
	return false
}

func TestParseFaultsNamesLineAndMistake(t *testing.T) {
	const head = "cik,ticker,accession,item,end,what\n"
	for _, c := range []struct{ text, want string }{
		{"cik,ticker\n", `faults: the first line is not ["cik" "ticker" "accession" "item" "end" "what"]`},
		{head + "x,X,0001193125-24-000001,revenue,2023-12-31,a slip\n", `faults: line 2: cik: "x" is not a number`},
		{head + "1,X,24-1,revenue,2023-12-31,a slip\n", `faults: line 2: accession: "24-1" is not like 0001193125-24-000001`},
		{head + "1,X,0001193125-24-000001,sales,2023-12-31,a slip\n", `faults: line 2: item: "sales" is not in the concept map`},
		{head + "1,X,0001193125-24-000001,revenue,2023-12-31,\n", `faults: line 2: what: it does not say what is wrong`},
		{head + "1,X,0001193125-24-000001,*,2023-12-31,a\n1,X,0001193125-24-000001,*,2023-12-31,b\n", `faults: line 3: stands on line 2 already`},
	} {
		_, err := standard.ParseFaults(standard.Concepts(), []byte(c.text))
		if err == nil || err.Error() != c.want {
			t.Errorf("%q: got %v, want %s", c.text, err, c.want)
		}
	}
}
