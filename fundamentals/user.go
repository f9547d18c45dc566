package fundamentals

import (
	"slices"
	"strings"

	"assay/rules"
)

// UserColumn is a column that the user brings: ratings, targets, notes, tags.
type UserColumn struct {
	Name string
	// Unit is what its values are, in the words of [UserUnits], or [TagUnit].
	Unit string
}

// TagUnit is the unit of a tag: true of the companies that have it on a day,
// false of all others.
const TagUnit = "tag"

// userUnit is a word by which users say what a column holds.
type userUnit struct {
	word string
	kind rules.Kind
	unit rules.Unit
}

var userUnits = []userUnit{
	{"plain", rules.Number, rules.UnitPlain},
	{"USD", rules.Number, rules.UnitMoney},
	{"USD/share", rules.Number, rules.UnitPrice},
	{"shares", rules.Number, rules.UnitShares},
	{"%", rules.Number, rules.UnitFraction},
	{"x", rules.Number, rules.UnitMultiple},
	{"count", rules.Number, rules.UnitCount},
	{"days", rules.Number, rules.UnitDays},
	{"date", rules.Date, rules.Unit{}},
	{"bool", rules.Bool, rules.Unit{}},
	{"text", rules.Text, rules.Unit{}},
}

// UserUnits lists the units that a user can give a column.
func UserUnits() []string {
	var words []string
	for _, u := range userUnits {
		words = append(words, u.word)
	}
	return words
}

// ParseUserUnit returns a unit of [UserUnits], whatever the case it is written in.
func ParseUserUnit(word string) (unit string, ok bool) {
	i := slices.IndexFunc(userUnits, func(u userUnit) bool { return strings.EqualFold(u.word, word) })
	if i < 0 {
		return "", false
	}
	return userUnits[i].word, true
}

// Column describes the column to the rule language.
func (c UserColumn) Column() rules.Column {
	out := rules.Column{Name: c.Name, Kind: rules.Bool, Fixed: true, Undated: true}
	for _, u := range userUnits {
		if u.word == c.Unit {
			out.Kind, out.Unit = u.kind, u.unit
		}
	}
	return out
}

// String returns the column as a user writes it in a header, target_price
// [USD/share].
func (c UserColumn) String() string { return c.Name + " [" + c.Unit + "]" }

// UserValue is one word of the user about one company.
type UserValue struct {
	Column UserColumn
	// The company: by its number, or else by the ticker that it had on KnownOn.
	CIK    CIK
	Ticker string
	// Owner is that company as it was known when the file was read. A word counts in
	// place of one that was said before of the same Owner, column, From and KnownOn,
	// whichever way each names the company.
	Owner CIK
	// KnownOn is the day from which the value may be used. Of the values of one
	// company, column and From the one known last holds.
	KnownOn Date
	// From is the first day of a tag; none for other columns. Tags with several
	// first days add up.
	From Date
	// Until is the last day on which it holds; none: open. A tag whose last day lies
	// before its first never held.
	Until Date
	Value float64 // a number, date or boolean as rules hold them
	Text  string
	Line  int // of its file
}
