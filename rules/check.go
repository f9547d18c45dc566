package rules

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"
)

// node checks a sub-expression and returns it typed, or nil when it has a
// mistake, which then has been told.
func (c *compiler) node(n ast.Node) *node {
	if done, ok := c.done[n]; ok || len(c.errs) >= maxErrors {
		return done
	}
	done := c.check(n)
	c.done[n] = done
	return done
}

func (c *compiler) check(n ast.Node) *node {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return c.name(n)
	case *ast.IntegerNode, *ast.FloatNode, *ast.StringNode:
		return c.literal(n)
	case *ast.BoolNode:
		f := 0.0
		if n.Value {
			f = 1
		}
		return c.made(n, &node{op: "literal", kind: Bool, f: f})
	case *ast.UnaryNode:
		return c.unary(n)
	case *ast.BinaryNode:
		return c.binary(n)
	case *ast.ConditionalNode:
		return c.conditional(n)
	case *ast.CallNode:
		return c.call(n)
	}
	return c.refuse(n)
}

// refuse names a construct of expr that has no meaning over columns.
func (c *compiler) refuse(n ast.Node) *node {
	switch n := n.(type) {
	case *ast.NilNode:
		return c.null(n, "x")
	case *ast.ArrayNode:
		return c.failAt(n, codeRefused, `write x in ["a", "b"], or at_least(2, [a, b, c])`, "a list stands only after in, and where a function takes one")
	case *ast.MapNode:
		return c.failAt(n, codeRefused, "braces belong to if c { a } else { b }", "{ } is not a value")
	case *ast.BuiltinNode:
		return c.failAt(n, codeRefused, "", "%s(...) is not part of the language", n.Name)
	}
	return c.failAt(n, codeRefused, "", "%q is not part of the language", c.words(c.span(n)))
}

// made finishes a node and checks the limits that come with its parts.
func (c *compiler) made(n ast.Node, made *node) *node {
	made.text = c.words(c.span(n))
	if made.op == "column" {
		made.finishColumn()
	} else {
		made.finish()
	}
	if made.depth > maxDepth {
		return c.failAt(n, codeLimit, "name parts of it under let:", "the expression is nested more than %d deep, lets included", maxDepth)
	}
	if len(made.refs) > maxPlanes {
		return c.failAt(n, codeLimit, "read fewer points, or fewer columns", "the expression reads more than %d points of columns", maxPlanes)
	}
	for _, r := range made.refs {
		if r.lag > maxLag {
			return c.failAt(n, codeWindow, "", "this reaches %s back in %s; the limit is %d years", span4(r.lag), r.name, maxLag/4)
		}
		if r.basis == int(Annual) && r.lag%4 != 0 {
			return c.failAt(n, codeBasis, "step back by years, or use quarterly(x)", "annual(%s) has no point %s back", r.name, span4(r.lag))
		}
	}
	return made
}

func (c *compiler) name(n *ast.IdentifierNode) *node {
	name := n.Value
	if p, ok := c.scope.Lets[name]; ok {
		c.lets[name] = true
		if p == nil {
			return c.failAt(n, codeLet, "mend it first", "%s, under let:, has a mistake of its own", name)
		}
		return c.inline(n, p)
	}
	if env, ok := c.scope.Env.(Definer); ok {
		if p, ok := env.Definition(name); ok {
			return c.inline(n, p)
		}
	}
	if c.scope.Env != nil {
		if col, ok := c.scope.Env.Column(name); ok {
			return c.made(n, &node{op: "column", name: name, kind: col.Kind, unit: col.Unit, values: col.Values, fixed: col.Fixed})
		}
	}
	for _, f := range c.scope.Funcs {
		if f.Name == name {
			return c.failAt(n, codeName, "write "+f.Signature(), "%s is a function", name)
		}
	}
	if isNull(n) {
		return c.null(n, "x")
	}
	return c.failAt(n, codeName, c.nameHint(name), "unknown name %q", name)
}

// inline puts a program in place of its name.
func (c *compiler) inline(n *ast.IdentifierNode, p *Program) *node {
	r := p.root
	return c.made(n, &node{op: "let", name: n.Value, kind: r.kind, unit: r.unit, bare: r.bare, values: r.values, args: []*node{r}})
}

