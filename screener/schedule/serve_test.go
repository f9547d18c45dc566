package schedule_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"assay/screener"
	"assay/screener/schedule"
)

// stage is a daemon on a clock that moves when it waits.
type stage struct {
	t      testing.TB
	daemon *schedule.Daemon
	now    time.Time
	until  time.Time
	stop   context.CancelFunc
	plans  []schedule.Plan
	work   func(ctx context.Context, c *schedule.Claimed) error
	mu     sync.Mutex
	told   []string // runs, kept in the transactions that settled their slots
	log    bytes.Buffer
}

func newStage(t testing.TB, db schedule.Database, start string) *stage {
	s := &stage{t: t, now: moment(t, start)}
	s.daemon = &schedule.Daemon{
		DB: db, Owner: "stage", Work: s, Load: func(context.Context) []schedule.Plan { return s.plans },
		Clock: schedule.Clock{Now: func() time.Time { return s.now }, Wait: s.wait},
		Log: slog.New(slog.NewTextHandler(&s.log, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		}})),
	}
	return s
}

func (s *stage) wait(_ context.Context, d time.Duration) {
	if s.now = s.now.Add(d); !s.now.Before(s.until) {
		s.stop()
	}
}

// Run implements [schedule.Work].
func (s *stage) Run(ctx context.Context, c *schedule.Claimed) (*schedule.Outcome, error) {
	s.now = s.now.Add(2 * time.Second)
	if s.work != nil {
		if err := s.work(ctx, c); err != nil {
			return nil, err
		}
	}
	change := &schedule.Change{Screen: c.Plan.Screen, Summary: "1 entered, 0 left, 0 moved"}
	return &schedule.Outcome{Run: "run-" + c.Plan.Screen.Name, Listed: 3, Change: change, Keep: func(context.Context, *sql.Tx) error {
		s.tell(c.Plan.Screen.Name + " " + c.Slot.UTC().Format("01-02 15:04"))
		return nil
	}}, nil
}

func (s *stage) tell(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told = append(s.told, line)
}

// serve runs the daemon up to a moment, and returns what was kept since.
func (s *stage) serve(until string) string {
	s.t.Helper()
	ctx, stop := context.WithCancel(s.t.Context())
	s.until, s.stop, s.told = moment(s.t, until), stop, nil
	s.daemon.Serve(ctx)
	stop()
	return strings.Join(s.told, "\n")
}

var numberless = regexp.MustCompile(`slot=\S+`)

