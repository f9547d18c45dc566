package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"assay/fundamentals/metric"
	"assay/rules/funcs"
	"assay/screener/screenfile"
)

// TestReadme holds the README to what the program does: its commands name
// verbs and flags that exist, and its example is what the demo prints.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(text)
	for _, command := range []string{"go run ./cmd/assay demo", "go test ./..."} {
		if !strings.Contains(readme, "    "+command) {
			t.Errorf("it does not give the command %s", command)
		}
	}
	a := &app{out: &output{}}
	root := a.rootCommand()
	for _, m := range regexp.MustCompile(`(?m)^ +(?:go run \./cmd/)?assay ([^#\n]+)`).FindAllStringSubmatch(readme, -1) {
		args := strings.Fields(m[1])
		verb, rest, err := root.Find(args)
		if err != nil || verb == root {
			t.Errorf("assay %s: there is no such verb", m[1])
			continue
		}
		for _, arg := range rest {
			name, isFlag := strings.CutPrefix(arg, "--")
			if isFlag && verb.Flags().Lookup(name) == nil && root.PersistentFlags().Lookup(name) == nil {
				t.Errorf("assay %s: there is no flag %s", m[1], arg)
			}
		}
	}
	for _, m := range regexp.MustCompile("`([a-z]+/[a-z/]*)`").FindAllStringSubmatch(readme, -1) {
		if _, err := os.Stat("../../" + m[1]); err != nil {
			t.Errorf("it names %s: %v", m[1], err)
		}
	}
}

// TestExampleScreens holds that the screens shown to newcomers have no mistake.
func TestExampleScreens(t *testing.T) {
	for _, doc := range []string{"../../README.md", "help/screens.md"} {
		text, err := os.ReadFile(doc)
		if err != nil {
			t.Fatal(err)
		}
		_, after, found := strings.Cut(string(text), "    screen: ")
		if !found {
			t.Errorf("%s shows no screen", doc)
			continue
		}
		screen := "screen: "
		for line := range strings.Lines(after) {
			indented := strings.HasPrefix(line, "    ")
			if screen != "screen: " && !indented && strings.TrimSpace(line) != "" {
				break
			}
			screen += strings.TrimPrefix(line, "    ")
		}
		if _, problems := screenfile.Parse(doc, []byte(screen), metric.Env(), funcs.All()); len(problems) > 0 {
			t.Errorf("%v", problems)
		}
	}
}
