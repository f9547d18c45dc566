package schedule_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"assay/screener"
	"assay/screener/schedule"
)

// TestMain lets the test binary serve as the daemons that are killed.
func TestMain(m *testing.M) {
	if path := os.Getenv("ASSAY_TEST_SERVE"); path != "" {
		serveFast(path, os.Getenv("ASSAY_TEST_START"))
		return
	}
	os.Exit(m.Run())
}

// fast is by how much the clock of these daemons is faster than ours: a minute of
// theirs takes 20 ms.
const fast = 3000

// fastClock gives all processes the same time, in which every moment is one of ours.
func fastClock(start time.Time) schedule.Clock {
	return schedule.Clock{
		Now: func() time.Time { return start.Add(time.Since(start) * fast) },
		Wait: func(ctx context.Context, d time.Duration) {
			select {
			case <-ctx.Done():
			case <-time.After(d / fast):
			}
		},
	}
}

var everyMinute = screener.Schedule{Cron: "* * * * *", Timezone: "America/New_York"}

// serveFast runs a screen each minute and keeps a row for each run.
func serveFast(path, start string) {
	micros, err := strconv.ParseInt(start, 10, 64)
	t := &testing.T{}
	if err != nil {
		panic(err)
	}
	db := openAt(t, path)
	d := &schedule.Daemon{
		DB: db, Owner: fmt.Sprint(os.Getpid(), rand.Int64()), Clock: fastClock(time.UnixMicro(micros)), Lease: 20 * time.Minute,
		Load: func(context.Context) []schedule.Plan { return []schedule.Plan{planOf(t, "a", everyMinute)} },
		Work: rows{}, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
	d.Serve(context.Background())
}

// rows keeps a row of each run.
type rows struct{}

func (rows) Run(_ context.Context, c *schedule.Claimed) (*schedule.Outcome, error) {
	return &schedule.Outcome{Run: "a run", Keep: func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO test_run (slot) VALUES (?)`, c.Slot.Unix())
		return err
	}}, nil
}

// Two daemons on one database, killed at random moments and started again: over
// two hundred slots each is run once, and none is left out.
func TestKilledDaemonsRunEachSlotOnce(t *testing.T) {
	const slots = 200
	path := filepath.Join(t.TempDir(), "assay.db")
	db := openAt(t, path)
	update(t, db, `CREATE TABLE test_run (slot INTEGER NOT NULL)`)
	start := time.Now().Truncate(time.Microsecond)
	if _, _, err := schedule.Claim(t.Context(), db, []schedule.Plan{planOf(t, "a", everyMinute)}, start, "test", lease); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	var daemons [2]*exec.Cmd
	kills := 0
	for n := 0; count(t, db) < slots; n++ {
		i := n % len(daemons)
		if c := daemons[i]; c != nil {
			if err := c.Process.Kill(); err != nil {
				t.Fatalf("it had ended by itself: %v", err)
			}
			_ = c.Wait() // it was killed, and says so
			kills++
		}
		c := exec.CommandContext(t.Context(), os.Args[0])
		c.Env = append(os.Environ(), "ASSAY_TEST_SERVE="+path, "ASSAY_TEST_START="+strconv.FormatInt(start.UnixMicro(), 10))
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		daemons[i] = c
		<-time.After(time.Duration(20+random.IntN(150)) * time.Millisecond)
	}
	for _, c := range daemons {
		if c != nil {
			_ = c.Process.Kill()
			_ = c.Wait() // it was killed, and says so
		}
	}
	got := list(t, db)
	t.Logf("%d slots, %d kills", len(got), kills)
	for i := range got {
		if i > 0 && got[i] != got[i-1]+60 {
			t.Errorf("after %d comes %d: %s", got[i-1], got[i], strings.TrimSpace(fmt.Sprint(got)))
			break
		}
	}
	if first := start.Unix()/60*60 + 60; got[0] != first {
		t.Errorf("the first slot is %d, want %d", got[0], first)
	}
}

func update(t *testing.T, db schedule.Database, query string) {
	t.Helper()
	err := db.Update(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), query)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, db schedule.Database) int { return len(list(t, db)) }

func list(t *testing.T, db schedule.Database) (slots []int64) {
	t.Helper()
	err := db.View(t.Context(), func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(t.Context(), `SELECT slot FROM test_run ORDER BY slot`)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var slot int64
			if err := rows.Scan(&slot); err != nil {
				return err
			}
			slots = append(slots, slot)
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return slots
}
