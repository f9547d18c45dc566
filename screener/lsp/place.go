package lsp

import (
	"slices"
	"strings"

	"assay/screener/screenfile"
)

// place is what stands at a position of a file: a key, or a value and what it
// holds.
type place struct {
	outline *outline
	line    int
	at      int // the byte of the line
	path    []string
	entry   *entry // the entry that it belongs to; nil at the top or between entries
	inKey   bool   // a key stands or belongs here; path is that of its block
	before  string // value: what stands before the position, on all its lines
}

// place finds what stands at a position.
func (o *outline) place(p position) place {
	line := min(max(p.Line, 0), len(o.lines)-1)
	at := offsetIn(o.lines[line], p.Character)
	out := place{outline: o, line: line, at: at, inKey: true}
	n := 0
	for n < len(o.entries) && o.entries[n].line <= line {
		n++
	}
	if n == 0 {
		return out
	}
	e := &o.entries[n-1]
	if e.line == line {
		return out.onEntry(e)
	}
	text := o.lines[line]
	indent := len(text) - len(strings.TrimLeft(text, " \t"))
	if strings.TrimSpace(text) == "" {
		indent = at
	}
	if indent == 0 {
		return out
	}
	open := e.levels
	for len(open) > 0 && open[len(open)-1].col >= indent {
		open = open[:len(open)-1]
	}
	out.path = path(open)
	for i := n - 1; i >= 0 && len(open) > 0; i-- {
		if e := &o.entries[i]; slices.Equal(e.levels, open) {
			out.entry = e
			break
		}
	}
	if out.entry != nil && !isBlock(out.path) {
		out.inKey = false
		out.before = out.upTo(out.entry)
	}
	return out
}

// onEntry is place for the line of an entry itself.
func (p place) onEntry(e *entry) place {
	p.entry, p.path = e, e.path()
	if e.key != "" && p.at <= e.to {
		p.path = p.path[:len(p.path)-1]
		for len(p.path) > 0 && p.at < e.levels[len(p.path)-1].col {
			p.path = p.path[:len(p.path)-1]
		}
		return p
	}
	if e.key == "" && p.at < e.value {
		return p
	}
	if e.key == "" && isBlock(p.path) {
		return p
	}
	p.inKey = false
	p.before = p.upTo(e)
	return p
}

// upTo returns the value of an entry up to the place.
func (p place) upTo(e *entry) string {
	if p.line == e.line {
		return p.outline.lines[e.line][min(e.value, p.at):p.at]
	}
	var parts []string
	if !e.block {
		parts = append(parts, cutComment(p.outline.lines[e.line][e.value:]))
	}
	for i := e.line + 1; i < p.line; i++ {
		parts = append(parts, p.outline.lines[i])
	}
	return strings.Join(append(parts, p.outline.lines[p.line][:p.at]), "\n")
}

// holds says what the key or element at a path holds; ok is false where screens
// have no such place.
func holds(names []string) (k screenfile.Key, ok bool) {
	return below(screenfile.Key{Holds: screenfile.Block, Keys: screenfile.Keys()}, names)
}

func below(k screenfile.Key, names []string) (screenfile.Key, bool) {
	if len(names) == 0 {
		return k, true
	}
	name, element := names[0], screenfile.Key{}
	switch k.Holds {
	case screenfile.Block:
		i := slices.IndexFunc(k.Keys, func(k screenfile.Key) bool { return k.Name == name })
		if i < 0 {
			return k, false
		}
		return below(k.Keys[i], names[1:])
	case screenfile.Blocks:
		element = screenfile.Key{Holds: screenfile.Block, Keys: k.Keys}
	case screenfile.Named, screenfile.List:
		element.Holds = screenfile.Expression
	case screenfile.Columns:
		element.Holds = screenfile.Expression
		if len(names) == 2 { // - name: expression
			names = names[1:]
		}
	case screenfile.Choices:
		element.Holds, element.Words = screenfile.Choice, k.Words
	case screenfile.Expected:
		element.Holds, element.Words = screenfile.Choice, expectations
	case screenfile.Companies:
		element.Holds = screenfile.Given
	case screenfile.Given, screenfile.WordList:
	default:
		return k, false
	}
	return below(element, names[1:])
}

// expectations are the words that can be expected of one thing or another.
var expectations = []string{"pass", "fail", "unknown", "in", "out", "true", "false"}

// isBlock reports whether lines of keys or elements belong below a path, and not
// the lines of a value.
func isBlock(names []string) bool {
	k, ok := holds(names)
	if !ok {
		return true
	}
	switch k.Holds {
	case screenfile.Expression, screenfile.Word, screenfile.Whole, screenfile.Choice:
		return false
	}
	return true
}

// isWord reports whether a byte belongs to a name.
func isWord(b byte) bool {
	return b == '_' || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}

// word returns the name that touches the place, and where it stands.
func (p place) word() (text string, from, to int) {
	line := p.outline.lines[p.line]
	from, to = min(p.at, len(line)), min(p.at, len(line))
	for from > 0 && isWord(line[from-1]) {
		from--
	}
	for to < len(line) && isWord(line[to]) {
		to++
	}
	return line[from:to], from, to
}

// quoted tells whether the place stands within a text of the expression, where
// that begins in what stands before the place, and what stands before that.
func (p place) quoted() (inside bool, text, expression string) {
	s, outer := strings.TrimLeft(p.before, " \t\n"), byte(0)
	if s != "" && (s[0] == '"' || s[0] == '\'') {
		outer, s = s[0], s[1:]
	}
	var open byte
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case outer == '"' && c == '\\' && i+1 < len(s):
			i++
			c = s[i]
		case c == '\\' && open != 0:
			i++
			continue
		case outer == '\'' && c == '\'':
			i++ // two stand for one
		}
		switch {
		case c != '"' && c != '\'':
		case open == 0:
			open, from = c, i
		case c == open:
			open = 0
		}
	}
	if open == 0 {
		return false, "", s
	}
	return true, s[min(from+1, len(s)):], s[:from]
}
