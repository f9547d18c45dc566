package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"assay/fundamentals/metric"
	"assay/rules"
	"assay/rules/funcs"
	"assay/screener/library"
)

var helpMention = regexp.MustCompile("assay help ([a-z][a-z-]*)")

// TestHelpMentions finds every page of help that a message, a page or the
// README names, and wants it to exist.
func TestHelpMentions(t *testing.T) {
	found := map[string][]string{}
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && strings.HasPrefix(entry.Name(), ".") && entry.Name() != ".." {
			return filepath.SkipDir
		}
		if entry.IsDir() || !slices.Contains([]string{".go", ".md", ".txtar", ".txt"}, filepath.Ext(path)) {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range helpMention.FindAllStringSubmatch(string(text), -1) {
			found[m[1]] = append(found[m[1]], path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found["functions"]) == 0 || len(found["missing"]) == 0 {
		t.Errorf("the hints of the language name no help: %v", found)
	}
	a := &app{out: &output{}}
	verbs := a.verbNames(a.rootCommand())
	for name, paths := range found {
		if !slices.Contains(topics(), name) && !slices.Contains(verbs, name) && !slices.Contains(library.Names(), name) {
			t.Errorf("there is no help about %q, which is named in %v", name, paths)
		}
	}
}

// TestTopics holds every topic to a page, and the pages of functions and of
// reasons to what there is.
func TestTopics(t *testing.T) {
	pages := map[string]string{}
	for _, name := range topics() {
		text, ok := topic(name)
		if !ok || !strings.HasSuffix(text, "\n") {
			t.Errorf("%s has no page", name)
		}
		pages[name] = text
	}
	for _, f := range funcs.All() {
		want := "\n" + f.Signature() + "\n    " + f.Doc + "\n    " + f.Example + "\n"
		if !strings.Contains(pages["functions"], want) {
			t.Errorf("the page of functions lacks%s", want)
		}
	}
	for _, r := range rules.Reasons() {
		if !regexp.MustCompile(`(?m)^` + r.String() + ` {2,}[a-z]`).MatchString(pages["missing"]) {
			t.Errorf("the page of what is missing does not tell %q", r)
		}
	}
}

// TestMistakes holds the page of every code of the language to its example: what
// is wrong has the mistake, and what is right has none.
func TestMistakes(t *testing.T) {
	scope := rules.Scope{Env: metric.Env(), Funcs: funcs.All()}
	for _, c := range rules.Codes() {
		page, ok := topic(c.Code)
		if !ok || !strings.Contains(page, c.Help) {
			t.Errorf("%s has no page", c.Code)
		}
		scope.Lets = nil
		if c.Code == "E022" {
			scope.Lets = map[string]*rules.Program{"margin": nil}
		}
		_, errs := scope.Compile(c.Wrong)
		if !slices.ContainsFunc(errs, func(e *rules.Error) bool { return e.Code == c.Code }) {
			t.Errorf("%s: %s has the mistakes %v", c.Code, c.Wrong, errs)
		}
		if _, errs := scope.Compile(c.Right); errs != nil {
			t.Errorf("%s: %s: %v", c.Code, c.Right, errs)
		}
		if !strings.Contains(page, "\nwrong  "+c.Wrong+"\nright  "+c.Right+"\n") {
			t.Errorf("the page of %s does not show its example", c.Code)
		}
	}
}
