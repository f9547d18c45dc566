package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"assay/fundamentals/store"
)

// A copy made while another process writes is of one moment: each of its
// transactions is there as a whole or not at all.
func TestBackupWhileOthersWrite(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "assay.db")
	writer, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = writer.Close() }()
	reader, err := store.OpenExisting(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = reader.Close() }()
	exec := func(query string, args ...any) error {
		return writer.Update(t.Context(), func(tx *sql.Tx) error {
			_, err := tx.ExecContext(t.Context(), query, args...)
			return err
		})
	}
	if err := exec(`CREATE TABLE test_pair (n INTEGER, text TEXT)`); err != nil {
		t.Fatal(err)
	}
	insert := `WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 2000) INSERT INTO test_pair SELECT ?, hex(randomblob(500)) FROM c`
	for n := range 20 {
		if err := exec(insert, -n); err != nil {
			t.Fatal(err)
		}
	}
	stop, stopped := make(chan struct{}), make(chan error)
	go func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
			if err := exec(insert, n); err != nil {
				stopped <- err
				return
			}
		}
	}()
	for n := range 5 {
		name := filepath.Join(folder, fmt.Sprint("copy", n))
		if err := reader.Backup(t.Context(), name); err != nil {
			t.Fatal(err)
		}
		again, err := store.OpenExisting(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		var halves int
		err = again.View(t.Context(), func(tx *sql.Tx) error {
			return tx.QueryRowContext(t.Context(), `SELECT count(*) FROM (SELECT n FROM test_pair GROUP BY n HAVING count(*) % 2000 <> 0)`).Scan(&halves)
		})
		if err != nil || halves != 0 {
			t.Errorf("copy %d has %d halves, %v", n, halves, err)
		}
		if err := again.Close(); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

// A copy that fails leaves nothing, and none takes the place of a file.
func TestBackupWholeOrNot(t *testing.T) {
	db := open(t)
	folder := t.TempDir()
	there := filepath.Join(folder, "there")
	if err := os.WriteFile(there, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := db.Backup(t.Context(), there); !errors.Is(err, fs.ErrExist) {
		t.Error(err)
	}
	if text, err := os.ReadFile(there); err != nil || string(text) != "mine" {
		t.Errorf("%s, %v", text, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := db.Backup(ctx, filepath.Join(folder, "copy")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if list, err := os.ReadDir(folder); err != nil || len(list) != 1 {
		t.Errorf("%v, %v", list, err)
	}
}

// Other programs check a database too. SQLite up to 3.40 finds columns missing in
// tables without row numbers, unless each other column stands behind those of the key.
func TestKeysComeFirst(t *testing.T) {
	err := open(t).View(t.Context(), func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(t.Context(), `SELECT t.name, c.name, c.cid, (SELECT count(*) FROM pragma_table_info(t.name) WHERE pk > 0)
			FROM pragma_table_list t, pragma_table_info(t.name) c WHERE t.wr AND c.pk = 0`)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		n := 0
		for ; rows.Next(); n++ {
			var table, column string
			var at, keys int
			if err := rows.Scan(&table, &column, &at, &keys); err != nil {
				return err
			}
			if at < keys {
				t.Errorf("%s.%s stands before a column of the key", table, column)
			}
		}
		if n == 0 {
			t.Error("there is no such table")
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
}
