package main

import (
	"cmp"
	"context"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
	"assay/screener"
	"assay/screener/export"
	"assay/screener/library"
)

func (a *app) runCommand() *cobra.Command {
	var m runModes
	cmd := &cobra.Command{
		Use:   "run SCREEN",
		Short: "Screen all companies and rank those that pass",
		Long: `Run puts every company through a screen, as it was known on a day, and lists
those that pass, best first, with the funnel that led there. SCREEN is a file or
the name of a screen that ships with the program (--list). Each run is kept in the
database once its answer is there: "assay runs" lists them.

With --robust the screen is run once more for each variant of each metric that
decides it (roic by ending capital, total debt with leases ...), and the list says
which candidates survive all of them, most, or few.

With --preview it takes two screens, the old and the edited one, and says which
companies the edit adds and drops, and which condition did it.

With --slack the list shows how far each candidate is from failing each condition,
with --near N who else would pass but for N conditions, the nearest first, and with
--overlap how many companies each two conditions keep out together. "assay help
slack" says how distances are measured.

With --from it lists every week, month, quarter or year up to --as-of, as each was
known on its last trading day: who was on the list, entered and left. These runs are
not kept; what was computed for them is, and the next over the same dates is quick.
With keep: or min_stay: each list goes by that of the date before it, and the first
by none.

The list is written as a table, or as the file that --format or the ending of -o
says: csv, tsv, json, ndjson, xlsx, parquet, markdown, html, tickers, tradingview.
With --evidence it carries the formula, tag, period and filing of each cell.
"assay help exports" tells what each of them holds.`,
		Example: `  assay run --list
  assay run quality-small-cap --as-of 2024-03-08
  assay run quality-small-cap --as-of 2024-03-08 --robust
  assay run quality-small-cap --as-of 2024-03-08 --slack --near 1
  assay run --preview my-screen.yaml edited.yaml --as-of 2024-03-08
  assay run quality-small-cap --from 2015-01-01 --every month -o lists.csv
  assay run my-screen.yaml -o list.csv
  assay run my-screen.yaml --evidence -o list.xlsx`,
		Args: func(cmd *cobra.Command, args []string) error {
			if m.list {
				return exactly()(cmd, args)
			}
			if m.preview {
				return exactly("OLD", "NEW")(cmd, args)
			}
			return exactly("SCREEN")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runVerb(cmd, args, m)
		},
	}
	cmd.Flags().BoolVar(&m.list, "list", false, "list the screens that ship with the program")
	cmd.Flags().BoolVar(&m.robust, "robust", false, "run it also under every variant of each metric that decides it, and say who survives")
	cmd.Flags().BoolVar(&m.preview, "preview", false, "take two screens, OLD and NEW, and say what the edit adds and drops")
	m.more.define(cmd.Flags())
	m.over.define(cmd.Flags())
	return cmd
}

// runModes are the ways in which run is asked for something else than one list.
type runModes struct {
	list, robust, preview bool

	over rangeFlags
	more moreOfRun
}

// runVerb does what the flags ask for.
func (a *app) runVerb(cmd *cobra.Command, args []string, m runModes) error {
	if m.list {
		if name := given(cmd.Flags(), slices.Concat([]string{"as-of", "robust", "preview", "from", "every"}, moreNames())...); name != "" {
			return meansNothing(name, "run --list", "it lists the screens that ship")
		}
		return a.listScreens()
	}
	over, err := m.over.asked(cmd.Flags())
	if err != nil {
		return err
	}
	more := m.more
	for _, mode := range []struct {
		flag  string
		asked bool
		do    func() error
	}{
		{"--preview", m.preview, func() error { return a.preview(cmd.Context(), args[0], args[1]) }},
		{"--robust", m.robust, func() error { return a.robust(cmd.Context(), args[0]) }},
		{"--from", over, func() error { return a.overDates(cmd.Context(), args[0], m.over) }},
	} {
		switch {
		case !mode.asked:
			continue
		case m.robust && m.preview:
			return usage("", "--robust and --preview contradict each other")
		case over && mode.flag != "--from":
			return usage(mode.flag+" is of one day: say it with --as-of", "%s and --from contradict each other", mode.flag)
		}
		if err := more.refuse(cmd.Flags(), mode.flag, moreNames()...); err != nil {
			return err
		}
		return mode.do()
	}
	format, err := a.format(resultFormats()...)
	if err == nil {
		err = more.check(cmd.Flags(), format)
	}
	if err != nil {
		return err
	}
	return a.run(cmd.Context(), args[0], format, more)
}

