package main

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
	"assay/rules"
	"assay/screener"
	"assay/screener/history"
)

// end is one of two runs that are compared.
type end struct {
	side   screener.DiffSide
	asOf   fundamentals.Date
	text   string             // of the screen and those that it extends
	data   string             // data version
	batch  fundamentals.Batch // the last that it read
	scene  *scene             // nil: it cannot be made again
	why    string             // why not
	ledger *screener.Ledger   // as it is kept; nil of a run that is made for the comparison
	made   string             // the catalogue that it was kept with
}

// keptEnd is a run of the history.
func (a *app) keptEnd(ctx context.Context, db *store.DB, name string) (*end, error) {
	e, err := a.loadRun(ctx, db, name)
	if err != nil {
		return nil, err
	}
	out := &end{
		side: screener.DiffSide{Run: e.Name, Number: e.Number, Screen: e.Screen, AsOf: e.AsOf.String(), DataVersion: e.DataVersion},
		asOf: e.AsOf, text: textOf(e.Texts), data: e.DataVersion, batch: e.Batch, ledger: e.Ledger, made: e.Catalogue,
	}
	out.scene, err = a.scene(ctx, db, &e.Run)
	if gone, ok := errors.AsType[*failure](err); ok {
		out.why, err = gone.Error(), nil
	}
	return out, err
}

// freshEnd is a screen as of a day, with all data that there are.
func (a *app) freshEnd(ctx context.Context, db *store.DB, screen *screener.Screen, asOf fundamentals.Date) (*end, error) {
	with, err := a.banded(ctx, screen, asOf)
	if err != nil {
		return nil, err
	}
	data, err1 := db.DataVersion(ctx, 0)
	batch, err2 := db.LatestBatch(ctx)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	return &end{
		side: screener.DiffSide{Screen: screen.Name, AsOf: asOf.String(), DataVersion: data},
		asOf: asOf, text: textOf(textsOf(screen)), data: data, batch: batch, scene: &scene{screen: screen, asOf: asOf, options: with},
	}, nil
}

func textOf(texts []history.Text) (all string) {
	for _, t := range texts {
		all += fmt.Sprintf("%d:%s", len(t.Text), t.Text)
	}
	return all
}

// way makes the runs on the way from an earlier run to a later one, in which one
// thing changes at a time.
type way struct {
	db     *store.DB
	stages []screener.Stage
	at     scene // of the last stage
	base   int   // the stage that causes alone are measured from; 0: not reached yet
	ground scene // of that stage
	single bool  // no cause stands between base and the last stage
	table  *snapshot.Table
}

func (a *app) way(ctx context.Context, db *store.DB, from, to *end) (*way, error) {
	w := &way{db: db}
	if from.scene == nil || to.scene == nil {
		return w, w.untold(ctx, from, to)
	}
	if err := w.begin(ctx, from); err != nil {
		return nil, err
	}
	if from.data != to.data {
		next := w.at
		next.batch = to.scene.batch
		what := fmt.Sprintf("what was ingested between batch %d and batch %d, of the time up to %s", from.batch, to.batch, from.asOf)
		if err := w.step(ctx, screener.CauseLateData, what, next); err != nil {
			return nil, err
		}
	}
	w.ground, w.base, w.single = w.at, len(w.stages)-1, true
	if err := w.days(ctx, from, to); err != nil {
		return nil, err
	}
	if err := w.rules(ctx, from, to); err != nil {
		return nil, err
	}
	return w, w.finish(ctx, to)
}

// begin starts with a run as it is kept, and as the program makes it now.
func (w *way) begin(ctx context.Context, from *end) error {
	w.at = *from.scene
	judged, table, err := w.at.judge(ctx, w.db)
	if err != nil {
		return err
	}
	now := screener.Stage{Ledger: judged.Ledger(), Judged: judged}
	w.table = table
	if from.ledger != nil && !reflect.DeepEqual(from.ledger, now.Ledger) {
		what, err := redefined(ctx, w.db, from.made)
		if err != nil {
			return err
		}
		w.stages = append(w.stages, screener.Stage{Ledger: from.ledger})
		now.Cause, now.What = screener.CauseDefinition, "the catalogue of this program in place of that of the earlier run: "+what
	}
	w.stages = append(w.stages, now)
	return nil
}

// finish ends with a run as it is kept.
func (w *way) finish(ctx context.Context, to *end) error {
	last := w.stages[len(w.stages)-1]
	if to.ledger == nil || reflect.DeepEqual(to.ledger, last.Ledger) {
		return nil
	}
	what, err := redefined(ctx, w.db, to.made)
	w.stages = append(w.stages, screener.Stage{Ledger: to.ledger, Cause: screener.CauseDefinition,
		What: "the catalogue of the later run in place of that of this program: " + what})
	return err
}

// redefined names what this program defines otherwise than a catalogue.
func redefined(ctx context.Context, db *store.DB, catalogue string) (string, error) {
	then, err := history.Definitions(ctx, db, catalogue)
	if len(then) == 0 {
		return "what changed in it is not known", err
	}
	return firstOf(changedDefinitions(then, definitions()), 6), err
}

// untold is the way of which no run between the ends can be made.
func (w *way) untold(ctx context.Context, ends ...*end) error {
	for _, e := range ends {
		s := screener.Stage{Ledger: e.ledger}
		if s.Ledger == nil {
			judged, _, err := e.scene.judge(ctx, w.db)
			if err != nil {
				return err
			}
			s.Ledger, s.Judged = judged.Ledger(), judged
		}
		if len(w.stages) > 0 {
			s.Cause, s.What = screener.CauseUntold, "all at once, for the runs between cannot be made"
		}
		w.stages = append(w.stages, s)
	}
	return nil
}

