package rules

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
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
)

// parse reads the tokens with expr's grammar. It returns nil after a mistake.
func (c *compiler) parse() ast.Node {
	if len(c.toks) == 0 {
		return c.syntax(0, len(c.text), "write a condition, such as roe > 10%", "the expression is empty")
	}
	if !c.balanced() || !c.spaced() {
		return nil
	}
	config := conf.CreateNew()
	config.MaxNodes = maxNodes
	var b strings.Builder
	c.at = make(map[int]int, len(c.toks))
	for i, t := range c.toks {
		c.at[b.Len()] = i
		b.WriteString(t.text)
		b.WriteByte(' ')
		if t.kind == tokName && c.op(i+1, "(") {
			// A registered name parses as a plain call, known or not: the names
			// of expr's builtins are ours to give away.
			config.Functions[t.text] = &builtin.Function{Name: t.text}
		}
	}
	tree, err := parseSafely(b.String(), config)
	if err != nil {
		return c.parseError(err)
	}
	return tree.Node
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

// parseError words an error of expr's parser for our users.
func (c *compiler) parseError(err error) ast.Node {
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
		last := c.toks[len(c.toks)-1]
		hint := ""
		if last.is("}") {
			hint = "an if has two branches: if c { a } else { b }"
		}
		return c.syntax(last.from, last.to, hint, "the expression ends too early, after %q", c.text[last.from:last.to])
	}
	t := c.toks[i]
	word := c.text[t.from:t.to]
	switch {
	case strings.Contains(fe.Message, "cannot be mixed"):
		c.fail(t.from, t.to, codeCoalesce, c.coalesceHint(i), "?? and %s cannot stand side by side without parentheses", word)
		return nil
	case t.is("if"):
		return c.syntax(t.from, t.to, "write if c { a } else { b }, in parentheses inside another expression", "if is not expected here")
	case t.is(",") && slices.ContainsFunc(c.toks[:i], func(t token) bool { return t.is("if") }):
		return c.syntax(t.from, t.to, "write if c { a } else { b }", "if is not a function")
	case c.decimal(i):
		a, b := c.toks[i-1], c.toks[i+1]
		return c.syntax(a.from, b.to, "write "+c.text[a.from:a.to]+"."+c.text[b.from:b.to], "a number has no commas: they separate arguments")
	case t.is(","):
		return c.syntax(t.from, t.to, "commas separate the arguments of a function", "a comma is not expected here")
	}
	return c.syntax(t.from, t.to, "", "%q is not expected here", word)
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

// balanced reports brackets that have no partner or are too deep.
func (c *compiler) balanced() bool {
	partner := map[string]string{")": "(", "]": "[", "}": "{"}
	var open []token
	ok := true
	for _, t := range c.toks {
		switch {
		case t.is("(", "[", "{"):
			open = append(open, t)
			if len(open) > maxBrackets {
				c.fail(t.from, t.to, codeLimit, "give parts of it names under let:", "more than %d brackets within brackets", maxBrackets)
				return false
			}
		case t.is(")", "]", "}"):
			if len(open) == 0 || open[len(open)-1].text != partner[t.text] {
				c.syntax(t.from, t.to, "", "this %s closes nothing", t.text)
				return false
			}
			open = open[:len(open)-1]
		}
	}
	for _, t := range open {
		c.syntax(t.from, t.to, "", "this %s is never closed", t.text)
		ok = false
	}
	return ok
}

// spaced reports values that follow each other without an operator.
func (c *compiler) spaced() bool {
	ok := true
	for i := 1; i < len(c.toks); i++ {
		a, b := c.toks[i-1], c.toks[i]
		ends := a.kind != tokOp || a.is(")", "]")
		starts := b.kind != tokOp || b.is("(") && a.kind != tokName
		switch {
		case ends && b.is("["):
			c.fail(b.from, b.to, codeRefused, "the value a year ago is ago(x, 1y)", "[ ] after a value is not part of the language: values have no members")
		case b.is("{") && !ends && !a.is("else"):
			c.fail(b.from, b.to, codeRefused, "braces belong to if c { a } else { b }", "{ } is not a value")
		case !ends || !starts:
			continue
		case a.text == "let":
			c.fail(a.from, a.to, codeRefused, "name parts under let: in the file", "let is not part of an expression")
		default:
			if next, mended := c.joint(i); mended || next > i {
				ok = ok && mended
				i = next
				continue
			}
		}
		return false
	}
	return ok
}

// joint tells what is missing between the value that ends before token i and
// the one that begins with it. It returns the last token that it has judged, or
// 0 if what follows is best not judged, and whether the text has been mended.
func (c *compiler) joint(i int) (last int, mended bool) {
	a, b := c.toks[i-1], c.toks[i]
	before, after := c.text[a.from:a.to], c.text[b.from:b.to]
	value := ""
	if a.kind == tokName && b.kind == tokName {
		value = c.listedValue(before + " " + after)
	}
	switch {
	case b.kind == tokName && b.text == "between":
		c.fail(b.from, b.to, codeBetween, c.betweenHint(i), "between is a function, not an operator")
		return i + 1, false
	case b.kind == tokName && strings.EqualFold(b.text, "is"):
		return c.isSlip(i), false
	case c.apart(i):
		c.syntax(b.from, b.to, "write "+before+", "+after, "a comma is missing between %s and %s", cited(a, before), cited(b, after))
		c.toks = slices.Insert(c.toks, i, token{kind: tokOp, text: ",", from: b.from, to: b.from})
		return i, true
	case value != "":
		c.syntax(a.from, b.to, "a text stands in quotes: "+strconv.Quote(value), "an operator is missing between %q and %q", before, after)
		return i, false
	}
	c.syntax(b.from, b.to, "", "an operator is missing between %s and %s", cited(a, before), cited(b, after))
	return 0, false
}

// cited puts the words of a token in quotes, if they have none.
func cited(t token, words string) string {
	if t.kind == tokText {
		return brief(words)
	}
	return strconv.Quote(words)
}

// apart reports whether token i can only be an argument of its own: a window
// or a text within a call or a list.
func (c *compiler) apart(i int) bool {
	return (c.toks[i].window() || c.toks[i].kind == tokText) && c.separates(i)
}

// isSlip tells `x is missing` and its like. It returns the last token of it.
func (c *compiler) isSlip(i int) int {
	is, x := c.toks[i], c.text[c.toks[i-1].from:c.toks[i-1].to]
	if c.toks[i-1].kind != tokName {
		x = "x"
	}
	last, hint := i+1, "write =="
	not := c.op(last, "not")
	if not {
		last, hint = last+1, "write !="
	}
	word := ""
	if last < len(c.toks) {
		word = strings.ToLower(c.toks[last].text)
	}
	missing := slices.Contains([]string{"missing", "null", "nil", "none", "nan", "unknown", "empty"}, word)
	switch {
	case missing && !not, word == "known" && not:
		hint = "write is_missing(" + x + ")"
	case missing, word == "known":
		hint = "write known(" + x + ")"
	}
	c.fail(is.from, is.to, codeRefused, hint, `"is" is not part of the language`)
	return last
}

// betweenHint writes the call that `x between low and high` stands for.
func (c *compiler) betweenHint(i int) string {
	if i+3 < len(c.toks) && c.toks[i-1].kind == tokName && c.op(i+2, "and") {
		word := func(k int) string { return c.text[c.toks[k].from:c.toks[k].to] }
		return fmt.Sprintf("write between(%s, %s, %s)", word(i-1), word(i+1), word(i+3))
	}
	return "write between(x, low, high)"
}
