package lsp_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"assay/screener/lsp"
	"assay/screener/lsp/lsptest"
)

// probe opens a text and asks all that can be asked at a place. No answer may be
// a failure of the server's own.
func probe(t testing.TB, s *session, text string, line, character int) {
	t.Helper()
	s.Open(uri, text)
	at := fmt.Sprintf(`"textDocument": {"uri": %q}, "position": {"line": %d, "character": %d}`, uri, line, character)
	span := fmt.Sprintf(`{"start": {"line": %d, "character": 0}, "end": {"line": %d, "character": %d}}`, line, line+1, character)
	for method, params := range map[string]string{
		"textDocument/completion":     "{" + at + "}",
		"textDocument/hover":          "{" + at + "}",
		"textDocument/definition":     "{" + at + "}",
		"textDocument/documentSymbol": "{" + at + "}",
		"textDocument/codeLens":       "{" + at + "}",
		"textDocument/codeAction":     "{" + at + `, "range": ` + span + "}",
		"textDocument/formatting":     "{" + at + "}",
	} {
		got := s.Call(method, params)
		if strings.HasPrefix(got, "error -32603") {
			t.Errorf("%s at %d:%d: %s\n%q", method, line, character, got, text)
		}
		ordered(t, method, got, text)
	}
	s.Notify("textDocument/didClose", fmt.Sprintf(`{"textDocument": {"uri": %q}}`, uri))
}

// ordered holds that no range of an answer ends before it begins.
func ordered(t testing.TB, method, answer, text string) {
	t.Helper()
	var tree any
	if strings.HasPrefix(answer, "error") || json.Unmarshal([]byte(answer), &tree) != nil {
		return
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			if _, ok := v["start"]; ok {
				var r lsptest.Range
				b, err := json.Marshal(v)
				if err != nil || json.Unmarshal(b, &r) != nil {
					t.Errorf("%s: %v is no range", method, v)
				}
				if r.End.Line < r.Start.Line || r.End.Line == r.Start.Line && r.End.Character < r.Start.Character || r.End.Line > strings.Count(text, "\n")+strings.Count(text, "\r")+1 {
					t.Errorf("%s: the range %s of\n%q", method, r, text)
				}
			}
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(tree)
}

// TestPrefixes asks at the end of what a user has typed on the way to a whole
// screen.
func TestPrefixes(t *testing.T) {
	s := ready(t, lsp.Options{Data: three})
	for n := 0; n < len(screen); n += 3 {
		text := screen[:n]
		last := text[strings.LastIndex("\n"+text, "\n"):]
		probe(t, s, text, strings.Count(text, "\n"), len(last))
	}
}

func FuzzRequests(f *testing.F) {
	files, err := filepath.Glob("../screenfile/testdata/mistakes/*.yaml")
	if err != nil || len(files) == 0 {
		f.Fatalf("no files with mistakes: %v", err)
	}
	for i, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text), i%7, i%23)
	}
	f.Add(screen, 10, 12)
	f.Add("\r\r", 0, 0)
	f.Fuzz(func(t *testing.T, text string, line, character int) {
		if line < 0 || character < 0 || len(text) > 4000 {
			t.Skip()
		}
		probe(t, ready(t, lsp.Options{}), text, line, character)
	})
}

// TestLawEdits holds edits against the same on units of UTF-16.
func TestLawEdits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.SliceOfN(rapid.SampledFrom([]rune("ab \n\ré𝒳")), 0, 30)
		text := string(letters.Draw(t, "text"))
		if strings.Contains(text, "\r") { // an edit between \r and \n has no meaning
			text = strings.ReplaceAll(text, "\n", "")
		}
		rows := strings.Split(strings.ReplaceAll(text, "\r", "\n"), "\n")
		place := func(what string) (line, character, unit int) {
			line = rapid.IntRange(0, len(rows)-1).Draw(t, what+" line")
			runes := []rune(rows[line])
			n := rapid.IntRange(0, len(runes)).Draw(t, what+" letter")
			character = len(utf16.Encode(runes[:n]))
			for _, row := range rows[:line] {
				unit += len(utf16.Encode([]rune(row))) + 1
			}
			return line, character, unit + character
		}
		l1, c1, u1 := place("from")
		l2, c2, u2 := place("to")
		if u2 < u1 {
			l1, c1, u1, l2, c2, u2 = l2, c2, u2, l1, c1, u1
		}
		put := string(letters.Draw(t, "put"))
		all := utf16.Encode([]rune(text))
		want := string(utf16.Decode(all[:u1])) + put + string(utf16.Decode(all[u2:]))
		quoted, err := json.Marshal(put)
		if err != nil {
			t.Fatal(err)
		}
		got, err := lsp.Edited(text, fmt.Sprintf(`[{"range": {"start": {"line": %d, "character": %d}, "end": {"line": %d, "character": %d}}, "text": %s}]`, l1, c1, l2, c2, quoted))
		if err != nil || got != want {
			t.Fatalf("%v: got %q, want %q", err, got, want)
		}
	})
}

func TestEditsAtLineEnds(t *testing.T) {
	const put = `[{"range": {"start": {"line": 1, "character": 0}, "end": {"line": 2, "character": 1}}, "text": "x"}]`
	for before, want := range map[string]string{
		"a\nb\nc":     "a\nx",
		"a\r\nb\r\nc": "a\r\nx",
		"a\rb\rcd":    "a\rxd",
		"a":           "ax",
		"":            "x",
	} {
		if got, err := lsp.Edited(before, put); err != nil || got != want {
			t.Errorf("%q: %q, %v, want %q", before, got, err, want)
		}
	}
	if _, err := lsp.Edited("abc", `[{"range": {"start": {"line": 0, "character": 2}, "end": {"line": 0, "character": 1}}, "text": ""}]`); err == nil {
		t.Error("an edit that ends before it begins is accepted")
	}
}
