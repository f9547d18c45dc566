package screenfile

import (
	"slices"
	"strings"
	"unicode/utf8"

	"assay/rules"
)

// scalarPair writes a scalar behind a key or a dash, or below it where it is
// long or has lines of its own.
func (p *printer) scalarPair(n *node, key, path string, indent int, put func(string)) {
	lines, mark := p.textLines(n, indent+len(key)+1)
	if isExpression(path) {
		lines, mark = p.expressionLines(n, indent+len(key)+1)
	}
	if mark == "" {
		put(key + " " + lines[0])
		return
	}
	put(key + " " + mark)
	for _, l := range lines {
		p.line(indent+2, l, "")
	}
}

// textLines returns the lines of a scalar that is no expression: as it stands
// where that is one line, folded where it has several.
func (p *printer) textLines(n *node, taken int) (lines []string, mark string) {
	raw := p.src.text[n.from:n.to]
	if n.style != block && !strings.Contains(raw, "\n") {
		return []string{raw}, ""
	}
	text := strings.Join(strings.Fields(n.text), " ")
	if one, ok := quotedAsNeeded(text, false); ok && taken+utf8.RuneCountInString(one) <= widestLine {
		return []string{one}, ""
	}
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > widestLine-taken/2 {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimLeft(line+" "+word, " ")
	}
	return append(lines, line), ">"
}

// inFlow writes a scalar within brackets.
func (p *printer) inFlow(n *node) string {
	if raw := p.src.text[n.from:n.to]; !strings.Contains(raw, "\n") {
		return raw
	}
	one, _ := quotedAsNeeded(strings.Join(strings.Fields(n.text), " "), true)
	return one
}

// expressionLines returns the lines of an expression, spaced canonically: one
// where it fits, the user's own where he broke it, or else broken before the
// operators that bind least. The mark is that of the block below which they stand,
// "" for one line behind its key.
func (p *printer) expressionLines(n *node, taken int) (lines []string, mark string) {
	lines = p.rawLines(n)
	whole := strings.Join(lines, "\n")
	words, ok := rules.Words(whole)
	if !ok || strings.Contains(gaps(whole, words), "//") || slices.ContainsFunc(words, func(w rules.Word) bool { return strings.Contains(whole[w.From:w.To], "\n") }) {
		return lines, "|" // comments and texts of several lines stay as they are
	}
	lines = strings.Split(respaced(whole, words), "\n")
	if len(lines) > 1 {
		if joined := spaced(whole, words); n.style != block && taken+utf8.RuneCountInString(joined) <= widestLine {
			lines = []string{joined}
		} else {
			return lines, "|"
		}
	}
	one, plainly := quotedAsNeeded(lines[0], false)
	if n.style == block && one != lines[0] {
		return lines, "|"
	}
	if taken+utf8.RuneCountInString(one) <= widestLine && plainly {
		return []string{one}, ""
	}
	if parts := broken(lines[0]); len(parts) > 1 {
		return parts, "|"
	}
	return []string{one}, ""
}

// rawLines returns the lines of an expression as the user wrote them, less what
// sets them in.
func (p *printer) rawLines(n *node) (lines []string) {
	raw := strings.Trim(n.text, " \t\n")
	switch n.style {
	case plain:
		raw = p.src.text[n.from:n.to]
	case block:
		raw = strings.Trim(n.text, "\n")
	default:
		if joined := strings.Join(strings.Fields(raw), " "); slices.Equal(wordsOf(joined), wordsOf(raw)) {
			raw = joined
		}
	}
	for line := range strings.Lines(raw) {
		if strings.TrimSpace(line) != "" {
			lines = append(lines, strings.TrimRight(line, " \t\n"))
		}
	}
	return dedented(lines, n.style != block)
}

// dedented takes the blanks off that all lines begin with; the first line, and
// all if asked, begin without any.
func dedented(lines []string, all bool) []string {
	least := -1
	for _, l := range lines {
		if in := len(l) - len(strings.TrimLeft(l, " \t")); least < 0 || in < least {
			least = in
		}
	}
	out := make([]string, len(lines))
	for i, l := range lines {
		if all || i == 0 {
			out[i] = strings.TrimLeft(l, " \t")
			continue
		}
		out[i] = l[least:]
	}
	return out
}

// gaps returns what stands between the words of a text.
func gaps(text string, words []rules.Word) string {
	var b strings.Builder
	at := 0
	for _, w := range words {
		b.WriteString(text[at:w.From])
		at = w.To
	}
	return b.String() + text[at:]
}

