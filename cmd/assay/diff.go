package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"assay/fundamentals"
	"assay/fundamentals/store"
	"assay/screener"
	"assay/screener/history"
)

func (a *app) diffCommand() *cobra.Command {
	var since string
	cmd := &cobra.Command{
		Use:   "diff A B",
		Short: "Tell how two runs differ, and what made them differ",
		Long: `Diff tells who entered the list, who left it and who moved, which conditions turned,
and by what: a new filing, a restatement, data ingested later, prices, the text of
the screen, the definition of a metric. It makes the runs between the two, in which
one thing changes at a time, so that the causes add up to the whole.

A and B are runs that were kept (a number, a name, last, last~1, SCREEN@last) or
SCREEN@DATE. With --since RUN the other is the screen as of today, or of --as-of:
SCREEN, or the screen of that run as it was.`,
		Example: `  assay diff last~1 last
  assay diff quality-small-cap@2023-12-29 quality-small-cap@2024-03-08
  assay diff --since last quality-small-cap`,
		Args: func(cmd *cobra.Command, args []string) error {
			if since != "" {
				return between(0, "SCREEN")(cmd, args)
			}
			return exactly("A", "B")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.flags.asOf != "" && since == "" {
				return meansNothing("as-of", "two runs", "each has its own day; SCREEN@DATE names another")
			}
			return a.diff(cmd.Context(), since, args)
		},
	}
	cmd.Flags().StringVar(&since, "since", "", "compare the `RUN` with the screen as of today")
	return cmd
}

func (a *app) diff(ctx context.Context, since string, args []string) error {
	format, err := a.format("table", "json")
	if err != nil {
		return err
	}
	var d *screener.Diff
	err = a.withDB(ctx, func(db *store.DB) error {
		from, to, err := a.ends(ctx, db, since, args)
		if err == nil {
			d, err = a.compare(ctx, db, from, to)
		}
		return err
	})
	if err != nil {
		return err
	}
	return a.out.deliver(a.flags.file, func(w io.Writer) error {
		if format == "json" {
			return screener.WriteJSON(w, d)
		}
		return printDiff(w, d)
	})
}

// ends reads the two runs that the user names.
func (a *app) ends(ctx context.Context, db *store.DB, since string, args []string) (from, to *end, err error) {
	if since == "" {
		if from, err = a.end(ctx, db, args[0]); err == nil {
			to, err = a.end(ctx, db, args[1])
		}
		return from, to, err
	}
	asOf, err := a.asOf()
	if err != nil {
		return nil, nil, err
	}
	var screen *screener.Screen
	if len(args) > 0 {
		if screen, err = a.readScreen(ctx, args[0]); err != nil {
			return nil, nil, err
		}
		if strings.HasPrefix(since, "last") {
			since = screen.Name + "@" + since
		}
	}
	if from, err = a.keptEnd(ctx, db, since); err != nil {
		return nil, nil, err
	}
	if screen == nil {
		if from.scene == nil {
			return nil, nil, &failure{exitFailed, errors.New(from.why), "name the SCREEN to compare it with"}
		}
		screen = from.scene.screen
	}
	to, err = a.freshEnd(ctx, db, screen, asOf)
	return from, to, err
}

// end reads a run that was kept, or SCREEN@DATE.
func (a *app) end(ctx context.Context, db *store.DB, name string) (*end, error) {
	if history.Named(name) {
		return a.keptEnd(ctx, db, name)
	}
	i := strings.LastIndexByte(name, '@')
	if i < 0 {
		return nil, usage("a run is a number, a name or last; a screen as of a day is SCREEN@2024-03-08", "%q names no run", name)
	}
	asOf, err := fundamentals.ParseDate(name[i+1:])
	if err != nil {
		return nil, usage("for example "+name[:i]+"@2024-03-08, or "+name[:i]+"@last", "%s: %w", name, err)
	}
	screen, err := a.readScreen(ctx, name[:i])
	if err != nil {
		return nil, err
	}
	return a.freshEnd(ctx, db, screen, asOf)
}

