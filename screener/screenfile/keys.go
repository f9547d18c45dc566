package screenfile

import (
	"slices"

	"assay/screener"
)

// Key is a key of a screen file and what it holds, for editors and those who
// write one. A test holds the keys to those that Parse knows.
type Key struct {
	Name    string
	Doc     string
	Holds   Holds
	Words   []string // Choice, Choices, Expected: the words that it is one of
	Pattern string   // Word, WordList: what it looks like, as a regular expression; "": any text
	Keys    []Key    // Block, Blocks: the keys of the block
	Needed  bool     // its block cannot do without
	// Own is true of a key that a screen does not take over from the one that it
	// extends. Of others null takes out what was taken over.
	Own bool
}

// Holds is what a key holds.
type Holds uint8

// What keys hold.
const (
	Word       Holds = iota // a text
	Whole                   // a whole number
	Choice                  // one of the words
	Expression              // an expression
	Named                   // lines of `name: expression`
	List                    // a list of expressions
	Columns                 // a list of names and of `name: expression`
	Choices                 // lines of `condition: word`
	WordList                // a list of texts
	Block                   // a block with keys of its own
	Blocks                  // a list of such blocks
	Given                   // lines of `column: value` or `column: [value, ...]`
	Companies               // lines of `NAME:`, with what is given below each
	Expected                // a word, or lines of `name: what is expected`
)

// Keys lists the keys of a screen, in canonical order.
func Keys() []Key {
	policies := make([]string, 0, 3)
	for _, p := range screener.Policies() {
		policies = append(policies, p.String())
	}
	return []Key{
		{Name: "screen", Doc: "The name of the screen: lower-case words with dashes between them.", Pattern: screenName().String(), Needed: true, Own: true},
		{Name: "about", Doc: "What the screen looks for, in a sentence or two."},
		{Name: "extend", Doc: "The screen whose parts this one changes: a relative path, or the name of one that ships. Conditions, lets, flags, columns and the keys of rank, missing and stale are taken over by name; null takes one out.", Own: true},
		{Name: "universe", Doc: "Which companies are looked at: a condition. A company is in, out or unknown. Without it all are in.", Holds: Expression},
		{Name: "let", Doc: "Names of your own, a line of `name: expression` each.", Holds: Named},
		{Name: "pass", Doc: "Conditions that must all hold. The key is the name in every report, and other conditions can use it.", Holds: Named, Needed: true},
		{Name: "missing", Doc: "What an unknown condition does: pass, fail or unknown (the default: the company is kept out and listed as unknown).", Holds: Choices, Words: policies},
		{Name: "keep", Doc: "Thresholds at which a company of the list before stays, by the names of conditions: wider ones than those of entry, so that the list does not churn.", Holds: Named},
		{Name: "min_stay", Doc: "For how many days a company stays on the list at least, such as 30d.", Pattern: daysPattern},
		{Name: "flag", Doc: "Conditions that are shown beside a candidate and filter nothing.", Holds: Named},
		{Name: "rank", Doc: "The order of the list. Without it candidates are in order of company number.", Holds: Block, Keys: rankKeyList()},
		{Name: "columns", Doc: "What the list shows: `- name` or `- name: expression`.", Holds: Columns},
		{Name: "stale", Doc: "How old a number may be before it is missing as stale.", Holds: Block, Keys: []Key{
			{Name: "statement", Doc: "Days since the end of the period of the latest statement, such as 270d.", Pattern: daysPattern},
			{Name: "price", Doc: "Trading days since the last price, such as 10d.", Pattern: daysPattern},
		}},
		{Name: "schedule", Doc: "When the screen is run by itself.", Holds: Block, Own: true, Keys: []Key{
			{Name: "cron", Doc: "Minute, hour, day, month and weekday, such as \"30 18 * * 1-5\".", Pattern: cronPattern, Needed: true, Own: true},
			{Name: "timezone", Doc: "The name of a time zone, such as America/New_York or UTC.", Pattern: anything, Needed: true, Own: true},
			{Name: "on", Doc: "On which days: all (the default), trading-days of the New York Stock Exchange, or full-days, which leaves its half days out.", Holds: Choice, Words: []string{"all", "trading-days", "full-days"}, Own: true},
			{Name: "holiday", Doc: "What becomes of a time on another day: skip (the default), or shift to the next such day.", Holds: Choice, Words: []string{"skip", "shift"}, Own: true},
			{Name: "catch_up", Doc: "Which of the times that were missed are run: all (the default), last or none.", Holds: Choice, Words: []string{"all", "last", "none"}, Own: true},
			{Name: "timeout", Doc: "How long a run may take, such as 90s, 5m or 1h.", Pattern: timeoutPattern, Own: true},
			{Name: "refresh", Doc: "What is brought before a run, by the names of the configuration, such as edgar.", Holds: WordList, Pattern: channel().String(), Own: true},
		}},
		{Name: "deliver", Doc: "Channels of the configuration to which results go, such as desk-mail. No address and no secret stands in a screen.", Holds: WordList, Pattern: channel().String(), Own: true},
		{Name: "test", Doc: "Tests: invented companies, or such of the database, and what the screen must say of them.", Holds: Blocks, Keys: testKeyList(), Own: true},
	}
}

