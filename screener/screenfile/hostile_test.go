package screenfile_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"assay/fundamentals/metric"
	"assay/rules/funcs"
	"assay/screener/screenfile"
)

// hostile are texts that want to take time or memory without end.
func hostile() map[string]string {
	const head = "screen: a\npass:\n  one: "
	rep := strings.Repeat
	bomb := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'k'; c++ {
		bomb += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.TrimSuffix(rep(fmt.Sprintf("*%c, ", c-1), 9), ", "))
	}
	lets := "screen: a\nlet:\n  x0: roic > 1%\n"
	wide := "screen: a\nlet:\n"
	many := "screen: a\npass:\n"
	for i := range 1500 {
		lets += fmt.Sprintf("  x%d: x%d and not x%d\n", i+1, i, i)
		wide += fmt.Sprintf("  y%d: roic - y%d\n", i, (i+1)%1500)
		many += fmt.Sprintf("  c%d: roic > %d%% or roe < %d%%\n", i, i%90, i%70)
	}
	return map[string]string{
		"aliases":               bomb,
		"anchors in pass":       head + "&a " + rep("[", 50) + "\n",
		"flow lists":            head + rep("[", 30000) + "\n",
		"flow lists closed":     head + rep("[", 60) + rep("]", 60) + "\n",
		"flow blocks":           head + rep("{a: ", 10000) + "\n",
		"dashes":                head + "\n" + rep("- ", 20000) + "\n",
		"dashes on lines":       "screen: a\ntest:\n" + nested(200, "- "),
		"keys on lines":         "screen: a\npass:\n" + nested(300, "a: "),
		"question marks":        rep("? ", 20000),
		"tags":                  rep("!a ", 20000),
		"parentheses":           head + rep("(", 30000) + "roic" + rep(")", 30000) + " > 1%\n",
		"ninety parentheses":    head + rep("(", 90) + "roic" + rep(")", 90) + " > 1%\n",
		"nots":                  head + rep("not ", 15000) + "known(roic)\n",
		"minuses":               head + rep("-", 60000) + "roic > 1%\n",
		"ands":                  head + rep("roic > 1% and ", 4000) + "roe > 1%\n",
		"ors of ands":           head + rep("(roic > 1% or roe < 2%) and ", 2000) + "roe > 1%\n",
		"ifs":                   head + rep("if roic > 1% { true } else { ", 90) + "true" + rep(" }", 90) + "\n",
		"digits":                head + "roic > " + rep("9", 60000) + "\n",
		"exponent":              head + "roic > 1e999999999\n",
		"an unclosed text":      head + "ticker == \"" + rep("a", 60000) + "\n",
		"a pattern":             head + `ticker matches "` + rep("(a{1,1000}){1,1000}", 100) + "\"\n",
		"blanks behind":         head + "lost" + rep(" ", 60000) + "\n",
		"letters and blanks":    head + rep("a", 30000) + "b" + rep(" ", 30000) + "\n",
		"escapes":               head + "\"" + rep("\\u0041", 9000) + "\"\n",
		"a long line":           head + rep("é", 30000) + "\n",
		"empty lines":           rep("\n", 65000),
		"comments":              rep("#\n", 32000),
		"colons":                rep("a: ", 20000),
		"keys":                  "screen: a\n" + rep("key: 1\n", 9000),
		"unknown keys":          "screen: a\npass:\n" + rep("  ab: x\n", 8000),
		"mistakes in each line": "screen: a\npass:\n" + rep("  ab:x\n\t- [\n", 3000),
		"lets of lets":          lets + "pass:\n  last: x1500\n",
		"a long circle":         wide + "pass:\n  last: y0 > 1\n",
		"conditions":            many,
		"a list of texts":       head + "ticker in [" + strings.TrimSuffix(rep(`"a", `, 12000), ", ") + "]\n",
		"brackets in a block":   "screen: a\npass:\n  one: |\n" + rep("    (\n", 9000),
		"a folded block":        "screen: a\nabout: >\n" + rep("  a\n\n", 12000),
		"documents":             rep("---\n", 16000),
		"directives":            rep("%YAML 1.2\n", 6000),
		"merges":                "screen: a\n" + rep("<<: *a\n", 9000),
		"tests":                 "screen: a\npass:\n  one: roic > 1%\ntest:\n" + rep("  - name: a\n    like: a\n    expect: pass\n", 1500),
	}
}

// nested is n lines, each set in by one blank more than the last.
func nested(n int, what string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i+1) + what + "\n")
	}
	return b.String()
}

// slow is a second, and what a machine with other work may add.
const slow = 4 * time.Second

// TestHostile holds that no text takes more than a second or 200 MB to check, and
// none is formatted into something else.
func TestHostile(t *testing.T) {
	l := screenfile.Language{Env: metric.Env(), Funcs: funcs.All()}
	for name, text := range hostile() {
		start := time.Now()
		c := l.Check("a.yaml", []byte(text))
		if took := time.Since(start); took > slow {
			t.Errorf("%s: %v", name, took)
		}
		if len(c.Problems) == 0 {
			start = time.Now()
			if _, problems, err := l.Format("a.yaml", []byte(text)); len(problems) > 0 || err != nil {
				t.Errorf("%s: %v, %v", name, problems, err)
			}
			if took := time.Since(start); took > slow {
				t.Errorf("%s: formatting takes %v", name, took)
			}
		}
	}
	var used runtime.MemStats
	runtime.ReadMemStats(&used)
	if most := used.HeapSys >> 20; most > 200 {
		t.Errorf("the tests of this room took %d MB at most", most)
	}
}

func TestFarTooLarge(t *testing.T) {
	_, problems := parse("a.yaml", make([]byte, screenfile.TooLarge))
	if !strings.HasPrefix(problems.Error(), "a.yaml:1:1: the file has a million bytes or more; a screen has 65536 at most [E101]\n") {
		t.Error(problems)
	}
}
