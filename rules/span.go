package rules

import "github.com/expr-lang/expr/ast"

// span is a run of tokens, from i up to and not including j.
type span struct{ i, j int }

// bytes returns the span as byte offsets into the user's text.
func (c *compiler) bytes(s span) (from, to int) {
	if s.i < 0 || s.j > len(c.toks) || s.i >= s.j {
		return 0, len(c.text)
	}
	return c.toks[s.i].from, c.toks[s.j-1].to
}

// words returns the user's text of a span.
func (c *compiler) words(s span) string {
	from, to := c.bytes(s)
	return c.text[from:to]
}

// span returns the tokens of a whole sub-expression. The parser gives a node
// the place of its operator, so that spans come from the leaves.
func (c *compiler) span(n ast.Node) span {
	if s, ok := c.spans[n]; ok {
		return s
	}
	s := c.findSpan(n)
	c.spans[n] = s
	return s
}

func (c *compiler) findSpan(n ast.Node) span {
	i, ok := c.at[n.Location().From]
	if !ok {
		i = 0
	}
	switch n := n.(type) {
	case *ast.UnaryNode:
		inner := c.widened(n.Node)
		if c.op(i, "not", "!", "-", "+") {
			return span{i, inner.j}
		}
		return inner // x not in y: the place is that of `in`
	case *ast.BinaryNode:
		return span{c.widened(n.Left).i, c.widened(n.Right).j}
	case *ast.ConditionalNode:
		cond, other := c.widened(n.Cond), c.widened(n.Exp2)
		if n.Ternary {
			return span{cond.i, other.j}
		}
		if c.op(other.j, "}") {
			other.j++
		}
		return span{cond.i - 1, other.j}
	case *ast.CallNode:
		return span{i, c.closing(i + 1)}
	case *ast.ArrayNode, *ast.MapNode:
		return span{i, c.closing(i)}
	}
	return span{i, i + 1}
}

// widened returns the span of an operand with the parentheses around it. They
// are its own: within those of a call an operand has its operator beside it.
func (c *compiler) widened(n ast.Node) span {
	s := c.span(n)
	for c.op(s.i-1, "(") && c.op(s.j, ")") {
		s.i, s.j = s.i-1, s.j+1
	}
	return s
}

// closing returns the index after the bracket that closes the one at i.
func (c *compiler) closing(i int) int {
	depth := 0
	for k := i; k < len(c.toks); k++ {
		switch {
		case c.op(k, "(", "[", "{"):
			depth++
		case c.op(k, ")", "]", "}"):
			if depth--; depth == 0 {
				return k + 1
			}
		}
	}
	return len(c.toks)
}
