package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"assay/fundamentals/source/fetch"
)

// archives is an EDGAR that has the nightly archives. It fails as it is told.
type archives struct {
	mu    sync.Mutex
	whole []byte
	fail  []func(w http.ResponseWriter, whole []byte)
	asked []string
}

func (s *archives) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked = append(s.asked, strings.TrimSpace(filepath.Base(r.URL.Path)+" "+r.Header.Get("Range")))
	whole, fail := s.whole, s.fail
	if len(fail) > 0 {
		s.fail = fail[1:]
	}
	s.mu.Unlock()
	w.Header().Set("ETag", fmt.Sprintf(`"%d"`, len(whole)))
	if len(fail) > 0 && fail[0] != nil {
		fail[0](w, whole)
		return
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(whole))
}

// zipped is an archive of the files of a folder.
func zipped(t *testing.T, folder string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	if err := z.AddFS(os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A daemon brings the archive of all companies before the screens of a slot, once for
// both, through failures; where it is refused it runs them on what there is and says
// so, and it makes up for it with the next slot.
func TestServeRefreshes(t *testing.T) {
	s := newServed(t, time.Time{})
	facts := filepath.Join(s.dir, "facts")
	if err := os.Mkdir(facts, 0o755); err != nil {
		t.Fatal(err)
	}
	s.restated("CIK9900000008.json", 9900000008, "OperatingIncomeLoss", 0.4)
	if err := os.Rename(filepath.Join(s.dir, "restated-OperatingIncomeLoss.json"), filepath.Join(facts, "CIK9900000008.json")); err != nil {
		t.Fatal(err)
	}
	edgar := &archives{whole: zipped(t, facts)}
	edgar.fail = []func(http.ResponseWriter, []byte){
		func(w http.ResponseWriter, whole []byte) { // cut off in the middle
			w.Header().Set("Content-Length", fmt.Sprint(len(whole)))
			_, _ = w.Write(whole[:len(whole)/2])
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		},
		func(w http.ResponseWriter, _ []byte) { w.WriteHeader(http.StatusTooManyRequests) }, nil, nil,
		func(w http.ResponseWriter, _ []byte) { w.WriteHeader(http.StatusForbidden) },
		func(w http.ResponseWriter, _ []byte) { w.WriteHeader(http.StatusForbidden) },
	}
	server := httptest.NewServer(edgar)
	defer server.Close()
	both := strings.Replace(dailyScreen, "  on: trading-days\n", "  refresh: [edgar]\n", 1)
	s.write("screens/daily.yaml", both)
	s.write("screens/other.yaml", strings.Replace(both, "screen: daily", "screen: other", 1))
	config, err := os.ReadFile(s.config)
	if err != nil {
		t.Fatal(err)
	}
	edgarFolder := filepath.Join(s.dir, "edgar")
	s.write("config.yaml", fmt.Sprintf("%scontact: Ann ann@example.com\nrefresh:\n  edgar:\n    steps:\n      - fetch edgar --bulk -o %s\n      - ingest companyfacts %s\n", config, edgarFolder, filepath.Join(edgarFolder, "companyfacts.zip")))
	log := s.serveSlots(fetch.Options{Base: server.URL, Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }}, 3, 2)
	rest := fmt.Sprintf("bytes=%d-", len(edgar.whole)/2)
	want := []string{
		"companyfacts.zip", "companyfacts.zip " + rest, "companyfacts.zip " + rest, "submissions.zip", // the first slot
		"companyfacts.zip", "submissions.zip", // refused
		"companyfacts.zip", "submissions.zip", // not changed
	}
	if got := strings.Join(edgar.asked, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("it asked\n%s\nwant\n%s\n%s", got, strings.Join(want, "\n"), log)
	}
	for _, want := range []string{
		`"step":"ingest companyfacts ` + filepath.Join(edgarFolder, "companyfacts.zip") + `","state":"done","files":1,"unchanged":0,"new":`,
		`"msg":"refresh failed","refresh":"edgar","error":"fetch edgar --bulk -o ` + edgarFolder + `: `,
	} {
		if n := strings.Count(log, want); n != 1 {
			t.Errorf("%s is told %d times in\n%s", want, n, log)
		}
	}
	for _, screen := range []string{"daily", "other"} {
		told, err := os.ReadFile(filepath.Join(s.dir, "told", screen+".json"))
		if err != nil || strings.Count(string(told), `"notes":["refresh edgar failed: fetch edgar --bulk`) != 1 {
			t.Errorf("%s, %v", told, err)
		}
	}
}

// serveSlots runs the daemon while the clock goes from slot to slot of 18:30 in New
// York. It goes on when so many runs more are in the history and told. The log is
// returned.
func (s *served) serveSlots(edgar fetch.Options, slots, each int) string {
	s.t.Helper()
	ctx, stop := context.WithCancel(s.t.Context())
	defer stop()
	var out, log strings.Builder
	var now atomic.Int64
	now.Store(time.Date(2026, 6, 16, 12, 0, 0, 0, time.UTC).Unix())
	looked := make(chan struct{})
	a := &app{out: &output{stdout: &out, stderr: &log}, program: "assay", edgar: edgar}
	a.now = func() time.Time { return time.Unix(now.Load(), 0) }
	a.wait = func(ctx context.Context, _ time.Duration) {
		select {
		case <-ctx.Done():
		case looked <- struct{}{}:
		}
	}
	var daemon sync.WaitGroup
	status := -1
	daemon.Go(func() { status = execute(ctx, a, []string{"serve", "--config", s.config}) })
	<-looked
	for n := range slots {
		now.Store(time.Date(2026, 6, 16+n, 22, 30, 5, 0, time.UTC).Unix())
		for done := 0; done < each*(n+1); {
			<-looked
			done = strings.Count(s.do("notify", "outbox", "--all", "--json"), `"state": "sent"`)
		}
	}
	stop()
	daemon.Wait()
	if status != exitOK {
		s.t.Fatalf("status %d\n%s", status, &log)
	}
	return log.String()
}

// Where there is no database yet, a daemon that has something to bring makes one.
func TestServeFromNothing(t *testing.T) {
	s := newServed(t, time.Time{})
	if err := os.Remove(s.db); err != nil {
		t.Fatal(err)
	}
	s.write("screens/daily.yaml", strings.Replace(dailyScreen, "  on: trading-days\n", "  refresh: [files]\n", 1))
	config, err := os.ReadFile(s.config)
	if err != nil {
		t.Fatal(err)
	}
	s.write("config.yaml", fmt.Sprintf("%srefresh:\n  files:\n    steps:\n      - ingest companyfacts %[2]s/companyfacts\n      - ingest securities %[2]s/securities.csv\n      - ingest prices %[2]s/prices.csv --basis raw\n", config, s.dir))
	log := s.serveSlots(fetch.Options{}, 1, 1)
	for _, want := range []string{`"msg":"there was no database: an empty one is made, for what refresh brings"`, `"listed":13,`} {
		if !strings.Contains(log, want) {
			t.Errorf("the log lacks %s\n%s", want, log)
		}
	}
}
