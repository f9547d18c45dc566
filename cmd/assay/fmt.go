package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"assay/screener/screenfile"
)

func (a *app) fmtCommand() *cobra.Command {
	var diff, write bool
	cmd := &cobra.Command{
		Use:   "fmt FILE...",
		Short: "Write screen files in the one canonical way",
		Long: `Fmt puts keys in their usual order, sets blocks in by two blanks, spaces and
aligns expressions, breaks long ones, and takes out quotes that nobody needs.
Comments, the order of names and what the file says stay. It prints the result;
a file - is standard input. A file with mistakes is reported and not touched.

With -d the exit status is 4 if a file would change.`,
		Example: `  assay fmt -d my-screen.yaml
  assay fmt -w screens/`,
		Args: atLeast("FILE"),

		Annotations: idle{"as-of": "", "format": "a screen file has one form"},

		RunE: func(cmd *cobra.Command, args []string) error {
			if diff && write {
				return usage("", "-d and -w contradict each other")
			}
			if write && a.flags.file != "" {
				return meansNothing("output", "fmt -w", "-w writes into the file itself")
			}
			return a.fmt(cmd.Context(), cmd.InOrStdin(), args, diff, write)
		},
	}
	cmd.Flags().BoolVarP(&diff, "diff", "d", false, "show what would change, and change nothing")
	cmd.Flags().BoolVarP(&write, "write", "w", false, "write the result into the file")
	return cmd
}

func (a *app) fmt(ctx context.Context, stdin io.Reader, args []string, diff, write bool) error {
	files, err := screenFiles(args)
	if err != nil {
		return err
	}
	var all bytes.Buffer
	var problems screenfile.Problems
	changed := false
	for _, file := range files {
		before, err := readFile(stdin, file)
		if err != nil {
			return err
		}
		var after []byte
		_, told := a.understand(ctx, shippedTags(), func(l screenfile.Language) (told screenfile.Problems) {
			after, told, err = l.Format(file, before)
			return told
		})
		switch {
		case err != nil:
			return &failure{exitFailed, err, ""}
		case len(told) > 0:
			problems = append(problems, told...)
			continue
		case !diff && !write:
			all.Write(after)
			continue
		case bytes.Equal(before, after):
			continue
		}
		changed = true
		if diff {
			all.WriteString(lineDiff(file, string(before), string(after)))
			continue
		}
		if err := a.rewrite(file, after); err != nil {
			return err
		}
	}
	if err := a.out.deliver(a.flags.file, func(w io.Writer) error { _, err := w.Write(all.Bytes()); return err }); err != nil {
		return err
	}
	switch {
	case len(problems) > 0:
		return problems
	case diff && changed:
		return &failure{exitCheck, errTold, ""}
	}
	return nil
}

// readFile reads a file, or standard input where it is named -.
func readFile(stdin io.Reader, file string) (text []byte, err error) {
	if file == "-" {
		text, err = io.ReadAll(io.LimitReader(stdin, screenfile.TooLarge))
	} else {
		text, err = readStart(file)
	}
	if errors.Is(err, os.ErrNotExist) {
		return nil, usage("", "there is no file %s", file)
	}
	if err != nil {
		return nil, &failure{exitUsage, fmt.Errorf("read screen: %w", err), ""}
	}
	return text, nil
}

// rewrite replaces a file, which keeps its permissions, whole or not at all.
func (a *app) rewrite(file string, text []byte) error {
	if file == "-" {
		return usage("leave -w out, and it is printed", "standard input cannot be written to")
	}
	target, err := filepath.EvalSymlinks(file) // a link stays one
	if err != nil {
		return err
	}
	at, err := os.Stat(target)
	if err != nil {
		return err
	}
	if err := renameio.WriteFile(target, text, at.Mode().Perm(), renameio.IgnoreUmask()); err != nil {
		return fmt.Errorf("write %s: %w", file, plainPath(err))
	}
	a.out.note("formatted %s", file)
	return nil
}
