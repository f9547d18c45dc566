package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"assay/fundamentals"
)

// BatchRow describes one call of ingest.
type BatchRow struct {
	ID        fundamentals.Batch
	Kind      string
	Options   string
	StartedAt string // as the caller gave it
	Rows      int64  // rows that were new in it
}

// StartBatch opens the batch that following calls of [DB.Take] write under.
// startedAt is the caller's clock, for people.
func (db *DB) StartBatch(ctx context.Context, kind, options, startedAt string) (batch fundamentals.Batch, err error) {
	err = db.update(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO batch (kind, options, started_at) VALUES (?, ?, ?)`, kind, options, startedAt)
		if err != nil {
			return err
		}
		id, err := result.LastInsertId()
		batch = fundamentals.Batch(id)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("start batch %s: %w", kind, err)
	}
	return batch, nil
}

// LatestBatch returns the last batch, 0 if there is none.
func (db *DB) LatestBatch(ctx context.Context) (batch fundamentals.Batch, err error) {
	err = db.view(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT coalesce(max(id), 0) FROM batch`).Scan(&batch)
	})
	if err != nil {
		return 0, fmt.Errorf("latest batch: %w", err)
	}
	return batch, nil
}

// Batches lists all batches, oldest first.
func (db *DB) Batches(ctx context.Context) (list []BatchRow, err error) {
	err = db.view(ctx, func(tx *sql.Tx) error {
		list, err = query(ctx, tx, func(r *sql.Rows, b *BatchRow) error {
			return r.Scan(&b.ID, &b.Kind, &b.Options, &b.StartedAt, &b.Rows)
		}, `SELECT id, kind, options, started_at, rows FROM batch ORDER BY id`)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("batches: %w", err)
	}
	return list, nil
}

// Ingested reports whether a file of the same kind, options, parser and digest
// was taken whole before; its name does not matter.
func (db *DB) Ingested(ctx context.Context, file fundamentals.SourceFile) (bool, error) {
	var one int
	err := db.view(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT 1 FROM ingested_file WHERE kind = ? AND digest = ? AND options = ? AND parser = ?`,
			file.Kind, file.Digest, file.Options, file.Parser).Scan(&one)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look up %s: %w", file.Name, err)
	}
	return true, nil
}

// query collects the rows of a statement; scan fills one of them.
func query[T any](ctx context.Context, tx *sql.Tx, scan func(*sql.Rows, *T) error, text string, args ...any) ([]T, error) {
	rows, err := tx.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []T
	for rows.Next() {
		var row T
		if err := scan(rows, &row); err != nil {
			return nil, err
		}
		list = append(list, row)
	}
	return list, rows.Err()
}
