package screenfile

import (
	"fmt"
	"slices"
	"strings"
)

// screenKeys are the keys of a screen, in the order in which they are told.
var screenKeys = []string{
	"screen", "about", "extend", "universe", "let", "pass", "missing", "keep", "min_stay", "flag",
	"rank", "columns", "stale", "schedule", "deliver", "test",
}

// envelope reads the keys of a screen. What expressions need comes first: the
// lets, then the names of the conditions.
func (r *reader) envelope(root *node) {
	keys := r.fields(root, "a screen", screenKeys...)
	if keys == nil {
		return
	}
	r.name(root, keys["screen"])
	if n := keys["about"]; n != nil {
		r.screen.About = strings.Join(strings.Fields(r.word(n, "about", "a text")), " ")
	}
	r.names(root, keys["let"], keys["pass"])
	r.universe(keys["universe"])
	r.missing(keys["missing"], keys["pass"])
	r.keep(keys["keep"])
	r.screen.MinStay = r.days(keys["min_stay"], "min_stay")
	r.flags(keys["flag"])
	r.rank(keys["rank"])
	r.columns(keys["columns"])
	r.stale(keys["stale"])
	r.schedule(keys["schedule"])
	r.deliver(keys["deliver"])
	r.tests(keys["test"])
}

var (
	screenName = pattern(`^[a-z][a-z0-9]*([-_][a-z0-9]+)*$`)
	identifier = pattern(`^[a-z][a-z0-9_]*$`)
	reserved   = []string{"and", "or", "not", "in", "if", "else", "true", "false", "nil", "let"}
)

func (r *reader) name(root, n *node) {
	const hint = "use lower-case words with dashes between them, such as quality-small-cap"
	if n == nil {
		r.needed(root, "the screen has no name", "begin the file with `screen: my-screen`")
		return
	}
	name := r.word(n, "screen", "a name")
	if name != "" && !screenName().MatchString(name) {
		r.wrong(n, codeBadName, fmt.Sprintf("%q cannot be the name of a screen", name), hint)
	}
	r.screen.Name = name
}

// fields reads a block whose keys are fixed. It reports keys that are unknown
// or repeated, and returns nil if n is no block.
func (r *reader) fields(n *node, what string, known ...string) map[string]*node {
	if n == nil || n.broken {
		return nil
	}
	if n.kind != mapping {
		r.wrong(n, codeShape, fmt.Sprintf("%s is a block of keys, not %s", what, n.shape()), "the keys are "+enumerate(known))
		return nil
	}
	out := map[string]*node{}
	for _, p := range r.distinct(n) {
		if !slices.Contains(known, p.key.text) {
			r.wrong(p.key, codeKey, fmt.Sprintf("%s has no key %q", what, p.key.text), keyHint(p.key.text, known))
			continue
		}
		if p.value.kind == none && !p.value.broken {
			r.wrong(p.key, codeEmpty, fmt.Sprintf("%s has no value", p.key.text), "give it one, or take the key out")
			p.value.broken = true
		}
		out[p.key.text] = p.value
	}
	return out
}

// meant is what other tools and plain English call the keys of a screen.
var meant = map[string]string{
	"filter": "pass", "filters": "pass", "conditions": "pass", "criteria": "pass", "rules": "pass", "where": "pass", "all": "pass",
	"name": "screen", "title": "screen", "description": "about", "desc": "about", "base": "extend", "inherit": "extend",
	"variables": "let", "vars": "let", "define": "let", "definitions": "let", "metrics": "let",
	"sort": "rank", "sort_by": "rank", "order": "rank", "order_by": "rank", "score": "rank", "warn": "flag", "notify": "deliver",
	"fields": "columns", "show": "columns", "select": "columns", "output": "columns", "cron": "schedule",
}

func keyHint(key string, known []string) string {
	if to := meant[strings.ToLower(key)]; slices.Contains(known, to) {
		return "did you mean " + to + "?"
	}
	return didYouMean(key, known, "the keys are "+enumerate(known))
}