// respaced is spaced for a text of several lines, which stay lines, set in as
// they are.
func respaced(text string, words []rules.Word) string {
	var b strings.Builder
	at := 0
	for i, w := range words {
		gap := text[at:w.From]
		switch end := strings.LastIndexByte(gap, '\n'); {
		case i == 0:
		case end >= 0:
			b.WriteString("\n" + strings.ReplaceAll(gap[end+1:], "\t", "  "))
		case parted(text, words, i):
			b.WriteByte(' ')
		}
		b.WriteString(text[w.From:w.To])
		at = w.To
	}
	return b.String()
}

// spaced writes the words of a text with one blank where one belongs.
func spaced(text string, words []rules.Word) string {
	var b strings.Builder
	for i, w := range words {
		word := text[w.From:w.To]
		if i > 0 && parted(text, words, i) {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	return b.String()
}

// parted reports whether a blank stands before a word.
func parted(text string, words []rules.Word, i int) bool {
	word := text[words[i].From:words[i].To]
	before := text[words[i-1].From:words[i-1].To]
	switch {
	case before == "(" || before == "[" || word == ")" || word == "]" || word == ",":
		return false
	case word == "(" && words[i-1].Kind == rules.NameWord:
		return false
	case sign(text, words, i-1):
		return false
	}
	return true
}

// sign reports whether a word is one of - + ! that belongs to what follows it.
func sign(text string, words []rules.Word, i int) bool {
	word := text[words[i].From:words[i].To]
	if words[i].Kind != rules.OperatorWord || word != "-" && word != "+" && word != "!" {
		return false
	}
	if i == 0 {
		return true
	}
	before := text[words[i-1].From:words[i-1].To]
	return words[i-1].Kind == rules.OperatorWord && before != ")" && before != "]" && before != "}"
}

// binding are the operators before which a long expression is broken, those that
// bind least first.
var binding = [][]string{{"or", "||"}, {"and", "&&"}, {"+", "-"}, {"*", "/"}}

// broken breaks an expression of one line before operators outside brackets.
func broken(text string) []string {
	words, _ := rules.Words(text)
	for _, ops := range binding {
		var parts []string
		depth, from := 0, 0
		for i, w := range words {
			word := text[w.From:w.To]
			switch {
			case strings.Contains("([{", word):
				depth++
			case strings.Contains(")]}", word):
				depth--
			case depth == 0 && i > 0 && w.Kind == rules.OperatorWord && slices.Contains(ops, word) && !sign(text, words, i):
				parts = append(parts, strings.TrimSpace(text[from:w.From]))
				from = w.From
			}
		}
		if parts != nil {
			return filled(append(parts, text[from:]))
		}
	}
	return []string{text}
}

// filled puts as many parts on a line as fit.
func filled(parts []string) (lines []string) {
	line := parts[0]
	for _, part := range parts[1:] {
		if utf8.RuneCountInString(line)+1+utf8.RuneCountInString(part) > widestLine-4 {
			lines, line = append(lines, line), part
			continue
		}
		line += " " + part
	}
	return append(lines, line)
}

var harmlessPlain = pattern(`^[A-Za-z0-9(][A-Za-z0-9_.()<>=+*/% -]*$`)

// quotedAsNeeded writes a text of one line as a scalar: plain where YAML reads it
// so, else in quotes. plainly is true where no quotes were needed, or they were
// enough.
func quotedAsNeeded(text string, inFlow bool) (out string, ok bool) {
	if strings.ContainsAny(text, "\n\t") {
		return text, false
	}
	if harmlessPlain().MatchString(text) && text != "null" || plainRead(text, inFlow) {
		return text, true
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'", true
}

// plainRead reports whether YAML reads a text without quotes as it stands.
func plainRead(text string, inFlow bool) bool {
	doc := "k: " + text + "\n"
	if inFlow {
		doc = "k: [" + text + "]\n"
	}
	r := Language{}.reader("", []byte(doc))
	root := r.parse()
	if root == nil || len(r.problems) > 0 || root.kind != mapping || len(root.pairs) != 1 {
		return false
	}
	n := root.pairs[0].value
	if inFlow {
		if n.kind != list || len(n.items) != 1 {
			return false
		}
		n = n.items[0]
	}
	return n.kind == scalar && n.style == plain && n.text == text && !n.raw && !n.broken
}
