package lsp

import (
	"context"
	"fmt"
	"strings"

	"assay/rules"
	"assay/screener/screenfile"
)

// hover tells about the key or the name at a position: what it means, its unit
// and formula, and how its values lie in the database.
func (s *server) hover(ctx context.Context, p positionParams) (any, error) {
	f, at, err := s.at(p)
	if err != nil {
		return nil, err
	}
	if at.inComment() {
		return nil, nil
	}
	word, from, to := at.word()
	text := ""
	if at.inKey {
		if at.entry == nil || at.entry.line != at.line || at.entry.key == "" {
			return nil, nil
		}
		from, to = at.entry.from, at.entry.to
		text = s.aboutKey(ctx, f, at)
	} else if word != "" {
		text = s.aboutWord(ctx, f, at, word, to)
	}
	if text == "" {
		return nil, nil
	}
	return hover{markdown(text), spanOf(at.line, at.outline.lines[at.line], from, to)}, nil
}

// aboutKey tells what a key of the envelope is for, or what a name stands for.
func (s *server) aboutKey(ctx context.Context, f *file, p place) string {
	block, ok := f.holds(p.path)
	if !ok {
		return ""
	}
	name := p.entry.key
	switch block.Holds {
	case screenfile.Block, screenfile.Blocks:
		for _, k := range block.Keys {
			if k.Name == name {
				return fmt.Sprintf("**%s** — %s\n\n%s", k.Name, shape(k), k.Doc)
			}
		}
	case screenfile.Named:
		return s.aboutOwn(f, p.path[0], name)
	case screenfile.Choices, screenfile.Expected:
		return s.aboutOwn(f, "pass", name)
	case screenfile.Given:
		return s.aboutColumn(ctx, name)
	}
	return ""
}

// aboutWord tells about a name within an expression.
func (s *server) aboutWord(ctx context.Context, f *file, p place, word string, to int) string {
	k, ok := f.holds(p.path)
	if !ok {
		return ""
	}
	switch k.Holds {
	case screenfile.Given:
		return s.aboutColumn(ctx, word)
	case screenfile.Expression:
	default:
		return ""
	}
	if inside, _, _ := p.quoted(); inside {
		return ""
	}
	if strings.HasPrefix(strings.TrimLeft(p.outline.lines[p.line][to:], " "), "(") {
		return s.aboutFunction(word)
	}
	for _, block := range []string{"let", "pass"} {
		if text := s.aboutOwn(f, block, word); text != "" && (block == "let" || !s.isColumn(word)) {
			return text
		}
	}
	return s.aboutColumn(ctx, word)
}

func (s *server) isColumn(name string) bool {
	_, ok := s.Language.Env.Column(name)
	return ok
}

// aboutOwn tells about a let, a condition or a flag of the file, or of one that
// it extends; "" where there is none of that name.
func (s *server) aboutOwn(f *file, block, name string) string {
	expression := f.outline().textOf(block, name)
	kind := ""
	if c := f.lastSound(); c != nil {
		for _, r := range c.rules(block) {
			if r.Name == name && r.Program != nil {
				kind = kindOf(r.Program)
				if expression == "" {
					expression = r.Text
				}
			}
		}
	}
	if expression == "" {
		return ""
	}
	what := map[string]string{"let": "let", "pass": "condition", "flag": "flag"}[block]
	text := fmt.Sprintf("**%s** — %s", name, what)
	if kind != "" && block == "let" {
		text += ", " + kind
	}
	text += "\n\n" + code(expression)
	f.mu.Lock()
	defer f.mu.Unlock()
	if c := f.counted; c != nil && c.result != nil && block == "pass" {
		for _, t := range c.result.Conditions {
			if t.Name == name {
				text += fmt.Sprintf("\n\non %s, of %s of the universe: %s", c.result.AsOf, companies(c.result.Universe), tally(t))
			}
		}
	}
	return text
}

// kindOf names what a program gives.
func kindOf(p *rules.Program) string {
	if p.Kind() == rules.Number {
		return p.Unit().String()
	}
	return p.Kind().String()
}

// code sets an expression as code.
func code(text string) string { return "```\n" + strings.ReplaceAll(text, "```", "") + "\n```" }

func (s *server) aboutFunction(name string) string {
	var parts []string
	for _, f := range s.Language.Funcs {
		if f.Name == name {
			parts = append(parts, fmt.Sprintf("%s\n\n%s", code(f.Signature()), f.Doc)+"\n\nfor example\n\n"+code(f.Example))
		}
	}
	return strings.Join(parts, "\n\n---\n\n")
}

// aboutColumn tells what the catalogue knows of a name, and the database.
func (s *server) aboutColumn(ctx context.Context, name string) string {
	text := s.Catalogue.Describe(name)
	if text == "" || s.Data == nil {
		return text
	}
	seen, err := s.Data.Seen(ctx, name)
	if err != nil && ctx.Err() == nil {
		s.log("%s: %v", name, err)
		seen = "how its values lie could not be read: " + err.Error()
	}
	if seen != "" {
		text += "\n\n---\n\n" + seen
	}
	return text
}
