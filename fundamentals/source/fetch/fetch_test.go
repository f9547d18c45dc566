package fetch_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"assay/fundamentals/source/fetch"
)

var noon = time.Date(2026, 5, 29, 12, 0, 0, 0, time.UTC)

// edgar is a server that answers as EDGAR does, after the failures it is told of.
type edgar struct {
	*httptest.Server
	files  map[string][]byte
	fail   []func(w http.ResponseWriter, whole []byte)
	asked  []string
	waited []time.Duration
	seen   []string // of the progress
	onWait func()
}

func newEdgar(t *testing.T, fail ...func(http.ResponseWriter, []byte)) (*edgar, *fetch.Client) {
	t.Helper()
	e := &edgar{files: map[string][]byte{}, fail: fail}
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e.asked = append(e.asked, strings.TrimSpace(r.URL.Path+" "+r.Header.Get("Range")))
		if r.Header.Get("User-Agent") != "assay Ann ann@example.com" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		whole, ok := e.files[r.URL.Path]
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.Header().Set("ETag", fmt.Sprintf(`"%x"`, len(whole)))
		if len(e.fail) > 0 {
			f := e.fail[0]
			e.fail = e.fail[1:]
			f(w, whole)
			return
		}
		http.ServeContent(w, r, "", noon, bytes.NewReader(whole))
	}))
	t.Cleanup(e.Close)
	c, err := fetch.Edgar("Ann ann@example.com", fetch.Options{
		Now: func() time.Time { return noon },
		Wait: func(_ context.Context, d time.Duration) error {
			e.waited = append(e.waited, d)
			if e.onWait != nil {
				e.onWait()
			}
			return nil
		},
		Progress: func(name string, bytes, of int64) { e.seen = append(e.seen, fmt.Sprint(name, " ", bytes, " of ", of)) },
		Base:     e.URL,
	})
	if err != nil {
		t.Fatal(err)
	}
	return e, c
}

func answer(status int, header ...string) func(http.ResponseWriter, []byte) {
	return func(w http.ResponseWriter, _ []byte) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
	}
}

