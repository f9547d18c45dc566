package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"assay/fundamentals/metric"
	"assay/rules"
	"assay/rules/funcs"
	"assay/screener"
	"assay/screener/library"
	"assay/screener/screenfile"
)

// readScreen reads the screen that the user names: a file, or else one that
// ships with the program.
func (a *app) readScreen(ctx context.Context, name string) (*screener.Screen, error) {
	file, text, err := screenText(name)
	if err != nil {
		return nil, err
	}
	return a.parseScreen(ctx, file, text)
}

// readScreen reads a screen by the names of the catalogue alone.
func readScreen(name string) (*screener.Screen, error) {
	file, text, err := screenText(name)
	if err != nil {
		return nil, err
	}
	screen, problems := language().Parse(file, text)
	if len(problems) > 0 {
		return nil, problems
	}
	return screen, nil
}

// language is what the words of screen files mean, by the catalogue alone.
func language() screenfile.Language { return languageOf(metric.Env()) }

// languageOf is what the words of screen files mean where columns are those of
// env.
func languageOf(env rules.Env) screenfile.Language {
	return screenfile.Language{Env: env, Funcs: funcs.All(), Shipped: func(name string) (string, []byte, bool) {
		e, ok := library.Open(name)
		return e.File, e.Text, ok
	}}
}

// screenText returns the text of a screen and what to call it in messages.
func screenText(name string) (file string, text []byte, err error) {
	looksLikeFile := strings.ContainsAny(name, `/\`) || filepath.Ext(name) != ""
	if !looksLikeFile {
		if e, ok := library.Open(name); ok {
			return e.File, e.Text, nil
		}
	}
	text, err = os.ReadFile(name)
	switch {
	case err == nil:
		return name, text, nil
	case errors.Is(err, fs.ErrNotExist) && looksLikeFile:
		return "", nil, usage("", "there is no file %s", name)
	case errors.Is(err, fs.ErrNotExist):
		var names []string
		for _, e := range library.List() {
			names = append(names, e.Name)
		}
		hint := didYouMean(name, names, `"assay run --list" lists the screens that ship; a file's name ends in .yaml`)
		return "", nil, usage(hint, "there is no screen %q", name)
	}
	return "", nil, &failure{exitUsage, fmt.Errorf("read screen: %w", err), ""}
}
