package rules_test

import (
	"fmt"
	"strings"
)

// guardedBy makes a condition of a column that has no history: op in our words
// and the machine's, and in those of SQLite.
func guardedBy(name, text, machine, query string) condition {
	return condition{"(" + name + " " + text + ")", func(at point) string { return "(" + at.row + "." + name + " " + query + ")" },
		constantly(join("(%[1]s != nil and %[1]s "+machine+")", name)),
		constantly(join("(%[1]s != nil and not (%[1]s "+machine+"))", name))}
}

func ofText(d dice) condition {
	name := one(d, texts...)
	// GLOB tells cases apart, as RE2 does.
	forms := [][2]string{
		{`== "ab"`, `= 'ab'`}, {`!= "ab"`, `!= 'ab'`}, {`in ["ab", "Bell", "x"]`, `in ('ab', 'Bell', 'x')`},
		{`not in ["b", "abc"]`, `not in ('b', 'abc')`}, {`contains "b"`, `glob '*b*'`}, {`startsWith "a"`, `glob 'a*'`},
		{`endsWith "l"`, `glob '*l'`}, {`matches "^[Bb]"`, `glob '[Bb]*'`}, {`matches "b.$"`, `glob '*b?'`}, {`matches "^a.c$"`, `glob 'a?c'`},
	}
	if d.roll(len(forms)+1) == 0 {
		return condition{"(g == s)", func(at point) string { return join("(%[1]s.g = %[1]s.s)", at.row) },
			constantly("(g != nil and s != nil and g == s)"), constantly("(g != nil and s != nil and g != s)")}
	}
	f := one(d, forms...)
	return guardedBy(name, f[0], f[0], f[1])
}

func ofDate(d dice) condition {
	op := one(d, operators...)
	if d.roll(3) == 0 {
		year := one(d, "2023", "2024")
		return condition{text: "(year(day) " + op + " " + year + ")", sql: func(at point) string {
			return join("(cast(strftime('%%Y', %s.day * 86400, 'unixepoch') as integer) "+op+" "+year+")", at.row)
		}}
	}
	return guardedBy("day", op+` "2023-09-14"`, op+" 19614", op+" 19614.0") // 19614 is one of the days
}

// ofPeers compares a company with the others, of its group or all.
func ofPeers(d dice) condition {
	x := plainNumber(d)
	group, same, grouped := "", "", ""
	if d.roll(2) == 0 {
		group, same, grouped = ", g", " where p.g = t.g", " and t.g is not null"
	}
	peer := func(p point) string { return x.sql(point{"p", p.lag}) }
	over := func(p point, what string) string { return "(select " + what + " from t p" + same + ")" }
	placed := func(above string) func(point) string {
		return func(p point) string {
			y, own := peer(p), x.sql(p)
			return fmt.Sprintf("(case when %s is not null%s then %s end)", own, grouped,
				over(p, fmt.Sprintf(above, fmt.Sprintf("sum(%s > %s)", y, own), fmt.Sprintf("(sum(%s = %s) + 1) / 2.0", y, own), fmt.Sprintf("sum(%s < %s)", y, own), fmt.Sprintf("count(%s)", y))))
		}
	}
	var q quantity
	limit := fmt.Sprint(d.roll(6))
	switch d.roll(5) {
	case 0:
		q = quantity{text: "rank(" + x.text + group + ")", sql: placed("%[1]s + %[2]s")}
	case 1:
		q = quantity{text: "percentile(" + x.text + group + ")", sql: placed("(%[3]s + %[2]s - 0.5) / %[4]s")}
		limit = one(d, "0.5", "0.25")
	case 2:
		q = quantity{text: "count_of(" + x.text + group + ")", sql: func(p point) string {
			return "(case when 1" + grouped + " then " + over(p, "count("+peer(p)+")") + " end)"
		}}
	case 3:
		q = quantity{text: "sum_of(" + x.text + group + ")", sql: func(p point) string { return over(p, "sum("+peer(p)+")") }}
	default:
		q = quantity{text: "mean_of(" + x.text + group + ")", sql: func(p point) string { return over(p, "avg("+peer(p)+")") }}
		limit = "0"
	}
	return compared(one(d, operators...), q, quantity{text: limit, sql: func(point) string { return limit }})
}

