package lsp_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"assay/screener/lsp"
	"assay/screener/lsp/lsptest"
)

const screen = `screen: first
about: Words.
universe: |
  sector in ["Energy", "Real Estate"]
  and market_cap > 1M
let:
  share: net_cash / market_cap
  twice: 2 * share
pass:
  small: market_cap < 2B
  cash:  share > 10% and avg(roic, 5y) > 5%
  both:  small and cash
missing:
  cash: pass
flag:
  good: roic > 20%
rank:
  by: percentile(roic)
  ties:
    - net_cash
columns:
  - roic
  - mine: avg(roce, 3y)
test:
  - name: rich
    given: { market_cap: 1B, net_cash: 500M, roic: 10% }
    expect: { small: pass }
  - name: not rich
    like: rich
    given:
      net_cash: null
    expect:
      cash: unknown
`

func TestDiagnostics(t *testing.T) {
	s := ready(t, lsp.Options{})
	expect := func(version int, want string) {
		t.Helper()
		if got := s.Wait(uri, version); got != want {
			t.Errorf("version %d:\n%swant\n%s", version, got, want)
		}
	}
	s.Open(uri, screen)
	expect(1, "7:9-7:18 2 L006 nothing uses the let twice\n")
	s.Change(uri, 2, "screen: a\npass:\n  x: sector == \"𝒳\" or marketcap > 1\n  y: roic > 15\n  universe: roic > 1%\nrank:\n  over: all\n")
	expect(2, `2:15-2:19 1 E018 sector is never "𝒳"
2:23-2:32 1 E012 unknown name "marketcap"
3:12-3:14 1 E017 roic is a fraction: 15 would be 1500 %
4:2-4:10 1 E116 a condition cannot be named universe: reports use the word
6:2-6:3 1 E113 rank does not say by what
6:8-6:11 1 E121 over cannot be "all"
`)
	s.Notify("textDocument/didChange", fmt.Sprintf(`{"textDocument": {"uri": %q, "version": 3}, "contentChanges": [
		{"range": {"start": {"line": 2, "character": 23}, "end": {"line": 2, "character": 32}}, "text": "market_cap"},
		{"range": {"start": {"line": 2, "character": 15}, "end": {"line": 2, "character": 19}}, "text": "\"Energy\""},
		{"range": {"start": {"line": 3, "character": 14}, "end": {"line": 3, "character": 14}}, "text": "%%"},
		{"range": {"start": {"line": 4, "character": 0}, "end": {"line": 99, "character": 0}}, "text": ""}]}`, uri))
	expect(3, "2:27-2:41 2 L009 market_cap is compared with 1 of money\n")
	s.Notify("textDocument/didClose", fmt.Sprintf(`{"textDocument": {"uri": %q}}`, uri))
	expect(0, "")
}