// compare goes the way from the earlier to the later, whichever the user named
// first.
func (a *app) compare(ctx context.Context, db *store.DB, from, to *end) (*screener.Diff, error) {
	earlier, later := from, to
	back := to.asOf < from.asOf || to.asOf == from.asOf && to.batch < from.batch
	if back {
		earlier, later = to, from
	}
	w, err := a.way(ctx, db, earlier, later)
	if err != nil {
		return nil, err
	}
	stages := w.stages
	if back {
		stages = screener.Reverse(stages)
	}
	d, err := screener.Compare(ctx, stages)
	if err != nil {
		return nil, err
	}
	listed := [2]int{d.From.Listed, d.To.Listed}
	d.From, d.To = from.side, to.side
	d.From.Listed, d.To.Listed = listed[0], listed[1]
	for _, e := range []*end{from, to} {
		if e.why != "" {
			d.Notes = append(d.Notes, e.why+": what made the difference cannot be told apart")
		}
	}
	if back && len(w.stages) > 1 {
		d.Notes = append(d.Notes, "the second run is the earlier one: each cause is told as taken back")
	}
	return d, nil
}

// movesListed is how many companies that moved are named; --format json names all.
const movesListed = 20

func printDiff(w io.Writer, d *screener.Diff) error {
	var b strings.Builder
	fmt.Fprintf(&b, "from  %s\nto    %s\n", sideText(d.From), sideText(d.To))
	for _, n := range d.Notes {
		fmt.Fprintf(&b, "note: %s\n", n)
	}
	fmt.Fprintf(&b, "\n%d listed, then %d: %d entered, %d left, %d moved, %d stayed\n", d.From.Listed, d.To.Listed, len(d.Entered), len(d.Left), len(d.Moved), d.Stayed)
	if len(d.Causes) > 0 {
		b.WriteString("\n")
		t := newTable("cause", "entered", "left", "moved", "one after the other").numbers(1, 2, 3)
		for _, c := range d.Causes {
			t.add(c.Cause, fmt.Sprint(c.Entered), fmt.Sprint(c.Left), fmt.Sprint(c.Moved), c.What)
		}
		if err := t.write(&b); err != nil {
			return err
		}
	}
	printNames(&b, "entered", d.Entered, len(d.Entered))
	printNames(&b, "left", d.Left, len(d.Left))
	printNames(&b, "moved", d.Moved, movesListed)
	_, err := io.WriteString(w, b.String())
	return err
}

func sideText(s screener.DiffSide) string {
	text := fmt.Sprintf("%s as of %s", s.Screen, s.AsOf)
	if s.Run != "" {
		text += fmt.Sprintf(", run %s, number %d", s.Run, s.Number)
	}
	return text
}

func printNames(b *strings.Builder, what string, names []screener.DiffName, most int) {
	if len(names) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s:\n", what)
	for i, n := range names {
		if i == most {
			fmt.Fprintf(b, "  and %d more (--format json names them)\n", len(names)-most)
			return
		}
		fmt.Fprintf(b, "  %-8s %-34s %s\n", cmp.Or(n.Ticker, n.CIK.String()), short(n.Name, 34), moveText(n.DiffMove))
		for _, p := range n.Parts {
			printPart(b, p)
		}
		if len(n.Interaction) > 0 {
			fmt.Fprintf(b, "           interaction: %s alone would have done otherwise\n", strings.Join(n.Interaction, ", "))
		}
	}
}

func moveText(m screener.DiffMove) string {
	return place(m.From, m.FromRank) + " -> " + place(m.To, m.ToRank)
}

func place(stands string, rank int) string {
	if rank > 0 {
		return fmt.Sprintf("%d.", rank)
	}
	return stands
}

func printPart(b *strings.Builder, p screener.DiffPart) {
	text := moveText(p.DiffMove)
	if p.FromScore != nil && p.ToScore != nil {
		text += fmt.Sprintf(" (score %.4g -> %.4g)", *p.FromScore, *p.ToScore)
	}
	fmt.Fprintf(b, "           %s: %s\n", p.Cause, text)
	for _, c := range p.Conditions {
		fmt.Fprintf(b, "             %s: %s -> %s\n", c.Name, cmp.Or(c.From, "absent"), cmp.Or(c.To, "absent"))
		for _, v := range c.Values {
			fmt.Fprintf(b, "               %s: %s\n", v.Text, readingText(v))
		}
	}
}

// readingText words what a comparison read, before and after.
func readingText(v screener.DiffReading) string {
	switch {
	case v.Before == "":
		return "now " + v.After
	case v.After == "":
		return "it was " + v.Before
	}
	return v.Before + " -> " + v.After
}
