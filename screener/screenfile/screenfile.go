// Package screenfile reads screen files: a thin envelope in YAML and named
// expressions of the rule language.
//
//  1. Read the YAML into a small tree that knows where every character of
//     every expression stands in the file.
//  2. Name what YAML does in silence or cannot read: a word lost to a tag, a
//     line cut at a #, a block header, a comma that splits a call. Mend it and
//     read on, so that one slip hides no other mistake.
//  3. Check the envelope: keys, shapes, names, choices.
//  4. Compile the lets in the order in which they need each other, then every
//     other expression.
//
// Every mistake of a file is reported at once, sorted by position, with the
// line, a caret span, the cause, the likely fix and a stable code. No key is
// ignored in silence. No text makes Parse panic.
package screenfile

import (
	"assay/rules"
	"assay/screener"
)

// Parse reads a screen. The name of the file is for messages only. Either the
// screen or the list of problems is empty.
func Parse(file string, text []byte, env rules.Env, funcs []rules.Func) (*screener.Screen, Problems) {
	r := &reader{
		src:    newSource(file, text),
		env:    env,
		scope:  rules.Scope{Env: env, Funcs: funcs, Lets: map[string]*rules.Program{}},
		screen: &screener.Screen{File: file},
	}
	r.screen.Text = r.src.text
	r.mended = newMended(r.src)
	if root := r.parse(); root != nil {
		r.envelope(root)
	}
	if len(r.problems) > 0 {
		return nil, r.problems.sorted()
	}
	return r.screen, nil
}

// reader reads one file.
type reader struct {
	src      *source
	mended   *mended
	tabbed   bool // tabs have been reported
	cleared  bool // lines were taken out
	env      rules.Env
	scope    rules.Scope
	screen   *screener.Screen
	problems Problems
}

func (r *reader) report(p *Problem) { r.problems = append(r.problems, p) }

// wrong reports a mistake of a node, unless one has been reported already.
func (r *reader) wrong(n *node, code, msg, hint string) {
	if !n.broken && (!n.split || code != codeShape) {
		r.report(r.src.problem(n.from, n.to, code, msg, hint))
	}
}
