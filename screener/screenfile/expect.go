package screenfile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"assay/rules"
	"assay/screener"
)

// screenWords are what can be expected of a screen.
var screenWords = []string{"pass", "fail", "unknown"}

// universeWords are what can be expected of a company's place.
var universeWords = []string{"in", "out", "unknown"}

// verdictWords are what can be expected of a condition or a flag, and what each
// stands for. pass and fail speak of the condition itself, whatever missing:
// makes of it.
var verdictWords = map[string]string{"pass": "true", "true": "true", "fail": "false", "false": "false", "unknown": "unknown"}

// expect reads `expect: pass`, or a block of names and what is expected.
func (r *reader) expect(n *node, test *screener.Test) {
	test.Expect = map[string]string{}
	if n.kind == scalar {
		if len(test.Companies) > 0 {
			r.wrong(n, codeShape, "the test has several companies: say which is expected to do what", "write a block of `rank: [A, B]` or `A: pass`")
			return
		}
		word, _ := r.choice(n, "expect", screenWords...)
		test.Expect["screen"] = word
		return
	}
	what := r.named
	if len(test.Companies) > 0 {
		what = r.block
	}
	for _, p := range what(n, "expect") {
		switch {
		case p.key.text == "rank" && p.value.kind == list:
			r.ranking(p.value, test)
		case len(test.Companies) > 0:
			r.ofCompany(p, test)
		default:
			r.ofOne(p, test)
		}
	}
}

// block is named for names of any kind.
func (r *reader) block(n *node, what string) []pair {
	if n.broken {
		return nil
	}
	if n.kind != mapping {
		r.wrong(n, codeShape, fmt.Sprintf("%s is a block of names, not %s", what, n.shape()), "write lines of `name: value`, set in by two blanks")
		return nil
	}
	return r.distinct(n)
}

// ofOne reads what is expected of the only company of a test.
func (r *reader) ofOne(p pair, test *screener.Test) {
	name := p.key.text
	_, isLet := r.scope.Lets[name]
	switch {
	case name == "screen":
		test.Expect[name], _ = r.choice(p.value, name, screenWords...)
	case name == "universe":
		test.Expect[name], _ = r.choice(p.value, name, universeWords...)
	case r.condition(name) >= 0, r.isFlag(name):
		word, _ := r.choice(p.value, name, "pass", "fail", "true", "false", "unknown")
		test.Expect[name] = verdictWords[word]
	case name == "rank", isLet, r.column(name) != nil, r.isColumn(name):
		r.value(p, test)
	default:
		known := append(r.conditions(), "screen", "universe", "rank")
		known = append(known, slices.Sorted(maps.Keys(r.scope.Lets))...)
		r.wrong(p.key, codeNobody, fmt.Sprintf("no condition or flag is named %q", name), didYouMean(name, known, "the names are those below pass:, flag:, let: and columns:, and screen, universe and rank"))
	}
}

// column returns a column of the screen that is an expression.
func (r *reader) column(name string) *screener.Rule {
	for i, c := range r.screen.Columns {
		if c.Name == name {
			return &r.screen.Columns[i]
		}
	}
	return nil
}

// value reads the value that is expected of a let, a column or a metric.
func (r *reader) value(p pair, test *screener.Test) {
	name := p.key.text
	if name == "rank" {
		if r.screen.Rank == nil {
			r.wrong(p.key, codeNobody, "the screen ranks nothing", "take the line out, or give the screen a rank:")
			return
		}
		test.Values = append(test.Values, screener.Expected{Name: name, Line: p.key.line(), Point: r.point(name, rules.Number, p.value)})
		return
	}
	program := r.scope.Lets[name]
	if c := r.column(name); c != nil {
		program = c.Program
	}
	if program == nil {
		program, _ = r.scope.Compile(name)
	}
	if program == nil {
		return // its own mistake has been told
	}
	test.Values = append(test.Values, screener.Expected{
		Name: name, Program: program, Line: p.key.line(), Point: r.point(name, program.Kind(), p.value),
	})
}

// ofCompany reads what is expected of one of several companies.
func (r *reader) ofCompany(p pair, test *screener.Test) {
	if !r.isCompany(p.key, test) {
		return
	}
	test.Expect[p.key.text], _ = r.choice(p.value, p.key.text, screenWords...)
}

func (r *reader) isCompany(n *node, test *screener.Test) bool {
	var names []string
	for _, c := range test.Companies {
		if c.Name == n.text {
			return true
		}
		names = append(names, c.Name)
	}
	r.wrong(n, codeNobody, fmt.Sprintf("no company of this test is named %s", quoted(n.text)), didYouMean(n.text, names, "its companies are "+enumerate(names)))
	return false
}

// ranking reads the order that is expected.
func (r *reader) ranking(n *node, test *screener.Test) {
	if len(test.Companies) == 0 {
		r.wrong(n, codeShape, "an order is expected of several companies", "give them under companies:, or expect the score: `rank: 0.5`")
		return
	}
	for _, item := range n.items {
		if name := strings.TrimSpace(r.word(item, "rank", "a list of companies")); name != "" && r.isCompany(item, test) {
			test.Order = append(test.Order, name)
		}
	}
}

func (r *reader) isFlag(name string) bool {
	for _, f := range r.screen.Flags {
		if f.Name == name {
			return true
		}
	}
	return false
}
