// Package screenfile reads screen files: a thin envelope in YAML and named
// expressions of the rule language.
//
//  1. Read the YAML into a small tree that knows where every character of
//     every expression stands in the file.
//  2. Name what YAML does in silence or cannot read: a word lost to a tag, a
//     line cut at a #, a block header, a comma that splits a call. Mend it and
//     read on, so that one slip hides no other mistake.
//  3. Lay the tree over that of the screen that it extends, if any.
//  4. Check the envelope: keys, shapes, names, choices.
//  5. Compile lets and conditions in the order in which they need each other,
//     then every other expression.
//  6. Where nothing is wrong, look for what is allowed and hardly meant (lint).
//
// Every mistake of a file is reported at once, sorted by position, with the
// line, a caret span, the cause, the likely fix and a stable code. No key is
// ignored in silence. No text makes Parse panic. [Format] writes a file in the
// one canonical way, and [Run] runs its tests.
package screenfile

import (
	"assay/rules"
	"assay/screener"
)

// Language is what the words of a screen file mean.
type Language struct {
	Env   rules.Env
	Funcs []rules.Func
	// Shipped opens a screen that ships with the program, by its name, for those
	// that extend it. Nil: none ships.
	Shipped func(name string) (file string, text []byte, ok bool)
	// ShippedNames are their names, for suggestions.
	ShippedNames []string
	// Kept are the texts of extended screens as a run of the past kept them, the
	// nearest first: they are read in place of files. Nil: files are read.
	Kept []screener.Extended
}

// Parse reads a screen. The name of the file is for messages, and its folder is
// where the screens are that it extends. Either the screen or the list of
// problems is empty.
func Parse(file string, text []byte, env rules.Env, funcs []rules.Func) (*screener.Screen, Problems) {
	return Language{Env: env, Funcs: funcs}.Parse(file, text)
}

// Parse reads a screen as the function of the same name does.
func (l Language) Parse(file string, text []byte) (*screener.Screen, Problems) {
	r := l.reader(file, text)
	r.whole()
	if len(r.problems) > 0 {
		return nil, r.sorted()
	}
	return r.screen, nil
}

// reader reads one file.
type reader struct {
	lang     Language
	src      *source
	mended   *mended
	tabbed   bool // tabs have been reported
	cleared  bool // lines were taken out
	orphan   bool // the screen that this one extends cannot be read
	nameless bool // the names of the conditions cannot be read
	family   *family
	env      rules.Env
	scope    rules.Scope
	screen   *screener.Screen
	placed   []placed
	own      []string         // names of lets and conditions
	policies map[string]*node // entries of missing:, by condition
	summoned []summons        // names of what the configuration is to have
	problems Problems
}

// placed is a rule of the screen and where it stands.
type placed struct {
	*screener.Rule
	node  *node
	shift int // where the expression begins in the node's value
}

func (l Language) reader(file string, text []byte) *reader {
	src := newSource(file, text)
	return &reader{
		lang: l, src: src, mended: newMended(src), env: l.Env, family: &family{},
		scope:    rules.Scope{Env: l.Env, Funcs: l.Funcs, Lets: map[string]*rules.Program{}},
		screen:   &screener.Screen{File: file, Text: src.text},
		policies: map[string]*node{},
	}
}

// whole reads the screen with those that it extends.
func (r *reader) whole() {
	defer r.family.close()
	root := r.parse()
	if root == nil {
		return
	}
	r.family.begin(r.src)
	r.envelope(r.extended(root, member{name: r.family.first}))
}

func (r *reader) report(p *Problem) { r.problems = append(r.problems, p) }

// sorted returns the problems by file, in the order in which files were read,
// and position.
func (r *reader) sorted() Problems { return r.problems.sorted(r.family.files) }

// wrong reports a mistake of a node, unless one has been reported already.
func (r *reader) wrong(n *node, code, msg, hint string) {
	if n.broken || n.split && code == codeShape || (r.orphan || r.nameless) && code == codeNobody || r.orphan && code == codeNeeded {
		return
	}
	r.report(n.src.problem(n.from, n.to, code, msg, hint))
}
