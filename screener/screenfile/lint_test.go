package screenfile_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"assay/rules/funcs"
	"assay/screener/screenfile"
)

// TestLint holds what is found to be hardly meant against golden files.
func TestLint(t *testing.T) {
	l := screenfile.Language{Env: catalogue(), Funcs: funcs.All()}
	goldens(t, "testdata/lint", func(t *testing.T, path string, text []byte) string {
		c := l.Check(path, text)
		if len(c.Problems) > 0 {
			t.Fatal(c.Problems)
		}
		return c.Warnings.Error() + "\n"
	})
}

// TestLints holds the table of ids together.
func TestLints(t *testing.T) {
	last := ""
	for _, c := range screenfile.Lints() {
		if !regexp.MustCompile(`^L\d{3}$`).MatchString(c.Code) || c.Code <= last || c.Title == "" || c.Help == "" {
			t.Errorf("%+v after %s", c, last)
		}
		last = c.Code
	}
}

// TestLintIsQuick holds that lets of lets, each twice, do not take for ever.
func TestLintIsQuick(t *testing.T) {
	var b strings.Builder
	b.WriteString("screen: a\nlet:\n  c0: roic > 1%\n  n0: 1 + 1\n")
	for i := range 200 {
		fmt.Fprintf(&b, "  c%d: c%d and not (c%d or c%d)\n  n%d: n%d + n%d\n", i+1, i, i, i, i+1, i, i)
	}
	b.WriteString("pass:\n  last: c200 and roic > n200\n")
	start := time.Now()
	c := screenfile.Language{Env: catalogue(), Funcs: funcs.All()}.Check("a.yaml", []byte(b.String()))
	if took := time.Since(start); took > time.Second {
		t.Errorf("it took %v, and found %v", took, c.Problems)
	}
}
