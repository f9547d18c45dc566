package screenfile

import (
	"fmt"
	"slices"
	"strings"
)

// inspection goes over the lines of a text that YAML does not read as it was
// meant, by the little that screens use of YAML. It reports what it finds and
// mends it.
type inspection struct {
	*mended
	r     *reader
	open  []mark // where keys and dashes stand, outermost first
	above entry  // the entry before this line
	found bool
}

// blockKeys are keys that hold a block or a list.
var blockKeys = []string{"let", "pass", "missing", "keep", "flag", "rank", "ties", "columns", "stale", "schedule", "deliver", "test", "given"}

// mark is a dash or the beginning of a key, in a column counted from 0.
type mark struct {
	col  int
	dash bool
}

// entry is a line that begins with a key, dashes, or both; or the first line of
// a value that stands below its key.
type entry struct {
	line  int
	marks []mark
	key   string
	value int  // where its value begins; the length of the line if it has none
	col   int  // lines of the value are set in further than this
	end   int  // the line after its value
	empty bool // it has no value, or one below it
	goes  bool // its value could go on in further lines
}

var (
	entryLine  = pattern(`^ *((?:- +|-$)*)(?:("(?:[^"\\]|\\.)*"|'[^']*'|[\pL\pN_][\pL\pN_-]*):(?:[ \t]+|$))?`)
	gluedLine  = pattern(`^ *[\pL_][\pL\pN_-]*:[^\s:]`)
	endsOpen   = pattern(`(^|[^\w])(and|or|not|in)$|[-+*/<>=(,&|?]$`)
	beginsOpen = pattern(`^((and|or|in)\b|[-+*/<>=),&|])`)
)

// inspect reports and mends what is found in the lines. It returns false if
// nothing is.
func (r *reader) inspect() bool {
	s := &inspection{mended: r.mended, r: r}
	for i := 0; i < len(s.lines); {
		i = s.next(i)
	}
	return s.found
}

func (s *inspection) report(p *Problem) {
	s.r.report(p)
	s.found = true
}

// next looks at a line, and returns the line to look at then.
func (s *inspection) next(i int) int {
	text := strings.TrimSpace(s.lines[i])
	switch {
	case text == "" || text[0] == '#':
		return i + 1
	case strings.HasPrefix(s.lines[i], "---"), strings.HasPrefix(s.lines[i], "..."), s.lines[i][0] == '%':
		s.open, s.above = nil, entry{}
		return i + 1
	}
	s.tabs(i)
	e, ok := s.entry(i)
	switch {
	case ok:
		s.set(&e)
	case s.glued(i):
		return i // it now is an entry
	case s.above.empty && indentOf(s.lines[i]) > s.above.col:
		if s.among(mark{col: indentOf(s.lines[i])}, i) {
			s.unlike(i)
			s.drop(i)
			return i // it now is an entry
		}
		e = entry{line: i, value: indentOf(s.lines[i]), col: s.above.col}
	default:
		s.stray(i)
		return i + 1
	}
	s.judge(&e)
	s.above = e
	return e.end
}

func (s *inspection) entry(i int) (entry, bool) {
	line := s.lines[i]
	m := entryLine().FindStringSubmatchIndex(line)
	e := entry{line: i, value: m[1]}
	for at := m[2]; at < m[3]; at++ {
		if line[at] == '-' {
			e.marks = append(e.marks, mark{at, true})
		}
	}
	if m[4] >= 0 {
		e.marks, e.key = append(e.marks, mark{m[4], false}), line[m[4]:m[5]]
	}
	if len(e.marks) == 0 {
		return entry{}, false
	}
	e.col = e.marks[len(e.marks)-1].col
	return e, true
}

// tabs mends tabs in the indent of a line. They are reported once for a file.
func (s *inspection) tabs(i int) bool {
	rest := strings.TrimLeft(s.lines[i], " \t")
	blanks := s.lines[i][:len(s.lines[i])-len(rest)]
	at := strings.IndexByte(blanks, '\t')
	if at < 0 {
		return false
	}
	s.found = true
	if place := s.place(i, at); !s.r.tabbed {
		s.r.report(s.src.problem(place, place+1, codeTab, "a tab where YAML wants blanks", "replace each tab by two blanks"))
		s.r.tabbed = true
	}
	s.indent(i, indentOf(s.lines[i]))
	return true
}

// indentOf returns by how many blanks a line is set in, a tab being two.
func indentOf(line string) int {
	rest := strings.TrimLeft(line, " \t")
	blanks := line[:len(line)-len(rest)]
	return len(blanks) + strings.Count(blanks, "\t")
}

