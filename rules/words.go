package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"
)

// isNull reports whether a node is a word of another language for a missing
// value.
func isNull(n ast.Node) bool {
	if name, ok := n.(*ast.IdentifierNode); ok {
		return nullWord(name.Value)
	}
	_, ok := n.(*ast.NilNode)
	return ok
}

func nullWord(word string) bool {
	return slices.Contains([]string{"null", "nil", "none", "nan", "missing", "na"}, strings.ToLower(word))
}

// null tells a word for a missing value, compared with x or with nothing.
func (c *compiler) null(n ast.Node, x string) *node {
	return c.failAt(n, codeRefused, "write is_missing("+x+") or known("+x+")", "%s is not part of the language", c.words(c.span(n)))
}

// slip tells what two operands show to be meant otherwise: a comparison with
// null, a text without its quotes, a name with a hyphen. It reports whether it
// told one.
func (c *compiler) slip(n *ast.BinaryNode) bool {
	found := false
	for _, side := range [][2]ast.Node{{n.Left, n.Right}, {n.Right, n.Left}} {
		x, other := side[0], side[1]
		switch n.Operator {
		case "==", "!=":
			if isNull(x) && !c.isName(x) {
				found = c.null(x, c.words(c.widened(other))) == nil
			} else if c.unquoted(x, other) {
				found = true
			}
		}
	}
	l, leftName := n.Left.(*ast.IdentifierNode)
	r, rightName := n.Right.(*ast.IdentifierNode)
	if n.Operator == "-" && leftName && rightName && (!c.named(l.Value) || !c.named(r.Value)) {
		if name := c.knownAs(l.Value + "_" + r.Value); name != "" {
			c.failAt(n, codeName, "did you mean "+name+"?", "a name has no hyphen: - subtracts")
			return true
		}
	}
	return found
}

// standInSlip tells ?? beside arithmetic without parentheses: a / b ?? 0 reads as
// a / (b ?? 0), which few mean.
func (c *compiler) standInSlip(n *ast.BinaryNode, op string) bool {
	if !slices.Contains([]string{"+", "-", "*", "/", "^"}, op) {
		return false
	}
	for _, side := range []ast.Node{n.Left, n.Right} {
		inner, ok := side.(*ast.BinaryNode)
		if !ok || inner.Operator != "??" || c.widened(side) != c.span(side) {
			continue
		}
		from, to := c.bytes(c.span(n))
		own := "(" + c.words(c.span(side)) + ")"
		a, b := c.bytes(c.span(side))
		c.failAt(n, codeCoalesce, "write "+c.text[from:a]+own+c.text[b:to]+", or put what it stands in for in parentheses of its own",
			"?? and %s cannot stand side by side without parentheses: ?? takes its neighbours alone", op)
		return true
	}
	return false
}

// unquoted tells a word beside a text that no column has as its name.
func (c *compiler) unquoted(x, beside ast.Node) bool {
	word, ok := x.(*ast.IdentifierNode)
	column, isName := beside.(*ast.IdentifierNode)
	if !ok || !isName || c.isName(x) || !c.named(column.Value) {
		return false
	}
	if text := c.node(beside); text == nil || text.kind != Text || Nearest(word.Value, text.values) != "" {
		return false
	}
	c.failAt(x, codeName, "a text stands in quotes: "+strconv.Quote(word.Value), "unknown name %q", word.Value)
	return true
}

// isName reports whether a node is a name that something has.
func (c *compiler) isName(n ast.Node) bool {
	name, ok := n.(*ast.IdentifierNode)
	return ok && c.named(name.Value)
}

// kindClash says how to bring the sides of a comparison to one kind.
func (c *compiler) kindClash(l, r *node) string {
	for _, side := range [][2]*node{{l, r}, {r, l}} {
		x, other := side[0], side[1]
		literal := x.op == "literal"
		switch {
		case literal && x.kind == Text && other.kind == Bool && (x.s == "true" || x.s == "false"):
			return x.s + " stands without quotes"
		case literal && x.kind == Text && c.named(x.s):
			return "a name stands without quotes: " + x.s
		case literal && x.kind == Number && other.kind == Date && x.f >= 1900 && x.f < 2200:
			return fmt.Sprintf("the year of it is year(%s); a date is written \"2024-03-08\"", brief(other.text))
		case literal && other.kind == Bool && other.op != "literal":
			return "write " + brief(other.text) + ", or not (" + brief(other.text) + ")"
		}
	}
	return kindHint(r, l.kind)
}

// daysHint says how the length of a window is written in days.
func (c *compiler) daysHint(t token) string {
	days := 365 * t.f
	if t.suffix == "q" {
		days = 91 * t.f
	}
	if days < 1 || days > 99999 {
		return "a number of days is written 90d"
	}
	return "a number of days is written " + strconv.FormatFloat(days, 'f', 0, 64) + "d"
}
