package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
)

// node is one typed sub-expression. Nodes are shared between programs through
// lets, so they make a directed graph without cycles; they never change once
// made.
type node struct {
	op   string // the Op of its Trace
	name string // column, function or let
	text string // as the user wrote it
	kind Kind
	unit Unit
	args []*node

	bare   bool     // made of literals without a unit: takes the unit of its neighbour
	values []string // Text: the closed list of values, if any
	f      float64  // literal: number, boolean or date
	s      string   // literal text; of "matches" and the like, what to look for
	list   []*node  // "in": the literals
	mended bool     // literal: a slip in it has been told, and its value is a guess

	fn     *Func // "call", with what follows
	window window
	consts []float64 // whole and share arguments
	reason Reason
	group  *node

	key   string
	depth int
	refs  []ref
	fixed bool // every plane of it is the same
	peers bool
}

// window is a run of points in the past.
type window struct{ points, step int }

func (w window) String() string {
	if w.step == 4 {
		return strconv.Itoa(w.points) + "y"
	}
	return strconv.Itoa(w.points) + "q"
}

// lags returns how many quarters back each point of the function lies.
func (n *node) lags() []int {
	w := n.window
	switch n.fn.Body.(type) {
	case Past:
		return []int{w.points * w.step}
	case Ends:
		return []int{0, w.points * w.step}
	}
	lags := make([]int, w.points)
	for i := range lags {
		lags[i] = i * w.step
	}
	return lags
}

// history reports whether the node is a call that reads points in the past.
func (n *node) history() bool { return n.op == "call" && n.window.step > 0 }

// moves reports whether the value is that of another node, be it on another
// plane.
func (n *node) moves() bool {
	if n.op != "call" {
		return n.op == "let"
	}
	switch n.fn.Body.(type) {
	case Past, OnBasis:
		return true
	}
	return false
}

// finish derives what follows from the parts of a node.
func (n *node) finish() {
	n.fixed = true
	for _, a := range n.parts() {
		n.depth = max(n.depth, a.depth+1)
		n.fixed = n.fixed && a.fixed
		n.peers = n.peers || a.peers
	}
	if n.op == "call" {
		switch n.fn.Body.(type) {
		case Peers, Places, Group:
			n.peers = true
		}
	}
	n.refs = n.findRefs()
	n.key = n.findKey()
}

// parts lists all nodes that the value is made of.
func (n *node) parts() []*node {
	if n.group == nil {
		return n.args
	}
	return append(n.args[:len(n.args):len(n.args)], n.group)
}

// findKey writes the node in a canonical form. Long keys are replaced by their
// hash, so that lets of lets stay cheap.
func (n *node) findKey() string {
	var b strings.Builder
	switch n.op {
	case "literal":
		if n.kind == Text {
			return strconv.Quote(n.s)
		}
		return n.kind.String()[:1] + "=" + strconv.FormatFloat(n.f, 'g', -1, 64)
	case "column":
		return n.name
	case "let":
		return n.args[0].key
	}
	b.WriteString("(" + n.op)
	if n.op == "call" {
		b.WriteString(" " + n.name)
	}
	for _, p := range n.parts() {
		b.WriteString(" " + p.key)
	}
	for _, item := range n.list {
		b.WriteString(" " + item.key)
	}
	if n.history() {
		b.WriteString(" " + n.window.String())
	}
	for _, f := range n.consts {
		b.WriteString(" #" + strconv.FormatFloat(f, 'g', -1, 64))
	}
	if n.reason != Known {
		b.WriteString(" ?" + n.reason.String())
	}
	b.WriteString(")")
	if b.Len() <= 200 {
		return b.String()
	}
	sum := sha256.Sum256([]byte(b.String()))
	return "#" + hex.EncodeToString(sum[:])
}

// finishColumn is finish for a column, which knows by itself whether it is
// fixed.
func (n *node) finishColumn() {
	n.refs, n.key = n.findRefs(), n.findKey()
}