func TestServe(t *testing.T) {
	db := open(t)
	s := newStage(t, db, "2024-03-07T12:00:00Z")
	daily := screener.Schedule{Cron: "30 18 * * *", Timezone: "America/New_York", On: "trading-days"}
	s.plans = []schedule.Plan{planOf(t, "a", daily)}
	want := "a 03-07 23:30\na 03-08 23:30\na 03-11 22:30" // a week-end on which the clocks go forward
	if got := s.serve("2024-03-12T12:00:00Z"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// It was away for a while, and a screen came that none had seen.
	s.now = moment(t, "2024-03-13T23:00:00Z")
	s.plans = append(s.plans, planOf(t, "b", daily))
	want = "a 03-12 22:30\na 03-13 22:30\na 03-14 22:30\nb 03-14 22:30"
	if got := s.serve("2024-03-15T12:00:00Z"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	h, err := schedule.Read(t.Context(), db, "a")
	if err != nil {
		t.Fatal(err)
	}
	if h.Done == nil || h.Done.Run != "run-a" || h.Done.Took != 2*time.Second || h.Failed != nil || h.Row != 0 {
		t.Errorf("%+v", h)
	}
	line := `level=INFO msg="run done" screen=a slot=2024-03-07T23:30:00.000Z run=run-a listed=3 took=2s change="1 entered, 0 left, 0 moved"`
	if !strings.Contains(s.log.String(), line) {
		t.Errorf("the log lacks\n%s\nin\n%s", line, &s.log)
	}
}

// A failure is kept, and the next slot comes all the same.
func TestServeFails(t *testing.T) {
	db := open(t)
	s := newStage(t, db, "2024-03-07T12:00:00Z")
	s.plans = []schedule.Plan{planOf(t, "a", screener.Schedule{Cron: "0 18 * * *", Timezone: "UTC"})}
	s.work = func(_ context.Context, c *schedule.Claimed) error {
		if c.Slot.Day() < 10 {
			return fmt.Errorf("no data on day %d", c.Slot.Day())
		}
		return nil
	}
	if got := s.serve("2024-03-10T12:00:00Z"); got != "" {
		t.Errorf("failed runs were kept: %s", got)
	}
	h, err := schedule.Read(t.Context(), db, "a")
	if err != nil || h.Row != 3 || h.Done != nil || h.Failed.Error != "no data on day 9" {
		t.Errorf("%+v, %v", h, err)
	}
	if got, want := s.serve("2024-03-10T19:00:00Z"), "a 03-10 18:00"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if h, err = schedule.Read(t.Context(), db, "a"); err != nil || h.Row != 0 || h.Done == nil || h.Failed.Error != "no data on day 9" {
		t.Errorf("%+v, %v", h, err)
	}
}

// A run that takes too long is ended, and told as such.
func TestTimeout(t *testing.T) {
	db := open(t)
	s := newStage(t, db, "2024-03-07T12:00:00Z")
	s.plans = []schedule.Plan{planOf(t, "a", screener.Schedule{Cron: "0 18 * * *", Timezone: "UTC", Timeout: time.Millisecond})}
	s.work = func(ctx context.Context, _ *schedule.Claimed) error {
		<-ctx.Done()
		return ctx.Err()
	}
	s.serve("2024-03-08T12:00:00Z")
	h, err := schedule.Read(t.Context(), db, "a")
	if err != nil || h.Failed == nil || h.Failed.Error != "it took longer than its timeout of 1ms" {
		t.Errorf("%+v, %v", h, err)
	}
}

// A daemon that is stopped gives back what it runs: it is run after the start.
func TestGracefulStop(t *testing.T) {
	db := open(t)
	s := newStage(t, db, "2024-03-07T12:00:00Z")
	s.plans = []schedule.Plan{planOf(t, "a", screener.Schedule{Cron: "0 18 * * *", Timezone: "UTC"})}
	s.work = func(ctx context.Context, _ *schedule.Claimed) error {
		s.stop() // SIGTERM
		<-ctx.Done()
		return ctx.Err()
	}
	if got := s.serve("2024-03-08T12:00:00Z"); got != "" {
		t.Errorf("it kept %s", got)
	}
	if list, err := schedule.Records(t.Context(), db, "a", 10); err != nil || len(list) > 0 {
		t.Errorf("%+v, %v", list, err)
	}
	s.work = nil
	if got, want := s.serve("2024-03-08T12:00:00Z"), "a 03-07 18:00"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if !strings.Contains(numberless.ReplaceAllString(s.log.String(), ""), `msg="run given back: the daemon stops"`) {
		t.Errorf("%s", &s.log)
	}
}

type post struct {
	err   error
	put   []string
	flush int

	failed []string
}

func (p *post) Put(_ context.Context, _ *sql.Tx, c *schedule.Change) error {
	p.put = append(p.put, c.Screen.Name+": "+c.Summary)
	return p.err
}

func (p *post) Fail(_ context.Context, _ *sql.Tx, c *schedule.Claimed, why error) error {
	p.failed = append(p.failed, fmt.Sprint(c.Slot.UTC().Format("01-02"), ": ", why))
	return p.err
}

func (p *post) Flush(context.Context, time.Time) error {
	p.flush++
	return errors.New("the line is dead")
}

// What is to be delivered is put where its slot is settled, or neither.
func TestDelivery(t *testing.T) {
	db := open(t)
	s := newStage(t, db, "2024-03-07T12:00:00Z")
	p := &post{}
	s.daemon.Delivery = p
	s.plans = []schedule.Plan{planOf(t, "a", screener.Schedule{Cron: "0 18 * * *", Timezone: "UTC"})}
	s.serve("2024-03-08T12:00:00Z")
	if len(p.put) != 1 || p.put[0] != "a: 1 entered, 0 left, 0 moved" || p.flush == 0 || !strings.Contains(s.log.String(), "the line is dead") {
		t.Errorf("%+v\n%s", p, &s.log)
	}
	p.err = errors.New("no such channel")
	s.serve("2024-03-09T12:00:00Z")
	if h, err := schedule.Read(t.Context(), db, "a"); err != nil || h.Row != 1 || h.Failed.Error != "schedule: no such channel" {
		t.Errorf("%+v, %v", h, err)
	}
}

// A failure is told once until a run is done again; that it cannot be told leaves no
// slot unsettled.
func TestFailureIsTold(t *testing.T) {
	db := open(t)
	s := newStage(t, db, "2024-03-07T12:00:00Z")
	p := &post{}
	s.daemon.Delivery = p
	s.plans = []schedule.Plan{planOf(t, "a", screener.Schedule{Cron: "0 18 * * *", Timezone: "UTC"})}
	s.work = func(_ context.Context, c *schedule.Claimed) error {
		if c.Slot.Day() != 10 {
			return errors.New("no data")
		}
		return nil
	}
	s.serve("2024-03-13T12:00:00Z")
	if got, want := strings.Join(p.failed, ", "), "03-07: no data, 03-11: no data"; got != want {
		t.Errorf("told %s, want %s", got, want)
	}
	s.work = nil
	s.serve("2024-03-14T12:00:00Z")
	p.err = errors.New("disk full")
	s.work = func(context.Context, *schedule.Claimed) error { return errors.New("no data") }
	s.serve("2024-03-15T12:00:00Z")
	if h, err := schedule.Read(t.Context(), db, "a"); err != nil || h.Row != 1 || h.Last.State != schedule.Failed || !strings.Contains(s.log.String(), "the failure could not be told") {
		t.Errorf("%+v, %v\n%s", h, err, &s.log)
	}
}
