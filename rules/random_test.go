package rules_test

import (
	"fmt"
	"strings"
)

// point is where SQLite reads a column: a row of t or of its peers p, and a lag.
type point struct {
	row string
	lag int
}

var here = point{row: "t"}

func (p point) back(lag int) point { return point{p.row, p.lag + lag} }

// quantity is a random number: as the language has it, as SQL has it, and for
// expr's machine its value and when it has one. The machine does not know peers.
type quantity struct {
	text   string
	sql    func(point) string
	val    func(lag int) string
	ok     func(lag int) string
	atomic bool // a column
}

// condition is a random condition: yes and no say when it surely holds or fails.
type condition struct {
	text    string
	sql     func(point) string
	yes, no func(lag int) string
}

func constantly(s string) func(int) string { return func(int) string { return s } }

func columnNamed(name string) quantity {
	return quantity{name,
		func(p point) string { return fmt.Sprint(p.row, ".", name, p.lag) },
		func(lag int) string { return fmt.Sprint(name, lag) },
		func(lag int) string { return fmt.Sprint(name, lag, " != nil") }, true}
}

// combined writes a quantity of two others.
func combined(x, y quantity, text, query, val string) quantity {
	return quantity{text: join(text, x.text, y.text),
		sql: func(p point) string { return join(query, x.sql(p), y.sql(p)) },
		val: func(lag int) string { return join(val, x.val(lag), y.val(lag)) },
		ok:  func(lag int) string { return join("(%s and %s)", x.ok(lag), y.ok(lag)) }}
}

func randomNumber(d dice, depth int) quantity {
	choice := d.roll(14)
	if depth == 0 && choice > 3 {
		choice = 0
	}
	switch choice {
	case 0, 1, 2:
		return columnNamed(one(d, columns...))
	case 3:
		n := fmt.Sprint(d.roll(6) - 2)
		return quantity{text: n, sql: func(point) string { return n + ".0" }, val: constantly(n + ".0"), ok: constantly("true")}
	}
	x, y := randomNumber(d, depth-1), randomNumber(d, depth-1)
	switch choice {
	case 4, 5, 6:
		op := []string{"+", "-", "*"}[choice-4]
		f := "(%s " + op + " %s)"
		return combined(x, y, f, f, f)
	case 7, 8:
		return quotient(x, y)
	case 9:
		return combined(x, y, "max(%s, %s)", "max(%s, %s)", "max(%s, %s)")
	case 10:
		return combined(x, x, "abs(%[1]s%.0[2]s)", "abs(%[1]s%.0[2]s)", "abs(%[1]s%.0[2]s)")
	case 11:
		return standIn(x, y)
	case 12:
		return alternative(compared(one(d, operators...), randomNumber(d, 0), randomNumber(d, 0)), x, y)
	}
	return past(d, x)
}

func quotient(x, y quantity) quantity {
	if y.text == "0" {
		y.text = "(0 - 0)" // the literal is refused
	}
	q := combined(x, y, "(%s / %s)", "(%s / %s)", "(%s / %s)")
	q.ok = func(lag int) string {
		return join("(%s and %s and %s != 0)", x.ok(lag), y.ok(lag), y.val(lag))
	}
	return q
}

func standIn(x, y quantity) quantity {
	return quantity{text: join("(%s ?? %s)", x.text, y.text),
		sql: func(p point) string { return join("coalesce(%s, %s)", x.sql(p), y.sql(p)) },
		val: func(lag int) string { return join("(%s ? %s : %s)", x.ok(lag), x.val(lag), y.val(lag)) },
		ok:  func(lag int) string { return join("(%s or %s)", x.ok(lag), y.ok(lag)) }}
}

func alternative(c condition, x, y quantity) quantity {
	if c.yes == nil {
		return x
	}
	return quantity{text: join("(if %s { %s } else { %s })", c.text, x.text, y.text),
		sql: func(p point) string {
			return join("(case when %[1]s then %[2]s when not %[1]s then %[3]s end)", c.sql(p), x.sql(p), y.sql(p))
		},
		val: func(lag int) string { return join("(%s ? %s : %s)", c.yes(lag), x.val(lag), y.val(lag)) },
		ok: func(lag int) string {
			return join("((%s and %s) or (%s and %s))", c.yes(lag), x.ok(lag), c.no(lag), y.ok(lag))
		}}
}

