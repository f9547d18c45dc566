package schedule

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"assay/fundamentals"
)

// Refresher brings data before screens are run.
type Refresher interface {
	// Terms says how a refresh is to be done; ok is false where none has the name.
	Terms(name string) (t Terms, ok bool)
	// Bring does its steps in order and tells what became of each, up to the first
	// that failed, whose error it returns.
	Bring(ctx context.Context, name string) ([]Step, error)
}

// Terms are how a refresh is to be done.
type Terms struct {
	Timeout time.Duration
	Needed  bool // a screen is not run where it failed
}

// Step is what became of a step of a refresh.
type Step struct {
	Step      string  `json:"step"`
	State     string  `json:"state"` // done, partly or failed
	Seconds   float64 `json:"seconds"`
	Files     int     `json:"files"`     // brought, or read
	Unchanged int     `json:"unchanged"` // files that were there already
	New       int     `json:"new"`       // rows that the database did not have
	Error     string  `json:"error,omitempty"`
}

// Partly is the state of a step, or a refresh, that left something out.
const Partly = "partly"

// Refreshed is one time that data were brought.
type Refreshed struct {
	Name    string
	State   string // running, done, partly or failed
	Started time.Time
	Ended   time.Time // zero: not yet
	Lease   time.Time // of a running one
	Steps   []Step
	Error   string

	owner string
}

// refresh brings what the claimed screen wants to have before it is run, in order,
// and returns notes on what failed. A refresh that failed and is needed is an error.
func (d *Daemon) refresh(ctx context.Context, c *Claimed) (notes []string, err error) {
	if d.Refresher == nil {
		return nil, nil
	}
	for _, name := range c.Plan.Refresh {
		terms, known := d.Refresher.Terms(name)
		r := &Refreshed{Name: name, State: Failed, Error: "the configuration has no refresh of this name"}
		if known {
			since := c.Slot
			if c.ByHand { // its slot is the second in which it was asked for, or one beside
				since = c.Started
			}
			if r, err = d.brought(ctx, name, terms, since); err != nil {
				return nil, err
			}
		}
		if r.State != Failed {
			continue
		}
		note, err := d.lacking(ctx, c, r)
		if err != nil {
			return nil, err
		}
		if terms.Needed {
			return nil, errors.New(note)
		}
		d.Log.Warn("the screen is run on older data", "screen", c.Plan.Screen.Name, "why", note)
		notes = append(notes, note)
	}
	return notes, nil
}

// lacking words that a refresh failed, and of when the data are.
func (d *Daemon) lacking(ctx context.Context, c *Claimed, r *Refreshed) (string, error) {
	good, err := lastRefreshed(ctx, d.DB, r.Name, ` AND state IN ('done', 'partly')`)
	if err != nil {
		return "", err
	}
	when := "it has never worked"
	if good != nil {
		when = "the data are of " + fundamentals.DateOf(good.Started.In(c.Plan.Slots.zone)).String() + ", when it last worked"
	}
	return fmt.Sprintf("refresh %s failed: %s; %s", r.Name, r.Error, when), nil
}

// glance is how often one looks whether another process has brought what it wants.
const glance = 2 * time.Second

// brought returns the refresh that serves a slot: one that was begun when the slot
// had come, by whomever, so that screens of one slot share it and slots that were
// missed do too. Where there is none it is made.
func (d *Daemon) brought(ctx context.Context, name string, terms Terms, slot time.Time) (*Refreshed, error) {
	if d.turn != nil {
		select {
		case d.turn <- struct{}{}:
			defer func() { <-d.turn }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	for {
		r, mine, err := d.take(ctx, name, slot)
		switch {
		case err != nil:
			return nil, err
		case mine:
			r, err := d.bring(ctx, r, terms)
			if !errors.Is(err, ErrLost) {
				return r, err
			}
			continue // another process makes it by now
		case r.State != Running:
			return r, nil
		}
		d.Clock.Wait(ctx, min(glance, max(r.Lease.Sub(d.Clock.Now()), 10*time.Millisecond)))
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
}

// take begins a refresh, unless one is running or one serves the slot already.
func (d *Daemon) take(ctx context.Context, name string, slot time.Time) (r *Refreshed, mine bool, err error) {
	err = d.DB.Update(ctx, func(tx *sql.Tx) error {
		mine = false
		now := d.Clock.Now()
		var err error
		if r, err = latestRefresh(ctx, tx, name, ""); err != nil {
			return err
		}
		if r != nil && r.State == Running {
			if r.Lease.After(now) || r.owner == d.Owner {
				return nil
			}
			if err := settleRefresh(ctx, tx, r, now, Failed, nil, "the process that made it ended before it did"); err != nil {
				return err
			}
		} else if r != nil && !r.Started.Before(slot) {
			return nil
		}
		started := now
		if r != nil && !started.After(r.Started) { // the clock was set back
			started = r.Started.Add(time.Microsecond)
		}
		mine, r = true, &Refreshed{Name: name, State: Running, Started: started.Truncate(time.Microsecond)}
		_, err = tx.ExecContext(ctx, `INSERT INTO schedule_refresh (name, started, state, owner, lease, ended, steps, error) VALUES (?, ?, 'running', ?, ?, 0, '', '')`,
			name, r.Started.UnixMicro(), d.Owner, now.Add(d.lease()).Unix()+1)
		return err
	})
	return r, mine, wrap(err)
}

// bring makes a refresh under its timeout, and settles it. One that is stopped with
// the daemon is as if it had not been begun.
func (d *Daemon) bring(ctx context.Context, r *Refreshed, terms Terms) (*Refreshed, error) {
	log := d.Log.With("refresh", r.Name)
	log.Info("refresh begins")
	timed, cancel := context.WithTimeoutCause(ctx, terms.Timeout, errSlow)
	defer cancel()
	var steps []Step
	err := d.held(timed, func(until time.Time) error { return renewRefresh(ctx, d.DB, r, d.Owner, until) }, log,
		func(ctx context.Context) (err error) {
			steps, err = d.Refresher.Bring(ctx, r.Name)
			return err
		})
	settle := context.WithoutCancel(ctx)
	if ctx.Err() != nil {
		return nil, errors.Join(ctx.Err(), forgetRefresh(settle, d.DB, r, d.Owner))
	}
	if errors.Is(err, ErrLost) {
		return nil, err
	}
	r.Steps, r.State, r.Ended = steps, Done, d.Clock.Now()
	for _, s := range steps {
		if s.State == Partly {
			r.State = Partly
		}
	}
	if err != nil {
		r.State, r.Error = Failed, err.Error()
		if errors.Is(context.Cause(timed), errSlow) {
			r.Error = fmt.Sprintf("it took longer than its timeout of %s", terms.Timeout)
		}
	}
	took := r.Ended.Sub(r.Started).Round(time.Millisecond).String()
	if r.State == Failed {
		log.Error("refresh failed", "error", r.Error, "took", took)
	} else {
		log.Info("refresh "+r.State, "took", took)
	}
	return r, wrap(d.DB.Update(settle, func(tx *sql.Tx) error {
		return settleRefresh(settle, tx, r, r.Ended, r.State, r.Steps, r.Error)
	}))
}
