package lsp

import (
	"context"
	"slices"
	"strings"

	"github.com/creachadair/jrpc2"
)

// formatting writes a file in the one canonical way. One with mistakes stays as
// it is: the mistakes are shown already.
func (s *server) formatting(_ context.Context, p documentParams) (any, error) {
	f, err := s.file(p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	text, _ := f.now()
	after, problems, err := s.Language.Format(f.name, []byte(text))
	if err != nil {
		return nil, jrpc2.Errorf(codeFailed, "%v", err)
	}
	if len(problems) > 0 {
		return []textEdit{}, nil
	}
	return difference(text, string(after)), nil
}

// difference returns the edit that makes one text of another, without the lines
// that they have in common at the top and at the bottom.
func difference(before, after string) []textEdit {
	if before == after {
		return []textEdit{}
	}
	a, b := strings.SplitAfter(before, "\n"), strings.SplitAfter(after, "\n")
	if strings.Contains(before, "\r") { // lines end otherwise: they have none in common
		a, b = []string{before}, []string{after}
	}
	top := 0
	for top < min(len(a), len(b)) && a[top] == b[top] {
		top++
	}
	a, b = a[top:], b[top:]
	for len(a) > 1 && len(b) > 1 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	last := strings.Join(a, "")
	removed := lines(last)
	end := position{top + len(removed) - 1, units(removed[len(removed)-1])}
	return []textEdit{{span{position{Line: top}, end}, strings.Join(b, "")}}
}

var offered = pattern(`(?m)^did you mean (\S[^?]*)\?|^a text stands in quotes: (".*")$`)

// actions offers the likely fixes of what is found in a span, if they mend it
// indeed.
func (s *server) actions(ctx context.Context, p actionParams) (any, error) {
	f, err := s.file(p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	text, _ := f.now()
	f.mu.Lock()
	c := f.checked
	f.mu.Unlock()
	if c == nil || c.text != text {
		c = s.check(f.name, text)
	}
	all := []codeAction{}
	for _, problem := range c.problems {
		if !problem.Range.touches(p.Range) || problem.File != f.name {
			continue
		}
		for _, edit := range fixes(c, problem) {
			after, err := edited(text, []change{{&edit.Range, edit.NewText}})
			if err != nil || ctx.Err() != nil || !mends(problem, len(c.problems), s.check(f.name, after)) {
				continue
			}
			title := "replace by " + strings.TrimSpace(edit.NewText)
			if problem.Severity == severityWarning {
				title = "say that it is meant: " + strings.TrimSpace(edit.NewText)
			}
			all = append(all, codeAction{
				Title: title, Kind: "quickfix", Diagnostics: []diagnostic{problem.diagnostic},
				IsPreferred: problem.Severity == severityError,
				Edit:        workspaceEdit{map[string][]textEdit{f.uri: {edit}}},
			})
		}
	}
	return all, nil
}

// mends reports whether what is found after an edit lacks the problem, and has no
// other in its place but one that was hidden by it.
func mends(p placedProblem, before int, after *checked) bool {
	return len(after.problems) <= before && !slices.ContainsFunc(after.problems, func(other placedProblem) bool {
		return other.diagnostic.Code == p.diagnostic.Code && other.Range.Start == p.Range.Start
	})
}

// fixes lists the edits that may mend a problem.
func fixes(c *checked, p placedProblem) (all []textEdit) {
	if p.Severity == severityWarning {
		line := strings.TrimRight(c.lines[p.Range.Start.Line], " \t")
		end := position{p.Range.Start.Line, units(line)}
		return []textEdit{{span{end, end}, "  # assay:ignore " + p.diagnostic.Code}}
	}
	for _, m := range offered().FindAllStringSubmatch(p.Hint, -1) {
		all = append(all, textEdit{p.Range, m[1] + m[2]})
	}
	return all
}