// plainNumber is a number whose sums have no rounding: a column or a difference.
func plainNumber(d dice) quantity {
	x := columnNamed(one(d, columns...))
	if d.roll(2) == 0 {
		return x
	}
	return combined(x, columnNamed(one(d, columns...)), "(%s - %s)", "(%s - %s)", "(%s - %s)")
}

// total writes how many conditions hold for sure, and how many may.
func total(all []condition, each func(condition) string) string {
	parts := make([]string, len(all))
	for i, c := range all {
		parts[i] = each(c)
	}
	return "(" + strings.Join(parts, " + ") + ")"
}

// bounds returns the least and the greatest number of conditions that may hold.
func bounds(all []condition) (lo, hi func(lag int) string, sqlLo, sqlHi func(point) string) {
	lo = func(lag int) string {
		return total(all, func(c condition) string { return "(" + c.yes(lag) + " ? 1 : 0)" })
	}
	hi = func(lag int) string {
		return total(all, func(c condition) string { return "(" + c.no(lag) + " ? 0 : 1)" })
	}
	sqlLo = func(p point) string {
		return total(all, func(c condition) string { return "(" + c.sql(p) + " is true)" })
	}
	sqlHi = func(p point) string {
		return total(all, func(c condition) string { return "(" + c.sql(p) + " is not false)" })
	}
	return lo, hi, sqlLo, sqlHi
}

// counted compares a count with a literal, be some conditions unknown or not.
func counted(d dice, text string, all []condition) condition {
	op, k := one(d, operators...), fmt.Sprint(d.roll(4))
	lo, hi, sqlLo, sqlHi := bounds(all)
	surely := map[string][2]string{ // of the least %[1]s, the greatest %[2]s and the literal
		"<": {"%[2]s < " + k, "%[1]s >= " + k}, "<=": {"%[2]s <= " + k, "%[1]s > " + k},
		">": {"%[1]s > " + k, "%[2]s <= " + k}, ">=": {"%[1]s >= " + k, "%[2]s < " + k},
		"==": {"(%[1]s == " + k + " and %[2]s == " + k + ")", "(%[1]s > " + k + " or %[2]s < " + k + ")"},
		"!=": {"(%[1]s > " + k + " or %[2]s < " + k + ")", "(%[1]s == " + k + " and %[2]s == " + k + ")"},
	}[op]
	return decided(text+" "+op+" "+k, surely, lo, hi, sqlLo, sqlHi)
}

func among(d dice, all []condition) condition {
	n := fmt.Sprint(d.roll(3) + 1)
	lo, hi, sqlLo, sqlHi := bounds(all)
	name, surely := "at_least", [2]string{"%[1]s >= " + n, "%[2]s < " + n}
	if d.roll(2) == 0 {
		name, surely = "at_most", [2]string{"%[2]s <= " + n, "%[1]s > " + n}
	}
	words := make([]string, len(all))
	for i, c := range all {
		words[i] = c.text
	}
	return decided(name+"("+n+", ["+strings.Join(words, ", ")+"])", surely, lo, hi, sqlLo, sqlHi)
}

func decided(text string, surely [2]string, lo, hi func(int) string, sqlLo, sqlHi func(point) string) condition {
	say := func(f string) func(int) string {
		return func(lag int) string { return fmt.Sprintf("("+f+"%.0[1]s%.0[2]s)", lo(lag), hi(lag)) }
	}
	return condition{"(" + text + ")", func(p point) string {
		return fmt.Sprintf("(case when "+surely[0]+" then 1 when "+surely[1]+" then 0 end%.0[1]s%.0[2]s)", sqlLo(p), sqlHi(p))
	}, say(surely[0]), say(surely[1])}
}
