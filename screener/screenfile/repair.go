package screenfile

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// What bounds how often a text is mended and read again: a number, and the
// bytes read.
const (
	maxRepairs  = 100
	maxRepaired = 256 << 10
)

// read parses the text. What the parser cannot read, or would drop, is
// reported, mended, and the text read again, so that one slip hides no other
// mistake. It returns nil after as many repairs as are made, or where none is
// possible.
func (r *reader) read() *ast.File {
	told := map[int]bool{} // lines of which the parser's errors have been reported
	for repairs := 0; repairs < maxRepairs && repairs*len(r.src.text) < maxRepaired; repairs++ {
		file, err := parseYAML(r.mended.text())
		if err == nil && !drops(file) {
			return file
		}
		switch {
		case r.inspect():
		case err == nil:
			return file
		case !r.repair(err, told):
			return nil
		}
	}
	return nil
}

// dropping finds what YAML takes out of a text in silence.
type dropping struct{ found bool }

func (d *dropping) Visit(n ast.Node) ast.Visitor {
	switch n.(type) {
	case *ast.TagNode, *ast.AnchorNode, *ast.AliasNode:
		d.found = true
	}
	return d
}

func drops(file *ast.File) bool {
	d := &dropping{}
	for _, doc := range file.Docs {
		if doc.Body != nil {
			ast.Walk(d, doc.Body)
		}
	}
	return d.found
}

// repair reports an error of the parser and makes the line harmless: first its
// value, and if that is not enough the line as a whole.
func (r *reader) repair(err error, told map[int]bool) bool {
	p, line := r.syntax(err)
	if !told[line] {
		r.report(p)
		told[line] = true
	}
	if line < 0 {
		return false
	}
	s := &inspection{mended: r.mended, r: r}
	text := s.lines[line]
	e, ok := s.entry(line)
	if ok && e.value < len(text) && text[e.value:] != "x" {
		s.mask(line, e.value, s.below(line, e.col, true), nil)
		return true
	}
	if strings.TrimSpace(text) == "" || told[-1-line] {
		return false
	}
	told[-1-line] = true
	if ok {
		s.clear(line, s.below(line, e.col, false))
		r.cleared = true
		return true
	}
	s.drop(line)
	return true
}

// drop puts an entry that says nothing in place of a line.
func (s *inspection) drop(line int) {
	text := s.lines[line]
	in := len(text) - len(strings.TrimLeft(text, " \t"))
	s.nodes[s.place(line, in)] = nil
	s.replace(line, in, len(text), s.harmless(line))
}

// harmless returns an entry that can stand in place of a line.
func (s *inspection) harmless(line int) string {
	for above := line - 1; above >= 0; above-- {
		if e, ok := s.entry(above); ok && e.marks[0].col <= indentOf(s.lines[line]) {
			if e.marks[0].dash {
				return "- x"
			}
			break
		}
	}
	return "x: x"
}
