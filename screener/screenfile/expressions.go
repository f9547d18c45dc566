package screenfile

import (
	"fmt"
	"slices"
	"strings"

	"assay/rules"
	"assay/screener"
)

// codeBrokenLet is the rule language's code for the use of a let that does not
// compile. The let's own mistake is reported where it stands.
const codeBrokenLet = "E022"

// codeBinds is its code for a `not` that binds to less than was meant. A ! that
// has been reported as a tag is not reported for this as well.
const codeBinds = "E009"

// codeUnknown is its code for a name that nothing has. It is not reported where
// the screen that may define the name could not be read.
const codeUnknown = "E012"

// rule compiles the expression of a node under a name. The rule is nil when
// that fails; the mistakes have been reported.
func (r *reader) rule(name string, n *node, kinds ...rules.Kind) *screener.Rule {
	text, shift, ok := r.expression(name, n)
	if !ok {
		return nil
	}
	program, errs := r.scope.Compile(text)
	if program != nil && len(kinds) > 0 {
		if e := expect(program, kinds); e != nil {
			errs = append(errs, e)
		}
	}
	if len(errs) > 0 {
		r.mistakes(n, shift, errs)
		return nil
	}
	line, _ := n.src.position(n.at[shift])
	rule := &screener.Rule{Name: name, Text: text, Program: program, Line: line}
	r.placed = append(r.placed, placed{rule, n, shift})
	return rule
}

func expect(program *rules.Program, kinds []rules.Kind) *rules.Error {
	var first *rules.Error
	for _, k := range kinds {
		e := program.Expect(k)
		if e == nil {
			return nil
		}
		if first == nil {
			first = e
		}
	}
	return first
}

// expression returns the text of an expression and where it begins in the
// node's value.
func (r *reader) expression(name string, n *node) (text string, shift int, ok bool) {
	switch {
	case n.broken:
		return "", 0, false
	case n.kind == none:
		r.wrong(n, codeEmpty, fmt.Sprintf("%s has no expression", name), "write one, or take the name out")
		return "", 0, false
	case n.kind != scalar:
		r.wrong(n, codeShape, fmt.Sprintf("%s is one expression, not %s", name, n.shape()), "an expression that begins with a bracket must be quoted; a long one stands below |")
		return "", 0, false
	}
	text = strings.TrimLeft(n.text, " \t\n")
	shift = len(n.text) - len(text)
	text = strings.TrimRight(text, " \t\n")
	if text == "" {
		r.wrong(n, codeEmpty, fmt.Sprintf("%s has no expression", name), "write one, or take the name out")
		return "", 0, false
	}
	if p := r.cut(n); p != nil {
		r.report(p)
		return "", 0, false
	}
	return text, shift, true
}

// mostMistakes is how many mistakes of one expression are told.
const mostMistakes = 50

// mistakes reports the mistakes of an expression where they stand in the file.
func (r *reader) mistakes(n *node, shift int, errs rules.Errors) {
	if more := len(errs) - mostMistakes; more > 0 {
		last := *errs[mostMistakes]
		last.Msg, last.Hint = fmt.Sprintf("%d more mistakes in this expression, the next of them: %s", more, last.Msg), ""
		errs = append(errs[:mostMistakes:mostMistakes], &last)
	}
	for _, e := range errs {
		if e.Code == codeBrokenLet || e.Code == codeBinds && n.raw || e.Code == codeUnknown && r.orphan {
			continue
		}
		from := n.place(shift + e.From)
		to := from + 1
		if e.To > e.From {
			to = n.place(shift+e.To-1) + 1
		}
		r.report(n.src.problem(from, to, e.Code, e.Msg, r.hint(n, shift, e)))
	}
}

// hint is the hint of a mistake. For a name that nothing has, the user's own names
// are possible too that stand below and were not compiled yet.
func (r *reader) hint(n *node, shift int, e *rules.Error) string {
	if e.Code != codeUnknown || r.env == nil || shift+e.To > len(n.text) {
		return e.Hint
	}
	word := n.text[shift+e.From : shift+e.To]
	if slices.Contains([]string{"yes", "no", "on", "off"}, strings.ToLower(word)) {
		return "write true or false"
	}
	own := slices.DeleteFunc(slices.Clone(r.own), func(name string) bool { return name == word })
	near := rules.Nearest(word, slices.Concat(r.env.Names(), own))
	if near == "" || !slices.Contains(own, near) {
		return e.Hint
	}
	return "did you mean " + near + "?"
}

// place returns where a byte of the value stands in the file.
func (n *node) place(i int) int { return n.at[min(max(i, 0), len(n.at)-1)] }

func (r *reader) universe(n *node) {
	if n == nil {
		return
	}
	rule := r.rule("universe", n, rules.Bool)
	if rule != nil && rule.Program.UsesPeers() {
		r.wrong(n, codePeers, "the universe cannot be ranked against itself", "put this part under pass:, where peers are the universe")
	}
	r.screen.Universe = rule
}

// conditionsOf returns the conditions of a screen, and reports that it has none.
func (r *reader) conditionsOf(root, n *node) []pair {
	if n == nil {
		r.needed(root, "the screen has no conditions", "write `pass:` and below it lines of `name: expression`")
		return nil
	}
	if n.kind == mapping && len(n.pairs) == 0 {
		r.wrong(n, codeEmpty, "pass has no conditions", "write lines of `name: expression` below it")
	}
	out := r.named(n, "pass")
	r.nameless = out == nil
	return out
}

// free reports a name that reports use for something else.
func (r *reader) free(key *node, what string) {
	switch key.text {
	case "screen", "universe", "rank":
		r.wrong(key, codeTaken, fmt.Sprintf("%s cannot be named %s: reports use the word", what, key.text), "choose another name")
	}
}

func (r *reader) missing(n, pass *node) {
	for _, p := range r.named(n, "missing") {
		i := r.condition(p.key.text)
		if i < 0 && pass != nil && p.key.src != r.src && slices.Contains(pass.removed, p.key.text) {
			continue // of a condition that this screen takes out
		}
		if i < 0 {
			r.wrong(p.key, codeNobody, fmt.Sprintf("no condition is named %q", p.key.text), didYouMean(p.key.text, r.conditions(), "the names are those of the lines below pass:"))
			continue
		}
		var words []string
		for _, policy := range screener.Policies() {
			words = append(words, policy.String())
		}
		word, ok := r.choice(p.value, p.key.text, words...)
		for _, policy := range screener.Policies() {
			if ok && policy.String() == word {
				r.screen.Pass[i].Missing = policy
				r.policies[p.key.text] = p.value
			}
		}
	}
}

// condition returns the index of a condition, or -1.
func (r *reader) condition(name string) int {
	for i, c := range r.screen.Pass {
		if c.Name == name {
			return i
		}
	}
	return -1
}

func (r *reader) conditions() []string {
	var names []string
	for _, c := range r.screen.Pass {
		names = append(names, c.Name)
	}
	return names
}

func (r *reader) flags(n *node) {
	for _, p := range r.named(n, "flag") {
		r.free(p.key, "a flag")
		if r.condition(p.key.text) >= 0 {
			r.wrong(p.key, codeTaken, fmt.Sprintf("%s is the name of a condition", p.key.text), "choose another name for the flag")
		}
		flag := screener.Rule{Name: p.key.text}
		if rule := r.rule(p.key.text, p.value, rules.Bool); rule != nil {
			flag = *rule
		}
		r.screen.Flags = append(r.screen.Flags, flag)
	}
}
