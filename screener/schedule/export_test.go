package schedule

import (
	"context"
	"database/sql"
)

// Stir wakes the loop of a daemon.
func (d *Daemon) Stir() { d.stir() }

// Records lists the slots of a screen that were begun or settled, the latest first.
func Records(ctx context.Context, db Database, screen string, limit int) (list []Record, err error) {
	err = db.View(ctx, func(tx *sql.Tx) error {
		list, err = records(ctx, tx, screen, "", limit)
		return err
	})
	return list, wrap(err)
}
