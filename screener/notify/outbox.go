package notify

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Database is the file that the outbox is kept in.
type Database interface {
	// View and Update run fn in a transaction, to read and to write.
	View(ctx context.Context, fn func(tx *sql.Tx) error) error
	Update(ctx context.Context, fn func(tx *sql.Tx) error) error
}

// Outbox holds what is to be told until it has been.
type Outbox struct {
	db       Database
	channels Channels
}

// NewOutbox returns the outbox of a database for the channels of a configuration.
func NewOutbox(db Database, channels Channels) *Outbox { return &Outbox{db, channels} }

// Put keeps a message for each of the named channels that wants it: one that
// changed nothing is for those that always want one. The message of a run that
// was put before is not put again. It returns for how many channels it was kept.
func (o *Outbox) Put(ctx context.Context, m Message, names []string) (kept int, err error) {
	err = o.db.Update(ctx, func(tx *sql.Tx) error {
		kept, err = o.PutIn(ctx, tx, m, names)
		return err
	})
	return kept, err
}

// PutIn is Put in a transaction of the caller's: the message is kept if what it
// tells of is.
func (o *Outbox) PutIn(ctx context.Context, tx *sql.Tx, m Message, names []string) (kept int, err error) {
	if err := m.check(); err != nil {
		return 0, err
	}
	for _, name := range names {
		if o.channels.byName[name] == nil {
			return 0, fmt.Errorf("message of screen %s: there is no channel %q; the configuration has %s", m.Screen, name, strings.Join(o.channels.Names(), ", "))
		}
	}
	text, err := json.Marshal(m)
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		if !m.wantedBy(o.channels.byName[name]) {
			continue
		}
		n, err := insert(ctx, tx, m, name, string(text))
		if err != nil {
			return 0, fmt.Errorf("keep the message of screen %s: %w", m.Screen, err)
		}
		kept += int(n)
	}
	return kept, nil
}

func insert(ctx context.Context, tx *sql.Tx, m Message, channel, text string) (rows int64, err error) {
	done, err := tx.ExecContext(ctx, `INSERT INTO outbox (key, channel, screen, run, message, put_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`,
		m.key(channel), channel, m.Screen, m.Run, text, m.At.UnixMilli(), m.At.UnixMilli())
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// State is where a message of the outbox stands.
type State string

// The states of a message.
const (
	Pending State = "pending" // it will be tried, perhaps again
	Sent    State = "sent"
	Dead    State = "dead" // given up
)

// Entry is a message of the outbox for one channel.
type Entry struct {
	Key     string
	Channel string
	Screen  string
	Run     string
	State   State
	Tries   int
	Put     time.Time
	Due     time.Time // of the next try, where it is pending: not before those ahead of it
	Ended   time.Time // sent or given up; zero where it is pending
	Error   string    // of the last try
}

// Entries lists the messages in the order in which they came; those that were sent
// only if all are asked for.
func Entries(ctx context.Context, db Database, all bool) (list []Entry, err error) {
	err = db.View(ctx, func(tx *sql.Tx) error {
		list = nil
		rows, err := tx.QueryContext(ctx, `SELECT key, channel, screen, run, state, tries, put_at, coalesce(ended_at, 0), error, (
				SELECT coalesce(max(max(b.due_at, b.lease_until)), 0) FROM outbox AS b
				WHERE b.state = 'pending' AND b.channel = o.channel AND b.screen = o.screen AND b.number <= o.number)
			FROM outbox AS o WHERE ? OR state != 'sent' ORDER BY number`, all)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var e Entry
			var put, due, ended int64
			if err := rows.Scan(&e.Key, &e.Channel, &e.Screen, &e.Run, &e.State, &e.Tries, &put, &ended, &e.Error, &due); err != nil {
				return err
			}
			e.Put = time.UnixMilli(put).UTC()
			if e.State == Pending {
				e.Due = time.UnixMilli(due).UTC()
			} else {
				e.Ended = time.UnixMilli(ended).UTC()
			}
			list = append(list, e)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("outbox: %w", err)
	}
	return list, nil
}
