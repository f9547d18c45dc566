package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/creachadair/jrpc2"

	"assay/rules"
	"assay/screener/screenfile"
)

func (s *server) completion(_ context.Context, p positionParams) (any, error) {
	f, at, err := s.at(p)
	if err != nil {
		return nil, err
	}
	return completionList{Items: slices.Concat([]completionItem{}, s.complete(f, at))}, nil
}

// complete lists what can stand at a place.
func (s *server) complete(f *file, p place) []completionItem {
	k, ok := f.holds(p.path)
	switch {
	case !ok || p.inComment():
		return nil
	case p.inKey || k.Holds == screenfile.Given || keyInBraces().MatchString(p.before):
		return s.completeKey(f, p, k)
	}
	switch k.Holds {
	case screenfile.Expression:
		return s.completeExpression(f, p)
	case screenfile.Choice, screenfile.Expected:
		return p.items(completesWord, k.Words)
	case screenfile.Word:
		switch k.Name {
		case "extend":
			return p.items(completesValue, s.Language.ShippedNames)
		case "like":
			return p.items(completesValue, p.tests())
		}
	}
	return nil
}

// keyInBraces fits what stands before a key of a block in braces.
var keyInBraces = pattern(`^\{(?:.*,)?\s*\w*$`)

// holds is holds for screens and for files of tests.
func (f *file) holds(names []string) (screenfile.Key, bool) {
	if f.isSuite() {
		return below(screenfile.Key{Holds: screenfile.Block, Keys: screenfile.SuiteKeys()}, names)
	}
	return holds(names)
}

// tests lists the names of the tests above that of the place.
func (p place) tests() (names []string) {
	var last string // of the test that was begun last: of its own, in the end
	for i := range p.outline.entries {
		e := &p.outline.entries[i]
		if e.line > p.line {
			break
		}
		if p.outline.begins(e, 2) && last != "" {
			names, last = append(names, last), ""
		}
		if e.is("test", dash, "name") {
			last = p.outline.text(e)
		}
	}
	return names
}

// inComment reports whether the place stands in a comment.
func (p place) inComment() bool {
	line := p.outline.lines[p.line][:p.at]
	if strings.HasPrefix(strings.TrimSpace(line), "#") {
		return true
	}
	if p.inKey || p.entry != nil && p.entry.block {
		return false
	}
	inside, _, _ := p.quoted()
	return !inside && strings.Contains(line, " #")
}

// item is a completion that takes the place of the word in front of the place.
func (p place) item(kind int, label string) completionItem {
	_, from, to := p.word()
	return p.over(from, to, kind, label, label)
}

func (p place) over(from, to, kind int, label, text string) completionItem {
	line := p.outline.lines[p.line]
	return completionItem{Label: label, Kind: kind, TextEdit: &textEdit{spanOf(p.line, line, from, to), text}}
}

// items lists words that may have other letters than names have.
func (p place) items(kind int, words []string) (all []completionItem) {
	line := p.outline.lines[p.line]
	from := p.at
	for from > 0 && !strings.ContainsRune(" \t,{[\"'", rune(line[from-1])) {
		from--
	}
	for _, w := range words {
		all = append(all, p.over(from, p.at, kind, w, w))
	}
	return all
}

// completeKey lists the keys that a block can still have.
func (s *server) completeKey(f *file, p place, k screenfile.Key) (all []completionItem) {
	line := p.outline.lines[p.line]
	_, _, to := p.word()
	colon := strings.HasPrefix(strings.TrimLeft(line[to:], " "), ":")
	add := func(kind int, name, after, detail, doc string) {
		if colon {
			after = ""
		}
		i := p.item(kind, name)
		i.Detail, i.TextEdit.NewText = detail, name+after
		if doc != "" {
			i.Documentation = markdown(doc)
		}
		i.SortText = fmt.Sprintf("%03d", len(all))
		all = append(all, i)
	}
	switch k.Holds {
	case screenfile.Block, screenfile.Blocks:
		there := p.siblings()
		for _, key := range k.Keys {
			if !slices.Contains(there, key.Name) {
				add(completesProperty, key.Name, p.opening(key), shape(key), key.Doc)
			}
		}
	case screenfile.Choices:
		for _, name := range s.conditions(f) {
			add(completesProperty, name, ": ", "condition", "")
		}
	case screenfile.Expected:
		for _, name := range slices.Concat(s.conditions(f), p.outline.names("flag", "*"), []string{"screen", "universe", "rank"}, p.outline.names("let", "*")) {
			add(completesProperty, name, ": ", "", "")
		}
	case screenfile.Given:
		for _, name := range s.Language.Env.Names() {
			add(completesField, name, ": ", s.Catalogue.Title(name), "")
		}
	}
	return all
}

