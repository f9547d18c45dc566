// Package store keeps facts, filings, companies, securities, prices, splits and
// the user's own columns in one SQLite file. It holds the only SQL about them.
//
//  1. [Open] checks that the file is an assay database, or makes one, and
//     brings it up to the newest migration.
//  2. [DB.Take] writes what one source file says, in one transaction, under the
//     batch that [DB.StartBatch] opened. Rows that say what the latest batch
//     says are left out: taking a file again changes nothing, and what a later
//     one overruled comes back when it is taken once more.
//  3. Readers ([DB.Facts], [DB.Filings], [DB.ShareClasses], [DB.Securities], [DB.Bars] ...) take an
//     upper batch: among rows of one key the latest batch up to it wins, so a
//     database answers as it did after any earlier batch. Facts whose source
//     rounds their periods come with the dates of their filing; where the filing
//     states one exactly, that one stands, whichever came first. Who reads company
//     after company does it with [DB.ReadBooks].
//  4. [DB.DataVersion] names the content up to a batch: equal rows have equal
//     versions, in whatever order, files and batches they came. A row that
//     overrules one of an earlier batch counts as such. [DB.Versions] names also the
//     part of it that a table of a day is derived from.
//  5. [DB.PutPacks] and [DB.PutColumns] keep what others derived, keyed by the
//     content that it was derived from, and a pack tells from which day on its company
//     changed; [DB.PackCloses] packs the closes, and who
//     writes a price marks its block as no longer packed; [DB.KeepSeenFiles] keeps
//     digests of files.
//
// Rows are appended and never changed or deleted; the caches of 5 alone are.
// One process may write while others read; a second writer waits. Power that fails
// takes the last transactions back, each as a whole, but none before [DB.Sync] or
// the end of the last one who has the file open.
package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"time"

	"assay/fundamentals"

	"github.com/mattn/go-sqlite3"
)

// DB is an open database. Its methods may be called from any goroutine; each is
// one transaction.
type DB struct {
	path  string
	fixed bool           // it is only read: whatever writes is an error
	write *sql.DB        // one connection, immediate transactions
	read  *sql.DB        // connections that cannot write
	ready sync.WaitGroup // of who opens the connection that writes ahead

	dictMu sync.Mutex
	dict   dictionary
	rows   sync.Pool // of *[]storedFact: what readers of facts hold while they read

	takeMu      sync.Mutex // one Take at a time; guards what is below
	ids         *ids
	held, spare []fact // of the last Take, to be filled again
}

// Open opens the database at path, making it if there is no such file. A file
// that is something else, or was made by a newer assay, is an error and is left
// as it is.
func Open(ctx context.Context, path string) (*DB, error) {
	return openNamed(ctx, path, patience)
}

func openNamed(ctx context.Context, path string, patience time.Duration) (*DB, error) {
	db, err := open(ctx, path, true, patience)
	if err != nil {
		return nil, fmt.Errorf("database %s: %w", path, err)
	}
	return db, nil
}

// OpenExisting is [Open] for those who only read: a missing file is an error
// wrapping [fs.ErrNotExist], and an empty one is an error too. A file that may not
// be written to is read as it lies there; then what writes gives an error wrapping
// [ErrNotWritable].
func OpenExisting(ctx context.Context, path string) (*DB, error) {
	db, err := openToRead(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("database %s: %w", path, err)
	}
	return db, nil
}

func openToRead(ctx context.Context, path string) (*DB, error) {
	if err := check(path, false); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return openFixed(ctx, path)
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	db, err := open(ctx, path, false, patience)
	if isCode(err, sqlite3.ErrCantOpen) || errors.Is(err, mayNotWrite) { // its folder may not be written to
		return openFixed(ctx, path)
	}
	return db, err
}

