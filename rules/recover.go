package rules

import "slices"

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

// mendLists mends commas that are missing among arguments, and the parentheses of a
// list: what can only be meant so is told and read so.
func (c *compiler) mendLists() {
	var open []string // what stands before and at each bracket that is open
	mended := make([]token, 0, len(c.toks))
	for i, t := range c.toks {
		switch {
		case t.is("(") && c.op(i-1, "in"):
			end := c.closing(i) - 1
			c.syntax(t.from, t.to, `write x in ["a", "b"]`, "a list stands in square brackets")
			t.text, c.toks[end].text = "[", "]"
			open = append(open, "[")
		case t.is("("):
			bracket := "("
			if i > 0 && c.toks[i-1].kind == tokName {
				bracket = "call"
			}
			open = append(open, bracket)
		case t.is("[", "{"):
			open = append(open, t.text)
		case t.is(")", "]", "}"):
			open = open[:len(open)-1]
		case i > 0 && (t.window() || t.kind == tokText) && c.ends(i-1) && len(open) > 0 && (open[len(open)-1] == "call" || open[len(open)-1] == "["):
			a := c.toks[i-1]
			before, after := c.text[a.from:a.to], c.text[t.from:t.to]
			c.syntax(t.from, t.to, "write "+before+", "+after, "a comma is missing between %s and %s", cited(a, before), cited(t, after))
			mended = append(mended, token{kind: tokOp, text: ",", from: t.from, to: t.from})
		}
		mended = append(mended, t)
	}
	c.toks = mended
}

// recover looks for all mistakes of a text that cannot be read as one. It drops
// those told since `told` and judges the parts between and, or and parentheses
// one by one, so that each tells its own.
func (c *compiler) recover(told int) {
	first := slices.Clone(c.errs[told:])
	if slices.ContainsFunc(first, func(e *Error) bool { return e.Code == codeLimit }) {
		return
	}
	c.errs = c.errs[:told]
	if !c.judge(0, len(c.toks), false) {
		c.errs = append(c.errs, first...)
	}
}

// judge checks the tokens from i up to j and reports whether it found what
// cannot be read.
func (c *compiler) judge(i, j int, condition bool) bool {
	if len(c.errs) >= maxErrors {
		return true
	}
	if cuts := c.cuts(i, j); len(cuts) > 0 {
		found := false
		for _, cut := range append(cuts, j) {
			if i < cut {
				found = c.judge(i, cut, true) || found
			}
			i = cut + 1
		}
		return found
	}
	told := len(c.errs)
	if tree := c.parse(i, j); tree != nil {
		if x := c.node(tree); x != nil && condition {
			c.want(tree, x, Bool)
		}
		return false
	}
	k := i
	for c.op(k, "not", "!") && k < j {
		k++
	}
	if c.op(k, "(") && c.closing(k) == j && j-k > 2 {
		own := slices.Clone(c.errs[told:])
		c.errs = c.errs[:told]
		if !c.judge(k+1, j-1, condition || k > i) {
			c.errs = append(c.errs, own...)
		}
		return true
	}
	c.names(i, j)
	return true
}

// cuts lists the places of and and or between i and j that stand in no brackets.
// There are none in an alternative with ? and :, of which they would be parts.
func (c *compiler) cuts(i, j int) []int {
	var cuts []int
	depth, between := 0, false
	for k := i; k < j; k++ {
		switch {
		case c.op(k, "(", "[", "{"):
			depth++
		case c.op(k, ")", "]", "}"):
			depth--
		case depth > 0:
		case c.op(k, "?", ":", "if"):
			return nil
		case c.toks[k].kind == tokName && c.toks[k].text == "between" && !c.op(k+1, "("):
			between = true
		case c.op(k, "and", "&&") && between:
			between = false
		case c.op(k, "and", "or", "&&", "||"):
			cuts = append(cuts, k)
		}
	}
	return cuts
}

// fillers are words that no name is meant by.
var fillers = []string{"true", "false", "is", "between", "case", "end", "let", "empty", "unknown", "of", "USD", "EUR", "GBP"}

// names tells the names that nothing has, of tokens that cannot be read.
func (c *compiler) names(i, j int) {
	for k := i; k < j && len(c.errs) < maxErrors; k++ {
		t := c.toks[k]
		_, foreign := wordHints[t.text]
		if t.kind != tokName || foreign || slices.Contains(fillers, t.text) || nullWord(t.text) || k > i && c.toks[k-1].text == "let" || c.garbled(k) || c.toldAt(t) {
			continue
		}
		if c.op(k+1, "(") {
			if c.function(t.text) == nil {
				c.noFunction(k)
			}
		} else if !c.named(t.text) && c.function(t.text) == nil {
			c.fail(t.from, t.to, codeName, c.nameHint(t.text), "unknown name %q", t.text)
		}
	}
}

// garbled reports whether token i touches a character that the language does not
// know.
func (c *compiler) garbled(i int) bool {
	bad := func(k int) bool { return k >= 0 && k < len(c.toks) && c.toks[k].kind == tokBad }
	return bad(i-1) && c.toks[i-1].to == c.toks[i].from || bad(i+1) && c.toks[i+1].from == c.toks[i].to
}

// toldAt reports whether a mistake has been told of a token.
func (c *compiler) toldAt(t token) bool {
	return slices.ContainsFunc(c.errs, func(e *Error) bool { return e.From <= t.from && t.to <= e.To && e.Code != codeLimit })
}

// named reports whether a let or a column has the name.
func (c *compiler) named(name string) bool {
	if _, ok := c.scope.Lets[name]; ok {
		return true
	}
	if env, ok := c.scope.Env.(Definer); ok {
		if _, ok := env.Definition(name); ok {
			return true
		}
	}
	if c.scope.Env == nil {
		return false
	}
	_, ok := c.scope.Env.Column(name)
	return ok
}

// function returns the first function of a name, or nil.
func (c *compiler) function(name string) *Func {
	for i := range c.scope.Funcs {
		if c.scope.Funcs[i].Name == name {
			return &c.scope.Funcs[i]
		}
	}
	return nil
}
