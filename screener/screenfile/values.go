package screenfile

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
)

var (
	questionColon = pattern(`(?s)\?.*:\s`)
	colonBlank    = pattern(`:([ \t]|$)`)
	comment       = pattern(`[ \t]#`)
	flowMark      = pattern(`(?:[\[{,]|: ) *([!&*][^,\[\]{}]*)`)
	firstWord     = pattern(`^[^ \t]*`)
)

// judge looks at the value of an entry for what YAML takes for something else.
func (s *inspection) judge(e *entry) {
	line := s.lines[e.line]
	e.end = e.line + 1
	if e.value >= len(line) || line[e.value] == '#' {
		e.empty = true
		return
	}
	e.end = s.below(e.line, e.col, true)
	switch line[e.value] {
	case '!', '&', '*':
		s.mark(e)
	case '@', '`':
		s.slip(e, codeYAML, "YAML does not let a value begin with "+line[e.value:e.value+1], "put the expression in quotes")
		s.mask(e.line, e.value, e.end, nil)
	case '|', '>':
		s.header(e)
	case '"', '\'':
		s.quoted(e)
	case '[', '{':
		s.bracket(e)
	default:
		s.bare(e)
	}
}

// slip reports a mistake of the first line of a value.
func (s *inspection) slip(e *entry, code, msg, hint string) {
	s.report(s.src.problem(s.place(e.line, e.value), s.src.end(e.line+1), code, msg, hint))
}

// below returns the line after those that are set in further than a column,
// and if asked stops at a line that begins with a key.
func (s *inspection) below(line, col int, keys bool) int {
	end := line + 1
	for i := end; i < len(s.lines); i++ {
		text := s.lines[i]
		if strings.TrimSpace(text) == "" {
			continue
		}
		if indentOf(text) <= col {
			break
		}
		if e, ok := s.entry(i); keys && ok && e.key != "" && !e.marks[0].dash {
			break
		}
		end = i + 1
	}
	return end
}

// rest returns the value of an entry from a byte of its first line on, as the
// expression that was meant; nil if there is none.
func (s *inspection) rest(e *entry, at int) *node {
	from := s.place(e.line, at)
	text := s.src.text[from:s.src.end(e.end)]
	if strings.TrimSpace(text) == "" || comment().MatchString(text) {
		return nil
	}
	n := s.r.text(from, text, plain)
	n.raw = true
	return n
}

// mark reports a value that YAML takes for a tag, an anchor or an alias.
func (s *inspection) mark(e *entry) {
	line := s.lines[e.line]
	word := firstWord().FindString(line[e.value:])
	after := strings.TrimSpace(line[e.value+len(word):])
	alone := after == "" || after[0] == '#'
	s.marked(e.line, e.value, word, alone)
	if next := s.below(e.line, e.col, false); alone && next > e.end {
		s.replace(e.line, e.value, len(line), "") // of the block below
		e.empty = true
		return
	}
	var meant *node
	switch {
	case word[0] == '!' && !strings.HasPrefix(word, "!!") && (word != "!" || !alone):
		meant = s.rest(e, e.value)
	case word[0] == '&' && !alone && !beginsOpen().MatchString(after):
		meant = s.rest(e, e.value+len(word))
	case word[0] == '*' && !alone:
		meant = s.rest(e, e.value+1)
	}
	s.mask(e.line, e.value, e.end, meant)
}

// marked reports a word that YAML takes for a tag, an anchor or an alias.
func (s *inspection) marked(line, at int, word string, alone bool) {
	from := s.place(line, at)
	p := s.src.problem(from, from+1, codeFeature, "screens have no aliases (*)", "write the value again, or name an expression under let:")
	switch {
	case word[0] == '!':
		p = s.src.problem(from, from+len(word), codeTag, fmt.Sprintf("YAML takes %s for a tag and drops it", word),
			"write `not (...)` instead of !, or quote the expression, or write it below |")
	case word[0] == '&':
		p = s.src.problem(from, from+1, codeFeature, "screens have no anchors (&)", "write the value where it is needed, or name an expression under let:")
	case !alone:
		p = s.src.problem(from, from+len(word), codeFeature, fmt.Sprintf("YAML takes %s for an alias, and screens have none", word),
			"take the * out, or write what it multiplies before it")
	}
	s.report(p)
}

// header passes over a block of text, or reports a comparison or a text that
// YAML takes for its header.
func (s *inspection) header(e *entry) {
	rest := s.lines[e.line][e.value:]
	if blockHeader().MatchString(rest) {
		e.end, e.goes = s.below(e.line, e.col, false), true
		for i := e.line + 1; i < e.end; i++ {
			if tab := strings.IndexByte(s.lines[i], '\t'); tab >= 0 && tab <= e.col && strings.TrimSpace(s.lines[i]) != "" {
				s.tabs(i)
			}
		}
		return
	}
	var meant *node
	hint := "the text of a block begins on the line below |"
	if rest[0] == '>' {
		hint = fmt.Sprintf("name what is compared, such as: roic %s\nor quote the expression, or write it below | on a line of its own", strings.TrimSpace(rest))
	} else {
		meant = s.rest(e, e.value+1)
	}
	s.slip(e, codeHeader, fmt.Sprintf("YAML takes a value that begins with %s for the header of a block of text", rest[:1]), hint)
	s.mask(e.line, e.value, e.end, meant)
}

