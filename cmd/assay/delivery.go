package main

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"assay/fundamentals/store"
	"assay/screener"
	"assay/screener/notify"
	"assay/screener/schedule"
)

// delivery tells the channels what changed, through the outbox.
type delivery struct {
	db       *store.DB
	channels notify.Channels
	now      func() time.Time
	log      *slog.Logger
	link     func(screen, run, asOf string) string // nil: messages have none
}

// unknownChannels lists the channels of a screen that the configuration lacks.
func unknownChannels(p schedule.Plan, channels notify.Channels) (names []string) {
	for _, name := range p.Screen.Deliver {
		if !slices.Contains(channels.Names(), name) {
			names = append(names, name)
		}
	}
	return names
}

// Put implements [schedule.Delivery]. A first run has nothing to be compared with:
// its whole list has entered.
func (d *delivery) Put(ctx context.Context, tx *sql.Tx, c *schedule.Change) error {
	m := messageOf(c, d.now())
	if d.link != nil {
		m.Link = d.link(m.Screen, m.Run, m.AsOf)
	}
	return d.put(ctx, tx, m, c.Screen)
}

// Fail implements [schedule.Delivery]. What failed has no run: its slot names it.
func (d *delivery) Fail(ctx context.Context, tx *sql.Tx, c *schedule.Claimed, why error) error {
	return d.put(ctx, tx, notify.Message{
		Screen: c.Plan.Screen.Name, Run: "failed-" + c.Slot.UTC().Format("20060102T150405Z"),
		AsOf: c.Plan.Slots.Day(c.Slot).String(), At: d.now(), Failed: why.Error(),
	}, c.Plan.Screen)
}

// put keeps a message for the channels of a screen that there are.
func (d *delivery) put(ctx context.Context, tx *sql.Tx, m notify.Message, screen *screener.Screen) error {
	var names []string
	for _, name := range screen.Deliver {
		if slices.Contains(d.channels.Names(), name) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	_, err := notify.NewOutbox(d.db, d.channels).PutIn(ctx, tx, m, names)
	return err
}

// Flush implements [schedule.Delivery].
func (d *delivery) Flush(ctx context.Context, _ time.Time) error {
	outcomes, err := notify.NewOutbox(d.db, d.channels).Deliver(ctx, d.now)
	for _, o := range outcomes {
		attrs := []any{"screen", o.Screen, "run", o.Run, "channel", o.Channel, "key", o.Key, "state", o.State, "tries", o.Tries}
		if o.Err != nil {
			if attrs = append(attrs, "error", o.Err); o.State != notify.Dead { // which has no next try
				attrs = append(attrs, "next", o.Next)
			}
			d.log.Warn("delivery failed", attrs...)
			continue
		}
		d.log.Info("delivered", attrs...)
	}
	return err
}

// toTop is how many of the list a message names.
const toTop = 10

func messageOf(c *schedule.Change, at time.Time) notify.Message {
	r := c.Result
	m := notify.Message{
		Screen: c.Screen.Name, Run: c.Run, AsOf: c.AsOf.String(), At: at, Notes: c.Notes, Notices: r.Notices,
		Counts: notify.Counts{Universe: r.Universe, Passed: r.Passed, Failed: r.Failed, Unknown: r.Unknown, Cut: r.Cut},
	}
	for _, p := range r.Candidates[:min(len(r.Candidates), toTop)] {
		m.Top = append(m.Top, notify.Place{Rank: p.Rank, Ticker: p.Ticker, Name: p.Name})
	}
	if c.Diff == nil {
		for _, p := range r.Candidates {
			m.Entered = append(m.Entered, notify.Change{Ticker: p.Ticker, Name: p.Name, Causes: []string{"the first run of the screen"}})
		}
		return m
	}
	for _, n := range c.Diff.Entered {
		m.Entered = append(m.Entered, notify.Change{Ticker: n.Ticker, Name: n.Name, Causes: causesOf(n)})
	}
	for _, n := range c.Diff.Left {
		m.Left = append(m.Left, notify.Change{Ticker: n.Ticker, Name: n.Name, Causes: causesOf(n)})
	}
	for _, n := range c.Diff.Moved {
		m.Moved = append(m.Moved, notify.Move{Ticker: n.Ticker, Name: n.Name, From: n.FromRank, To: n.ToRank, Causes: causesOf(n)})
	}
	return m
}

// causesOf words why a company is listed otherwise: the cause, and the conditions
// that it turned.
func causesOf(n screener.DiffName) (causes []string) {
	for _, p := range n.Parts {
		if p.From == p.To && p.FromRank == p.ToRank {
			continue
		}
		text := p.Cause
		for i, c := range p.Conditions {
			text += []string{": ", ", "}[min(i, 1)] + conditionText(c)
		}
		causes = append(causes, text)
	}
	return causes
}

func conditionText(c screener.DiffCondition) string {
	text := fmt.Sprintf("%s %s -> %s", c.Name, orAbsent(c.From), orAbsent(c.To))
	for _, v := range c.Values {
		text += fmt.Sprintf(" (%s: %s)", v.Text, readingText(v))
	}
	return text
}

func orAbsent(word string) string {
	if word == "" {
		return "absent"
	}
	return word
}
