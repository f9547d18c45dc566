package rules

import (
	"fmt"
	"slices"

	"github.com/expr-lang/expr/ast"
)

// Scope is what the names of an expression mean.
type Scope struct {
	Env   Env    // columns
	Funcs []Func // functions, see package funcs
	// Lets are the user's own names. They are looked up before columns. A name
	// whose own text does not compile is present with a nil program.
	Lets map[string]*Program
}

// Program is one compiled expression. It never changes and may be shared.
type Program struct {
	text string
	root *node
	lets []string
}

// Compile checks an expression and makes it ready for evaluation. On failure
// the program is nil and the errors are all mistakes found, in order of
// position; on success they are nil.
func (s Scope) Compile(text string) (*Program, Errors) {
	c := &compiler{scope: s, text: text, spans: map[ast.Node]span{}, done: map[ast.Node]*node{}, lets: map[string]bool{}}
	root := c.compile()
	if len(c.errs) > 0 {
		return nil, c.errs.sorted()
	}
	p := &Program{text: text, root: root}
	for name := range c.lets {
		p.lets = append(p.lets, name)
	}
	slices.Sort(p.lets)
	return p, nil
}

// Text returns the text that was compiled.
func (p *Program) Text() string { return p.text }

// Kind returns the kind of the value.
func (p *Program) Kind() Kind { return p.root.kind }

// Unit returns the unit of the value, if it is a number.
func (p *Program) Unit() Unit { return p.root.unit }

// Key returns a canonical form with lets expanded: programs with equal keys
// have equal values on every table.
func (p *Program) Key() string { return p.root.key }

// Refs returns the planes of columns that are read to evaluate the program at
// the anchor, lets expanded, sorted and unique.
func (p *Program) Refs() []Ref { return p.root.planes() }

// UsesPeers reports whether values depend on the rows of other companies.
func (p *Program) UsesPeers() bool { return p.root.peers }

// Cost grows with the work that a row takes, roughly: planes read, and more where
// peers are compared.
func (p *Program) Cost() int {
	if p.root.peers {
		return 1000 + len(p.root.refs)
	}
	return len(p.root.refs)
}

// UsesLets lists the lets that the text itself names, sorted.
func (p *Program) UsesLets() []string { return slices.Clone(p.lets) }

// Expect returns an error that spans the text if the program is not of the
// kind that its place needs, else nil.
func (p *Program) Expect(kind Kind) *Error {
	if p.root.kind == kind {
		return nil
	}
	return &Error{From: 0, To: len(p.text), Code: codeKind, Hint: kindHint(p.root, kind),
		Msg: fmt.Sprintf("this is %s where %s is expected", withArticle(p.root.kind), withArticle(kind))}
}

// compiler turns one text into a program, collecting mistakes as it goes.
type compiler struct {
	scope Scope
	text  string
	toks  []token
	at    map[int]int // offset in the rewritten text -> token
	spans map[ast.Node]span
	done  map[ast.Node]*node // chained comparisons share a node
	lets  map[string]bool
	errs  Errors
}

func (c *compiler) compile() *node {
	if len(c.text) > maxText {
		c.fail(0, len(c.text), codeLimit, "give parts of it names under let:", "the expression is longer than %d bytes", maxText)
		return nil
	}
	c.scan()
	if len(c.toks) == 0 {
		if len(c.errs) == 0 {
			c.syntax(0, len(c.text), "write a condition, such as roe > 10%", "the expression is empty")
		}
		return nil
	}
	if !c.balanced() {
		c.names(0, len(c.toks))
		return nil
	}
	c.mendLists()
	told := len(c.errs)
	if tree := c.parse(0, len(c.toks)); tree != nil {
		return c.node(tree)
	}
	c.recover(told)
	return nil
}

// fail records a mistake, unless there are very many. It returns nil, the node of
// a sub-expression whose mistakes have been told.
func (c *compiler) fail(from, to int, code, hint, format string, args ...any) *node {
	if len(c.errs) >= maxErrors {
		return nil
	}
	c.errs = append(c.errs, &Error{From: from, To: to, Code: code, Msg: short(fmt.Sprintf(format, args...)), Hint: short(hint)})
	return nil
}

// failAt is fail for the span of a sub-expression.
func (c *compiler) failAt(n ast.Node, code, hint, format string, args ...any) *node {
	from, to := c.bytes(c.span(n))
	return c.fail(from, to, code, hint, format, args...)
}
