package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// View runs fn in a read transaction, for rooms that keep tables of their own in
// the file, such as the history of runs.
func (db *DB) View(ctx context.Context, fn func(tx *sql.Tx) error) error { return db.view(ctx, fn) }

// Update runs fn in a write transaction, which is committed if fn returns nil. An
// error wraps [ErrNotWritable] where the file cannot be written to.
func (db *DB) Update(ctx context.Context, fn func(tx *sql.Tx) error) error { return db.update(ctx, fn) }

// UpdateWithin is Update for those who would rather not write than wait: another
// writer is waited for so long and no longer.
func (db *DB) UpdateWithin(ctx context.Context, wait time.Duration, fn func(tx *sql.Tx) error) (err error) {
	if db.fixed {
		return mayNotWrite
	}
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if err := setPatience(ctx, conn, wait); err != nil {
		return err
	}
	return errors.Join(db.unlocked(inTx(ctx, conn, fn)), setPatience(context.WithoutCancel(ctx), conn, patience))
}

// WillWrite opens the connection that writes while the caller does something else.
// What is wrong with it the write tells.
func (db *DB) WillWrite(ctx context.Context) {
	if db.fixed {
		return
	}
	db.ready.Go(func() {
		var n int
		_ = db.write.QueryRowContext(ctx, "SELECT count(*) FROM batch WHERE id = 0").Scan(&n) // makes it read the schema
	})
}

func setPatience(ctx context.Context, conn *sql.Conn, wait time.Duration) error {
	_, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA busy_timeout = %d", wait.Milliseconds()))
	return err
}
