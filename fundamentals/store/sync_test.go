package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"assay/fundamentals/store"
)

// What is committed can be synced by whatever name the file has, and leaves the locks
// on it alone: the file is read and written as before.
func TestSync(t *testing.T) {
	dir := t.TempDir()
	if err := must(store.Open(t.Context(), filepath.Join(dir, "real.db")))(t).Close(); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link.db")
	if err := os.Symlink("real.db", link); err != nil {
		t.Fatal(err)
	}
	db := must(store.Open(t.Context(), link))(t)
	for range 2 {
		if _, err := db.StartBatch(t.Context(), "companyfacts", "", "2024-01-01T00:00:00Z"); err != nil {
			t.Fatal(err)
		}
		if log, err := os.Stat(filepath.Join(dir, "real.db-wal")); err != nil || log.Size() == 0 {
			t.Fatalf("there is no log to sync: %v", err)
		}
		if err := db.Sync(); err != nil {
			t.Error(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "real.db-wal")); !os.IsNotExist(err) {
		t.Errorf("the log stays: %v", err)
	}
}
