package screenfile

import (
	"fmt"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// kind is the shape of a node.
type kind uint8

const (
	none kind = iota // no value, or null
	scalar
	list
	mapping
)

// node is what YAML says at one place, with the place.
type node struct {
	src      *source
	kind     kind
	from, to int // where it stands; for a list or a block, its first character
	flow     bool

	text   string // scalar: its value
	style  style
	at     []int // scalar: for each byte of text and its end, its place
	isNull bool  // none: written as null or ~

	items []*node // list
	pairs []pair  // block, in file order
	// removed are names of the extended screen that this block takes out.
	removed []string
	// broken is set when what is wrong with the node has been reported and
	// nothing more should be said of it.
	broken bool
	// raw is set when the way in which the scalar stands in the file has been
	// reported; an expression it holds is still checked.
	raw bool
	// split is set when a comma has been reported that splits an expression in
	// this list or block.
	split bool
	// lost is set when a key of this block has been reported as unreadable.
	lost bool
}

type pair struct{ key, value *node }

// tree turns goccy's tree into ours, reporting what screens do not use and
// YAML's silent traps.
func (r *reader) tree(n ast.Node) *node {
	out := r.branch(n)
	out.src = r.src
	return out
}

func (r *reader) branch(n ast.Node) *node {
	switch n := n.(type) {
	case nil:
		return &node{}
	case *ast.MappingNode:
		return r.mapping(n, n.Values, n.IsFlowStyle)
	case *ast.MappingValueNode:
		return r.mapping(n, []*ast.MappingValueNode{n}, n.IsFlowStyle)
	case *ast.SequenceNode:
		out := &node{kind: list, from: r.start(n.GetToken()), flow: n.IsFlowStyle}
		out.to = out.from + 1
		for _, v := range n.Values {
			out.items = append(out.items, r.tree(v))
		}
		if out.flow {
			r.splitList(out)
		}
		return out
	case *ast.LiteralNode:
		return r.literal(n)
	case *ast.NullNode:
		tk := n.GetToken()
		from := r.start(tk)
		return &node{from: from, to: from + 1, isNull: tk.Type == token.NullType}
	case *ast.TagNode, *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode, *ast.MappingKeyNode:
		return r.refuse(n)
	case ast.ScalarNode:
		return r.scalar(n.GetToken())
	}
	return r.refuse(n)
}

func (r *reader) start(tk *token.Token) int {
	return r.mended.offset(tk.Position.Line, tk.Position.Column)
}

// scalar makes a node of a plain or quoted scalar. Numbers and booleans keep
// the text that the file has.
func (r *reader) scalar(tk *token.Token) *node {
	st := plain
	switch tk.Type {
	case token.SingleQuoteType:
		st = single
	case token.DoubleQuoteType:
		st = double
	}
	start := r.start(tk)
	if n, masked := r.mended.nodes[start]; masked {
		if n == nil {
			n = &node{kind: scalar, from: start, to: start + 1, broken: true, at: []int{start}}
		}
		return n
	}
	if st == plain {
		start = r.src.begin(start, tk.Value)
	}
	return r.text(start, tk.Value, st)
}

func (r *reader) text(start int, value string, st style) *node {
	n := &node{src: r.src, kind: scalar, text: value, style: st, at: align(r.src.text, start, value, st)}
	n.from, n.to = start, n.at[len(value)]
	if st == single || st == double {
		n.to++
	}
	return n
}

// literal makes a node of a block scalar. Its value stands on the lines below
// the header: goccy's own position of it cannot be used.
func (r *reader) literal(n *ast.LiteralNode) *node {
	header := r.start(n.Start)
	line, _ := r.src.position(header)
	body := r.src.offset(line+1, 1)
	out := r.text(body, n.Value.Value, block)
	out.from = header
	return out
}

func (r *reader) mapping(n ast.Node, values []*ast.MappingValueNode, flow bool) *node {
	out := &node{kind: mapping, flow: flow, from: r.start(n.GetToken())}
	for _, v := range values {
		key := r.tree(v.Key)
		if key.kind != scalar && !key.broken {
			r.report(r.src.problem(key.from, key.to, codeShape, "a key must be one name", ""))
			key.broken = true
		}
		out.lost = out.lost || key.broken
		out.pairs = append(out.pairs, pair{key, r.tree(v.Value)})
	}
	if len(out.pairs) > 0 && !flow {
		out.from = out.pairs[0].key.from
	}
	out.to = out.from + 1
	if flow {
		r.splitBlock(out)
	}
	return out
}

// refuse reports a feature of YAML that screens do not use.
func (r *reader) refuse(n ast.Node) *node {
	out := &node{kind: scalar, at: []int{0}, broken: true}
	tk := n.GetToken()
	if tk == nil {
		return out
	}
	out.from = r.start(tk)
	out.to = out.from + max(1, len(tk.Value))
	switch n := n.(type) {
	case *ast.TagNode:
		r.report(r.src.problem(out.from, out.to, codeTag, fmt.Sprintf("YAML takes %s for a tag and drops it", tk.Value),
			"write `not (...)` instead of !, or quote the expression, or write it below |"))
	case *ast.AnchorNode:
		r.report(r.src.problem(out.from, out.to, codeFeature, "screens have no anchors (&)", "write the value where it is needed, or name an expression under let:"))
	case *ast.AliasNode:
		r.report(r.src.problem(out.from, out.to, codeFeature, "screens have no aliases (*)", "write the value again, or name an expression under let:"))
	case *ast.MergeKeyNode:
		r.report(r.src.problem(out.from, out.to, codeFeature, "screens have no merges (<<)", "write the lines again"))
	case *ast.MappingKeyNode:
		r.report(r.src.problem(out.from, out.to, codeFeature, "screens have no keys with ?", "write `name: expression`"))
	default:
		r.report(r.src.problem(out.from, out.to, codeFeature, "screens do not use this feature of YAML ("+n.Type().String()+")", ""))
	}
	return out
}
