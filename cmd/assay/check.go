package main

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"assay/fundamentals/snapshot"
	"assay/screener"
	"assay/screener/screenfile"
)

// checked is what check says of one file, for --format json.
type checked struct {
	File     string    `json:"file"`
	OK       bool      `json:"ok"`
	Problems []problem `json:"problems"`
	Warnings []problem `json:"warnings,omitempty"`
	Notices  []string  `json:"notices"`
	told     screenfile.Problems
	read     []string // the files that were read
}

type problem struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Width   int    `json:"width"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

// checkCall is what a call of check asks for.
type checkCall struct {
	watch, strict bool
	data          bool // hold the screens against the database too
}

func (a *app) checkCommand() *cobra.Command {
	var call checkCall
	cmd := &cobra.Command{
		Use:   "check FILE...",
		Short: "Find all mistakes of screen files",
		Long: `Check reads screen files and reports every mistake with its line, its cause and
the likely fix. Of a file without mistakes it tells what is hardly meant: a
condition that can never hold, a let that nothing uses, a channel or a refresh that
the configuration lacks ("assay help lint"). A comment "assay:ignore L001" on the line
says that it is meant.

It needs no database, but for the names of your own columns. Where --db names one,
the screens are held against its companies too. FILE may be a folder, a pattern, or - for standard input. The exit
status is 4 if a file has mistakes, with --strict also if it has warnings.`,
		Example: `  assay check my-screen.yaml
  assay check screens/ --strict
  assay check my-screen.yaml --db assay.db --as-of 2024-03-08
  assay check my-screen.yaml --watch`,
		Args: atLeast("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := a.format("table", "json")
			if err != nil {
				return err
			}
			call.data = cmd.Flags().Lookup("db").Changed
			if a.flags.asOf != "" && !call.data {
				return meansNothing("as-of", "check without --db", "--db names the database whose companies the screens are held against")
			}
			if call.watch {
				return a.watch(cmd.Context(), everyTick(), args, func() ([]string, error) {
					all, err := a.checkFiles(cmd.Context(), cmd.InOrStdin(), args, call)
					if err != nil {
						return nil, err
					}
					return filesOf(all), a.reportChecks(format, all, call.strict)
				})
			}
			all, err := a.checkFiles(cmd.Context(), cmd.InOrStdin(), args, call)
			if err != nil {
				return err
			}
			return a.reportChecks(format, all, call.strict)
		},
	}
	cmd.Flags().BoolVar(&call.watch, "watch", false, "check again whenever a file changes, until Ctrl-C")
	cmd.Flags().BoolVar(&call.strict, "strict", false, "warnings count as mistakes")
	return cmd
}

func filesOf(all []checked) (files []string) {
	for _, c := range all {
		files = append(files, c.read...)
	}
	return files
}

func (a *app) checkFiles(ctx context.Context, stdin io.Reader, args []string, call checkCall) ([]checked, error) {
	names, err := screenFiles(args)
	if err != nil {
		return nil, err
	}
	all := []checked{}
	for _, name := range names {
		c, err := a.checkFile(ctx, stdin, name, call)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

func (a *app) checkFile(ctx context.Context, stdin io.Reader, name string, call checkCall) (checked, error) {
	if text, ok := suiteText(name); ok {
		return a.checkSuite(ctx, name, text)
	}
	file, text, err := name, []byte(nil), error(nil)
	if name == "-" {
		text, err = readFile(stdin, name)
	} else {
		file, text, err = screenText(name)
	}
	if err != nil {
		return checked{}, err
	}
	var found *screenfile.Checked
	_, _ = a.understand(ctx, shippedTags(), func(l screenfile.Language) screenfile.Problems {
		found = l.Check(file, text)
		return found.Problems
	})
	found.Warnings = append(found.Warnings, found.Configuration(screenfile.Configured{
		Channels: sortedKeys(a.settings.Channels), Refreshes: sortedKeys(a.settings.Refresh),
	})...)
	var lacks []string
	if found.Screen != nil {
		lacks = a.lackedTags(ctx, found.Screen)
	}
	if call.data && found.Screen != nil && lacks == nil {
		err := a.withTable(ctx, found.Screen.Stale, func(table *snapshot.Table) error {
			more, err := found.Data(ctx, table)
			found.Warnings = append(found.Warnings, more...)
			return err
		})
		if err != nil {
			return checked{}, err
		}
	}
	c := checked{File: name, OK: len(found.Problems) == 0, Problems: problemsOf(found.Problems), Warnings: problemsOf(found.Warnings), Notices: []string{}, read: append([]string{name}, found.Files...)}
	if found.Screen != nil {
		c.Notices = append(c.Notices, found.Screen.Notices...)
	}
	if lacks != nil {
		c.Notices = append(c.Notices, "it asks for tags of yours, and the database has no row of: "+strings.Join(lacks, ", "))
	}
	c.told = append(found.Problems, found.Warnings...)
	return c, nil
}

// checkSuite checks a file of tests, with the screen that it is about.
func (a *app) checkSuite(ctx context.Context, name string, text []byte) (checked, error) {
	c := checked{File: name, OK: true, Problems: []problem{}, Notices: []string{}, read: []string{name, suiteScreen(name, text)}}
	_, err := a.suiteOf(ctx, name, text)
	if problems, ok := errors.AsType[screenfile.Problems](err); ok && len(problems) > 0 {
		c.OK, c.told, c.Problems = false, problems, problemsOf(problems)
		return c, nil
	}
	return c, err
}

func problemsOf(problems screenfile.Problems) []problem {
	out := []problem{}
	for _, p := range problems {
		out = append(out, problem{p.File, p.Line, p.Col, p.Width, p.Code, p.Msg, p.Hint})
	}
	return out
}

// reportChecks tells of mistakes and warnings on stderr, as every verb does, and
// of sound files on stdout.
func (a *app) reportChecks(format string, all []checked, strict bool) error {
	failed := false
	for _, c := range all {
		failed = failed || !c.OK || strict && len(c.Warnings) > 0
		if format != "json" && len(c.told) > 0 {
			a.out.fail(c.told)
		}
	}
	err := a.out.deliver(a.flags.file, func(w io.Writer) error {
		if format == "json" {
			return screener.WriteJSON(w, all)
		}
		for _, c := range all {
			if !c.OK {
				continue
			}
			said := c.File + ": ok"
			if n := len(c.Warnings); n > 0 {
				said += ", with " + plural(n, "warning")
			}
			if _, err := io.WriteString(w, said+"\n"); err != nil {
				return err
			}
			for _, n := range c.Notices {
				if _, err := io.WriteString(w, "  note: "+n+"\n"); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err == nil && failed {
		return &failure{exitCheck, errTold, ""}
	}
	return err
}
