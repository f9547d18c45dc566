package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
	"assay/screener"
)

// openDB opens the database for a verb that only reads.
func (a *app) openDB(ctx context.Context) (*store.DB, error) {
	db, err := store.OpenExisting(ctx, a.settings.DB)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &failure{exitFailed, fmt.Errorf("there is no database %s", a.settings.DB),
			"\"" + a.program + " demo --keep sample\" makes one of invented companies,\n\"" +
				a.program + " ingest KIND PATH...\" one of your files; --db FILE names another"}
	}
	return db, err
}

// withTable opens the database and the table of all companies on the day that
// the user asks about, and keeps what was computed for the next time.
func (a *app) withTable(ctx context.Context, stale screener.Stale, do func(*snapshot.Table) error) (err error) {
	asOf, err := a.asOf()
	if err != nil {
		return err
	}
	db, err := a.openDB(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	table, err := openTable(ctx, db, asOf, stale)
	if err != nil {
		return err
	}
	if table.Rows() == 0 {
		return &failure{exitFailed, fmt.Errorf("the database %s knows no company with a statement on %s", db.Path(), asOf),
			"is it an earlier day than its first filing? \"" + a.program + " help ingest\" says what it needs"}
	}
	if err := do(table); err != nil {
		return err
	}
	return table.Save(ctx)
}

func openTable(ctx context.Context, db *store.DB, asOf fundamentals.Date, stale screener.Stale) (*snapshot.Table, error) {
	return snapshot.Open(ctx, db, asOf, snapshot.Options{StatementDays: stale.Statement, PriceDays: stale.Price})
}

// options says what a run depends on besides table and screen.
func options(screen *screener.Screen) screener.Options {
	return screener.Options{Catalogue: snapshot.Catalogue(), Program: version, Stale: screen.Stale}
}

// version is part of a run's identity: it changes with what a run computes.
const version = "1"

// refresh brings the standard line items beside the facts up to date.
func (a *app) refresh(ctx context.Context, db *store.DB) error {
	show, done := a.progressCount("standardise")
	defer done()
	return snapshot.Refresh(ctx, db, show)
}
