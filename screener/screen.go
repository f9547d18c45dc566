package screener

import (
	"time"

	"assay/rules"
)

// Screen is a screen file, read and checked. It is not changed by running it.
type Screen struct {
	Name  string
	About string
	File  string // where it was read from, for messages
	Text  string // the whole file, which identifies the screen together with Extends
	// Extends are the files of the screens that it extends, the nearest first.
	Extends []Extended

	Universe *Rule // nil: every company of the table
	Lets     []Rule
	Pass     []Condition
	MinStay  int // days that a company stays on the list at least; 0: it may leave at once
	Flags    []Rule
	Rank     *Rank // nil: candidates are in order of company number
	Columns  []Rule

	Stale    Stale
	Schedule *Schedule
	Deliver  []string
	Tests    []Test
	Likes    []Test // tests of the screens that it extends: they are not run

	Notices []string // what a careful user wants to know and no mistake
}

// Extended is the file of a screen that another extends.
type Extended struct{ File, Text string }

// Rule is a named expression of a screen.
type Rule struct {
	Name    string
	Text    string // the expression as written
	Program *rules.Program
	Line    int // where it stands in the file, from 1
}

// Policy is what an unknown condition does to a company.
type Policy uint8

// The policies.
const (
	MissingUnknown Policy = iota // the company is kept out and listed as unknown
	MissingPass                  // the condition counts as held; the company carries a flag
	MissingFail                  // the condition counts as not held
)

// String returns "unknown", "pass" or "fail".
func (p Policy) String() string { return [...]string{"unknown", "pass", "fail"}[p] }

// Policies lists the policies.
func Policies() []Policy { return []Policy{MissingPass, MissingFail, MissingUnknown} }

// Condition is one that a company must meet to pass.
type Condition struct {
	Rule
	Missing Policy
	Keep    *Rule // for a company on the list before that does not meet Rule; nil: it must
}

// Rank says in which order candidates are listed.
type Rank struct {
	By         Rule   // the score, the highest first
	OverPassed bool   // peers are those that passed, not the whole universe
	Limit      int    // 0: no limit
	Ties       []Rule // the highest first, one after the other
}

// Stale overrides how old a number may be; 0 means the usual limit.
type Stale struct {
	Statement int // days since the period end
	Price     int // trading days since the last price
}

// Schedule says when a screen is to be run.
type Schedule struct {
	Cron     string        // five fields: minute, hour, day, month, weekday
	Timezone string        // an IANA name
	On       string        // "": all days; trading-days, full-days
	Holiday  string        // "" or skip: no run on another day; shift: on the next such day
	CatchUp  string        // of missed runs; "" or all, last, none
	Timeout  time.Duration // 0: the usual one
	Refresh  []string      // what is brought before, by the names of the configuration
}

// Test is what a screen must say of invented companies, or of one as it was
// known on a day.
type Test struct {
	Name string
	Like string // the test whose givens it starts from, or ""
	File string
	Line int

	Given     []Given   // of the only company, or of each of Companies
	Companies []Company // several companies, each other's peers
	On        string    // of a test against the database: the day, YYYY-MM-DD
	Company   string    // of a test against the database: ticker or CIK

	Expect map[string]string // a condition, a flag, "screen", "universe" or a company to the word expected
	Values []Expected        // lets, columns and metrics with the value expected; "rank" is the score
	Order  []string          // of several companies, those that pass, the best first
}

// Company is an invented company of a test with several.
type Company struct {
	Name  string
	Given []Given
}

// Expected is a value that a test expects.
type Expected struct {
	Name    string
	Point   Point
	Program *rules.Program // what must have the value; nil for the score
	Line    int
}

// Given is one column of a test's company: a point per year back from now, or per
// quarter.
type Given struct {
	Column   string
	Kind     rules.Kind
	Quarters bool // the points are single quarters
	Points   []Point
}

// Point is a value that a test gives or expects.
type Point struct {
	None    bool           // missing
	Why     rules.Reason   // why it is missing
	Text    string         // as written
	Program *rules.Program // the number, date or condition; nil for a text
}

// programs calls f for every program of the screen, in file order.
func (s *Screen) programs(f func(*rules.Program)) {
	if s.Universe != nil {
		f(s.Universe.Program)
	}
	for _, c := range s.Pass {
		f(c.Program)
		if c.Keep != nil {
			f(c.Keep.Program)
		}
	}
	for _, r := range s.Flags {
		f(r.Program)
	}
	if s.Rank != nil {
		f(s.Rank.By.Program)
		for _, r := range s.Rank.Ties {
			f(r.Program)
		}
	}
	for _, r := range s.Columns {
		f(r.Program)
	}
}
