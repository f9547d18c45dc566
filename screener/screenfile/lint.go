package screenfile

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"assay/rules"
	"assay/screener"
)

// Checked is a screen with what is wrong with it and what is hardly meant.
type Checked struct {
	Screen   *screener.Screen // nil where there are problems
	Problems Problems
	Warnings Problems // sorted as problems are
	Files    []string // the files that were read
	r        *reader
}

// Check reads a screen as Parse does and, if nothing is wrong with it, looks for
// what is allowed and hardly meant. A comment `assay:ignore L003` on the line
// says that it is.
func (l Language) Check(file string, text []byte) *Checked {
	r := l.reader(file, text)
	r.whole()
	c := &Checked{Files: r.family.files, r: r}
	if len(r.problems) > 0 {
		c.Problems = r.sorted()
		return c
	}
	c.Screen = r.screen
	k := &linter{r: r, algebra: newAlgebra(), contained: map[string]bool{}}
	k.conditions()
	k.pairs()
	k.unused()
	k.policies()
	for _, p := range r.ownRules() {
		k.expression(p)
	}
	c.Warnings = k.found.sorted(r.family.files)
	return c
}

// ownRules lists the rules that stand in the screen's file itself: those of one that
// it extends are looked at there.
func (r *reader) ownRules() []placed {
	return slices.DeleteFunc(slices.Clone(r.placed), func(p placed) bool { return p.node.src != r.src })
}

// linter collects what is hardly meant.
type linter struct {
	r *reader
	*algebra
	contained map[string]bool // conditions of which it has been told that they decide nothing
	found     Problems
}

var ignored = pattern(`#\s*assay:ignore\s+(L\d{3}(?:[,\s]+L\d{3})*)`)

// warn notes what is found about a part of an expression, or about the whole
// where part is "".
func (k *linter) warn(p placed, part, id, msg, hint string) {
	from, to := p.shift, p.shift+len(p.Text)
	if at := strings.Index(p.Text, part); part != "" && at >= 0 {
		from, to = p.shift+at, p.shift+at+len(part)
	}
	k.note(p.node, p.node.place(from), p.node.place(to-1)+1, id, msg, hint)
}

// note notes what is found, unless a comment on the line, or on that of the
// node, says that it is meant.
func (k *linter) note(n *node, from, to int, id, msg, hint string) {
	found := n.src.problem(from, to, id, msg, hint)
	for _, line := range []int{found.Line, n.line()} {
		m := ignored().FindStringSubmatch(n.src.line(line))
		if m != nil && strings.Contains(m[1], id) {
			return
		}
	}
	k.found = append(k.found, found)
}

// placed returns where a rule of the screen stands.
func (r *reader) placedRule(program *rules.Program) (placed, bool) {
	i := slices.IndexFunc(r.placed, func(p placed) bool { return p.Program == program })
	if i < 0 {
		return placed{}, false
	}
	return r.placed[i], true
}

// conditions looks at each condition by itself.
func (k *linter) conditions() {
	for _, p := range k.r.ownRules() {
		if p.Program.Kind() != rules.Bool {
			continue
		}
		t := p.Program.Tree()
		switch {
		case k.never(t):
			k.warn(p, k.blame(t), lintNever, fmt.Sprintf("%s can never hold", p.Name), "look at the signs, the numbers and the and")
		case k.always(t):
			k.warn(p, "", lintAlways, fmt.Sprintf("%s holds of every company of which it is known", p.Name), "look at the signs, the numbers and the or")
		default:
			k.parts(p, t)
		}
	}
}

// blame returns the smallest part that makes a condition impossible by itself.
func (k *linter) blame(t rules.Tree) string {
	for _, arg := range t.Args() {
		if arg.Kind() == rules.Bool && t.Op() == "and" && k.never(arg) {
			return k.blame(arg)
		}
	}
	return t.Text()
}

