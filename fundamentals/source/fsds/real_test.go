package fsds_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/source"
	"assay/fundamentals/source/edgar"
	"assay/fundamentals/source/fsds"
	"assay/fundamentals/source/sourcetest"
	"assay/fundamentals/store"
)

// shared returns the path of real data, or skips.
func shared(t *testing.T, names ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "..", "..", "shared", "data"}, names...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skip("the real data sets are not here: ", err)
	}
	return path
}

// Kohl's, Advance Auto Parts, Career Education, Gannett and Patterson-UTI: their
// 10-Qs are in 2010q2 and their facts in companyfacts files.
var five = map[fundamentals.CIK]string{
	885639: "0001193125-10-132984", 1158449: "0001158449-10-000069", 1046568: "0001193125-10-108947",
	39899: "0000950123-10-043564", 889900: "0000950123-10-043298",
}

func companyfacts(t *testing.T) (paths []string) {
	for cik := range five {
		paths = append(paths, shared(t, "companyfacts", "CIK"+cik.String()+".json.gz"))
	}
	slices.Sort(paths)
	return paths
}

func factsOf(t *testing.T, db *store.DB, cik fundamentals.CIK) []fundamentals.Fact {
	t.Helper()
	list, err := db.Facts(t.Context(), cik, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestRealQuarters(t *testing.T) {
	db := open(t)
	report := ingest(t, db, fsds.Kind(), shared(t, "fsds"))
	same(t, 2, report.Taken)
	same(t, 195_419+435+522, report.Rows)
	same(t, 0, len(report.Rejected))
	for i, want := range []string{
		"left aside: 10387 of segments, 3209 of co-registrants, 17224 of the filers' own tags, 47 without a value, 12 per a unit that is not said",
		"left aside: 17168 of segments, 5072 of co-registrants, 15540 of the filers' own tags, 524 without a value, 6 per a unit that is not said",
	} {
		same(t, source.Findings{Notices: []string{want}}, report.Files[i].Findings)
	}
	same(t, 2, ingest(t, db, fsds.Kind(), shared(t, "fsds")).Unchanged)
	var got []string
	for _, cik := range []fundamentals.CIK{25475, 320187} { // Crawford, Nike
		classes, err := db.ShareClasses(t.Context(), cik, 0)
		same(t, nil, err)
		for _, c := range classes {
			got = append(got, fmt.Sprintf("%s %s %.0f %s", c.Member, c.Day, c.Shares, c.Accession))
		}
	}
	same(t, []string{
		"CommonClassA 2009-03-31 27355000 0000950123-10-047032",
		"CommonClassB 2009-03-31 24697000 0000950123-10-047032",
		"CommonClassA 2010-03-31 27767000 0000950123-10-047032",
		"CommonClassB 2010-03-31 24697000 0000950123-10-047032",
		"CommonClassA 2009-05-31 95300000 0001193125-10-078534",
		"CommonClassB 2009-05-31 390200000 0001193125-10-078534",
		"CommonClassA 2010-02-28 90000000 0001193125-10-078534",
		"CommonClassB 2010-02-28 393700000 0001193125-10-078534",
	}, got)
}

// Of filings that companyfacts has, the data set says the same: 865 facts are
// equal, none disagrees and none is lacking, whichever is read first.
func TestTheTwoRoutesAgree(t *testing.T) {
	quarter := shared(t, "fsds", "2010q2.zip")
	alone, first, last := open(t), open(t), open(t)
	ingest(t, alone, edgar.Companyfacts(), companyfacts(t)...)
	ingest(t, first, fsds.Kind(), quarter)
	ingest(t, first, edgar.Companyfacts(), companyfacts(t)...)
	ingest(t, last, edgar.Companyfacts(), companyfacts(t)...)
	report := ingest(t, last, fsds.Kind(), quarter)
	same(t, "of the filings that are known, 865 facts are equal and 0 disagree", report.Files[0].Notices[1])
	same(t, 0, report.Disagreed)
	for cik := range five {
		want := factsOf(t, alone, cik)
		same(t, want, factsOf(t, first, cik))
		same(t, want, factsOf(t, last, cik))
	}
	// Patterson-UTI's 10-Q was accepted at 12:02, Gannett's at 16:16.
	for cik, want := range map[fundamentals.CIK]string{889900: "2010-05-04", 39899: "2010-05-05"} {
		filings, err := last.Filings(t.Context(), cik, 0)
		same(t, nil, err)
		at := slices.IndexFunc(filings, func(f fundamentals.Filing) bool { return f.Accession == five[cik] })
		same(t, want, filings[at].KnownOn.String())
	}
}

// Where companyfacts lacks facts of a filing the data set puts them back, with
// the very dates that companyfacts has: Kohl's quarter ends on 1 May, Advance
// Auto Parts' on 24 April, and the data set says April of both.
func TestLackingFactsComeWithTrueDates(t *testing.T) {
	quarter := shared(t, "fsds", "2010q2.zip")
	db := open(t)
	whole := map[fundamentals.CIK][]fundamentals.Fact{}
	dropped := map[fundamentals.Fact]bool{}
	for _, path := range companyfacts(t) {
		text, err := os.ReadFile(path)
		same(t, nil, err)
		rows, _, err := sourcetest.Read(t.Context(), edgar.Companyfacts(), filepath.Base(path), text)
		same(t, nil, err)
		whole[rows.Company] = slices.Clone(rows.Facts)
		n := 0
		rows.Facts = slices.DeleteFunc(rows.Facts, func(f fundamentals.Fact) bool {
			if f.Accession != five[rows.Company] {
				return false
			}
			n++
			if n%3 == 0 {
				dropped[f] = true
			}
			return n%3 == 0
		})
		batch, err := db.StartBatch(t.Context(), "companyfacts", "", "")
		same(t, nil, err)
		_, err = db.Take(t.Context(), batch, fundamentals.SourceFile{Kind: "companyfacts", Name: path, Digest: path},
			func(yield func(*fundamentals.Rows, error) bool) { yield(&rows, nil) }, func() bool { return true })
		same(t, nil, err)
	}
	report := ingest(t, db, fsds.Kind(), quarter)
	same(t, 0, report.Disagreed)
	back := 0
	for cik := range five {
		for _, f := range factsOf(t, db, cik) {
			if f.Accession != five[cik] {
				continue
			}
			if dropped[f] {
				back++
			} else if !slices.Contains(whole[cik], f) {
				t.Errorf("%+v", f)
			}
		}
	}
	same(t, 290, len(dropped))
	same(t, len(dropped), back)
}
