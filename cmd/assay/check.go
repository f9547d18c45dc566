package main

import (
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"assay/screener"
	"assay/screener/screenfile"
)

// checked is what check says of one file, for --format json.
type checked struct {
	File     string    `json:"file"`
	OK       bool      `json:"ok"`
	Problems []problem `json:"problems"`
	Notices  []string  `json:"notices"`
	told     error
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

func (a *app) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE...",
		Short: "Find all mistakes of screen files",
		Long: `Check reads screen files and reports every mistake with its line, its cause and
the likely fix. It needs no database, but for the names of your own columns. The
exit status is 4 if a file has mistakes.`,
		Example: `  assay check my-screen.yaml`,
		Args:    atLeast("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := a.format("table", "json")
			if err != nil {
				return err
			}
			all, err := a.checkFiles(cmd.Context(), args)
			if err != nil {
				return err
			}
			return a.reportChecks(format, all)
		},
	}
}

func (a *app) checkFiles(ctx context.Context, names []string) ([]checked, error) {
	var all []checked
	for _, name := range names {
		screen, err := a.readScreen(ctx, name)
		c := checked{File: name, OK: err == nil, Problems: []problem{}, Notices: []string{}}
		problems, broken := errors.AsType[screenfile.Problems](err)
		switch {
		case broken:
			c.told = err
			for _, p := range problems {
				c.Problems = append(c.Problems, problem{p.File, p.Line, p.Col, p.Width, p.Code, p.Msg, p.Hint})
			}
		case err != nil:
			return nil, err
		default:
			c.Notices = append(c.Notices, screen.Notices...)
		}
		all = append(all, c)
	}
	return all, nil
}

// reportChecks tells of mistakes on stderr, as every verb does, and of sound
// files on stdout.
func (a *app) reportChecks(format string, all []checked) error {
	failed := false
	for _, c := range all {
		failed = failed || !c.OK
		if format != "json" && !c.OK {
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
			if _, err := io.WriteString(w, c.File+": ok\n"); err != nil {
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
