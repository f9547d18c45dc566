package rules

import (
	"math"
	"time"

	"github.com/expr-lang/expr/ast"
)

// The days that a date can be, counted from 1970-01-01: those of the years 1 to
// 9999.
const (
	firstDay = -719162
	lastDay  = 2932896
)

// day keeps a computed date within the calendar; what lies outside has no day.
func day(f float64) float64 {
	f = math.Floor(f)
	if f < firstDay || f > lastDay {
		return math.NaN()
	}
	return f
}

// parseDate reads a date literal as days since 1970-01-01.
func parseDate(s string) (float64, bool) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return 0, false
	}
	return math.Floor(float64(t.Unix()) / 86400), true
}

// dated turns a text literal beside a date into a date, also one with a name of
// its own.
func (c *compiler) dated(x, beside *node) *node {
	if beside.kind != Date {
		return x
	}
	return asDate(x)
}

// asDate turns a text literal that names a day into a date.
func asDate(x *node) *node {
	literal := x
	for literal.op == "let" {
		literal = literal.args[0]
	}
	if literal.op != "literal" || literal.kind != Text {
		return x
	}
	days, ok := parseDate(literal.s)
	if !ok {
		return x
	}
	made := &node{op: "literal", text: x.text, kind: Date, f: days}
	made.finish()
	return made
}

var likeDate = pattern(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)

// notDate tells a text literal beside a date that names no day.
func (c *compiler) notDate(n ast.Node, x, beside *node) bool {
	return beside.kind == Date && c.noDay(n, x)
}

// noDay tells a text literal that names no day.
func (c *compiler) noDay(n ast.Node, x *node) bool {
	if x.op != "literal" || x.kind != Text {
		return false
	}
	msg := "%s is not a date"
	if likeDate().MatchString(x.s) {
		msg = "%s is not a day of the calendar"
	}
	c.failAt(n, codeKind, `a date is written "2024-03-08": year, month, day`, msg, brief(x.text))
	return true
}

// dateArg checks an argument that is a date.
func (c *compiler) dateArg(made *node, n ast.Node, x *node) bool {
	x = asDate(x)
	if c.noDay(n, x) || !c.want(n, x, Date) {
		return false
	}
	made.args = append(made.args, x)
	return true
}

// literalDay puts the date itself in place of a call with its text.
func (c *compiler) literalDay(n *ast.CallNode, made *node) *node {
	x := made.args[0]
	if x.op != "literal" {
		return c.failAt(n.Arguments[0], codeArguments, `write `+made.name+`("2024-03-08")`, "%s is no text of a day: it is a date already", brief(x.text))
	}
	return c.made(n, &node{op: "literal", kind: Date, f: x.f})
}

// since writes a call as the difference that it stands for.
func (c *compiler) since(n *ast.CallNode, made *node) *node {
	var today Column
	ok := false
	if c.scope.Env != nil {
		today, ok = c.scope.Env.Column(AsOf)
	}
	if !ok || today.Kind != Date {
		return c.failAt(n, codeName, "", "%s counts up to the date %s, which this table does not have", made.name, AsOf)
	}
	column := &node{op: "column", name: AsOf, text: AsOf, kind: Date, fixed: today.Fixed}
	column.finishColumn()
	return c.made(n, &node{op: "-", kind: Number, unit: UnitDays, args: []*node{column, made.args[0]}})
}
