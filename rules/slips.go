package rules

import "strings"

// operatorSlip is an operator of another language. Where right is set, the scan
// goes on as if that had been written.
type operatorSlip struct {
	wrong, right, code, msg, hint string
}

// operatorSlips, an operator before its own prefixes. The message is a format
// of the operator.
var operatorSlips = []operatorSlip{
	{"===", "==", codeOperator, "%s is not an operator", "write =="},
	{"!==", "!=", codeOperator, "%s is not an operator", "write !="},
	{"==", "", "", "", ""},
	{"=>", ">=", codeOperator, "%s is not an operator", "write >="},
	{"=~", "matches", codeOperator, "%s is not an operator", `write matches "^text"`},
	{"~", "matches", codeOperator, "%s is not an operator", `write matches "^text"`},
	{"=<", "<=", codeOperator, "%s is not an operator", "write <="},
	{"<>", "!=", codeOperator, "%s is not an operator", "write !="},
	{"≥", ">=", codeOperator, "%s is not an operator", "write >="},
	{"≤", "<=", codeOperator, "%s is not an operator", "write <="},
	{"≠", "!=", codeOperator, "%s is not an operator", "write !="},
	{"×", "*", codeOperator, "%s is not an operator", "write *"},
	{"−", "-", codeOperator, "%s is not an operator", "write - (the sign of the keyboard)"},
	{"—", "-", codeOperator, "%s is not an operator", "write - (the sign of the keyboard)"},
	{"÷", "/", codeOperator, "%s is not an operator", "write /"},
	{"≡", "==", codeOperator, "%s is not an operator", "write =="},
	{"¬", "not", codeOperator, "%s is not an operator", "write not"},
	{"∧", "and", codeOperator, "%s is not an operator", "write and"},
	{"∨", "or", codeOperator, "%s is not an operator", "write or"},
	{"∈", "in", codeOperator, "%s is not an operator", "write in"},
	{"\\", "", codeCharacter, "the language does not know the character %s", ""},
	{"--", "", codeRefused, "%s is not part of the language", "a comment starts with //"},
	{"/*", "", codeRefused, "%s is not part of the language", "a comment starts with // and ends with the line"},
	{"–", "-", codeOperator, "%s is not an operator", "write - (the sign of the keyboard)"},
	{"=", "==", codeEquals, "%s is not a comparison", "write =="},
	{"&&", "&&", "", "", ""},
	{"&", "and", codeOperator, "%s is not an operator", "write and"},
	{"||", "||", "", "", ""},
	{"|", "", codeRefused, "%s (a pipe) is not part of the language", "write f(x) for x | f(), and or for ||"},
	{"%", "", codeRefused, "%s is not an operator: there are no remainders", "a percentage is written without a space: 15%"},
	{"?.", "", codeRefused, "%s is not part of the language: values have no members", "write ?? for a stand-in: (x ?? 0)"},
	{"..", "", codeRefused, "%s (a range) is not part of the language", "write between(x, low, high)"},
	{".", "", codeRefused, "%s is not part of the language: values have no members", "join the words of a name with _, such as net_cash"},
	{";", "", codeRefused, "%s is not part of the language: an expression is one value", "name parts under let:"},
	{"$", "", codeCharacter, "the language does not know the character %s", "an amount stands without a sign, in the money of the table"},
	{"€", "", codeCharacter, "the language does not know the character %s", "an amount stands without a sign, in the money of the table"},
	{"£", "", codeCharacter, "the language does not know the character %s", "an amount stands without a sign, in the money of the table"},
	{"#", "", codeRefused, "%s is not part of the language", "a comment starts with //"},
}

// startsWithWord reports whether a text starts with a word of the language.
func startsWithWord(text string) bool {
	for _, w := range words {
		if after, ok := strings.CutPrefix(text, w); ok && (after == "" || !isWord(after[0])) {
			return true
		}
	}
	return false
}
