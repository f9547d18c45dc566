package fundamentals_test

import (
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals"
)

func parse(t *testing.T, s string) fundamentals.Date {
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

func TestRoundedPeriods(t *testing.T) {
	for _, c := range []struct {
		end        string
		quarters   int
		start, day string // of a period
		want       bool
	}{
		{"2010-03-31", 0, "", "2010-03-31", true},
		{"2010-03-31", 0, "", "2010-04-03", true}, // a 52/53-week year
		{"2010-03-31", 0, "", "2010-03-27", true},
		{"2010-03-31", 0, "", "2010-04-30", false},
		{"2010-03-31", 0, "2010-01-01", "2010-03-31", false}, // no instant
		{"2010-03-31", 0, "", "2010-03-16", true},            // the middle goes both ways
		{"2010-02-28", 0, "", "2010-03-16", true},
		{"2010-03-31", 0, "", "2010-03-12", false},
		{"2008-02-29", 0, "", "2008-03-02", true},
		{"2010-03-31", 1, "2010-01-01", "2010-03-31", true},
		{"2010-03-31", 1, "2009-12-27", "2010-04-03", true}, // 14 weeks
		{"2010-03-31", 1, "2009-10-01", "2010-03-31", false},
		{"2010-03-31", 2, "2009-10-01", "2010-03-31", true},
		{"2010-03-31", 4, "2009-04-01", "2010-03-31", true},
		{"2010-03-31", 4, "2009-03-29", "2010-04-03", true}, // 53 weeks
		{"2010-03-31", 3, "2009-04-01", "2010-03-31", false},
		{"2010-03-31", 1, "", "2010-03-31", false},
	} {
		f := fundamentals.RoundedFact{End: parse(t, c.end), Quarters: c.quarters}
		if got := f.Covers(parse(t, c.start), parse(t, c.day)); got != c.want {
			t.Errorf("%s of %d quarters covers %s to %s: %v", c.end, c.quarters, c.start, c.day, got)
		}
	}
	for _, c := range []struct {
		end      string
		quarters int
		want     string
	}{
		{"2010-06-30", 1, "2010-04-01"},
		{"2010-03-31", 1, "2010-01-01"},
		{"2010-05-31", 1, "2010-03-01"},
		{"2010-02-28", 4, "2009-03-01"},
		{"2008-02-29", 4, "2007-03-01"},
		{"2009-12-31", 12, "2007-01-01"},
		{"2009-12-31", 0, ""},
	} {
		f := fundamentals.RoundedFact{End: parse(t, c.end), Quarters: c.quarters}
		if got := f.Start().String(); got != c.want {
			t.Errorf("%d quarters to %s start on %s, want %s", c.quarters, c.end, got, c.want)
		}
	}
}

// The calendar period that a rounded fact stands for rounds to it.
func TestLawCalendarPeriodsAreCovered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := fundamentals.RoundedFact{Quarters: rapid.IntRange(0, 40).Draw(t, "quarters")}
		f.End = fundamentals.NewDate(rapid.IntRange(2000, 2040).Draw(t, "year"), 1+12, 1) - 1
		f.End = (f.End + 1).AddMonths(rapid.IntRange(0, 11).Draw(t, "months")) - 1
		if !f.Covers(f.Start(), f.End) || !f.EndsWith(f.End) {
			t.Fatalf("%d quarters to %s: %s to %s is not covered", f.Quarters, f.End, f.Start(), f.End)
		}
	})
}

func TestDisagreementSaysWhatAndWhere(t *testing.T) {
	d := fundamentals.Disagreement{Stored: 5.25, RoundedFact: fundamentals.RoundedFact{
		Tag: fundamentals.Tag{Taxonomy: "us-gaap", Name: "Revenues"}, Unit: "USD", End: parse(t, "2010-03-31"), Value: 1234567890, Accession: "a-1",
	}}
	for quarters, want := range []string{
		"a-1: us-gaap:Revenues in USD at 2010-03-31 is 1234567890 with its period rounded and 5.25 with it exact, which stands",
		"a-1: us-gaap:Revenues in USD for the quarter to 2010-03-31 is 1234567890 with its period rounded and 5.25 with it exact, which stands",
		"a-1: us-gaap:Revenues in USD for 2 quarters to 2010-03-31 is 1234567890 with its period rounded and 5.25 with it exact, which stands",
	} {
		d.Quarters = quarters
		if got := d.String(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