// half ends the connection in the middle.
func half(w http.ResponseWriter, whole []byte) {
	w.Header().Set("Content-Length", fmt.Sprint(len(whole)))
	_, _ = w.Write(whole[:len(whole)/2])
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

const facts, filings = "/api/xbrl/companyfacts/CIK0000021535.json", "/submissions/CIK0000021535.json"

// TestCompany holds that a file comes through failures, is not brought again until
// it changed, and that nothing else is left in the folder.
func TestCompany(t *testing.T) {
	e, c := newEdgar(t, answer(503), answer(429, "Retry-After", "60"), half,
		answer(429, "Retry-After", noon.Add(2*time.Minute).Format(http.TimeFormat)))
	e.files[facts], e.files[filings] = []byte(`{"cik": 21535}`), []byte(`{"name": "COHU INC"}`)
	dir := t.TempDir()
	files, err := c.Company(t.Context(), 21535, dir)
	if err != nil || len(files) != 2 || !files[0].New || !files[1].New {
		t.Fatalf("%v, %v", files, err)
	}
	if want := []time.Duration{time.Second, time.Minute, 4 * time.Second, 2 * time.Minute}; !slices.Equal(e.waited, want) {
		t.Errorf("it waited %v, want %v", e.waited, want)
	}
	text, err := os.ReadFile(filepath.Join(dir, "companyfacts", "CIK0000021535.json"))
	if err != nil || string(text) != `{"cik": 21535}` {
		t.Errorf("%s, %v", text, err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*", "*part*")); left != nil {
		t.Errorf("it leaves %v", left)
	}
	e.files[filings] = []byte(`{"name": "COHU INC", "more": 1}`)
	files, err = c.Company(t.Context(), 21535, dir)
	if err != nil || len(files) != 2 || files[0].New || !files[1].New {
		t.Errorf("%v, %v", files, err)
	}
}

// TestBulkResumes holds that an archive that was cut off goes on where it stopped,
// in this call or the next, and begins anew where it changed.
func TestBulkResumes(t *testing.T) {
	var whole bytes.Buffer
	z := zip.NewWriter(&whole)
	f, err := z.Create("CIK0000021535.json")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = f.Write([]byte(`{"cik": 21535}`))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	e, c := newEdgar(t, half)
	for _, path := range []string{"/Archives/edgar/daily-index/xbrl/companyfacts.zip", "/Archives/edgar/daily-index/bulkdata/submissions.zip"} {
		e.files[path] = whole.Bytes()
	}
	dir := t.TempDir()
	files, err := c.Bulk(t.Context(), dir)
	if err != nil || len(files) != 2 {
		t.Fatalf("%v, %v", files, err)
	}
	if want := fmt.Sprintf("/Archives/edgar/daily-index/xbrl/companyfacts.zip bytes=%d-", whole.Len()/2); e.asked[1] != want {
		t.Errorf("it asked %q, want %q", e.asked[1], want)
	}
	for _, f := range files {
		if got, err := os.ReadFile(f.Path); err != nil || !bytes.Equal(got, whole.Bytes()) {
			t.Errorf("%s: %d bytes of %d, %v", f.Path, len(got), whole.Len(), err)
		}
	}
	at := whole.Len() / 2
	if got, want := e.seen[:2], []string{fmt.Sprintf("companyfacts.zip 0 of %d", whole.Len()), fmt.Sprintf("companyfacts.zip %d of %d", at, whole.Len())}; !slices.Equal(got, want) {
		t.Errorf("the progress is %q, want %q", got, want)
	}
	if want := fmt.Sprintf("companyfacts.zip %d of %d", at, whole.Len()); !slices.Contains(e.seen[2:], want) {
		t.Errorf("going on is not told: %q", e.seen)
	}
	if files, err = c.Bulk(t.Context(), dir); err != nil || files[0].New || files[1].New {
		t.Errorf("%v, %v", files, err)
	}

	// Cut off, and another edition when it is asked for the rest.
	longer := append(bytes.Clone(whole.Bytes()[:whole.Len()-2]), 3, 0, 'n', 'e', 'w') // an archive with a remark
	const path = "/Archives/edgar/daily-index/xbrl/companyfacts.zip"
	e.files[path], e.fail = append(bytes.Clone(whole.Bytes()[:whole.Len()-2]), 1, 0, 'x'), []func(http.ResponseWriter, []byte){half}
	e.onWait = func() { e.files[path] = longer }
	if files, err = c.Bulk(t.Context(), dir); err != nil || len(files) != 2 || !files[0].New {
		t.Fatalf("%v, %v", files, err)
	}
	if got, err := os.ReadFile(files[0].Path); err != nil || !bytes.Equal(got, longer) {
		t.Errorf("%q, %v", got, err)
	}
}

// TestBulkGoesOn holds that an archive is brought through any number of cuts as long
// as each brings more of it, and that one that brings nothing is given up.
func TestBulkGoesOn(t *testing.T) {
	var whole bytes.Buffer
	z := zip.NewWriter(&whole)
	if _, err := z.Create("CIK0000021535.json"); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	e, c := newEdgar(t)
	for _, path := range []string{"/Archives/edgar/daily-index/xbrl/companyfacts.zip", "/Archives/edgar/daily-index/bulkdata/submissions.zip"} {
		e.files[path] = whole.Bytes()
	}
	for from := 0; from < 56; from += 8 {
		e.fail = append(e.fail, piece(from, 8))
	}
	if files, err := c.Bulk(t.Context(), t.TempDir()); err != nil || len(files) != 2 || len(e.asked) != 9 {
		t.Errorf("%v, %v after %d requests", files, err, len(e.asked))
	}
	e.fail = []func(http.ResponseWriter, []byte){piece(0, 3), piece(3, 0), piece(3, 0), piece(3, 0), piece(3, 0)}
	e.asked = nil
	_, err := c.Bulk(t.Context(), t.TempDir())
	if want := "companyfacts.zip: the connection ended early: unexpected EOF"; err == nil || !strings.HasSuffix(err.Error(), want) || len(e.asked) != 6 {
		t.Errorf("got %v after %q", err, e.asked)
	}
}

// piece sends some bytes of the rest and ends the connection.
func piece(from, n int) func(http.ResponseWriter, []byte) {
	return func(w http.ResponseWriter, whole []byte) {
		w.Header().Set("Content-Length", fmt.Sprint(len(whole)-from))
		if from > 0 {
			w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, len(whole)-1, len(whole)))
			w.WriteHeader(http.StatusPartialContent)
		}
		_, _ = w.Write(whole[from : from+n])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}

// TestSilence holds that a server that sends nothing is not waited for without end.
func TestSilence(t *testing.T) {
	release := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "100")
		_ = http.NewResponseController(w).Flush()
		<-release
	}))
	defer s.Close()
	defer close(release)
	waits := 0
	c, err := fetch.Edgar("Ann ann@example.com", fetch.Options{Stall: 20 * time.Millisecond, Base: s.URL,
		Wait: func(context.Context, time.Duration) error { waits++; return nil }})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Company(t.Context(), 21535, t.TempDir())
	if want := s.URL + facts + ": EDGAR sends nothing for 20ms\n" + s.URL + filings + ": EDGAR sends nothing for 20ms"; err == nil || err.Error() != want || waits != 8 {
		t.Errorf("got %v after %d waits", err, waits)
	}
}

