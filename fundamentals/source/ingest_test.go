package source_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/fundamentals"
	"assay/fundamentals/source"
	"assay/fundamentals/source/edgar"
	"assay/fundamentals/store"
)

// company is a companyfacts file with n facts.
func company(cik, n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `{"cik":%d,"entityName":"Company %d","facts":{"us-gaap":{"Assets":{"units":{"USD":[`, cik, cik)
	for i := range n {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, `{"end":"%s","val":%d,"accn":"%010d-20-%06d","form":"10-K","filed":"2020-03-01"}`, fundamentals.Date(15000+i), i*cik, cik, i/50)
	}
	b.WriteString(`]}}}}}`)
	return b.String()
}

func fileName(cik int) string { return fmt.Sprintf("CIK%010d.json", cik) }

func gz(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(text)) // to memory
	_ = z.Close()
	return b.String()
}

func zipped(t *testing.T, members map[string]string, order ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range order {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(members[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func write(t *testing.T, folder, name, text string) string {
	t.Helper()
	path := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t testing.TB, path string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func ingest(t *testing.T, db *store.DB, paths ...string) source.Report {
	t.Helper()
	report, err := source.Ingest(t.Context(), db, edgar.Companyfacts(), paths, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func version(t testing.TB, db *store.DB) string {
	t.Helper()
	v, err := db.DataVersion(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// told is what a report says of files, without the folder.
func told(r source.Report, folder string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "taken %d, unchanged %d, rows %d\n", r.Taken, r.Unchanged, r.Rows)
	for _, f := range r.Ignored {
		fmt.Fprintf(&b, "ignored %s\n", f)
	}
	for _, f := range r.Rejected {
		fmt.Fprintf(&b, "rejected %s: %s\n", f.File, f.Why)
	}
	for _, f := range r.Files {
		fmt.Fprintf(&b, "%s: rejected rows %d\n", f.File, f.Rejected.Count)
	}
	return strings.ReplaceAll(b.String(), folder+string(filepath.Separator), "")
}

func same(t *testing.T, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestOneBrokenFileDoesNotStopTheRest(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, fileName(1), company(1, 3))
	write(t, folder, fileName(2)+".gz", gz(company(2, 3)))
	write(t, folder, fileName(3), company(3, 9000)[:200000]) // two chunks go out before it breaks off
	write(t, folder, fileName(4)+".gz", company(4, 3))
	write(t, folder, fileName(5)+".gz", gz(company(5, 9000))[:5000])
	write(t, folder, fileName(6), "")
	write(t, folder, fileName(7), `{"hello": "world"}`)
	write(t, folder, fileName(8), strings.Replace(company(8, 3), `"val":8`, `"val":null`, 1))
	write(t, folder, "notes.txt", "x")
	write(t, folder, "sub/"+fileName(9), company(9, 3))
	write(t, folder, "a.zip", "not a zip")
	path := filepath.Join(folder, fileName(10))
	if err := os.Symlink(filepath.Join(folder, "nowhere"), path); err != nil {
		t.Fatal(err)
	}
	db := open(t, filepath.Join(t.TempDir(), "assay.db"))
	report := ingest(t, db, folder, filepath.Join(folder, "none.json"))
	same(t, `taken 4, unchanged 0, rows 15
ignored notes.txt
rejected CIK0000000010.json: there is no such file or folder
rejected a.zip: its name ends in .zip, but it is not a whole zip file
rejected none.json: there is no such file or folder
rejected CIK0000000003.json: the JSON breaks off at byte 200000 (a download that broke off?)
rejected CIK0000000004.json.gz: its name ends in .gz, but it is not gzip data
rejected CIK0000000005.json.gz: the compressed data ends too early (a download that broke off?)
rejected CIK0000000006.json: the file is empty
rejected CIK0000000007.json: this is not a companyfacts file: it has no "cik" and "facts"
CIK0000000008.json: rejected rows 1
`, told(report, folder))
	same(t, false, report.Clean())
	companies, err := db.Companies(t.Context(), 0)
	same(t, nil, err)
	same(t, 4, len(companies))

	// Again: whole files are passed over, the faulty ones told once more.
	before := version(t, db)
	report = ingest(t, db, folder)
	same(t, "taken 1, unchanged 3, rows 3", strings.Split(told(report, folder), "\n")[0])
	same(t, 0, report.New)
	same(t, before, version(t, db))
}

func TestUnreadableFile(t *testing.T) {
	folder := t.TempDir()
	path := write(t, folder, fileName(1), company(1, 3))
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	if f, err := os.Open(path); err == nil {
		_ = f.Close()
		t.Skip("this user may read everything")
	}
	same(t, "taken 0, unchanged 0, rows 0\nrejected CIK0000000001.json: permission denied\n", told(ingest(t, open(t, filepath.Join(folder, "assay.db")), folder+"/"+fileName(1)), folder))
}

func TestZip(t *testing.T) {
	folder := t.TempDir()
	evil := "../" + fileName(3)
	path := write(t, folder, "companyfacts.zip", zipped(t, map[string]string{
		fileName(1): company(1, 3), "deep/" + fileName(2) + ".gz": gz(company(2, 3)), evil: company(3, 3), "placeholder.txt": "x",
	}, fileName(1), "deep/", "deep/"+fileName(2)+".gz", evil, "placeholder.txt"))
	db := open(t, filepath.Join(folder, "zip.db"))
	same(t, `taken 2, unchanged 0, rows 8
ignored companyfacts.zip: placeholder.txt
rejected companyfacts.zip: ../CIK0000000003.json: its path leads out of the zip
`, told(ingest(t, db, path), folder))
	same(t, "taken 0, unchanged 2, rows 0", strings.Split(told(ingest(t, db, path), folder), "\n")[0])

	// The same companies from plain files make the same content.
	plain := open(t, filepath.Join(folder, "plain.db"))
	ingest(t, plain, write(t, folder, "x/"+fileName(2), company(2, 3)), write(t, folder, "x/any name.txt", company(1, 3)))
	same(t, version(t, db), version(t, plain))
}

func TestBombs(t *testing.T) {
	folder := t.TempDir()
	path := write(t, folder, fileName(1)+".gz", gz(company(1, 9000)+strings.Repeat(" ", 1<<22)))
	archive := write(t, folder, "bomb.zip", zipped(t, map[string]string{fileName(2): strings.Repeat(" ", 1<<22)}, fileName(2)))
	report, err := source.Ingest(t.Context(), open(t, filepath.Join(folder, "assay.db")), edgar.Companyfacts(), []string{path, archive}, source.Options{Limit: 1 << 20})
	same(t, nil, err)
	same(t, `taken 0, unchanged 0, rows 0
rejected CIK0000000001.json.gz: it unpacks to more than 1048576 bytes, the limit for one file
rejected bomb.zip: CIK0000000002.json: it unpacks to more than 1048576 bytes, the limit for one file
`, told(report, folder))
}

func TestAnEmptyFolderIsTold(t *testing.T) {
	folder := t.TempDir()
	report := ingest(t, open(t, filepath.Join(t.TempDir(), "assay.db")), folder)
	same(t, []source.FileReject{{File: folder, Why: "there is no companyfacts file in it"}}, report.Rejected)
	same(t, fundamentals.Batch(0), report.Batch)
}

func TestEndingTheContextStopsBetweenAndWithinFiles(t *testing.T) {
	folder := t.TempDir()
	for cik := 1; cik <= 6; cik++ {
		write(t, folder, fileName(cik), company(cik, 9000))
	}
	db := open(t, filepath.Join(t.TempDir(), "assay.db"))
	ctx, cancel := context.WithCancel(t.Context())
	report, err := source.Ingest(ctx, db, edgar.Companyfacts(), []string{folder}, source.Options{Progress: func(p source.Progress) {
		if p.Done == 2 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	same(t, 2, report.Taken)
	ingest(t, db, folder)
	whole := open(t, filepath.Join(t.TempDir(), "whole.db"))
	ingest(t, whole, folder)
	same(t, version(t, whole), version(t, db))
}

func TestProgressCountsFilesBytesAndRows(t *testing.T) {
	folder := t.TempDir()
	var size int64
	for cik := 1; cik <= 3; cik++ {
		text := company(cik, 10)
		size += int64(len(text))
		write(t, folder, fileName(cik), text)
	}
	var last source.Progress
	_, err := source.Ingest(t.Context(), open(t, filepath.Join(t.TempDir(), "assay.db")), edgar.Companyfacts(), []string{folder}, source.Options{Progress: func(p source.Progress) { last = p }})
	same(t, nil, err)
	same(t, source.Progress{File: filepath.Join(folder, fileName(3)), Done: 3, Files: 3, Bytes: size, Of: size, Rows: 33}, last)
}
