package rules

import (
	"slices"
	"strconv"

	"github.com/expr-lang/expr/ast"
)

// constant returns the number that a literal, or a let of one, stands for.
func constant(x *node) (float64, bool) {
	for x.op == "let" {
		x = x.args[0]
	}
	return x.f, x.op == "literal" && x.kind == Number && !x.mended
}

// listed checks a text literal against the closed list of the column beside it.
func (c *compiler) listed(n ast.Node, x, beside *node) bool {
	if x.op == "literal" && x.s == "" && beside.op == "column" {
		c.failAt(n, codeValue, "write is_missing("+beside.text+")", "%s is never empty: a text that is not there is missing", beside.text)
		return false
	}
	if x.op != "literal" || len(beside.values) == 0 || slices.Contains(beside.values, x.s) {
		return true
	}
	hint := ""
	if s := Nearest(x.s, beside.values); s != "" {
		hint = "did you mean " + strconv.Quote(s) + "?"
	} else if len(beside.values) <= 12 {
		hint = "its values are"
		for i, v := range beside.values {
			if i > 0 {
				hint += ","
			}
			hint += " " + strconv.Quote(v)
		}
	}
	c.failAt(n, codeValue, hint, "%s is never %s", brief(beside.text), brief(strconv.Quote(x.s)))
	return false
}

// in checks `x in [a, b]`: literals of the kind and unit of x.
func (c *compiler) in(n *ast.BinaryNode) *node {
	x := c.node(n.Left)
	if c.notSlip(n, x) {
		return nil
	}
	array, ok := n.Right.(*ast.ArrayNode)
	if !ok {
		return c.failAt(n.Right, codeSyntax, `write x in ["a", "b"]`, "in needs a list in brackets")
	}
	if x == nil {
		return nil
	}
	made := &node{op: "in", kind: Bool, args: []*node{x}}
	ok = len(array.Nodes) > 0
	if !ok {
		c.failAt(array, codeSyntax, `write x in ["a", "b"]`, "this list is empty")
	}
	for _, a := range array.Nodes {
		if c.unquoted(a, n.Left) {
			ok = false
			continue
		}
		item := c.node(a)
		if item == nil {
			ok = false
			continue
		}
		item = c.dated(item, x)
		ok = c.item(a, item, x) && ok
		made.list = append(made.list, item)
	}
	if !ok {
		return nil
	}
	return c.made(n, made)
}

// item checks one element of a list.
func (c *compiler) item(n ast.Node, item, x *node) bool {
	switch {
	case item.op != "literal":
		c.failAt(n, codeSyntax, `write a number or a text in quotes`, "%s is not a literal: a list holds literals only", brief(item.text))
	case c.notDate(n, item, x):
	case item.kind != x.kind:
		c.want(n, item, x.kind)
	case item.kind == Text:
		return c.listed(n, item, x)
	case item.kind == Number:
		_, ok := c.agree(n, []*node{x, item}, "be compared")
		return ok && c.sized(n, item, x)
	default:
		return true
	}
	return false
}

// match checks `x contains "text"` and its like.
func (c *compiler) match(n *ast.BinaryNode, op string) *node {
	x := c.node(n.Left)
	if c.notSlip(n, x) {
		return nil
	}
	what := c.node(n.Right)
	if x == nil || what == nil || !c.want(n.Left, x, Text) || !c.want(n.Right, what, Text) {
		return nil
	}
	if what.op != "literal" {
		return c.failAt(n.Right, codeSyntax, `write a text in quotes, such as "Inc"`, "%s needs a literal text", op)
	}
	if op == "matches" && !c.pattern(n.Right, what) {
		return nil
	}
	return c.made(n, &node{op: op, kind: Bool, args: []*node{x}, s: what.s, list: []*node{what}})
}
