package rules

// Tree is a view of one sub-expression of a program, for those who look for what
// is hardly meant. It shows, and changes nothing.
type Tree struct{ n *node }

// Tree returns the whole expression.
func (p *Program) Tree() Tree { return Tree{p.root} }

// Op returns what the [Trace] of the sub-expression has as its Op.
func (t Tree) Op() string { return t.n.op }

// Name returns the column, function or let.
func (t Tree) Name() string { return t.n.name }

// Text returns the sub-expression as the user wrote it.
func (t Tree) Text() string { return t.n.text }

// Key returns a canonical form, as [Program.Key] does.
func (t Tree) Key() string { return t.n.key }

// Kind returns the kind of the value.
func (t Tree) Kind() Kind { return t.n.kind }

// Unit returns the unit of the value, if it is a number.
func (t Tree) Unit() Unit { return t.n.unit }

// Bare reports whether it is made of literals without a unit.
func (t Tree) Bare() bool { return t.n.bare }

// Args returns the parts of the sub-expression; a let has one, its expression.
func (t Tree) Args() []Tree { return views(t.n.parts()) }

// Among returns the literals of an "in".
func (t Tree) Among() []Tree { return views(t.n.list) }

// Points returns over how many points a history function goes; 0 for all else.
func (t Tree) Points() int {
	if !t.n.history() {
		return 0
	}
	return len(t.n.lags())
}

// Literal returns the number, date, boolean or text of a literal; ok is false of
// all else.
func (t Tree) Literal() (f float64, s string, ok bool) { return t.n.f, t.n.s, t.n.op == "literal" }

func views(nodes []*node) []Tree {
	out := make([]Tree, len(nodes))
	for i, n := range nodes {
		out[i] = Tree{n}
	}
	return out
}

// WordKind tells the words of a text apart.
type WordKind uint8

// The kinds of words.
const (
	NameWord WordKind = iota
	NumberWord
	TextWord
	OperatorWord // operators, brackets, commas and the words of the language
)

// Word is one word of an expression: its kind, and its place in the text.
type Word struct {
	Kind     WordKind
	From, To int
}

// Words splits the text of an expression into its words; comments are none. ok
// is false where the text has a mistake that a scan sees.
func Words(text string) (words []Word, ok bool) {
	c := &compiler{text: text}
	if len(text) > maxText {
		return nil, false
	}
	c.scan()
	ok = len(c.errs) == 0
	for _, t := range c.toks {
		words = append(words, Word{map[tokenKind]WordKind{tokName: NameWord, tokNumber: NumberWord, tokText: TextWord, tokOp: OperatorWord}[t.kind], t.from, t.to})
	}
	return words, ok
}
