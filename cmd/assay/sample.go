package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"assay/fundamentals/source/sample"
)

func (a *app) sampleCommand() *cobra.Command {
	var dir string
	var notes bool
	opts := sample.Options{}
	cmd := &cobra.Command{
		Use:   "sample",
		Short: "Invent companies by the thousand, as files that ingest reads",
		Long: `Sample writes the files of as many invented companies as you like: facts in the
shape of EDGAR's companyfacts, a list of securities with SIC codes and exchanges,
splits, and daily prices as traded. Use it to see how long a job takes at a size,
or to try a screen where nothing is real.

The companies have what real files have: quarterly and annual reports, fiscal years
that end in any month or are counted in weeks, tags that change their names, reports
that are filed again and numbers that are restated, items that are left out,
companies that come and go, splits, second classes of shares, and now and then a slip
of a thousand. One in six is a bank, an insurer or a real estate trust.

The same number of companies, years and seed gives the same bytes. The folder must be
new or empty, and appears when all is written; ctrl-C leaves nothing behind.`,
		Example: `  assay sample --companies 500 --years 10
  assay sample --companies 6000 --years 16 --seed 7 --dir large`,
		Args: exactly(),

		Annotations: idle{"as-of": "the sample ends on " + sample.AsOf.String(), "output": "--dir names the folder"},

		RunE: func(cmd *cobra.Command, _ []string) error {
			format, err := a.format("table", "json")
			if err != nil {
				return err
			}
			opts.WithoutNotes = !notes
			return a.sample(cmd.Context(), dir, opts, format)
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "invented", "write into `FOLDER`, new or empty")
	cmd.Flags().IntVar(&opts.Companies, "companies", 100, "how many `COMPANIES`")
	cmd.Flags().IntVar(&opts.Years, "years", 10, "how many `YEARS` of reports and prices, up to "+sample.AsOf.String())
	cmd.Flags().Uint64Var(&opts.Seed, "seed", 1, "which invention: another `NUMBER` gives other companies")
	cmd.Flags().BoolVar(&notes, "notes", true, "with the facts of the notes, more than half of all, which no metric reads")
	return cmd
}

func (a *app) sample(ctx context.Context, dir string, opts sample.Options, format string) error {
	switch {
	case dir == "":
		return usage("for example --dir invented", "--dir names no folder")
	case opts.Companies < 1 || opts.Companies > sample.MaxCompanies:
		return usage("", "--companies %d: 1 to %d can be made", opts.Companies, sample.MaxCompanies)
	case opts.Years < sample.MinYears || opts.Years > sample.MaxYears:
		return usage("", "--years %d: %d to %d can be made", opts.Years, sample.MinYears, sample.MaxYears)
	}
	show, done := a.progressCount("invent")
	files, err := sample.Generate(ctx, dir, opts, show)
	done()
	if info, wrong := os.Stat(dir); err != nil && wrong == nil && !info.IsDir() {
		return &failure{exitFailed, fmt.Errorf("%s is a file", dir), "name a folder that is new or empty"}
	}
	if errors.Is(err, sample.ErrNotEmpty) {
		return &failure{exitFailed, fmt.Errorf("%s has files in it, and nothing of yours is written over", dir), "name a folder that is new or empty"}
	}
	if err != nil {
		return err
	}
	a.toldSample(files, opts, dir)
	return a.out.object(format, invented{dir, files.Companies, opts.Years, opts.Seed, sample.AsOf.String(), files.CompanyFacts, files.Securities, files.Splits, files.Prices})
}

// invented is what was made, for --format json.
type invented struct {
	Folder       string `json:"folder"`
	Companies    int    `json:"companies"`
	Years        int    `json:"years"`
	Seed         uint64 `json:"seed"`
	AsOf         string `json:"as_of"` // the last day
	Companyfacts string `json:"companyfacts"`
	Securities   string `json:"securities"`
	Splits       string `json:"splits"`
	Prices       string `json:"prices"` // as traded: ingest prices --basis raw
}

// toldSample says what was made, and what to type next.
func (a *app) toldSample(files sample.Files, opts sample.Options, dir string) {
	a.out.note("made %d invented companies of %d years in %s, seed %d. What to type next:", files.Companies, opts.Years, dir, opts.Seed)
	for _, part := range []struct{ kind, path, more string }{
		{"companyfacts", files.CompanyFacts, ""}, {"securities", files.Securities, ""}, {"splits", files.Splits, ""}, {"prices", files.Prices, " --basis raw"},
	} {
		a.out.note("  %s ingest %s %s%s --db sample.db", a.program, part.kind, part.path, part.more)
	}
	a.out.note("  %s run quality-small-cap --as-of %s --db sample.db", a.program, sample.AsOf)
}
