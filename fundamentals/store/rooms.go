package store

import (
	"context"
	"database/sql"
)

// View runs fn in a read transaction, for rooms that keep tables of their own in
// the file, such as the history of runs.
func (db *DB) View(ctx context.Context, fn func(tx *sql.Tx) error) error { return db.view(ctx, fn) }

// Update runs fn in a write transaction, which is committed if fn returns nil. An
// error wraps [ErrNotWritable] where the file cannot be written to.
func (db *DB) Update(ctx context.Context, fn func(tx *sql.Tx) error) error { return db.update(ctx, fn) }
