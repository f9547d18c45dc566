package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
	"assay/screener"
	"assay/screener/history"
)

// banded returns the options of a run, with the list before where the screen goes
// by it.
func (a *app) banded(ctx context.Context, screen *screener.Screen, asOf fundamentals.Date) (screener.Options, error) {
	o := options(screen)
	if !screen.Banded() {
		return o, nil
	}
	err := a.ifThere(ctx, func(db *store.DB) (err error) {
		o.Before, err = history.ListBefore(ctx, db, screen.Name, asOf)
		return err
	})
	return o, err
}

// kept is a run that is to be kept.
type kept struct {
	screen  *screener.Screen
	options screener.Options
	ledger  *screener.Ledger
	result  *screener.Result
	origin  string // "": by hand; else what made it, such as a schedule
	asked   history.Asked
}

// stopwatch times the parts of a run.
type stopwatch struct {
	now     func() time.Time
	started time.Time
	last    time.Time
	timings history.Timings
}

func (a *app) stopwatch() *stopwatch {
	now := a.now()
	return &stopwatch{now: a.now, started: now, last: now}
}

// lap returns the time since the last lap.
func (w *stopwatch) lap() time.Duration {
	before := w.last
	w.last = w.now()
	return w.last.Sub(before)
}

// record keeps a run once its answer is told. Its answer stands where it cannot be
// kept, as in a database that another program holds or that may not be written.
func (a *app) record(ctx context.Context, db *store.DB, k kept, w *stopwatch) error {
	if err := a.keepRun(ctx, db, k, w); err != nil {
		if ctx.Err() != nil {
			return err
		}
		if errors.Is(err, store.ErrNotWritable) {
			err = store.ErrNotWritable
		}
		a.out.note("the run was not kept in the history: %s", strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	return nil
}

func (a *app) keepRun(ctx context.Context, db *store.DB, k kept, w *stopwatch) error {
	run, err := runOf(ctx, db, k)
	if run == nil || err != nil {
		return err
	}
	_, err = history.Record(ctx, hasty{db}, run, k.occurrence(w), definitions)
	return err
}

// occurrence is this time that a run was made.
func (k kept) occurrence(w *stopwatch) history.Occurrence {
	return history.Occurrence{Origin: k.origin, File: k.screen.File, Started: w.started, Timings: w.timings, Asked: k.asked}
}

// runOf is what the history keeps of a run; nil of one over an empty database, of
// which nothing is to be remembered.
func runOf(ctx context.Context, db *store.DB, k kept) (*history.Run, error) {
	batch, err := db.BatchOf(ctx, k.result.DataVersion)
	if err != nil || batch == 0 && k.result.Companies == 0 {
		return nil, err
	}
	if batch == 0 {
		return nil, fmt.Errorf("data were ingested while it was made: %w", snapshot.ErrChanged)
	}
	asOf, err := fundamentals.ParseDate(k.result.AsOf)
	if err != nil {
		return nil, err
	}
	return &history.Run{
		Name: k.result.Run, Screen: k.screen.Name, AsOf: asOf, Texts: textsOf(k.screen),
		DataVersion: k.result.DataVersion, Batch: batch, Catalogue: k.options.Catalogue, Program: k.options.Program,
		Stale: k.options.Stale, Before: k.options.Before, Counts: history.CountsOf(k.result), Ledger: k.ledger,
	}, nil
}

// hasty is a database for one whose answer is told: another writer is waited for
// shortly and no longer.
type hasty struct{ *store.DB }

// Update implements [history.Database].
func (h hasty) Update(ctx context.Context, fn func(tx *sql.Tx) error) error {
	return h.UpdateWithin(ctx, time.Second, fn)
}

// textsOf lists the texts that make a screen, its own first.
func textsOf(screen *screener.Screen) []history.Text {
	texts := []history.Text{{File: screen.File, Text: screen.Text}}
	for _, e := range screen.Extends {
		texts = append(texts, history.Text{File: e.File, Text: e.Text})
	}
	return texts
}

// definitions are what the catalogue of this program means.
func definitions() []history.Definition {
	var list []history.Definition
	for _, d := range snapshot.Definitions() {
		list = append(list, history.Definition(d))
	}
	return list
}
