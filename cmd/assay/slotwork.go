package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"

	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
	"assay/screener"
	"assay/screener/history"
	"assay/screener/schedule"
)

// scheduled is the origin of runs that a schedule made.
const scheduled = "schedule"

// slotWork runs screens for slots.
type slotWork struct {
	a   *app
	db  *store.DB
	log *slog.Logger
}

// Run implements [schedule.Work]. A run during which data were ingested is begun
// anew.
func (w slotWork) Run(ctx context.Context, c *schedule.Claimed) (out *schedule.Outcome, err error) {
	for range 3 {
		if out, err = w.once(ctx, c); !errors.Is(err, snapshot.ErrChanged) {
			break
		}
	}
	return out, err
}

func (w slotWork) once(ctx context.Context, c *schedule.Claimed) (*schedule.Outcome, error) {
	clock, screen, asOf := w.a.stopwatch(), c.Plan.Screen, c.Plan.Slots.Day(c.Slot)
	table, err := openTable(ctx, w.db, asOf, screen.Stale, screen.AllReads()...)
	if err != nil {
		return nil, err
	}
	if table.Rows() == 0 {
		text, _ := w.a.nobody(table)
		return nil, errors.New(text)
	}
	clock.timings.Open = clock.lap()
	with := options(screen)
	if screen.Banded() {
		if with.Before, err = history.ListBefore(ctx, w.db, screen.Name, asOf); err != nil {
			return nil, err
		}
	}
	decision, err := screener.Decide(ctx, table, screen, with)
	if err != nil {
		return nil, err
	}
	result, err := decision.Result(ctx)
	if err != nil {
		return nil, err
	}
	clock.timings.Run = clock.lap()
	k := kept{screen: screen, options: with, ledger: decision.Ledger(), result: result, origin: scheduled}
	run, err := runOf(ctx, w.db, k)
	if err != nil {
		return nil, err
	}
	change, err := w.change(ctx, run, k)
	if change == nil || err != nil && ctx.Err() != nil {
		return nil, err
	}
	if err != nil { // the run stands, and who entered and left is told without the causes
		w.log.Warn("what made the change cannot be told", "screen", screen.Name, "error", firstLine(err.Error()))
	}
	change.Slot, change.Notes = c.Slot, c.Notes
	if err := w.a.keep(ctx, table); err != nil {
		return nil, err
	}
	return &schedule.Outcome{Run: result.Run, Listed: len(result.Candidates), Change: change, Keep: func(ctx context.Context, tx *sql.Tx) error {
		_, err := history.Record(ctx, within{tx}, run, k.occurrence(clock), definitions)
		return err
	}}, nil
}

// change compares a run with the last one that the screen's schedule made. With
// an error there may be a change all the same, without its causes.
func (w slotWork) change(ctx context.Context, run *history.Run, k kept) (*schedule.Change, error) {
	change := &schedule.Change{Screen: k.screen, Run: run.Name, AsOf: run.AsOf, Result: k.result, Summary: "the first run"}
	last, err := lastScheduled(ctx, w.db, k.screen.Name)
	if err != nil {
		return nil, err
	}
	if last == nil {
		return change, nil
	}
	if err := history.Load(ctx, w.db, &last.Run); err != nil {
		return nil, err
	}
	change.Diff, err = screener.Compare(ctx, []screener.Stage{{Ledger: last.Ledger}, {Ledger: k.ledger, Cause: screener.CauseUntold}})
	if err != nil {
		return nil, err
	}
	d := change.Diff
	change.Summary = fmt.Sprintf("%d entered, %d left, %d moved", len(d.Entered), len(d.Left), len(d.Moved))
	if len(change.Diff.Entered)+len(change.Diff.Left)+len(change.Diff.Moved) > 0 {
		from, err := w.a.keptEnd(ctx, w.db, strconv.FormatInt(last.Number, 10))
		if err != nil {
			return change, err
		}
		to := &end{
			side: screener.DiffSide{Run: run.Name, Screen: run.Screen, AsOf: run.AsOf.String(), DataVersion: run.DataVersion},
			asOf: run.AsOf, text: textOf(run.Texts), data: run.DataVersion, batch: run.Batch, ledger: k.ledger,
			scene: &scene{screen: k.screen, asOf: run.AsOf, batch: run.Batch, options: k.options},
		}
		told, err := w.a.compare(ctx, w.db, from, to)
		if err != nil {
			return change, fmt.Errorf("compare with run %s: %w", last.Name, err)
		}
		change.Diff = told
	}
	return change, nil
}

// lastScheduled finds the last run of a screen that its schedule made; nil: none.
func lastScheduled(ctx context.Context, db *store.DB, screen string) (*history.Entry, error) {
	for _, limit := range []int{20, 0} { // it is hardly ever far back
		list, err := history.List(ctx, db, history.Filter{Screen: screen, Limit: limit})
		if err != nil {
			return nil, err
		}
		for i := range list {
			if list[i].Origin == scheduled {
				return &list[i], nil
			}
		}
	}
	return nil, nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// within is a database for those who are to write in a transaction that is open.
type within struct{ tx *sql.Tx }

// View and Update implement the databases of the rooms.
func (w within) View(_ context.Context, fn func(tx *sql.Tx) error) error   { return fn(w.tx) }
func (w within) Update(_ context.Context, fn func(tx *sql.Tx) error) error { return fn(w.tx) }
