package schedule

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"assay/fundamentals"
	"assay/screener"
)

// Clock is the time that a daemon goes by.
type Clock struct {
	Now  func() time.Time
	Wait func(ctx context.Context, d time.Duration) // until then, or until ctx ends
}

// Work runs a screen for a slot.
type Work interface {
	Run(ctx context.Context, c *Claimed) (*Outcome, error)
}

// Outcome is what a run leaves behind.
type Outcome struct {
	Run    string // its name
	Listed int
	// Keep writes the run into the history, in the transaction that settles its slot.
	Keep func(ctx context.Context, tx *sql.Tx) error
	// Change is how the list differs from that of the screen's last run; nil where
	// it cannot be told.
	Change *Change
}

// Change is what is handed to those who deliver.
type Change struct {
	Screen  *screener.Screen // it names its channels
	Run     string
	AsOf    fundamentals.Date
	Slot    time.Time
	Notes   []string       // on data that could not be brought before
	Summary string         // in a few words, for the log
	Diff    *screener.Diff // from the screen's last scheduled run; nil: there is none
	Result  *screener.Result
}

// Delivery takes changes to where people read them. Put and Fail are called in the
// transaction that settles the slot, Fail for the first failure of a screen in a row;
// what they wrote goes out with Flush.
type Delivery interface {
	Put(ctx context.Context, tx *sql.Tx, change *Change) error
	Fail(ctx context.Context, tx *sql.Tx, c *Claimed, why error) error
	Flush(ctx context.Context, now time.Time) error
}

// Daemon is what [Daemon.Serve] needs.
type Daemon struct {
	DB       Database
	Owner    string // another one for each process
	Clock    Clock
	Load     func(ctx context.Context) []Plan // anew before each look, so that edits count
	Work     Work
	Delivery Delivery // nil: nothing is delivered
	// Refresher brings data before screens that ask for it; nil: nobody does.
	Refresher Refresher
	// Tidy is called once a day, to take out what is old; nil: it stays.
	Tidy  func(ctx context.Context) error
	Log   *slog.Logger
	Poll  time.Duration // the longest time between two looks; 0: a minute
	Lease time.Duration // how long a claim stands if its process is gone; 0: half a minute

	screens sync.Mutex    // one screen is run at a time; data are brought beside
	beside  sync.Map      // the names of screens whose data are brought beside the loop
	turn    chan struct{} // of those who bring: one at a time, for EDGAR counts requests; nil: there is one only
	stirred chan struct{} // something ended there
	tidied  time.Time
}

var (
	errSlow = errors.New("timeout")
	errStop = errors.New("stop")
)

func (d *Daemon) poll() time.Duration {
	if d.Poll == 0 {
		return time.Minute
	}
	return d.Poll
}

func (d *Daemon) lease() time.Duration {
	if d.Lease == 0 {
		return 30 * time.Second
	}
	return d.Lease
}

// Serve runs what is due until ctx ends. A slot that is running then is given back.
// Whatever fails is logged, and the loop goes on. While data are brought for one
// screen, the others are run when their time comes.
func (d *Daemon) Serve(ctx context.Context) {
	d.stirred, d.turn = make(chan struct{}, 1), make(chan struct{}, 1)
	var going sync.WaitGroup
	defer going.Wait()
	for ctx.Err() == nil {
		// A lease that ended while the machine slept is no reason to take over from
		// oneself.
		plans := slices.DeleteFunc(slices.Clone(d.Load(ctx)), func(p Plan) bool {
			_, is := d.beside.Load(p.Screen.Name)
			return is
		})
		c, settled, err := Claim(ctx, d.DB, plans, d.Clock.Now(), d.Owner, d.lease())
		for _, s := range settled {
			d.Log.Warn("slot passed over", "screen", s.Screen, "slot", s.Slot.UTC(), "before", s.Missed, "state", s.State, "why", s.Why)
		}
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			d.Log.Error("no slot could be claimed", "error", err)
			d.Clock.Wait(ctx, d.poll())
		case c != nil && len(c.Plan.Refresh) > 0:
			d.beside.Store(c.Plan.Screen.Name, true)
			going.Go(func() {
				_, _ = d.Perform(ctx, c) // it has logged
				d.beside.Delete(c.Plan.Screen.Name)
				d.stir()
			})
		case c != nil:
			_, _ = d.Perform(ctx, c) // it has logged
			d.flush(ctx)
		default:
			d.flush(ctx)
			d.tidy(ctx)
			d.sleep(ctx, plans)
		}
	}
}

// stir wakes the loop.
func (d *Daemon) stir() {
	select {
	case d.stirred <- struct{}{}:
	default:
	}
}

func (d *Daemon) tidy(ctx context.Context) {
	now := d.Clock.Now()
	if d.Tidy == nil || ctx.Err() != nil || now.Sub(d.tidied).Abs() < 24*time.Hour {
		return
	}
	d.tidied = now
	if err := d.Tidy(ctx); err != nil && ctx.Err() == nil {
		d.Log.Error("what is old could not be taken out", "error", err)
	}
}

func (d *Daemon) flush(ctx context.Context) {
	if d.Delivery == nil || ctx.Err() != nil {
		return
	}
	if err := d.Delivery.Flush(ctx, d.Clock.Now()); err != nil && ctx.Err() == nil {
		d.Log.Error("not all was delivered", "error", err)
	}
}

// sleep waits for the next slot, and no longer than [Daemon.Poll]: the clock may
// be set, the machine may sleep, the screens may change.
func (d *Daemon) sleep(ctx context.Context, plans []Plan) {
	wait := d.poll()
	now := d.Clock.Now()
	wake, err := Wake(ctx, d.DB, plans, now)
	if err != nil && ctx.Err() == nil {
		d.Log.Error("the next slot is not known", "error", err)
	}
	if !wake.IsZero() {
		wait = min(wait, max(wake.Sub(now), 10*time.Millisecond))
	}
	nap, end := context.WithCancel(ctx)
	defer end()
	stirred := d.stirred
	go func() {
		select {
		case <-stirred:
			end()
		case <-nap.Done():
		}
	}()
	d.Clock.Wait(nap, wait)
}

// Perform runs a slot that was claimed and settles it. What the screen wants to have
// before is brought first.
func (d *Daemon) Perform(ctx context.Context, c *Claimed) (out *Outcome, err error) {
	log := d.Log.With("screen", c.Plan.Screen.Name, "slot", c.Slot.UTC())
	log.Info("run begins", "as_of", c.Plan.Slots.Day(c.Slot).String(), "attempt", c.Attempt, "by_hand", c.ByHand, "late", c.Started.Sub(c.Slot).Round(time.Second).String(), "passed_over", c.Missed)
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

// String tells a change in a line.
func (c *Change) String() string {
	if c == nil {
		return "unknown"
	}
	return c.Summary
}

// ClaimNow takes a slot for a screen beside its schedule.
func (d *Daemon) ClaimNow(ctx context.Context, p Plan) (*Claimed, error) {
	return ClaimNow(ctx, d.DB, p, d.Clock.Now(), d.Owner, d.lease())
}
