package notify

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"
)

// MostTries is how often a message is tried before it is given up: about fourteen
// hours after the first.
const MostTries = 12

const (
	firstWait = 30 * time.Second // after the first try; it doubles after each
	mostWait  = 6 * time.Hour
	margin    = time.Minute // by which a lease outlasts the try
)

// Outcome is what became of one try.
type Outcome struct {
	Key, Channel, Screen, Run string
	State                     State
	Tries                     int
	Next                      time.Time // of the next try, where there is one
	Err                       error     // why it failed; it says nothing secret
}

// claim is a message that this program alone may send for now.
type claim struct {
	number                    int64
	key, channel, screen, run string
	text                      string
	tries                     int
}

// Deliver sends all that is due by the clock and returns what became of it, channel
// by channel. The channels are sent to side by side, so that one that is slow holds
// up no other; of one channel a message goes after the other. That a channel does
// not answer is an outcome and no error. When ctx ends, the tries under way end too,
// and do not count. The clock is asked from several goroutines.
func (o *Outbox) Deliver(ctx context.Context, now func() time.Time) (outcomes []Outcome, err error) {
	names, err := o.waiting(ctx)
	if err != nil {
		return nil, fmt.Errorf("outbox: %w", err)
	}
	lanes := make([]struct {
		outcomes []Outcome
		err      error
	}, len(names))
	var all sync.WaitGroup
	for i, name := range names {
		all.Go(func() { lanes[i].outcomes, lanes[i].err = o.lane(ctx, name, now) })
	}
	all.Wait()
	for _, l := range lanes {
		outcomes = append(outcomes, l.outcomes...)
		err = errors.Join(err, l.err)
	}
	if ctx.Err() != nil {
		return outcomes, ctx.Err()
	}
	return outcomes, err
}

// waiting lists the channels that something waits for.
func (o *Outbox) waiting(ctx context.Context) (names []string, err error) {
	err = o.db.View(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT DISTINCT channel FROM outbox WHERE state = 'pending' ORDER BY channel`)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				return err
			}
			names = append(names, name)
		}
		return rows.Err()
	})
	return names, err
}

// lane sends what is due to a channel. After a try that nobody answered in time it
// leaves the rest for the next call: each would wait as long.
func (o *Outbox) lane(ctx context.Context, channel string, now func() time.Time) (outcomes []Outcome, err error) {
	for ctx.Err() == nil {
		c, err := o.claim(ctx, channel, now())
		if err != nil {
			return outcomes, fmt.Errorf("outbox: %w", err)
		}
		if c == nil {
			return outcomes, nil
		}
		outcome, err := o.tryOne(ctx, c, now)
		if err != nil {
			return outcomes, fmt.Errorf("outbox: message %s: %w", c.key, err)
		}
		if outcome != nil {
			outcomes = append(outcomes, *outcome)
			if r, ok := errors.AsType[*refusal](outcome.Err); ok && r.silent {
				return outcomes, nil
			}
		}
	}
	return outcomes, nil
}

// claim takes the next message that is due to a channel. Of a screen and channel the first
// that is pending goes first: who hears that a company left must have heard that it
// entered. A try whose lease is over ended with its program; it counts.
func (o *Outbox) claim(ctx context.Context, channel string, now time.Time) (c *claim, err error) {
	err = o.db.Update(ctx, func(tx *sql.Tx) error {
		c = nil
		_, err := tx.ExecContext(ctx, `UPDATE outbox SET state = 'dead', ended_at = ?, error = 'the program ended during the last try'
			WHERE state = 'pending' AND tries >= ? AND lease_until <= ?`, now.UnixMilli(), MostTries, now.UnixMilli())
		if err != nil {
			return err
		}
		next := claim{}
		err = tx.QueryRowContext(ctx, `SELECT number, key, channel, screen, run, message, tries + 1 FROM outbox AS o
			WHERE state = 'pending' AND channel = ? AND due_at <= ? AND lease_until <= ? AND NOT EXISTS (
				SELECT 1 FROM outbox AS b WHERE b.state = 'pending' AND b.channel = o.channel AND b.screen = o.screen AND b.number < o.number)
			ORDER BY due_at, number LIMIT 1`, channel, now.UnixMilli(), now.UnixMilli()).
			Scan(&next.number, &next.key, &next.channel, &next.screen, &next.run, &next.text, &next.tries)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		until := now.Add(margin)
		if ch := o.channels.byName[next.channel]; ch != nil {
			until = until.Add(ch.timeout)
		}
		_, err = tx.ExecContext(ctx, `UPDATE outbox SET tries = ?, lease_until = ? WHERE number = ?`, next.tries, until.UnixMilli(), next.number)
		c = &next
		return err
	})
	return c, err
}

// tryOne sends a message and writes down what became of it; the outcome is nil if
// ctx ended first.
func (o *Outbox) tryOne(ctx context.Context, c *claim, now func() time.Time) (*Outcome, error) {
	failed := o.send(ctx, c, now())
	ended := context.WithoutCancel(ctx)
	if failed != nil && ctx.Err() != nil {
		return nil, o.settle(ended, c, `tries = tries - 1, lease_until = 0`)
	}
	at := now()
	out := &Outcome{Key: c.key, Channel: c.channel, Screen: c.screen, Run: c.run, Tries: c.tries, State: Sent, Err: failed}
	if failed == nil {
		return out, o.settle(ended, c, `state = 'sent', ended_at = ?, error = ''`, at.UnixMilli())
	}
	r := refusal{err: failed}
	if known, ok := errors.AsType[*refusal](failed); ok {
		r = *known
	}
	if r.permanent || c.tries >= MostTries {
		out.State = Dead
		return out, o.settle(ended, c, `state = 'dead', ended_at = ?, error = ?`, at.UnixMilli(), failed.Error())
	}
	out.State, out.Next = Pending, at.Add(max(backoff(c.key, c.tries), r.after)).Truncate(time.Millisecond)
	return out, o.settle(ended, c, `due_at = ?, lease_until = 0, error = ?`, out.Next.UnixMilli(), failed.Error())
}

func (o *Outbox) send(ctx context.Context, c *claim, at time.Time) error {
	ch := o.channels.byName[c.channel]
	if ch == nil {
		return fmt.Errorf("the configuration has no channel %q any more", c.channel)
	}
	d := delivery{key: c.key, at: at}
	if err := json.Unmarshal([]byte(c.text), &d.message); err != nil {
		return permanently("the message cannot be read: %w", err)
	}
	return ch.try(ctx, d)
}

// settle writes down what became of a try, unless another has begun since.
func (o *Outbox) settle(ctx context.Context, c *claim, set string, args ...any) error {
	return o.db.Update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE outbox SET `+set+` WHERE number = ? AND tries = ? AND state = 'pending'`, append(args, c.number, c.tries)...)
		return err
	})
}

// backoff is how long to wait after a try: twice as long each time, less up to a
// half that differs from message to message, so that what failed together does not
// come back together.
func backoff(key string, tries int) time.Duration {
	wait := firstWait << min(tries-1, 20)
	wait = min(wait, mostWait)
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", key, tries))
	return wait/2 + time.Duration(binary.BigEndian.Uint32(sum[:])%1024)*(wait/2)/1024
}
