package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
)

// rawView is a read transaction whose connection can be read from with each.
type rawView struct {
	*sql.Tx
	conn *sql.Conn
}

// viewRaw is view for those who read many rows in a short time. Once begun it goes on
// to the end: to look at each statement and each row whether they are still wanted
// costs more than it saves.
func (db *DB) viewRaw(ctx context.Context, fn func(ctx context.Context, v rawView) error) (err error) {
	conn, err := db.read.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	ctx = context.WithoutCancel(ctx)
	return inTx(ctx, conn, func(tx *sql.Tx) error { return fn(ctx, rawView{tx, conn}) })
}

// rawRow is a row as the driver gives it, of columns that are of one type and never
// NULL by the schema.
type rawRow []driver.Value

func (r rawRow) int(column int) int64     { return r[column].(int64) }
func (r rawRow) float(column int) float64 { return r[column].(float64) }

// each calls fn with each row of a statement, which is good until fn returns. It
// reads past database/sql, which takes as long for a cell as SQLite itself does:
// facts are read by the million. Arguments are of the driver's own types.
func (v rawView) each(ctx context.Context, fn func(rawRow), text string, args ...any) error {
	named := make([]driver.NamedValue, len(args))
	for i, a := range args {
		named[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
	}
	return v.conn.Raw(func(c any) (err error) {
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