// openFixed opens a file that may not be written to. SQLite wants to write for a
// mere look, beside the file, where it keeps a log: it is told that nobody changes
// the file, unless there is a log with something in it.
func openFixed(ctx context.Context, path string) (*DB, error) {
	mode := url.Values{"mode": {"ro"}}
	if log, err := os.Stat(path + "-wal"); err != nil || log.Size() == 0 {
		mode.Set("immutable", "1")
	}
	db, err := connect(path, patience, mode)
	if err != nil {
		return nil, err
	}
	db.fixed = true
	version, err := pragma(ctx, db.read, "user_version")
	if err == nil && version != newest() {
		err = fmt.Errorf("its format is %d, and this program reads %d: the file may not be written to, so it stays as it is", version, newest())
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// patience is how long a writer waits for another to finish.
const patience = 10 * time.Second

func open(ctx context.Context, path string, create bool, patience time.Duration) (*DB, error) {
	if err := check(path, create); err != nil {
		return nil, err
	}
	mode := url.Values{}
	if !create {
		mode.Set("mode", "rw")
	}
	db, err := connect(path, patience, mode)
	if err != nil {
		return nil, err
	}
	if err := db.prepare(ctx); err != nil {
		return nil, errors.Join(db.unlocked(err), db.Close())
	}
	return db, nil
}

// check looks at the file's header before SQLite may touch the file.
func check(path string, create bool) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) && create {
		folder := filepath.Dir(path)
		if _, err := os.Stat(folder); err != nil {
			return fmt.Errorf("there is no folder %s to make it in", folder)
		}
		return nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no such file: %w", fs.ErrNotExist)
	}
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	header := make([]byte, 100)
	n, err := io.ReadFull(f, header)
	switch {
	case err == io.EOF && create: // empty: as SQLite, take it for a new database
		return nil
	case err == io.EOF:
		return errors.New("this is not an assay database: the file is empty")
	case n < 100 || string(header[:16]) != "SQLite format 3\x00":
		return errors.New("this is not an assay database: it is not an SQLite file")
	case binary.BigEndian.Uint32(header[68:]) != applicationID:
		return errors.New("this is not an assay database: it is an SQLite file of another program")
	}
	return nil
}

func connect(path string, patience time.Duration, mode url.Values) (*DB, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	common := url.Values{
		"_busy_timeout":    {strconv.FormatInt(patience.Milliseconds(), 10)},
		"_foreign_keys":    {"1"},
		"_mutex":           {"no"}, // database/sql gives a connection to one goroutine at a time
		"_stmt_cache_size": {"32"},
		"_synchronous":     {"NORMAL"},
	}
	w, r := url.Values{"_txlock": {"immediate"}, "_cache_size": {"-32768"}}, url.Values{"_query_only": {"1"}, "_cache_size": {"-16384"}}
	maps.Copy(common, mode)
	for k, v := range common {
		w[k], r[k] = v, v
	}
	db := &DB{path: path}
	name := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: absolute}).EscapedPath()}).String()
	if db.write, err = sql.Open("sqlite3", name+"?"+w.Encode()); err != nil {
		return nil, err
	}
	if db.read, err = sql.Open("sqlite3", name+"?"+r.Encode()); err != nil {
		return nil, errors.Join(err, db.write.Close())
	}
	db.write.SetMaxOpenConns(1)
	db.read.SetMaxOpenConns(max(4, runtime.GOMAXPROCS(0)))
	db.read.SetMaxIdleConns(max(4, runtime.GOMAXPROCS(0)))
	return db, nil
}

