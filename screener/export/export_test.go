package export_test

import (
	"bytes"
	"cmp"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"assay/screener"
	"assay/screener/export"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden holds what each format makes of a run, with and without evidence.
// Binary formats are read back by other code and shown as text.
func TestGolden(t *testing.T) {
	var used []string
	for _, f := range export.Formats() {
		for _, evidence := range []bool{false, true} {
			if evidence && !f.Evidence {
				continue
			}
			name := "testdata/" + f.Name + f.Ending
			with := f.Needs
			if evidence {
				name, with.Evidence = "testdata/"+f.Name+"-evidence"+f.Ending, true
			}
			got := written(t, f.Name, result(with))
			switch f.Name {
			case "xlsx":
				name, got = name+".txt", []byte(showWorkbook(t, got))
			case "parquet":
				name, got = name+".txt", []byte(showParquet(t, got))
			}
			used = append(used, name)
			golden(t, name, got)
		}
	}
	used = append(used, "testdata/nobody.txt")
	files, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !slices.Contains(used, filepath.ToSlash(file)) {
			t.Errorf("no test uses %s", file)
		}
	}
}

// TestNobody holds that a list without a company is written too.
func TestNobody(t *testing.T) {
	var b strings.Builder
	for _, f := range export.Formats() {
		got := written(t, f.Name, &screener.Result{Screen: "nobody", AsOf: "2024-03-08", Candidates: []screener.Candidate{}})
		switch f.Name {
		case "xlsx":
			got = []byte(showWorkbook(t, got))
		case "parquet":
			got = []byte(showParquet(t, got))
		case "html":
			got = []byte("(a page)\n")
		}
		b.WriteString("== " + f.Name + "\n" + string(got))
	}
	golden(t, "testdata/nobody.txt", []byte(b.String()))
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

// TestLawSameBytes: the same result gives the same bytes in every format.
func TestLawSameBytes(t *testing.T) {
	for _, f := range export.Formats() {
		first := written(t, f.Name, result(everything()))
		for range 20 {
			if again := written(t, f.Name, result(everything())); !bytes.Equal(first, again) {
				t.Errorf("%s: the same result gives other bytes", f.Name)
				break
			}
		}
	}
}

// broken takes some bytes and then fails, as a full disk does.
type broken struct{ left int }

func (b *broken) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

// TestWriteErrors holds that no format keeps a failure to itself, wherever in
// the file it happens.
func TestWriteErrors(t *testing.T) {
	for _, f := range export.Formats() {
		r := result(f.Needs)
		size := len(written(t, f.Name, r))
		for _, at := range []int{0, size / 2, size - 1} {
			if err := f.Write(&broken{at}, r); err == nil {
				t.Errorf("%s: a failure after %d of %d bytes is kept silent", f.Name, at, size)
			}
		}
	}
}

// TestFormats holds that names are found and that nothing is called like another.
func TestFormats(t *testing.T) {
	var names []string
	for _, f := range export.Formats() {
		names = append(names, f.Name)
		if got, ok := export.Lookup(f.Name); !ok || got.Ending != f.Ending {
			t.Errorf("%s is not found", f.Name)
		}
		if cmp.Or(f.Name, f.Ending, f.ContentType, f.About) == "" || f.Ending == "" || f.ContentType == "" || f.About == "" {
			t.Errorf("%s does not say all of itself", f.Name)
		}
	}
	want := []string{"csv", "tsv", "json", "ndjson", "xlsx", "parquet", "markdown", "html", "tickers", "tradingview"}
	if !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
	if _, ok := export.Lookup("xls"); ok {
		t.Error("a format that does not exist was found")
	}
}