// top returns the innermost open mark; its column is -1 if there is none.
func (s *inspection) top() mark {
	if len(s.open) == 0 {
		return mark{col: -1}
	}
	return s.open[len(s.open)-1]
}

// set finds the place of an entry among the open blocks, and mends its indent
// if it stands between them.
func (s *inspection) set(e *entry) {
	first := e.marks[0]
	if top := s.top(); first.col > top.col && (top.col < 0 || s.above.empty) {
		s.open = append(s.open, e.marks...)
		return
	}
	if first.col > s.above.col && s.above.heads(s.open) {
		s.overfull()
		s.open = append(s.open, e.marks...)
		return
	}
	inner := s.top()
	for s.top().col > first.col {
		inner = s.top()
		s.open = s.open[:len(s.open)-1]
	}
	if outer := s.top(); outer.col != first.col {
		beside := inner
		if outer.col >= 0 && outer.dash == first.dash && inner.dash != first.dash || len(s.open) == 1 && slices.Contains(screenKeys, e.key) {
			beside = outer
		}
		s.move(e, beside.col)
	}
	for s.top().col >= e.marks[0].col {
		s.open = s.open[:len(s.open)-1]
	}
	s.open = append(s.open, e.marks...)
}

// heads reports whether a block or a list belongs below an entry.
func (e entry) heads(open []mark) bool {
	outer := len(open) > 0 && e.col == open[0].col
	return slices.Contains(blockKeys, e.key) && (outer || e.key == "ties" || e.key == "given")
}

// overfull reports that the entry above has a value and a block below it.
func (s *inspection) overfull() {
	line, from := s.above.line, s.above.value
	s.report(s.src.problem(s.place(line, from), s.src.end(line+1), codeShape,
		s.above.key+" has a value and a block below it", "move the value into the block, to a line of its own"))
	s.replace(line, from, len(s.lines[line]), "")
}

// move sets an entry in as far as those beside it are. A line that was mended
// is not reported again.
func (s *inspection) move(e *entry, beside int) {
	col := e.marks[0].col
	if s.cols[e.line] == nil {
		what, from := "this line", s.place(e.line, col)
		to := from + 1
		if !e.marks[0].dash {
			what, to = e.key, from+len(e.key)
		}
		s.report(s.src.problem(from, to, codeYAML,
			fmt.Sprintf("%s is set in by %s, the lines beside it by %d", what, blanks(col), beside),
			"begin it in the same column as the lines beside it"))
	}
	s.indent(e.line, beside)
	s.found = true
	for i := range e.marks {
		e.marks[i].col += beside - col
	}
	e.value, e.col = e.value+beside-col, e.col+beside-col
}

func blanks(n int) string {
	if n == 1 {
		return "1 blank"
	}
	return fmt.Sprintf("%d blanks", n)
}

// glued mends a key whose colon no blank follows, where a key must stand.
func (s *inspection) glued(i int) bool {
	line := s.lines[i]
	if !gluedLine().MatchString(line) {
		return false
	}
	if key := (mark{col: indentOf(line)}); !slices.Contains(s.open, key) && !s.among(key, i) {
		return false
	}
	s.unlike(i)
	colon := strings.IndexByte(line, ':') + 1
	s.replace(i, colon, colon, " ")
	return true
}

// among reports whether a line below an empty key is the first of several, for
// a key stands in the same column as it on a later one.
func (s *inspection) among(key mark, i int) bool {
	for next := i + 1; next < len(s.lines) && s.above.empty; next++ {
		if e, ok := s.entry(next); ok {
			return e.marks[0] == key
		}
	}
	return false
}

// stray mends a line that belongs to the expression above, but is not set in.
func (s *inspection) stray(i int) {
	above, line := s.above, strings.TrimSpace(s.lines[i])
	if !above.goes || indentOf(s.lines[i]) > above.col || colonBlank().MatchString(line) {
		return
	}
	if !endsOpen().MatchString(strings.TrimSpace(s.lines[above.end-1])) && !beginsOpen().MatchString(line) {
		return
	}
	s.unlike(i)
	in := above.col + 2
	if above.end > above.line+1 {
		in = indentOf(s.lines[above.end-1])
	}
	s.indent(i, in)
	s.above.end = i + 1
}

// unlike reports a line that is no entry where entries stand.
func (s *inspection) unlike(i int) {
	s.report(s.src.problem(s.place(i, indentOf(s.lines[i])), s.src.end(i+1), codeYAML,
		"this line is not `key: value` as those around it are",
		"a blank must follow the colon; an expression of several lines stands below |, each line set in"))
}
