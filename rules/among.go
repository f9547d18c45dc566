package rules

import (
	"context"
	"strconv"

	"github.com/expr-lang/expr/ast"
)

// conditionsArg checks the conditions in brackets of a call.
func (c *compiler) conditionsArg(made *node, n ast.Node, p Param) bool {
	array, ok := n.(*ast.ArrayNode)
	if !ok {
		c.node(n)
		c.failAt(n, codeArguments, "write "+made.fn.Signature(), "%s of %s stand in brackets", p.Name+"s", made.name)
		return false
	}
	if len(array.Nodes) == 0 {
		c.failAt(n, codeArguments, "write "+made.fn.Signature(), "this list is empty")
		return false
	}
	ok = true
	for _, a := range array.Nodes {
		x := c.node(a)
		if x == nil || !c.want(a, x, Bool) {
			ok = false
			continue
		}
		made.args = append(made.args, x)
	}
	return ok
}

// enough wants a call not to ask for more conditions than it lists.
func (c *compiler) enough(n *ast.CallNode, made *node) bool {
	asked, listed := made.consts[0], len(made.args)
	if asked <= float64(listed) {
		return true
	}
	c.failAt(n.Arguments[0], codeArguments, "", "%s asks for %s of %d conditions", made.name, strconv.FormatFloat(asked, 'f', -1, 64), listed)
	return false
}

// among judges the conditions of each row together. The first that is unknown
// gives the reason of an unknown verdict.
func (ev *Evaluation) among(ctx context.Context, n *node, at At, body Among) (*Vector, error) {
	vs, err := ev.args(ctx, n.args, at)
	if err != nil {
		return nil, err
	}
	wanted := int(n.consts[0])
	return foldVerdicts(vs, func(points []Verdict) Verdict { return body(points, wanted) }), nil
}