// TestBaseScreens shows mistakes of a screen that is extended where it is named,
// and looks again when a file is saved.
func TestBaseScreens(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := ready(t, lsp.Options{})
	of := "file://" + filepath.ToSlash(filepath.Join(folder, "top.yaml"))
	write("base.yaml", "screen: base\npass:\n  x: roicc > 1%\n  w: roce > 1%\n")
	s.Open(of, "screen: top\nextend: base.yaml\npass:\n  y: x and w\n")
	if got, want := s.Wait(of, 1), "1:0-1:17 1 E012 "+filepath.Join(folder, "base.yaml")+":3:6: unknown name \"roicc\"\n"; got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	write("base.yaml", "screen: base\npass:\n  x: roic > 1%\n  w: roce > 1%\n")
	s.Notify("textDocument/didSave", fmt.Sprintf(`{"textDocument": {"uri": %q}}`, of))
	s.Change(of, 2, "screen: top\nextend: base.yaml\npass:\n  y: x and w or roic > 3%\n")
	if got := s.Wait(of, 2); got != "" {
		t.Errorf("a sound base: %s", got)
	}
	var to struct {
		URI   string
		Range lsptest.Range
	}
	s.Ask("textDocument/definition", of, 3, 12, &to)
	if want := "3:2-3:3"; to.Range.String() != want || !strings.HasSuffix(to.URI, "/base.yaml") {
		t.Errorf("w is at %s in %s, want %s", to.Range, to.URI, want)
	}
	s.Ask("textDocument/definition", of, 1, 12, &to)
	if !strings.HasSuffix(to.URI, "/base.yaml") {
		t.Errorf("extend leads to %s", to.URI)
	}

	suite := "file://" + filepath.ToSlash(filepath.Join(folder, "base_test.yaml"))
	s.Open(suite, "screen: base.yaml\ntest:\n  - name: a\n    given:\n      roic: 5%\n    expect:\n      xx: pass\n")
	if got, want := s.Wait(suite, 1), "6:6-6:8 1 E120 no condition or flag is named \"xx\"\n"; got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	if got, want := labels(complete(s, suite, 6, 6)), []string{"x", "w", "screen", "universe", "rank"}; !slices.Equal(got, want) {
		t.Errorf("what can be expected: %q, want %q", got, want)
	}
}

type item struct {
	Label, Detail string
	TextEdit      struct {
		Range   lsptest.Range
		NewText string
	}
	Data json.RawMessage
}

func complete(s *session, uri string, line, character int) []item {
	var got struct{ Items []item }
	s.Ask("textDocument/completion", uri, line, character, &got)
	return got.Items
}

func labels(items []item) (out []string) {
	for _, i := range items {
		out = append(out, i.Label)
	}
	return out
}