// parts looks at what and, or and not join, for what decides nothing.
func (k *linter) parts(p placed, t rules.Tree) {
	if t.Op() != "and" && t.Op() != "or" && t.Op() != "not" {
		return
	}
	for _, arg := range t.Args() {
		switch {
		case arg.Op() == "literal":
		case k.never(arg):
			k.warn(p, arg.Text(), lintNever, fmt.Sprintf("this part of %s can never hold", p.Name), "look at the signs, the numbers and the and")
		case k.always(arg):
			k.warn(p, arg.Text(), lintAlways, fmt.Sprintf("this part of %s holds of every company of which it is known", p.Name), "look at the signs, the numbers and the or")
		default:
			k.parts(p, arg)
		}
	}
}

// mostPaired is how many conditions are looked at in pairs: no screen that people
// write has more.
const mostPaired = 100

// pairs looks at every two conditions, and at each beside the universe.
func (k *linter) pairs() {
	var all []placed
	if u := k.r.screen.Universe; u != nil {
		if p, ok := k.r.placedRule(u.Program); ok {
			all = append(all, p)
		}
	}
	for _, c := range k.r.screen.Pass {
		if p, ok := k.r.placedRule(c.Program); ok && !k.never(c.Program.Tree()) && !k.always(c.Program.Tree()) {
			all = append(all, p)
		}
	}
	for i, b := range all[:min(len(all), mostPaired)] {
		for _, a := range all[:i] {
			k.pair(a, b)
		}
	}
}

func (k *linter) pair(a, b placed) {
	at, other := b, a // the one to tell of stands in the file itself
	if b.node.src != k.r.src {
		at, other = a, b
	}
	if at.node.src != k.r.src {
		return
	}
	x, y := a.Program.Tree(), b.Program.Tree()
	uses := slices.Contains(a.Program.UsesLets(), b.Name) || slices.Contains(b.Program.UsesLets(), a.Name)
	where := fmt.Sprintf("%s is %q", other.Name, strings.Join(strings.Fields(other.Text), " "))
	switch {
	case a.Program.Key() == b.Program.Key():
		k.warn(at, "", lintDuplicate, fmt.Sprintf("%s says the same as %s", at.Name, other.Name), "take one of them out")
	case k.exclude(x, y):
		k.warn(at, "", lintExclude, fmt.Sprintf("no company can meet both %s and %s", a.Name, b.Name), where+"; alternatives are joined by or in one condition")
	case uses || k.contained[at.Name]:
	case k.implies(x, y) && k.implies(y, x):
		k.warn(at, "", lintDuplicate, fmt.Sprintf("%s says the same as %s", at.Name, other.Name), where)
	case k.implies(x, y):
		k.contained[at.Name] = true
		k.warn(at, "", lintImplied, fmt.Sprintf("%s holds wherever %s does", b.Name, a.Name), where)
	case k.implies(y, x) && a.Name != "universe":
		k.contained[at.Name] = true
		k.warn(at, "", lintImplied, fmt.Sprintf("%s holds wherever %s does", a.Name, b.Name), where)
	}
}

// unused looks for lets that nothing uses.
func (k *linter) unused() {
	used := map[string]bool{}
	for _, p := range k.r.placed {
		for _, name := range p.Program.UsesLets() {
			used[name] = true
		}
	}
	for _, test := range k.r.screen.Tests {
		for _, v := range test.Values {
			used[v.Name] = true
		}
	}
	for _, let := range k.r.screen.Lets {
		if p, ok := k.r.placedRule(let.Program); ok && p.node.src == k.r.src && !used[let.Name] {
			k.warn(p, "", lintUnused, fmt.Sprintf("nothing uses the let %s", let.Name), "take it out, or use it")
		}
	}
}

// policies looks for entries of missing: that do nothing.
func (k *linter) policies() {
	for i, c := range k.r.screen.Pass {
		p, ok := k.r.placedRule(c.Program)
		if n := k.r.policies[c.Name]; n != nil && n.src == k.r.src && ok && k.surelyKnown(k.r.screen.Pass[i].Program.Tree()) {
			k.note(n, n.from, n.to, lintPolicy, fmt.Sprintf("%s is never unknown: this does nothing", c.Name), fmt.Sprintf("%s is %q", c.Name, p.Text))
		}
	}
}

