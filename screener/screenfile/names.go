package screenfile

import (
	"fmt"
	"slices"
	"strings"

	"assay/rules"
	"assay/screener"
)

// naming is a let or a condition: a name of the user's own.
type naming struct {
	pair
	id        string // the name, or where another has it, one that none can have
	condition bool
}

// names compiles lets and conditions, each after those that it needs. One that
// fails is present without a program, so that its users are not blamed.
func (r *reader) names(root, lets, pass *node) {
	all := r.namings(root, lets, pass)
	byName := map[string]naming{}
	var ids []string
	for _, n := range all {
		byName[n.id] = n
		ids = append(ids, n.id)
		r.own = append(r.own, n.key.text)
	}
	needs := map[string][]string{}
	for _, n := range all {
		needs[n.id] = mentions(n.value.text, byName)
		if n.condition { // within itself its name is one that nothing has
			needs[n.id] = slices.DeleteFunc(needs[n.id], func(name string) bool { return name == n.id })
		}
	}
	told := r.circles(ids, needs, byName)
	compiled := map[string]*screener.Rule{}
	for _, id := range order(ids, needs) {
		n := byName[id]
		if !told[id] {
			compiled[id] = r.naming(n)
		}
		if id != n.key.text {
			continue
		}
		r.scope.Lets[id] = nil
		if compiled[id] != nil {
			r.scope.Lets[id] = compiled[id].Program
		}
	}
	for _, n := range all {
		r.enter(n, compiled[n.id])
	}
}

// namings lists lets and conditions, and reports names that are taken.
func (r *reader) namings(root, lets, pass *node) (all []naming) {
	isLet := map[string]bool{}
	for _, p := range r.named(lets, "let") {
		isLet[p.key.text] = true
		all = append(all, naming{pair: p, id: p.key.text})
	}
	for _, p := range r.conditionsOf(root, pass) {
		r.free(p.key, "a condition")
		n := naming{pair: p, id: p.key.text, condition: true}
		if isLet[n.id] {
			r.wrong(p.key, codeTaken, fmt.Sprintf("%s is the name of a let too, and a condition can be used by its name", n.id), "choose another name for one of them")
			n.id = "pass." + n.id
		} else if r.isColumn(n.id) {
			r.notice(p.key, "in expressions %s is the column, not the condition of that name", n.id)
			n.id = "pass." + n.id
		}
		all = append(all, n)
	}
	return all
}

// isColumn reports whether an environment knows a name, be it as a column or as
// a program.
func (r *reader) isColumn(name string) bool {
	if r.env == nil {
		return false
	}
	if definer, ok := r.env.(rules.Definer); ok {
		if _, defined := definer.Definition(name); defined {
			return true
		}
	}
	_, ok := r.env.Column(name)
	return ok
}

// notice adds what a careful user wants to know of a node and is no mistake.
func (r *reader) notice(n *node, format string, args ...any) {
	where := fmt.Sprintf("line %d: ", n.line())
	if n.src != r.src {
		where = fmt.Sprintf("%s, line %d: ", n.src.file, n.line())
	}
	r.screen.Notices = append(r.screen.Notices, where+fmt.Sprintf(format, args...))
}

// circles reports names that need each other, and returns them.
func (r *reader) circles(ids []string, needs map[string][]string, byName map[string]naming) map[string]bool {
	told := map[string]bool{}
	for _, id := range ids {
		if circle := circleOf(id, needs); circle != nil && !told[id] {
			r.wrong(byName[id].key, codeCircle, fmt.Sprintf("%s needs itself: %s", id, strings.Join(circle, " -> ")), "write one of them without the others")
			for _, member := range circle {
				told[member] = true
			}
		}
	}
	return told
}

func (r *reader) naming(n naming) *screener.Rule {
	if n.condition {
		return r.rule(n.key.text, n.value, rules.Bool)
	}
	return r.rule(n.key.text, n.value)
}

// enter puts a let or a condition into the screen.
func (r *reader) enter(n naming, rule *screener.Rule) {
	name := n.key.text
	if n.condition {
		c := screener.Condition{Rule: screener.Rule{Name: name}}
		if rule != nil {
			c.Rule = *rule
		}
		r.screen.Pass = append(r.screen.Pass, c)
		return
	}
	if rule != nil {
		r.screen.Lets = append(r.screen.Lets, *rule)
	}
	if r.isColumn(name) {
		r.notice(n.key, "let %s stands in place of the catalogue's %s within this file", name, name)
	}
}

var word = pattern(`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[0-9][0-9A-Za-z_.]*|[A-Za-z_][A-Za-z0-9_]*\s*\(?`)

// mentions returns the names among those given that an expression uses, each
// once. Texts, numbers and calls are passed over.
func mentions(text string, among map[string]naming) []string {
	var out []string
	for _, w := range word().FindAllString(text, -1) {
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
