package rules

import (
	"fmt"
	"strconv"
	"strings"
)

// number reads digits with an optional fraction, exponent and suffix.
func (s *scanner) number() {
	if s.date() {
		return
	}
	end := s.pos + len(s.run(s.pos, isNumeral))
	if n := s.thousands(end); n > 0 {
		s.grouped(end + n)
		return
	}
	if end+1 < len(s.text) && s.text[end] == '.' && isDigit(s.text[end+1]) {
		end += 1 + len(s.run(end+1, isNumeral))
	}
	end += s.exponent(end)
	digits := s.text[s.pos:end]
	suffix := s.run(end, isWord)
	if suffix == "" {
		suffix = percent(s.text[end:])
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
	var t token
	if suffix == "" {
		if word, at := s.apart(end); word != "" {
			right := word
			if _, ok := suffixes[word]; !ok {
				right = suffixSlips[word]
			}
			s.slip(at-s.pos, codeLiteral, "write "+digits+right, "%q: a suffix follows its number at once", s.text[s.pos:at])
			suffix, end, t.mended = right, at, true
		}
	} else if _, ok := suffixes[suffix]; !ok {
		right, known := suffixSlips[suffix]
		hint := "the suffixes are % bp k M B T y q d"
		if known {
			hint = "write " + digits + right
		} else if days, ok := spans[suffix]; ok {
			hint = "write days, such as " + inDays(digits, days)
		}
		s.slip(end-s.pos, codeLiteral, hint, "%q has the unknown suffix %q", s.text[s.pos:end], suffix)
		suffix, t.mended = right, true
	}
	if !t.setNumber(digits, suffix) {
		s.slip(end-s.pos, codeLiteral, "", "%q is not a number that can be held", s.text[s.pos:end])
		t.text, t.f, t.mended = "0", 0, true
	}
	s.add(t, end-s.pos)
}

// inDays writes so many spans of days.
func inDays(digits string, days int) string {
	n, err := strconv.ParseFloat(strings.ReplaceAll(digits, "_", ""), 64)
	if err != nil || n > 9999 {
		n = 1
	}
	return strconv.FormatFloat(n*float64(days), 'f', 0, 64) + "d"
}

// percent returns the percent sign with which a text begins, in any script.
func percent(text string) string {
	for _, sign := range []string{"%", "％", "﹪", "٪"} {
		if strings.HasPrefix(text, sign) {
			return sign
		}
	}
	return ""
}

// amount passes over a currency sign before a number.
func (s *scanner) amount(sign string) bool {
	rest := s.text[s.pos+len(sign):]
	if sign != "$" && sign != "€" && sign != "£" || rest == "" || !isDigit(rest[0]) {
		return false
	}
	amount := s.run(s.pos+len(sign), func(b byte) bool { return isWord(b) || b == '.' })
	s.slip(len(sign), codeCharacter, "write "+amount+": amounts are in the money of the table", "%s is not written before a number", sign)
	s.pos += len(sign)
	return true
}

var (
	dateLiteral = pattern(`^[0-9]{4}-[0-9]{2}-[0-9]{2}\b`)
	commaGroups = pattern(`^(,[0-9]{3})+`)
)

// date reads a date without quotes, which would be two differences.
func (s *scanner) date() bool {
	const most = len("2020-01-01") + 1 // a search costs as much as what it may look at
	text := dateLiteral().FindString(s.text[s.pos:min(s.pos+most, len(s.text))])
	if text == "" {
		return false
	}
	s.slip(len(text), codeKind, fmt.Sprintf("write %q", text), "a date stands in quotes")
	s.add(token{kind: tokText, text: `""`, s: text, mended: true}, len(text))
	return true
}

// thousands returns the length of the groups of digits that follow a number
// after commas, as in 1,000,000. Among arguments a comma separates, unless a
// group begins with 0.
func (s *scanner) thousands(from int) int {
	if !strings.HasPrefix(s.text[from:], ",") {
		return 0
	}
	groups := commaGroups().FindString(s.text[from:min(from+100, len(s.text))])
	if groups == "" {
		return 0
	}
	end := from + len(groups)
	if end < len(s.text) && isDigit(s.text[end]) || len(s.run(s.pos, isDigit)) > 3 || s.c.separates(len(s.c.toks)) && !strings.Contains(groups, ",0") {
		return 0
	}
	return len(groups)
}

// grouped reads a number with commas up to an offset, and its suffix.
func (s *scanner) grouped(end int) {
	if end+1 < len(s.text) && s.text[end] == '.' && isDigit(s.text[end+1]) {
		end += 1 + len(s.run(end+1, isDigit))
	}
	digits := s.text[s.pos:end]
	suffix := s.run(end, isWord)
	if suffix == "" {
		suffix = percent(s.text[end:])
	}
	t := token{mended: true}
	if !t.setNumber(strings.ReplaceAll(digits, ",", ""), suffix) {
		t.text = "0"
	}
	s.slip(end-s.pos, codeLiteral, "write "+strings.ReplaceAll(digits, ",", "_")+suffix, "a number has no commas: they separate arguments")
	s.add(t, end+len(suffix)-s.pos)
}

// separates reports whether a comma before token i separates arguments or the
// elements of a list.
func (c *compiler) separates(i int) bool {
	depth := 0
	for i--; i >= 0; i-- {
		switch {
		case c.op(i, ")", "]"):
			depth++
		case c.op(i, "(", "["):
			if depth == 0 {
				return c.op(i, "[") || c.called(i)
			}
			depth--
		}
	}
	return false
}

// called reports whether the parenthesis at i is that of a call.
func (c *compiler) called(i int) bool { return c.op(i, "(") && i > 0 && c.toks[i-1].kind == tokName }

// apart looks for a suffix that stands apart from its number (15 %, 10 M) and
// returns it with the offset of its end.
func (s *scanner) apart(from int) (string, int) {
	at := from + len(s.run(from, func(b byte) bool { return b == ' ' || b == '\t' }))
	if at == from || at == len(s.text) {
		return "", 0
	}
	if sign := percent(s.text[at:]); sign != "" {
		rest := strings.TrimLeft(s.text[at+len(sign):], " \t")
		if rest != "" && (isWord(rest[0]) || rest[0] == '(') && !startsWithWord(rest) {
			return "", 0 // a remainder was meant
		}
		return sign, at + len(sign)
	}
	word := s.run(at, isWord)
	_, right := suffixes[word]
	_, slip := suffixSlips[word]
	if word == "" || !right && !slip {
		return "", 0
	}
	return word, at + len(word)
}
