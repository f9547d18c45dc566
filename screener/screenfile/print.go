package screenfile

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// printer writes a tree in canonical form.
type printer struct {
	src      *source
	comments *attached
	exploded map[*node]bool
	lines    []printed
}

// printed is a line. Values of neighbours are aligned where a line has one.
type printed struct {
	text    string
	value   string // of a line that is aligned: what stands behind the key
	comment string
}

func (p *printer) print(root *node) string {
	p.block(root, "", 0, 0)
	p.remarksAt(p.comments.tail[root], 0)
	p.align()
	var b strings.Builder
	for _, l := range p.lines {
		b.WriteString(strings.TrimRight(l.text, " ") + "\n")
	}
	return strings.TrimLeft(b.String(), "\n")
}

func (p *printer) line(indent int, text, comment string) {
	p.lines = append(p.lines, printed{text: strings.Repeat(" ", indent) + text, comment: comment})
}

func (p *printer) gapLine() {
	if n := len(p.lines); n > 0 && p.lines[n-1].text != "" {
		p.lines = append(p.lines, printed{})
	}
}

// remarksAt writes comments, each on a line of its own.
func (p *printer) remarksAt(texts []string, indent int) {
	for _, t := range texts {
		if t == "" {
			p.gapLine()
			continue
		}
		p.line(indent, t, "")
	}
}

// before writes what stands above an entry. Blank lines at the top of a block go.
func (p *printer) before(of *node, indent int, first bool) {
	lead := p.comments.lead[of]
	for first && len(p.lines) > 0 && len(lead) > 0 && lead[0] == "" {
		lead = lead[1:]
	}
	p.remarksAt(lead, indent)
}

// block writes the pairs of a block. The first stands on the line that is there
// already where glued is above 0: behind a dash.
func (p *printer) block(n *node, path string, indent, glued int) {
	if path == "" {
		p.head(n)
	}
	long := false
	for i, pr := range ordered(n, path) {
		if i > 0 || glued == 0 {
			if path == "" && i > 0 && (long || p.large(pr, path)) {
				p.gapLine()
			}
			p.before(pr.key, indent, i == 0)
		}
		start := len(p.lines)
		p.pair(n, pr, path, indent, i == 0 && glued > 0)
		long = len(p.lines) > start+1
	}
	if path != "" {
		p.remarksAt(p.comments.tail[n], indent)
	}
}

// head moves comments that a blank line parts from the first key to the top of
// the file, where they stay when keys change places.
func (p *printer) head(root *node) {
	first := root.pairs[0].key
	lead := p.comments.lead[first]
	for i, text := range slices.Backward(lead) {
		if text == "" {
			p.remarksAt(lead[:i], 0)
			if len(p.lines) > 0 {
				p.gapLine()
			}
			p.comments.lead[first] = lead[i+1:]
			return
		}
	}
}

// large reports whether a key of the screen takes more than a line.
func (p *printer) large(pr pair, path string) bool {
	q := &printer{src: p.src, comments: p.comments, exploded: p.exploded}
	q.pair(nil, pr, path, 0, false)
	return len(q.lines) > 1
}

func (p *printer) pair(in *node, pr pair, path string, indent int, glued bool) {
	key, value := p.key(pr.key)+":", pr.value
	below := inner(path, pr.key.text)
	comment := p.comments.trail[pr.key]
	put := func(text string) {
		if glued { // behind the dash that is there
			last := &p.lines[len(p.lines)-1]
			last.text += text
			last.comment = comment
			return
		}
		p.line(indent, text, comment)
	}
	switch {
	case value.kind == none:
		if value.isNull {
			key += " null"
		}
		put(key)
	case value.kind == scalar:
		p.scalarPair(value, key, below, indent, put)
		if slices.Contains(aligned, path) && !glued {
			p.alignable(key)
		}
	case p.flowing(value, path, below):
		put(key + " " + p.flow(value, below))
	case value.kind == list:
		put(key)
		p.list(value, below, indent+2)
	default:
		put(key)
		p.block(value, below, indent+2, 0)
	}
}

// alignable notes that the line just written, if it is one of key and value, is
// to be aligned.
func (p *printer) alignable(key string) {
	last := &p.lines[len(p.lines)-1]
	rest, ok := strings.CutPrefix(strings.TrimLeft(last.text, " "), key+" ")
	if !ok || rest == "|" || rest == ">" {
		return
	}
	last.value = rest
	last.text = strings.TrimSuffix(last.text, " "+rest)
}

