package screenfile_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/fundamentals"
	"assay/fundamentals/metric"
	"assay/rules"
	"assay/rules/funcs"
	"assay/screener"
	"assay/screener/screenfile"
)

// TestScreens tells every file under testdata/screens as Parse understands it.
func TestScreens(t *testing.T) {
	goldens(t, "testdata/screens", func(t *testing.T, path string, text []byte) string {
		screen, problems := parse(path, text)
		if len(problems) > 0 {
			t.Fatalf("%v", problems)
		}
		return tell(screen)
	})
}

// tell writes a screen as text, a line for each thing it holds.
func tell(s *screener.Screen) string {
	var b strings.Builder
	rule := func(what string, r screener.Rule) {
		fmt.Fprintf(&b, "%s %s, line %d, a %s: %q\n", what, r.Name, r.Line, r.Program.Kind(), r.Text)
	}
	fmt.Fprintf(&b, "screen %s: %q\n", s.Name, s.About)
	if s.Universe != nil {
		rule("rule", *s.Universe)
	}
	for _, r := range s.Lets {
		rule("let", r)
	}
	for _, c := range s.Pass {
		rule("condition", c.Rule)
		fmt.Fprintf(&b, "  missing: %s\n", c.Missing)
		if c.Keep != nil {
			fmt.Fprintf(&b, "  keep, line %d: %q\n", c.Keep.Line, c.Keep.Text)
		}
	}
	for _, r := range s.Flags {
		rule("flag", r)
	}
	if r := s.Rank; r != nil {
		rule("rank", r.By)
		fmt.Fprintf(&b, "  over passed %v, limit %d\n", r.OverPassed, r.Limit)
		for _, tie := range r.Ties {
			rule("  then", tie)
		}
	}
	for _, r := range s.Columns {
		rule("column", r)
	}
	if s.MinStay != 0 {
		fmt.Fprintf(&b, "min stay: %d days\n", s.MinStay)
	}
	fmt.Fprintf(&b, "stale: %+v\n", s.Stale)
	if s.Schedule != nil {
		fmt.Fprintf(&b, "schedule: %+v\n", *s.Schedule)
	}
	fmt.Fprintf(&b, "deliver: %v\n", s.Deliver)
	for _, test := range s.Tests {
		fmt.Fprintf(&b, "test %q like %q, line %d, expects %v\n", test.Name, test.Like, test.Line, test.Expect)
		for _, g := range test.Given {
			fmt.Fprintf(&b, "  %s:", g.Column)
			for _, p := range g.Points {
				fmt.Fprintf(&b, " %q (none %v, program %v)", p.Text, p.None, p.Program != nil)
			}
			b.WriteString("\n")
		}
	}
	for _, n := range s.Notices {
		fmt.Fprintf(&b, "notice: %s\n", n)
	}
	return b.String()
}

