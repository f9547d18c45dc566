package standard_test

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"assay/fundamentals"
)

// realFacts reads a companyfacts file of the real data, or skips the test.
func realFacts(t testing.TB, cik fundamentals.CIK) ([]fundamentals.Fact, []fundamentals.Filing) {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", "companyfacts", "CIK"+cik.String()+".json.gz")
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("real data is absent: %v", err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Facts map[string]map[string]struct {
			Units map[string][]struct {
				Start, End, Accn, Form, Filed string
				Val                           float64
			}
		}
	}
	if err := json.NewDecoder(z).Decode(&file); err != nil {
		t.Fatal(err)
	}
	var facts []fundamentals.Fact
	filings := map[string]fundamentals.Filing{}
	for taxonomy, tags := range file.Facts {
		for name, tag := range tags {
			for unit, rows := range tag.Units {
				for _, r := range rows {
					fact := fundamentals.Fact{
						Tag: fundamentals.Tag{Taxonomy: taxonomy, Name: name}, Unit: unit, Value: r.Val,
						Start: date(t, r.Start), End: date(t, r.End), Accession: r.Accn, Form: r.Form, Filed: date(t, r.Filed),
					}
					facts = append(facts, fact)
					filings[r.Accn] = fundamentals.Filing{
						Company: cik, Accession: r.Accn, Form: r.Form, Filed: fact.Filed, KnownOn: fact.Filed + 1,
					}
				}
			}
		}
	}
	var list []fundamentals.Filing
	for _, f := range filings {
		list = append(list, f)
	}
	return facts, list
}

func date(t testing.TB, s string) fundamentals.Date {
	t.Helper()
	if s == "" {
		return 0
	}
	d, err := fundamentals.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