// prepare refuses a newer file, migrates an older one and turns the log on,
// which a process that was killed while it made the file may not have done.
func (db *DB) prepare(ctx context.Context) error {
	version, err := pragma(ctx, db.read, "user_version")
	if err != nil {
		return err
	}
	if version > newest() {
		return fmt.Errorf("it was made by a newer assay (its format is %d, this program knows up to %d)", version, newest())
	}
	var log string
	if err := db.read.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&log); err != nil {
		return err
	}
	if version == newest() && log == "wal" {
		return nil
	}
	// The first migration runs before the log is on, so that the header by which
	// we know our files stands in the file itself.
	if version == 0 {
		if _, err := db.write.ExecContext(ctx, "PRAGMA page_size = 8192"); err != nil {
			return err
		}
		if err := migrateOne(ctx, db.write, 1, "migration/0001_base.sql"); err != nil {
			return err
		}
	}
	_, err = db.write.ExecContext(ctx, "PRAGMA journal_mode = WAL")
	if version == newest() && isCode(err, sqlite3.ErrReadonly) {
		return nil // a file that cannot be written to is read without
	}
	if err != nil {
		return err
	}
	return migrate(ctx, db.write)
}

// Path returns the path that the database was opened by.
func (db *DB) Path() string { return db.path }

// Close closes the database.
func (db *DB) Close() error {
	db.ready.Wait() // one that opens while the others close would leave the log behind
	return errors.Join(db.read.Close(), db.write.Close())
}

// Sync returns when all that was committed is on the disk. A commit by itself does not
// wait for that: of many small ones each would take longer than its rows.
func (db *DB) Sync() error {
	path, err := filepath.EvalSymlinks(db.path)
	if err != nil {
		return err
	}
	// What is in the file itself was synced when it was moved there. It must not be
	// opened here: to close it would end the locks that SQLite has on it.
	log, err := os.Open(path + "-wal")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(log.Sync(), log.Close())
}

// view runs fn in a read transaction: all its reads see one state.
func (db *DB) view(ctx context.Context, fn func(tx *sql.Tx) error) error {
	return inTx(ctx, db.read, fn)
}

// update runs fn in a write transaction, which is committed if fn returns nil.
func (db *DB) update(ctx context.Context, fn func(tx *sql.Tx) error) error {
	if db.fixed {
		return mayNotWrite
	}
	return db.unlocked(inTx(ctx, db.write, fn))
}

// logPages is how long the log grows, in pages, before many rows are moved from it
// to the file. Each time waits for the disk, while nothing is written.
const logPages = 4096

// updateOn is update for those who write many rows: it gives the connection beside
// the transaction.
func (db *DB) updateOn(ctx context.Context, fn func(conn *sql.Conn, tx *sql.Tx) error) (err error) {
	if db.fixed {
		return mayNotWrite
	}
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA wal_autocheckpoint = %d", logPages)); err != nil {
		return err
	}
	return db.unlocked(inTx(ctx, conn, func(tx *sql.Tx) error { return fn(conn, tx) }))
}

// ErrNotWritable is wrapped by errors of writing to a database that another
// process holds, or that may not be written to. It can be read all the same.
var ErrNotWritable = errors.New("the database cannot be written to")

type notWritable string

const mayNotWrite = notWritable("the database may not be written to")

func (e notWritable) Error() string        { return string(e) }
func (e notWritable) Is(target error) bool { return target == ErrNotWritable }

// unlocked puts an error that came of another writer, or of a file that may not
// be written to, in words of the user.
func (db *DB) unlocked(err error) error {
	switch {
	case isCode(err, sqlite3.ErrBusy):
		return notWritable(fmt.Sprintf("another assay is writing to %s: try again when it has finished", db.path))
	case isCode(err, sqlite3.ErrReadonly):
		return mayNotWrite
	}
	return err
}

func isCode(err error, code sqlite3.ErrNo) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && e.Code == code
}

// beginner is a database, or one connection to it.
type beginner interface {
	BeginTx(ctx context.Context, options *sql.TxOptions) (*sql.Tx, error)
}

func inTx(ctx context.Context, db beginner, fn func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// limit turns an upper batch into one that SQL can compare with.
func limit(upTo fundamentals.Batch) int64 {
	if upTo == 0 {
		return 1<<63 - 1
	}
	return int64(upTo)
}
