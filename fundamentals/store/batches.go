package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"assay/fundamentals"
)

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

// Ingested reports whether a file of the same kind, options, parser and digest
// was taken whole before and says nothing new; its name does not matter. It does
// say something new when a later batch overruled rows about its company, or for a
// file about several or none, when one of its kind overruled any; unless the file
// that did so is ingested in the same call, and has the last word still.
func (db *DB) Ingested(ctx context.Context, file fundamentals.SourceFile) (known bool, err error) {
	err = db.view(ctx, func(tx *sql.Tx) error {
		var batch fundamentals.Batch
		var cik fundamentals.CIK
		err := tx.QueryRowContext(ctx, `SELECT batch, company FROM ingested_file WHERE kind = ? AND digest = ? AND options = ? AND parser = ? ORDER BY batch DESC LIMIT 1`,
			file.Kind, file.Digest, file.Options, file.Parser).Scan(&batch, &cik)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil {
			known, err = hasLastWord(ctx, tx, file, cik, batch)
		}
		return err
	})
	if err != nil {
		return false, fmt.Errorf("look up %s: %w", file.Name, err)
	}
	return known, nil
}

// hasLastWord reports whether no later batch overruled what a file, last read
// in a batch, says, but by files that stand beside it.
func hasLastWord(ctx context.Context, tx *sql.Tx, file fundamentals.SourceFile, cik fundamentals.CIK, batch fundamentals.Batch) (bool, error) {
	type overruling struct {
		batch fundamentals.Batch
		name  sql.NullString
		size  sql.NullInt64
	}
	list, err := query(ctx, tx, func(r *sql.Rows, o *overruling) error { return r.Scan(&o.batch, &o.name, &o.size) },
		`SELECT o.batch, f.name, f.size FROM overruled o JOIN batch b ON b.id = o.batch
		LEFT JOIN ingested_file f ON f.batch = o.batch AND (f.company = o.company OR f.company = 0)
		WHERE o.batch > ?1 AND CASE ?2 WHEN 0 THEN b.kind = ?3 ELSE o.company = ?2 END ORDER BY o.batch`, batch, cik, file.Kind)
	for _, by := range groups(list, func(a, b overruling) bool { return a.batch == b.batch }) {
		if !slices.ContainsFunc(by, func(o overruling) bool {
			size, ok := file.Beside[o.name.String]
			return ok && size == o.size.Int64
		}) {
			return false, nil
		}
	}
	return true, err
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
