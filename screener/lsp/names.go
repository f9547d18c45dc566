package lsp

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"assay/screener"
	"assay/screener/screenfile"
)

// rules lists the lets, conditions or flags of a screen.
func (c *checked) rules(block string) (out []screener.Rule) {
	switch block {
	case "let":
		return c.screen.Lets
	case "flag":
		return c.screen.Flags
	case "pass":
		for _, condition := range c.screen.Pass {
			out = append(out, condition.Rule)
		}
	}
	return out
}

// definition returns where the let, the condition or the flag is written that
// stands at a position, or the screen that is extended.
func (s *server) definition(_ context.Context, p positionParams) (any, error) {
	f, at, err := s.at(p)
	if err != nil {
		return nil, err
	}
	word, _, _ := at.word()
	k, ok := f.holds(at.path)
	switch {
	case !ok || at.inComment():
		return nil, nil
	case at.inKey && (k.Holds == screenfile.Choices || k.Holds == screenfile.Expected):
		return s.written(f, word, "pass", "flag", "let"), nil
	case !at.inKey && k.Holds == screenfile.Expression:
		if inside, _, _ := at.quoted(); inside {
			return nil, nil
		}
		return s.written(f, word, "let", "pass"), nil
	case !at.inKey && k.Holds == screenfile.Expected: // { little_debt: unknown }
		return s.written(f, word, "pass", "flag", "let"), nil
	case !at.inKey && k.Name == "like":
		return at.test(f, at.outline.text(at.entry)), nil
	case !at.inKey && (k.Name == "extend" || f.isSuite() && k.Name == "screen"):
		return s.otherScreen(f, at.outline.text(at.entry)), nil
	}
	return nil, nil
}

// written finds a name in the blocks of a file, or of a screen that it extends
// or tests; nil where it is not found.
func (s *server) written(f *file, name string, blocks ...string) any {
	if name == "" {
		return nil
	}
	places := []string{f.name}
	outlines := []*outline{f.outline()}
	for _, other := range f.others() {
		if text, err := readScreen(other); err == nil {
			places, outlines = append(places, other), append(outlines, outlineOf(lines(string(text))))
		}
	}
	for i, o := range outlines {
		for _, block := range blocks {
			if e := o.find(block, name); e != nil && (block == "let" || !s.isColumn(name) || len(blocks) == 3) {
				uri := f.uri
				if i > 0 {
					uri = uriOf(places[i])
				}
				return location{uri, o.keySpan(e)}
			}
		}
	}
	return nil
}

// others lists the files that a screen extends, or that of a screen that tests
// are about.
func (f *file) others() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.checked != nil && f.checked.found != nil:
		return slices.DeleteFunc(slices.Clone(f.checked.found.Files), func(name string) bool { return name == f.name })
	case f.sound != nil && f.sound.screen.File != "":
		return []string{f.sound.screen.File}
	}
	return nil
}

// test finds a test above the place.
func (p place) test(f *file, name string) any {
	for i := range p.outline.entries {
		e := &p.outline.entries[i]
		if e.is("test", dash, "name") && e.line < p.line && p.outline.text(e) == name {
			return location{f.uri, p.outline.wholeSpan(e)}
		}
	}
	return nil
}

// otherScreen finds the file of a screen that is named by its path.
func (s *server) otherScreen(f *file, name string) any {
	if filepath.Ext(name) == "" || filepath.IsAbs(name) {
		return nil // one that ships
	}
	file := filepath.Join(filepath.Dir(f.name), filepath.FromSlash(name))
	if _, err := readScreen(file); err != nil {
		return nil
	}
	return location{URI: uriOf(file)}
}

// symbols lists the keys of a file, with the names below them.
func (s *server) symbols(_ context.Context, p documentParams) (any, error) {
	f, err := s.file(p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	o := f.outline()
	all := []symbol{}
	for i := range o.entries {
		e := &o.entries[i]
		if len(e.levels) == 1 && e.key != "" {
			all = append(all, o.symbol(e, symbolNamespace, e.key))
			continue
		}
		if len(all) == 0 {
			continue
		}
		top := &all[len(all)-1]
		switch {
		case e.is("let", "*"):
			top.Children = append(top.Children, o.symbol(e, symbolVariable, e.key))
		case e.is("pass", "*"), e.is("flag", "*"):
			top.Children = append(top.Children, o.symbol(e, symbolBoolean, e.key))
		case e.is("test", dash, "name"):
			top.Children = append(top.Children, o.symbol(e, symbolEvent, o.text(e)))
		case e.is("columns", dash, "*"), e.is("rank", "*"):
			top.Children = append(top.Children, o.symbol(e, symbolKey, e.key))
		case e.is("columns", dash):
			top.Children = append(top.Children, o.symbol(e, symbolKey, o.text(e)))
		}
	}
	return slices.DeleteFunc(all, func(s symbol) bool { return strings.TrimSpace(s.Name) == "" }), nil
}

func (o *outline) symbol(e *entry, kind int, name string) symbol {
	out := symbol{Name: name, Kind: kind, Range: o.wholeSpan(e), SelectionRange: o.keySpan(e)}
	if name == "" {
		out.Name = "-"
	}
	if kind == symbolVariable || kind == symbolBoolean {
		out.Detail = brief(o.text(e))
	}
	return out
}

// brief cuts a text that is too long for a line.
func brief(text string) string {
	const most = 80
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most-3]) + "..."
	}
	return text
}
