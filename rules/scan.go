package rules

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// words are the names that the grammar keeps for itself.
var words = []string{
	"and", "or", "not", "in", "if", "else",
	"matches", "contains", "startsWith", "endsWith",
}

// ValidName reports whether a let can have this name: letters, digits and
// underscores that do not start with a digit, and no word of the language.
func ValidName(name string) bool {
	if name == "" || !isLetter(name[0]) {
		return false
	}
	for i := range len(name) {
		if !isWord(name[i]) {
			return false
		}
	}
	return !slices.Contains(words, name) && !slices.Contains([]string{"true", "false", "nil", "let"}, name)
}

// scanner splits a text into tokens. Slips whose meaning is plain are reported
// and mended, so that the rest of the text is still checked.
type scanner struct {
	c    *compiler
	text string
	pos  int
}

// scan fills c.toks from c.text.
func (c *compiler) scan() {
	s := &scanner{c: c, text: c.text}
	for s.skip(); s.pos < len(s.text); s.skip() {
		s.next()
	}
}

// skip passes over white space and // comments.
func (s *scanner) skip() {
	for s.pos < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[s.pos:])
		switch {
		case unicode.IsSpace(r):
			s.pos += size
		case strings.HasPrefix(s.text[s.pos:], "//"):
			if end := strings.IndexByte(s.text[s.pos:], '\n'); end >= 0 {
				s.pos += end
			} else {
				s.pos = len(s.text)
			}
		default:
			return
		}
	}
}

// next reads one token.
func (s *scanner) next() {
	switch b := s.text[s.pos]; {
	case isDigit(b), b == '.' && s.pos+1 < len(s.text) && isDigit(s.text[s.pos+1]):
		s.number()
	case isLetter(b):
		s.name()
	case b == '"' || b == '\'' || b == '`':
		s.quoted(string(b))
	default:
		s.operator()
	}
}

// add appends a token that spans n bytes from the position, and moves on.
func (s *scanner) add(t token, n int) {
	t.from, t.to = s.pos, s.pos+n
	s.c.toks = append(s.c.toks, t)
	s.pos += n
}

// run returns the longest prefix of the rest whose bytes all satisfy f.
func (s *scanner) run(from int, f func(byte) bool) string {
	to := from
	for to < len(s.text) && f(s.text[to]) {
		to++
	}
	return s.text[from:to]
}

func (s *scanner) name() {
	word := s.run(s.pos, isWord)
	lower := strings.ToLower(word)
	t := token{kind: tokName, text: word}
	for _, w := range words {
		switch {
		case word == w:
			t.kind = tokOp
		case lower == w && len(w) < 5: // and, or, not, in, if, else
			s.slip(len(word), codeKeyword, "write "+w, "%s is not a word of the language", word)
			t.kind, t.text = tokOp, w
		}
	}
	if w := s.wordOperator(lower); w != "" && word != w {
		s.slip(len(word), codeKeyword, "write "+w, "%s is not a word of the language", word)
		t.kind, t.text = tokOp, w
	}
	if (lower == "true" || lower == "false") && word != lower {
		s.slip(len(word), codeKeyword, "write "+lower, "%s is not a word of the language", word)
		t.text = lower
	}
	s.add(t, len(word))
}

// wordOperator returns the operator that is written like the word, if a value
// stands before it and no parenthesis after it, or "".
func (s *scanner) wordOperator(lower string) string {
	after := s.pos + len(lower)
	if !s.c.ends(len(s.c.toks)-1) && !s.c.op(len(s.c.toks)-1, "not") || strings.HasPrefix(strings.TrimLeft(s.text[after:], " "), "(") {
		return ""
	}
	switch strings.ReplaceAll(lower, "_", "") {
	case "contains", "contain", "includes":
		return "contains"
	case "startswith", "beginswith":
		return "startsWith"
	case "endswith":
		return "endsWith"
	case "matches", "match", "regexp", "regex":
		return "matches"
	}
	return ""
}

// quoted reads a text in quotes; a backslash takes the next character as it is,
// except in `...`.
func (s *scanner) quoted(quote string) {
	var b strings.Builder
	for i := s.pos + 1; i < len(s.text); i++ {
		switch ch := s.text[i]; {
		case ch == quote[0]:
			s.add(token{kind: tokText, text: `""`, s: b.String()}, i+1-s.pos)
			return
		case ch == '\\' && quote != "`" && i+1 < len(s.text):
			i++
			b.WriteByte(s.text[i])
		default:
			b.WriteByte(ch)
		}
	}
	s.slip(len(s.text)-s.pos, codeCharacter, "end the text with "+quote, "this text has no closing quote")
	s.add(token{kind: tokBad}, len(s.text)-s.pos)
}

