package screenfile

import (
	"fmt"
	"slices"
	"strings"

	"assay/fundamentals"
	"assay/rules"
	"assay/screener"
)

// tests checks the tests of a screen, and that what they name exists.
func (r *reader) tests(n *node) {
	for _, item := range r.family.tests {
		if item.kind == mapping {
			r.screen.Likes = append(r.screen.Likes, r.inherited(item))
		}
	}
	seen := map[string]bool{}
	for _, item := range r.elements(n, "test", "begin each test with `- name:`") {
		if test, ok := r.test(item, seen); ok {
			r.screen.Tests = append(r.screen.Tests, test)
		}
	}
}

// inherited reads a test of an extended screen: only what others may be like.
func (r *reader) inherited(item *node) screener.Test {
	test := screener.Test{File: item.src.file, Line: item.line()}
	for _, p := range item.pairs {
		switch p.key.text {
		case "name":
			test.Name = strings.TrimSpace(p.value.text)
		case "like":
			test.Like = strings.TrimSpace(p.value.text)
		case "given":
			test.Given = r.given(p.value)
		}
	}
	return test
}

var testKeys = []string{"name", "like", "given", "companies", "on", "company", "expect"}

// test reads a test; seen are the names of those above it.
func (r *reader) test(item *node, seen map[string]bool) (screener.Test, bool) {
	keys := r.fields(item, "a test", testKeys...)
	if keys == nil {
		return screener.Test{}, false
	}
	test := screener.Test{File: item.src.file, Line: item.line()}
	r.testName(item, keys, &test, seen)
	test.Given = r.given(keys["given"])
	test.Companies = r.companies(keys["companies"])
	r.golden(item, keys, &test)
	if n := keys["expect"]; n == nil {
		r.needed(item, "the test expects nothing", "write `expect: pass`, or a block of `condition: pass`")
	} else {
		r.expect(n, &test)
	}
	return test, true
}

func (r *reader) testName(item *node, keys map[string]*node, test *screener.Test, seen map[string]bool) {
	if n := keys["name"]; n == nil {
		r.needed(item, "the test has no name", "begin it with `- name:`")
	} else if test.Name = r.word(n, "name", "a text"); test.Name != "" {
		if seen[test.Name] {
			r.wrong(n, codeTwice, fmt.Sprintf("test %s is given twice", quoted(test.Name)), "name it otherwise")
		}
	}
	if n := keys["like"]; n != nil {
		test.Like = r.word(n, "like", "the name of a test")
		inherited := slices.ContainsFunc(r.screen.Likes, func(t screener.Test) bool { return t.Name == test.Like })
		if test.Like != "" && !inherited && !seen[test.Like] {
			r.wrong(n, codeNobody, fmt.Sprintf("no test above is named %s", quoted(test.Like)), "a test is like one that stands before it, or one of the screen that is extended")
		}
	}
	seen[test.Name] = true
}

// golden reads what makes a test one against the database.
func (r *reader) golden(item *node, keys map[string]*node, test *screener.Test) {
	on, company := keys["on"], keys["company"]
	if on == nil && company == nil {
		return
	}
	switch {
	case on == nil:
		r.needed(item, "the test names a company of the database and no day", "write `on: 2024-03-08`")
	case company == nil:
		r.needed(item, "the test names a day and no company", "write `company: COHU`, or its CIK")
	}
	if on != nil {
		test.On = r.word(on, "on", "a day")
		if _, err := fundamentals.ParseDate(test.On); test.On != "" && err != nil {
			r.wrong(on, codeShape, fmt.Sprintf("on is a day, not %s", quoted(test.On)), "write it as 2024-03-08")
		}
	}
	if company != nil {
		test.Company = r.word(company, "company", "a ticker or a CIK")
	}
	for _, key := range []string{"given", "companies", "like"} {
		if n := keys[key]; n != nil {
			r.wrong(n, codeShape, fmt.Sprintf("a test against the database has no %s:", key), "the database gives the company; take one of them out")
		}
	}
}

