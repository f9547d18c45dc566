package store

import (
	"context"
	"database/sql"
	"fmt"

	"assay/fundamentals"
)

// UserColumns lists the columns that the user brought, by name.
func (db *DB) UserColumns(ctx context.Context, upTo fundamentals.Batch) (list []fundamentals.UserColumn, err error) {
	err = db.view(ctx, func(tx *sql.Tx) error {
		list, err = query(ctx, tx, func(r *sql.Rows, c *fundamentals.UserColumn) error { return r.Scan(&c.Name, &c.Unit) },
			`SELECT name, unit FROM user_column WHERE batch <= ? ORDER BY name`, limit(upTo))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("the user's columns: %w", err)
	}
	return list, nil
}

// UserWord is a value of the user's, and what brought it.
type UserWord struct {
	fundamentals.UserValue
	File  string
	Batch fundamentals.Batch
}

// UserValues lists the words about one of the user's columns that were known on
// a day: of those that name the company alike, of one first day and day known, that
// of the latest batch.
func (db *DB) UserValues(ctx context.Context, c fundamentals.UserColumn, on fundamentals.Date, upTo fundamentals.Batch) (list []UserWord, err error) {
	var words []UserWord
	err = db.view(ctx, func(tx *sql.Tx) error {
		words, err = query(ctx, tx, func(r *sql.Rows, w *UserWord) error {
			w.Column = c
			return r.Scan(&w.Owner, &w.CIK, &w.Ticker, &w.From, &w.KnownOn, &w.Until, &w.Value, &w.Text, &w.File, &w.Line, &w.Batch)
		}, `SELECT owner, cik, ticker, since, known_on, until, value, text, file, line, v.batch FROM user_value v JOIN user_column c ON c.id = v."column"
			WHERE c.name = ? AND known_on <= ? AND v.batch <= ? ORDER BY cik, ticker, since, known_on, v.batch, until, value, text, owner`, c.Name, on, limit(upTo))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("values of %s: %w", c.Name, err)
	}
	for _, same := range groups(words, func(a, b UserWord) bool {
		return a.CIK == b.CIK && a.Ticker == b.Ticker && a.From == b.From && a.KnownOn == b.KnownOn
	}) {
		list = append(list, same[len(same)-1])
	}
	return list, nil
}
