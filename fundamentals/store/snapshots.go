package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

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

// Snapshot is columns of a table that are to be kept.
type Snapshot struct {
	SnapshotKey
	Columns []Column
}

// keptBytes bounds the cache: three hundred dates of six thousand companies take
// about half of it.
const keptBytes = 1 << 30

// refsAtOnce is how many columns one statement asks for: SQLite takes 32,766 arguments.
const refsAtOnce = 1000

// Columns calls fn for those of some columns of a snapshot that are kept, in no order.
// It reads without a transaction: what is kept under a key does not change. Their
// content is good until fn returns.
func (db *DB) Columns(ctx context.Context, key SnapshotKey, refs []ColumnRef, fn func(Column) error) error {
	for some := range slices.Chunk(refs, refsAtOnce) {
		if err := db.columns(ctx, key, some, fn); err != nil {
			return fmt.Errorf("columns of snapshot %s: %w", key.Key, err)
		}
	}
	return nil
}

func (db *DB) columns(ctx context.Context, key SnapshotKey, refs []ColumnRef, fn func(Column) error) error {
	args := []any{key.Data, key.Key}
	for _, r := range refs {
		args = append(args, r.Name, r.Basis, r.Lag)
	}
	rows, err := db.read.QueryContext(ctx, `SELECT name, basis, lag, content FROM snapshot s JOIN snapshot_column c ON c.snapshot = s.id
		WHERE data = ? AND key = ? AND (name, basis, lag) IN (VALUES `+strings.TrimSuffix(strings.Repeat("(?, ?, ?), ", len(refs)), ", ")+`)`, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var content sql.RawBytes
	for rows.Next() {
		var c Column
		if err := rows.Scan(&c.Name, &c.Basis, &c.Lag, &content); err != nil {
			return err
		}
		c.Content = content
		if err := fn(c); err != nil {
			return err
		}
	}
	return rows.Err()
}

// KeptColumns lists the columns that are kept of each of some snapshots.
func (db *DB) KeptColumns(ctx context.Context, keys []SnapshotKey) (kept [][]ColumnRef, err error) {
	const find = `SELECT name, basis, lag FROM snapshot s JOIN snapshot_column c ON c.snapshot = s.id WHERE data = ? AND key = ?`
	err = db.view(ctx, func(tx *sql.Tx) error {
		for _, key := range keys {
			scan := func(rows *sql.Rows, r *ColumnRef) error { return rows.Scan(&r.Name, &r.Basis, &r.Lag) }
			refs, err := query(ctx, tx, scan, find, key.Data, key.Key)
			if err != nil {
				return err
			}
			kept = append(kept, refs)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("kept columns of snapshots: %w", err)
	}
	return kept, nil
}

// PutColumns keeps columns of snapshots, all or none; but not those of a snapshot
// whose data are no longer of the version that its key says: then they may have
// changed while the columns were computed, and nobody would ask for them. It drops
// the snapshots of the same keys that are of other data, and the first made of all
// when they take too much.
func (db *DB) PutColumns(ctx context.Context, snapshots ...Snapshot) error {
	err := db.updateOn(ctx, func(_ *sql.Conn, tx *sql.Tx) error {
		for _, s := range snapshots {
			if err := putColumns(ctx, tx, s); err != nil {
				return fmt.Errorf("snapshot %s: %w", s.Key, err)
			}
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM snapshot WHERE id IN (
			SELECT id FROM (SELECT id, sum(bytes) OVER (ORDER BY id DESC) AS up_to_here FROM snapshot) WHERE up_to_here > ?)`, keptBytes)
		return err
	})
	if err != nil {
		return fmt.Errorf("keep columns: %w", err)
	}
	return nil
}

func putColumns(ctx context.Context, tx *sql.Tx, s Snapshot) error {
	if _, now, err := versions(ctx, tx, s.On, s.UpTo); err != nil || now != s.Data {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO snapshot (data, key) VALUES (?, ?) ON CONFLICT DO NOTHING`, s.Data, s.Key); err != nil {
		return err
	}
	var id int64
	if err := tx.QueryRowContext(ctx, `SELECT id FROM snapshot WHERE data = ? AND key = ?`, s.Data, s.Key).Scan(&id); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM snapshot WHERE id <> ? AND key = ?`, id, s.Key); err != nil {
		return err
	}
	for _, c := range s.Columns {
		if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO snapshot_column (snapshot, name, basis, lag, content) VALUES (?, ?, ?, ?, ?)`,
			id, c.Name, c.Basis, c.Lag, c.Content); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `UPDATE snapshot SET bytes = (SELECT sum(length(content)) FROM snapshot_column WHERE snapshot = ?1) WHERE id = ?1`, id)
	return err
}
