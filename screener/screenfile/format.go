package screenfile

import (
	"fmt"
	"slices"
	"strings"

	"assay/rules"
)

// Format writes a screen file, or one of tests, in the one canonical way: keys
// in their usual order, blocks set in by two blanks, expressions spaced alike
// and named ones aligned, long ones below |, quotes where YAML needs them.
// Comments and the order of names stay. What comes out reads as what went in:
// the text is read again, and an error returned should that not hold. A file
// with mistakes is not formatted.
func (l Language) Format(file string, text []byte) ([]byte, Problems, error) {
	if !IsSuite(file, text) {
		if _, problems := l.Parse(file, text); len(problems) > 0 {
			return nil, problems, nil
		}
	}
	r := l.reader(file, text)
	root := r.parse()
	if root == nil || len(r.problems) > 0 || root.kind != mapping {
		return nil, r.sorted(), nil
	}
	p := &printer{src: r.src}
	p.comments = p.findComments(root)
	out := p.print(root)
	again := l.reader(file, []byte(out))
	tree := again.parse()
	if tree == nil || len(again.problems) > 0 || !alike(root, tree, "") {
		return nil, nil, fmt.Errorf("%s: it cannot be formatted without a change of what it says; it stays as it is", file)
	}
	q := &printer{src: again.src}
	if !slices.Equal(p.said(p.comments), q.said(q.findComments(tree))) {
		return nil, nil, fmt.Errorf("%s: it cannot be formatted without the loss of a comment; it stays as it is", file)
	}
	return []byte(out), nil, nil
}

// widest is how long a line may be before an expression is broken.
const widestLine = 100

// canonical is the order of the keys of a block, by its path. Other blocks keep
// their order.
var canonical = map[string][]string{
	"":          screenKeys,
	".rank":     {"by", "over", "limit", "ties"},
	".stale":    {"statement", "price"},
	".schedule": scheduleKeys,
	".test":     testKeys,
}

// aligned are blocks whose values stand below each other.
var aligned = []string{".let", ".pass", ".keep", ".flag"}

// isExpression reports whether the scalar at a path is an expression.
func isExpression(path string) bool {
	switch path {
	case ".universe", ".rank.by", ".rank.ties", ".columns", ".columns.*", ".let.*", ".pass.*", ".keep.*", ".flag.*":
		return true
	}
	return false
}

// inner returns the path of a value below a key.
func inner(path, key string) string {
	switch path {
	case ".let", ".pass", ".keep", ".flag", ".missing", ".columns":
		return path + ".*"
	}
	return path + "." + key
}

// alike reports whether two trees say the same, whatever the order of keys whose
// order is canonical and the blanks of expressions.
func alike(a, b *node, path string) bool {
	if a.kind != b.kind || a.isNull != b.isNull || len(a.pairs) != len(b.pairs) || len(a.items) != len(b.items) {
		return false
	}
	if a.kind == scalar {
		if isExpression(path) {
			return slices.Equal(wordsOf(a.text), wordsOf(b.text))
		}
		return strings.Join(strings.Fields(a.text), " ") == strings.Join(strings.Fields(b.text), " ")
	}
	for i := range a.items {
		if !alike(a.items[i], b.items[i], path) {
			return false
		}
	}
	x, y := ordered(a, path), ordered(b, path)
	for i := range x {
		key := x[i].key.text
		if key != y[i].key.text || !alike(x[i].value, y[i].value, inner(path, key)) {
			return false
		}
	}
	return true
}

// wordsOf returns the words of an expression, or the text as it is where it has
// a mistake.
func wordsOf(text string) []string {
	words, ok := rules.Words(text)
	if !ok {
		return []string{text}
	}
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = text[w.From:w.To]
	}
	return out
}

// ordered returns the pairs of a block in canonical order.
func ordered(n *node, path string) []pair {
	keys := canonical[path]
	out := slices.Clone(n.pairs)
	if keys == nil {
		return out
	}
	place := func(p pair) int {
		if i := slices.Index(keys, p.key.text); i >= 0 {
			return i
		}
		return len(keys)
	}
	slices.SortStableFunc(out, func(a, b pair) int { return place(a) - place(b) })
	return out
}
