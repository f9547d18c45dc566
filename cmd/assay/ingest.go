package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/fundamentals/source"
	"assay/fundamentals/source/csvfile"
	"assay/fundamentals/source/kinds"
	"assay/fundamentals/store"
	"assay/screener"
)

func (a *app) ingestCommand() *cobra.Command {
	var said kindOptions
	var basisDate, knownOn string
	cmd := &cobra.Command{
		Use:   "ingest KIND PATH...",
		Short: "Put filings, securities and prices into the database",
		Long: `Ingest reads files, folders and zips of one kind (` + "`assay help ingest`" + ` lists the
kinds and their columns) into the database. A file that was ingested before is
passed over, and where it did not change since it is not even read; a broken one is
named with the reason, and the rest goes in.`,
		Example: `  assay ingest companyfacts companyfacts.zip
  assay ingest securities securities.csv
  assay ingest prices prices/ --basis split-adjusted --basis-date 2024-03-08
  assay ingest columns ratings.csv --known-on 2024-03-08`,
		Annotations: idle{"as-of": "files tell the days on which their rows were known; --known-on does for your own columns and tags"},

		Args: func(cmd *cobra.Command, args []string) error { // which a refresh checks before it is due
			if err := atLeast("KIND", "PATH")(cmd, args); err != nil {
				return err
			}
			for _, day := range []struct {
				flag, text string
				set        *fundamentals.Date
			}{{"--basis-date", basisDate, &said.prices.BasisDate}, {"--known-on", knownOn, &said.own.KnownOn}} {
				d, err := fundamentals.ParseDate(day.text)
				if err != nil && day.text != "" {
					return usage("for example "+day.flag+" 2024-03-08", "%s: %w", day.flag, err)
				}
				*day.set = d
			}
			_, err := kindNamed(args[0], said)
			return err
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.ingest(cmd.Context(), args[0], said, args[1:])
		},
	}
	cmd.Flags().StringVar(&said.prices.Basis, "basis", "", "of prices: `raw`, split-adjusted or total-return")
	cmd.Flags().StringVar(&basisDate, "basis-date", "", "of prices: the `DAY` as of which adjusted closes are stated (default the last in the file)")
	cmd.Flags().BoolVar(&said.prices.UseAsPrice, "use-as-price", false, "of prices: let a total-return series stand in for a price")
	cmd.Flags().StringVar(&knownOn, "known-on", "", "of columns and tags: the `DAY` on which you knew the rows that name none")
	return cmd
}

// kindOptions is what the user says about the files of a kind.
type kindOptions struct {
	prices csvfile.PriceOptions
	own    csvfile.UserOptions
}

// kindNamed returns the kind of that name.
func kindNamed(name string, said kindOptions) (source.Kind, error) {
	all, err := kinds.All(said.prices, said.own)
	if err != nil {
		return source.Kind{}, usage("", "%w", err)
	}
	var names []string
	for _, k := range all {
		names = append(names, k.Name)
	}
	i := slices.Index(names, name)
	switch {
	case i < 0:
		return source.Kind{}, usage(didYouMean(name, names, `"assay help ingest" lists the kinds`), "there is no kind of file %q", name)
	case said.prices != (csvfile.PriceOptions{}) && name != "prices":
		return source.Kind{}, usage("", "--basis, --basis-date and --use-as-price speak of prices, not of %s", name)
	case said.own.KnownOn != 0 && name != "columns" && name != "tags":
		return source.Kind{}, usage("", "--known-on speaks of columns and tags, not of %s", name)
	}
	return all[i], nil
}

// ingested is the result of an ingest, for --format json.
type ingested struct {
	Kind      string              `json:"kind"`
	Database  string              `json:"database"`
	Batch     fundamentals.Batch  `json:"batch"` // 0: nothing was taken
	Files     int                 `json:"files"`
	Unchanged int                 `json:"unchanged"`
	Rows      int                 `json:"rows"`
	New       int                 `json:"new"`
	Disagreed int                 `json:"disagreed"` // facts of which the database says otherwise
	Ignored   int                 `json:"ignored"`
	Rejected  []source.FileReject `json:"rejected"`

	Bytes       int64   `json:"bytes"` // of text, unpacked
	Stored      float64 `json:"store_seconds"`
	Standardise float64 `json:"standardise_seconds"`

	Notices []fileNotice `json:"notices"`
}