// quoted passes over a quoted value, or reports that it is never closed, or
// that something follows it.
func (s *inspection) quoted(e *entry) {
	line, at, ok := s.closing(e, afterQuote)
	if !ok {
		from := s.place(e.line, e.value)
		s.report(s.src.problem(from, from+1, codeYAML, "a quote that begins here is never closed", "close it, or take it out"))
		s.mask(e.line, e.value, e.end, s.rest(e, e.value+1))
		return
	}
	e.end = max(e.end, line+1)
	if !s.followed(line, at) {
		return
	}
	part := s.lines[e.line][e.value:]
	if line == e.line {
		part = s.lines[line][e.value:at]
	}
	hint := "quote the whole expression, or write it below |"
	if name := strings.Trim(part, `"'`); identifier().MatchString(name) {
		hint = fmt.Sprintf("a name stands without quotes: %s; an expression that begins with a text is quoted as a whole, or stands below |", name)
	}
	s.slip(e, codeYAML, "a quoted part begins this value, and YAML takes it for the whole", hint)
	s.mask(e.line, e.value, e.end, nil)
}

// bracket passes over a list or block in brackets, or reports that it is never
// closed, or that something follows it.
func (s *inspection) bracket(e *entry) {
	line, at, ok := s.closing(e, afterBracket)
	if !ok {
		from := s.place(e.line, e.value)
		s.report(s.src.problem(from, from+1, codeYAML, "a bracket that begins here is never closed", "close it; an expression that begins with a bracket must be quoted"))
		s.mask(e.line, e.value, e.end, nil)
		return
	}
	e.end = max(e.end, line+1)
	if line == e.line && !strings.ContainsAny(s.lines[line][e.value:at], "\"'") {
		before := len(s.lines[line])
		s.flowMarks(line, e.value, at)
		at -= before - len(s.lines[line])
	}
	if s.followed(line, at) {
		text := s.lines[e.line]
		s.slip(e, codeYAML, "YAML takes "+text[e.value:e.value+1]+" at the start of a value for a list or a block",
			"put the whole expression in quotes, or write it below |")
		s.mask(e.line, e.value, e.end, nil)
	}
}

// flowMarks reports elements of a list or block in brackets that YAML takes for
// a tag, an anchor or an alias.
func (s *inspection) flowMarks(line, from, to int) {
	for {
		m := flowMark().FindStringSubmatchIndex(s.lines[line][from:to])
		if m == nil {
			return
		}
		at, end := from+m[2], from+m[3]
		element := s.lines[line][at:end]
		word := firstWord().FindString(element)
		s.marked(line, at, word, strings.TrimSpace(element) == word)
		s.nodes[s.place(line, at)] = nil
		s.replace(line, at, end, "x")
		to -= end - at - 1
		from = at
	}
}

// followed reports whether more than a comment follows on a line.
func (s *inspection) followed(line, at int) bool {
	rest := strings.TrimSpace(s.lines[line][at:])
	return rest != "" && rest[0] != '#'
}

// closing returns the line and the byte after the end of a value in quotes or
// brackets.
func (s *inspection) closing(e *entry, after func(text string) int) (line, at int, ok bool) {
	end := s.below(e.line, e.col, false)
	text := strings.Join(s.lines[e.line:end], "\n")[e.value:]
	n := after(text)
	if n < 0 {
		return 0, 0, false
	}
	line, at = e.line, e.value+n
	for at > len(s.lines[line]) {
		at -= len(s.lines[line]) + 1
		line++
	}
	return line, at, true
}

// afterQuote returns the offset after the text in quotes with which a value
// begins; -1 if it does not end.
func afterQuote(text string) int {
	for i := 1; i < len(text); i++ {
		switch {
		case text[0] == '"' && text[i] == '\\', text[0] == '\'' && strings.HasPrefix(text[i:], "''"):
			i++
		case text[i] == text[0]:
			return i + 1
		}
	}
	return -1
}

// afterBracket returns the offset after the list or block in brackets with
// which a value begins; -1 if it does not end.
func afterBracket(text string) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"' || c == '\'' && !inWord(text, i):
			n := afterQuote(text[i:])
			if n < 0 {
				return -1
			}
			i += n - 1
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

func inWord(text string, i int) bool {
	return i > 0 && identifier().MatchString(strings.ToLower(text[i-1:i]))
}

// bare looks at a value without quotes: for a colon, and for lines that a
// comment cuts off.
func (s *inspection) bare(e *entry) {
	e.goes = true
	cut := false
	for i := e.line; i < e.end; i++ {
		from := indentOf(s.lines[i])
		if i == e.line {
			from = e.value
		} else if s.tabs(i) {
			if next, ok := s.entry(i); ok && next.key != "" {
				e.end = i
				return
			}
			from = indentOf(s.lines[i])
		}
		text := s.lines[i][from:]
		switch {
		case text == "":
			continue
		case text[0] == '#':
			cut = true
			continue
		case cut:
			s.report(s.src.problem(s.place(i, from), s.src.end(i+1), codeComment,
				"the comment in the line above ends the expression, and this line belongs to nothing",
				"take the comment out, or write the expression below |, without comments in it"))
			s.mask(e.line, e.value, e.end, nil)
			return
		}
		if at := comment().FindStringIndex(text); at != nil {
			cut, text = true, text[:at[0]]
		}
		if colonBlank().MatchString(strings.TrimRight(text, " \t")) {
			s.colon(e)
			return
		}
	}
}

func (s *inspection) colon(e *entry) {
	whole := strings.Join(s.lines[e.line:e.end], "\n")[e.value:]
	if questionColon().MatchString(whole) {
		s.slip(e, codeYAML, "YAML takes the colon of `c ? a : b` for a key", "put the expression in quotes, or write `if c { a } else { b }`")
		s.mask(e.line, e.value, e.end, s.rest(e, e.value))
		return
	}
	s.slip(e, codeYAML, "a colon where YAML has no place for one", "quote an expression that contains `: `; if the lines below belong to other keys, look at their indent")
	s.mask(e.line, e.value, e.end, nil)
}

// pattern compiles an expression when it is first asked for: the start of a
// program pays for none that it does not need.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
