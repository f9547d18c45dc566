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
	{"=<", "<=", codeOperator, "%s is not an operator", "write <="},
	{"<>", "!=", codeOperator, "%s is not an operator", "write !="},
	{"≥", ">=", codeOperator, "%s is not an operator", "write >="},
	{"≤", "<=", codeOperator, "%s is not an operator", "write <="},
	{"≠", "!=", codeOperator, "%s is not an operator", "write !="},
	{"×", "*", codeOperator, "%s is not an operator", "write *"},
	{"−", "-", codeOperator, "%s is not an operator", "write - (the sign of the keyboard)"},
	{"–", "-", codeOperator, "%s is not an operator", "write - (the sign of the keyboard)"},
	{"=", "==", codeEquals, "%s is not a comparison", "write =="},
	{"&&", "&&", "", "", ""},
	{"&", "and", codeOperator, "%s is not an operator", "write and"},
	{"||", "||", "", "", ""},
	{"|", "", codeRefused, "%s (a pipe) is not part of the language", "write f(x) for x | f(), and or for ||"},
	{"%", "", codeRefused, "%s is not an operator: there are no remainders", "a percentage is written without a space: 15%"},
	{"“", "", codeCharacter, "%s is a printer's quote", `use straight quotes: "Energy"`},
	{"”", "", codeCharacter, "%s is a printer's quote", `use straight quotes: "Energy"`},
	{"?.", "", codeRefused, "%s is not part of the language: values have no members", "write ?? for a stand-in: (x ?? 0)"},
	{"..", "", codeRefused, "%s (a range) is not part of the language", "write between(x, low, high)"},
	{".", "", codeRefused, "%s is not part of the language: values have no members", "join the words of a name with _, such as net_cash"},
	{";", "", codeRefused, "%s is not part of the language: an expression is one value", "name parts under let:"},
	{"#", "", codeRefused, "%s is not part of the language", "a comment starts with //"},
}

// number reads digits with an optional fraction, exponent and suffix.
func (s *scanner) number() {
	end := s.pos + len(s.run(s.pos, isNumeral))
	if end+1 < len(s.text) && s.text[end] == '.' && isDigit(s.text[end+1]) {
		end += 1 + len(s.run(end+1, isNumeral))
	}
	end += s.exponent(end)
	digits := s.text[s.pos:end]
	suffix := s.run(end, isWord)
	if suffix == "" && end < len(s.text) && s.text[end] == '%' {
		suffix = "%"
	}
	s.suffixed(digits, suffix, end+len(suffix))
}

// exponent returns the length of an exponent such as e6 or E-3 at from.
func (s *scanner) exponent(from int) int {
	rest := s.text[from:]
	if len(rest) < 2 || rest[0] != 'e' && rest[0] != 'E' {
		return 0
	}
	n := 1
	if rest[1] == '+' || rest[1] == '-' {
		n = 2
	}
	if digits := s.run(from+n, isDigit); digits != "" {
		return n + len(digits)
	}
	return 0
}

// suffixed adds a number that ends at end, mending a suffix that is misspelt or
// stands apart.
func (s *scanner) suffixed(digits, suffix string, end int) {
	if suffix == "" {
		if word, at := s.apart(end); word != "" {
			right := word
			if _, ok := suffixes[word]; !ok {
				right = suffixSlips[word]
			}
			s.slip(at-s.pos, codeLiteral, "write "+digits+right, "%q: a suffix follows its number at once", s.text[s.pos:at])
			suffix, end = right, at
		}
	} else if _, ok := suffixes[suffix]; !ok {
		right, known := suffixSlips[suffix]
		hint := "the suffixes are % bp k M B T y q d"
		if known {
			hint = "write " + digits + right
		}
		s.slip(end-s.pos, codeLiteral, hint, "%q has the unknown suffix %q", s.text[s.pos:end], suffix)
		suffix = right
	}
	var t token
	if !t.setNumber(digits, suffix) {
		s.slip(end-s.pos, codeLiteral, "", "%q is not a number that can be held", s.text[s.pos:end])
		t.text, t.f = "0", 0
	}
	s.add(t, end-s.pos)
}

// apart looks for a suffix that stands apart from its number (15 %, 10 M) and
// returns it with the offset of its end.
func (s *scanner) apart(from int) (string, int) {
	at := from + len(s.run(from, func(b byte) bool { return b == ' ' || b == '\t' }))
	if at == from || at == len(s.text) {
		return "", 0
	}
	if s.text[at] == '%' {
		rest := strings.TrimLeft(s.text[at+1:], " \t")
		if rest != "" && (isWord(rest[0]) || rest[0] == '(') && !startsWithWord(rest) {
			return "", 0 // a remainder was meant
		}
		return "%", at + 1
	}
	word := s.run(at, isWord)
	_, right := suffixes[word]
	_, slip := suffixSlips[word]
	if word == "" || !right && !slip {
		return "", 0
	}
	return word, at + len(word)
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
