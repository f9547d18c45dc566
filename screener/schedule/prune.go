package schedule

import (
	"context"
	"database/sql"
	"time"
)

// Prune takes out the slots that were settled before a moment, and what was brought
// before it, and returns how many. The latest of each screen in each state stays, for
// its health goes by it, and so does what is running. No slot is run again for it.
func Prune(ctx context.Context, db Database, before time.Time) (n int64, err error) {
	err = db.Update(ctx, func(tx *sql.Tx) error {
		n = 0
		for _, old := range []string{
			`DELETE FROM schedule_slot WHERE state != 'running' AND started < ? AND EXISTS (
				SELECT 1 FROM schedule_slot AS later WHERE later.screen = schedule_slot.screen AND later.state = schedule_slot.state
				AND (later.started, later.slot) > (schedule_slot.started, schedule_slot.slot))`,
			`DELETE FROM schedule_refresh WHERE state != 'running' AND started < ? AND EXISTS (
				SELECT 1 FROM schedule_refresh AS later WHERE later.name = schedule_refresh.name AND later.state = schedule_refresh.state
				AND later.started > schedule_refresh.started)`,
		} {
			done, err := tx.ExecContext(ctx, old, before.UnixMicro())
			if err != nil {
				return err
			}
			gone, err := done.RowsAffected()
			if err != nil {
				return err
			}
			n += gone
		}
		return nil
	})
	return n, wrap(err)
}