// TestCompletion asks at the mark | of each text.
func TestCompletion(t *testing.T) {
	s := ready(t, lsp.Options{})
	names := []string{"market_cap", "net_cash", "roce", "roic", "sector"}
	cases := []struct {
		text      string
		has, lack []string
		exactly   []string
		edit      string // of the first
	}{
		{text: "sc|", has: []string{"screen", "universe", "test"}, lack: []string{"roic", "by"}, edit: "0:0-0:2 screen: "},
		{text: "screen: a\n|\npass:\n  x: roic > 1%", has: []string{"let", "rank"}, lack: []string{"screen", "pass"}, edit: "1:0-1:0 about: "},
		{text: "screen: a\nran|: 5", has: []string{"rank"}, edit: "1:0-1:3 about"},
		{text: "pass:\n  x: ro|", has: append(names, "avg", "percentile", "and"), lack: []string{"x", "screen"}},
		{text: "let:\n  a: 1\n  b: |\npass:\n  x: roic > 1%", has: []string{"a", "roic"}, lack: []string{"b", "x"}},
		{text: "let:\n  a: 1\npass:\n  x: roic > 1%\n  y: |", has: []string{"a", "x"}, lack: []string{"y"}},
		{text: "pass:\n  x: roic > 1%\n    and |", has: names},
		{text: "universe: |\n  roic > 1%\n  and «", has: names},
		{text: "pass:\n  x: roic > 15|", exactly: []string{}},
		{text: "pass:\n  x: sector == \"|", exactly: []string{"Energy", "Financials", "Real Estate"}, edit: "1:16-1:16 Energy"},
		{text: "pass:\n  x: sector in [\"Energy\", \"Re|\"]", exactly: []string{"Energy", "Financials", "Real Estate"}, edit: "1:27-1:29 Energy"},
		{text: "pass:\n  x: 'sector != \"|\"'", exactly: []string{"Energy", "Financials", "Real Estate"}},
		{text: "pass:\n  x: is_missing(roic, \"|\")", has: []string{"not reported", "undefined"}, lack: names},
		{text: "pass:\n  x: roic == \"|\"", exactly: []string{}},
		{text: "pass:\n  x: roic > 1% # and |", exactly: []string{}},
		{text: "# |", exactly: []string{}},
		{text: "pass:\n  x: roic > 1%\nmissing:\n  |", exactly: []string{"x"}, edit: "3:2-3:2 x: "},
		{text: "pass:\n  x: roic > 1%\nmissing:\n  x: |", exactly: []string{"pass", "fail", "unknown"}},
		{text: "rank:\n  |", exactly: []string{"by", "over", "limit", "ties"}},
		{text: "rank:\n  by: roic\n  |\n  limit: 5", exactly: []string{"over", "ties"}, edit: "2:2-2:2 over: "},
		{text: "rank:\n  over: p|", exactly: []string{"universe", "passed"}, edit: "1:8-1:9 universe"},
		{text: "rank:\n  ties:\n    - |", has: names},
		{text: "columns:\n  - ro|", has: names},
		{text: "columns:\n  - mine: avg(|", has: names},
		{text: "stale: { |", exactly: []string{"statement", "price"}, edit: "0:9-0:9 statement: "},
		{text: "pass:\n  x: roic > 1%\ntest:\n  - name: a\n    expect: { x: pass, s|", has: []string{"x", "screen"}, lack: names},
		{text: "test:\n  - |", exactly: []string{"name", "like", "given", "companies", "on", "company", "expect"}},
		{text: "test:\n  - name: a\n    |\n    expect: pass\n  - name: b\n    given: {}", exactly: []string{"like", "given", "companies", "on", "company"}},
		{text: "test:\n  - name: a\n    given:\n      r|", exactly: names, edit: "3:6-3:7 market_cap: "},
		{text: "test:\n  - name: a\n    given: { r|", exactly: names},
		{text: "test:\n  - name: a\n    expect: |", exactly: []string{"pass", "fail", "unknown"}},
		{text: "test:\n  - name: a\n    expect: pass\n  - name: b\n    like: |", exactly: []string{"a"}},
		{text: "extend: |", has: []string{"quality-small-cap", "compounders"}},
		{text: "wrong:\n  deep:\n    |", exactly: []string{}},
	}
	for n, c := range cases {
		of := fmt.Sprintf("file:///screens/%d.yaml", n)
		mark := "|"
		if strings.Contains(c.text, "«") {
			mark = "«"
		}
		before, after, _ := strings.Cut(c.text, mark)
		s.Open(of, before+after)
		line := strings.Count(before, "\n")
		items := complete(s, of, line, len(before)-1-strings.LastIndex("\n"+before, "\n")+1)
		got := labels(items)
		if c.exactly != nil && !slices.Equal(got, c.exactly) && len(got)+len(c.exactly) > 0 {
			t.Errorf("%q: got %q, want %q", c.text, got, c.exactly)
		}
		for _, name := range c.has {
			if !slices.Contains(got, name) {
				t.Errorf("%q: %s is not offered among %q", c.text, name, got)
			}
		}
		for _, name := range c.lack {
			if slices.Contains(got, name) {
				t.Errorf("%q: %s is offered", c.text, name)
			}
		}
		if c.edit != "" && len(items) > 0 {
			if edit := items[0].TextEdit; edit.Range.String()+" "+edit.NewText != c.edit {
				t.Errorf("%q: the first edit is %s %q, want %s", c.text, edit.Range, edit.NewText, c.edit)
			}
		}
	}
}

func TestCompletionOfFunctions(t *testing.T) {
	s := ready(t, lsp.Options{})
	s.Open(uri, "pass:\n  x: av")
	for _, i := range complete(s, uri, 1, 7) {
		switch i.Label {
		case "avg":
			if i.TextEdit.NewText != "avg($1)$0" || i.Detail != "avg(x, window, least?)" {
				t.Errorf("avg: %+v", i)
			}
		case "roic":
			if got := s.Call("completionItem/resolve", fmt.Sprintf(`{"label": "roic", "kind": 5, "data": %s}`, i.Data)); !strings.Contains(got, `"value":"all about roic"`) || i.Detail != "title of roic" {
				t.Errorf("roic: %s %s", i.Detail, got)
			}
		}
	}
}

