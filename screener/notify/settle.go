package notify

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"sync"
	"time"
)

// ErrNotDead is wrapped by errors about a message that was not given up.
var ErrNotDead = errors.New("it was not given up")

// keyed is how a message is named: by its key, or by the first digits of it.
var keyed = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9a-f]{6,32}$`) })

// Retry puts messages that were given up back, as if they had never been tried, due
// at once: those that the names name, or all where there are none. It returns their
// keys.
func Retry(ctx context.Context, db Database, now time.Time, names []string) ([]string, error) {
	return resolve(ctx, db, names, func(tx *sql.Tx, key string) error {
		_, err := tx.ExecContext(ctx, `UPDATE outbox SET state = 'pending', tries = 0, due_at = ?, lease_until = 0, ended_at = NULL, error = '' WHERE key = ?`, now.UnixMilli(), key)
		return err
	})
}

// Drop takes messages that were given up out of the outbox, as [Retry] names them.
// Nobody is told of them any more.
func Drop(ctx context.Context, db Database, names []string) ([]string, error) {
	return resolve(ctx, db, names, func(tx *sql.Tx, key string) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM outbox WHERE key = ?`, key)
		return err
	})
}

// resolve does something with messages that were given up, with all of them or with
// none.
func resolve(ctx context.Context, db Database, names []string, do func(tx *sql.Tx, key string) error) (keys []string, err error) {
	err = db.Update(ctx, func(tx *sql.Tx) (err error) {
		keys = nil
		if len(names) == 0 {
			if keys, err = dead(ctx, tx); err != nil {
				return err
			}
		}
		for _, name := range names {
			key, err := find(ctx, tx, name)
			if err != nil {
				return fmt.Errorf("message %s: %w", name, err)
			}
			keys = append(keys, key)
		}
		for _, key := range keys {
			if err := do(tx, key); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("outbox: %w", err)
	}
	return keys, nil
}

func dead(ctx context.Context, tx *sql.Tx) (keys []string, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT key FROM outbox WHERE state = 'dead' ORDER BY number`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, rows.Err()
}

// find finds the one message that was given up and whose key begins so.
func find(ctx context.Context, tx *sql.Tx, name string) (key string, err error) {
	if !keyed().MatchString(name) {
		return "", errors.New("a message is named by its key, or by six digits of it or more")
	}
	var state State
	var n int
	err = tx.QueryRowContext(ctx, `SELECT key, state, count(*) OVER () FROM outbox WHERE key >= ?1 AND key < ?1 || 'g' ORDER BY state = 'dead' DESC LIMIT 1`, name).Scan(&key, &state, &n)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", errors.New("there is none")
	case err != nil:
		return "", err
	case n > 1:
		return "", fmt.Errorf("%d messages begin so", n)
	case state == Sent:
		return "", fmt.Errorf("%w: it was sent", ErrNotDead)
	case state == Pending:
		return "", fmt.Errorf("%w: it waits for its next try", ErrNotDead)
	}
	return key, nil
}

// Prune takes out the messages that were sent before a moment and returns how many.
// What waits stays, and what was given up.
func Prune(ctx context.Context, db Database, before time.Time) (n int64, err error) {
	err = db.Update(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `DELETE FROM outbox WHERE state = 'sent' AND ended_at < ?`, before.UnixMilli())
		if err == nil {
			n, err = done.RowsAffected()
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("outbox: %w", err)
	}
	return n, nil
}
