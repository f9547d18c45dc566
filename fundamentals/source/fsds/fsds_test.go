package fsds_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"assay/fundamentals"
	"assay/fundamentals/source"
	"assay/fundamentals/source/fsds"
	"assay/fundamentals/source/sourcetest"
	"assay/fundamentals/store"
)

// tsv writes a table: cells between blanks, "-" for an empty one.
func tsv(lines ...string) string {
	var b strings.Builder
	for _, l := range lines {
		cells := strings.Fields(l)
		for i, c := range cells {
			if c == "-" {
				cells[i] = ""
			}
			cells[i] = strings.ReplaceAll(cells[i], "_", " ")
		}
		b.WriteString(strings.Join(cells, "\t") + "\n")
	}
	return b.String()
}

const (
	subHeader = "adsh cik name sic form period filed accepted fye"
	tagHeader = "tag version custom abstract datatype iord"
	numHeader = "adsh tag version ddate qtrs uom segments coreg value footnote"
)

var (
	sub = tsv(subHeader,
		"0000000007-10-000001 7 SEVEN_INC 3825 10-Q 20100331 20100504 2010-05-04_15:59:00.0 1231",
		"0000000005-10-000001 5 FIVE_CORP - 10-K 20091231 20100503 2010-04-30_19:00:00.0 -")
	tag = tsv(tagHeader,
		"Assets us-gaap/2009 0 0 monetary I",
		"NetIncomeLoss us-gaap/2009 0 0 monetary D",
		"EarningsPerShareBasic us-gaap/2009 0 0 perShare D",
		"FuelCostPerBarrel us-gaap/2009 0 0 perUnit D",
		"CommonStockSharesOutstanding us-gaap/2009 0 0 shares I",
		"EntityCommonStockSharesOutstanding dei/2009 0 0 shares I",
		"Equity ifrs/2014 0 0 monetary I",
		"Own 0000000007-10-000001 1 0 monetary I")
	num = tsv(numHeader,
		"0000000007-10-000001 Assets us-gaap/2009 20100331 0 USD - - 1000.5000 -",
		"0000000005-10-000001 Assets us-gaap/2009 20091231 0 CAD - - 55.0000 -",
		"0000000007-10-000001 NetIncomeLoss us-gaap/2009 20100331 1 USD - - -12.0000 a_note",
		"0000000007-10-000001 EarningsPerShareBasic us-gaap/2009 20100331 1 USD - - -0.1200 -",
		"0000000005-10-000001 EarningsPerShareBasic us-gaap/2009 20091231 4 pure - - 1.0000 -",
		"0000000005-10-000001 Equity ifrs/2014 20091231 0 USD - - 77 -",
		"0000000007-10-000001 Own 0000000007-10-000001 20100331 0 USD - - 5.0000 -",
		"0000000007-10-000001 FuelCostPerBarrel us-gaap/2009 20100331 1 USD - - 80.0000 -",
		"0000000007-10-000001 NetIncomeLoss us-gaap/2009 20100331 0 USD - - 3.0000 -",
		"0000000007-10-000001 Assets us-gaap/2009 20090331 0 USD - - - -",
		"0000000007-10-000001 Assets us-gaap/2009 20100331 0 USD - SevenSub 600.0000 -",
		"0000000007-10-000001 Assets us-gaap/2009 20100331 0 USD Segments=East; - 400.0000 -",
		"0000000007-10-000001 CommonStockSharesOutstanding us-gaap/2009 20100331 0 shares ClassOfStock=CommonClassA; - 80 -",
		"0000000007-10-000001 EntityCommonStockSharesOutstanding dei/2009 20100430 0 shares ClassOfStock=CommonClassB; - 20 -",
		"0000000007-10-000001 CommonStockSharesOutstanding us-gaap/2009 20100331 0 shares ClassOfStock=CommonClassA;Segments=East; - 70 -",
		"0000000007-10-000001 CommonStockSharesOutstanding us-gaap/2009 20100331 0 shares EquityComponents=CommonStock; - 90 -",
		"0000000007-10-000001 CommonStockSharesOutstanding us-gaap/2009 20100331 0 shares LegalEntity=Sub; Sub 90 -")
)

