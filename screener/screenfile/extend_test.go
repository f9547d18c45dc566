package screenfile_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"assay/rules/funcs"
	"assay/screener"
	"assay/screener/screenfile"
)

// family writes files into a folder and reads the first of them.
func family(t *testing.T, files ...string) (*screener.Screen, string) {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		path := filepath.Join(dir, files[i])
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(files[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	l := screenfile.Language{Env: catalogue(), Funcs: funcs.All(), Shipped: func(name string) (string, []byte, bool) {
		texts := map[string]string{
			"shipped":     "screen: shipped\npass:\n  small: market_cap < 2B\n",
			"bad-shipped": "screen: bad-shipped\nextend: other.yaml\npass:\n  small: market_cap < 2B\n",
		}
		text, ok := texts[name]
		return name + ".yaml", []byte(text), ok
	}}
	screen, problems := l.Parse(filepath.Join(dir, files[0]), []byte(files[1]))
	return screen, strings.ReplaceAll(problems.Error(), dir+"/", "")
}

const ground = `screen: ground
about: The ground.
universe: price > 1
let:
  share: cash_and_investments / total_assets
pass:
  small: market_cap <= 2B
  cash: share >= 10%
  steady: roce > 8%
missing:
  cash: pass
  steady: pass
flag:
  thin: market_cap < 1B
rank:
  by: roic
  limit: 50
  ties:
    - earnings_yield
columns:
  - market_cap
  - roic
  - share
stale: { statement: 270d, price: 10d }
schedule: { cron: "30 18 * * 1-5", timezone: UTC }
deliver:
  - desk
test:
  - name: a small one
    given: { market_cap: 1B, cash_and_investments: 20M }
    expect: { small: pass }
`

func TestExtend(t *testing.T) {
	screen, told := family(t, "top.yaml", `screen: top
extend: base/middle.yaml
let:
  share: cash_and_investments / equity
pass:
  small: market_cap <= 1B
  steady: null
  good: roic > 10% and small
rank:
  limit: 20
columns:
  - roic: null
  - price
test:
  - name: smaller
    like: a small one
    given: { market_cap: 100M }
    expect: { small: pass, cash: unknown }
`, "base/middle.yaml", "extend: ground.yaml\nuniverse: null\npass:\n  small: market_cap <= 1.5B\n  priced: price > 2\n", "base/ground.yaml", ground)
	if told != "" {
		t.Fatal(told)
	}
	want := `screen top: "The ground."
let share, line 4, a number: "cash_and_investments / equity"
condition small, line 6, a boolean: "market_cap <= 1B"
  missing: unknown
condition cash, line 8, a boolean: "share >= 10%"
  missing: pass
condition priced, line 5, a boolean: "price > 2"
  missing: unknown
condition good, line 8, a boolean: "roic > 10% and small"
  missing: unknown
flag thin, line 14, a boolean: "market_cap < 1B"
rank by, line 16, a number: "roic"
  over passed false, limit 20
  then tie 1, line 19, a number: "earnings_yield"
column market_cap, line 21, a number: "market_cap"
column share, line 23, a number: "share"
column price, line 13, a number: "price"
stale: {Statement:270 Price:10}
deliver: []
test "smaller" like "a small one", line 15, expects map[cash:unknown small:true]
  market_cap: "100M" (none false, program true)
`
	if got := tell(screen); got != want {
		t.Errorf("got\n%s", got)
	}
	if len(screen.Extends) != 2 || screen.Extends[1].Text != ground {
		t.Errorf("extends %v", screen.Extends)
	}
	report, err := screenfile.Trial{Screen: screen, Tests: screen.Tests}.Run(t.Context())
	if err != nil || report.Passed != 1 {
		t.Errorf("%+v, %v", report, err)
	}
}

// TestExtendRefused holds what cannot be extended against the message.
func TestExtendRefused(t *testing.T) {
	const pass = "pass:\n  small: market_cap < 2B\n"
	deep := []string{}
	for i := range 10 {
		deep = append(deep, fmt.Sprintf("s%d.yaml", i), fmt.Sprintf("screen: s%d\nextend: s%d.yaml\n%s", i, i+1, pass))
	}
	for name, c := range map[string]struct {
		files []string
		want  string
	}{
		"itself": {[]string{"a.yaml", "screen: a\nextend: ./a.yaml\n" + pass},
			"a.yaml:2:9: the screens extend each other: a.yaml -> a.yaml [E126]\n  extend: ./a.yaml\n          ^~~~~~~~\n  take one of the extend: lines out"},
		"a circle": {[]string{"a.yaml", "screen: a\nextend: b.yaml\n" + pass, "b.yaml", "extend: c/c.yaml\n" + pass, "c/c.yaml", "extend: ../b.yaml\n"},
			"c/c.yaml:1:9: the screens extend each other: b.yaml -> c/c.yaml -> b.yaml [E126]\n  extend: ../b.yaml\n          ^~~~~~~~~\n  take one of the extend: lines out"},
		"too deep": {deep, "s8.yaml:2:9: more than 8 screens stand one upon the other [E126]\n  extend: s9.yaml\n          ^~~~~~~\n  extend a screen nearer to the ground"},
		"not there": {[]string{"a.yaml", "screen: a\nextend: b.yaml\n" + pass + "missing:\n  steady: pass\n"},
			"a.yaml:2:9: there is no file \"b.yaml\" [E126]\n  extend: b.yaml\n          ^~~~~~\n  the path is relative to the file that says extend:"},
		"a folder": {[]string{"a.yaml", "screen: a\nextend: ./b\n" + pass, "b/c.yaml", "x"},
			"a.yaml:2:9: \"./b\" cannot be read: not a file [E126]\n  extend: ./b\n          ^~~"},
		"too large": {[]string{"a.yaml", "screen: a\nextend: b.yaml\n" + pass, "b.yaml", strings.Repeat("#\n", 40000)},
			"a.yaml:2:9: \"b.yaml\" cannot be read: it has 80000 bytes; a screen has 65536 at most [E126]\n  extend: b.yaml\n          ^~~~~~"},
		"a list": {[]string{"a.yaml", "screen: a\nextend: b.yaml\n" + pass, "b.yaml", "- a\n"},
			"a.yaml:2:9: b.yaml is no screen: it holds a list [E126]\n  extend: b.yaml\n          ^~~~~~\n  a screen is a block of keys"},
		"a shipped one that leaves": {[]string{"a.yaml", "screen: a\nextend: bad-shipped\n" + pass},
			"bad-shipped.yaml:2:9: a screen that ships extends others that ship, and no file [E126]\n  extend: other.yaml\n          ^~~~~~~~~~\n  name one that ships"},
		"mistakes in both": {[]string{"a.yaml", "screen: a\nextend: b.yaml\npass:\n  two: markt_cap > 1\n", "b.yaml", "pass:\n  one: pric > 1\n  three: \"price > 1\n"},
			"a.yaml:4:8: unknown name \"markt_cap\" [E012]\n  two: markt_cap > 1\n       ^~~~~~~~~\n  did you mean market_cap? `assay metrics` lists all names\n\nb.yaml:2:8: unknown name \"pric\" [E012]\n  one: pric > 1\n       ^~~~\n  did you mean price? `assay metrics` lists all names\n\nb.yaml:3:10: a quote that begins here is never closed [E102]\n  three: \"price > 1\n         ^\n  close it, or take it out"},
		"nothing to take out": {[]string{"a.yaml", "screen: a\nextend: shipped\npass:\n  big: null\n"},
			"a.yaml:4:8: big has no expression [E114]\n  big: null\n       ^\n  write one, or take the name out"},
	} {
		if _, got := family(t, c.files...); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

// TestExtendLinks holds that no link leads out of the folder of the screen.
func TestExtendLinks(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.yaml")
	if err := os.WriteFile(outside, []byte(ground), 0o644); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, "link.yaml")); err != nil {
		t.Skip(err)
	}
	_, problems := parse(filepath.Join(dir, "a.yaml"), []byte("screen: a\nextend: link.yaml\n"))
	if !strings.Contains(problems.Error(), `the path "link.yaml" leaves the folder of the screen through a link`) {
		t.Error(problems)
	}
}

// FuzzExtend holds that no pair of texts, one laid over the other, makes Parse
// panic, and that problems stand within the file that they name.
func FuzzExtend(f *testing.F) {
	const top = "screen: a\nextend: ground\npass:\n  small: market_cap < 1B\n  steady: null\ncolumns:\n  - roic: null\n  - price\n"
	f.Add([]byte(top), []byte(ground))
	f.Add([]byte(top+"rank: null\nmissing:\n  cash: null\nlet: null\n"), []byte(ground))
	f.Add([]byte("extend: ground\npass: []\ncolumns: {}\nlet:\n  small: roic\n"), []byte("extend: ground\npass:\n  - a: roic > 1\n"))
	f.Add([]byte("screen: a\nextend: ground\ntest:\n  - like: a small one\n    expect: pass\n"), []byte(ground))
	f.Fuzz(func(t *testing.T, text, base []byte) {
		l := screenfile.Language{Env: catalogue(), Funcs: funcs.All(), Shipped: func(string) (string, []byte, bool) { return "base.yaml", base, true }}
		screen, problems := l.Parse("fuzz.yaml", text)
		if (screen == nil) != (len(problems) > 0) {
			t.Fatalf("screen %v, problems %v", screen, problems)
		}
		lines := map[string]int{}
		for name, text := range map[string][]byte{"fuzz.yaml": text, "base.yaml": base} {
			lines[name] = strings.Count(strings.ReplaceAll(string(text), "\r", "\n"), "\n") + 1
		}
		for _, p := range problems {
			if p.Line < 1 || p.Line > lines[p.File] || p.Col < 1 || p.Col > len(p.Text)+1 || p.Msg == "" || p.Code == "" {
				t.Fatalf("out of the file: %+v", p)
			}
		}
		if screen != nil {
			l.Check("fuzz.yaml", text)
		}
	})
}
