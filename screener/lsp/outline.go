package lsp

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// outline is what the lines of a file say by their indents. It reads a text that
// is broken as well as one that is not: what YAML makes of it is for screenfile.
type outline struct {
	lines   []string
	entries []entry
}

// entry is a line that begins with a key, a dash or both.
type entry struct {
	line     int
	levels   []level // outermost first, its own last
	key      string  // "" of an element of a list that has none
	from, to int     // the key
	value    int     // where the value begins; the length of the line if it has none
	block    bool    // its value stands below | or >
	end      int     // the line after the last that is its own or set in further
}

// level is a key or a dash, and the column in which it begins.
type level struct {
	col  int
	name string // "-" of a dash
}

// dash is the name of an element of a list in a path.
const dash = "-"

var (
	entryLine   = pattern(`^([ \t]*)((?:-[ \t]+|-$)*)(?:("(?:[^"\\]|\\.)*"|'[^']*'|[\pL\pN_][\pL\pN_-]*):(?:[ \t]+|$))?`)
	blockHeader = pattern(`^[|>][-+0-9]*[ \t]*(#.*)?$`)
)

func outlineOf(all []string) *outline {
	o := &outline{lines: all}
	var open []level
	for i := 0; i < len(all); i++ {
		e, ok := entryOf(all[i])
		if !ok {
			continue
		}
		first := e.levels[0]
		for len(open) > 0 && !open[len(open)-1].holds(first) {
			open = open[:len(open)-1]
		}
		e.line = i
		e.levels = append(slices.Clone(open), e.levels...)
		open = e.levels
		e.end = i + 1
		if e.block {
			i = o.below(e) - 1
		}
		o.entries = append(o.entries, e)
	}
	for n := range o.entries {
		o.entries[n].end = o.below(o.entries[n])
	}
	return o
}

// holds reports whether another level may stand inside of this one.
func (l level) holds(inner level) bool {
	return l.col < inner.col || l.col == inner.col && inner.name == dash && l.name != dash
}

func entryOf(line string) (entry, bool) {
	m := entryLine().FindStringSubmatchIndex(line)
	e := entry{value: m[1], from: m[5], to: m[5]}
	for at := m[4]; at < m[5]; at++ {
		if line[at] == '-' {
			e.levels = append(e.levels, level{at, dash})
		}
	}
	if m[6] >= 0 {
		e.key, e.from, e.to = strings.Trim(line[m[6]:m[7]], `"'`), m[6], m[7]
		e.levels = append(e.levels, level{m[6], e.key})
	}
	if len(e.levels) == 0 || strings.HasPrefix(line, "---") {
		return entry{}, false
	}
	e.block = blockHeader().MatchString(line[e.value:])
	return e, true
}

// below returns the line after those that are set in further than an entry.
func (o *outline) below(e entry) int {
	col, end := e.levels[len(e.levels)-1].col, e.line+1
	for i := end; i < len(o.lines); i++ {
		if text := strings.TrimLeft(o.lines[i], " \t"); text == "" {
			continue
		} else if in := len(o.lines[i]) - len(text); in < col || in == col && (e.key == "" || !isDash(text)) {
			break
		}
		end = i + 1
	}
	return end
}

func isDash(text string) bool { return text == "-" || strings.HasPrefix(text, "- ") }

// path returns the names of levels, outermost first.
func path(levels []level) []string {
	var out []string
	for _, l := range levels {
		out = append(out, l.name)
	}
	return out
}

func (e *entry) path() []string { return path(e.levels) }

// is reports whether the path of an entry is this one; "*" stands for any name.
func (e *entry) is(names ...string) bool {
	return slices.EqualFunc(e.path(), names, func(got, want string) bool { return want == "*" || got == want })
}

// find returns the first entry with a path, nil if there is none.
func (o *outline) find(names ...string) *entry {
	for i := range o.entries {
		if o.entries[i].is(names...) {
			return &o.entries[i]
		}
	}
	return nil
}

// names lists the keys of the entries with a path, each once.
func (o *outline) names(names ...string) (out []string) {
	for i := range o.entries {
		if e := &o.entries[i]; e.is(names...) && !slices.Contains(out, e.key) {
			out = append(out, e.key)
		}
	}
	return out
}

// keySpan returns where the key of an entry stands.
func (o *outline) keySpan(e *entry) span { return spanOf(e.line, o.lines[e.line], e.from, e.to) }

// wholeSpan returns where an entry stands with all that belongs to it.
func (o *outline) wholeSpan(e *entry) span {
	start := spanOf(e.line, o.lines[e.line], e.from, e.from).Start
	last := max(e.end-1, e.line)
	end := position{last, units(strings.TrimRight(o.lines[last], " \t"))}
	if end.before(start) {
		end = start
	}
	return span{start, end}
}

// text returns the value of an entry as one line, without what stands around it.
func (o *outline) text(e *entry) string {
	first := o.lines[e.line][e.value:]
	if e.block {
		first = ""
	}
	parts := []string{cutComment(first)}
	for i := e.line + 1; i < e.end; i++ {
		parts = append(parts, cutComment(o.lines[i]))
	}
	text := strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
	if n := len(text); n > 1 && (text[0] == '"' || text[0] == '\'') && text[n-1] == text[0] {
		text = text[1 : n-1]
	}
	return text
}

var comment = pattern(`(^|[ \t])#.*$`)

func cutComment(s string) string { return comment().ReplaceAllString(s, "") }

// pattern compiles an expression when it is first asked for: the start of a
// program pays for none that it does not need.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
