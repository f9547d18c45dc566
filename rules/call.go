package rules

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
)

// defaultWindow is that of functions whose window may be left out.
var defaultWindow = window{points: 20, step: 4}

// call checks a function call.
func (c *compiler) call(n *ast.CallNode) *node {
	callee, ok := n.Callee.(*ast.IdentifierNode)
	if !ok {
		return c.refuse(n)
	}
	fn := c.pick(callee.Value, n.Arguments)
	if fn == nil {
		for _, a := range n.Arguments {
			if array, ok := a.(*ast.ArrayNode); ok {
				for _, element := range array.Nodes {
					c.node(element)
				}
			} else if !c.isWindow(a) {
				c.node(a)
			}
		}
		return c.noFunction(c.span(n).i)
	}
	least, most := fn.arity()
	if got := len(n.Arguments); got < least || most >= 0 && got > most {
		return c.failAt(n, codeArguments, c.arityHint(n, fn), "%s takes %s, not %d", fn.Name, arityText(least, most), got)
	}
	made := &node{op: "call", name: fn.Name, fn: fn}
	ok = true
	for i, a := range n.Arguments {
		ok = c.argument(made, a, fn.param(i)) && ok
	}
	if !ok || !c.ordered(n, fn) || !c.returns(n, made) {
		return nil
	}
	switch fn.Body.(type) {
	case Bounds:
		if made.window.step == 0 {
			made.window = defaultWindow
		}
	case Between:
		return c.between(n, made)
	case Day:
		return c.literalDay(n, made)
	case Since:
		return c.since(n, made)
	case OnReason:
		if x := made.args[0]; x.op == "literal" {
			return c.failAt(n.Arguments[0], codeArguments, "ask about a column: write "+made.fn.Signature(), "%s is never missing", brief(x.text))
		}
	case Among:
		if !c.enough(n, made) {
			return nil
		}
	}
	if made.history() && !c.keptPast(n, made) {
		return nil
	}
	return c.made(n, made)
}

// keptPast wants of each column under a history function that a table serves its
// past.
func (c *compiler) keptPast(n *ast.CallNode, made *node) bool {
	for _, arg := range made.args {
		for _, r := range arg.refs {
			if col, ok := c.scope.Env.Column(r.name); ok && col.Undated {
				c.failAt(n, codeWindow, "use it outside "+made.name+"(...)", "%s has no history: %s would take its value on the date for that of every point", r.name, made.name)
				return false
			}
		}
	}
	return true
}

// arityHint says how a function is called, or shows a number whose comma makes two
// arguments of it.
func (c *compiler) arityHint(n *ast.CallNode, fn *Func) string {
	s := c.span(n)
	for i := s.i; i < s.j; i++ {
		if c.decimal(i) {
			return "a number has no commas: write " + c.point(i)
		}
	}
	return "write " + fn.Signature()
}

// ordered wants the lower one first of two literal bounds, which are the
// parameters low and high of a function.
func (c *compiler) ordered(n *ast.CallNode, fn *Func) bool {
	for i := 1; i < len(n.Arguments); i++ {
		if fn.param(i-1).Name != "low" || fn.param(i).Name != "high" {
			continue
		}
		low, ok := constant(c.node(n.Arguments[i-1]))
		high, both := constant(c.node(n.Arguments[i]))
		if !ok || !both || low <= high {
			continue
		}
		words := make([]string, len(n.Arguments))
		for k, a := range n.Arguments {
			words[k] = c.words(c.widened(a))
		}
		from, _ := c.bytes(c.widened(n.Arguments[i-1]))
		_, to := c.bytes(c.widened(n.Arguments[i]))
		msg := fmt.Sprintf("the bounds of %s are in the wrong order: %s is more than %s", fn.Name, words[i-1], words[i])
		words[i-1], words[i] = words[i], words[i-1]
		c.fail(from, to, codeArguments, "write "+fn.Name+"("+strings.Join(words, ", ")+")", "%s", msg)
		return false
	}
	return true
}

// between writes a call as the two comparisons that it stands for.
func (c *compiler) between(n *ast.CallNode, made *node) *node {
	x := made.args[0]
	operand := func(x *node) string {
		if x.op == "if" || x.op == "??" {
			return "(" + x.text + ")"
		}
		return x.text
	}
	end := func(op string, limit *node) *node {
		out := &node{op: op, text: operand(x) + " " + op + " " + operand(limit), kind: Bool, args: []*node{x, limit}}
		out.finish()
		return out
	}
	return c.made(n, &node{op: "and", kind: Bool, args: []*node{end(">=", made.args[1]), end("<=", made.args[2])}})
}

