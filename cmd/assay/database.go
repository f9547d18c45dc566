package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strings"
	"sync"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
	"assay/rules"
	"assay/screener"
)

// openDB opens the database for a verb that only reads.
func (a *app) openDB(ctx context.Context) (*store.DB, error) {
	if a.unread != nil {
		return nil, a.unread
	}
	db, err := store.OpenExisting(ctx, a.settings.DB)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &failure{exitFailed, fmt.Errorf("there is no database %s", a.settings.DB),
			"\"" + a.program + " demo --keep sample\" makes one of invented companies,\n\"" +
				a.program + " ingest KIND PATH...\" one of your files; --db FILE names another"}
	}
	return db, err
}

// withDB opens the database for a verb that reads it and no table.
func (a *app) withDB(ctx context.Context, do func(*store.DB) error) error {
	return withOpened(func() (*store.DB, error) { return a.openDB(ctx) }, do)
}

// withOpened closes what open opens when do is done.
func withOpened(open func() (*store.DB, error), do func(*store.DB) error) (err error) {
	db, err := open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return do(db)
}

// openAhead opens the database, and names the catalogue, while the caller does
// something else; what it returns waits for the database.
func (a *app) openAhead(ctx context.Context) func() (*store.DB, error) {
	open := sync.OnceValues(func() (*store.DB, error) { return a.openDB(ctx) })
	go func() {
		_, _ = open() // what is wrong is told to who waits
		snapshot.Catalogue()
	}()
	return open
}

// withTable opens the database and the table of all companies on the day that
// the user asks about, and keeps what was computed for the next time. A day on
// which no company is known is an error.
func (a *app) withTable(ctx context.Context, stale screener.Stale, do func(*snapshot.Table) error) error {
	return a.withAnyTable(ctx, stale, func(table *snapshot.Table) error {
		if table.Rows() > 0 {
			return do(table)
		}
		text, hint := a.nobody(table)
		return &failure{exitFailed, errors.New(text), hint}
	})
}

// nobody words that no company is known on the table's day.
func (a *app) nobody(table *snapshot.Table) (text, hint string) {
	return fmt.Sprintf("the database %s knows no company with a statement on %s", a.settings.DB, table.AsOf()),
		"is it an earlier day than its first filing? \"" + a.program + " help ingest\" says what it needs"
}

// withAnyTable is withTable for those who can do with no company too.
func (a *app) withAnyTable(ctx context.Context, stale screener.Stale, do func(*snapshot.Table) error) error {
	asOf, err := a.asOf()
	if err != nil {
		return err
	}
	return a.withDB(ctx, func(db *store.DB) error { return a.tableOf(ctx, db, asOf, stale, nil, do) })
}

// tableOf opens a table of a database for do, which will read those planes as far as
// they are known, and keeps what was computed.
func (a *app) tableOf(ctx context.Context, db *store.DB, asOf fundamentals.Date, stale screener.Stale, reads []rules.Ref, do func(*snapshot.Table) error) error {
	table, err := openTable(ctx, db, asOf, stale, reads...)
	if err != nil {
		return err
	}
	if err := do(table); err != nil {
		return err
	}
	return a.keep(ctx, table)
}

// keep keeps what a table computed. Where that cannot be, as in a database that
// another program holds or that may not be written, the result stands all the
// same: the next run computes it once more.
func (a *app) keep(ctx context.Context, table *snapshot.Table) error {
	if err := table.Save(ctx); err != nil {
		if ctx.Err() != nil {
			return err
		}
		a.noteUnkept(err)
	}
	return nil
}

// noteUnkept tells why nothing is kept for the next run.
func (a *app) noteUnkept(err error) {
	if errors.Is(err, store.ErrNotWritable) {
		err = store.ErrNotWritable
	}
	if !errors.Is(err, snapshot.ErrUnkept) {
		err = fmt.Errorf("%w: %w", snapshot.ErrUnkept, err)
	}
	a.out.note("%s", strings.ReplaceAll(err.Error(), "\n", "; "))
}

func openTable(ctx context.Context, db *store.DB, asOf fundamentals.Date, stale screener.Stale, reads ...rules.Ref) (*snapshot.Table, error) {
	return snapshot.Open(ctx, db, asOf, snapshot.Options{StatementDays: stale.Statement, PriceDays: stale.Price, Reads: reads})
}

// options says what a run depends on besides table, screen and the list before.
func options(screen *screener.Screen) screener.Options {
	return screener.Options{Catalogue: snapshot.Catalogue(), Program: version, Stale: screen.Stale}
}

// version is part of a run's identity: it changes with what a run computes.
const version = "1"

// versionText is what --version prints: the parts of a run's identity that the
// program brings, and what it was built with.
func versionText() string {
	return fmt.Sprintf("assay %s, catalogue %s, %s\n", version, snapshot.Catalogue(), runtime.Version())
}

// refresh brings the standard line items beside the facts up to date. It returns
// of how many companies.
func (a *app) refresh(ctx context.Context, db *store.DB) (companies int, err error) {
	show, done := a.progressCount("standardise")
	defer done()
	err = snapshot.Refresh(ctx, db, func(n, total int) {
		companies = n
		if show != nil {
			show(n, total)
		}
	})
	return companies, err
}
