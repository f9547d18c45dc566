package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"assay/fundamentals"
)

// SnapshotKey names a table of columns: the version of the content that it was
// derived from ([DB.Versions]), and what else it depends on, in the words of who makes
// it.
type SnapshotKey struct {
	Data, Key string
	// On is the day, and UpTo the batch, that Data is the version of; 0: all batches.
	// They are no part of the name.
	On   fundamentals.Date
	UpTo fundamentals.Batch
}

// ColumnRef names a plane of a column.
type ColumnRef struct {
	Name       string
	Basis, Lag int
}

// Column is a packed plane of a column.
type Column struct {
	ColumnRef
	Content []byte
}

// keptSnapshots bounds the cache.
const keptSnapshots = 64

// Columns returns those of the asked columns that are kept, in the order asked.
// It reads them one by one, without a transaction: what is kept under a key does
// not change.
func (db *DB) Columns(ctx context.Context, key SnapshotKey, refs []ColumnRef) (columns []Column, err error) {
	const find = `SELECT content FROM snapshot s JOIN snapshot_column c ON c.snapshot = s.id WHERE data = ? AND key = ? AND name = ? AND basis = ? AND lag = ?`
	for _, r := range refs {
		c := Column{ColumnRef: r}
		err := db.read.QueryRowContext(ctx, find, key.Data, key.Key, r.Name, r.Basis, r.Lag).Scan(&c.Content)
		switch {
		case err == nil:
			columns = append(columns, c)
		case !errors.Is(err, sql.ErrNoRows):
			return nil, fmt.Errorf("columns of snapshot %s: %w", key.Key, err)
		}
	}
	return columns, nil
}

// PutColumns keeps columns of a snapshot, unless the data are no longer of the
// version that the key says: then they may have changed while the columns were
// computed, and nobody would ask for them. It drops the snapshots of this key that
// are of other data, and of all others all but the latest made.
func (db *DB) PutColumns(ctx context.Context, key SnapshotKey, columns []Column) error {
	err := db.update(ctx, func(tx *sql.Tx) error {
		return putColumns(ctx, tx, key, columns)
	})
	if err != nil {
		return fmt.Errorf("keep columns of snapshot %s: %w", key.Key, err)
	}
	return nil
}

func putColumns(ctx context.Context, tx *sql.Tx, key SnapshotKey, columns []Column) error {
	if _, now, err := versions(ctx, tx, key.On, key.UpTo); err != nil || now != key.Data {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO snapshot (data, key) VALUES (?, ?) ON CONFLICT DO NOTHING`, key.Data, key.Key); err != nil {
		return err
	}
	var id int64
	if err := tx.QueryRowContext(ctx, `SELECT id FROM snapshot WHERE data = ? AND key = ?`, key.Data, key.Key).Scan(&id); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM snapshot WHERE id <> ?1 AND (key = ?2 OR id NOT IN (SELECT id FROM snapshot ORDER BY id DESC LIMIT ?3))`, id, key.Key, keptSnapshots); err != nil {
		return err
	}
	for _, c := range columns {
		if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO snapshot_column (snapshot, name, basis, lag, content) VALUES (?, ?, ?, ?, ?)`,
			id, c.Name, c.Basis, c.Lag, c.Content); err != nil {
			return err
		}
	}
	return nil
}
