package screenfile

import "slices"

// Code describes one kind of mistake in the file around the expressions. The
// mistakes in expressions have codes of their own, in package rules.
type Code struct {
	Code, Title, Help string
}

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
)

var codes = []Code{
	{codeFile, "the file cannot be read as a screen",
		"A screen is a text file in UTF-8, of 64 KiB at most, with a reasonable depth of brackets."},
	{codeYAML, "the YAML cannot be read",
		"The frame of a screen is YAML: `key: value`, blocks set in by two blanks. An expression that contains `: ` or begins with one of ! & * ? | > % @ ` [ { must be quoted, or written under | on lines of its own."},
	{codeFeature, "a feature of YAML that screens do not use",
		"A screen says everything where it stands: no anchors, aliases, merges, directives or further documents."},
	{codeTag, "YAML takes a word that begins with ! for a tag",
		"Outside quotes, YAML silently drops a first word that begins with !. Write `not (...)`, or put the expression in quotes."},
	{codeComment, "YAML cuts the line at a #",
		"Outside quotes, YAML takes a # after a blank for a comment and drops the rest of the line. Put the whole expression in single quotes, or write it under |."},
	{codeHeader, "YAML takes > or | for the start of a block",
		"An expression that begins with > or | is taken for the header of a block of text. Name what is compared, such as `roic > 3%`, or put the expression in quotes."},
	{codeComma, "a comma inside [ ] or { } splits an expression",
		"Inside [ ] and { } every comma begins a new element, also within a call. Write a list with - on lines of its own, or quote the element."},
	{codeTab, "a tab where YAML wants blanks",
		"YAML does not accept tabs as indentation. Replace each by two blanks."},
	{codeKey, "a key that screens do not have",
		"The keys of a screen are screen, about, universe, let, pass, missing, flag, rank, columns, stale, schedule, deliver and test."},
	{codeTwice, "a key is given twice",
		"Each key and each name stands once in its block; the second would silently replace the first."},
	{codeShape, "the value has the wrong shape",
		"Some keys hold one text, some a list (lines that begin with -), some a block of names (lines of `name: expression`)."},
	{codeNeeded, "a key is missing",
		"A screen needs at least a name and one condition:\n\n  screen: my-screen\n  pass:\n    small: market_cap <= 2B"},
	{codeEmpty, "a key without a value",
		"Give the key a value, or take it out."},
	{codeBadName, "a name that cannot be used",
		"The name of a screen is made of lower-case words with dashes between them: quality-small-cap. Names of conditions, lets, flags and columns are made of lower-case letters, digits and underscores and begin with a letter: little_debt."},
	{codeTaken, "a name is used for two things",
		"Conditions and flags stand side by side in reports, and columns do among themselves, so each needs a name of its own. The words screen, universe and rank name the screen's own results."},
	{codeCircle, "lets that need each other",
		"A let may use other lets, in any order, but never itself, directly or through others."},
	{codeNobody, "nothing has this name",
		"missing: names conditions of pass:. Tests name columns and metrics under given:, and conditions, flags, screen, universe or rank under expect:."},
	{codeChoice, "not one of the words that are possible here",
		"missing: takes pass, fail or unknown. over: takes universe or passed. expect: takes pass, fail or unknown for conditions and the screen; true, false or unknown for flags; in, out or unknown for the universe."},
	{codeCount, "a number that cannot be used here",
		"limit: is a whole number from 1 to 1,000,000. stale: takes days, such as 270d, from 1d to 3650d."},
	{codeSchedule, "a schedule that cannot be read",
		"cron: has five fields (minute, hour, day, month, weekday), such as \"30 18 * * 1-5\". timezone: is a name such as America/New_York."},
	{codeUnnamed, "an expression without a name",
		"A column that is more than a name needs one: `- roce_5y: avg(roce, 5y)`."},
	{codePeers, "the universe cannot be ranked against itself",
		"percentile, rank and their kin compare a company with the universe, so they cannot say who belongs to it. Put them under pass: or rank:."},
}

// Codes lists every kind of mistake with its help text.
func Codes() []Code { return slices.Clone(codes) }