// past reads a quantity in history.
func past(d dice, x quantity) quantity {
	three := func(f func(lag int) string, sep string, lag int) string {
		return "(" + f(lag) + sep + f(lag+4) + sep + f(lag+8) + ")"
	}
	sql := func(p point) func(int) string { return func(lag int) string { return x.sql(p.back(lag)) } }
	all := func(lag int) string { return three(x.ok, " and ", lag) }
	switch d.roll(5) {
	case 0:
		return quantity{text: "ago(" + x.text + ", 1y)",
			sql: func(p point) string { return x.sql(p.back(4)) },
			val: func(lag int) string { return x.val(lag + 4) }, ok: func(lag int) string { return x.ok(lag + 4) }}
	case 1:
		return quantity{text: "change(" + x.text + ", 1y)",
			sql: func(p point) string { return join("(%s - %s)", x.sql(p), x.sql(p.back(4))) },
			val: func(lag int) string { return join("(%s - %s)", x.val(lag), x.val(lag+4)) },
			ok:  func(lag int) string { return join("(%s and %s)", x.ok(lag), x.ok(lag+4)) }}
	case 2:
		return quantity{text: "sum(" + x.text + ", 3y)", ok: all,
			sql: func(p point) string { return three(sql(p), " + ", 0) },
			val: func(lag int) string { return three(x.val, " + ", lag) }}
	}
	name := one(d, "min", "max")
	return quantity{text: name + "(" + x.text + ", 3y)", ok: all,
		sql: func(p point) string { return name + three(sql(p), ", ", 0) },
		val: func(lag int) string { return name + three(x.val, ", ", lag) }}
}

func randomCondition(d dice, depth int) condition {
	choice := d.roll(20)
	if depth == 0 && choice > 9 {
		choice = 0
	}
	switch choice {
	case 0, 1, 2, 3, 4:
		return comparison(d)
	case 5:
		return about(d)
	case 6:
		return listed(d)
	case 7:
		return ofText(d)
	case 8:
		return ofDate(d)
	case 9:
		return ofPeers(d)
	}
	p, q := randomCondition(d, depth-1), randomCondition(d, depth-1)
	if p.yes == nil || q.yes == nil {
		return wordOnly(d, p, q)
	}
	switch choice {
	case 10, 11:
		return both(p, q)
	case 12, 13:
		return either(p, q)
	case 14, 15:
		return condition{"not (" + p.text + ")", func(at point) string { return "(not " + p.sql(at) + ")" }, p.no, p.yes}
	case 16:
		return condition{join("((%s) == (%s))", p.text, q.text),
			func(at point) string { return join("(%s = %s)", p.sql(at), q.sql(at)) },
			func(lag int) string {
				return join("((%s and %s) or (%s and %s))", p.yes(lag), q.yes(lag), p.no(lag), q.no(lag))
			},
			func(lag int) string {
				return join("((%s and %s) or (%s and %s))", p.yes(lag), q.no(lag), p.no(lag), q.yes(lag))
			}}
	case 17:
		return folded(d, p)
	case 18:
		return counted(d, fmt.Sprintf("count(%s, 3y)", p.text), []condition{p, moved(p, 4), moved(p, 8)})
	}
	r := randomCondition(d, depth-1)
	if r.yes == nil {
		return p
	}
	return among(d, []condition{p, q, r})
}

// wordOnly joins conditions of which the machine does not know one.
func wordOnly(d dice, p, q condition) condition {
	op := one(d, "and", "or")
	f := "(%s " + op + " %s)"
	return condition{text: join(f, p.text, q.text), sql: func(at point) string { return join(f, p.sql(at), q.sql(at)) }}
}

func both(p, q condition) condition {
	return condition{join("(%s and %s)", p.text, q.text),
		func(at point) string { return join("(%s and %s)", p.sql(at), q.sql(at)) },
		func(lag int) string { return join("(%s and %s)", p.yes(lag), q.yes(lag)) },
		func(lag int) string { return join("(%s or %s)", p.no(lag), q.no(lag)) }}
}

