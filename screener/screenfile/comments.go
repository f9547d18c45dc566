package screenfile

import (
	"slices"
	"strings"
)

// remark is a comment of a file.
type remark struct {
	line, col int // from 1, in bytes
	text      string
	own       bool // it has its line to itself
}

// entrance is where an entry of a block or a list begins and ends in the file.
type entrance struct {
	of        *node // the key of a pair, or an element of a list
	line, end int
	col       int
	in        []*node // the blocks and lists around it, outermost first
	cols      []int   // the columns of their entries
}

// attached are the comments of a file by what they belong to.
type attached struct {
	lead  map[*node][]string // before an entry; "" is a blank line
	trail map[*node]string   // behind it
	tail  map[*node][]string // at the end of a block
	all   []remark
}

// findComments finds the comments and what they belong to: one on a line of its
// own to the entry below it, or, where it is set in further, to the end of the
// block above it.
func (p *printer) findComments(root *node) *attached {
	p.exploded = map[*node]bool{}
	out := &attached{lead: map[*node][]string{}, trail: map[*node]string{}, tail: map[*node][]string{}, all: p.remarks(root)}
	p.explode(root, out.all)
	entries := p.entrances(root, nil, nil)
	byLine := map[int]remark{}
	for _, c := range out.all {
		byLine[c.line] = c
		if c.own {
			continue
		}
		for _, e := range slices.Backward(entries) {
			if e.line <= c.line {
				out.trail[e.of] = c.text
				break
			}
		}
	}
	line := 1
	for i, e := range entries {
		var before *entrance
		if i > 0 {
			before = &entries[i-1]
		}
		p.gap(out, byLine, line, e.line-1, before, &entries[i])
		line = max(line, e.end+1)
	}
	if len(entries) > 0 {
		p.gap(out, byLine, line, len(p.src.lines), &entries[len(entries)-1], nil)
	}
	return out
}

// gap hands out the comments and blank lines between two entries.
func (p *printer) gap(out *attached, byLine map[int]remark, from, to int, before, next *entrance) {
	var lead []string
	var block *node
	for n := from; n <= to; n++ {
		text := strings.TrimSpace(p.src.line(n))
		c, isComment := byLine[n]
		switch {
		case text == "":
			lead = append(lead, "")
			continue
		case !isComment || !c.own:
			continue
		}
		if at := tailOf(c.col, before, next); at != nil && len(strings.Join(lead, "")) == 0 {
			if block == at && len(lead) > 0 {
				out.tail[at] = append(out.tail[at], "")
			}
			block, lead = at, nil
			out.tail[at] = append(out.tail[at], c.text)
			continue
		}
		lead = append(lead, c.text)
	}
	if next != nil {
		out.lead[next.of] = append(out.lead[next.of], lead...)
	}
}

// tailOf returns the block that a comment in some column ends, or nil if it
// belongs to the entry below.
func tailOf(col int, before, next *entrance) *node {
	if before == nil || next != nil && col <= next.col {
		return nil
	}
	if i := slices.Index(before.cols, col); i >= 0 && (next == nil || col > next.col) {
		return before.in[i]
	}
	for i, in := range slices.Backward(before.in) {
		if before.cols[i] <= col && (next == nil || before.cols[i] > next.col) {
			return in
		}
	}
	if next == nil {
		return before.in[0]
	}
	return nil
}

// said lists the texts of comments, sorted.
func (p *printer) said(a *attached) (texts []string) {
	for _, c := range a.all {
		texts = append(texts, c.text)
	}
	slices.Sort(texts)
	return texts
}

// remarks finds every # that begins a comment: it stands at the beginning of a
// line or after a blank, and in no scalar.
func (p *printer) remarks(root *node) (out []remark) {
	var spans [][2]int
	var walk func(*node)
	walk = func(n *node) {
		if n.kind == scalar {
			from := n.from
			if n.style == block {
				line, _ := p.src.position(n.from)
				from = p.src.end(line)
			}
			spans = append(spans, [2]int{from, n.to})
		}
		for _, i := range n.items {
			walk(i)
		}
		for _, pr := range n.pairs {
			walk(pr.key)
			walk(pr.value)
		}
	}
	walk(root)
	for i := 1; i <= len(p.src.lines); i++ {
		text, start := p.src.line(i), p.src.lines[i-1]
		for at := range len(text) {
			inside := slices.ContainsFunc(spans, func(s [2]int) bool { return start+at >= s[0] && start+at < s[1] })
			if text[at] != '#' || at > 0 && !blank(text[at-1]) || inside {
				continue
			}
			out = append(out, remark{i, at + 1, strings.TrimRight(text[at:], " \t"), strings.TrimSpace(text[:at]) == ""})
			break
		}
	}
	return out
}

// entrances lists the entries of blocks and lists in file order. What stands in
// brackets on one line is part of its entry.
func (p *printer) entrances(n *node, in []*node, cols []int) (out []entrance) {
	if n.flow && !p.exploded[n] {
		return nil
	}
	add := func(of, value *node, dash bool) {
		line, col := p.src.position(of.from)
		if dash {
			if i := strings.LastIndexByte(p.src.text[p.src.lines[line-1]:of.from], '-'); i >= 0 {
				col = i + 1
			}
		}
		end, _ := p.src.position(max(of.to, p.last(value)))
		inside, places := append(slices.Clone(in), n), append(slices.Clone(cols), col)
		if value.kind == scalar || value.kind == none || value.flow && !p.exploded[value] {
			out = append(out, entrance{of, line, end, col, inside, places})
			return
		}
		out = append(out, entrance{of, line, line, col, inside, places})
		out = append(out, p.entrances(value, inside, places)...)
	}
	for _, item := range n.items {
		add(item, item, true)
	}
	for _, pr := range n.pairs {
		add(pr.key, pr.value, false)
	}
	return out
}

// last returns the offset of the last character that belongs to a value.
func (p *printer) last(n *node) int {
	switch n.kind {
	case none:
		return n.from
	case scalar:
		to := n.to
		for to > n.from && blank(p.src.text[to-1]) {
			to--
		}
		return to
	}
	to := n.from
	for _, i := range n.items {
		to = max(to, p.last(i))
	}
	for _, pr := range n.pairs {
		to = max(to, pr.key.to, p.last(pr.value))
	}
	if n.flow {
		if i := strings.IndexAny(p.src.text[to:], "]}"); i >= 0 {
			to += i + 1
		}
	}
	return to
}

// explode notes lists and blocks in brackets that have comments within: they
// are written a line for each entry.
func (p *printer) explode(n *node, all []remark) {
	if n.flow {
		from, _ := p.src.position(n.from)
		to, _ := p.src.position(p.last(n))
		p.exploded[n] = slices.ContainsFunc(all, func(c remark) bool { return c.line >= from && c.line < to })
	}
	for _, i := range n.items {
		p.explode(i, all)
	}
	for _, pr := range n.pairs {
		p.explode(pr.value, all)
	}
}