func TestHover(t *testing.T) {
	s := ready(t, lsp.Options{})
	s.Open(uri, screen)
	s.Wait(uri, 1)
	for at, want := range map[string]string{
		"2:3":   "2:0-2:8 **universe** — an expression\n\nWhich companies are looked at",
		"3:4":   "3:2-3:8 all about sector",
		"3:15":  "", // within a text
		"6:4":   "6:2-6:7 **share** — let, plain number\n\n```\nnet_cash / market_cap\n```",
		"6:12":  "6:9-6:17 all about net_cash",
		"10:10": "10:9-10:14 **share** — let, plain number\n\n```\nnet_cash / market_cap\n```",
		"10:26": "10:25-10:28 ```\navg(x, window, least?)\n```\n\n",
		"11:12": "11:9-11:14 **small** — condition\n\n```\nmarket_cap < 2B\n```",
		"13:3":  "13:2-13:6 **cash** — condition",
		"15:3":  "15:2-15:6 **good** — flag",
		"17:3":  "17:2-17:4 **by** — an expression\n\nThe score",
		"21:6":  "21:4-21:8 all about roic",
		"25:15": "25:13-25:23 all about market_cap",
		"30:8":  "30:6-30:14 all about net_cash",
		"1:8":   "",
		"99:99": "",
	} {
		var line, character int
		if _, err := fmt.Sscanf(at, "%d:%d", &line, &character); err != nil {
			t.Fatal(err)
		}
		var got *struct {
			Contents struct{ Value string }
			Range    lsptest.Range
		}
		s.Ask("textDocument/hover", uri, line, character, &got)
		text := ""
		if got != nil {
			text = got.Range.String() + " " + got.Contents.Value
		}
		if !strings.HasPrefix(text, want) || want == "" && text != "" {
			t.Errorf("%s: got\n%s\nwant\n%s", at, text, want)
		}
	}
}

func TestDefinition(t *testing.T) {
	s := ready(t, lsp.Options{})
	s.Open(uri, screen)
	for at, want := range map[string]string{
		"7:13":  "6:2-6:7",    // share in a let
		"10:11": "6:2-6:7",    // share in a condition
		"11:11": "9:2-9:7",    // small in a condition
		"11:20": "10:2-10:6",  // cash
		"13:3":  "10:2-10:6",  // missing
		"26:16": "9:2-9:7",    // expect in braces
		"32:8":  "10:2-10:6",  // expect
		"28:11": "24:4-24:14", // like
		"9:11":  "0:0-0:0",    // a column
		"3:4":   "0:0-0:0",
	} {
		var line, character int
		if _, err := fmt.Sscanf(at, "%d:%d", &line, &character); err != nil {
			t.Fatal(err)
		}
		var got struct {
			URI   string
			Range lsptest.Range
		}
		s.Ask("textDocument/definition", uri, line, character, &got)
		if got.Range.String() != want || want != "0:0-0:0" && got.URI != uri {
			t.Errorf("%s: %s in %s, want %s", at, got.Range, got.URI, want)
		}
	}
}