// together is a quarter of three tables in one slice.
func together(sub, num, tag string) source.File {
	return source.Together("q.zip", []source.File{
		source.FileOf("sub.txt", []byte(sub)), source.FileOf("num.txt", []byte(num)), source.FileOf("tag.txt", []byte(tag)),
	}, 1)[0]
}

func read(t *testing.T, file source.File) (fundamentals.Rows, source.Findings, error) {
	t.Helper()
	kind := fsds.Kind()
	parse := kind.Parse
	kind.Parse = func(ctx context.Context, _ source.File, emit source.Emit) (source.Findings, error) {
		return parse(ctx, file, emit)
	}
	return sourcetest.Read(t.Context(), kind, "q.zip", nil)
}

func same(t *testing.T, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// only is the kind of one of the tables, beside two that are whole.
func only(name string) source.Kind {
	kind := fsds.Kind()
	parse := kind.Parse
	kind.Parse = func(ctx context.Context, file source.File, emit source.Emit) (source.Findings, error) {
		var tables []source.File
		for n, text := range map[string]string{"sub.txt": sub, "num.txt": num, "tag.txt": tag} {
			if n != name {
				tables = append(tables, source.FileOf(n, []byte(text)))
			}
		}
		file.Base = name
		findings, err := parse(ctx, source.Together("q.zip", append(tables, file), 1)[0], emit)
		if inner := errors.Unwrap(err); inner != nil && strings.HasPrefix(err.Error(), name+": ") {
			err = inner
		}
		return findings, err
	}
	return kind
}

func TestConformance(t *testing.T) {
	for name, text := range map[string]string{"sub.txt": sub, "num.txt": num, "tag.txt": tag} {
		t.Run(name, func(t *testing.T) { sourcetest.Run(t, only(name), name, text) })
	}
}

func FuzzNumbers(f *testing.F) {
	f.Add([]byte(num), []byte(sub), []byte(tag))
	f.Add([]byte(tsv(numHeader)), []byte(sub), []byte(""))
	f.Fuzz(func(t *testing.T, num, sub, tag []byte) {
		rows, findings, err := read(t, together(string(sub), string(num), string(tag)))
		for _, r := range rows.Rounded {
			if math.IsNaN(r.Value) || math.IsInf(r.Value, 0) || r.End <= 0 || r.Filed <= 0 || r.Accession == "" || r.Unit == "" || r.Tag.Name == "" || !r.Covers(r.Start(), r.End) {
				t.Errorf("%+v", r)
			}
		}
		for _, c := range rows.Classes {
			if c.Member == "" || c.Shares < 0 || c.Day <= 0 {
				t.Errorf("%+v", c)
			}
		}
		if err == nil && rows.Len()+findings.Rejected.Count == 0 {
			t.Error("nothing was read and nothing said")
		}
	})
}

func TestRows(t *testing.T) {
	rows, findings, err := read(t, together(sub, num, tag))
	same(t, nil, err)
	same(t, []string{"left aside: 3 of segments, 2 of co-registrants, 1 of the filers' own tags, 1 without a value, 1 per a unit that is not said, 1 of less than half a quarter"}, findings.Notices)
	var got []string
	for _, f := range rows.Rounded {
		got = append(got, fmt.Sprintf("%s %s %s %s q%d %s %v", f.Accession, f.Form, f.Filed, f.Tag, f.Quarters, f.End, f.Value)+" "+f.Unit)
	}
	same(t, []string{
		"0000000005-10-000001 10-K 2010-05-03 us-gaap:Assets q0 2009-12-31 55 CAD",
		"0000000005-10-000001 10-K 2010-05-03 us-gaap:EarningsPerShareBasic q4 2009-12-31 1 pure",
		"0000000005-10-000001 10-K 2010-05-03 ifrs-full:Equity q0 2009-12-31 77 USD",
		"0000000007-10-000001 10-Q 2010-05-04 us-gaap:Assets q0 2010-03-31 1000.5 USD",
		"0000000007-10-000001 10-Q 2010-05-04 us-gaap:NetIncomeLoss q1 2010-03-31 -12 USD",
		"0000000007-10-000001 10-Q 2010-05-04 us-gaap:EarningsPerShareBasic q1 2010-03-31 -0.12 USD/shares",
	}, got)
	same(t, []fundamentals.Company{{CIK: 5, Name: "FIVE CORP"}, {CIK: 7, Name: "SEVEN INC"}}, rows.Companies)
	same(t, []fundamentals.Profile{{Company: 7, KnownOn: fundamentals.NewDate(2010, 5, 4), SIC: 3825, FiscalYearEnd: 1231}}, rows.Profiles)
	var accepted []string
	for _, a := range rows.Acceptances {
		accepted = append(accepted, fmt.Sprint(a.Accession, " ", a.At.UTC().Format(time.DateTime), " ", a.ToMinute))
	}
	same(t, []string{"0000000005-10-000001 2010-04-30 23:00:00 true", "0000000007-10-000001 2010-05-04 19:59:00 true"}, accepted)
	got = nil
	for _, c := range rows.Classes {
		got = append(got, fmt.Sprintf("%d %s %s %s %v %s", c.Company, c.Tag, c.Member, c.Day, c.Shares, c.Accession))
	}
	same(t, []string{
		"7 us-gaap:CommonStockSharesOutstanding CommonClassA 2010-03-31 80 0000000007-10-000001",
		"7 dei:EntityCommonStockSharesOutstanding CommonClassB 2010-04-30 20 0000000007-10-000001",
	}, got)
}

// The columns may stand in any order, and older sets have no segments.
func TestColumnsAreFoundByName(t *testing.T) {
	old := tsv("adsh tag version coreg ddate qtrs uom value footnote",
		"0000000007-10-000001 Assets us-gaap/2009 - 20100331 0 USD 1 -", "0000000007-10-000001 Assets us-gaap/2009 Sub 20100331 0 USD 2 -")
	rows, findings, err := read(t, together("\ufeff"+strings.ReplaceAll(sub, "\n", "\r\n"), strings.TrimSuffix(old, "\n"), tag))
	same(t, nil, err)
	same(t, []string{"left aside: 1 of co-registrants"}, findings.Notices)
	same(t, 1, len(rows.Rounded))
	same(t, 0, findings.Rejected.Count)
}

func TestBadRowsAreNamed(t *testing.T) {
	row := func(s string) string { return "0000000007-10-000001 " + s + " -" }
	_, findings, err := read(t, together(
		sub+tsv("0000000007-10-000001 7 SEVEN_INC 3825 10-Q 20100331 20100504 - -", "x y Z 1 10-Q - 20100504 - -", "- 9 Z 1 10-Q - 20100504 - -",
			"a-1 9 Z 1 10-Q - 20100231 - -", "a-2 9 Z 1 10-Q - 20100504 noon -", "a-3 9 Z"),
		num+tsv("0000000001-10-000009 Assets us-gaap/2009 20100331 0 USD - - 1 -",
			row("Assets us-gaap/2009 20100330 0 USD - - 1"), row("Assets us-gaap/2009 20103131 0 USD - - 1"), row("Assets us-gaap/2009 20100331 -1 USD - - 1"),
			row("Assets us-gaap/2009 20100331 1 USD - - 1"), row("Assets us-gaap/2009 20100331 0 USD - - 1,000"), row("Assets us-gaap/2009 20100331 0 USD - - 1e999"),
			row("Assets us-gaap/2009 20100331 0 - - - 1"), row("Assets us-gaap/1999 20100331 0 USD - - 1"), row("NetIncomeLoss us-gaap/2009 19700331 1 USD - - 1"), "0000000007-10-000001 Assets us-gaap/2009 2010"),
		tag+"x\n"))
	same(t, nil, err)
	var got []string
	for _, r := range findings.Rejected.List {
		got = append(got, r.Where+": "+r.Why)
	}
	same(t, []string{
		`sub.txt line 4: the filing 0000000007-10-000001 is there twice`,
		`sub.txt line 5: its cik is "y"`,
		`sub.txt line 6: it has no adsh`,
		`sub.txt line 7: its day of filing is "20100231"`,
		`sub.txt line 8: its time of acceptance is "noon"`,
		`sub.txt line 9: it has 3 columns, the first line 9`,
		`tag.txt line 10: it has 1 columns, the first line 6`,
		`num.txt line 19: sub.txt has no filing "0000000001-10-000009"`,
		`num.txt line 20: its ddate is "20100330" and no month end`,
		`num.txt line 21: its ddate is "20103131" and no month end`,
		`num.txt line 22: its qtrs is "-1"`,
		`num.txt line 23: Assets is of an instant, its qtrs is 1`,
		`num.txt line 24: its value is "1,000"`,
		`num.txt line 25: its value is "1e999"`,
		`num.txt line 26: it has no uom`,
		`num.txt line 27: tag.txt has no tag "Assets" of us-gaap/1999`,
		`num.txt line 28: 1 quarters to 1970-03-31 start before 1970`,
		`num.txt line 29: it has 4 columns, the first line 10`,
	}, got)
}

func TestBrokenQuarters(t *testing.T) {
	for _, c := range []struct{ sub, num, tag, want string }{
		{"", num, tag, "sub.txt: the file is empty"},
		{"\n\n", num, tag, "sub.txt: it has no first line with the names of the columns"},
		{tsv(subHeader), tsv(numHeader), tag, "sub.txt: there is no filing in it"},
		{sub, tsv("adsh tag qtrs value"), tag, "num.txt: its first line does not name the columns version, ddate, uom"},
		{sub, num, num, "tag.txt: its first line does not name the columns datatype, iord"},
		{sub, num + strings.Repeat("x", 2<<20), tag, "num.txt: line 19 is longer than 131072 bytes"},
	} {
		_, _, err := read(t, together(c.sub, c.num, c.tag))
		if err == nil || err.Error() != c.want {
			t.Errorf("got  %v\nwant %s", err, c.want)
		}
	}
}

func open(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "assay.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func ingest(t *testing.T, db *store.DB, kind source.Kind, paths ...string) source.Report {
	t.Helper()
	report, err := source.Ingest(t.Context(), db, kind, paths, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func version(t *testing.T, db *store.DB) string {
	t.Helper()
	v, err := db.DataVersion(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func write(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func zipped(t *testing.T, members ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		w, err := z.Create(members[i])
		if err == nil {
			_, err = w.Write([]byte(members[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A zip, a folder, a folder of zips, and any number of slices give the same.
func TestHoweverItLiesThere(t *testing.T) {
	folder := t.TempDir()
	quarter := zipped(t, "sub.txt", sub, "num.txt", num, "tag.txt", tag, "pre.txt", "x", "readme.htm", "x")
	write(t, filepath.Join(folder, "zips", "2010q2.zip"), quarter)
	write(t, filepath.Join(folder, "zips", "broken.zip"), zipped(t, "sub.txt", sub, "tag.txt", tag))
	write(t, filepath.Join(folder, "zips", "cut.zip"), quarter[:len(quarter)/2])
	for name, text := range map[string]string{"sub.txt": sub, "num.txt": num, "tag.txt": tag} {
		write(t, filepath.Join(folder, "plain", name), []byte(text))
	}
	db := open(t)
	report := ingest(t, db, fsds.Kind(), filepath.Join(folder, "zips"))
	same(t, 1, report.Taken)
	same(t, []source.FileReject{
		{File: filepath.Join(folder, "zips", "cut.zip"), Why: "its name ends in .zip, but it is not a whole zip file"},
		{File: filepath.Join(folder, "zips", "broken.zip"), Why: "num.txt is not there: a quarter needs sub.txt, num.txt and tag.txt together"},
	}, report.Rejected)
	want := version(t, db)
	same(t, 1, ingest(t, db, fsds.Kind(), filepath.Join(folder, "zips", "2010q2.zip")).Unchanged)
	for _, path := range []string{filepath.Join(folder, "plain"), filepath.Join(folder, "zips", "2010q2.zip")} {
		for _, size := range []int64{1 << 20, 700} {
			db := open(t)
			report := ingest(t, db, fsds.SlicedBy(size), path)
			if slices := report.Taken; (slices > 1) != (size == 700) {
				t.Errorf("%d slices of %d bytes", slices, size)
			}
			same(t, want, version(t, db))
		}
	}
}
