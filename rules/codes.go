package rules

import "slices"

// Code describes one kind of mistake; Help is the text of its help page.
type Code struct {
	Code, Title, Help string
}

// The codes of mistakes. A code keeps its meaning for ever.
const (
	codeLimit     = "E001"
	codeCharacter = "E002"
	codeSyntax    = "E003"
	codeEquals    = "E004"
	codeKeyword   = "E005"
	codeOperator  = "E006"
	codeLiteral   = "E007"
	codeBetween   = "E008"
	codeNot       = "E009"
	codeCoalesce  = "E010"
	codeRefused   = "E011"
	codeName      = "E012"
	codeFunction  = "E013"
	codeArguments = "E014"
	codeKind      = "E015"
	codeUnit      = "E016"
	codeFraction  = "E017"
	codeValue     = "E018"
	codeWindow    = "E019"
	codeReason    = "E020"
	codeBasis     = "E021"
	codeLet       = "E022"
	codeZero      = "E023"
	codePattern   = "E024"
)

var codes = []Code{
	{codeLimit, "the expression is too large",
		"An expression has a limit on its length, its nesting and its number of terms. Give parts of it names under let: and use the names."},
	{codeCharacter, "a character that the language does not know",
		"Names are made of lower-case letters, digits and underscores; texts stand in straight quotes."},
	{codeSyntax, "the expression cannot be read",
		"Something is left over or missing: an operator between two values, a closing parenthesis, an argument. Alternatives are written\n\n  if sector == \"Financials\" { roe } else { roic }"},
	{codeEquals, "= is not a comparison",
		"Equality is written with two signs:\n\n  sector == \"Energy\""},
	{codeKeyword, "a word of the language in the wrong case",
		"and, or, not, in, if, else, true and false are written in lower case. A missing value has no word: ask known(x) or is_missing(x)."},
	{codeOperator, "an operator of another language",
		"The comparisons are < <= > >= == !=, the logic is and, or, not."},
	{codeLiteral, "a number that cannot be read",
		"A number has no commas: 1_000_000, or 1M. The suffix follows the digits at once: 12%, 25bp, 500k, 300M, 2.5B, 3T, 5y, 8q, 90d. M is a million, k a thousand, B a billion, T a trillion."},
	{codeBetween, "between is a function",
		"Write between(x, 5%, 15%), or 5% <= x <= 15%. Both ends are included."},
	{codeNot, "not binds to the word after it",
		"not takes only the value that follows it, so `not a > 1` reads as `(not a) > 1`. Write\n\n  not (a > 1)"},
	{codeCoalesce, "?? needs parentheses",
		"A value with a stand-in is put in parentheses before it is compared:\n\n  (x ?? 0) > 3"},
	{codeRefused, "not part of the language",
		"Expressions are evaluated over whole columns: there are no loops, slices, maps, members, pipes or assignments. Use the functions of the language and names under let:."},
	{codeName, "no column or let has this name",
		"Names are looked up first under let: in the same file, then among columns and metrics."},
	{codeFunction, "no function has this name",
		"`assay help functions` lists all functions with examples."},
	{codeArguments, "the arguments do not fit the function",
		"Each function says what it takes, in order; an argument with a question mark in its signature may be left out. Of two bounds the lower stands first."},
	{codeKind, "a value of the wrong kind",
		"A value is a number, a condition (true or false), a date or a text. and, or, not and if take conditions; arithmetic takes numbers; dates are compared with dates or with a text such as \"2024-03-08\"."},
	{codeUnit, "units that do not agree",
		"Money can be added to or compared with money only, days with days, shares with shares. They combine in products and quotients: money / shares is a price. A bare number takes the unit of the other side."},
	{codeFraction, "a fraction compared with a number of 1 or more",
		"Returns, margins and growth are fractions: fifteen percent is 0.15 and is written 15%. Where more than 100 % is meant, write it so: 150%."},
	{codeValue, "a text that the column never holds",
		"The column has a closed list of values and this is none of them, so the comparison could never hold."},
	{codeWindow, "a window that cannot be used here",
		"A window is a whole number of years or quarters, such as 5y or 8q, and reaches back 40 years at most, nested windows added up. It stands as an argument of a history function only. Days (90d) are a number."},
	{codeReason, "not a reason for a missing value",
		"The reasons are listed by `assay help missing`, such as \"not reported\" and \"undefined\"."},
	{codeBasis, "a quarter cannot be reached on annual figures",
		"annual(x) has one point per fiscal year, so only whole years can be stepped back from it. Use years, or quarterly(x)."},
	{codeLet, "a let with a mistake of its own",
		"The expression uses a name under let: that does not compile. Mend that one first."},
	{codeZero, "a division by zero",
		"Nothing can be divided by 0: the result would be undefined for every company."},
}

// Codes lists every kind of mistake with its help text.
func Codes() []Code { return slices.Clone(codes) }