// TestLineEnds shows that a byte order mark and the line ends of Windows make
// no difference, not even to the identity of the screen.
func TestLineEnds(t *testing.T) {
	text, err := os.ReadFile("testdata/screens/language.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want, problems := parse("a.yaml", text)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	windows := "\ufeff" + strings.ReplaceAll(string(text), "\n", "\r\n")
	got, problems := parse("a.yaml", []byte(windows))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if diff := cmp.Diff(tell(want), tell(got)); diff != "" {
		t.Error(diff)
	}
	if got.Text != want.Text {
		t.Error("the text of the screen depends on its line ends")
	}
}

// TestOneSlip adds one slip that YAML cannot read to each screen without
// mistakes: it is the only one told, so nothing good is taken for a mistake.
func TestOneSlip(t *testing.T) {
	var texts []string
	for _, glob := range []string{"testdata/screens/*.yaml", "../library/*.yaml"} {
		paths, err := filepath.Glob(glob)
		if err != nil || len(paths) == 0 {
			t.Fatalf("%s: %v", glob, err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, string(text))
		}
	}
	texts = append(texts, manners)
	slips := map[string]string{
		"a tag":            "flag:\n  last: !known(price)\n",
		"an alias":         "flag:\n  last: *price\n",
		"a choice":         "flag:\n  last: price > 1 ? price > 2 : price > 3\n",
		"a quoted part":    "flag:\n  last: \"price\" > 3\n",
		"an open quote":    "flag:\n  last: \"price > 3\n",
		"an open bracket":  "flag:\n  last: [price > 3\n",
		"a header":         "flag:\n  last: > 3\n",
		"an indent":        "flag:\n  last: price > 3\n   later: price > 4\n",
		"a tab":            "flag:\n\tlast: price > 3\n",
		"no blank":         "flag:\n  last:price > 3\n  later: price > 4\n",
		"no colon":         "flag:\n  last price > 3\n  later: price > 4\n",
		"a line at a loss": "flag:\n  last: price > 3\n  and price < 4\n  later: price > 4\n",
		"a comment":        "flag:\n  last: price > 3 # cheap\n    and price < 4\n",
	}
	env := metric.EnvWith([]fundamentals.UserColumn{{Name: "reshoring", Unit: fundamentals.TagUnit}})
	for _, text := range texts {
		text = regexp.MustCompile(`(?m)^flag:.*\n( .*\n)*`).ReplaceAllString(text, "")
		for name, slip := range slips {
			if _, problems := screenfile.Parse("a.yaml", []byte(text+slip), env, funcs.All()); len(problems) != 1 {
				t.Errorf("%s, after\n%s\n%v", name, text, problems)
			}
		}
	}
}

// TestSlipsHideNothing puts every pair of slips into one file, good lines
// around them: each slip is told where it stands, and so is the mistake in the
// last line; of the good lines nothing is said.
func TestSlipsHideNothing(t *testing.T) {
	slips := []string{
		"a: !known(roic)", "a: !(roic > 5%)", "a: ! known(roic)", "a: !!str roic > 5%", "a: !",
		"a: *roic > 1%", "a: *roic", "a: &roic roe > 1%", "a: &roic",
		"a: roe > 1% ? roic > 1% : roic > 2%", "a: roic > 1%: roe", "a: if roe > 1% { roic: } else { roe }",
		"a: \"roic\" > 5%", "a: 'Energy' == sector", "a: \"roic > 5%", "a: 'roic > 5%",
		"a: [\"Energy\"] == sector", "a: [roic", "a: {roic > 5%", "a: [roic]] > 5%",
		"a: > 5%", "a: >= 5%", "a: | roic > 5%", "a: @roic > 5%", "a: ` > 5%", "a: % > 5",
		" a: roic > 5%", "   a: roic > 5%", "\ta: roic > 5%",
		"a:roic > 5%", "a roic > 5%", "- roic > 5%", "a: roic > 5% # low\n    and roe > 1%", "a: roic > 5% and\n  roe > 1%",
		"a: (roic > 1% # and)", "a: roe > 15", "a:", "? a", "<<: roic", "a: ]", "a: }", "a: , roic",
	}
	for _, first := range slips {
		for _, second := range slips {
			second = regexp.MustCompile(`a(:| roic)`).ReplaceAllString(second, "b$1")
			text := "screen: a-screen\npass:\n  good: price > 1\n  " + first + "\n  better: price > 2\n  best: price > 3\n  " + second + "\n  fine: price > 4\n  last: markt_cap > 5%\n"
			_, problems := parse("a.yaml", []byte(text))
			told := map[int]bool{}
			for _, p := range problems {
				told[p.Line] = true
			}
			var wrong []string
			for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
				good := regexp.MustCompile(`screen:|pass:|price`).MatchString(line)
				slip := strings.Contains(line, "last:") || strings.Contains("  "+first, line) || strings.Contains("  "+second, line)
				again := strings.Contains(first, "\t") && strings.HasPrefix(line, "  \t") // tabs are told once
				lacking := slip && !told[i+1] && !again && !strings.Contains(first+second, "\n")
				if good && told[i+1] || !good && lacking {
					wrong = append(wrong, line)
				}
			}
			if len(wrong) > 0 {
				t.Errorf("%s\n%v\nwrongly told, or not: %q", text, problems, wrong)
			}
		}
	}
}

