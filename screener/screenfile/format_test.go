package screenfile_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"assay/fundamentals/metric"
	"assay/rules/funcs"
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