// key writes a key as it stands, without quotes that it does not need.
func (p *printer) key(n *node) string {
	if identifier().MatchString(n.text) || companyName().MatchString(n.text) && n.style == plain {
		return n.text
	}
	return p.src.text[n.from:n.to]
}

func (p *printer) list(n *node, path string, indent int) {
	for i, item := range n.items {
		p.before(item, indent, i == 0)
		comment := p.comments.trail[item]
		switch {
		case item.kind == scalar:
			p.scalarPair(item, "-", path, indent, func(text string) { p.line(indent, text, comment) })
		case item.kind == none:
			p.line(indent, "- null", comment)
		case p.flowing(item, path, path):
			p.line(indent, "- "+p.flow(item, path), comment)
		case item.kind == mapping:
			p.line(indent, "- ", comment)
			p.remarksOf(ordered(item, path)[0].key)
			p.block(item, path, indent+2, 1)
		default:
			p.line(indent, "-", comment)
			p.list(item, path, indent+2)
		}
	}
	p.remarksAt(p.comments.tail[n], indent)
}

// remarksOf puts what stands above the first key of an element above its dash.
func (p *printer) remarksOf(key *node) {
	lead := slices.DeleteFunc(slices.Clone(p.comments.lead[key]), func(s string) bool { return s == "" })
	if len(lead) == 0 {
		return
	}
	dash := p.lines[len(p.lines)-1]
	p.lines = p.lines[:len(p.lines)-1]
	p.remarksAt(lead, len(dash.text)-2)
	p.lines = append(p.lines, dash)
}

// flowing reports whether a list or block stays in brackets.
func (p *printer) flowing(n *node, path, below string) bool {
	if !n.flow || p.exploded[n] || slices.Contains([]string{".let", ".pass", ".flag", ".columns", ".test", ".rank.ties"}, below) || path == ".columns" {
		return false
	}
	return p.simple(n) && utf8.RuneCountInString(p.flow(n, below)) <= widestLine-20
}

// simple reports whether brackets hold only scalars, nulls and lists of them.
func (p *printer) simple(n *node) bool {
	for _, i := range n.items {
		if i.kind != scalar && i.kind != none && (!i.flow || !p.simple(i)) {
			return false
		}
	}
	for _, pr := range n.pairs {
		if pr.value.kind != scalar && pr.value.kind != none && (!pr.value.flow || !p.simple(pr.value)) {
			return false
		}
	}
	return true
}

func (p *printer) flow(n *node, path string) string {
	var parts []string
	switch n.kind {
	case none:
		return "null"
	case scalar:
		return p.inFlow(n)
	case list:
		for _, i := range n.items {
			parts = append(parts, p.flow(i, path))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	for _, pr := range ordered(n, path) {
		parts = append(parts, p.key(pr.key)+": "+p.flow(pr.value, inner(path, pr.key.text)))
	}
	if len(parts) == 0 {
		return "{}"
	}
	return "{ " + strings.Join(parts, ", ") + " }"
}

// widestKey is how wide a key may be for the values beside it to be set below its
// own.
const widestKey = 30

// align sets the values of neighbours below each other, and their comments. A
// blank line or a line of another kind begins anew.
func (p *printer) align() {
	p.runs(func(l printed) bool { return l.value != "" }, func(run []*printed) {
		width := 0
		for _, l := range run {
			if n := utf8.RuneCountInString(l.text); n <= widestKey {
				width = max(width, n)
			}
		}
		for _, l := range run {
			l.text += strings.Repeat(" ", max(0, width-utf8.RuneCountInString(l.text))) + " " + l.value
		}
	})
	run := []*printed{}
	flush := func() {
		width := 0
		for _, l := range run {
			width = max(width, utf8.RuneCountInString(l.text))
		}
		for _, l := range run {
			l.text += strings.Repeat(" ", width+2-utf8.RuneCountInString(l.text)) + l.comment
		}
		run = run[:0]
	}
	for i := range p.lines {
		if p.lines[i].comment == "" {
			flush()
			continue
		}
		if len(run) > 0 && indentOf(run[0].text) != indentOf(p.lines[i].text) {
			flush()
		}
		run = append(run, &p.lines[i])
	}
	flush()
}

var ownComment = pattern(`^ *#`)

// runs calls f for each run of lines of a kind. Comments do not end a run.
func (p *printer) runs(is func(printed) bool, f func([]*printed)) {
	var run []*printed
	for i := range p.lines {
		l := &p.lines[i]
		switch {
		case is(*l):
			run = append(run, l)
		case !ownComment().MatchString(l.text):
			f(run)
			run = nil
		}
	}
	f(run)
}