// pick finds the function of a name; one of two of the same name by whether the
// call has a window.
func (c *compiler) pick(name string, args []ast.Node) *Func {
	windowed := slices.ContainsFunc(args, c.isWindow)
	var found *Func
	for i := range c.scope.Funcs {
		f := &c.scope.Funcs[i]
		if f.Name == name && (found == nil || f.windowed() == windowed) {
			found = f
		}
	}
	return found
}

// noFunction tells that token i names no function.
func (c *compiler) noFunction(i int) *node {
	t := c.toks[i]
	return c.fail(t.from, t.to, codeFunction, c.funcHint(t.text), "unknown function %q", t.text)
}

func (c *compiler) isWindow(n ast.Node) bool {
	s := c.span(n)
	return s.j == s.i+1 && c.toks[s.i].window()
}

func (c *compiler) funcHint(name string) string {
	if hint, ok := funcHints[strings.ReplaceAll(strings.ToLower(name), "_", "")]; ok {
		return hint
	}
	if known := c.knownAs(name); known != "" {
		return known + " is no function; the past of it is ago(" + known + ", 1y) or avg(" + known + ", 5y)"
	}
	names := make([]string, 0, len(c.scope.Funcs))
	for _, f := range c.scope.Funcs {
		names = append(names, f.Name)
	}
	return hintMean(Nearest(name, names), "`assay help functions` lists all functions")
}

const noLoops = "there are no loops: history functions go over the past, peer functions over companies"

// funcHints say what to write for well-known functions of other languages.
var funcHints = map[string]string{
	"if": "write if c { a } else { b }", "iff": "write if c { a } else { b }", "iif": "write if c { a } else { b }", "ifelse": "write if c { a } else { b }", "where": "write if c { a } else { b }",
	"average": "did you mean avg?", "mean": "did you mean avg, or mean_of among peers?", "stdev": "did you mean stddev?", "std": "did you mean stddev?",
	"coalesce": "write (x ?? y)", "ifnull": "write (x ?? y)", "nvl": "write (x ?? y)", "fillna": "write (x ?? y)", "iferror": "write (x ?? y)",
	"isnull": "write is_missing(x)", "isna": "write is_missing(x)", "isnan": "write is_missing(x)", "notnull": "write known(x)", "exists": "write known(x)",
	"today": "the date of the table is as_of", "now": "the date of the table is as_of", "age": "write days_since(date)", "datediff": "write days_since(date), or date - date",
	"lower": `matches "(?i)text" passes over the case of letters`, "upper": `matches "(?i)text" passes over the case of letters`,
	"startswith": `write x startsWith "text"`, "endswith": `write x endsWith "text"`, "contains": `write x contains "text"`, "includes": `write x contains "text"`, "regex": `write x matches "^text"`, "len": "texts have no length here",
	"map": noLoops, "filter": noLoops, "reduce": noLoops, "find": noLoops, "sort": noLoops, "groupby": noLoops, "one": noLoops, "none": noLoops,
	"all": "write every(condition, 5y), or at_least(n, [a, b])", "quantile": "write percentile(x) > 75%, or winsorize(x, 2%, 98%)", "top": "write rank(x) <= 10",
	"ttm": "flows are those of the last twelve months unless annual(x) or quarterly(x) is asked", "cagr": "write growth(x, 5y)", "lag": "write ago(x, 1y)", "shift": "write ago(x, 1y)", "prev": "write ago(x, 1y)",
}

func arityText(least, most int) string {
	plural := func(n int) string {
		if n == 1 {
			return "1 argument"
		}
		return fmt.Sprintf("%d arguments", n)
	}
	switch {
	case most < 0:
		return "at least " + plural(least)
	case least == most:
		return plural(least)
	}
	return fmt.Sprintf("%d to %s", least, plural(most))
}

// argument checks one argument and puts it where the body finds it.
func (c *compiler) argument(made *node, n ast.Node, p Param) bool {
	switch p.Takes {
	case WindowArg:
		return c.windowArg(made, n, p)
	case ReasonArg:
		return c.reasonArg(made, n)
	case ConditionsArg:
		return c.conditionsArg(made, n, p)
	}
	x := c.node(n)
	if x == nil {
		return false
	}
	switch p.Takes {
	case NumberArg:
		if !c.want(n, x, Number) {
			return false
		}
	case RatioArg:
		if !c.want(n, x, Number) || !c.plain(n, x) {
			return false
		}
	case ConditionArg:
		if !c.want(n, x, Bool) {
			return false
		}
	case WholeArg, ShareArg:
		return c.constArg(made, n, x, p)
	case DateArg:
		return c.dateArg(made, n, x)
	case GroupArg:
		if !c.want(n, x, Text) {
			return false
		}
		if x.op == "literal" {
			hint := "write a column of texts, such as sector"
			if c.named(x.s) {
				hint = "a name stands without quotes: " + x.s
			}
			c.failAt(n, codeArguments, hint, "%s makes no groups: it is the same for every company", brief(x.text))
			return false
		}
		made.group = x
		return true
	}
	made.args = append(made.args, x)
	return true
}

