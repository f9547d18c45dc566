package schedule

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// Perform runs a slot that was claimed and settles it. What the screen wants to have
// before is brought first.
func (d *Daemon) Perform(ctx context.Context, c *Claimed) (out *Outcome, err error) {
	log := d.Log.With("screen", c.Plan.Screen.Name, "slot", c.Slot.UTC())
	log.Info("run begins", "as_of", c.Plan.Slots.Day(c.Slot).String(), "attempt", c.Attempt, "by_hand", c.ByHand, "late", max(0, c.Started.Sub(c.Slot)).Round(time.Second).String(), "passed_over", c.Missed)
	err = d.held(ctx, func(until time.Time) error { return c.Renew(ctx, until) }, log, func(ctx context.Context) (err error) {
		if c.Notes, err = d.refresh(ctx, c); err != nil {
			return err
		}
		out, err = d.attempt(ctx, c)
		return err
	})
	if ctx.Err() != nil && err != nil {
		if err := c.Release(context.WithoutCancel(ctx)); err != nil {
			log.Error("the slot could not be given back: it is taken over when its lease ends", "error", err)
		} else {
			log.Info("run given back: the daemon stops")
		}
		return nil, errStop
	}
	settle := context.WithoutCancel(ctx)
	if err == nil {
		err = c.Finish(settle, d.Clock.Now(), out.Run, nil, func(tx *sql.Tx) error { return d.keep(settle, tx, out) })
		if err == nil {
			log.Info("run done", "run", out.Run, "listed", out.Listed, "took", d.Clock.Now().Sub(c.Started).Round(time.Millisecond).String(), "change", out.Change.String())
			out.Change.warn(log)
			return out, nil
		}
	}
	if errors.Is(err, ErrLost) {
		log.Warn("run thrown away", "why", err)
		return nil, err
	}
	log.Error("run failed", "error", err, "took", d.Clock.Now().Sub(c.Started).Round(time.Millisecond).String())
	told := c.Finish(settle, d.Clock.Now(), "", err, func(tx *sql.Tx) error { return d.fail(settle, tx, c, err) })
	if told != nil && !errors.Is(told, ErrLost) {
		log.Error("the failure could not be told", "error", told)
		told = c.Finish(settle, d.Clock.Now(), "", err, nil)
	}
	if told != nil {
		log.Error("the failure could not be kept: the slot is taken over when its lease ends", "error", told)
	}
	return nil, err
}

// fail tells of a failure, unless the run before it failed too.
func (d *Daemon) fail(ctx context.Context, tx *sql.Tx, c *Claimed, why error) error {
	if d.Delivery == nil {
		return nil
	}
	var last string
	err := tx.QueryRowContext(ctx, `SELECT state FROM schedule_slot WHERE screen = ? AND slot != ? AND state IN ('done', 'failed') ORDER BY started DESC, slot DESC LIMIT 1`,
		c.Plan.Screen.Name, c.Slot.Unix()).Scan(&last)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	if err != nil || last == Failed {
		return err
	}
	return d.Delivery.Fail(ctx, tx, c, why)
}

func (d *Daemon) keep(ctx context.Context, tx *sql.Tx, out *Outcome) error {
	if out.Keep != nil {
		if err := out.Keep(ctx, tx); err != nil {
			return err
		}
	}
	if out.Change == nil || d.Delivery == nil {
		return nil
	}
	return d.Delivery.Put(ctx, tx, out.Change)
}

// attempt runs the screen under its timeout.
func (d *Daemon) attempt(ctx context.Context, c *Claimed) (*Outcome, error) {
	d.screens.Lock()
	defer d.screens.Unlock()
	timed, cancel := context.WithTimeoutCause(ctx, c.Plan.Timeout, errSlow)
	defer cancel()
	out, err := d.Work.Run(timed, c)
	if err != nil && errors.Is(context.Cause(timed), errSlow) {
		err = fmt.Errorf("it took longer than its timeout of %s", c.Plan.Timeout)
	}
	return out, err
}

// held does something while the lease on it is put off. The error wraps [ErrLost]
// where it was lost.
func (d *Daemon) held(ctx context.Context, renew func(until time.Time) error, log *slog.Logger, do func(ctx context.Context) error) error {
	held, lose := context.WithCancelCause(ctx)
	defer lose(nil)
	var beat sync.WaitGroup
	stop := make(chan struct{})
	beat.Go(func() { d.beat(held, renew, log, stop, lose) })
	err := do(held)
	close(stop)
	beat.Wait()
	if cause := context.Cause(held); err != nil && errors.Is(cause, ErrLost) {
		return cause
	}
	return err
}

// beat renews a lease.
func (d *Daemon) beat(ctx context.Context, renew func(until time.Time) error, log *slog.Logger, stop <-chan struct{}, lose context.CancelCauseFunc) {
	tick := time.NewTicker(d.lease() / 3)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-ctx.Done():
			return
		case <-tick.C:
			err := renew(d.Clock.Now().Add(d.lease()))
			if errors.Is(err, ErrLost) {
				lose(err)
				return
			}
			if err != nil && ctx.Err() == nil {
				log.Warn("the lease could not be renewed", "error", err)
			}
		}
	}
}
