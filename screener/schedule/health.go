package schedule

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Health is how a screen fares.
type Health struct {
	Since  time.Time // no slot up to here is to be run any more; zero: no daemon has seen it
	Last   *Record   // the latest that was begun or settled
	Done   *Record   // the latest that is done
	Failed *Record   // the latest that failed
	Row    int       // failures in a row up to now
	Missed int       // slots that were passed over, since the first
}

// Record is what is known of a slot.
type Record struct {
	Slot     time.Time
	State    string
	ByHand   bool
	Missed   int // slots before it that were passed over
	Attempts int
	Lease    time.Time // of a running one
	Started  time.Time
	Took     time.Duration
	Run      string
	Error    string
}

// Read reads how a screen fares.
func Read(ctx context.Context, db Database, screen string) (h Health, err error) {
	err = db.View(ctx, func(tx *sql.Tx) error {
		var upto int64
		err := tx.QueryRowContext(ctx, `SELECT upto FROM schedule_mark WHERE screen = ?`, screen).Scan(&upto)
		if err == nil {
			h.Since = time.Unix(upto, 0).UTC()
		} else if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		for _, c := range []struct {
			into  **Record
			where string
		}{{&h.Last, ""}, {&h.Done, ` AND state = 'done'`}, {&h.Failed, ` AND state = 'failed'`}} {
			list, err := records(ctx, tx, screen, c.where, 1)
			if err != nil {
				return err
			}
			if len(list) > 0 {
				*c.into = &list[0]
			}
		}
		return tx.QueryRowContext(ctx, `SELECT coalesce(sum(missed + (state = 'missed')), 0),
			coalesce(sum(state = 'failed' AND started > coalesce((SELECT max(started) FROM schedule_slot WHERE screen = ?1 AND state = 'done'), 0)), 0)
			FROM schedule_slot WHERE screen = ?1`, screen).Scan(&h.Missed, &h.Row)
	})
	return h, wrap(err)
}

// records lists the slots of a screen that were begun or settled, the latest first.
func records(ctx context.Context, tx *sql.Tx, screen, where string, limit int) (list []Record, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT slot, state, by_hand, missed, attempts, lease, started, ended, run, error
		FROM schedule_slot WHERE screen = ?`+where+` ORDER BY started DESC, slot DESC LIMIT ?`, screen, limit)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var r Record
		var slot, lease, started, ended int64
		if err := rows.Scan(&slot, &r.State, &r.ByHand, &r.Missed, &r.Attempts, &lease, &started, &ended, &r.Run, &r.Error); err != nil {
			return nil, err
		}
		r.Slot, r.Lease, r.Started = time.Unix(slot, 0).UTC(), time.Unix(lease, 0).UTC(), time.UnixMicro(started).UTC()
		if ended > 0 {
			r.Took = time.UnixMicro(ended).Sub(r.Started)
		}
		list = append(list, r)
	}
	return list, rows.Err()
}
