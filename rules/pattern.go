package rules

import (
	"errors"
	"regexp/syntax"
	"strconv"

	"github.com/expr-lang/expr/ast"
)

// maxPattern bounds the steps of a pattern, repetitions written out.
const maxPattern = 1000

// pattern checks a regular expression and its size.
func (c *compiler) pattern(n ast.Node, what *node) bool {
	tree, err := syntax.Parse(what.s, syntax.Perl)
	if err != nil {
		cause := err.Error()
		if e, ok := errors.AsType[*syntax.Error](err); ok {
			cause = e.Code.String()
			if e.Expr != "" && e.Expr != what.s {
				cause += " at " + strconv.Quote(brief(e.Expr))
			}
		}
		c.failAt(n, codePattern, "", "%s is not a regular expression: %s", brief(what.text), cause)
		return false
	}
	if steps(tree) > maxPattern {
		c.failAt(n, codePattern, "look for less, or join smaller patterns with or", "the pattern has more than %d steps, its repetitions written out", maxPattern)
		return false
	}
	return true
}

// steps counts the steps of a pattern, as far as the limit.
func steps(re *syntax.Regexp) int {
	n := max(1, len(re.Rune))
	if re.Op == syntax.OpCharClass {
		n = 1
	}
	for _, sub := range re.Sub {
		if n += steps(sub); n > maxPattern {
			return n
		}
	}
	if re.Op == syntax.OpRepeat {
		n *= max(re.Min, re.Max, 1)
	}
	return n
}
