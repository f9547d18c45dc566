package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
)

// viewRaw is view for those who read with [eachRow] in it.
func (db *DB) viewRaw(ctx context.Context, fn func(tx *sql.Tx, conn *sql.Conn) error) (err error) {
	conn, err := db.read.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if err := fn(tx, conn); err != nil {
		return err
	}
	return tx.Commit()
}

// rawRow is a row as the driver gives it, of columns that are of one type and never
// NULL by the schema.
type rawRow []driver.Value

func (r rawRow) int(column int) int64     { return r[column].(int64) }
func (r rawRow) float(column int) float64 { return r[column].(float64) }

// eachRow calls fn with each row of a statement, which is good until fn returns.
// It reads past database/sql, which takes as long for each cell as SQLite itself:
// facts are read by the million. Arguments are of the driver's own types.
func eachRow(ctx context.Context, conn *sql.Conn, fn func(rawRow), text string, args ...any) error {
	named := make([]driver.NamedValue, len(args))
	for i, a := range args {
		named[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
	}
	return conn.Raw(func(c any) (err error) {
		q, ok := c.(driver.QueryerContext)
		if !ok {
			return errors.New("the driver reads no rows")
		}
		rows, err := q.QueryContext(ctx, text, named)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, rows.Close()) }()
		row := make(rawRow, len(rows.Columns()))
		for {
			switch err := rows.Next(row); {
			case err == io.EOF:
				return nil
			case err != nil:
				return err
			}
			fn(row)
		}
	})
}
