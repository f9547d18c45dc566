package schedule_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"assay/fundamentals/store"
	"assay/screener"
	"assay/screener/schedule"
)

func open(t testing.TB) *store.DB {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "assay.db"))
}

func openAt(t testing.TB, path string) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func planOf(t testing.TB, name string, s screener.Schedule) schedule.Plan {
	t.Helper()
	p, err := schedule.NewPlan(&screener.Screen{Name: name, Schedule: &s})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const lease = 30 * time.Second

func claim(t testing.TB, db schedule.Database, now time.Time, owner string, plans ...schedule.Plan) (*schedule.Claimed, []schedule.Settled) {
	t.Helper()
	c, settled, err := schedule.Claim(t.Context(), db, plans, now, owner, lease)
	if err != nil {
		t.Fatal(err)
	}
	return c, settled
}

// run claims and finishes all that is due, and tells the slots.
func run(t testing.TB, db schedule.Database, now time.Time, plans ...schedule.Plan) string {
	t.Helper()
	var told []string
	for {
		c, settled := claim(t, db, now, "one", plans...)
		for _, s := range settled {
			told = append(told, fmt.Sprintf("%s %s: %s (%d before)", s.Screen, s.Slot.UTC().Format("02 15:04"), s.State, s.Missed))
		}
		if c == nil {
			return strings.Join(told, "\n")
		}
		told = append(told, fmt.Sprintf("%s %s (%d missed, attempt %d)", c.Plan.Screen.Name, c.Slot.UTC().Format("02 15:04"), c.Missed, c.Attempt))
		finish(t, c, now)
	}
}

func finish(t testing.TB, c *schedule.Claimed, now time.Time) {
	t.Helper()
	if err := c.Finish(t.Context(), now, "a run", nil, nil); err != nil {
		t.Fatal(err)
	}
}

func TestCatchUp(t *testing.T) {
	daily := func(policy string) screener.Schedule {
		return screener.Schedule{Cron: "0 18 * * *", Timezone: "UTC", CatchUp: policy}
	}
	for _, c := range []struct{ policy, want string }{
		{"", "a 02 18:00 (0 missed, attempt 1)\na 03 18:00 (0 missed, attempt 1)\na 04 18:00 (0 missed, attempt 1)"},
		{"last", "a 04 18:00 (2 missed, attempt 1)"},
		{"none", "a 04 18:00: missed (2 before)"},
	} {
		t.Run(c.policy, func(t *testing.T) {
			db, p := open(t), planOf(t, "a", daily(c.policy))
			if got := run(t, db, moment(t, "2024-03-02T12:00:00Z"), p); got != "" {
				t.Errorf("a screen that was never seen begins with\n%s", got)
			}
			if got := run(t, db, moment(t, "2024-03-05T12:00:00Z"), p); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			// Whatever the policy, the next one is run when its time comes, once.
			if got, want := run(t, db, moment(t, "2024-03-05T18:00:02Z"), p), "a 05 18:00 (0 missed, attempt 1)"; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if got := run(t, db, moment(t, "2024-03-05T18:00:03Z"), p); got != "" {
				t.Errorf("once more: %s", got)
			}
		})
	}
}

func TestEarliestSlotOfAllScreensComesFirst(t *testing.T) {
	db := open(t)
	a := planOf(t, "a", screener.Schedule{Cron: "0 18 * * *", Timezone: "UTC"})
	b := planOf(t, "b", screener.Schedule{Cron: "0 9 * * *", Timezone: "UTC"})
	run(t, db, moment(t, "2024-03-02T12:00:00Z"), a, b)
	want := "a 02 18:00 (0 missed, attempt 1)\nb 03 09:00 (0 missed, attempt 1)\na 03 18:00 (0 missed, attempt 1)"
	if got := run(t, db, moment(t, "2024-03-03T20:00:00Z"), a, b); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A claim keeps others off its screen, by the schedule and by hand, until it is
// finished, released, or its lease ends; and whoever lost it can write nothing.
func TestLease(t *testing.T) {
	db, p := open(t), planOf(t, "a", screener.Schedule{Cron: "0 18 * * *", Timezone: "UTC"})
	run(t, db, moment(t, "2024-03-02T12:00:00Z"), p)
	now := moment(t, "2024-03-03T18:00:00Z") // two are due
	first, _ := claim(t, db, now, "one", p)
	if other, _ := claim(t, db, now.Add(lease-time.Second), "two", p); other != nil {
		t.Fatalf("it overlaps: %v", other.Slot)
	}
	if _, err := schedule.ClaimNow(t.Context(), db, p, now, "two", lease); !errors.Is(err, schedule.ErrBusy) {
		t.Errorf("by hand: %v", err)
	}
	if err := first.Renew(t.Context(), now.Add(2*lease)); err != nil {
		t.Fatal(err)
	}
	if other, _ := claim(t, db, now.Add(2*lease-time.Second), "two", p); other != nil {
		t.Fatalf("it overlaps a lease that was renewed: %v", other.Slot)
	}
	second, _ := claim(t, db, now.Add(2*lease), "two", p)
	if second == nil || !second.Slot.Equal(first.Slot) || second.Attempt != 2 {
		t.Fatalf("it is not taken over: %+v", second)
	}
	kept := 0
	keep := func(*sql.Tx) error { kept++; return nil }
	if err := first.Finish(t.Context(), now, "late", nil, keep); !errors.Is(err, schedule.ErrLost) || kept != 0 {
		t.Errorf("who lost it finishes with %v, kept %d", err, kept)
	}
	if err := first.Renew(t.Context(), now.Add(9*lease)); !errors.Is(err, schedule.ErrLost) {
		t.Errorf("who lost it renews with %v", err)
	}
	if err := second.Release(t.Context()); err != nil {
		t.Fatal(err)
	}
	third, _ := claim(t, db, now, "one", p)
	if third == nil || !third.Slot.Equal(first.Slot) || third.Attempt != 1 {
		t.Fatalf("after it was given back: %+v", third)
	}
	finish(t, third, now)
	if got, want := run(t, db, now, p), "a 03 18:00 (0 missed, attempt 1)"; got != want {
		t.Errorf("the next is %s, want %s", got, want)
	}
}

// What cannot be kept leaves the slot unsettled.
func TestFinishIsOneTransaction(t *testing.T) {
	db, p := open(t), planOf(t, "a", screener.Schedule{Cron: "0 18 * * *", Timezone: "UTC"})
	run(t, db, moment(t, "2024-03-02T12:00:00Z"), p)
	now := moment(t, "2024-03-02T18:00:00Z")
	c, _ := claim(t, db, now, "one", p)
	full := errors.New("disk full")
	if err := c.Finish(t.Context(), now, "a run", nil, func(*sql.Tx) error { return full }); !errors.Is(err, full) {
		t.Fatal(err)
	}
	if got, want := run(t, db, now.Add(lease), p), "a 02 18:00 (0 missed, attempt 2)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A slot whose process ends each time is given up, and the next one comes.
func TestGivenUp(t *testing.T) {
	db, p := open(t), planOf(t, "a", screener.Schedule{Cron: "0 18 * * *", Timezone: "UTC"})
	run(t, db, moment(t, "2024-03-02T12:00:00Z"), p)
	now := moment(t, "2024-03-02T18:00:00Z")
	for range 10 {
		if c, _ := claim(t, db, now, "one", p); c == nil {
			t.Fatal("it was given up too soon")
		}
		now = now.Add(lease)
	}
	if got, want := run(t, db, now, p), "a 02 18:00: failed (0 before)"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got, want := run(t, db, now.Add(24*time.Hour), p), "a 03 18:00 (0 missed, attempt 1)"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A run by hand stands beside the schedule; one whose process was killed is told.
func TestByHand(t *testing.T) {
	db, p := open(t), planOf(t, "a", screener.Schedule{Cron: "* * * * *", Timezone: "UTC"})
	now := moment(t, "2024-03-02T12:00:00Z")
	run(t, db, now, p)
	c, err := schedule.ClaimNow(t.Context(), db, p, now.Add(time.Minute), "hand", lease)
	if err != nil {
		t.Fatal(err)
	}
	finish(t, c, now.Add(time.Minute))
	if got, want := run(t, db, now.Add(time.Minute), p), "a 02 12:01 (0 missed, attempt 1)"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if _, err := schedule.ClaimNow(t.Context(), db, p, now.Add(90*time.Second), "hand", lease); err != nil {
		t.Fatal(err)
	}
	want := "a 02 12:01: failed (0 before)\na 02 12:02 (0 missed, attempt 1)"
	if got := run(t, db, now.Add(2*time.Minute), p); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A slot by hand never stands in the place of one of the schedule, is as of the day on
// which it was asked for, and lies ahead only where that day has just begun.
func TestSlotsByHand(t *testing.T) {
	for _, c := range []struct {
		now  string
		want []string
	}{
		{"2024-03-02T12:00:30.7Z", []string{"12:00:30", "12:00:29", "12:00:28"}},
		{"2024-03-02T12:00:00Z", []string{"11:59:59", "11:59:58", "11:59:57"}},
		{"2024-03-02T00:00:01Z", []string{"00:00:01", "00:00:02", "00:00:03"}},
		{"2024-03-02T00:00:00Z", []string{"00:00:01", "00:00:02", "00:00:03"}},
	} {
		db, p := open(t), planOf(t, "a", screener.Schedule{Cron: "* * * * *", Timezone: "UTC"})
		for _, want := range c.want {
			now := moment(t, c.now)
			slot, err := schedule.ClaimNow(t.Context(), db, p, now, "hand", lease)
			if err != nil {
				t.Fatal(err)
			}
			if got := slot.Slot.Format("2006-01-02 15:04:05"); got != "2024-03-02 "+want {
				t.Errorf("at %s: got %s, want %s", c.now, got, want)
			}
			finish(t, slot, now)
		}
	}
}

// Many processes on one database have each slot once.
func TestManyClaimants(t *testing.T) {
	path := filepath.Join(t.TempDir(), "assay.db")
	p := planOf(t, "a", screener.Schedule{Cron: "* * * * *", Timezone: "UTC"})
	now := moment(t, "2024-03-02T12:00:00Z")
	run(t, openAt(t, path), now, p)
	const slots = 100
	var done sync.Map
	var total atomic.Int32
	var all sync.WaitGroup
	for n := range 4 {
		db := openAt(t, path)
		all.Go(func() {
			for total.Load() < slots {
				c, _, err := schedule.Claim(t.Context(), db, []schedule.Plan{p}, now.Add(slots*time.Minute), fmt.Sprint(n), lease)
				if err != nil {
					t.Error(err)
					return
				}
				if c == nil {
					continue
				}
				if _, twice := done.LoadOrStore(c.Slot.Unix(), n); twice {
					t.Errorf("%s was claimed twice", c.Slot)
				}
				if err := c.Finish(t.Context(), now, "a run", nil, nil); err != nil {
					t.Error(err)
				}
				total.Add(1)
			}
		})
	}
	all.Wait()
	if got := total.Load(); got != slots {
		t.Errorf("%d slots, want %d", got, slots)
	}
}