// TestRefusals holds that what will not help is not tried again, and how it is told.
func TestRefusals(t *testing.T) {
	e, c := newEdgar(t, answer(403))
	e.files[facts] = []byte(`{}`)
	_, err := c.Company(t.Context(), 21535, t.TempDir())
	want := e.URL + facts + ": EDGAR refuses (403): it does not take the contact for one, or was asked too often of late; check the setting contact, and wait ten minutes\n" +
		e.URL + filings + ": EDGAR has no such file"
	if err == nil || err.Error() != want || !errors.Is(err, fetch.ErrNotFound) || e.waited != nil {
		t.Errorf("got %v\nwant %s\nwaited %v", err, want, e.waited)
	}
	e.files[facts], e.files[filings] = []byte(`<html>Maintenance</html>`), []byte(`{}`)
	dir := t.TempDir()
	_, err = c.Company(t.Context(), 21535, dir)
	if want := e.URL + facts + ": what came is no sound file: it is not JSON"; err == nil || err.Error() != want || len(e.waited) != 4 {
		t.Errorf("got %v after %v", err, e.waited)
	}
	if left, _ := os.ReadDir(filepath.Join(dir, "companyfacts")); len(left) != 0 {
		t.Errorf("it leaves %v", left)
	}
	if _, err := fetch.Edgar("me", fetch.Options{}); err == nil || err.Error() != `contact "me": EDGAR wants a name and a mail address, such as Ann Example ann@example.com` {
		t.Errorf("got %v", err)
	}
}

// TestTickers holds that the list of tickers says whose each is.
func TestTickers(t *testing.T) {
	e, c := newEdgar(t)
	e.files["/files/company_tickers_exchange.json"] = []byte(`{"fields":["cik","name","ticker","exchange"],"data":[[21535,"COHU INC","COHU","Nasdaq"],[1,"X",null,null]]}`)
	whose, err := c.Tickers(t.Context(), t.TempDir())
	if err != nil || len(whose) != 1 || whose["COHU"] != 21535 {
		t.Errorf("%v, %v", whose, err)
	}
	e.files["/files/company_tickers_exchange.json"] = []byte(`{"fields":["name"],"data":[["COHU INC"]]}`)
	dir := t.TempDir()
	want := filepath.Join(dir, "company_tickers_exchange.json") + `: row 1 has no ticker and cik; its fields are ["name"]`
	if _, err := c.Tickers(t.Context(), dir); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
