package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"assay/fundamentals"
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

// language is what the words of screen files mean, with the names of an
// environment.
func language(env rules.Env) screenfile.Language {
	open := func(name string) (string, []byte, bool) {
		e, ok := library.Open(name)
		return e.File, e.Text, ok
	}
	return screenfile.Language{Env: env, Funcs: funcs.All(), Shipped: open, ShippedNames: library.Names()}
}

// readStart reads a file, but no more of it than it takes to see that it is too
// large for a screen.
func readStart(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, screenfile.TooLarge))
}

// shippedTags are the tags that shipped screens expect of the user: a screen can
// be checked and tested before there are any.
func shippedTags() (tags []fundamentals.UserColumn) {
	for _, e := range library.List() {
		for _, tag := range e.Tags {
			tags = append(tags, fundamentals.UserColumn{Name: tag, Unit: fundamentals.TagUnit})
		}
	}
	return tags
}

// screenText returns the text of a screen and what to call it in messages.
func screenText(name string) (file string, text []byte, err error) {
	looksLikeFile := strings.ContainsAny(name, `/\`) || filepath.Ext(name) != ""
	if !looksLikeFile {
		if e, ok := library.Open(name); ok {
			return e.File, e.Text, nil
		}
	}
	text, err = readStart(name)
	switch {
	case err == nil:
		return name, text, nil
	case errors.Is(err, fs.ErrNotExist) && looksLikeFile:
		return "", nil, usage("", "there is no file %s", name)
	case errors.Is(err, fs.ErrNotExist):
		hint := didYouMean(name, library.Names(), `"assay run --list" lists the screens that ship; a file's name ends in .yaml`)
		return "", nil, usage(hint, "there is no screen %q", name)
	}
	return "", nil, &failure{exitUsage, fmt.Errorf("read screen: %w", err), ""}
}
