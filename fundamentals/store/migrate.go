package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

//go:embed migration/*.sql
var migrations embed.FS

// applicationID is what SQLite keeps in the header of our files: "assy".
const applicationID = 0x61737379

// migrate brings an open database up to the newest migration, each in a
// transaction of its own. The caller has checked that the file is ours, or new.
func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Glob(migrations, "migration/*.sql")
	if err != nil {
		return err
	}
	for i, name := range files {
		if err := migrateOne(ctx, db, i+1, name); err != nil {
			return fmt.Errorf("migration %s: %w", name, err)
		}
	}
	return nil
}

// migrateOne applies migration number n unless it has been applied. The version
// is read inside the write transaction, so two processes cannot both apply it.
func migrateOne(ctx context.Context, db *sql.DB, n int, name string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	version, err := pragma(ctx, tx, "user_version")
	if err != nil || version >= n {
		return err
	}
	text, err := migrations.ReadFile(name)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, string(text)); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, n)); err != nil {
		return err
	}
	return tx.Commit()
}

// newest returns the number of the newest migration.
func newest() int {
	files, _ := fs.Glob(migrations, "migration/*.sql") // the pattern is sound
	return len(files)
}

type queryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func pragma(ctx context.Context, q queryer, name string) (n int, err error) {
	err = q.QueryRowContext(ctx, "PRAGMA "+name).Scan(&n)
	return n, err
}
