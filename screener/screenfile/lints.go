package screenfile

import (
	"slices"

	"assay/rules"
)

// The ids of what lint finds. An id keeps its meaning for ever.
const (
	lintNever     = "L001"
	lintAlways    = "L002"
	lintExclude   = "L003"
	lintImplied   = "L004"
	lintDuplicate = "L005"
	lintUnused    = "L006"
	lintDivision  = "L007"
	lintPolicy    = "L008"
	lintUnit      = "L009"
	lintDataNever = "L010"
	lintDataAll   = "L011"
	lintRange     = "L012"
	lintMissing   = "L013"
	lintAbsent    = "L014"
)

var lints = []rules.Code{
	{Code: lintNever, Title: "a condition that can never hold",
		Help: "Whatever the data says, no company can meet it: x < 10 and x > 20."},
	{Code: lintAlways, Title: "a condition that always holds",
		Help: "It is true of every company of which it is known, so it keeps nobody out: x >= 5 or x < 10. It may only ask, in a roundabout way, whether the value is known: known(x) says so."},
	{Code: lintExclude, Title: "two conditions that exclude each other",
		Help: "All conditions of pass: must hold at once, and no company can meet both of these, so the list is empty. Alternatives are joined by or in one condition."},
	{Code: lintImplied, Title: "a condition that another one contains",
		Help: "Wherever the one holds the other does too, so the weaker keeps nobody out. Take it out, or look whether a sign or a number is wrong."},
	{Code: lintDuplicate, Title: "the same condition twice",
		Help: "Two names for one expression: the second says nothing new. Was something else meant?"},
	{Code: lintUnused, Title: "a let that nothing uses",
		Help: "Nothing in the file uses this name. Take it out, or use it: it may have been meant where something else stands."},
	{Code: lintDivision, Title: "a quotient whose denominator can be negative",
		Help: "With a negative denominator a quotient changes its sign, and with it the sense of a comparison: a loss makes ev / ebitda look cheap. Ask for a positive denominator in the same screen, such as ebitda > 0, or use the metric of the catalogue, which is undefined there."},
	{Code: lintPolicy, Title: "missing: for a condition that is always known",
		Help: "The condition asks only whether values are known, or has a stand-in for each, so it is never unknown and the entry under missing: does nothing."},
	{Code: lintUnit, Title: "an amount of money that looks too small",
		Help: "Amounts are in single units of money, not in millions: 300 is three hundred dollars. Three hundred million is written 300M."},
	{Code: lintDataNever, Title: "no company of the data meets a condition",
		Help: "The condition can hold, but of no company of the universe in the database on that day. Found with --db."},
	{Code: lintDataAll, Title: "every company of the data meets a condition",
		Help: "The condition keeps out none of the companies of the universe in the database on that day. Found with --db."},
	{Code: lintRange, Title: "a threshold outside the range of the data",
		Help: "The comparison holds of no value of the column in the database, or of all by far: is a digit or a unit wrong? Found with --db."},
	{Code: lintMissing, Title: "a column that is mostly missing",
		Help: "More than half of the companies lack the value, so that a condition on it leaves most of them unknown. `assay metrics NAME` says why it is missing. Found with --db."},
	{Code: lintAbsent, Title: "a channel or a refresh that the configuration lacks",
		Help: "deliver: and refresh: name what the configuration has: `assay config` shows its names, and --config names another. Without a channel nobody is told there; without a refresh the screen is run on the data that there are. Where the screen is written for another machine, # assay:ignore L014 on the line says so."},
}

// Lints lists every kind of what lint finds with its help text.
func Lints() []rules.Code { return slices.Clone(lints) }
