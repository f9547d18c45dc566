package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// spaced reports values that follow each other without an operator, in the
// tokens from first up to end.
func (c *compiler) spaced(first, end int) bool {
	ok := true
	for i := first + 1; i < end; i++ {
		a, b := c.toks[i-1], c.toks[i]
		ends := c.ends(i - 1)
		switch {
		case ends && b.is("["):
			c.fail(b.from, b.to, codeRefused, "the value a year ago is ago(x, 1y)", "[ ] after a value is not part of the language: values have no members")
		case b.is("{") && !ends && !a.is("else"):
			c.fail(b.from, b.to, codeRefused, "braces belong to if c { a } else { b }", "{ } is not a value")
		case !ends || !c.starts(i):
			continue
		case a.text == "let":
			c.fail(a.from, a.to, codeRefused, "name parts under let: in the file", "let is not part of an expression")
		default:
			if next := c.joint(i); next > i {
				ok = false
				i = next
				continue
			}
		}
		return false
	}
	return ok
}

// ends reports whether a value ends with token i.
func (c *compiler) ends(i int) bool {
	return i >= 0 && (c.toks[i].kind < tokOp || c.op(i, ")", "]"))
}

// starts reports whether token i begins a value that is not the argument list
// of the name before it.
func (c *compiler) starts(i int) bool {
	return c.toks[i].kind != tokOp || c.op(i, "(") && c.toks[i-1].kind != tokName
}

// joint tells what is missing between the value that ends before token i and
// the one that begins with it. It returns the last token that it has judged, or
// 0 if what follows is best not judged.
func (c *compiler) joint(i int) int {
	a, b := c.toks[i-1], c.toks[i]
	before, after := c.text[a.from:a.to], c.text[b.from:b.to]
	switch {
	case b.kind == tokName && b.text == "between":
		c.fail(b.from, b.to, codeBetween, c.betweenHint(i), "between is a function, not an operator")
		return i + 1
	case b.kind == tokName && strings.EqualFold(b.text, "is"):
		return c.isSlip(i)
	}
	if a.kind == tokName && b.kind == tokName {
		value := c.listedValue(before + " " + after)
		if value == "" && c.comparison(i-2) && !c.named(before) && !c.named(after) && wordHints[after] == "" {
			value = before + " " + after
		}
		if value != "" {
			c.syntax(a.from, b.to, "a text stands in quotes: "+strconv.Quote(value), "an operator is missing between %q and %q", before, after)
			return i
		}
		if name := c.knownAs(before + "_" + after); name != "" {
			c.syntax(a.from, b.to, "did you mean "+name+"?", "a name has no blanks")
			return i
		}
	}
	c.syntax(b.from, b.to, c.jointHint(i), "an operator is missing between %s and %s", cited(a, before), cited(b, after))
	return 0
}

// wordHints say what to write for words of other languages that stand between
// values.
var wordHints = map[string]string{
	"like": `write contains "text", or matches "^text"`, "ilike": `write matches "(?i)text"`,
	"then": "write if c { a } else { b }", "when": "write if c { a } else { b }",
	"elseif": "write else if c { b }", "elif": "write else if c { b }", "unless": "write and not (...)", "except": "write and not (...)",
	"xor": "for conditions a and b write a != b", "nor": "write not (a or b)", "but": "write and",
	"equals": "write ==", "eq": "write ==", "ne": "write !=", "gt": "write >", "ge": "write >=", "lt": "write <", "le": "write <=",
	"mod": "there are no remainders", "div": "write /", "times": "write *", "plus": "write +", "minus": "write -",
	"above": "write >", "below": "write <", "over": "write >, or / for a ratio", "under": "write <",
}

// jointHint says what may be missing before token i.
func (c *compiler) jointHint(i int) string {
	a, b := c.toks[i-1], c.toks[i]
	for _, t := range []token{b, a} {
		if hint, ok := wordHints[strings.ToLower(t.text)]; ok && t.kind == tokName {
			return hint
		}
	}
	if a.kind == tokNumber && slices.Contains([]string{"USD", "EUR", "GBP", "usd", "dollars", "dollar"}, b.text) {
		return "amounts are in the money of the table: write the number alone"
	}
	if fn := c.function(a.text); a.kind == tokName && fn != nil {
		return "write " + fn.Signature()
	}
	if c.comparison(i-2) && c.comparison(i+1) {
		return "join two conditions with and or or"
	}
	return ""
}

// comparison reports whether token i is a comparison.
func (c *compiler) comparison(i int) bool { return c.op(i, "==", "!=", "<", "<=", ">", ">=") }

// knownAs returns the name of a column or let that differs from the words in
// case at most, or "".
func (c *compiler) knownAs(words string) string {
	for _, name := range c.nameList() {
		if strings.EqualFold(name, words) {
			return name
		}
	}
	return ""
}

// cited puts the words of a token in quotes, if they have none.
func cited(t token, words string) string {
	if t.kind == tokText {
		return brief(words)
	}
	return strconv.Quote(words)
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
	if i+3 < len(c.toks) && c.toks[i-1].kind == tokName && c.op(i+2, "and") && c.toks[i+3].kind < tokOp {
		word := func(k int) string { return c.text[c.toks[k].from:c.toks[k].to] }
		return fmt.Sprintf("write between(%s, %s, %s)", word(i-1), word(i+1), word(i+3))
	}
	return "write between(x, low, high)"
}
