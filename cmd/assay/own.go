package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/metric"
	"assay/fundamentals/store"
	"assay/rules"
	"assay/screener"
	"assay/screener/screenfile"
)

// ownColumns lists the columns that the user brought; none where there is no
// database.
func (a *app) ownColumns(ctx context.Context) (list []fundamentals.UserColumn, err error) {
	err = a.ifThere(ctx, func(db *store.DB) error {
		list, err = db.UserColumns(ctx, 0)
		return err
	})
	return list, err
}

// ifThere opens the database for what can do without one.
func (a *app) ifThere(ctx context.Context, do func(*store.DB) error) (err error) {
	if a.unread != nil {
		return a.unread
	}
	db, err := store.OpenExisting(ctx, a.settings.DB)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return do(db)
}

// ownSource tells which files say what a column of the user's holds, and of when.
func (a *app) ownSource(ctx context.Context, c fundamentals.UserColumn) (text string, err error) {
	err = a.ifThere(ctx, func(db *store.DB) error {
		words, err := db.UserValues(ctx, c, endOfTime, 0)
		if err != nil || len(words) == 0 {
			return err
		}
		first, last, files := words[0].KnownOn, words[0].KnownOn, map[string]bool{}
		for _, w := range words {
			first, last, files[w.File] = min(first, w.KnownOn), max(last, w.KnownOn), true
		}
		when := fmt.Sprintf("known from %s to %s", first, last)
		if first == last {
			when = fmt.Sprintf("known on %s", first)
		}
		text = fmt.Sprintf("%s in %s, %s", counted(len(words), "value"), strings.Join(slices.Sorted(maps.Keys(files)), ", "), when)
		return nil
	})
	return text, err
}

// endOfTime is a day after all that anybody knows.
const endOfTime = fundamentals.Date(1 << 30)

// names is what rules can name: the catalogue, and the user's own columns. Where
// they cannot be read the catalogue does, and the user is told.
func (a *app) names(ctx context.Context) (own []fundamentals.UserColumn, env rules.Env) {
	own, err := a.ownColumns(ctx)
	if err != nil {
		a.out.note("the names of your own columns could not be read: %s", strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	return own, metric.EnvWith(own)
}

// parseScreen reads the text of a screen that is to be run.
func (a *app) parseScreen(ctx context.Context, file string, text []byte) (screen *screener.Screen, err error) {
	read := func(l screenfile.Language) (told screenfile.Problems) {
		screen, told = l.Parse(file, text)
		return told
	}
	_, problems := a.understand(ctx, nil, read)
	if len(problems) == 0 {
		return screen, nil
	}
	if slices.ContainsFunc(problems, unknownToCatalogue) {
		if _, left := a.understand(ctx, shippedTags(), read); len(left) == 0 {
			return nil, a.untagged(ctx, screen)
		}
	}
	return nil, problems
}

// lackedTags lists the tags that a screen asks for and that the user has not
// brought.
func (a *app) lackedTags(ctx context.Context, screen *screener.Screen) (lacks []string) {
	names := screen.Names()
	for _, tag := range shippedTags() {
		if !slices.Contains(names, tag.Name) {
			continue
		}
		own, _ := a.names(ctx)
		if !slices.ContainsFunc(own, func(o fundamentals.UserColumn) bool { return o.Name == tag.Name }) {
			lacks = append(lacks, tag.Name)
		}
	}
	return lacks
}

// untagged says that a screen asks for a tag of which the database has no row.
func (a *app) untagged(ctx context.Context, screen *screener.Screen) error {
	return &failure{exitFailed, fmt.Errorf("%s asks for tags of yours, and the database %s has no row of: %s", screen.Name, a.settings.DB, strings.Join(a.lackedTags(ctx, screen), ", ")),
		"write a file with the columns ticker, tag and from, and read it by \"" + a.program + " ingest tags FILE\"; \"" + a.program + " help ingest\" tells more"}
}

// understand reads a text with the names of the catalogue. The database is only
// asked for those of the user's columns when the text has a name that nobody else
// knows; expected are columns that the user may bring yet. It returns what the
// names mean.
func (a *app) understand(ctx context.Context, expected []fundamentals.UserColumn, read func(screenfile.Language) screenfile.Problems) (env rules.Env, problems screenfile.Problems) {
	env = metric.Env()
	problems = read(language(env))
	if !slices.ContainsFunc(problems, unknownToCatalogue) {
		return env, problems
	}
	own, _ := a.names(ctx)
	for _, c := range expected {
		if !slices.ContainsFunc(own, func(o fundamentals.UserColumn) bool { return o.Name == c.Name }) {
			own = append(own, c)
		}
	}
	if len(own) > 0 {
		env = metric.EnvWith(own)
		problems = read(language(env))
	}
	a.hintOwn(problems)
	return env, problems
}

// The codes of names that nobody knows: in an expression, and in a test.
const (
	codeUnknownName  = "E012"
	codeUnknownGiven = "E120"
)

func unknownToCatalogue(p *screenfile.Problem) bool {
	return p.Code == codeUnknownName || p.Code == codeUnknownGiven
}

// hintOwn says once where columns of one's own come from, beside a name that is
// like no other.
func (a *app) hintOwn(problems screenfile.Problems) {
	i := slices.IndexFunc(problems, func(p *screenfile.Problem) bool {
		return unknownToCatalogue(p) && !strings.Contains(p.Hint, "did you mean")
	})
	if i >= 0 {
		problems[i].Hint += fmt.Sprintf("\na column or tag of your own? `assay ingest columns` or `assay ingest tags` adds it to the database, %s (--db)", a.settings.DB)
	}
}