func either(p, q condition) condition {
	return condition{join("(%s or %s)", p.text, q.text),
		func(at point) string { return join("(%s or %s)", p.sql(at), q.sql(at)) },
		func(lag int) string { return join("(%s or %s)", p.yes(lag), q.yes(lag)) },
		func(lag int) string { return join("(%s and %s)", p.no(lag), q.no(lag)) }}
}

// moved is a condition some quarters back, without words of its own.
func moved(c condition, lag int) condition {
	return condition{"", func(at point) string { return c.sql(at.back(lag)) },
		func(l int) string { return c.yes(l + lag) }, func(l int) string { return c.no(l + lag) }}
}

func folded(d dice, p condition) condition {
	then := moved(p, 4)
	if d.roll(2) == 0 {
		c := both(p, then)
		c.text = "every(" + p.text + ", 2y)"
		return c
	}
	c := either(p, then)
	c.text = "any(" + p.text + ", 2y)"
	return c
}

var operators = []string{"<", "<=", ">", ">=", "==", "!="}

func opposite(op string) string {
	return map[string]string{"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}[op]
}

func comparison(d dice) condition {
	return compared(one(d, operators...), randomNumber(d, 2), randomNumber(d, 2))
}

func compared(op string, x, y quantity) condition {
	if x.val == nil || y.val == nil {
		return condition{text: "(" + x.text + " " + op + " " + y.text + ")",
			sql: func(at point) string { return "(" + x.sql(at) + " " + op + " " + y.sql(at) + ")" }}
	}
	say := func(op string) func(int) string {
		return func(lag int) string {
			return join("(%s and %s and %s "+op+" %s)", x.ok(lag), y.ok(lag), x.val(lag), y.val(lag))
		}
	}
	return condition{"(" + x.text + " " + op + " " + y.text + ")",
		func(at point) string { return "(" + x.sql(at) + " " + op + " " + y.sql(at) + ")" }, say(op), say(opposite(op))}
}

// about asks whether something is known.
func about(d dice) condition {
	x := randomNumber(d, 1)
	if !strings.ContainsAny(x.text, "abcd") {
		x = columnNamed("a") // a literal is never missing
	}
	yes := func(lag int) string { return "(" + x.ok(lag) + ")" }
	no := func(lag int) string { return "(not " + yes(lag) + ")" }
	if d.roll(2) == 0 {
		return condition{"known(" + x.text + ")", func(at point) string { return "(" + x.sql(at) + " is not null)" }, yes, no}
	}
	return condition{"is_missing(" + x.text + ")", func(at point) string { return "(" + x.sql(at) + " is null)" }, no, yes}
}

// listed looks a number up, or holds it between two.
func listed(d dice) condition {
	x := randomNumber(d, 1)
	if d.roll(2) == 0 {
		list := one(d, "0, 1", "-1, 0.5, 2", "1")
		say := func(word string) func(int) string {
			return func(lag int) string {
				return join("(%s and %s "+word+" [%s])", x.ok(lag), x.val(lag), floats(list)) // the machine tells 1 from 1.0
			}
		}
		return condition{"(" + x.text + " in [" + list + "])", func(at point) string { return "(" + x.sql(at) + " in (" + list + "))" }, say("in"), say("not in")}
	}
	return condition{"between(" + x.text + ", -1, 1)", func(at point) string { return "(" + x.sql(at) + " between -1.0 and 1.0)" },
		func(lag int) string { return join("(%[1]s and %[2]s >= -1 and %[2]s <= 1)", x.ok(lag), x.val(lag)) },
		func(lag int) string { return join("(%[1]s and (%[2]s < -1 or %[2]s > 1))", x.ok(lag), x.val(lag)) }}
}

func floats(list string) string {
	parts := strings.Split(list, ", ")
	for i, p := range parts {
		if !strings.Contains(p, ".") {
			parts[i] = p + ".0"
		}
	}
	return strings.Join(parts, ", ")
}
