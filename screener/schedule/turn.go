package schedule

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// turn is whose turn it is: what the database says of a screen at a moment.
type turn struct {
	plan    Plan
	known   bool      // it has a mark
	mark    time.Time // no slot up to here is to be run any more
	busy    bool      // it is being run
	lease   time.Time // until when, of a busy one
	left    []left    // begun by processes that are gone
	due     bool
	slot    time.Time // the one that is due
	missed  int       // slots before it that are passed over
	attempt int
	passed  *Settled // the slots that are due are passed over, up to this one
}

// left is a slot whose owner is gone.
type left struct {
	slot     time.Time
	byHand   bool
	attempts int
}

// stirs reports whether there is anything to write.
func (t *turn) stirs() bool { return !t.known || t.due || t.passed != nil || len(t.left) > 0 }

func turnOf(ctx context.Context, tx *sql.Tx, p Plan, now time.Time) (*turn, error) {
	t := &turn{plan: p, attempt: 1}
	var upto int64
	err := tx.QueryRowContext(ctx, `SELECT upto FROM schedule_mark WHERE screen = ?`, p.Screen.Name).Scan(&upto)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	t.known, t.mark = err == nil, time.Unix(upto, 0)
	if err := t.running(ctx, tx, now); err != nil {
		return nil, err
	}
	if t.known && !t.busy {
		t.choose(now)
	}
	return t, nil
}

// running reads the slots that were begun and not settled.
func (t *turn) running(ctx context.Context, tx *sql.Tx, now time.Time) error {
	rows, err := tx.QueryContext(ctx, `SELECT slot, lease, by_hand, attempts FROM schedule_slot WHERE screen = ? AND state = 'running'`, t.plan.Screen.Name)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var slot, lease int64
		var l left
		if err := rows.Scan(&slot, &lease, &l.byHand, &l.attempts); err != nil {
			return err
		}
		if until := time.Unix(lease, 0); until.After(now) {
			t.busy, t.lease = true, until
			continue
		}
		l.slot = time.Unix(slot, 0)
		t.left = append(t.left, l)
	}
	return rows.Err()
}

// choose finds the slot that is due, by the policy.
func (t *turn) choose(now time.Time) {
	slots := t.plan.Slots
	if t.plan.CatchUp == CatchUpAll {
		t.slot, t.due = slots.Next(t.mark)
		t.due = t.due && !t.slot.After(now)
	} else if t.slot, t.due = slots.Latest(t.mark, now); t.due {
		t.missed = slots.Count(t.mark, t.slot, countedMissed)
		if t.plan.CatchUp == CatchUpNone && now.Sub(t.slot) > Late {
			t.passed = &Settled{t.plan.Screen.Name, t.slot, t.missed, Missed, "its time came when nobody was there"}
			t.due = false
		}
	}
	for _, l := range t.left {
		if t.due && !l.byHand && l.slot.Equal(t.slot) {
			t.attempt = l.attempts + 1
		}
	}
	if t.due && t.attempt > attempts {
		t.passed = &Settled{t.plan.Screen.Name, t.slot, t.missed, Failed, "each process that began it ended before it did"}
		t.due = false
	}
}

// settle writes what is settled without a run.
func (t *turn) settle(ctx context.Context, tx *sql.Tx, now time.Time, told []Settled) ([]Settled, error) {
	name := t.plan.Screen.Name
	if !t.known {
		return told, advance(ctx, tx, name, now)
	}
	for _, l := range t.left {
		if again := t.due && !l.byHand && l.slot.Equal(t.slot); again || t.passed != nil && l.slot.Equal(t.passed.Slot) {
			continue
		}
		if !l.byHand && t.plan.CatchUp == CatchUpAll && l.slot.After(t.mark) {
			continue // its turn comes
		}
		told = append(told, Settled{name, l.slot, 0, Failed, "the process that ran it ended before it did"})
	}
	if t.passed != nil {
		told = append(told, *t.passed)
	}
	for _, s := range told {
		if s.Screen != name {
			continue
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO schedule_slot (screen, slot, state, by_hand, missed, owner, lease, attempts, started, ended, run, error)
			VALUES (?, ?, ?, 0, ?, '', 0, 0, ?, ?, '', ?)
			ON CONFLICT DO UPDATE SET state = excluded.state, missed = excluded.missed, lease = 0, ended = excluded.ended, error = excluded.error`,
			name, s.Slot.Unix(), s.State, s.Missed, now.UnixMicro(), now.UnixMicro(), s.Why)
		if err != nil {
			return told, err
		}
	}
	if t.passed != nil {
		return told, advance(ctx, tx, name, t.passed.Slot)
	}
	return told, nil
}

// Wake returns when the next slot of some plans is due, or the lease of one that is
// being run ends; zero where no plan has another slot.
func Wake(ctx context.Context, db Database, plans []Plan, now time.Time) (wake time.Time, err error) {
	sooner := func(at time.Time) {
		if wake.IsZero() || at.Before(wake) {
			wake = at
		}
	}
	err = db.View(ctx, func(tx *sql.Tx) error {
		for _, p := range plans {
			t, err := turnOf(ctx, tx, p, now)
			if err != nil {
				return err
			}
			from := now
			if t.known && t.mark.After(now) {
				from = t.mark
			}
			if next, ok := p.Slots.Next(from); ok {
				sooner(next)
			}
			switch {
			case t.busy:
				sooner(t.lease)
			case t.stirs():
				sooner(now)
			}
		}
		return nil
	})
	return wake, wrap(err)
}
