// Package schedule says when screens are run, and sees that each slot is run
// once.
//
//  1. [NewSlots] reads a screen's schedule. [Slots.Next] and [Slots.Latest] are
//     pure: the same schedule gives the same slots, wherever and whenever it is
//     asked.
//  2. Which slots are due follows from what the database says was done, not from
//     what a process remembers: [Claim] takes the earliest one in one transaction,
//     with a lease, so that of several processes one has it.
//  3. [Claimed.Finish] settles a slot in the transaction that keeps its run. A process
//     that is killed leaves a claim whose lease ends; another takes the slot over.
//  4. A screen may want data to be brought before it is run ([Refresher]): once for
//     a slot, whoever shares it. What fails is told, and is an error only where the
//     configuration says so.
//  5. [Daemon.Serve] is the loop of a daemon over a clock that it is given; [Read]
//     tells how each screen fares, and [Prune] takes out what is old.
//
// This room holds the only SQL about slots; they lie in the file of the facts.
package schedule

import (
	"context"
	"database/sql"
	"time"

	"assay/screener"
)

// Database is the file that slots are kept in.
type Database interface {
	// View and Update run fn in a transaction, to read and to write.
	View(ctx context.Context, fn func(tx *sql.Tx) error) error
	Update(ctx context.Context, fn func(tx *sql.Tx) error) error
}

// Plan is a screen with its slots.
type Plan struct {
	Screen  *screener.Screen
	Slots   *Slots
	CatchUp CatchUp
	Timeout time.Duration
	Refresh []string // what is brought before, by name
}

// CatchUp says what becomes of slots whose time came when nobody was there.
type CatchUp uint8

// The policies.
const (
	CatchUpAll  CatchUp = iota // each is run, as of its own day
	CatchUpLast                // the latest is run, the others are passed over
	CatchUpNone                // all are passed over
)

// CatchUps lists the words for the policies.
func CatchUps() []string { return []string{"all", "last", "none"} }

// String returns the word that screens have for it.
func (c CatchUp) String() string { return CatchUps()[c] }

const (
	// Late is by how much the beginning of a slot may be late before CatchUpNone
	// takes it for missed.
	Late = 10 * time.Minute
	// UsualTimeout is how long a run may take where the screen does not say.
	UsualTimeout = 5 * time.Minute
)

// NewPlan reads the schedule of a screen, which must have one.
func NewPlan(screen *screener.Screen) (Plan, error) {
	s := screen.Schedule
	slots, err := NewSlots(s)
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Screen: screen, Slots: slots, Timeout: s.Timeout, Refresh: s.Refresh}
	if p.Timeout == 0 {
		p.Timeout = UsualTimeout
	}
	for i, word := range CatchUps() {
		if word == s.CatchUp {
			p.CatchUp = CatchUp(i)
		}
	}
	return p, nil
}