// printed reads a text in the quotes of a printer, as a word processor makes
// them.
func (s *scanner) printed() bool {
	const quotes = "“”„‟«»‘’‚‹›"
	r, size := utf8.DecodeRuneInString(s.text[s.pos:])
	if !strings.ContainsRune(quotes, r) {
		return false
	}
	inner, _, closed := strings.Cut(s.text[s.pos+size:], "\n")
	end := strings.IndexAny(inner, quotes+`"'`)
	if closed && end < 0 || end < 0 {
		s.slip(size, codeCharacter, `use straight quotes: "Energy"`, "%c is a printer's quote", r)
		s.add(token{kind: tokBad}, size)
		return true
	}
	_, last := utf8.DecodeRuneInString(inner[end:])
	whole := size + end + last
	s.slip(whole, codeCharacter, "write "+strconv.Quote(inner[:end]), "%c is a printer's quote", r)
	s.add(token{kind: tokText, text: `""`, s: inner[:end], mended: true}, whole)
	return true
}

// operators that the grammar knows, longest first.
var operators = []string{
	"==", "!=", "<=", ">=", "&&", "||", "??", "**",
	"+", "-", "*", "/", "^", "<", ">", "!", "?", ":", ",", "(", ")", "[", "]", "{", "}",
}

func (s *scanner) operator() {
	rest := s.text[s.pos:]
	if s.printed() {
		return
	}
	for _, slip := range operatorSlips {
		if strings.HasPrefix(rest, slip.wrong) {
			if slip.code == "" {
				break
			}
			if s.amount(slip.wrong) || slip.wrong == "=" && s.parted() {
				return
			}
			hint := slip.hint
			if last := len(s.c.toks) - 1; slip.wrong == "." && last >= 0 && s.c.toks[last].kind == tokNumber {
				hint = "a digit follows the point of a number: 5.0"
			}
			s.slip(len(slip.wrong), slip.code, hint, slip.msg, slip.wrong)
			if slip.right != "" {
				s.add(token{kind: tokOp, text: slip.right}, len(slip.wrong))
			} else if !s.comment(slip.wrong) {
				s.add(token{kind: tokBad}, len(slip.wrong))
			}
			return
		}
	}
	for _, op := range operators {
		if strings.HasPrefix(rest, op) {
			s.add(token{kind: tokOp, text: op}, len(op))
			return
		}
	}
	s.stranger()
}

// parted tells a comparison that a blank parts, such as < =, and mends it.
func (s *scanner) parted() bool {
	last := len(s.c.toks) - 1
	if !s.c.op(last, "<", ">", "!") || strings.TrimSpace(s.text[s.c.toks[last].to:s.pos]) != "" {
		return false
	}
	t := &s.c.toks[last]
	whole := t.text + "="
	s.pos++
	s.c.fail(t.from, s.pos, codeOperator, "write "+whole, "%s is not an operator", s.text[t.from:s.pos])
	t.text, t.to = whole, s.pos
	return true
}

// comment passes over a comment of another language, which has been told.
func (s *scanner) comment(sign string) bool {
	end := "\n"
	switch {
	case sign == "/*":
		end = "*/"
	case sign == "--", sign == "#" && !slices.ContainsFunc(s.c.toks, func(t token) bool { return t.is("(", "[", "{") }):
	default:
		return false
	}
	if k := strings.Index(s.text[s.pos:], end); k >= 0 {
		s.pos += k + len(end)
	} else {
		s.pos = len(s.text)
	}
	return true
}

// stranger tells a character that the language does not know.
func (s *scanner) stranger() {
	r, size := utf8.DecodeRuneInString(s.text[s.pos:])
	switch {
	case unicode.Is(unicode.Cf, r):
		s.slip(size, codeCharacter, "delete it", "there is an invisible character here, %U", r)
		s.pos += size
		return
	case '！' <= r && r <= '～': // the wide forms of ASCII
		s.slip(size, codeCharacter, "write "+string(r-'！'+'!'), "%c is a wide character", r)
	default:
		s.slip(size, codeCharacter, "", "the language does not know the character %q", r)
	}
	s.add(token{kind: tokBad}, size)
}

// slip reports a mistake of n bytes at the position.
func (s *scanner) slip(n int, code, hint, format string, args ...any) {
	s.c.fail(s.pos, s.pos+n, code, hint, format, args...)
}

func isDigit(b byte) bool  { return '0' <= b && b <= '9' }
func isLetter(b byte) bool { return b == '_' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' }
func isWord(b byte) bool   { return isDigit(b) || isLetter(b) }
func isNumeral(b byte) bool {
	return isDigit(b) || b == '_'
}
