package main

import (
	"context"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"assay/fundamentals"
	"assay/fundamentals/metric"
	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
	"assay/screener"
	"assay/screener/history"
)

func (a *app) replayCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "replay RUN",
		Short: "Make a run of the past again, to the same bytes",
		Long: `Replay makes a run again with the screen, the day and the data that it was made
with, whatever was ingested since, and gives the same bytes: with what it was asked
to tell besides the list (--slack, --near, --overlap, --evidence) too. Where that cannot be
it says what no longer exists: the data, or a metric as it was then. RUN is a
number, a name, or last (assay help history).`,
		Example: `  assay replay last
  assay replay 12 --format csv -o then.csv`,
		Args: exactly("RUN"),

		Annotations: idle{"as-of": "a run has its own day; \"assay run\" takes another"},

		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			format, err := a.format(resultFormats()...)
			if err != nil {
				return err
			}
			return a.withDB(ctx, func(db *store.DB) error {
				e, err := a.loadRun(ctx, db, args[0])
				if err != nil {
					return err
				}
				more := moreAsked(e.Asked)
				result, err := a.again(ctx, db, &e.Run, more, format)
				if err != nil {
					return err
				}
				return a.out.deliver(a.flags.file, func(w io.Writer) error { return writeResult(w, format, result, more) })
			})
		},
	}
}

// again makes a run again, to be told in a format with so much besides the list.
func (a *app) again(ctx context.Context, db *store.DB, run *history.Run, more moreOfRun, format string) (*screener.Result, error) {
	if err := a.sameProgram(ctx, db, run); err != nil {
		return nil, err
	}
	s, err := a.scene(ctx, db, run)
	if err != nil {
		return nil, err
	}
	more.carry(&s.options, format)
	judgement, _, err := s.judge(ctx, db)
	if err != nil {
		return nil, err
	}
	if !reflect.DeepEqual(judgement.Ledger(), run.Ledger) {
		return nil, fmt.Errorf("run %s: it comes out otherwise than it is kept: the program computes other values under the same version", run.Name)
	}
	result, err := judgement.Result(ctx)
	if err == nil && result.Run != run.Name {
		err = fmt.Errorf("run %s: made again it has the name %s: its record is not whole", run.Name, result.Run)
	}
	return result, err
}

// scene is all that decides a run.
type scene struct {
	screen   *screener.Screen
	asOf     fundamentals.Date
	batch    fundamentals.Batch // 0: all
	options  screener.Options
	pricesOn fundamentals.Date // 0: asOf
}

// scene reads what decided a run. It is an error if the data are gone.
func (a *app) scene(ctx context.Context, db *store.DB, run *history.Run) (*scene, error) {
	batch, err := batchOf(ctx, db, run)
	if err != nil {
		return nil, err
	}
	screen, err := screenOf(ctx, db, run.Texts, batch)
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", run.Name, err)
	}
	return &scene{screen: screen, asOf: run.AsOf, batch: batch, options: screener.Options{
		Catalogue: snapshot.Catalogue(), Program: version, Stale: run.Stale, Before: run.Before,
	}}, nil
}

// screenOf reads a screen from the texts that were kept of it, with the columns
// that the user had brought then.
func screenOf(ctx context.Context, db *store.DB, texts []history.Text, batch fundamentals.Batch) (*screener.Screen, error) {
	own, err := db.UserColumns(ctx, batch)
	if err != nil {
		return nil, err
	}
	l := language(metric.EnvWith(own))
	for _, t := range texts[1:] {
		l.Kept = append(l.Kept, screener.Extended{File: t.File, Text: t.Text})
	}
	screen, problems := l.Parse(texts[0].File, []byte(texts[0].Text))
	if len(problems) > 0 {
		return nil, fmt.Errorf("its screen can no longer be read: %w", problems)
	}
	return screen, nil
}

