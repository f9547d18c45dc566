package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"assay/fundamentals"
)

// SeenFiles returns the files whose digests are kept, by path.
func (db *DB) SeenFiles(ctx context.Context) (map[string]fundamentals.SeenFile, error) {
	files := map[string]fundamentals.SeenFile{}
	err := db.view(ctx, func(tx *sql.Tx) error {
		list, err := query(ctx, tx, func(r *sql.Rows, f *fundamentals.SeenFile) error {
			return r.Scan(&f.Path, &f.Size, &f.Changed, &f.Digest)
		}, `SELECT path, size, changed, digest FROM seen_file`)
		for _, f := range list {
			files[f.Path] = f
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("files seen: %w", err)
	}
	return files, nil
}

// seenPatience is how long the digests of files are worth waiting for.
const seenPatience = 100 * time.Millisecond

// KeepSeenFiles keeps digests of files. Where nothing can be written they are not
// kept, and the files are read once more the next time.
func (db *DB) KeepSeenFiles(ctx context.Context, files []fundamentals.SeenFile) error {
	err := db.UpdateWithin(ctx, seenPatience, func(tx *sql.Tx) error {
		for _, f := range files {
			if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO seen_file (path, size, changed, digest) VALUES (?, ?, ?, ?)`, f.Path, f.Size, f.Changed, f.Digest); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil && !errors.Is(err, ErrNotWritable) {
		return fmt.Errorf("keep files seen: %w", err)
	}
	return nil
}
