package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/spf13/pflag"

	"assay/fundamentals"
	"assay/fundamentals/market"
	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
	"assay/screener"
)

// rangeFlags ask for the lists of many dates.
type rangeFlags struct{ from, every string }

func (r *rangeFlags) define(set *pflag.FlagSet) {
	set.StringVar(&r.from, "from", "", "the lists of every period from this day to --as-of, `YYYY-MM-DD`")
	set.StringVar(&r.every, "every", string(market.Month), "with --from, each `PERIOD`: week, month, quarter or year")
}

// asked reports whether the lists of many dates are wanted.
func (r *rangeFlags) asked(set *pflag.FlagSet) (bool, error) {
	from := set.Lookup("from").Changed // one that is empty is a mistake, and no run of today
	if !from && set.Lookup("every").Changed {
		return false, usage("for example --from 2020-01-01 --every month", "--every says how often, and --from is missing")
	}
	return from, nil
}

// dates lists the days of the range.
func (r *rangeFlags) dates(asOf fundamentals.Date) ([]fundamentals.Date, error) {
	every := market.Period(r.every)
	if !slices.Contains(market.Periods(), every) {
		return nil, usage(didYouMean(r.every, []string{"week", "month", "quarter", "year"}, "it is week, month, quarter or year"), "--every %s: there is no such period", r.every)
	}
	from, err := fundamentals.ParseDate(r.from)
	if err != nil {
		return nil, &failure{exitUsage, fmt.Errorf("--from: %w", err), "for example --from 2020-01-01"}
	}
	dates := market.LastDays(every, from, asOf)
	switch {
	case from > asOf:
		return nil, usage("--as-of says up to which day the lists go", "--from %s is after %s", from, asOf)
	case len(dates) == 0:
		return nil, usage("a list is made on the last trading day of each", "no %s ends from %s to %s", every, from, asOf)
	}
	return dates, nil
}

// ranged is the lists of a screen on many dates.
type ranged struct {
	Screen string   `json:"screen"`
	About  string   `json:"about"`
	Every  string   `json:"every"`
	Dates  []onDate `json:"dates"`
}

// onDate is the list of one date, and what changed since the one before: null of the
// first.
type onDate struct {
	*screener.Listing
	Entered []string `json:"entered"`
	Left    []string `json:"left"`

	notices []string
}

// overDates runs a screen on every date of a range and tells its lists.
func (a *app) overDates(ctx context.Context, name string, f rangeFlags) error {
	format, err := a.format("table", "csv", "json", "ndjson")
	if err != nil {
		return err
	}
	screen, err := a.readScreen(ctx, name)
	if err != nil {
		return err
	}
	asOf, err := a.asOf()
	if err != nil {
		return err
	}
	dates, err := f.dates(asOf)
	if err != nil {
		return err
	}
	r := &ranged{Screen: screen.Name, About: screen.About, Every: f.every, Dates: make([]onDate, len(dates))}
	err = a.withDB(ctx, func(db *store.DB) error { return a.listEach(ctx, db, screen, dates, r.Dates) })
	if err != nil {
		return err
	}
	changes(r.Dates)
	if screen.Banded() {
		a.out.note("bands: each list goes by that of the date before; before the first there is none, so every company is held to the conditions of entry")
	}
	a.noteGaps(r.Dates)
	return a.out.deliver(a.flags.file, func(w io.Writer) error { return r.write(w, format) })
}

// listEach makes the list of each date.
func (a *app) listEach(ctx context.Context, db *store.DB, screen *screener.Screen, dates []fundamentals.Date, lists []onDate) error {
	show, done := a.progressCount("dates")
	defer done()
	var counting sync.Mutex
	made := 0
	options := snapshot.Options{StatementDays: screen.Stale.Statement, PriceDays: screen.Stale.Price}
	each := func(ctx context.Context, list lister) error {
		err := snapshot.Panel(ctx, db, dates, options, screen.Reads(), func(i int, table *snapshot.Table) error {
			l, err := list(ctx, i, table)
			if err != nil {
				return err
			}
			lists[i] = onDate{Listing: l, notices: table.Notices()}
			counting.Lock()
			defer counting.Unlock()
			if made++; show != nil {
				show(made, len(dates))
			}
			return nil
		})
		if errors.Is(err, snapshot.ErrUnkept) {
			a.noteUnkept(err)
			return nil
		}
		return err
	}
	if screen.Banded() {
		return inTurn(ctx, screen, len(dates), each)
	}
	return each(ctx, func(ctx context.Context, _ int, table *snapshot.Table) (*screener.Listing, error) {
		return screener.List(ctx, table, screen)
	})
}

// lister makes the list of a date, the one of so many before it.
type lister func(ctx context.Context, i int, table *snapshot.Table) (*screener.Listing, error)

// inTurn hands a lister on that lets each date wait for the list of the one before, by
// which it goes. The tables are made at once all the same. It counts on the dates
// being begun in their order.
func inTurn(ctx context.Context, screen *screener.Screen, n int, each func(context.Context, lister) error) error {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	listed := make([]chan *screener.Before, n+1) // before the date of this number
	for i := range listed {
		listed[i] = make(chan *screener.Before, 1)
	}
	listed[0] <- nil
	err := each(ctx, func(ctx context.Context, i int, table *snapshot.Table) (*screener.Listing, error) {
		select {
		case before := <-listed[i]:
			l, after, err := screener.ListAfter(ctx, table, screen, before)
			if err != nil {
				fail(err) // nobody is to wait for it
				return nil, err
			}
			listed[i+1] <- after
			return l, nil
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	})
	if cause := context.Cause(ctx); err != nil && cause != nil {
		return cause // and not that others were stopped for it
	}
	return err
}