func TestSymbols(t *testing.T) {
	s := ready(t, lsp.Options{})
	s.Open(uri, screen)
	type symbol struct {
		Name, Detail string
		Range        lsptest.Range
		Children     []symbol
	}
	var got []symbol
	if err := json.Unmarshal([]byte(s.Call("textDocument/documentSymbol", `{"textDocument": {"uri": "`+uri+`"}}`)), &got); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, top := range got {
		fmt.Fprintf(&b, "%s %s\n", top.Name, top.Range)
		for _, c := range top.Children {
			fmt.Fprintf(&b, "  %s %s\n", strings.TrimSpace(c.Name+" "+c.Detail), c.Range)
		}
	}
	want := `screen 0:0-0:13
about 1:0-1:13
universe 2:0-4:21
let 5:0-7:18
  share net_cash / market_cap 6:2-6:30
  twice 2 * share 7:2-7:18
pass 8:0-11:23
  small market_cap < 2B 9:2-9:24
  cash share > 10% and avg(roic, 5y) > 5% 10:2-10:43
  both small and cash 11:2-11:23
missing 12:0-13:12
flag 14:0-15:18
  good roic > 20% 15:2-15:18
rank 16:0-19:14
  by 17:2-17:22
  ties 18:2-19:14
columns 20:0-22:23
  roic 21:4-21:8
  mine 22:4-22:23
test 23:0-32:19
  rich 24:4-24:14
  not rich 27:4-27:18
`
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}

func TestFormatting(t *testing.T) {
	s := ready(t, lsp.Options{})
	format := func() string {
		return s.Call("textDocument/formatting", `{"textDocument": {"uri": "`+uri+`"}, "options": {"tabSize": 2, "insertSpaces": true}}`)
	}
	s.Open(uri, "screen: a\npass:\n    x:   roic>1%\n# a remark\ncolumns: [roic]\n")
	want := `[{"range":{"start":{"line":1,"character":0},"end":{"line":5,"character":0}},"newText":"\npass:\n  x: roic \u003e 1%\n\n# a remark\ncolumns:\n  - roic\n"}]`
	if got := format(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	s.Change(uri, 2, "screen: a\n\npass:\n  x: roic > 1%\n")
	if got := format(); got != "[]" {
		t.Errorf("what is canonical already: %s", got)
	}
	s.Change(uri, 3, "screen: a\npass:\n    x:   roicc>1%\n")
	if got := format(); got != "[]" {
		t.Errorf("what has a mistake: %s", got)
	}
}

func TestActions(t *testing.T) {
	s := ready(t, lsp.Options{})
	text := "screen: a\nlet:\n  y: 5\npass:\n  x: roicc > 15 and sector == Energy\n  z: sector == \"Energi\"\nflags:\n  f: roic > 1%\n"
	s.Open(uri, text)
	s.Wait(uri, 1)
	ask := func(line int) string {
		var got []struct {
			Title string
			Edit  struct {
				Changes map[string][]struct {
					Range   lsptest.Range
					NewText string
				}
			}
		}
		params := fmt.Sprintf(`{"textDocument": {"uri": %q}, "range": {"start": {"line": %d, "character": 0}, "end": {"line": %d, "character": 99}}, "context": {"diagnostics": []}}`, uri, line, line)
		answer := s.Call("textDocument/codeAction", params)
		if err := json.Unmarshal([]byte(answer), &got); err != nil {
			t.Fatalf("%v: %s", err, answer)
		}
		var b strings.Builder
		for _, a := range got {
			for _, e := range a.Edit.Changes[uri] {
				fmt.Fprintf(&b, "%s: %s %q\n", a.Title, e.Range, e.NewText)
			}
		}
		return b.String()
	}
	for line, want := range map[int]string{
		0: "",
		4: "replace by roic: 4:5-4:10 \"roic\"\nreplace by \"Energy\": 4:30-4:36 \"\\\"Energy\\\"\"\n",
		5: "replace by \"Energy\": 5:15-5:23 \"\\\"Energy\\\"\"\n",
		6: "replace by flag: 6:0-6:5 \"flag\"\n",
	} {
		if got := ask(line); got != want {
			t.Errorf("line %d: got\n%swant\n%s", line, got, want)
		}
	}
	s.Change(uri, 2, "screen: a\nlet:\n  y: 5\npass:\n  x: roic > 1%\n")
	if got, want := ask(2), "say that it is meant: # assay:ignore L006: 2:6-2:6 \"  # assay:ignore L006\"\n"; got != want {
		t.Errorf("got %swant %s", got, want)
	}
}
