package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// bulk is a table to insert many rows into. Of its columns the shared ones have one
// value in all rows.
type bulk struct {
	table           string
	shared, columns []string
	statements      [len(insertRows)]string
}

func newBulk(table string, shared, columns []string) *bulk {
	k := &bulk{table: table, shared: shared, columns: columns}
	for i, rows := range insertRows {
		k.statements[i] = k.insert(rows)
	}
	return k
}

// insert returns the statement for so many rows. A row that is there already is an
// error, and FAIL leaves those before it: they go with the transaction, so that the
// statement needs no journal of its own.
func (k *bulk) insert(rows int) string {
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

// insertRows are the numbers of rows that one statement inserts, the most first.
var insertRows = [...]int{100, 10, 1}

// insertAll inserts rows, all of them new. fill puts the values of a row into as
// many places as there are columns that are not shared.
//
// It speaks to the driver itself, past the conversions of database/sql, and asks for
// the statement's rows, of which there are none: then the driver hands over all
// values in one call, and not each in its own. That halves the cost of a fact.
// The driver keeps the statements, too, from one transaction to the next.
func insertAll[T any](t *taker, k *bulk, shared []driver.Value, rows []T, fill func(places []driver.NamedValue, row *T)) error {
	places := make([]driver.NamedValue, len(shared)+min(len(rows), insertRows[0])*len(k.columns))
	for i := range places {
		places[i].Ordinal = i + 1
	}
	for i, v := range shared {
		places[i].Value = v
	}
	return t.conn.Raw(func(conn any) error {
		db, ok := conn.(driver.QueryerContext)
		if !ok {
			return errors.New("the driver cannot run statements")
		}
		for len(rows) > 0 {
			size := slices.IndexFunc(insertRows[:], func(n int) bool { return n <= len(rows) })
			n := insertRows[size]
			for i := range n {
				fill(places[len(shared)+i*len(k.columns):][:len(k.columns)], &rows[i])
			}
			done, err := db.QueryContext(context.Background(), k.statements[size], places[:len(shared)+n*len(k.columns)]) // as for all that taker writes
			if err == nil {
				err = done.Close()
			}
			if err != nil {
				return err
			}
			rows = rows[n:]
		}
		return nil
	})
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
