package screenfile

import (
	"path/filepath"
	"slices"
	"strings"

	"assay/rules"
	"assay/screener"
)

// suiteEnding is how the name of a file with tests of another ends.
const suiteEnding = "_test"

var ofScreen = pattern(`(?m)^["']?(pass|extend|universe|rank|columns)["']?[ \t]*:`)

// IsSuite reports whether a file is one of tests: by its name, and because it
// has no key that only screens have.
func IsSuite(file string, text []byte) bool {
	return strings.HasSuffix(strings.TrimSuffix(file, filepath.Ext(file)), suiteEnding) && !ofScreen().Match(text)
}

// Suite is a file of tests of a screen that stands elsewhere.
type Suite struct {
	File   string
	Screen string // the path of the screen's file, relative to this one; or the name of one that ships
	Tests  []screener.Test
}

// SuiteScreen reads which screen a file of tests is about, "" if it does not say.
func SuiteScreen(file string, text []byte) string {
	r := Language{}.reader(file, text)
	root := r.parse()
	if root == nil {
		return ""
	}
	for _, p := range root.pairs {
		if p.key.text == "screen" {
			return strings.TrimSpace(p.value.text)
		}
	}
	return ""
}

// ParseSuite reads a file of tests. The screen is the one that it is about.
func (l Language) ParseSuite(file string, text []byte, screen *screener.Screen) (*Suite, Problems) {
	r := l.reader(file, text)
	own := *screen
	own.Likes, own.Tests = append(own.Likes[:len(own.Likes):len(own.Likes)], own.Tests...), nil
	r.screen = &own
	r.scope.Lets = l.programs(screen)
	root := r.parse()
	if root == nil {
		return nil, r.sorted()
	}
	r.family.files = []string{file}
	out := &Suite{File: file}
	keys := r.fields(root, "a file of tests", "screen", "about", "test")
	if keys != nil {
		if n := keys["screen"]; n == nil {
			r.needed(root, "the file does not say which screen it tests", "begin it with `screen: my-screen.yaml`")
		} else {
			out.Screen = r.word(n, "screen", "the path of a screen")
		}
		if keys["test"] == nil {
			r.needed(root, "the file has no tests", "write `test:` and below it tests that begin with `- name:`")
		}
		r.tests(keys["test"])
	}
	if len(r.problems) > 0 {
		return nil, r.sorted()
	}
	out.Tests = own.Tests
	return out, nil
}

// programs returns the names of a screen that expressions can use.
func (l Language) programs(screen *screener.Screen) map[string]*rules.Program {
	out := map[string]*rules.Program{}
	for _, c := range screen.Pass {
		if !slices.Contains(l.Env.Names(), c.Name) {
			out[c.Name] = c.Program
		}
	}
	for _, let := range screen.Lets {
		out[let.Name] = let.Program
	}
	return out
}
