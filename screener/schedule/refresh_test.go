package schedule_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"assay/screener"
	"assay/screener/schedule"
)

// carrier brings what it is told to.
type carrier struct {
	mu    sync.Mutex
	terms map[string]schedule.Terms
	bring func(ctx context.Context, name string) error
	asked []string
}

// Terms implements [schedule.Refresher].
func (c *carrier) Terms(name string) (schedule.Terms, bool) {
	t, ok := c.terms[name]
	return t, ok
}

// Bring implements [schedule.Refresher].
func (c *carrier) Bring(ctx context.Context, name string) ([]schedule.Step, error) {
	c.mu.Lock()
	c.asked = append(c.asked, name)
	c.mu.Unlock()
	step := schedule.Step{Step: "ingest prices p.csv", State: schedule.Done, Files: 2, Unchanged: 1, New: 7}
	if c.bring != nil {
		if err := c.bring(ctx, name); err != nil {
			step.State, step.Error = schedule.Failed, err.Error()
			return []schedule.Step{step}, fmt.Errorf("%s: %w", step.Step, err)
		}
	}
	return []schedule.Step{step}, nil
}

func (c *carrier) times() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.asked)
}

func refreshed(policy string, names ...string) screener.Schedule {
	return screener.Schedule{Cron: "0 18 * * *", Timezone: "America/New_York", CatchUp: policy, Refresh: names}
}

// fetching is a stage whose clock is that of a bubble, with a carrier.
func fetching(t *testing.T, db schedule.Database) (*stage, *carrier) {
	s := newStage(t, db, "2000-01-01T00:00:00Z")
	s.daemon.Clock = schedule.Clock{Now: time.Now, Wait: func(ctx context.Context, d time.Duration) {
		select {
		case <-ctx.Done():
		case <-time.After(d):
		}
	}}
	s.daemon.Poll = time.Hour
	c := &carrier{terms: map[string]schedule.Terms{"edgar": {Timeout: time.Hour}, "prices": {Timeout: time.Hour, Needed: true}}}
	s.daemon.Refresher = c
	return s, c
}

// through lets a daemon run for so long.
func (s *stage) through(d time.Duration) string {
	ctx, stop := context.WithTimeout(s.t.Context(), d)
	defer stop()
	s.told = nil
	s.daemon.Serve(ctx)
	return strings.Join(s.told, "\n")
}

// inBubble runs a test on a clock that moves when everybody waits. It begins at
// midnight UTC of 2000-01-01, which is 19:00 of the day before in New York.
func inBubble(t *testing.T, test func(t *testing.T, s *stage, c *carrier, db schedule.Database)) {
	synctest.Test(t, func(t *testing.T) {
		db := open(t)
		s, c := fetching(t, db)
		test(t, s, c, db)
	})
}

