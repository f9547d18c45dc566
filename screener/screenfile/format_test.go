package screenfile_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals/metric"
	"assay/rules/funcs"
	"assay/screener"
	"assay/screener/screenfile"
)

func format(t *testing.T, l screenfile.Language, file string, text []byte) string {
	t.Helper()
	out, problems, err := l.Format(file, text)
	if err != nil || len(problems) > 0 {
		t.Fatalf("%s: %v %v\n%s", file, err, problems, text)
	}
	return string(out)
}

// TestFormat holds what comes out against golden files, and that it comes out
// the same again and says the same.
func TestFormat(t *testing.T) {
	l := screenfile.Language{Env: catalogue(), Funcs: funcs.All()}
	goldens(t, "testdata/format", func(t *testing.T, path string, text []byte) string {
		out := format(t, l, path, text)
		if again := format(t, l, path, []byte(out)); again != out {
			t.Errorf("formatted once more it is\n%s", again)
		}
		return out
	})
}

// TestFormatKeeps holds that every screen without mistakes can be formatted, and
// is the same screen afterwards.
func TestFormatKeeps(t *testing.T) {
	l := screenfile.Language{Env: metric.Env(), Funcs: funcs.All()}
	texts := map[string]string{"manners.yaml": manners}
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
			if _, problems := l.Parse(path, text); len(problems) == 0 {
				texts[path] = string(text)
			}
		}
	}
	for path, text := range texts {
		before, problems := l.Parse(path, []byte(text))
		if len(problems) > 0 {
			t.Fatalf("%s: %v", path, problems)
		}
		out := format(t, l, path, []byte(text))
		after, problems := l.Parse(path, []byte(out))
		if len(problems) > 0 {
			t.Fatalf("%s: %v\n%s", path, problems, out)
		}
		if meaning(before) != meaning(after) {
			t.Errorf("%s: got\n%s\nwant\n%s", path, meaning(after), meaning(before))
		}
		if again := format(t, l, path, []byte(out)); again != out {
			t.Errorf("%s: formatted once more it is\n%s\nnot\n%s", path, again, out)
		}
		if os.Getenv("SHOW") != "" {
			t.Log("\n" + out)
		}
	}
}

// TestFormatRefuses holds that a file with mistakes is not formatted.
func TestFormatRefuses(t *testing.T) {
	out, problems, err := screenfile.Language{Env: catalogue(), Funcs: funcs.All()}.Format("a.yaml", []byte("screen: a\npass:\n  one:   roic > 12\n"))
	if out != nil || err != nil || len(problems) != 1 || !strings.Contains(problems.Error(), "a.yaml:3:") {
		t.Errorf("%s, %v, %v", out, problems, err)
	}
}

// FuzzFormat holds Format to its promises on any screen: what comes out reads as
// what went in, and comes out the same again.
func FuzzFormat(f *testing.F) {
	l := screenfile.Language{Env: catalogue(), Funcs: funcs.All()}
	for _, glob := range []string{"testdata/format/*.yaml", "testdata/screens/*.yaml", "testdata/lint/*.yaml"} {
		paths, err := filepath.Glob(glob)
		if err != nil {
			f.Fatal(err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(text)
		}
	}
	f.Add([]byte(manners))
	f.Fuzz(func(t *testing.T, text []byte) {
		before, problems := l.Parse("fuzz.yaml", text)
		if len(problems) > 0 {
			return
		}
		l.Check("fuzz.yaml", text)
		out, problems, err := l.Format("fuzz.yaml", text)
		if err != nil || len(problems) > 0 {
			t.Fatalf("it is not formatted: %v, %v", problems, err)
		}
		after, problems := l.Parse("fuzz.yaml", out)
		if len(problems) > 0 || keys(before) != keys(after) {
			t.Fatalf("it became\n%s\n%v", out, problems)
		}
		if again, _, err := l.Format("fuzz.yaml", out); err != nil || string(again) != string(out) {
			t.Fatalf("once more it becomes\n%s\nnot\n%s\n%v", again, out, err)
		}
	})
}

// keys lists what the programs of a screen mean.
func keys(s *screener.Screen) string {
	var b strings.Builder
	for _, r := range s.Lets {
		b.WriteString(r.Name + " " + r.Program.Key() + "\n")
	}
	for _, c := range s.Pass {
		b.WriteString(c.Name + " " + c.Program.Key() + " " + c.Missing.String() + "\n")
	}
	for _, r := range append(s.Flags, s.Columns...) {
		b.WriteString(r.Name + " " + r.Program.Key() + "\n")
	}
	return b.String()
}

// TestFormatAny sets comments and blank lines anywhere between the lines of a
// screen, and holds that none is lost, nothing changes its meaning, and what
// comes out comes out the same again.
func TestFormatAny(t *testing.T) {
	l := screenfile.Language{Env: catalogue(), Funcs: funcs.All()}
	lines := strings.Split(`pass:
    one: roic>3%   and roe > 2%
    'two': "roic  > 1%"
    long: roic > 3% and roe > 2% and roce > 4% and earnings_yield > 5% and debt_to_equity < 40% and market_cap > 1M
universe: price>1
screen: any
let:
 a: net_cash/equity
 b:   a+1
columns:
- roic
- margin: a *2
-   price
rank:
   ties:
   - roe
   - roce
   by: b
test:
  - expect: pass
    name: one
    given:
        roic: [1%, 2%]
        roe:
          - 3%
          - 4%
  -   name: two
      like: one
      expect: {one: pass, screen: pass}
flag:
    f: roic < 0
stale: {price: 10d}`, "\n")
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		comments := 0
		for i, line := range lines {
			for range rapid.IntRange(0, 2).Draw(t, "between") {
				if rapid.Bool().Draw(t, "blank") {
					b.WriteString("\n")
					continue
				}
				comments++
				in := rapid.IntRange(0, 8).Draw(t, "in")
				fmt.Fprintf(&b, "%s# comment %d\n", strings.Repeat(" ", in), comments)
			}
			b.WriteString(line)
			if rapid.IntRange(0, 3).Draw(t, "behind") == 0 {
				comments++
				fmt.Fprintf(&b, " # behind %d", comments)
			}
			if i < len(lines)-1 || rapid.Bool().Draw(t, "end") {
				b.WriteString("\n")
			}
		}
		before, problems := l.Parse("a.yaml", []byte(b.String()))
		if len(problems) > 0 {
			t.Fatalf("%v\n%s", problems, b.String())
		}
		out, problems, err := l.Format("a.yaml", []byte(b.String()))
		if err != nil || len(problems) > 0 {
			t.Fatalf("%v, %v\n%s", problems, err, b.String())
		}
		after, problems := l.Parse("a.yaml", out)
		if len(problems) > 0 || keys(before) != keys(after) || strings.Count(string(out), "#") != comments {
			t.Fatalf("%v\n%s\nbecame\n%s", problems, b.String(), out)
		}
		if again, _, err := l.Format("a.yaml", out); err != nil || string(again) != string(out) {
			t.Fatalf("%s\nbecame\n%s\nand then\n%s\n%v", b.String(), out, again, err)
		}
	})
}