var companyName = pattern(`^[A-Za-z][A-Za-z0-9_.-]*$`)

func (r *reader) companies(n *node) (out []screener.Company) {
	if n == nil || n.broken {
		return nil
	}
	if n.kind != mapping {
		r.wrong(n, codeShape, fmt.Sprintf("companies is a block of names, not %s", n.shape()), "write lines of `NAME:` and below each, set in, lines of `column: value`")
		return nil
	}
	for _, p := range r.distinct(n) {
		name := p.key.text
		if !companyName().MatchString(name) || name == "rank" {
			r.wrong(p.key, codeBadName, fmt.Sprintf("%s cannot be the name of a company", quoted(name)), "use letters and digits, such as A or COHU")
		}
		c := screener.Company{Name: name}
		if p.value.kind != none {
			c.Given = r.given(p.value)
		}
		out = append(out, c)
	}
	return out
}

// ofQuarters is a given of single quarters: the latest, the one before, and so on.
var ofQuarters = pattern(`^quarterly\(([a-z][a-z0-9_]*)\)$`)

func (r *reader) given(n *node) []screener.Given {
	var out []screener.Given
	if n == nil {
		return nil
	}
	for _, p := range r.block(n, "given") {
		name, single := p.key.text, false
		if m := ofQuarters().FindStringSubmatch(name); m != nil {
			name, single = m[1], true
		} else {
			r.identifier(p.key)
		}
		column, ok := r.env.Column(name)
		if !ok {
			hint := didYouMean(name, r.env.Names(), "`assay metrics` lists all names")
			if _, let := r.scope.Lets[name]; let {
				hint = "it is a let of this file: give what it is made of"
			}
			r.wrong(p.key, codeNobody, fmt.Sprintf("no column or metric is named %q", name), hint)
			continue
		}
		points := []*node{p.value}
		if p.value.kind == list && !p.value.broken {
			points = p.value.items
		}
		g := screener.Given{Column: name, Kind: column.Kind, Quarters: single}
		for _, n := range points {
			g.Points = append(g.Points, r.point(name, column.Kind, n))
		}
		out = append(out, g)
	}
	return out
}

// point reads a given value: null or the reason for which it is missing, a text
// as it stands, or an expression of literals.
func (r *reader) point(name string, kind rules.Kind, n *node) screener.Point {
	text := strings.TrimSpace(n.text)
	switch {
	case n.kind == none && n.isNull:
		return screener.Point{None: true, Why: rules.NotReported, Text: "null"}
	case n.kind == scalar && kind == rules.Text:
		return screener.Point{Text: text}
	case n.kind == scalar && kind == rules.Date && !n.broken:
		if why, ok := rules.ParseReason(text); ok {
			return screener.Point{None: true, Why: why, Text: text}
		}
		if _, err := fundamentals.ParseDate(text); err != nil {
			r.wrong(n, codeShape, fmt.Sprintf("%s is a date, not %s", name, quoted(text)), "write it as 2024-03-08")
		}
		return screener.Point{Text: text}
	}
	if why, ok := rules.ParseReason(text); ok && n.kind == scalar {
		return screener.Point{None: true, Why: why, Text: text}
	}
	lets := r.scope.Lets
	r.scope.Lets = nil
	defer func() { r.scope.Lets = lets }()
	before := len(r.placed)
	rule := r.rule(name, n, kind)
	r.placed = r.placed[:before]
	if rule == nil {
		return screener.Point{None: true, Why: rules.NotReported}
	}
	if len(rule.Program.Refs()) > 0 {
		r.wrong(n, codeShape, fmt.Sprintf("%s is given as a value, without names in it", name), "give what the other names are as well: metrics are computed from what is given")
	}
	return screener.Point{Text: rule.Text, Program: rule.Program}
}