// judge makes the run, and returns the table that it went over.
func (s *scene) judge(ctx context.Context, db *store.DB) (*screener.Decision, *snapshot.Table, error) {
	stale := s.options.Stale
	table, err := snapshot.Open(ctx, db, s.asOf, snapshot.Options{
		UpTo: s.batch, StatementDays: stale.Statement, PriceDays: stale.Price, PricesOn: s.pricesOn,
	})
	if err != nil {
		return nil, nil, err
	}
	judgement, err := screener.Decide(ctx, table, s.screen, s.options)
	return judgement, table, err
}

// batchOf returns the batch up to which the data are those of a run, 0 if that is
// the latest. Data may have come in other batches, as in a database made anew.
func batchOf(ctx context.Context, db *store.DB, run *history.Run) (fundamentals.Batch, error) {
	now, err := db.DataVersion(ctx, 0)
	if err != nil || now == run.DataVersion {
		return 0, err
	}
	batch, err := db.BatchOf(ctx, run.DataVersion)
	if err != nil || batch != 0 {
		return batch, err
	}
	latest, err := db.LatestBatch(ctx)
	if err != nil {
		return 0, err
	}
	why := fmt.Sprintf("it read up to batch %d, and what the database has up to there is something else: "+
		"it is another database, or the run was made while that batch was being ingested", run.Batch)
	if latest < run.Batch {
		why = fmt.Sprintf("it read up to batch %d, and the database has %d: it is another one, or an older copy", run.Batch, latest)
	}
	return 0, &failure{exitFailed, fmt.Errorf("run %s cannot be made again: the data %s no longer exist", run.Name, run.DataVersion[:min(len(run.DataVersion), 16)]), why}
}

// sameProgram is an error if the program now computes otherwise than it did in a
// run. It names the metrics that changed, those that decide the run first.
func (a *app) sameProgram(ctx context.Context, db *store.DB, run *history.Run) error {
	if run.Catalogue == snapshot.Catalogue() && run.Program == version {
		return nil
	}
	then, err := history.Definitions(ctx, db, run.Catalogue)
	if err != nil {
		return err
	}
	what := fmt.Errorf("run %s cannot be made again: it was made by program %s with catalogue %s, and this is program %s with %s",
		run.Name, run.Program, run.Catalogue, version, snapshot.Catalogue())
	changed := changedDefinitions(then, definitions())
	var hint []string
	if len(changed) > 0 {
		hint = append(hint, "read otherwise now: "+firstOf(changed, 12))
		if screen, err := screenOf(ctx, db, run.Texts, run.Batch); err == nil {
			decides := closure(screen.Names())
			mine := slices.DeleteFunc(slices.Clone(changed), func(c string) bool {
				return !slices.Contains(decides, strings.Fields(c)[0]) && !strings.HasPrefix(c, "the ")
			})
			hint = append(hint, "of these decide this screen: "+firstOf(mine, 12))
		}
	}
	hint = append(hint, fmt.Sprintf("what it decided is kept all the same: \"%s runs show %s\"; \"%s diff\" tells what the change does to it", a.program, run.Name, a.program))
	return &failure{exitFailed, what, strings.Join(hint, "\n")}
}

// changedDefinitions names what two catalogues define otherwise.
func changedDefinitions(then, now []history.Definition) (names []string) {
	texts := map[string]string{}
	for _, d := range then {
		texts[d.Name] = d.Text
	}
	for _, d := range now {
		text, known := texts[d.Name]
		delete(texts, d.Name)
		switch {
		case !known && len(then) > 0:
			names = append(names, d.Name+" (new)")
		case text != d.Text && len(then) > 0:
			names = append(names, d.Name)
		}
	}
	for _, name := range sortedKeys(texts) {
		names = append(names, name+" (gone)")
	}
	return names
}

// closure adds to names what their formulas are made of.
func closure(names []string) []string {
	for i := 0; i < len(names); i++ {
		if m, ok := metric.Lookup(names[i]); ok {
			for _, used := range metric.Uses(m) {
				if !slices.Contains(names, used) {
					names = append(names, used)
				}
			}
		}
	}
	return names
}

func firstOf(names []string, n int) string {
	if len(names) == 0 {
		return "none"
	}
	text := strings.Join(names[:min(n, len(names))], ", ")
	if more := len(names) - n; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
