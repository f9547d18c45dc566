package schedule

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"
)

func settleRefresh(ctx context.Context, tx *sql.Tx, r *Refreshed, now time.Time, state string, steps []Step, why string) error {
	text, err := json.Marshal(append([]Step{}, steps...))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE schedule_refresh SET state = ?, lease = 0, ended = ?, steps = ?, error = ? WHERE name = ? AND started = ? AND state = 'running'`,
		state, now.UnixMicro(), string(text), why, r.Name, r.Started.UnixMicro())
	return err
}

func renewRefresh(ctx context.Context, db Database, r *Refreshed, owner string, until time.Time) error {
	return wrap(db.Update(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `UPDATE schedule_refresh SET lease = ? WHERE name = ? AND started = ? AND owner = ? AND state = 'running'`,
			until.Unix(), r.Name, r.Started.UnixMicro(), owner)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n > 0 {
			return err
		}
		return ErrLost
	}))
}

func forgetRefresh(ctx context.Context, db Database, r *Refreshed, owner string) error {
	return wrap(db.Update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM schedule_refresh WHERE name = ? AND started = ? AND owner = ? AND state = 'running'`, r.Name, r.Started.UnixMicro(), owner)
		return err
	}))
}

// LastRefreshed returns the latest time that data were brought under a name; nil if
// they never were.
func LastRefreshed(ctx context.Context, db Database, name string) (*Refreshed, error) {
	return lastRefreshed(ctx, db, name, "")
}

func lastRefreshed(ctx context.Context, db Database, name, where string) (r *Refreshed, err error) {
	err = db.View(ctx, func(tx *sql.Tx) error {
		r, err = latestRefresh(ctx, tx, name, where)
		return err
	})
	return r, wrap(err)
}

func latestRefresh(ctx context.Context, tx *sql.Tx, name, where string) (*Refreshed, error) {
	r := &Refreshed{Name: name}
	var started, ended, lease int64
	var steps string
	err := tx.QueryRowContext(ctx, `SELECT state, owner, started, ended, lease, steps, error FROM schedule_refresh WHERE name = ?`+where+` ORDER BY started DESC LIMIT 1`, name).
		Scan(&r.State, &r.owner, &started, &ended, &lease, &steps, &r.Error)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	r.Started, r.Lease = time.UnixMicro(started).UTC(), time.Unix(lease, 0).UTC()
	if ended > 0 {
		r.Ended = time.UnixMicro(ended).UTC()
	}
	if steps != "" {
		err = json.Unmarshal([]byte(steps), &r.Steps)
	}
	return r, err
}
