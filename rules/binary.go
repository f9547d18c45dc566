package rules

import (
	"math"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser/operator"
)

// spelling gives operators with two spellings their one name.
var spelling = map[string]string{"&&": "and", "||": "or", "**": "^"}

func (c *compiler) binary(n *ast.BinaryNode) *node {
	op := n.Operator
	if s, ok := spelling[op]; ok {
		op = s
	}
	switch op {
	case "in":
		return c.in(n)
	case "matches", "contains", "startsWith", "endsWith":
		return c.match(n, op)
	}
	if c.slip(n) || c.standInSlip(n, op) {
		return nil
	}
	l := c.node(n.Left)
	if c.notSlip(n, l) {
		c.node(n.Right)
		return nil
	}
	r := c.node(n.Right)
	if l == nil || r == nil {
		return nil
	}
	made := &node{op: op, args: []*node{l, r}}
	ok := false
	switch op {
	case "and", "or":
		made.kind = Bool
		ok = c.conditions(n, l, r)
	case "==", "!=", "<", "<=", ">", ">=":
		ok = c.compare(n, made)
	case "+", "-":
		ok = c.sum(n, made)
	case "*", "/":
		ok = c.product(n, made)
	case "^":
		ok = c.power(n, made)
	case "??":
		ok = c.join(n, made, l, r, "stand in for each other")
	default:
		c.refuse(n)
	}
	if !ok {
		return nil
	}
	return c.made(n, made)
}

// conditions wants two conditions, and tells two numbers in one.
func (c *compiler) conditions(n *ast.BinaryNode, l, r *node) bool {
	if l.kind == Number && r.kind == Number {
		c.failAt(n, codeKind, kindHint(l, Bool), "%s and %s are numbers where conditions are expected", brief(l.text), brief(r.text))
		return false
	}
	ok := c.want(n.Left, l, Bool)
	return c.want(n.Right, r, Bool) && ok
}

// notSlip tells `not a > 1`, which reads as `(not a) > 1`.
func (c *compiler) notSlip(n *ast.BinaryNode, l *node) bool {
	u, ok := n.Left.(*ast.UnaryNode)
	first := c.span(n).i
	if !ok || !c.op(first, "not", "!") || c.span(u).i != first || n.Operator == "and" || n.Operator == "or" || n.Operator == "&&" || n.Operator == "||" {
		return false
	}
	if l != nil && l.kind == Bool && (n.Operator == "==" || n.Operator == "!=") {
		return false
	}
	// The operand of not was told to be no condition: this is the better word.
	from, to := c.bytes(c.span(u.Node))
	c.errs = deleteErrors(c.errs, from, to, codeKind)
	inner := c.text[from:]
	if _, end := c.bytes(c.span(n)); end > from {
		inner = c.text[from:end]
	}
	hint := "write not (" + inner + ")"
	if operator.AllowedNegateSuffix(n.Operator) {
		hint = "write " + c.words(c.widened(u.Node)) + " not " + n.Operator + " " + c.words(c.widened(n.Right))
	}
	c.failAt(n, codeNot, hint, "not binds to %s alone", brief(c.words(c.span(u.Node))))
	return true
}

func deleteErrors(es Errors, from, to int, code string) Errors {
	kept := es[:0]
	for _, e := range es {
		if e.From != from || e.To != to || e.Code != code {
			kept = append(kept, e)
		}
	}
	return kept
}

// compare checks == != < <= > >=.
func (c *compiler) compare(n *ast.BinaryNode, made *node) bool {
	l, r := made.args[0], made.args[1]
	made.kind = Bool
	l, r = c.dated(l, r), c.dated(r, l)
	made.args = []*node{l, r}
	ordered := made.op != "==" && made.op != "!="
	switch {
	case c.notDate(n.Left, l, r) || c.notDate(n.Right, r, l):
		return false
	case l.kind != r.kind:
		c.failAt(n, codeKind, c.kindClash(l, r), "%s is %s, %s is %s: they cannot be compared",
			brief(l.text), withArticle(l.kind), brief(r.text), withArticle(r.kind))
		return false
	case ordered && (l.kind == Bool || l.kind == Text):
		c.failAt(n, codeKind, "", "%s and %s have no order: each is %s", brief(l.text), brief(r.text), withArticle(l.kind))
		return false
	case l.kind == Number:
		_, ok := c.agree(n, []*node{l, r}, "be compared")
		return ok && c.sized(n.Left, l, r) && c.sized(n.Right, r, l)
	case l.kind == Text:
		return c.listed(n.Right, r, l) && c.listed(n.Left, l, r)
	}
	return true
}

// sum checks + and -, with dates.
func (c *compiler) sum(n *ast.BinaryNode, made *node) bool {
	l, r := made.args[0], made.args[1]
	l, r = c.dated(l, r), c.dated(r, l)
	made.args = []*node{l, r}
	if c.notDate(n.Left, l, r) || c.notDate(n.Right, r, l) {
		return false
	}
	days := r.kind == Number && (r.bare || r.unit.Agrees(UnitDays))
	switch {
	case l.kind == Date && r.kind == Date && made.op == "-":
		made.unit = UnitDays
		return true
	case l.kind == Date && days:
		made.kind = Date
		return true
	case l.kind == Date || r.kind == Date:
		c.failAt(n, codeKind, "date - date gives days; date + 90d a date", "dates cannot be added this way")
		return false
	case l.kind == Text && r.kind == Text && made.op == "+":
		c.failAt(n, codeRefused, "show them as two columns", "texts cannot be joined")
		return false
	}
	ok := c.want(n.Left, l, Number)
	if !c.want(n.Right, r, Number) || !ok {
		return false
	}
	made.unit, ok = c.agree(n, made.args, "be added or subtracted")
	made.bare = l.bare && r.bare
	return ok
}

// product checks * and /, in which units combine.
func (c *compiler) product(n *ast.BinaryNode, made *node) bool {
	l, r := made.args[0], made.args[1]
	ok := c.want(n.Left, l, Number)
	if !c.want(n.Right, r, Number) || !ok {
		return false
	}
	sign := 1
	if made.op == "/" {
		sign = -1
	}
	made.unit, ok = combine(l.unit, r.unit, sign)
	if !ok {
		c.failAt(n, codeUnit, "", "the unit of %s has too high a power", brief(c.words(c.span(n))))
		return false
	}
	if f, ok := constant(r); ok && f == 0 && sign < 0 {
		c.failAt(n.Right, codeZero, "", "%s is divided by zero", brief(c.words(c.span(n.Left))))
		return false
	}
	made.bare = l.bare && r.bare
	return true
}

// power checks ^: a number without dimension to any power, or one with a
// dimension to a whole power.
func (c *compiler) power(n *ast.BinaryNode, made *node) bool {
	l, r := made.args[0], made.args[1]
	ok := c.want(n.Left, l, Number)
	if !c.want(n.Right, r, Number) || !ok || !c.plain(n.Right, r) {
		return false
	}
	made.bare = l.bare && r.bare
	if l.unit.Dimensionless() {
		return true
	}
	if r.op != "literal" || r.f != math.Trunc(r.f) {
		c.failAt(n, codeUnit, "divide it by something of its unit first", "%s is %s: only whole powers of it have a unit", brief(l.text), unitName(l.unit))
		return false
	}
	made.unit, ok = combine(Unit{}, l.unit, int(min(max(r.f, -maxExponent-1), maxExponent+1)))
	if !ok {
		c.failAt(n, codeUnit, "", "the unit of %s has too high a power", brief(c.words(c.span(n))))
	}
	return ok
}
