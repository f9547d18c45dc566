package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// insertRows is the number of rows that one statement of [insertAll] inserts.
const insertRows = 100

// bulk is a table to insert many rows into. Of its columns the shared ones have one
// value in all rows.
type bulk struct {
	table           string
	shared, columns []string
}

// insert returns the statement for so many rows. A row that is there already is an
// error, and FAIL leaves those before it: they go with the transaction, so that the
// statement needs no journal of its own.
func (k bulk) insert(rows int) string {
	tuples := make([]string, rows)
	for row := range tuples {
		marks := make([]string, 0, len(k.shared)+len(k.columns))
		for i := range len(k.shared) {
			marks = append(marks, "?"+strconv.Itoa(i+1))
		}
		for i := range len(k.columns) {
			marks = append(marks, "?"+strconv.Itoa(len(k.shared)+row*len(k.columns)+i+1))
		}
		tuples[row] = "(" + strings.Join(marks, ", ") + ")"
	}
	columns := append(slices.Clone(k.shared), k.columns...)
	return "INSERT OR FAIL INTO " + k.table + " (" + strings.Join(columns, ", ") + ") VALUES " + strings.Join(tuples, ", ")
}

// insertAll inserts rows, all of them new. fill puts the values of a row into as
// many places as there are columns that are not shared.
//
// It speaks to the driver itself, past the conversions of database/sql, and asks for
// the statement's rows, of which there are none: then the driver hands over all
// values in one call, and not each in its own. That halves the cost of a fact.
func insertAll[T any](t *taker, k bulk, shared []driver.Value, rows []T, fill func(places []driver.NamedValue, row *T)) error {
	places := make([]driver.NamedValue, len(shared)+min(len(rows), insertRows)*len(k.columns))
	for i := range places {
		places[i].Ordinal = i + 1
	}
	for i, v := range shared {
		places[i].Value = v
	}
	return t.conn.Raw(func(conn any) error {
		for len(rows) > 0 {
			// Whole chunks by one statement, and what is left by another.
			size := min(len(rows), insertRows)
			whole := rows[:len(rows)/size*size]
			rows = rows[len(whole):]
			err := eachChunk(conn, k.insert(size), whole, size, func(chunk []T) []driver.NamedValue {
				for i := range chunk {
					fill(places[len(shared)+i*len(k.columns):][:len(k.columns)], &chunk[i])
				}
				return places[:len(shared)+size*len(k.columns)]
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// eachChunk runs a statement with the values of each chunk of rows.
func eachChunk[T any](conn any, text string, rows []T, size int, values func(chunk []T) []driver.NamedValue) (err error) {
	preparer, ok := conn.(driver.ConnPrepareContext)
	if !ok {
		return errors.New("the driver cannot prepare statements")
	}
	ctx := context.Background() // see taker
	stmt, err := preparer.PrepareContext(ctx, text)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stmt.Close()) }()
	run, ok := stmt.(driver.StmtQueryContext)
	if !ok {
		return errors.New("the driver cannot run statements")
	}
	for chunk := range slices.Chunk(rows, size) {
		result, err := run.QueryContext(ctx, values(chunk))
		if err == nil {
			err = result.Close()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// boxes keeps numbers in the form that the driver takes them in, for which each
// would be allocated anew: those of tags, units and filings, and days.
type boxes [1 << 16]driver.Value

func (b *boxes) of(n int64) driver.Value {
	if n < 0 || n >= int64(len(b)) {
		return n
	}
	if b[n] == nil {
		b[n] = n
	}
	return b[n]
}
