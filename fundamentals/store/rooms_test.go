package store_test

import (
	"database/sql"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"assay/fundamentals"
	"assay/fundamentals/store"
)

// TestBatchOf holds that a data version tells its batch, the last of several that
// bring nothing, and that there is none of a version that never was.
func TestBatchOf(t *testing.T) {
	db := open(t)
	rows := func(name string) *fundamentals.Rows {
		return &fundamentals.Rows{Companies: []fundamentals.Company{{CIK: 21535, Name: name}}}
	}
	first := put(t, db, "companyfacts", rows("COHU INC"))
	version := must(db.DataVersion(t.Context(), 0))(t)
	again := put(t, db, "companyfacts", rows("COHU INC"))
	if first == again {
		t.Fatal("the second batch is the first")
	}
	last := put(t, db, "companyfacts", rows("COHU"))
	for version, want := range map[string]fundamentals.Batch{
		version: again, must(db.DataVersion(t.Context(), 0))(t): last, "0123456789abcdef0123456789abcdef": 0,
	} {
		if got := must(db.BatchOf(t.Context(), version))(t); got != want {
			t.Errorf("version %s is that of batch %d, want %d", version, got, want)
		}
	}
}

// TestRooms holds that other rooms read and write in transactions of their own,
// and that one in a hurry does not wait for another writer.
func TestRooms(t *testing.T) {
	path := filepath.Join(t.TempDir(), "assay.db")
	db := must(store.Open(t.Context(), path))(t)
	other := must(store.Open(t.Context(), path))(t)
	defer func() { _, _ = db.Close(), other.Close() }()
	write := func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), `INSERT INTO run_text (digest, text) VALUES ('d', 't')`)
		return err
	}
	stop := errors.New("stop")
	if err := db.Update(t.Context(), func(tx *sql.Tx) error { return errors.Join(write(tx), stop) }); !errors.Is(err, stop) {
		t.Errorf("got %v", err)
	}
	err := other.Update(t.Context(), func(*sql.Tx) error { return db.UpdateWithin(t.Context(), time.Millisecond, write) })
	if !errors.Is(err, store.ErrNotWritable) {
		t.Errorf("beside another writer: %v", err)
	}
	if err := db.UpdateWithin(t.Context(), time.Millisecond, write); err != nil {
		t.Errorf("alone: %v", err)
	}
	var n int
	count := func(tx *sql.Tx) error {
		return tx.QueryRowContext(t.Context(), `SELECT count(*) FROM run_text`).Scan(&n)
	}
	if err := db.View(t.Context(), count); err != nil || n != 1 {
		t.Errorf("%d rows, %v", n, err)
	}
	if err := db.View(t.Context(), write); err == nil {
		t.Error("a view writes")
	}
}

// One who said that it will write and does not leaves no log behind.
func TestWillWriteAndDoesNot(t *testing.T) {
	path := filepath.Join(t.TempDir(), "assay.db")
	if err := must(store.Open(t.Context(), path))(t).Close(); err != nil {
		t.Fatal(err)
	}
	for range 30 {
		db := must(store.OpenExisting(t.Context(), path))(t)
		must(db.DataVersion(t.Context(), 0))(t)
		db.WillWrite(t.Context())
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if left := must(filepath.Glob(path + "*"))(t); len(left) != 1 {
			t.Fatalf("left behind: %v", left)
		}
	}
}
