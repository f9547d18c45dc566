package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"assay/fundamentals/store"
	"assay/screener"
	"assay/screener/history"
)

func (a *app) runsCommand() *cobra.Command {
	var f history.Filter
	cmd := &cobra.Command{
		Use:   "runs",
		Short: "List the runs that were kept",
		Long: `Runs lists the runs of screens, the latest first. A run is named by what decides
it, so that the same run twice is one name with two numbers. Where a run is asked
for, RUN is its number, its name or the first six digits of it or more, last for
the latest, last~1 for the one before it of the same screen, or SCREEN@last.`,
		Example: `  assay runs --screen quality-small-cap --limit 5
  assay runs show last
  assay runs prune --keep 90d --keep-last 10 --dry-run`,
		Args: exactly(),

		Annotations: idle{"as-of": "a run has its own day; \"assay run\" takes another"},

		RunE: func(cmd *cobra.Command, _ []string) error { return a.listRuns(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.Screen, "screen", "", "only runs of the screen of this `NAME`")
	cmd.Flags().IntVar(&f.Limit, "limit", 20, "so many at most; 0: all")
	cmd.AddCommand(a.showRunCommand(), a.pruneCommand())
	return cmd
}

// runLine is an occurrence of a run, for --format json.
type runLine struct {
	Number     int64   `json:"number"`
	Run        string  `json:"run"`
	Screen     string  `json:"screen"`
	AsOf       string  `json:"as_of"`
	When       string  `json:"when"`
	DurationMS float64 `json:"duration_ms"`
	Origin     string  `json:"origin,omitempty"`
	File       string  `json:"file"`
	history.Counts
}

func lineOf(e history.Entry) runLine {
	return runLine{e.Number, e.Name, e.Screen, e.AsOf.String(), e.Started.Format(time.RFC3339), milliseconds(e.Timings.Total()), e.Origin, e.File, e.Counts}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func (a *app) listRuns(ctx context.Context, f history.Filter) error {
	format, err := a.format("table", "json")
	if err != nil {
		return err
	}
	var list []history.Entry
	err = a.withDB(ctx, func(db *store.DB) error {
		list, err = history.List(ctx, db, f)
		return err
	})
	if err != nil {
		return err
	}
	return a.out.deliver(a.flags.file, func(w io.Writer) error {
		if format == "json" {
			lines := []runLine{}
			for _, e := range list {
				lines = append(lines, lineOf(e))
			}
			return screener.WriteJSON(w, lines)
		}
		t := newTable("number", "run", "screen", "as of", "when", "passed", "of", "duration", "made by").numbers(0, 5, 6, 7)
		for _, e := range list {
			t.add(strconv.FormatInt(e.Number, 10), e.Name, e.Screen, e.AsOf.String(), e.Started.Local().Format(time.DateTime),
				strconv.Itoa(e.Counts.Passed), strconv.Itoa(e.Counts.Universe), e.Timings.Total().Round(time.Millisecond).String(), origin(e))
		}
		return t.write(w)
	})
}

func origin(e history.Entry) string {
	if e.Origin == "" {
		return "hand"
	}
	return e.Origin
}

// findRun finds a run that the user names.
func (a *app) findRun(ctx context.Context, db *store.DB, name string) (history.Entry, error) {
	e, err := history.Find(ctx, db, name)
	if errors.Is(err, history.ErrNotFound) {
		err = &failure{exitFailed, err, "\"" + a.program + " runs\" lists those in " + a.settings.DB}
	}
	return e, err
}

// loadRun finds a run and reads it whole.
func (a *app) loadRun(ctx context.Context, db *store.DB, name string) (history.Entry, error) {
	e, err := a.findRun(ctx, db, name)
	if err == nil {
		err = history.Load(ctx, db, &e.Run)
	}
	return e, err
}

func (a *app) pruneCommand() *cobra.Command {
	var keep string
	var last int
	var try bool
	cmd := &cobra.Command{
		Use:   "prune",
		Short: "Take old runs out of the history",
		Long: `Prune takes out runs that are neither as young as --keep says nor among the last
of their screen as --keep-last says. The latest run of each screen, by hand and of
each schedule, always stays: the next one goes by it.`,
		Example: `  assay runs prune --keep 90d --keep-last 10 --dry-run`,
		Args:    exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if keep == "" && !cmd.Flags().Changed("keep-last") {
				return usage("such as --keep 90d --keep-last 10", "say which runs to keep")
			}
			policy := history.Policy{Last: last}
			if keep != "" {
				days, ok := daysOf(keep)
				if !ok {
					return usage("write days, such as 90d", "--keep cannot be %q", keep)
				}
				policy.Since = a.now().AddDate(0, 0, -days)
			}
			if last < 0 {
				return usage("", "--keep-last cannot be %d", last)
			}
			return a.prune(cmd.Context(), policy, try)
		},
	}
	cmd.Flags().StringVar(&keep, "keep", "", "keep the runs of so many `DAYS`, such as 90d")
	cmd.Flags().IntVar(&last, "keep-last", 0, "keep the last `N` runs of each screen")
	cmd.Flags().BoolVar(&try, "dry-run", false, "say what would go, and leave it")
	return cmd
}

// daysOf reads a number of days, such as 90d.
func daysOf(text string) (days int, ok bool) {
	days, err := strconv.Atoi(strings.TrimSuffix(text, "d"))
	return days, err == nil && days >= 0 && strings.HasSuffix(text, "d")
}

func (a *app) prune(ctx context.Context, policy history.Policy, try bool) error {
	format, err := a.format("table", "json")
	if err != nil {
		return err
	}
	var out history.Pruned
	err = a.withDB(ctx, func(db *store.DB) error {
		out, err = history.Prune(ctx, db, policy, try)
		return err
	})
	if err != nil {
		return err
	}
	return a.out.deliver(a.flags.file, func(w io.Writer) error {
		if format == "json" {
			return screener.WriteJSON(w, out)
		}
		verb := "took out"
		if try {
			verb = "would take out"
		}
		_, err := fmt.Fprintf(w, "%s %d of the %d times that runs were made, and with them %s\n", verb, out.Occurrences, out.Occurrences+out.Kept, counted(out.Runs, "run"))
		return err
	})
}