// manners is a screen with every way of YAML to write a value, and nothing
// wrong.
const manners = `# a comment
"screen": a-screen
about: >-
  A screen: with *stars*, !marks,
    "quotes" # and no comment
  'til the end.

universe:
  market_cap > 1M
  # not a value yet
pass:

  one: market_cap > 1M   # a comment
  'two': 'ticker == "it''s: *"

    or market_cap > 1M'
  three: "ticker == \"a: b\" or
    market_cap > 1M"
  four:
    market_cap > 1M
    and market_cap < 1B
  five: |2
      market_cap > 1M
    and market_cap < 1B

  six: ticker == "a" or
    market_cap > 1M and
      market_cap < 1B
  seven: >

    ticker != "!x"
columns:
- price
-   name: ticker
- "market_cap"
- margin: |
    roic
rank:
  by: market_cap
  ties: [roic,
    roe, 'price'
    ]
test:
-
  name: "one: two"
  given: { market_cap: 1M, price: [1, 2,
    3], ticker: "it's" }
  expect: pass
-   name: it's [so
    like: 'one: two'
    expect:
        one: pass
        screen: pass
`

func TestTooLarge(t *testing.T) {
	_, problems := parse("a.yaml", []byte(strings.Repeat("# a comment\n", 10_000)))
	want := "a.yaml:1:1: the file has 120000 bytes; a screen has 65536 at most [E101]\n  # a comment\n  ^\n  is it a screen?"
	if problems.Error() != want {
		t.Errorf("got\n%s\nwant\n%s", problems, want)
	}
}

// TestCodes holds the table of codes together: unique, in order, told in full,
// used by a golden, and apart from those of the rule language.
func TestCodes(t *testing.T) {
	goldens := ""
	files, err := os.ReadDir("testdata/mistakes")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".txt") {
			text, err := os.ReadFile("testdata/mistakes/" + f.Name())
			if err != nil {
				t.Fatal(err)
			}
			goldens += string(text)
		}
	}
	theirs := map[string]bool{}
	for _, c := range rules.Codes() {
		theirs[c.Code] = true
	}
	last := ""
	for _, c := range screenfile.Codes() {
		switch {
		case c.Code <= last:
			t.Errorf("%s stands after %s", c.Code, last)
		case !regexp.MustCompile(`^E1\d\d$`).MatchString(c.Code) || theirs[c.Code]:
			t.Errorf("%s is not a code of this room", c.Code)
		case c.Title == "" || c.Help == "":
			t.Errorf("%s is not told", c.Code)
		case !strings.Contains(goldens, "["+c.Code+"]"):
			t.Errorf("%s is shown by no golden", c.Code)
		}
		last = c.Code
	}
}

// FuzzParse holds Parse to its promises on any text: no panic, problems in
// order and within the file, and either a screen or problems.
func FuzzParse(f *testing.F) {
	for _, dir := range []string{"testdata/mistakes", "testdata/screens"} {
		files, err := os.ReadDir(dir)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file.Name(), ".yaml") {
				text, err := os.ReadFile(dir + "/" + file.Name())
				if err != nil {
					f.Fatal(err)
				}
				f.Add(text)
			}
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		screen, problems := parse("fuzz.yaml", text)
		if (screen == nil) != (len(problems) > 0) {
			t.Fatalf("screen %v, problems %v", screen, problems)
		}
		lines := strings.Count(strings.ReplaceAll(string(text), "\r", "\n"), "\n") + 1
		line, col := 0, 0
		for _, p := range problems {
			if p.Line < line || p.Line == line && p.Col < col {
				t.Fatalf("out of order:\n%v", problems)
			}
			line, col = p.Line, p.Col
			if p.Line < 1 || p.Line > lines || p.Col < 1 || p.Col > len(p.Text)+1 || p.Width < 1 || p.Msg == "" || p.Code == "" {
				t.Fatalf("out of the file: %+v", p)
			}
			_ = p.Error()
		}
		if screen != nil {
			again, problems := parse("fuzz.yaml", []byte(screen.Text))
			if len(problems) > 0 || tell(again) != tell(screen) {
				t.Fatalf("its own text reads otherwise: %v", problems)
			}
		}
	})
}

var lineOrBlanks = regexp.MustCompile(`,? line \d+|\\n|\s+`)

// meaning is what a screen says, without where and with which blanks.
func meaning(s *screener.Screen) string {
	told := lineOrBlanks.ReplaceAllString(tell(s), " ")
	for _, bracket := range []string{"( ", "(", " )", ")", "[ ", "[", " ]", "]"} {
		told = strings.ReplaceAll(told, bracket, strings.TrimSpace(bracket))
	}
	return told
}