// run screens all companies, tells the answer, and then keeps the run. The database
// is opened while the screen is read, and made ready to keep the run while the
// companies are screened.
func (a *app) run(ctx context.Context, name, format string, more moreOfRun) error {
	clock := a.stopwatch()
	open := a.openAhead(ctx)
	screen, err := a.readScreen(ctx, name)
	asOf, wrong := a.asOf()
	if err = cmp.Or(err, wrong); err != nil {
		_ = withOpened(open, func(*store.DB) error { return nil })
		return err
	}
	return withOpened(open, func(db *store.DB) error {
		return a.tableOf(ctx, db, asOf, screen.Stale, screen.AllReads(), func(table *snapshot.Table) error {
			clock.timings.Open = clock.lap()
			db.WillWrite(ctx)
			return a.screenTable(ctx, db, table, screen, format, more, clock)
		})
	})
}

// screenTable screens a table, tells the answer, and then keeps the run.
func (a *app) screenTable(ctx context.Context, db *store.DB, table *snapshot.Table, screen *screener.Screen, format string, more moreOfRun, clock *stopwatch) error {
	if table.Rows() == 0 {
		text, hint := a.nobody(table)
		a.out.note("%s: %s", text, hint)
	}
	with, err := a.banded(ctx, screen, table.AsOf())
	if err != nil {
		return err
	}
	more.carry(&with, format)
	judgement, err := screener.Decide(ctx, table, screen, with)
	if err != nil {
		return err
	}
	result, err := judgement.Result(ctx)
	if err != nil {
		return err
	}
	clock.timings.Run = clock.lap()
	if err := a.out.deliver(a.flags.file, func(w io.Writer) error { return writeResult(w, format, result, more) }); err != nil {
		return err
	}
	if a.flags.file == "" {
		if err := a.out.done(); err != nil {
			return err
		}
	}
	clock.timings.Write = clock.lap()
	return a.record(ctx, db, kept{screen: screen, options: with, ledger: judgement.Ledger(), result: result, asked: more.asked()}, clock)
}

// resultFormats lists the ways in which a run is written, the default first.
func resultFormats() []string {
	names := []string{"table"}
	for _, f := range export.Formats() {
		names = append(names, f.Name)
	}
	return names
}

// carried is what a result must carry to be written in a format.
func carried(format string, evidence bool) screener.With {
	f, _ := export.Lookup(format) // a table needs nothing
	with := f.Needs
	with.Evidence = with.Evidence || evidence && f.Evidence
	return with
}

// writeResult writes a run as a table for people or as an export.
func writeResult(w io.Writer, format string, result *screener.Result, more moreOfRun) error {
	if f, ok := export.Lookup(format); ok {
		return f.Write(w, result)
	}
	return printResult(w, result, more)
}

func (a *app) listScreens() error {
	format, err := a.format("table", "json")
	if err != nil {
		return err
	}
	type shipped struct {
		Name  string `json:"name"`
		About string `json:"about"`
	}
	var screens []shipped
	for _, e := range library.List() {
		screens = append(screens, shipped{e.Name, e.About()})
	}
	return a.out.deliver(a.flags.file, func(w io.Writer) error {
		if format == "json" {
			return screener.WriteJSON(w, screens)
		}
		t := newTable("screen", "what it is for")
		for _, s := range screens {
			t.add(s.Name, s.About)
		}
		return t.write(w)
	})
}
