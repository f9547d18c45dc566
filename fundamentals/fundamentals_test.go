package fundamentals_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals"
)

func TestDates(t *testing.T) {
	day := func(s string) fundamentals.Date {
		d, err := fundamentals.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		got  fundamentals.Date
		want string
	}{
		{day("2024-02-29").AddYears(1), "2025-02-28"},
		{day("2024-02-29").AddYears(-4), "2020-02-29"},
		{day("2024-03-31").AddMonths(-1), "2024-02-29"},
		{day("2024-01-15").AddMonths(-13), "2022-12-15"},
		{day("2023-12-31") + 1, "2024-01-01"},
		{fundamentals.Date(0), ""},
	} {
		if c.got.String() != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
	_, err := fundamentals.ParseDate("2024-13-01")
	if err == nil || err.Error() != `"2024-13-01" is not a date written YYYY-MM-DD` {
		t.Errorf("got %v", err)
	}
}

func TestDateTextIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := fundamentals.Date(rapid.Int32Range(1, 40000).Draw(t, "day"))
		if back, err := fundamentals.ParseDate(d.String()); err != nil || back != d {
			t.Fatalf("%d is written %s and read back as %d (%v)", d, d, back, err)
		}
	})
}

func TestSectorsOfRealCodes(t *testing.T) {
	for sic, want := range map[int]fundamentals.Classification{
		3825: {Sector: "Technology", Industry: "Instruments", Template: "commercial"}, // Cohu
		6022: {Sector: "Financials", Industry: "Banks and credit", Template: "bank"},
		6331: {Sector: "Financials", Industry: "Insurance", Template: "insurer"},
		6798: {Sector: "Real Estate", Industry: "Real estate investment trusts", Template: "reit"},
		2834: {Sector: "Health Care", Industry: "Pharmaceuticals and biotechnology", Template: "commercial"},
		4911: {Sector: "Utilities", Industry: "Electric gas and water", Template: "commercial"},
	} {
		if got, ok := fundamentals.Classify(sic); !ok || got != want {
			t.Errorf("SIC %d is %+v, want %+v", sic, got, want)
		}
	}
	if c, ok := fundamentals.Classify(0); ok {
		t.Errorf("no SIC code is %+v, want none", c)
	}
	want := []string{
		"Communication", "Consumer Discretionary", "Consumer Staples", "Energy", "Financials", "Health Care",
		"Industrials", "Materials", "Other", "Real Estate", "Technology", "Utilities",
	}
	if got := fundamentals.Sectors(); !slices.Equal(got, want) {
		t.Errorf("sectors %q, want %q", got, want)
	}
}

func TestFilingURL(t *testing.T) {
	const want = "https://www.sec.gov/Archives/edgar/data/21535/000143774924004596/0001437749-24-004596-index.htm"
	if got := fundamentals.FilingURL(21535, "0001437749-24-004596"); got != want {
		t.Errorf("got %s", got)
	}
}

func TestEvidenceListsEachFactOnce(t *testing.T) {
	fact := &fundamentals.Evidence{Name: "Assets", Accession: "a"}
	e := &fundamentals.Evidence{Inputs: []*fundamentals.Evidence{fact, {Inputs: []*fundamentals.Evidence{fact}}, {Name: "price"}}}
	if got := e.Facts(); len(got) != 1 || got[0] != fact {
		t.Errorf("got %v, want the one fact", got)
	}
}

func TestParseCIK(t *testing.T) {
	for text, want := range map[string]fundamentals.CIK{
		"21535": 21535, "0000021535": 21535, "CIK0000021535": 21535, "cik21535": 21535, "9999999999": 9999999999,
		"": 0, "CIK": 0, "0": 0, "-1": 0, "+1": 0, "10000000000": 0, "COHU": 0, "CIKCIK1": 0,
	} {
		if got, ok := fundamentals.ParseCIK(text); ok != (want != 0) || ok && got != want {
			t.Errorf("%q: %d, %v", text, got, ok)
		}
	}
}
