package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"assay/fundamentals"
	"assay/fundamentals/source/fetch"
	"assay/screener"
)

// fetchQuery is what the flags of the verb say.
type fetchQuery struct {
	bulk    bool
	tickers []string
	ciks    []string
}

func (a *app) fetchCommand() *cobra.Command {
	var q fetchQuery
	c := &cobra.Command{
		Use:   "fetch edgar",
		Short: "Bring files from EDGAR to a folder",
		Long: `Fetch brings what companies filed, as EDGAR has it, to the folder that -o names:
with --bulk the nightly archives of all companies (companyfacts.zip and
submissions.zip, more than a gigabyte each), else the files of those named. What
has not changed since the last call is not brought again, and an archive that was
cut off goes on where it stopped. At most ten requests are made in a second.

EDGAR wants to know who asks: set contact in the configuration, or ASSAY_CONTACT,
to your name and mail address.`,
		Example: `  assay fetch edgar --bulk -o edgar
  assay fetch edgar --ticker COHU --cik 320193 -o edgar
  assay ingest companyfacts edgar/companyfacts`,

		Annotations: idle{"as-of": "EDGAR gives what it has today; the verbs that read the database take a day"},

		Args: func(cmd *cobra.Command, args []string) error { // which a refresh checks before it is due
			if err := exactly("edgar")(cmd, args); err != nil {
				return err
			}
			named := len(q.tickers)+len(q.ciks) > 0
			switch {
			case args[0] != "edgar":
				return usage("it knows edgar", "there is no source %q to fetch from", args[0])
			case a.flags.file == "":
				return usage("for example -o edgar", "-o FOLDER is missing")
			case q.bulk == named:
				return usage("usage: "+cmd.UseLine(), "give either --bulk or --ticker and --cik")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return a.fetch(cmd, q) },
	}
	c.Flags().BoolVar(&q.bulk, "bulk", false, "the nightly archives of all companies")
	c.Flags().StringSliceVar(&q.tickers, "ticker", nil, "the files of the company with the `TICKER`; may be given again")
	c.Flags().StringSliceVar(&q.ciks, "cik", nil, "the files of the company with the `CIK`; may be given again")
	return c
}

func (a *app) fetch(cmd *cobra.Command, q fetchQuery) error {
	format := cmp.Or(a.settings.Format, "table")
	if format != "table" && format != "json" { // the ending of the folder says nothing
		return usage("the formats here are table, json", "no format %q for this verb", format)
	}
	if a.settings.Contact == "" {
		return usage("set contact: Ann Example ann@example.com in the configuration, or ASSAY_CONTACT", "EDGAR wants to know who asks, and no contact is set")
	}
	var ciks []fundamentals.CIK
	for _, text := range q.ciks {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 1 || n > 9_999_999_999 {
			return usage("a CIK is a number, such as 320193", "there is no CIK %q", text)
		}
		ciks = append(ciks, fundamentals.CIK(n))
	}
	o := a.edgar
	show, wipe, done := a.progressOf()
	o.Now, o.Progress = a.now, show
	o.Note = func(format string, args ...any) {
		wipe()
		a.out.note(format, args...)
	}
	client, err := fetch.Edgar(a.settings.Contact, o)
	if err != nil {
		return &failure{exitUsage, err, ""}
	}
	var files []fetch.File
	if q.bulk {
		files, err = client.Bulk(cmd.Context(), a.flags.file)
	} else {
		files, err = a.fetchCompanies(cmd, client, ciks, q.tickers)
	}
	done()
	return a.fetched(format, files, err)
}

func (a *app) fetchCompanies(cmd *cobra.Command, client *fetch.Client, ciks []fundamentals.CIK, tickers []string) (all []fetch.File, failed error) {
	if len(tickers) > 0 {
		whose, err := client.Tickers(cmd.Context(), a.flags.file)
		if err != nil {
			return nil, err
		}
		for _, t := range tickers {
			cik, ok := whose[strings.ToUpper(t)]
			if !ok {
				return nil, &failure{exitFailed, fmt.Errorf("EDGAR's list has no ticker %q", t), "a company that is listed no more is found by its CIK: --cik"}
			}
			ciks = append(ciks, cik)
		}
	}
	for _, cik := range ciks {
		files, err := client.Company(cmd.Context(), cik, a.flags.file)
		all, failed = append(all, files...), errors.Join(failed, err)
		if cmd.Context().Err() != nil || err != nil && !errors.Is(err, fetch.ErrNotFound) {
			break // who is refused does not go on asking
		}
	}
	return all, failed
}

// fetchedFile is a file that was asked for, for --format json.
type fetchedFile struct {
	Path string `json:"path"`
	New  bool   `json:"new"` // false: it has not changed
}

// fetched tells what was brought; some of it is better than nothing. -o names the
// folder, so the result goes to stdout.
func (a *app) fetched(format string, files []fetch.File, err error) error {
	told := a.out.deliver("", func(w io.Writer) error {
		if format == "json" {
			list := []fetchedFile{}
			for _, f := range files {
				list = append(list, fetchedFile(f))
			}
			return screener.WriteJSON(w, list)
		}
		for _, f := range files {
			text := "has not changed"
			if f.New {
				text = "brought"
			}
			if _, err := fmt.Fprintf(w, "%s: %s\n", f.Path, text); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil && len(files) > 0 {
		return &failure{exitPartly, errors.Join(err, told), ""}
	}
	return errors.Join(err, told)
}
