package rules

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
)

// Limits that keep hostile or runaway texts cheap.
const (
	maxText     = 64 << 10 // bytes of one text
	maxBrackets = 100      // brackets within brackets
	maxDepth    = 2000     // nodes on the longest path, lets included
	maxNodes    = 10000    // nodes of one text
	maxErrors   = 100      // mistakes told of one text
)

// parse reads the tokens from i up to j with expr's grammar. It returns nil after
// a mistake.
func (c *compiler) parse(i, j int) ast.Node {
	if i >= j || !c.whole(i, j) || !c.spaced(i, j) {
		return nil
	}
	// Not conf.CreateNew, which lists the builtins: the parser asks for no list.
	config := &conf.Config{MaxNodes: maxNodes, Functions: conf.FunctionsTable{}}
	var b strings.Builder
	c.at = make(map[int]int, j-i)
	for k := i; k < j; k++ {
		t := c.toks[k]
		c.at[b.Len()] = k
		b.WriteString(t.text)
		b.WriteByte(' ')
		if t.kind == tokName && c.op(k+1, "(") {
			// A registered name parses as a plain call, known or not: the names
			// of expr's builtins are ours to give away.
			config.Functions[t.text] = &builtin.Function{Name: t.text}
		}
	}
	tree, err := parseSafely(b.String(), config)
	if err != nil {
		c.parseError(err, i, j)
		return nil
	}
	return tree.Node
}

// whole reports whether every token is one of the language.
func (c *compiler) whole(i, j int) bool {
	return !slices.ContainsFunc(c.toks[i:j], func(t token) bool { return t.kind == tokBad })
}

// parseSafely turns a panic of the parser into an error: its grammar is not
// ours, and a text must never take the program down.
func parseSafely(text string, config *conf.Config) (tree *parser.Tree, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return parser.ParseWithConfig(text, config)
}

// op reports whether token i exists and is one of the operators.
func (c *compiler) op(i int, ops ...string) bool {
	return i >= 0 && i < len(c.toks) && c.toks[i].is(ops...)
}

func (c *compiler) syntax(from, to int, hint, format string, args ...any) ast.Node {
	c.fail(from, to, codeSyntax, hint, format, args...)
	return nil
}

// parseError words an error of expr's parser, in the tokens from first up to end,
// for our users.
func (c *compiler) parseError(err error, first, end int) ast.Node {
	fe, ok := errors.AsType[*file.Error](err)
	switch {
	case !ok:
		return c.syntax(0, len(c.text), "", "the expression cannot be read")
	case strings.Contains(fe.Message, "maximum allowed nodes"):
		c.fail(0, len(c.text), codeLimit, "give parts of it names under let:", "the expression has more than %d terms", maxNodes)
		return nil
	}
	i, ok := c.at[fe.From]
	if !ok {
		last := c.toks[end-1]
		hint := ""
		if last.is("}") {
			hint = "an if has two branches: if c { a } else { b }"
		}
		return c.syntax(last.from, last.to, hint, "the expression ends too early, after %q", c.text[last.from:last.to])
	}
	t := c.toks[i]
	word := c.text[t.from:t.to]
	if strings.Contains(fe.Message, "cannot be mixed") {
		c.fail(t.from, t.to, codeCoalesce, c.coalesceHint(i), "?? and %s cannot stand side by side without parentheses", word)
		return nil
	}
	if t.is(",") {
		return c.commaError(i, first)
	}
	return c.syntax(t.from, t.to, c.misplaced(i), "%q is not expected here", word)
}

// misplaced says what to write for a token that stands where none is expected.
func (c *compiler) misplaced(i int) string {
	t := c.toks[i]
	switch {
	case t.is("if"):
		return "write if c { a } else { b }, in parentheses inside another expression"
	case t.is("/") && c.op(i-1, "matches"):
		return `a pattern stands in quotes: matches "^Bell"`
	case t.is("matches", "contains", "startsWith", "endsWith") && c.op(i+1, "("):
		return "write x " + t.text + ` "text"`
	case t.is("==", "!=", "<", "<=", ">", ">=") && c.op(i-1, "and", "or"):
		return "name what is compared after " + c.toks[i-1].text + " too"
	case t.is("in") && c.op(i-1, "not") && c.op(i-2, "and", "or"):
		return "name what is looked up after " + c.toks[i-2].text + " too"
	case t.is("<", "<=", ">", ">=") && c.op(i-1, "not", "!"):
		return "write not (x " + t.text + " y)"
	}
	return ""
}

// commaError tells a comma that separates nothing.
func (c *compiler) commaError(i, first int) ast.Node {
	t := c.toks[i]
	isIf := func(t token) bool { return t.is("if") }
	switch {
	case slices.ContainsFunc(c.toks[first:i], isIf):
		return c.syntax(t.from, t.to, "write if c { a } else { b }", "if is not a function")
	case c.decimal(i):
		a, b := c.toks[i-1], c.toks[i+1]
		return c.syntax(a.from, b.to, "write "+c.point(i), "a number has no commas: they separate arguments")
	case !slices.ContainsFunc(c.toks[first:i], func(t token) bool { return t.is("(", "[") }):
		return c.syntax(t.from, t.to, "conditions are joined with and or or; commas separate the arguments of a function", "a comma is not expected here")
	}
	return c.syntax(t.from, t.to, "commas separate the arguments of a function", "a comma is not expected here")
}

// point writes the number whose comma is token i with a point.
func (c *compiler) point(i int) string {
	a, b := c.toks[i-1], c.toks[i+1]
	return strings.ReplaceAll(c.text[a.from:a.to], ".", "") + "." + c.text[b.from:b.to]
}

// decimal reports whether token i is a comma within the digits of a number.
func (c *compiler) decimal(i int) bool {
	if i < 1 || i+1 >= len(c.toks) || !c.op(i, ",") {
		return false
	}
	a, b := c.toks[i-1], c.toks[i+1]
	return a.kind == tokNumber && b.kind == tokNumber && a.suffix == "" && b.to-a.from == len(c.text[a.from:a.to])+1+len(c.text[b.from:b.to])
}

// coalesceHint shows where the parentheses go, for ?? between single words.
func (c *compiler) coalesceHint(i int) string {
	if i >= 3 && c.op(i-2, "??") && !c.op(i-1, ")") && !c.op(i-3, ")") {
		x, y, op := c.toks[i-3], c.toks[i-1], c.toks[i]
		return fmt.Sprintf("write (%s) %s ...", c.text[x.from:y.to], c.text[op.from:op.to])
	}
	return "write (x ?? y) in parentheses"
}