// fileNotice is what there is to know of a file that was taken.
type fileNotice struct {
	File   string `json:"file"`
	Notice string `json:"notice"`
}

func noticesOf(report *source.Report) []fileNotice {
	all := []fileNotice{}
	for _, f := range report.Files {
		for _, n := range f.Notices {
			all = append(all, fileNotice{f.File, n})
		}
	}
	return all
}

func (a *app) ingest(ctx context.Context, name string, said kindOptions, paths []string) (err error) {
	format, err := a.format("table", "json")
	if err != nil {
		return err
	}
	if err := anyThere(paths); err != nil {
		return err
	}
	db, err := a.createDB(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	said.own.Register = func(ctx context.Context) (csvfile.Register, error) { return snapshot.NewRegister(ctx, db) }
	kind, err := kindNamed(name, said)
	if err != nil {
		return err
	}
	pace := pace{started: a.now()}
	report, err := a.take(ctx, db, kind, paths)
	pace.stored, pace.bytes = a.now(), report.Bytes
	a.tell(&report)
	if err != nil {
		if n := report.Taken + report.Unchanged; n > 0 {
			a.out.note("%s %s taken and stay; the same command goes on from there", counted(n, "file"), was(n))
		}
		return err
	}
	if pace.companies, err = a.refresh(ctx, db); err != nil {
		return err
	}
	if pace.standardised = a.now(); pace.worthTelling() {
		a.out.note("%s", pace)
	}
	err = a.out.deliver(a.flags.file, func(w io.Writer) error {
		if format == "json" {
			return screener.WriteJSON(w, ingested{kind.Name, db.Path(), report.Batch, report.Taken, report.Unchanged,
				report.Rows, report.New, report.Disagreed, len(report.Ignored), append([]source.FileReject{}, report.Rejected...),
				pace.bytes, pace.storing().Seconds(), pace.standardising().Seconds(), noticesOf(&report)})
		}
		_, err := fmt.Fprintf(w, "%s: %s\n", kind.Name, summary(&report))
		return err
	})
	if err == nil && !report.Clean() {
		return &failure{exitPartly, errors.New("some input was left out, as listed above"), ""}
	}
	return err
}

// anyThere refuses paths of which none leads anywhere: then nothing is done, and
// no database is made. One that is not there beside others is left out and told.
func anyThere(paths []string) error {
	for _, p := range paths {
		if _, err := os.Stat(p); !errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	return &failure{exitFailed, fmt.Errorf("%s: there is no such file or folder", strings.Join(paths, ", ")), ""}
}

// take stores the files of one kind. What it reports is on the disk.
func (a *app) take(ctx context.Context, db *store.DB, kind source.Kind, paths []string) (source.Report, error) {
	show, done := a.progress("ingest " + kind.Name)
	defer done()
	now := a.now()
	report, err := source.Ingest(ctx, db, kind, paths, source.Options{StartedAt: now.UTC().Format(time.RFC3339), Now: now, Today: fundamentals.DateOf(now), Progress: show})
	return report, errors.Join(err, db.Sync())
}

// tell names on stderr what an ingest left out, and what it took for granted.
func (a *app) tell(report *source.Report) {
	for _, r := range report.Rejected {
		a.out.warn("%s: left out: %s", r.File, r.Why)
	}
	for _, f := range report.Files {
		for _, n := range f.Notices {
			a.out.note("%s: %s", f.File, n)
		}
		for _, r := range f.Rejected.List {
			a.out.warn("%s: %s left out: %s", f.File, r.Where, r.Why)
		}
		if more := f.Rejected.Count - len(f.Rejected.List); more > 0 {
			a.out.warn("%s: and %s left out", f.File, counted(more, "more row"))
		}
	}
	switch n := len(report.Ignored); n {
	case 0:
	case 1:
		a.out.note("1 file of another kind was passed over: %s", report.Ignored[0])
	default:
		a.out.note("%d files of other kinds were passed over, such as %s", n, report.Ignored[0])
	}
}

// createDB opens the database, making it and its default folder if need be.
func (a *app) createDB(ctx context.Context) (*store.DB, error) {
	if a.unread != nil {
		return nil, a.unread
	}
	if a.settings.DB == defaultDB() {
		if err := os.MkdirAll(filepath.Dir(a.settings.DB), 0o755); err != nil {
			return nil, err
		}
	}
	return store.Open(ctx, a.settings.DB)
}