// step makes one run more. Alone is the scene in which nothing but this changed
// since the base; it is made where another cause stands before.
func (w *way) step(ctx context.Context, cause, what string, next scene, alone ...scene) error {
	judged, table, err := next.judge(ctx, w.db)
	if err != nil {
		return err
	}
	s := screener.Stage{Cause: cause, What: what, Ledger: judged.Ledger(), Judged: judged}
	if len(alone) > 0 && !w.single {
		judged, _, err := alone[0].judge(ctx, w.db)
		if err != nil {
			return err
		}
		s.AloneFrom, s.AloneTo = w.stages[w.base].Ledger, judged.Ledger()
	}
	w.stages, w.at, w.table, w.single = append(w.stages, s), next, table, false
	return nil
}

// days takes the statements to the later day at the prices of the earlier one,
// and then the prices.
func (w *way) days(ctx context.Context, from, to *end) error {
	if from.asOf == to.asOf {
		return nil
	}
	before := w.table
	next := w.at
	next.asOf, next.pricesOn = to.asOf, from.asOf
	what := fmt.Sprintf("what became known between %s and %s, at the prices of %s", from.asOf, to.asOf, from.asOf)
	if err := w.step(ctx, screener.CauseFilings, what, next, next); err != nil {
		return err
	}
	refine, err := filed(ctx, w.db, next.batch, before, w.table)
	if err != nil {
		return err
	}
	w.stages[len(w.stages)-1].Refine = refine
	next.pricesOn = 0
	alone := w.ground
	alone.pricesOn = to.asOf
	before = w.table
	if err := w.step(ctx, screener.CausePrices, fmt.Sprintf("the prices and listings of %s in place of those of %s", to.asOf, from.asOf), next, alone); err != nil {
		return err
	}
	w.stages[len(w.stages)-1].Refine, err = relisted(ctx, before, w.table)
	return err
}

// rules takes the later text of the screen, and then the later list before.
func (w *way) rules(ctx context.Context, from, to *end) error {
	if from.text != to.text || from.scene.options.Stale != to.scene.options.Stale {
		next, alone := w.at, w.ground
		for _, s := range []*scene{&next, &alone} {
			s.screen, s.options.Stale = to.scene.screen, to.scene.options.Stale
		}
		if err := w.step(ctx, screener.CauseRule, "the text of the screen", next, alone); err != nil {
			return err
		}
	}
	if !to.scene.screen.Banded() || reflect.DeepEqual(w.at.options.Before, to.scene.options.Before) {
		return nil
	}
	next, alone := w.at, w.ground
	next.options.Before, alone.options.Before = to.scene.options.Before, to.scene.options.Before
	return w.step(ctx, screener.CauseBand, "the list before, which decides who may keep what thresholds", next, alone)
}

// filed tells what a company changed by between the days of two tables: a period
// later than any before, one that an earlier filing told otherwise, or no
// statements of its own at all.
func filed(ctx context.Context, db *store.DB, batch fundamentals.Batch, before, after *snapshot.Table) (func(fundamentals.CIK) string, error) {
	filers := map[fundamentals.CIK]bool{}
	err := db.FilingsBetween(ctx, before.AsOf()-knownWithin, after.AsOf(), batch, func(list []fundamentals.Filing) error {
		for _, f := range list {
			statements := slices.ContainsFunc([]string{"10-", "20-F", "40-F"}, func(form string) bool { return strings.HasPrefix(f.Form, form) })
			if statements && f.KnownOn > before.AsOf() && f.KnownOn <= after.AsOf() {
				filers[f.Company] = true
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	then, err1 := periodEnds(ctx, before)
	now, err2 := periodEnds(ctx, after)
	return func(cik fundamentals.CIK) string {
		switch {
		case !filers[cik]:
			return screener.CauseDay
		case then[cik] != now[cik]:
			return screener.CauseFiling
		}
		return screener.CauseRestatement
	}, errors.Join(err1, err2)
}

// listingColumn says what kind of security a company trades as, or that it is
// listed no longer.
const listingColumn = "security_type"

// relisted tells of a company between two tables of the same statements whether its
// listing changed, or no more than prices.
func relisted(ctx context.Context, before, after *snapshot.Table) (func(fundamentals.CIK) string, error) {
	then, err1 := before.Column(ctx, listingColumn, rules.At{})
	now, err2 := after.Column(ctx, listingColumn, rules.At{})
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	changed := map[fundamentals.CIK]bool{}
	for row := range before.Rows() {
		changed[before.CIK(row)] = then.Text(row) != now.Text(row)
	}
	return func(cik fundamentals.CIK) string {
		if changed[cik] {
			return screener.CauseListing
		}
		return screener.CausePrices
	}, nil
}

// knownWithin is how many days after it was filed a filing is known at the latest.
const knownWithin = 7

func periodEnds(ctx context.Context, table *snapshot.Table) (map[fundamentals.CIK]float64, error) {
	v, err := table.Column(ctx, "period_end", rules.At{})
	if err != nil {
		return nil, err
	}
	out := map[fundamentals.CIK]float64{}
	for row := range table.Rows() {
		if v.Reason(row) == rules.Known {
			out[table.CIK(row)] = v.F[row]
		}
	}
	return out, nil
}
