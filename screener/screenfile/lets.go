package screenfile

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"assay/screener"
)

// lets compiles the user's own names, each after those that it needs. A let
// that fails is present without a program, so that its users are not blamed.
func (r *reader) lets(n *node) {
	pairs := r.named(n, "let")
	byName := map[string]pair{}
	var names []string
	for _, p := range pairs {
		byName[p.key.text] = p
		names = append(names, p.key.text)
	}
	needs := map[string][]string{}
	for _, name := range names {
		needs[name] = mentions(byName[name].value.text, byName)
	}
	compiled := map[string]*screener.Rule{}
	told := map[string]bool{} // part of a circle that has been reported
	for _, name := range names {
		if circle := circleOf(name, needs); circle != nil && !told[name] {
			r.wrong(byName[name].key, codeCircle, fmt.Sprintf("%s needs itself: %s", name, strings.Join(circle, " -> ")), "write one of them without the others")
			for _, member := range circle {
				told[member] = true
			}
		}
	}
	for _, name := range order(names, needs) {
		p := byName[name]
		if told[name] {
			r.scope.Lets[name] = nil
			continue
		}
		rule := r.rule(name, p.value)
		r.scope.Lets[name] = nil
		if rule != nil {
			r.scope.Lets[name] = rule.Program
			compiled[name] = rule
		}
	}
	for _, name := range names {
		if compiled[name] != nil {
			r.screen.Lets = append(r.screen.Lets, *compiled[name])
		}
		if _, ok := r.env.Column(name); ok {
			line, _ := r.src.position(byName[name].key.from)
			r.screen.Notices = append(r.screen.Notices, fmt.Sprintf("line %d: let %s stands in place of the catalogue's %s within this file", line, name, name))
		}
	}
}

var word = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[0-9][0-9A-Za-z_.]*|[A-Za-z_][A-Za-z0-9_]*\s*\(?`)

// mentions returns the names among those given that an expression uses, each
// once. Texts, numbers and calls are passed over.
func mentions(text string, among map[string]pair) []string {
	var out []string
	for _, w := range word.FindAllString(text, -1) {
		w = strings.TrimRight(w, " \t\n")
		if _, ok := among[w]; ok && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// order sorts names so that each comes after those that it needs; those that
// need each other come in some order that depends on the file alone.
func order(names []string, needs map[string][]string) []string {
	var out []string
	seen := map[string]bool{}
	var visit func(string)
	visit = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		for _, need := range needs[name] {
			visit(need)
		}
		out = append(out, name)
	}
	for _, name := range names {
		visit(name)
	}
	return out
}

// circleOf returns a shortest way from a name over its needs back to itself,
// or nil.
func circleOf(name string, needs map[string][]string) []string {
	from := map[string]string{}
	queue := []string{name}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, need := range needs[at] {
			if need == name {
				way := []string{name}
				for ; at != name; at = from[at] {
					way = append(way, at)
				}
				way = append(way, name)
				slices.Reverse(way)
				return way
			}
			if _, ok := from[need]; !ok {
				from[need] = at
				queue = append(queue, need)
			}
		}
	}
	return nil
}
