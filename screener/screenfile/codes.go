package screenfile

import (
	"slices"

	"assay/rules"
)

// The codes of mistakes. A code keeps its meaning for ever.
const (
	codeFile     = "E101"
	codeYAML     = "E102"
	codeFeature  = "E103"
	codeTag      = "E104"
	codeComment  = "E105"
	codeHeader   = "E106"
	codeComma    = "E107"
	codeTab      = "E108"
	codeKey      = "E110"
	codeTwice    = "E111"
	codeShape    = "E112"
	codeNeeded   = "E113"
	codeEmpty    = "E114"
	codeBadName  = "E115"
	codeTaken    = "E116"
	codeCircle   = "E117"
	codeNobody   = "E120"
	codeChoice   = "E121"
	codeCount    = "E122"
	codeSchedule = "E123"
	codeUnnamed  = "E124"
	codePeers    = "E125"
	codeExtend   = "E126"
)

var codes = []rules.Code{
	{Code: codeFile, Title: "the file cannot be read as a screen",
		Help: "A screen is a text file in UTF-8, of 64 KiB at most, with a reasonable depth of brackets."},
	{Code: codeYAML, Title: "the YAML cannot be read",
		Help: "The frame of a screen is YAML: `key: value`, blocks set in by two blanks. An expression that contains `: ` or begins with one of ! & * ? | > % @ ` [ { must be quoted, or written under | on lines of its own."},
	{Code: codeFeature, Title: "a feature of YAML that screens do not use",
		Help: "A screen says everything where it stands: no anchors, aliases, merges, directives or further documents."},
	{Code: codeTag, Title: "YAML takes a word that begins with ! for a tag",
		Help: "Outside quotes, YAML silently drops a first word that begins with !. Write `not (...)`, or put the expression in quotes."},
	{Code: codeComment, Title: "YAML cuts the line at a #",
		Help: "Outside quotes, YAML takes a # after a blank for a comment and drops the rest of the line. Put the whole expression in single quotes, or write it under |."},
	{Code: codeHeader, Title: "YAML takes > or | for the start of a block",
		Help: "An expression that begins with > or | is taken for the header of a block of text. Name what is compared, such as `roic > 3%`, or put the expression in quotes."},
	{Code: codeComma, Title: "a comma inside [ ] or { } splits an expression",
		Help: "Inside [ ] and { } every comma begins a new element, also within a call. Write a list with - on lines of its own, or quote the element."},
	{Code: codeTab, Title: "a tab where YAML wants blanks",
		Help: "YAML does not accept tabs as indentation. Replace each by two blanks."},
	{Code: codeKey, Title: "a key that screens do not have",
		Help: "The keys of a screen are screen, about, extend, universe, let, pass, missing, keep, min_stay, flag, rank, columns, stale, schedule, deliver and test."},
	{Code: codeTwice, Title: "a key is given twice",
		Help: "Each key and each name stands once in its block; the second would silently replace the first."},
	{Code: codeShape, Title: "the value has the wrong shape",
		Help: "Some keys hold one text, some a list (lines that begin with -), some a block of names (lines of `name: expression`)."},
	{Code: codeNeeded, Title: "a key is missing",
		Help: "A screen needs at least a name and one condition:\n\n  screen: my-screen\n  pass:\n    small: market_cap <= 2B"},
	{Code: codeEmpty, Title: "a key without a value",
		Help: "Give the key a value, or take it out."},
	{Code: codeBadName, Title: "a name that cannot be used",
		Help: "The name of a screen is made of lower-case words with dashes between them: quality-small-cap. Names of conditions, lets, flags and columns are made of lower-case letters, digits and underscores and begin with a letter: little_debt."},
	{Code: codeTaken, Title: "a name is used for two things",
		Help: "Conditions and flags stand side by side in reports, and columns do among themselves, so each needs a name of its own. A condition can be used in others by its name, so no let may have the same one. The words screen, universe and rank name the screen's own results."},
	{Code: codeCircle, Title: "names that need each other",
		Help: "A let or a condition may use other lets and conditions, in any order, but never itself, directly or through others."},
	{Code: codeNobody, Title: "nothing has this name",
		Help: "missing: names conditions of pass:. Tests name columns and metrics under given:, and conditions, flags, screen, universe or rank under expect:."},
	{Code: codeChoice, Title: "not one of the words that are possible here",
		Help: "missing: takes pass, fail or unknown. over: takes universe or passed. expect: takes pass, fail or unknown for conditions and the screen; true, false or unknown for flags; in, out or unknown for the universe."},
	{Code: codeCount, Title: "a number that cannot be used here",
		Help: "limit: is a whole number from 1 to 1,000,000. stale: takes days, such as 270d, from 1d to 3650d."},
	{Code: codeSchedule, Title: "a schedule that cannot be read",
		Help: "cron: has five fields (minute, hour, day, month, weekday), such as \"30 18 * * 1-5\". timezone: is a name such as America/New_York. on: takes all, trading-days or full-days, holiday: skip or shift, catch_up: all, last or none, timeout: a time such as 5m, and refresh: names of the configuration."},
	{Code: codeUnnamed, Title: "an expression without a name",
		Help: "A column that is more than a name needs one: `- roce_5y: avg(roce, 5y)`."},
	{Code: codePeers, Title: "the universe cannot be ranked against itself",
		Help: "percentile, rank and their kin compare a company with the universe, so they cannot say who belongs to it. Put them under pass: or rank:."},
	{Code: codeExtend, Title: "a screen that cannot be extended",
		Help: "extend: names one that ships (quality-small-cap) or a file by its path relative to the file that says it, in the folder of the first screen or below it. Its conditions, lets, flags, columns and the keys of rank and stale are taken over by name: give one again to replace it, or as null to take it out. schedule, deliver and tests are not taken over, but like: finds the tests."},
}

// Codes lists every kind of mistake with its help text.
func Codes() []rules.Code { return slices.Clone(codes) }
