package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// served is a lab with a folder of screens and a daemon on a clock that moves when
// it waits.
type served struct {
	*lab
	config string
	now    time.Time
}

const dailyScreen = `screen: daily
universe: market_cap >= 1M
pass:
  small: market_cap <= 2B
  cheap: earnings_yield >= 5%
rank:
  by: earnings_yield
  limit: 20
schedule:
  cron: "30 18 * * *"
  timezone: America/New_York
  on: trading-days
deliver:
  - desk
`

func newServed(t *testing.T, start time.Time) *served {
	s := &served{lab: newLab(t), now: start}
	for _, folder := range []string{"screens", "told"} {
		if err := os.Mkdir(filepath.Join(s.dir, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	s.write("screens/daily.yaml", dailyScreen)
	s.config = s.write("config.yaml", fmt.Sprintf("db: %s\nscreens: %s\nchannels:\n  desk: { kind: file, folder: %s, body: json, always: true }\nserve: { log_format: json, poll: 1h }\n",
		s.db, filepath.Join(s.dir, "screens"), filepath.Join(s.dir, "told")))
	return s
}

// serve runs the daemon up to a moment and returns its log.
func (s *served) serve(until time.Time) string {
	s.t.Helper()
	ctx, stop := context.WithCancel(s.t.Context())
	defer stop()
	var out, log strings.Builder
	a := &app{out: &output{stdout: &out, stderr: &log}, program: "assay", now: func() time.Time { return s.now }}
	a.wait = func(_ context.Context, d time.Duration) {
		if s.now = s.now.Add(d); !s.now.Before(until) {
			stop()
		}
	}
	if status := execute(ctx, a, []string{"serve", "--config", s.config}); status != exitOK || out.String() != "" {
		s.t.Fatalf("status %d\n%s\n%s", status, &out, &log)
	}
	return log.String()
}

// scheduledRuns are the runs of the history that a schedule made, the first first.
func (s *served) scheduledRuns() (list []struct {
	Number           int64
	Run, Origin      string
	AsOf             string `json:"as_of"`
	Screen, Occurred string
}) {
	s.t.Helper()
	if err := json.Unmarshal([]byte(s.do("runs", "--json", "--limit", "0")), &list); err != nil {
		s.t.Fatal(err)
	}
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
	return list
}

// A daemon keeps a run for each slot, tells the channel of each, and every run can
// be made again. Stopped and started, it goes on where it was.
func TestServeKeepsAndTells(t *testing.T) {
	s := newServed(t, time.Date(2026, 6, 16, 12, 0, 0, 0, time.UTC))
	log := s.serve(time.Date(2026, 6, 20, 0, 0, 0, 0, time.UTC))
	s.now = time.Date(2026, 6, 24, 12, 0, 0, 0, time.UTC)
	log += s.serve(time.Date(2026, 6, 25, 0, 0, 0, 0, time.UTC))
	var days []string
	for _, r := range s.scheduledRuns() {
		if r.Origin != "schedule" {
			continue
		}
		days = append(days, r.AsOf)
		s.do("replay", strconv.FormatInt(r.Number, 10))
	}
	// 19 June is a holiday, 20 and 21 a week-end.
	want := "2026-06-16 2026-06-17 2026-06-18 2026-06-22 2026-06-23 2026-06-24"
	if got := strings.Join(days, " "); got != want {
		t.Errorf("runs as of %s, want %s\n%s", got, want, log)
	}
	told, err := os.ReadFile(filepath.Join(s.dir, "told", "daily.json"))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(told), `"as_of"`); n != len(days) {
		t.Errorf("%d messages of %d runs\n%s", n, len(days), told)
	}
	for _, line := range []string{`"msg":"run done","screen":"daily","slot":"2026-06-16T22:30:00Z"`, `"msg":"delivered"`, `"msg":"stopped"`} {
		if !strings.Contains(log, line) {
			t.Errorf("the log lacks %s\n%s", line, log)
		}
	}
	list := s.do("schedule", "--config", s.config)
	if !strings.Contains(list, "2026-06-24T18:30:00-04:00 done") || !strings.Contains(list, "ok") {
		t.Errorf("%s", list)
	}
	if status, out, log := call(t.Context(), "schedule", "run", "daily", "--config", s.config, "--json"); status != exitOK || !strings.Contains(out, `"as_of": "2026-06-30"`) || !strings.Contains(log, `"by_hand":true`) {
		t.Errorf("status %d\n%s\n%s", status, out, log)
	}
}

// A list on which nobody can be, for the prices are old, says why: in the log and in
// the message.
func TestServeTellsOfOldPrices(t *testing.T) {
	s := newServed(t, time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC))
	log := s.serve(time.Date(2026, 9, 2, 0, 0, 0, 0, time.UTC))
	told, err := os.ReadFile(filepath.Join(s.dir, "told", "daily.json"))
	if err != nil {
		t.Fatal(err)
	}
	const want = "no price is fresh on 2026-09-01: the latest close is of 2026-06-30; ask as of then, or ingest newer prices"
	if !strings.Contains(log, `"msg":"the data of the run","screen":"daily","slot":"2026-09-01T22:30:00Z","note":"`+want+`"`) {
		t.Errorf("the log is silent\n%s", log)
	}
	if !strings.Contains(string(told), `"notices":["`+want+`"]`) {
		t.Errorf("the message is silent\n%s", told)
	}
}

// What is wrong with the folder is logged once, and the others go on.
func TestServeTellsOfBadScreens(t *testing.T) {
	s := newServed(t, time.Date(2026, 6, 16, 12, 0, 0, 0, time.UTC))
	s.write("screens/bad.yaml", "screen: bad\npass:\n  a: no_such_thing > 1\n")
	s.write("screens/same.yaml", dailyScreen)
	s.write("screens/silent.yaml", strings.NewReplacer("screen: daily", "screen: silent", "- desk", "- desc").Replace(dailyScreen))
	log := s.serve(time.Date(2026, 6, 17, 0, 0, 0, 0, time.UTC))
	for _, want := range []string{"bad.yaml:3:6", "the screen daily is in ", `there is no channel \"desc\"`} {
		if n := strings.Count(log, want); n != 1 {
			t.Errorf("%q is told %d times\n%s", want, n, log)
		}
	}
	if n := strings.Count(log, `"run done"`); n != 2 {
		t.Errorf("%d runs\n%s", n, log)
	}
}
