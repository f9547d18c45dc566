package schedule_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"assay/screener"
	"assay/screener/schedule"
)

// Whatever happens between - kills in the midst of a run, two daemons, a machine
// that sleeps - each of two hundred slots is done once, in its order.
func TestLawEachSlotOnce(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := drawSchedule(rt)
		plan, err := schedule.NewPlan(&screener.Screen{Name: "a", Schedule: &s})
		if err != nil {
			rt.Skip(err) // Sundays of trading days
		}
		ctx, db := context.Background(), open(t)
		now := time.Unix(rapid.Int64Range(1_700_000_000, 1_800_000_000).Draw(rt, "start"), 0)
		begin := now
		plans := []schedule.Plan{plan}
		if _, _, err := schedule.Claim(ctx, db, plans, now, "zero", lease); err != nil {
			rt.Fatal(err)
		}
		const slots = 200
		var done []time.Time
		killed := 0 // the same slot in a row: a third time it would be given up
		for len(done) < slots {
			owner := rapid.SampledFrom([]string{"one", "two"}).Draw(rt, "owner")
			c, settled, err := schedule.Claim(ctx, db, plans, now, owner, lease)
			if err != nil {
				rt.Fatal(err)
			}
			if len(settled) > 0 {
				rt.Fatalf("passed over: %+v", settled)
			}
			if c == nil { // nothing is due, or another has the lease: time goes by, or leaps
				next, _ := plan.Slots.Next(now)
				now = now.Add(lease)
				if rapid.Bool().Draw(rt, "leap") {
					now = next.Add(time.Duration(rapid.IntRange(0, 14*24).Draw(rt, "hours")) * time.Hour)
				}
				continue
			}
			switch event := rapid.IntRange(0, 9).Draw(rt, "event"); {
			case event == 0 && killed < 2:
				killed++ // SIGKILL: the claim stays until its lease ends
			case event == 1:
				if err := c.Release(ctx); err != nil { // SIGTERM
					rt.Fatal(err)
				}
				killed = 0
			default:
				if err := c.Finish(ctx, now, "a run", nil, nil); err != nil {
					rt.Fatal(err)
				}
				done, killed = append(done, c.Slot), 0
			}
		}
		var want []time.Time
		for at := begin; len(want) < slots; {
			at, _ = plan.Slots.Next(at)
			want = append(want, at)
		}
		if !slices.EqualFunc(done, want, time.Time.Equal) {
			rt.Fatalf("done\n%v\nwant\n%v", done, want)
		}
	})
}
