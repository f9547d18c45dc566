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

// parseScreen reads the text of a screen.
func (a *app) parseScreen(ctx context.Context, file string, text []byte) (screen *screener.Screen, err error) {
	problems := a.inLanguage(ctx, func(l screenfile.Language) (problems screenfile.Problems) {
		screen, problems = l.Parse(file, text)
		return problems
	})
	if len(problems) > 0 {
		return nil, problems
	}
	return screen, nil
}

// inLanguage reads with the words of the catalogue. The database is only asked
// for the names of the user's columns when there is a name that nobody else knows.
func (a *app) inLanguage(ctx context.Context, read func(screenfile.Language) screenfile.Problems) screenfile.Problems {
	problems := read(language(metric.Env()))
	if slices.ContainsFunc(problems, unknownToCatalogue) {
		if own, env := a.names(ctx); len(own) > 0 {
			problems = read(language(env))
		}
		a.hintOwn(problems)
	}
	return problems
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
