package schedule

import (
	"context"
	"database/sql"
	"errors"
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

// String tells a change in a line.
func (c *Change) String() string {
	if c == nil {
		return "unknown"
	}
	return c.Summary
}

// warn logs what the run tells of its data, such as that no price is fresh.
func (c *Change) warn(log *slog.Logger) {
	if c == nil || c.Result == nil {
		return
	}
	for _, n := range c.Result.Notices {
		log.Warn("the data of the run", "note", n)
	}
}

// ClaimNow takes a slot for a screen beside its schedule.
func (d *Daemon) ClaimNow(ctx context.Context, p Plan) (*Claimed, error) {
	return ClaimNow(ctx, d.DB, p, d.Clock.Now(), d.Owner, d.lease())
}