func (c *compiler) windowArg(made *node, n ast.Node, p Param) bool {
	if !c.isWindow(n) {
		c.failAt(n, codeWindow, "write years or quarters, such as 5y or 8q", "%s needs a window here, not %s", made.name, brief(c.words(c.span(n))))
		return false
	}
	t := c.toks[c.span(n).i]
	w := window{points: int(min(t.f, 1e6)), step: 1}
	if t.suffix == "y" {
		w.step = 4
	}
	least := 1
	if _, past := made.fn.Body.(Past); past {
		least = 0
	}
	word := c.words(c.span(n))
	switch {
	case t.f != math.Trunc(t.f):
		c.failAt(n, codeWindow, "use quarters for parts of a year: 6q is a year and a half", "%s is not a whole number of points", word)
	case w.points < least:
		c.failAt(n, codeWindow, "", "%s over %s has no point", made.name, word)
	case w.points*w.step > maxLag:
		c.failAt(n, codeWindow, "", "%s reaches further back than the limit of %d years", word, maxLag/4)
	default:
		made.window = w
		return true
	}
	return false
}

func (c *compiler) constArg(made *node, n ast.Node, x *node, p Param) bool {
	if !c.want(n, x, Number) {
		return false
	}
	switch {
	case p.Takes == WholeArg && (x.op != "literal" || !x.bare || x.f < 1 || x.f != math.Trunc(x.f)):
		c.failAt(n, codeArguments, "write a whole number, such as 3", "%s of %s is a whole number of at least 1, not %s", p.Name, made.name, brief(x.text))
	case p.Takes == WholeArg && made.window.step > 0 && x.f > float64(made.window.points):
		c.failAt(n, codeArguments, "", "%s of %s asks for %s of %d points", p.Name, made.name, x.text, made.window.points)
	case p.Takes == ShareArg && (x.op != "literal" || !x.unit.Dimensionless() || x.f < 0 || x.f > 1):
		c.failAt(n, codeArguments, "write a percentage, such as 2%", "%s of %s is a literal from 0%% to 100%%, not %s", p.Name, made.name, brief(x.text))
	default:
		made.consts = append(made.consts, x.f)
		return true
	}
	return false
}

func (c *compiler) reasonArg(made *node, n ast.Node) bool {
	if name, ok := n.(*ast.IdentifierNode); ok && !c.isName(n) {
		if reason, ok := ParseReason(strings.ReplaceAll(name.Value, "_", " ")); ok {
			c.failAt(n, codeReason, fmt.Sprintf("write %q", reason), "a reason stands in quotes")
			return false
		}
	}
	x := c.node(n)
	if x == nil || !c.want(n, x, Text) {
		return false
	}
	reason, ok := ParseReason(x.s)
	if x.op != "literal" || !ok {
		var names []string
		for _, r := range Reasons() {
			names = append(names, r.String())
		}
		hint := "the reasons are: " + strings.Join(names, ", ")
		if s := Nearest(x.s, names); s != "" {
			hint = fmt.Sprintf("did you mean %q?", s)
		}
		c.failAt(n, codeReason, hint, "%s is not a reason for a missing value", brief(x.text))
		return false
	}
	made.reason = reason
	return true
}

// boundsSized checks the size of bounds beside a fraction.
func (c *compiler) boundsSized(n *ast.CallNode, made *node) bool {
	ok := true
	for i, x := range made.args {
		if name := made.fn.param(i).Name; name == "low" || name == "high" {
			ok = c.sized(n.Arguments[i], x, made.args[0]) && ok
		}
	}
	return ok
}

// returns types the call. The numbers among its arguments must agree.
func (c *compiler) returns(n *ast.CallNode, made *node) bool {
	var numbers []*node
	made.bare = true
	for i, x := range made.args {
		made.bare = made.bare && x.bare
		if made.fn.param(i).Takes == NumberArg {
			numbers = append(numbers, x)
		}
	}
	unit, ok := c.agree(n, numbers, "be used together in "+made.name)
	if !ok {
		return false
	}
	switch made.fn.Returns {
	case Like:
		first := made.args[0]
		made.kind, made.unit, made.values = first.kind, unit, first.values
		if len(numbers) == 0 {
			made.unit = first.unit
		}
		return c.boundsSized(n, made)
	case FractionNumber:
		made.unit = UnitFraction
	case CountNumber:
		made.unit = UnitCount
	case DaysNumber:
		made.unit = UnitDays
	case DateValue:
		made.kind = Date
	case ConditionVerdict:
		made.kind = Bool
		for i, x := range made.args {
			for _, beside := range numbers {
				ok = c.sized(n.Arguments[i], x, beside) && ok
			}
		}
	}
	made.bare = false
	return ok
}
