package rules

import "slices"

// Code describes one kind of mistake. Help is the text of its help page, Wrong an
// expression that has the mistake over the columns of the catalogue, and Right
// what was meant.
type Code struct {
	Code, Title, Help string
	Wrong, Right      string
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
		"An expression has a limit on its length, its nesting, its number of terms and the points of columns that it reads. Give parts of it names under let: and use the names.",
		"((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((roic > 12%))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))", "roic > 12%"},
	{codeCharacter, "a character that the language does not know",
		"Names are made of letters, digits and underscores; texts stand in straight quotes, \" or '. Word processors put curved quotes and invisible characters into a text.",
		"sector == “Energy”", `sector == "Energy"`},
	{codeSyntax, "the expression cannot be read",
		"Something is left over or missing: an operator between two values, a closing parenthesis, a comma between arguments, brackets around a list. The parts between and and or are judged one by one, so that each tells its own mistakes.",
		"roic > 12% net_cash > 0", "roic > 12% and net_cash > 0"},
	{codeEquals, "= is not a comparison",
		"Equality is written with two signs.",
		`sector = "Energy"`, `sector == "Energy"`},
	{codeKeyword, "a word of the language in the wrong case",
		"and, or, not, in, if, else, true, false, contains and matches are written in lower case; startsWith and endsWith have one capital. A missing value has no word: ask known(x) or is_missing(x).",
		"roic > 12% AND net_cash > 0", "roic > 12% and net_cash > 0"},
	{codeOperator, "an operator of another language",
		"The comparisons are < <= > >= == !=, the logic is and, or, not (&& || ! are read too).",
		"roic => 12%", "roic >= 12%"},
	{codeLiteral, "a number that cannot be read",
		"A number has no commas: 1_000_000, or 1M. The suffix follows the digits at once: 12%, 25bp, 500k, 300M, 2.5B, 3T, 5y, 8q, 90d. M is a million, k a thousand, B a billion, T a trillion.",
		"market_cap >= 300 million", "market_cap >= 300M"},
	{codeBetween, "between is a function",
		"Write the function, or a chain of comparisons: 5% <= roic <= 15%. Both ends are included.",
		"roic between 5% and 15%", "between(roic, 5%, 15%)"},
	{codeNot, "not binds to the word after it",
		"not takes only the value that follows it, so `not a > 1` reads as `(not a) > 1`.",
		"not roic > 12%", "not (roic > 12%)"},
	{codeCoalesce, "?? needs parentheses",
		"A value with a stand-in is put in parentheses before it is compared or calculated with.",
		"roic ?? 0 > 12%", "(roic ?? 0) > 12%"},
	{codeRefused, "not part of the language",
		"Expressions are evaluated over whole columns: there are no loops, slices, maps, members, pipes or assignments, and null has no place: a comparison with a missing value is unknown. Use the functions of the language and names under let:.",
		"roic == null", "is_missing(roic)"},
	{codeName, "no column or let has this name",
		"Names are looked up first under let: in the same file, then among columns and metrics. A text stands in quotes.",
		"marketcap >= 300M", "market_cap >= 300M"},
	{codeFunction, "no function has this name",
		"`assay help functions` lists all functions with examples.",
		"average(roic, 5y) >= 10%", "avg(roic, 5y) >= 10%"},
	{codeArguments, "the arguments do not fit the function",
		"Each function says what it takes, in order; an argument with a question mark in its signature may be left out. Of two bounds the lower stands first. A list stands in brackets.",
		"avg(roic) >= 10%", "avg(roic, 5y) >= 10%"},
	{codeKind, "a value of the wrong kind",
		"A value is a number, a condition (true or false), a date or a text. and, or, not and if take conditions; arithmetic takes numbers; dates are compared with dates or with a text such as \"2024-03-08\".",
		"known_on >= 2024-03-08", `known_on >= "2024-03-08"`},
	{codeUnit, "units that do not agree",
		"Money can be added to or compared with money only, days with days, shares with shares. They combine in products and quotients: money / shares is a price. A bare number takes the unit of the other side.",
		"net_cash >= 10%", "net_cash / market_cap >= 10%"},
	{codeFraction, "a fraction compared with a number of 1 or more",
		"Returns, margins and growth are fractions: fifteen percent is 0.15 and is written 15%. Where more than 100 % is meant, write it so: 150%.",
		"roic >= 15", "roic >= 15%"},
	{codeValue, "a text that the column never holds",
		"The column has a closed list of values and this is none of them, so the comparison could never hold.",
		`sector == "Enrgy"`, `sector == "Energy"`},
	{codeWindow, "a window that cannot be used here",
		"A window is a whole number of years or quarters, such as 5y or 8q, and reaches back 40 years at most, nested windows added up. It stands as an argument of a history function only. Days (90d) are a number. Columns of your own (`assay help ingest`) stand for the date alone and have no history.",
		"days_since(period_end) < 1y", "days_since(period_end) < 365d"},
	{codeReason, "not a reason for a missing value",
		"The reasons are listed by `assay help missing`, such as \"not reported\" and \"undefined\".",
		`is_missing(roic, "n/a")`, `is_missing(roic, "not applicable")`},
	{codeBasis, "a quarter cannot be reached on annual figures",
		"annual(x) has one point per fiscal year, so only whole years can be stepped back from it. Use years, or quarterly(x).",
		"growth(annual(revenue), 2q) > 0%", "growth(annual(revenue), 1y) > 0%"},
	{codeLet, "a let with a mistake of its own",
		"The expression uses a name under let: that does not compile, as margin would as net_incom / revenue. Mend that one first.",
		"margin >= 10%", "net_income / revenue >= 10%"},
	{codeZero, "a division by zero",
		"Nothing can be divided by 0: the result would be undefined for every company.",
		"net_cash / 0 > 1", "net_cash / total_assets > 1"},
	{codePattern, "a pattern that cannot be used",
		"matches takes a regular expression in the syntax of RE2, as a text in quotes; (?i) at its beginning passes over the case of letters. A pattern has a limit on its steps, repetitions written out.",
		`name matches "(bell"`, `name matches "(?i)^bell"`},
}

// Codes lists every kind of mistake with its help text.
func Codes() []Code { return slices.Clone(codes) }