// siblings lists the keys of the block in which the place stands, but for that on
// its line.
func (p place) siblings() (names []string) {
	depth := len(p.path)
	take := func(e *entry) bool {
		if len(e.levels) == depth+1 && e.line != p.line && e.key != "" {
			names = append(names, e.key)
		}
		return len(e.levels) > depth
	}
	all := p.outline.entries
	n := 0
	for n < len(all) && all[n].line <= p.line {
		n++
	}
	for i := n - 1; i >= 0 && take(&all[i]) && !p.outline.begins(&all[i], depth); i-- {
	}
	for i := n; i < len(all) && !p.outline.begins(&all[i], depth) && take(&all[i]); i++ {
	}
	return names
}

// begins reports whether an element of a list begins on the line of an entry, at
// that depth.
func (o *outline) begins(e *entry, depth int) bool {
	if depth == 0 || len(e.levels) < depth || e.levels[depth-1].name != dash {
		return false
	}
	return o.lines[e.line][e.levels[depth-1].col] == '-'
}

// opening is what stands behind a new key.
func (p place) opening(k screenfile.Key) string {
	if !p.inKey { // in braces all stands on one line
		return ": "
	}
	switch k.Holds {
	case screenfile.Named, screenfile.Choices, screenfile.Block, screenfile.Given, screenfile.Companies:
		return ":\n" + p.indent() + "  "
	case screenfile.List, screenfile.Columns, screenfile.WordList:
		return ":\n" + p.indent() + "  - "
	case screenfile.Blocks:
		return ":\n" + p.indent() + "  - name: "
	}
	return ": "
}

// indent is how far the key on the line of the place is set in, dashes included.
func (p place) indent() string {
	_, from, _ := p.word()
	return strings.Repeat(" ", from)
}

func shape(k screenfile.Key) string {
	switch k.Holds {
	case screenfile.Whole:
		return "a whole number"
	case screenfile.Choice:
		return strings.Join(k.Words, " or ")
	case screenfile.Expression:
		return "an expression"
	case screenfile.Named:
		return "lines of name: expression"
	case screenfile.List, screenfile.Columns:
		return "a list of expressions"
	case screenfile.Choices:
		return "lines of condition: " + strings.Join(k.Words, ", ")
	case screenfile.WordList:
		return "a list of names"
	case screenfile.Block:
		return "a block of keys"
	case screenfile.Blocks:
		return "a list of tests"
	case screenfile.Given, screenfile.Companies, screenfile.Expected:
		return "lines of name: value"
	}
	return "a text"
}

// conditions lists the names of the conditions: those of the file, and of the
// screens that it extends or tests.
func (s *server) conditions(f *file) []string {
	names := f.outline().names("pass", "*")
	if c := f.lastSound(); c != nil {
		for _, condition := range c.screen.Pass {
			if !slices.Contains(names, condition.Name) {
				names = append(names, condition.Name)
			}
		}
	}
	return names
}

// lets is conditions for lets.
func (s *server) lets(f *file) []string {
	names := f.outline().names("let", "*")
	if c := f.lastSound(); c != nil {
		for _, let := range c.screen.Lets {
			if !slices.Contains(names, let.Name) {
				names = append(names, let.Name)
			}
		}
	}
	return names
}

// keywords are the words of the language that join expressions.
var keywords = []string{"and", "or", "not", "in", "if", "else", "true", "false", "contains", "startsWith", "endsWith", "matches"}

