// Package screener is the product: a screen goes over a table of companies as
// of one date, and a ranked list comes out with the reason for each name.
//
//  1. Universe: each company is in, out, or unknown for a reason.
//  2. Conditions: each is true, false or unknown per company; what unknown does
//     is the screen's choice (missing:), and by default the company is listed
//     as unknown.
//  3. Verdict: passed, failed or unknown, for every company of the universe.
//  4. Rank: peers are the universe or those that passed; score, then ties, then
//     company number: a total order. A limit says how many it cut.
//  5. Values: the columns of the candidates, and why one is missing.
//
// A screen with bands ([Screen.Banded]) holds companies of the list before to
// other thresholds, so that its list does not churn.
//
// [Run] gives the [Result], with the slack of each condition; [Decide] what was
// decided of every company besides; [Compare] why two runs differ; [Explain] tells one
// company's story, from its rank down to the filings; [Tune] counts who passes as
// a threshold moves. Promises: passed + failed + unknown = universe, and
// universe + outside + universe unknown = all companies; values are those of
// the table, never edited; the same table, screen and options give the same
// bytes of JSON, whatever the order of the table's rows.
package screener

import (
	"context"

	"assay/fundamentals"
	"assay/rules"
)

// Table is what a screen goes over: companies as they were known on one date.
type Table interface {
	rules.Table
	// AsOf is the date of the table.
	AsOf() fundamentals.Date
	// DataVersion is a hash of the data that the table was made of.
	DataVersion() string
	// CIK, Ticker and Name describe the company of a row. No two rows have the
	// same CIK.
	CIK(row int) fundamentals.CIK
	Ticker(row int) string
	Name(row int) string
	// Evidence opens the value of a plane of a column.
	Evidence(ctx context.Context, row int, column string, at rules.At) (*fundamentals.Evidence, error)
}

// Options is what a run depends on besides the table and the screen.
type Options struct {
	Catalogue string // hash of the definitions of all metrics
	Program   string // version of the program
	// Stale is the staleness limits that the table was built with, where they
	// are not the usual ones. A screen that asks for others gets a notice.
	Stale Stale
	// Before is the list before, which a screen with bands goes by. Nil: there is
	// none, and every company is held to the conditions of entry.
	Before *Before
	// Near asks for the companies that miss up to so many conditions, and Overlap
	// for what conditions keep out together. They tell more of a run, and leave
	// its name as it is.
	Near    int
	Overlap bool
	With    With // changes nothing of the list
}

// With says what a result carries of each candidate besides its line of the
// list.
type With struct {
	Conditions bool // what each condition says of it
	Evidence   bool // where its score and its values come from
	Exchange   bool // where it is listed
}