// named reads a block of `name: value`, and reports names that cannot be used
// or are repeated.
func (r *reader) named(n *node, what string) []pair {
	if n == nil || n.broken {
		return nil
	}
	if n.kind != mapping {
		r.wrong(n, codeShape, fmt.Sprintf("%s is a block of names, not %s", what, n.shape()), "write lines of `name: expression`, set in by two blanks")
		if n = n.withoutDashes(); n == nil {
			return nil
		}
	}
	var out []pair
	for _, p := range r.distinct(n) {
		r.identifier(p.key)
		out = append(out, p)
	}
	return out
}

// withoutDashes returns the block that was meant where each of its lines begins
// with a dash, or nil.
func (n *node) withoutDashes() *node {
	out := *n
	for _, item := range n.items {
		if item.kind != mapping {
			return nil
		}
		out.pairs = append(out.pairs, item.pairs...)
	}
	if n.kind != list || len(out.pairs) == 0 {
		return nil
	}
	out.kind = mapping
	return &out
}

func (r *reader) identifier(key *node) {
	const hint = "use lower-case letters, digits and underscores, and begin with a letter: little_debt"
	switch {
	case !identifier().MatchString(key.text):
		r.wrong(key, codeBadName, fmt.Sprintf("%q cannot be a name", key.text), hint)
	case slices.Contains(reserved, key.text):
		r.wrong(key, codeBadName, fmt.Sprintf("%q is a word of the language and cannot be a name", key.text), "choose another name")
	}
}

// distinct returns the pairs of a block that can be read, and reports keys
// that are repeated.
func (r *reader) distinct(n *node) []pair {
	first := map[string]*node{}
	var out []pair
	for _, p := range n.pairs {
		if p.key.broken {
			continue
		}
		if before := first[p.key.text]; before != nil {
			line := before.line()
			r.wrong(p.key, codeTwice, fmt.Sprintf("%s is given twice", quoted(p.key.text)), fmt.Sprintf("the first is in line %d; take one out", line))
			continue
		}
		first[p.key.text] = p.key
		out = append(out, p)
	}
	return out
}

// needed reports that a block lacks a key, unless one of its keys cannot be
// read.
func (r *reader) needed(n *node, msg, hint string) {
	if !n.lost && !r.cleared {
		r.wrong(n, codeNeeded, msg, hint)
	}
}

// elements returns the elements of a list, and reports what is none.
func (r *reader) elements(n *node, what, hint string) []*node {
	if n == nil || n.broken {
		return nil
	}
	if n.kind != list {
		r.wrong(n, codeShape, fmt.Sprintf("%s is a list, not %s", what, n.shape()), hint)
		return nil
	}
	return n.items
}

// word returns the text of a scalar, or "" after reporting that it is none.
func (r *reader) word(n *node, key, want string) string {
	if n.broken || n.raw {
		return ""
	}
	if n.kind != scalar {
		r.wrong(n, codeShape, fmt.Sprintf("%s is %s, not %s", key, want, n.shape()), "")
		return ""
	}
	if strings.TrimSpace(n.text) == "" {
		r.wrong(n, codeEmpty, fmt.Sprintf("%s is empty", key), "give it a value, or take the key out")
	}
	return strings.TrimSpace(n.text)
}

func choices(words []string) string {
	if len(words) < 4 {
		return strings.Join(words, " or ")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// choice returns the word of a node if it is one of those possible.
func (r *reader) choice(n *node, key string, possible ...string) (string, bool) {
	got := r.word(n, key, "one word")
	if got == "" {
		return "", false
	}
	if !slices.Contains(possible, got) {
		r.wrong(n, codeChoice, fmt.Sprintf("%s cannot be %s", key, quoted(got)), didYouMean(got, possible, "it is "+choices(possible)))
		return "", false
	}
	return got, true
}

// line returns the line on which a node stands, from 1.
func (n *node) line() int {
	line, _ := n.src.position(n.from)
	return line
}

func (n *node) shape() string {
	return [...]string{"empty", "a single value", "a list", "a block of keys"}[n.kind]
}
