package screenfile

import (
	"fmt"
	"strings"
	"time"

	"assay/rules"
	"assay/screener"
)

// tests checks the shape of the tests of a screen, and that what they name
// exists.
func (r *reader) tests(n *node) {
	items := r.elements(n, "test", "begin each test with `- name:`")
	names := map[string]bool{}
	likes := map[string]*node{}
	for _, item := range items {
		keys := r.fields(item, "a test", "name", "like", "given", "expect")
		if keys == nil {
			continue
		}
		line, _ := r.src.position(item.from)
		test := screener.Test{Line: line}
		if n := keys["name"]; n == nil {
			r.needed(item, "the test has no name", "begin it with `- name:`")
		} else if test.Name = r.word(n, "name", "a text"); test.Name != "" {
			if names[test.Name] {
				r.wrong(n, codeTwice, fmt.Sprintf("test %s is given twice", quoted(test.Name)), "name it otherwise")
			}
			names[test.Name] = true
		}
		if n := keys["like"]; n != nil {
			test.Like = r.word(n, "like", "the name of a test")
			if test.Like != "" {
				likes[test.Like] = n
				if !names[test.Like] || test.Like == test.Name {
					r.wrong(n, codeNobody, fmt.Sprintf("no test above is named %s", quoted(test.Like)), "a test is like one that stands before it")
				}
			}
		}
		test.Given = r.given(keys["given"])
		if n := keys["expect"]; n == nil {
			r.needed(item, "the test expects nothing", "write `expect: pass`, or a block of `condition: pass`")
		} else {
			test.Expect = r.expect(n)
		}
		r.screen.Tests = append(r.screen.Tests, test)
	}
}

func (r *reader) given(n *node) []screener.Given {
	var out []screener.Given
	for _, p := range r.named(n, "given") {
		column, ok := r.env.Column(p.key.text)
		if !ok {
			hint := didYouMean(p.key.text, r.env.Names(), "`assay metrics` lists all names")
			if _, let := r.scope.Lets[p.key.text]; let {
				hint = "it is a let of this file: give what it is made of"
			}
			r.wrong(p.key, codeNobody, fmt.Sprintf("no column or metric is named %q", p.key.text), hint)
			continue
		}
		points := []*node{p.value}
		if p.value.kind == list && !p.value.broken {
			points = p.value.items
		}
		g := screener.Given{Column: p.key.text}
		for _, n := range points {
			g.Points = append(g.Points, r.point(p.key.text, column.Kind, n))
		}
		out = append(out, g)
	}
	return out
}

// point reads a given value: null, a text as it stands, or an expression of
// literals.
func (r *reader) point(name string, kind rules.Kind, n *node) screener.Point {
	switch {
	case n.kind == none && n.isNull:
		return screener.Point{None: true, Text: "null"}
	case n.kind == scalar && kind == rules.Text:
		return screener.Point{Text: strings.TrimSpace(n.text)}
	case n.kind == scalar && kind == rules.Date && !n.broken:
		text := strings.TrimSpace(n.text)
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			r.wrong(n, codeShape, fmt.Sprintf("%s is a date, not %s", name, quoted(text)), "write it as 2024-03-08")
		}
		return screener.Point{Text: text}
	}
	lets := r.scope.Lets
	r.scope.Lets = nil
	defer func() { r.scope.Lets = lets }()
	rule := r.rule(name, n, kind)
	if rule == nil {
		return screener.Point{None: true}
	}
	if len(rule.Program.Refs()) > 0 {
		r.wrong(n, codeShape, fmt.Sprintf("%s is given as a value, without names in it", name), "give what the other names are as well: metrics are computed from what is given")
	}
	return screener.Point{Text: rule.Text, Program: rule.Program}
}

// expect reads `expect: pass`, or a block of names and what is expected.
func (r *reader) expect(n *node) map[string]string {
	if n.kind == scalar {
		word, _ := r.choice(n, "expect", "pass", "fail", "unknown")
		return map[string]string{"screen": word}
	}
	out := map[string]string{}
	for _, p := range r.named(n, "expect") {
		name := p.key.text
		words := []string{"pass", "fail", "unknown"}
		switch {
		case name == "screen" || r.condition(name) >= 0:
		case name == "universe":
			words = []string{"in", "out", "unknown"}
		case name == "rank":
			out[name] = r.word(p.value, name, "a score")
			continue
		case r.isFlag(name):
			words = []string{"true", "false", "unknown"}
		default:
			known := append(r.conditions(), "screen", "universe", "rank")
			r.wrong(p.key, codeNobody, fmt.Sprintf("no condition or flag is named %q", name), didYouMean(name, known, "the names are those below pass: and flag:, and screen, universe and rank"))
			continue
		}
		out[name], _ = r.choice(p.value, name, words...)
	}
	return out
}

func (r *reader) isFlag(name string) bool {
	for _, f := range r.screen.Flags {
		if f.Name == name {
			return true
		}
	}
	return false
}