// What screens of one slot want is brought once, in order, before they are run.
func TestRefreshOnce(t *testing.T) {
	inBubble(t, func(t *testing.T, s *stage, c *carrier, db schedule.Database) {
		var going, most atomic.Int64
		c.bring = func(context.Context, string) error {
			most.Store(max(most.Load(), going.Add(1)))
			time.Sleep(10 * time.Minute)
			going.Add(-1)
			return nil
		}
		var notes int
		s.work = func(_ context.Context, claimed *schedule.Claimed) error {
			notes += len(claimed.Notes)
			if claimed.Plan.Screen.Name == "a" && c.times() < 2 {
				t.Errorf("a is run after %d were brought", c.times())
			}
			return nil
		}
		s.plans = []schedule.Plan{planOf(t, "a", refreshed("none", "edgar", "prices")), planOf(t, "b", refreshed("none", "edgar"))}
		s.plans = append(s.plans, planOf(t, "d", refreshed("none", "other")))
		c.terms["other"] = schedule.Terms{Timeout: time.Hour}
		plain := planOf(t, "c", screener.Schedule{Cron: "5 18 * * *", Timezone: "America/New_York", CatchUp: "none"})
		s.plans = append(s.plans, plain)
		got := s.through(24 * time.Hour)
		told := strings.Split(got, "\n")
		slices.Sort(told[1:]) // a, b and d come in any order; c does not wait for what they want
		slices.Sort(c.asked)
		if strings.Join(told, ", ") != "c 01-01 23:05, a 01-01 23:00, b 01-01 23:00, d 01-01 23:00" || notes != 0 ||
			strings.Join(c.asked, " ") != "edgar other prices" || most.Load() != 1 {
			t.Errorf("got %q, asked %v, %d at a time, %d notes\n%s", told, c.asked, most.Load(), notes, &s.log)
		}
		r, err := schedule.LastRefreshed(t.Context(), db, "edgar")
		if err != nil || r.State != schedule.Done || r.Ended.Sub(r.Started) != 10*time.Minute || len(r.Steps) != 1 || r.Steps[0].New != 7 {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

// Slots that were missed share what is brought after them.
func TestRefreshAfterSlots(t *testing.T) {
	inBubble(t, func(t *testing.T, s *stage, c *carrier, _ schedule.Database) {
		s.plans = []schedule.Plan{planOf(t, "a", refreshed("all", "edgar"))}
		s.through(time.Hour)
		time.Sleep(4 * 24 * time.Hour)
		if got, want := s.through(time.Hour), "a 01-01 23:00\na 01-02 23:00\na 01-03 23:00\na 01-04 23:00"; got != want || len(c.asked) != 1 {
			t.Errorf("got\n%s\nwant\n%s\nasked %v", got, want, c.asked)
		}
	})
}

// A refresh that fails is told to the screen with the day of the data, or keeps it
// from being run, as the configuration says; it is not tried again for the slot.
func TestRefreshFails(t *testing.T) {
	inBubble(t, func(t *testing.T, s *stage, c *carrier, db schedule.Database) {
		var notes []string
		s.work = func(_ context.Context, c *schedule.Claimed) error {
			notes = append(notes, c.Notes...)
			return nil
		}
		s.plans = []schedule.Plan{planOf(t, "a", refreshed("", "edgar", "nothing")), planOf(t, "b", refreshed("", "edgar"))}
		c.bring = func(context.Context, string) error { return errors.New("EDGAR refuses (403)") }
		s.through(24 * time.Hour)
		c.bring = nil
		s.through(24 * time.Hour)
		c.bring = func(ctx context.Context, _ string) error { <-ctx.Done(); return ctx.Err() }
		s.plans = s.plans[1:]
		s.through(25 * time.Hour)
		const nothing = "refresh nothing failed: the configuration has no refresh of this name; it has never worked"
		const refused = "refresh edgar failed: ingest prices p.csv: EDGAR refuses (403); it has never worked"
		want := []string{refused, refused, nothing, nothing, "refresh edgar failed: it took longer than its timeout of 1h0m0s; the data are of 2000-01-02, when it last worked"}
		slices.Sort(notes) // a and b come in either order
		slices.Sort(want)
		if !slices.Equal(notes, want) {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(notes, "\n"), strings.Join(want, "\n"))
		}
		if got := strings.Join(c.asked, " "); got != "edgar edgar edgar" {
			t.Errorf("asked %s", got)
		}
		s.plans = []schedule.Plan{planOf(t, "d", refreshed("", "prices"))}
		c.bring = func(context.Context, string) error { return errors.New("no such file") }
		s.through(time.Minute)
		if got := s.through(24 * time.Hour); got != "" {
			t.Errorf("it was run all the same: %s", got)
		}
		h, err := schedule.Read(t.Context(), db, "d")
		if err != nil || h.Row != 1 || h.Failed.Error != "refresh prices failed: ingest prices p.csv: no such file; it has never worked" {
			t.Errorf("%+v, %v", h, err)
		}
	})
}

// A daemon that is stopped while it brings leaves no trace, and one that was killed
// is taken over when its lease ends: in both cases it is brought anew for the slot.
func TestRefreshStopped(t *testing.T) {
	inBubble(t, func(t *testing.T, s *stage, c *carrier, db schedule.Database) {
		s.plans = []schedule.Plan{planOf(t, "a", refreshed("", "edgar"))}
		c.bring = func(ctx context.Context, _ string) error { <-ctx.Done(); return ctx.Err() }
		s.through(23*time.Hour + time.Minute) // until a minute after the slot
		if r, err := schedule.LastRefreshed(t.Context(), db, "edgar"); err != nil || r != nil || len(c.asked) != 1 {
			t.Errorf("%+v, %v, asked %v", r, err, c.asked)
		}
		c.bring = nil
		if got, want := s.through(time.Hour), "a 01-01 23:00"; got != want || len(c.asked) != 2 {
			t.Errorf("got %s, want %s, asked %v", got, want, c.asked)
		}
	})
}

// A daemon takes nothing over from itself, though its leases ended while the machine
// slept.
func TestRefreshThroughSleep(t *testing.T) {
	inBubble(t, func(t *testing.T, s *stage, c *carrier, _ schedule.Database) {
		var slept atomic.Int64
		s.daemon.Clock.Now = func() time.Time { return time.Now().Add(time.Duration(slept.Load())) }
		s.plans = []schedule.Plan{planOf(t, "a", refreshed("", "edgar")), planOf(t, "b", refreshed("", "edgar"))}
		c.bring = func(context.Context, string) error {
			slept.Store(int64(2 * time.Hour))
			s.daemon.Stir()
			time.Sleep(time.Second)
			return nil
		}
		got := strings.Split(s.through(24*time.Hour), "\n")
		slices.Sort(got)
		if strings.Join(got, ", ") != "a 01-01 23:00, b 01-01 23:00" || len(c.asked) != 1 || strings.Contains(s.log.String(), "attempt=2") {
			t.Errorf("%q, asked %v\n%s", got, c.asked, &s.log)
		}
	})
}

// Of several daemons one brings, and the others wait for it.
func TestRefreshByOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "assay.db")
	synctest.Test(t, func(t *testing.T) {
		one, two := openAt(t, path), openAt(t, path)
		s, c := fetching(t, one)
		other, _ := fetching(t, two)
		other.daemon.Refresher, other.daemon.Owner = c, "other"
		c.bring = func(context.Context, string) error { time.Sleep(20 * time.Minute); return nil }
		s.plans = []schedule.Plan{planOf(t, "a", refreshed("", "edgar"))}
		other.plans = []schedule.Plan{planOf(t, "b", refreshed("", "edgar"))}
		var both sync.WaitGroup
		var first, second string
		both.Go(func() { first = s.through(24 * time.Hour) })
		both.Go(func() { second = other.through(24 * time.Hour) })
		both.Wait()
		if first != "a 01-01 23:00" || second != "b 01-01 23:00" || len(c.asked) != 1 {
			t.Errorf("%s, %s, asked %v", first, second, c.asked)
		}
		for _, screen := range []string{"a", "b"} { // neither waits much longer than it takes
			if h, err := schedule.Read(t.Context(), one, screen); err != nil || h.Done.Took > 20*time.Minute+2*time.Second {
				t.Errorf("%s took %s, %v", screen, h.Done.Took, err)
			}
		}
	})
}

// What is old is taken out, save the latest of each screen and refresh in each state.
func TestPrune(t *testing.T) {
	inBubble(t, func(t *testing.T, s *stage, c *carrier, db schedule.Database) {
		s.plans = []schedule.Plan{planOf(t, "a", refreshed("", "edgar"))}
		fails := true
		s.work = func(context.Context, *schedule.Claimed) error {
			if fails {
				return errors.New("no data")
			}
			return nil
		}
		s.through(3 * 24 * time.Hour)
		fails = false
		s.through(5 * 24 * time.Hour)
		before, err := schedule.Read(t.Context(), db, "a")
		if err != nil {
			t.Fatal(err)
		}
		n, err := schedule.Prune(t.Context(), db, time.Now().Add(-2*24*time.Hour))
		if err != nil || n != 2+3+6 { // failed and done slots, and what was brought
			t.Errorf("%d, %v", n, err)
		}
		after, err := schedule.Read(t.Context(), db, "a")
		if err != nil || fmt.Sprintf("%+v %+v", *after.Last, *after.Failed) != fmt.Sprintf("%+v %+v", *before.Last, *before.Failed) || after.Since != before.Since {
			t.Errorf("%+v, want %+v, %v", after, before, err)
		}
		list, err := schedule.Records(t.Context(), db, "a", 100)
		if err != nil || len(list) != 3 {
			t.Errorf("%+v, %v", list, err)
		}
		if got := s.through(time.Hour); got != "" {
			t.Errorf("what was taken out is run again: %s", got)
		}
	})
}