// SuiteKeys lists the keys of a file of tests.
func SuiteKeys() []Key {
	test := Keys()[slices.IndexFunc(Keys(), func(k Key) bool { return k.Name == "test" })]
	test.Needed = true
	return []Key{
		{Name: "screen", Doc: "The screen that the tests are about: a path relative to this file, or the name of one that ships.", Pattern: anything, Needed: true, Own: true},
		{Name: "about", Doc: "What the tests are for.", Own: true},
		test,
	}
}

// daysPattern allows 1d to 3650d, cronPattern five fields, anything what is not
// empty.
const (
	anything    = `\S`
	daysPattern = `^([1-9][0-9]{0,2}|[12][0-9]{3}|3[0-5][0-9]{2}|36[0-4][0-9]|3650)d$`
	// timeoutPattern allows a little more than 24h.
	timeoutPattern = `^[1-9][0-9]{0,4}[smh]$`
	cronPattern    = `^\s*[0-9A-Za-z*?][0-9A-Za-z*/,#-]*(\s+[0-9A-Za-z*?][0-9A-Za-z*/,#-]*){4}\s*$`
)

func rankKeyList() []Key {
	return []Key{
		{Name: "by", Doc: "The score: a number, the highest first.", Holds: Expression, Needed: true},
		{Name: "over", Doc: "The peers of percentile, rank and their kin: universe (the default) or passed.", Holds: Choice, Words: []string{"universe", "passed"}},
		{Name: "limit", Doc: "How many companies the list has at most. Reports say how many it cut.", Holds: Whole},
		{Name: "ties", Doc: "Numbers that decide between equal scores, the highest first; then the company number does.", Holds: List},
	}
}

func testKeyList() []Key {
	return []Key{
		{Name: "name", Doc: "The name of the test.", Pattern: anything, Needed: true, Own: true},
		{Name: "like", Doc: "The test above whose givens this one starts from.", Pattern: anything, Own: true},
		{Name: "given", Doc: "What is known of the company. Metrics are computed from it, and the rest is missing. A list is the latest year, the year before, and so on; null is not reported.", Holds: Given, Own: true},
		{Name: "companies", Doc: "Several companies, each other's peers, with givens of their own.", Holds: Companies, Own: true},
		{Name: "on", Doc: "The day of a test against the database, such as 2024-03-08.", Pattern: `^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*$`, Own: true},
		{Name: "company", Doc: "The company of a test against the database: a ticker or a CIK.", Pattern: anything, Own: true},
		{Name: "expect", Doc: "pass, fail or unknown of the screen; or lines of `name: what is expected` of conditions, flags, lets, columns, screen, universe and rank.", Holds: Expected, Words: screenWords, Needed: true, Own: true},
	}
}
