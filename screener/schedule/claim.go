package schedule

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// ErrLost is wrapped by errors about a claim that another process has taken over,
// because its lease had ended.
var ErrLost = errors.New("another process has taken the slot over")

// ErrBusy is wrapped by the error about a screen that is being run already.
var ErrBusy = errors.New("the screen is being run by another process")

// attempts is how often a slot is begun at most. One that ends its process each
// time would do so for ever; one that was unlucky a few times is run all the same.
const attempts = 10

// countedMissed is up to how many slots that were passed over are counted.
const countedMissed = 10000

// Claimed is a slot that its owner runs, until it is finished or released or its
// lease ends.
type Claimed struct {
	Plan    Plan
	Slot    time.Time
	ByHand  bool
	Missed  int // slots before it that are passed over
	Attempt int
	Started time.Time
	Notes   []string // on data that could not be brought before

	db    Database
	owner string
}

// Settled is a slot that was settled without a run.
type Settled struct {
	Screen string
	Slot   time.Time
	Missed int // slots before it that are passed over too
	State  string
	Why    string
}

// The states of a slot.
const (
	Running = "running"
	Done    = "done"
	Failed  = "failed"
	Missed  = "missed"
)

// Claim takes the earliest slot that is due, by the policies of its plans. It
// returns none where none is due, or those that are belong to screens that are
// being run. A screen that was never seen begins with the next slot.
func Claim(ctx context.Context, db Database, plans []Plan, now time.Time, owner string, lease time.Duration) (c *Claimed, settled []Settled, err error) {
	var stirs bool
	err = db.View(ctx, func(tx *sql.Tx) error {
		for _, p := range plans {
			turn, err := turnOf(ctx, tx, p, now)
			if err != nil {
				return err
			}
			stirs = stirs || turn.stirs()
		}
		return nil
	})
	if err != nil || !stirs {
		return nil, nil, wrap(err)
	}
	err = db.Update(ctx, func(tx *sql.Tx) error {
		c, settled = nil, nil
		var best *turn
		for _, p := range plans {
			t, err := turnOf(ctx, tx, p, now)
			if err == nil {
				settled, err = t.settle(ctx, tx, now, settled)
			}
			if err != nil {
				return err
			}
			if t.due && (best == nil || t.slot.Before(best.slot)) {
				best = t
			}
		}
		if best == nil {
			return nil
		}
		c = &Claimed{Plan: best.plan, Slot: best.slot, Missed: best.missed, Attempt: best.attempt, Started: now, db: db, owner: owner}
		return c.begin(ctx, tx, now.Add(lease))
	})
	return c, settled, wrap(err)
}

// ClaimNow takes a slot beside the schedule. The error wraps [ErrBusy] where the
// screen is being run.
func ClaimNow(ctx context.Context, db Database, p Plan, now time.Time, owner string, lease time.Duration) (c *Claimed, err error) {
	err = db.Update(ctx, func(tx *sql.Tx) error {
		t, err := turnOf(ctx, tx, p, now)
		if err != nil {
			return err
		}
		if t.busy {
			return fmt.Errorf("%s: %w", p.Screen.Name, ErrBusy)
		}
		if _, err := t.settle(ctx, tx, now, nil); err != nil {
			return err
		}
		c = &Claimed{Plan: p, ByHand: true, Attempt: 1, Started: now, db: db, owner: owner}
		if c.Slot, err = beside(ctx, tx, p, now); err != nil {
			return err
		}
		return c.begin(ctx, tx, now.Add(lease))
	})
	if err != nil {
		return nil, wrap(err)
	}
	return c, nil
}

// beside finds the second for a slot by hand: the latest up to now that is of the same
// day, has no slot and is no full minute, of which a slot of the schedule may be; or
// else, where the day has just begun, the next.
func beside(ctx context.Context, tx *sql.Tx, p Plan, now time.Time) (time.Time, error) {
	day := p.Slots.Day(now)
	for _, step := range []int64{-1, 1} {
		for at := now.Unix(); ; at += step {
			slot := time.Unix(at, 0).In(p.Slots.zone)
			if p.Slots.Day(slot) != day {
				break
			}
			if at%60 == 0 {
				continue
			}
			var taken bool
			err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM schedule_slot WHERE screen = ? AND slot = ?)`, p.Screen.Name, at).Scan(&taken)
			if err != nil || !taken {
				return slot, err
			}
		}
	}
	return time.Time{}, fmt.Errorf("%s: it was run in every second of %s", p.Screen.Name, day)
}

func wrap(err error) error {
	if err != nil {
		return fmt.Errorf("schedule: %w", err)
	}
	return nil
}

func (c *Claimed) begin(ctx context.Context, tx *sql.Tx, lease time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO schedule_slot (screen, slot, state, by_hand, missed, owner, lease, attempts, started, ended, run, error)
		VALUES (?, ?, 'running', ?, ?, ?, ?, ?, ?, 0, '', '')
		ON CONFLICT DO UPDATE SET state = excluded.state, missed = excluded.missed, owner = excluded.owner, lease = excluded.lease, attempts = excluded.attempts, started = excluded.started`,
		c.Plan.Screen.Name, c.Slot.Unix(), c.ByHand, c.Missed, c.owner, lease.Unix(), c.Attempt, c.Started.UnixMicro())
	return err
}

// mine is the condition under which a slot still belongs to its claim.
const mine = ` WHERE screen = ? AND slot = ? AND owner = ? AND attempts = ? AND state = 'running'`

// change changes the row of the claim, if it is still its own.
func (c *Claimed) change(ctx context.Context, tx *sql.Tx, what string, args ...any) error {
	result, err := tx.ExecContext(ctx, what+mine, append(args, c.Plan.Screen.Name, c.Slot.Unix(), c.owner, c.Attempt)...)
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	if err == nil && n == 0 {
		err = ErrLost
	}
	return err
}

// Renew puts the end of the lease off.
func (c *Claimed) Renew(ctx context.Context, until time.Time) error {
	return wrap(c.db.Update(ctx, func(tx *sql.Tx) error {
		return c.change(ctx, tx, `UPDATE schedule_slot SET lease = ?`, until.Unix())
	}))
}

// Finish settles the slot: it is done, with the name of its run, or failed with an
// error. Keep writes what is to be kept, in the same transaction: both are there, or
// none. The error wraps [ErrLost] where the claim is no longer its owner's.
func (c *Claimed) Finish(ctx context.Context, now time.Time, run string, failed error, keep func(tx *sql.Tx) error) error {
	state, text := Done, ""
	if failed != nil {
		state, text = Failed, failed.Error()
	}
	return wrap(c.db.Update(ctx, func(tx *sql.Tx) error {
		err := c.change(ctx, tx, `UPDATE schedule_slot SET state = ?, lease = 0, ended = ?, run = ?, error = ?`, state, now.UnixMicro(), run, text)
		if err == nil && !c.ByHand {
			err = advance(ctx, tx, c.Plan.Screen.Name, c.Slot)
		}
		if err == nil && keep != nil {
			err = keep(tx)
		}
		return err
	}))
}

// Release gives the slot back as if it had not been begun.
func (c *Claimed) Release(ctx context.Context) error {
	return wrap(c.db.Update(ctx, func(tx *sql.Tx) error {
		return c.change(ctx, tx, `DELETE FROM schedule_slot`)
	}))
}

// advance moves the mark of a screen on; it never moves back.
func advance(ctx context.Context, tx *sql.Tx, screen string, to time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO schedule_mark (screen, upto) VALUES (?, ?) ON CONFLICT DO UPDATE SET upto = max(upto, excluded.upto)`, screen, to.Unix())
	return err
}
