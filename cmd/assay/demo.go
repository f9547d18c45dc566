package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"assay/fundamentals/source"
	"assay/fundamentals/source/csvfile"
	"assay/fundamentals/source/sample"
	"assay/fundamentals/store"
	"assay/screener"
)

// demoScreen is what the demo shows.
const demoScreen = "quality-small-cap"

func (a *app) demoCommand() *cobra.Command {
	var keep string
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "See it work on invented companies, without any file",
		Long: `Demo makes a small universe of invented companies, in the very formats that
ingest reads, puts it into a database, screens it, and prints the list and how it
came about. It needs no file and no network, and leaves nothing behind unless
--keep names a folder.`,
		Example: `  assay demo
  assay demo --keep sample`,
		Args: exactly(),

		Annotations: idle{"as-of": "it shows the sample as of " + sample.AsOf.String() + "; keep it with --keep for other days"},

		RunE: func(cmd *cobra.Command, _ []string) error { return a.demo(cmd.Context(), keep) },
	}
	cmd.Flags().StringVar(&keep, "keep", "", "leave the files and the database in `FOLDER`")
	return cmd
}

func (a *app) demo(ctx context.Context, keep string) (err error) {
	format, err := a.format(resultFormats()...)
	if err != nil {
		return err
	}
	with := carried(format, false)
	dir := keep
	if dir == "" {
		if dir, err = os.MkdirTemp("", "assay-demo-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	result, err := a.demonstrate(ctx, dir, with)
	if err != nil {
		return err
	}
	if err := a.out.deliver(a.flags.file, func(w io.Writer) error { return writeResult(w, format, result, moreOfRun{}) }); err != nil {
		return err
	}
	a.nextSteps(keep)
	return nil
}

// demonstrate makes the sample in a folder, ingests it and screens it.
func (a *app) demonstrate(ctx context.Context, dir string, with screener.With) (result *screener.Result, err error) {
	files, err := sample.Write(ctx, dir)
	if err != nil {
		return nil, err
	}
	a.out.note("made a sample of %d invented companies in %s", files.Companies, dir)
	db, err := store.Open(ctx, filepath.Join(dir, "assay.db"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, part := range []struct{ kind, path string }{
		{"companyfacts", files.CompanyFacts}, {"securities", files.Securities},
		{"splits", files.Splits}, {"prices", files.Prices},
	} {
		report, err := a.ingestSample(ctx, db, part.kind, part.path)
		if err != nil {
			return nil, err
		}
		a.out.note("ingested %s: %s, %s", part.kind, counted(report.Taken, "file"), counted(report.Rows, "row"))
	}
	if _, err := a.refresh(ctx, db); err != nil {
		return nil, err
	}
	screen, err := a.readScreen(ctx, demoScreen)
	if err != nil {
		return nil, err
	}
	table, err := openTable(ctx, db, sample.AsOf, screen.Stale, screen.AllReads()...)
	if err != nil {
		return nil, err
	}
	a.out.note("screening it with %s as of %s\n", demoScreen, sample.AsOf)
	asked := options(screen)
	asked.With = with
	result, err = screener.Run(ctx, table, screen, asked)
	if err != nil {
		return nil, err
	}
	return result, a.keep(ctx, table)
}

func (a *app) ingestSample(ctx context.Context, db *store.DB, name, path string) (source.Report, error) {
	prices := csvfile.PriceOptions{}
	if name == "prices" {
		prices.Basis = "raw"
	}
	kind, err := kindNamed(name, kindOptions{prices: prices})
	if err != nil {
		return source.Report{}, err
	}
	report, err := a.take(ctx, db, kind, []string{path})
	if err == nil && !report.Clean() {
		a.tell(&report)
		err = fmt.Errorf("%s of the sample was not taken whole", name)
	}
	return report, err
}

// nextSteps tells what to type next.
func (a *app) nextSteps(keep string) {
	folder := keep
	a.out.note("\nEvery company above is invented. What to type next:")
	if keep == "" {
		folder = "sample"
		a.out.note("  %s demo --keep %s   # the same, and keep its files and database", a.program, folder)
	}
	at := fmt.Sprintf("--db %s --as-of %s", filepath.Join(folder, "assay.db"), sample.AsOf)
	a.out.note("  %s explain %s CINDER %s", a.program, demoScreen, at)
	a.out.note("  %s facts DUNMAR operating_income %s", a.program, at)
	a.out.note("  %s run cash-rich-value %s", a.program, at)
	a.out.note("  %s help screens", a.program)
}
