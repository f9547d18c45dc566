package rules

import (
	"fmt"
	"math"
	"slices"

	"github.com/expr-lang/expr/ast"
)

// maxExponent bounds the powers of money, shares and days in a unit.
const maxExponent = 9

// combine multiplies a unit by another to the given power. The result shows as
// a plain number.
func combine(a, b Unit, power int) (Unit, bool) {
	out, ok := Unit{}, true
	exp := func(x, y int8) int8 {
		e := int(x) + power*int(y)
		if e < -maxExponent || e > maxExponent {
			ok = false
			return 0
		}
		return int8(e)
	}
	out.Money, out.Share, out.Day = exp(a.Money, b.Money), exp(a.Share, b.Share), exp(a.Day, b.Day)
	return out, ok
}

// agree returns the unit that numbers have in common. Bare numbers take that of
// the others; kinds of the dimensionless mix to a plain number.
func (c *compiler) agree(n ast.Node, xs []*node, purpose string) (Unit, bool) {
	var first *node
	for _, x := range xs {
		if x.bare {
			continue
		}
		if first == nil {
			first = x
			continue
		}
		if !first.unit.Agrees(x.unit) {
			c.failAt(n, codeUnit, unitHint(first, x), "%s is %s, %s is %s: they cannot %s",
				brief(first.text), unitName(first.unit), brief(x.text), unitName(x.unit), purpose)
			return Unit{}, false
		}
	}
	if first == nil {
		return Unit{}, true
	}
	unit := first.unit
	for _, x := range xs {
		if !x.bare && x.unit != unit {
			unit.Show = Plain
		}
	}
	return unit, true
}

// unitHint suggests how to bring two units together.
func unitHint(a, b *node) string {
	for _, pair := range [][2]*node{{a, b}, {b, a}} {
		x, y := pair[0], pair[1]
		switch {
		case x.unit == UnitMoney && y.unit == UnitFraction && y.op == "literal":
			return fmt.Sprintf("a share of what? Divide %s by another amount of money", brief(x.text))
		case x.unit == UnitMoney && y.unit == UnitPrice:
			return "a price times a number of shares is money"
		case x.unit == UnitDays && y.unit.Dimensionless():
			return "a number of days is written 90d"
		}
	}
	return ""
}

// join types the result of two alternatives, which must be of one kind and
// unit.
func (c *compiler) join(n ast.Node, made, a, b *node, purpose string) bool {
	if a.kind != b.kind {
		c.failAt(n, codeKind, "", "%s is %s, %s is %s: they cannot %s",
			brief(a.text), withArticle(a.kind), brief(b.text), withArticle(b.kind), purpose)
		return false
	}
	made.kind, made.bare = a.kind, a.bare && b.bare
	if a.kind != Number {
		if ofA, ofB := a.textValues(), b.textValues(); ofA != nil && ofB != nil {
			made.values = slices.Concat(ofA, ofB)
		}
		return true
	}
	unit, ok := c.agree(n, []*node{a, b}, purpose)
	made.unit = unit
	return ok
}

// textValues lists the texts that a node can be, or nil where it can be any.
func (n *node) textValues() []string {
	if n.op == "literal" && n.kind == Text {
		return []string{n.s}
	}
	return n.values
}

// sized tells a bare number of 1 or more beside a fraction: 15 where 15% is
// meant.
func (c *compiler) sized(n ast.Node, x, beside *node) bool {
	if x.op != "literal" || x.mended || !x.bare || beside.unit != UnitFraction || math.Abs(x.f) < 1 {
		return true
	}
	c.failAt(n, codeFraction, fmt.Sprintf("did you mean %s%%?", x.text), "%s is a fraction: %s would be %s %%",
		brief(beside.text), x.text, fmt.Sprintf("%.10g", x.f*100))
	return false
}

// plain demands a number without dimension.
func (c *compiler) plain(n ast.Node, x *node) bool {
	if x.unit.Dimensionless() {
		return true
	}
	c.failAt(n, codeUnit, "divide it by something of its unit first", "%s is %s where a plain number is expected", brief(x.text), unitName(x.unit))
	return false
}