// completeExpression lists the names that an expression can use, or, within a
// text, the values that it can be.
func (s *server) completeExpression(f *file, p place) (all []completionItem) {
	if inside, text, expression := p.quoted(); inside {
		return s.completeText(p, text, expression)
	}
	if word, _, _ := p.word(); word != "" && '0' <= word[0] && word[0] <= '9' {
		return nil
	}
	add := func(rank string, i completionItem) {
		i.SortText = rank + i.Label
		all = append(all, i)
	}
	own := p.ownName()
	for _, name := range s.lets(f) {
		if name != own {
			i := p.item(completesVariable, name)
			i.Detail = "let " + p.outline.textOf("let", name)
			add("1", i)
		}
	}
	for _, name := range s.conditions(f) {
		if _, column := s.Language.Env.Column(name); name != own && !column && len(p.path) > 0 && p.path[0] != "let" {
			i := p.item(completesValue, name)
			i.Detail = "condition " + p.outline.textOf("pass", name)
			add("2", i)
		}
	}
	for _, name := range s.Language.Env.Names() {
		i := p.item(completesField, name)
		i.Detail = s.Catalogue.Title(name)
		i.Data = json.RawMessage(strconv.Quote(name))
		add("3", i)
	}
	for _, i := range s.functions(p) {
		add("4", i)
	}
	for _, w := range keywords {
		add("5", p.item(completesKeyword, w))
	}
	return all
}

// ownName is the name of the expression in which the place stands.
func (p place) ownName() string {
	if len(p.path) == 2 {
		return p.path[1]
	}
	return ""
}

// textOf returns the expression of a name of the file, "" if it has none.
func (o *outline) textOf(names ...string) string {
	if e := o.find(names...); e != nil {
		return o.text(e)
	}
	return ""
}

// functions lists the functions, each name once.
func (s *server) functions(p place) (all []completionItem) {
	s.mu.Lock()
	snippets := s.snippets
	s.mu.Unlock()
	line := p.outline.lines[p.line]
	_, _, to := p.word()
	open := strings.HasPrefix(strings.TrimLeft(line[to:], " "), "(")
	for n, fn := range s.Language.Funcs {
		if slices.ContainsFunc(s.Language.Funcs[:n], func(other rules.Func) bool { return other.Name == fn.Name }) {
			continue
		}
		i := p.item(completesFunction, fn.Name)
		i.Documentation = markdown(s.aboutFunction(fn.Name))
		i.Detail = fn.Signature()
		switch {
		case open:
		case snippets:
			i.InsertTextFormat, i.TextEdit.NewText = insertSnippet, fn.Name+"($1)$0"
		default:
			i.TextEdit.NewText = fn.Name + "("
		}
		all = append(all, i)
	}
	return all
}

var (
	comparedName = pattern(`([A-Za-z_][A-Za-z0-9_]*)\s*(?:==|!=|\b(?:not\s+)?in\s*\[[^\]]*)\s*$`)
	askedReason  = pattern(`is_missing\s*\([^()]*,\s*$`)
)

// completeText lists the values of the column with which a text is compared.
func (s *server) completeText(p place, text, expression string) (all []completionItem) {
	expression = strings.TrimRight(expression, `\'`)
	var words []string
	if askedReason().MatchString(expression) {
		for _, r := range rules.Reasons() {
			words = append(words, r.String())
		}
	} else if m := comparedName().FindStringSubmatch(expression); m != nil {
		column, _ := s.Language.Env.Column(m[1])
		words = column.Values
	}
	line := p.outline.lines[p.line]
	from, to := max(p.at-len(text), 0), p.at
	if close := strings.IndexAny(line[p.at:], `"'`); close >= 0 && !strings.ContainsAny(line[p.at:p.at+close], ",])") {
		to += close // what stood there before goes
	}
	for _, w := range words {
		all = append(all, p.over(from, to, completesWord, w, w))
	}
	return all
}

// resolve adds to a completion what is told about a column.
func (s *server) resolve(_ context.Context, i completionItem) (any, error) {
	var name string
	if len(i.Data) > 0 {
		if err := json.Unmarshal(i.Data, &name); err != nil {
			return nil, jrpc2.Errorf(jrpc2.InvalidParams, "data is not what was given: %v", err)
		}
	}
	if text := s.Catalogue.Describe(name); text != "" {
		i.Documentation = markdown(text)
	}
	return i, nil
}
