package edgar_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/fundamentals"
	"assay/fundamentals/source"
	"assay/fundamentals/source/edgar"
	"assay/fundamentals/source/sourcetest"
)

// several is a file with what the quick scan knows: more than one of everything,
// values that are passed over, numbers of every kind.
const several = `{"note": [{"a": [1.5e-3, {}, []], "b": {"c": null}}, true, false, "\"\\\/\b\f\n\r\t\u00e9"], "cik": 7, "entityName": "Seven \u0026 Co", "facts": {
"dei": {"EntityPublicFloat": {"label": "Public \"float\"", "units": {"USD": [
{"end": "2011-06-25", "val": 1.25, "accn": "0000950123-11-072427", "fy": 2011, "fp": "Q2", "form": "10-Q", "filed": "2011-08-04", "frame": "CY2011Q2I"},
{"end":"2012-02-29","val":-0,"accn":"0000950123-11-072428","fy":null,"fp":null,"form":"10-Q","filed":"2011-08-05"}]}}},
"us-gaap": {"Assets": {"description": null, "units": {"USD": [], "shares": [
{"start": "2010-06-25", "end": "2011-06-25", "val": -164921000, "accn": "0000950123-11-072427", "form": "10-K", "filed": "2011-08-04"},
{"filed": "2011-08-04", "form": "10-K/A", "accn": "short", "val": 9007199254740993, "end": "2011-06-25", "start": "2011-06-25", "odd": {"a": [1, {}]}},
{"end": "2011-06-25", "val": 1E+2, "accn": "0000950123-11-072427", "filed": "2011-08-04"}]}}, "Nothing": {}}}, "more": 0}`

// unlikely are bytes and words that change what a text says.
var unlikely = []string{"", " ", "\x00", "\x1f", "\x7f", "\xff", "\"", "\\", "{", "}", "[", "]", ",", ":", "-", ".", "0", "9", "e", "null", "\"cik\":8,", "\\u00e9", "\\ud83d\\ude00"}

// equally holds that the quick scan says of a text what the plain parser says.
func equally(t *testing.T, text []byte) {
	t.Helper()
	file := string(text[:min(len(text), 300)])
	want, found, err := sourcetest.Read(t.Context(), edgar.PlainCompanyfacts(), companyName, text)
	got, foundQuickly, errQuickly := sourcetest.Read(t.Context(), edgar.Companyfacts(), companyName, text)
	if fmt.Sprint(err) != fmt.Sprint(errQuickly) {
		t.Fatalf("quickly %v, plainly %v: %s", errQuickly, err, file)
	}
	if d := cmp.Diff(want, got, cmp.Comparer(sameFact)); d != "" {
		t.Fatalf("rows, -plain +quick:\n%s of %s", d, file)
	}
	if d := cmp.Diff(found, foundQuickly); d != "" {
		t.Fatalf("findings, -plain +quick:\n%s of %s", d, file)
	}
}

// sameFact tells 0 from -0.
func sameFact(a, b fundamentals.Fact) bool {
	return a == b && fmt.Sprint(a.Value) == fmt.Sprint(b.Value)
}

func TestQuickIsPlain(t *testing.T) {
	var compact bytes.Buffer
	if err := json.Compact(&compact, []byte(several)); err != nil {
		t.Fatal(err)
	}
	text := compact.String()
	for _, whole := range []string{several, text} {
		if !edgar.Quickly(t.Context(), source.FileOf(companyName, []byte(whole))) {
			t.Error("the quick scan gives up on", whole)
		}
		equally(t, []byte(whole))
	}
	for i := range len(text) + 1 {
		equally(t, []byte(text[:i]))
		for k := range 3 { // in turn; the fuzz test tries the rest
			u := unlikely[(3*i+k)%len(unlikely)]
			equally(t, []byte(text[:i]+u+text[i:]))
			equally(t, []byte(text[:i]+u+text[min(i+1, len(text)):]))
		}
	}
}

// TestQuickGivesUpLate holds that facts that were taken, and emitted, before the
// scan gave up are not taken twice.
func TestQuickGivesUpLate(t *testing.T) {
	var list []string
	for i := range 10_000 {
		list = append(list, strings.Replace(oneFact, "164921000", fmt.Sprint(i), 1))
	}
	for _, odd := range []string{oneFact, strings.Replace(oneFact, "2018-12-29", "2018-02-30", 1), strings.Replace(oneFact, "10-K", `10\u002dK`, 1)} {
		equally(t, []byte(facts(strings.Join(append(list, odd), ", "))))
	}
	equally(t, []byte(facts(strings.Join(list, ", "))[:500_000]))
	equally(t, []byte(facts(strings.Join(list, ", "))+strings.Repeat(" ", 500_000)))
	equally(t, []byte(facts(strings.Join(list, strings.Repeat("\n", 5_000)+","))))
	equally(t, []byte(facts(`{"odd": "`+strings.Repeat("long", 100_000)+`", `+oneFact[1:])))
}

func FuzzQuickIsPlain(f *testing.F) {
	f.Add([]byte(several))
	f.Add([]byte(facts(oneFact)))
	f.Add([]byte(`{"facts":{},"cik":7}`))
	f.Fuzz(func(t *testing.T, text []byte) { equally(t, text) })
}

// TestRealFilesQuickly compares the two on some of the files that are here.
func TestRealFilesQuickly(t *testing.T) {
	list, err := filepath.Glob(filepath.Join(sharedCompanyfacts(t), "*.json.gz"))
	if err != nil || len(list) == 0 {
		t.Fatal(list, err)
	}
	for i := 0; i < len(list); i += 8 {
		path := list[i]
		found := source.Find(edgar.Companyfacts(), []string{path}, 0)
		if !edgar.Quickly(t.Context(), found.Files[0]) {
			t.Error("the quick scan gives up on", path)
		}
		if i%40 == 0 {
			equally(t, unpacked(t, path))
		}
	}
}