// surelyKnown reports whether an expression has a value for every company.
func (x *algebra) surelyKnown(t rules.Tree) bool {
	is, ok := x.known[t.Key()]
	if !ok {
		is = x.findKnown(t)
		x.known[t.Key()] = is
	}
	return is
}

func (x *algebra) findKnown(t rules.Tree) bool {
	switch t.Op() {
	case "literal":
		return true
	case "call":
		return t.Name() == "known" || t.Name() == "is_missing"
	case "??":
		return x.surelyKnown(t.Args()[1])
	case "and", "or", "not", "let", "if", "==", "!=", "<", "<=", ">", ">=", "in", "+", "-", "neg", "*":
		return !slices.ContainsFunc(t.Args(), func(a rules.Tree) bool { return !x.surelyKnown(a) })
	}
	return false
}

// expression looks at the parts of an expression: amounts that look too small,
// and quotients that can change their sign.
func (k *linter) expression(p placed) {
	var walk func(rules.Tree)
	walk = func(t rules.Tree) {
		switch t.Op() {
		case "let":
			return // looked at where it stands
		case "<", "<=", ">", ">=":
			k.amount(p, t, t.Args()[0], t.Args()[1])
			k.amount(p, t, t.Args()[1], t.Args()[0])
		case "/":
			k.division(p, t)
		}
		for _, arg := range t.Args() {
			walk(arg)
		}
	}
	walk(p.Program.Tree())
}

// tooSmall is an amount of money below which nobody screens companies, but who
// thinks in millions.
const tooSmall = 100_000

func (k *linter) amount(p placed, t, value, limit rules.Tree) {
	f, _, ok := limit.Literal()
	if !ok || value.Unit() != rules.UnitMoney || !limit.Bare() || f == 0 || math.Abs(f) >= tooSmall || strings.HasSuffix(limit.Text(), "k") {
		return
	}
	k.warn(p, t.Text(), lintUnit, fmt.Sprintf("%s is compared with %s of money", value.Text(), limit.Text()), fmt.Sprintf("amounts are in single units; in millions it is %sM", limit.Text()))
}

// signed are columns that are below zero for many companies.
var signed = []string{
	"net_cash", "net_debt", "equity", "common_equity", "ebit", "ebitda", "operating_income", "pretax_income",
	"net_income", "net_income_to_common", "fcf", "cash_from_operations", "cash_from_investing", "cash_from_financing",
	"retained_earnings", "invested_capital", "enterprise_value", "excess_cash", "gross_profit", "basic_eps", "eps", "income_tax",
}

// division looks at a quotient in a condition, or in a let that conditions use.
func (k *linter) division(p placed, t rules.Tree) {
	under := bareOf(t.Args()[1])
	difference := under.Op() == "-" && under.Kind() == rules.Number
	if !difference && (under.Op() != "column" || !slices.Contains(signed, under.Name())) || k.guarded(under) {
		return
	}
	k.warn(p, t.Text(), lintDivision, fmt.Sprintf("%s can be negative, and then the quotient changes its sign", t.Args()[1].Text()),
		fmt.Sprintf("ask for %s > 0 in a condition or the universe", t.Args()[1].Text()))
}

// guarded reports whether the universe or a condition holds only where a value
// is positive.
func (k *linter) guarded(t rules.Tree) bool {
	for _, p := range k.r.placed {
		isCondition := k.r.condition(p.Name) >= 0 && k.r.screen.Pass[k.r.condition(p.Name)].Program == p.Program
		if p.Program.Kind() != rules.Bool || !isCondition && p.Name != "universe" {
			continue
		}
		ways := k.waysOf(p.Program.Tree(), true)
		if len(ways) > 0 && !slices.ContainsFunc(ways, func(b box) bool {
			s, ok := b.spans[t.Key()]
			return !ok || s.lo < 0 || s.lo == 0 && !s.loOpen
		}) {
			return true
		}
	}
	return false
}