func (c *compiler) nameHint(name string) string {
	if value := c.listedValue(name); value != "" {
		return "a text stands in quotes: " + strconv.Quote(value)
	}
	near := ""
	if t, ok := c.scope.Env.(Titler); ok {
		near = t.Titled(name)
	}
	near = cmp.Or(near, Nearest(name, c.nameList()))
	if near == "" {
		if value := Nearest(name, c.closed()); value != "" {
			near = strconv.Quote(value)
		}
	}
	return hintMean(near, "`assay metrics` lists all names")
}

// nameList lists all columns and lets.
func (c *compiler) nameList() []string {
	var names []string
	if c.scope.Env != nil {
		names = append(names, c.scope.Env.Names()...)
	}
	for let := range c.scope.Lets {
		names = append(names, let)
	}
	return names
}

// listedValue returns the value of a column with a closed list that reads like
// the words, or "".
func (c *compiler) listedValue(words string) string {
	for _, value := range c.closed() {
		if strings.EqualFold(value, words) {
			return value
		}
	}
	return ""
}

// closed lists the values of all columns that have a closed list.
func (c *compiler) closed() []string {
	var values []string
	if c.scope.Env != nil {
		for _, name := range c.scope.Env.Names() {
			column, _ := c.scope.Env.Column(name)
			values = append(values, column.Values...)
		}
	}
	return values
}

// literal reads a number or a text from its token, where the suffix and the
// exact value stand.
func (c *compiler) literal(n ast.Node) *node {
	t := c.toks[c.span(n).i]
	made := &node{op: "literal", f: t.f, s: t.s, mended: t.mended}
	switch {
	case t.kind == tokText:
		made.kind = Text
	case t.window():
		return c.failAt(n, codeWindow, c.daysHint(t), "%s is a window; it stands only as an argument of a history function, such as avg(x, 5y)", c.words(c.span(n)))
	case t.suffix == "%" || t.suffix == "bp":
		made.unit = UnitFraction
	case t.suffix == "d":
		made.unit = UnitDays
	default:
		made.bare = true
	}
	return c.made(n, made)
}

func (c *compiler) unary(n *ast.UnaryNode) *node {
	x := c.node(n.Node)
	if x == nil {
		return nil
	}
	if n.Operator == "not" || n.Operator == "!" {
		if !c.want(n.Node, x, Bool) {
			return nil
		}
		return c.made(n, &node{op: "not", kind: Bool, args: []*node{x}})
	}
	if !c.want(n.Node, x, Number) {
		return nil
	}
	switch {
	case n.Operator == "+":
		return x
	case x.op == "literal":
		return c.made(n, &node{op: "literal", kind: Number, unit: x.unit, bare: x.bare, f: 0 - x.f, mended: x.mended})
	}
	return c.made(n, &node{op: "neg", kind: Number, unit: x.unit, bare: x.bare, args: []*node{x}})
}

func (c *compiler) conditional(n *ast.ConditionalNode) *node {
	cond, a, b := c.node(n.Cond), c.node(n.Exp1), c.node(n.Exp2)
	if cond == nil || a == nil || b == nil || !c.want(n.Cond, cond, Bool) {
		return nil
	}
	made := &node{op: "if", args: []*node{cond, a, b}}
	if !c.join(n, made, a, b, "be alternatives of one if") {
		return nil
	}
	return c.made(n, made)
}

// want reports whether a sub-expression is of a kind, and tells if it is not.
func (c *compiler) want(n ast.Node, x *node, kind Kind) bool {
	if x.kind == kind {
		return true
	}
	c.failAt(n, codeKind, kindHint(x, kind), "%s is %s where %s is expected", brief(x.text), withArticle(x.kind), withArticle(kind))
	return false
}

// kindHint says how to make the expected kind out of what is there.
func kindHint(x *node, want Kind) string {
	switch {
	case want == Bool && x.kind == Text:
		return `compare it: x == "a", or x in ["a", "b"]`
	case want == Bool && x.kind == Date:
		return "compare it, such as " + brief(x.text) + ` >= "2024-03-08"`
	case want == Bool:
		return "compare it, such as " + brief(x.text) + " > 0"
	case want == Number && x.kind == Bool:
		return "if c { 1 } else { 0 } makes a number of a condition"
	case want == Date:
		return `a date is written "2024-03-08"`
	case want == Number && x.kind == Text && x.op == "literal":
		return "numbers are written without quotes"
	}
	return ""
}
