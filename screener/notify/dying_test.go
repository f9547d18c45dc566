package notify_test

import (
	"context"
	"database/sql"
	"errors"

	"assay/fundamentals/store"
)

// dying is the database of a program that ends before the last of so many writes.
type dying struct {
	*store.DB
	left int
}

func (d *dying) Update(ctx context.Context, fn func(*sql.Tx) error) error {
	if d.left--; d.left == 0 {
		return errors.New("killed")
	}
	return d.DB.Update(ctx, fn)
}
