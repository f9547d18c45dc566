package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"
)

// Backup copies the database as it is at one moment into a file that is not there
// yet, while others read and write it, and checks the copy. What is left of a
// copy that failed is taken away.
func (db *DB) Backup(ctx context.Context, to string) (err error) {
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("backup: %w", err), removeAll(to))
		}
	}()
	absolute, err := filepath.Abs(to)
	if err != nil {
		return err
	}
	name := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: absolute}).EscapedPath()}).String()
	copied, err := sql.Open("sqlite3", name+"?_synchronous=FULL")
	if err != nil {
		return err
	}
	err = db.copyTo(ctx, copied)
	if err == nil {
		err = sound(ctx, copied)
	}
	return errors.Join(err, copied.Close())
}

func removeAll(path string) (err error) {
	for _, beside := range []string{"", "-wal", "-shm", "-journal"} {
		if gone := os.Remove(path + beside); gone != nil && !errors.Is(gone, os.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	return err
}

// copyTo copies all pages in one read transaction, which no writer disturbs.
func (db *DB) copyTo(ctx context.Context, to *sql.DB) error {
	source, err := db.read.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = source.Close() }()
	target, err := to.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = target.Close() }()
	return target.Raw(func(t any) error {
		return source.Raw(func(s any) error {
			into, ok1 := t.(*sqlite3.SQLiteConn)
			from, ok2 := s.(*sqlite3.SQLiteConn)
			if !ok1 || !ok2 {
				return errors.New("the driver knows no backup")
			}
			return copyPages(ctx, into, from)
		})
	})
}

// pagesAtOnce is after how many pages a copy looks whether it is still wanted.
const pagesAtOnce = 1 << 12

func copyPages(ctx context.Context, into, from *sqlite3.SQLiteConn) (err error) {
	// Held open, a read transaction keeps the copy at one moment: without it, each
	// write by another process between two steps would begin the copy anew.
	if _, err := from.Exec("BEGIN; SELECT count(*) FROM sqlite_master", nil); err != nil {
		return err
	}
	defer func() {
		_, undone := from.Exec("ROLLBACK", nil)
		err = errors.Join(err, undone)
	}()
	b, err := into.Backup("main", from, "main")
	if err != nil {
		return err
	}
	for done := false; !done && err == nil; {
		if err = ctx.Err(); err == nil {
			done, err = b.Step(pagesAtOnce)
		}
	}
	return errors.Join(err, b.Finish())
}

// sound is an error if a copy is not whole.
func sound(ctx context.Context, db *sql.DB) error {
	var text string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&text); err != nil {
		return err
	}
	if text != "ok" {
		return fmt.Errorf("the copy is not whole: %s", text)
	}
	return nil
}
