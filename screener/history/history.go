// Package history keeps the runs of screens: what was asked, of which data, and
// what was decided of every company.
//
//  1. [Record] keeps a run. What decides it is kept once under its name, a hash;
//     each time that it was made is an occurrence with a number of its own.
//  2. [Find] and [List] find runs by name, number or place from the end, [Load]
//     reads one whole.
//  3. [ListBefore] is the list that a screen with bands goes by.
//  4. [Prune] takes out what a policy does not keep.
//
// A run that is kept can be made again from the same database, for facts are
// appended and never changed: batch and data version say which of them it read.
// Runs lie in the file of the facts; this room holds the only SQL about them.
package history

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"assay/fundamentals"
	"assay/screener"
)

// Database is the file that runs are kept in.
type Database interface {
	// View and Update run fn in a transaction, to read and to write.
	View(ctx context.Context, fn func(tx *sql.Tx) error) error
	Update(ctx context.Context, fn func(tx *sql.Tx) error) error
}

// ErrNotFound is wrapped by errors about a run that is not kept.
var ErrNotFound = errors.New("no such run is kept")

// Run is what decides a run, and what it decided.
type Run struct {
	Name        string // [screener.Result.Run]
	Screen      string
	AsOf        fundamentals.Date
	Texts       []Text // of the screen, then of those that it extends
	DataVersion string
	Batch       fundamentals.Batch // the last that it read
	Catalogue   string
	Program     string
	Stale       screener.Stale
	Before      *screener.Before // the list before, of a screen with bands
	Counts      Counts
	Ledger      *screener.Ledger // nil where only the head was read
}

// Text is a file of a screen.
type Text struct {
	File   string `json:"file"`
	Digest string `json:"digest"`
	Text   string `json:"-"`
}

// Counts are those of a [screener.Result].
type Counts struct {
	Companies       int `json:"companies"`
	Universe        int `json:"universe"`
	UniverseUnknown int `json:"universe_unknown"`
	Passed          int `json:"passed"`
	Failed          int `json:"failed"`
	Unknown         int `json:"unknown"`
	Cut             int `json:"cut"`
}

// CountsOf reads the counts of a result.
func CountsOf(r *screener.Result) Counts {
	return Counts{r.Companies, r.Universe, r.UniverseUnknown, r.Passed, r.Failed, r.Unknown, r.Cut}
}

// Occurrence is one time that a run was made.
type Occurrence struct {
	Number  int64  // given by [Record]; 0: not kept
	Origin  string // "": by hand; else what made it, such as a schedule
	File    string // of the screen
	Started time.Time
	Timings Timings
	Asked   Asked
}

// Asked is what a run was asked to tell besides its list. It decides the bytes of
// the answer, and nothing of the run.
type Asked struct {
	Slack    bool `json:"slack,omitempty"`
	Near     int  `json:"near,omitempty"` // how many conditions may keep a company out
	Overlap  bool `json:"overlap,omitempty"`
	Evidence bool `json:"evidence,omitempty"`
}

// Timings are how long the parts of a run took.
type Timings struct {
	Open  time.Duration // to the table
	Run   time.Duration // from there to the result
	Write time.Duration // from there to the answer
}

// Total is how long the run took.
func (t Timings) Total() time.Duration { return t.Open + t.Run + t.Write }

// Entry is an occurrence with the head of its run.
type Entry struct {
	Occurrence
	Run
}

// Definition is what a name of a catalogue means.
type Definition struct {
	Name string `json:"name"`
	Text string `json:"text"`
}
