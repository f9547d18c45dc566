package screenfile_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/jsonschema-go/jsonschema"

	"assay/rules/funcs"
	"assay/screener/screenfile"
)

// schema returns the schema as an editor reads it.
func schema(t *testing.T, tests bool) *jsonschema.Resolved {
	t.Helper()
	text, err := screenfile.Schema(tests)
	if err != nil {
		t.Fatal(err)
	}
	var s jsonschema.Schema
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	resolved, err := s.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	return resolved
}

// fits holds a text against a schema, as an editor does.
func fits(t *testing.T, s *jsonschema.Resolved, text string) error {
	t.Helper()
	var read, plain any
	if err := yaml.Unmarshal([]byte(text), &read); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	bytes, err := json.Marshal(read)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(bytes, &plain); err != nil {
		t.Fatal(err)
	}
	return s.Validate(plain)
}

// TestSchemaOfSoundFiles holds every sound screen of the project against the
// schema.
func TestSchemaOfSoundFiles(t *testing.T) {
	s := schema(t, false)
	n := 0
	for _, pattern := range []string{"../library/*.yaml", "testdata/screens/*.yaml", "testdata/format/*.yaml", "testdata/lint/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			n++
			if err := fits(t, s, string(text)); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
	if n < 8 {
		t.Errorf("only %d files were found", n)
	}
}

// frame puts lines into a screen that is sound without them.
func frame(lines string) string {
	return "screen: a\npass:\n  x: roe > 1%\n" + lines + "\n"
}

// hintOf returns the hint of a mistake of a text with that message.
func hintOf(t *testing.T, text, msg string) string {
	t.Helper()
	_, problems := parse("a.yaml", []byte(text))
	for _, p := range problems {
		if strings.Contains(p.Msg, msg) {
			return p.Hint
		}
	}
	return ""
}

func words(list, prefix string) []string {
	list = strings.TrimPrefix(strings.ReplaceAll(strings.ReplaceAll(list, " and ", ", "), " or ", ", "), prefix)
	return strings.Split(list, ", ")
}

// TestKeysAreThoseOfTheParser asks the parser for its keys, by way of one that
// it cannot have.
func TestKeysAreThoseOfTheParser(t *testing.T) {
	const wrong = "zqzqzqzq"
	check := func(where, text string, keys []screenfile.Key) {
		var want []string
		for _, k := range keys {
			want = append(want, k.Name)
		}
		if got := words(hintOf(t, text, wrong), "the keys are "); !slices.Equal(got, want) {
			t.Errorf("%s: the parser knows\n%q, the list of keys has\n%q", where, got, want)
		}
	}
	check("a screen", frame(wrong+": 1"), screenfile.Keys())
	for _, k := range screenfile.Keys() {
		text := frame(k.Name + ":\n  " + wrong + ": 1")
		switch k.Holds {
		case screenfile.Block:
			check(k.Name, text, k.Keys)
		case screenfile.Blocks:
			check(k.Name, frame(k.Name+":\n  - "+wrong+": 1"), k.Keys)
		default:
			if hint := hintOf(t, text, wrong); strings.HasPrefix(hint, "the keys are") {
				t.Errorf("%s is a block to the parser: %s", k.Name, hint)
			}
		}
	}
	screen, problems := parse("a.yaml", []byte(frame("")))
	if screen == nil {
		t.Fatal(problems)
	}
	_, problems = screenfile.Language{Env: catalogue(), Funcs: funcs.All()}.ParseSuite("a_test.yaml", []byte(wrong+": 1"), screen)
	for _, p := range problems {
		if strings.Contains(p.Msg, wrong) {
			var want []string
			for _, k := range screenfile.SuiteKeys() {
				want = append(want, k.Name)
			}
			if got := words(p.Hint, "the keys are "); !slices.Equal(got, want) {
				t.Errorf("a file of tests has %q to the parser, %q in the list", got, want)
			}
		}
	}
}

// TestWordsAreThoseOfTheParser does the same for words.
func TestWordsAreThoseOfTheParser(t *testing.T) {
	texts := map[string]string{
		"over":     frame("rank:\n  by: roe\n  over: zqzqzqzq"),
		"missing":  frame("missing:\n  x: zqzqzqzq"),
		"on":       frame("schedule:\n  on: zqzqzqzq"),
		"holiday":  frame("schedule:\n  holiday: zqzqzqzq"),
		"catch_up": frame("schedule:\n  catch_up: zqzqzqzq"),
		"expect":   frame("test:\n  - name: a\n    expect: zqzqzqzq"),
	}
	var walk func(keys []screenfile.Key)
	walk = func(keys []screenfile.Key) {
		for _, k := range keys {
			if len(k.Words) > 0 {
				if got := words(hintOf(t, texts[k.Name], "zqzqzqzq"), "it is "); !slices.Equal(got, k.Words) {
					t.Errorf("%s is one of %q to the parser, of %q in the list", k.Name, got, k.Words)
				}
			}
			walk(k.Keys)
		}
	}
	walk(screenfile.Keys())
}

// TestSchemaAgreesWithTheParser holds the schema and the parser to one verdict
// on values of the envelope.
func TestSchemaAgreesWithTheParser(t *testing.T) {
	s := schema(t, false)
	values := map[string][]string{
		"stale:\n  statement: ":                {"1d", "270d", "3650d", "3651d", "0d", "270", "9999d", "99d", "3599d", "3600d", "3649d", "d", "1y", "-1d"},
		"rank:\n  by: roe\n  limit: ":          {"1", "50", "1000000", "1000001", "0", "-3", "1_000", "1.5", "many", "[1]"},
		"rank:\n  by: roe\n  over: ":           {"universe", "passed", "all", "true"},
		"rank: ":                               {"roe", "[roe]", "{over: passed, by: roe}"},
		"missing:\n  x: ":                      {"pass", "fail", "unknown", "keep", "true"},
		"let:\n  ":                             {"y: roe", "Y: roe", "9y: roe", "a_b: 5", "and: roe", "in: roe", "y: [roe]", "y: {a: roe}"},
		"flag:\n  ":                            {"y: roe > 1%", "Y: roe > 1%", "true: roe > 1%"},
		"flag: ":                               {"roe", "[roe > 1%]"},
		"columns: ":                            {"roe", "{a: roe}"},
		"columns:\n  - ":                       {"roe", "y: roe", "Y: roe", "[roe]"},
		"deliver:\n  - ":                       {"desk-mail", "Desk", "a@b.c", "a_b", "[a]"},
		"deliver: ":                            {"desk-mail", "{a: b}"},
		"schedule:\n  timezone: UTC\n  cron: ": {`"30 18 * * 1-5"`, `"* * * *"`, `"* * * * * *"`, "daily", `"; * * * *"`, `"@ * * * *"`, `"0,30 18 1 */2 MON-FRI"`},
		"test:\n  - name: a\n    expect: ":     {"pass", "fail", "unknown", "passes", "{x: pass}", "{screen: passes}", "{universe: in}", "{universe: pass}", "[x]"},
		"test:\n  - name: a\n    expect: pass\n    given: ":                 {"{roe: 5%}", "{roe: null}", "{roe: [1%, null, 3%]}", "{Roe: 5%}", "[roe]", "roe"},
		"test:\n  - name: a\n    company: COHU\n    expect: pass\n    on: ": {"2024-03-08", "8.3.2024", "March"},
		"test:\n  - name: a\n    expect: {A: pass}\n    companies: ":        {"{A: {roe: 5%}, B: {}}", "{A: {roe: 5%}, 9: {}}", "[A]"},
		"test:\n  - expect: pass\n    ":                                     {"name: a", "like: a"},
		"test: ":                                                            {"a", "{name: a}"},
		"universe: ":                                                        {"roe > 1%", "[roe > 1%]", "{a: roe}"},
		"about: ":                                                           {"words", "[words]", "{a: b}", "5"},
		"schedule: ":                                                        {"daily", "{cron: \"* * * * *\"}"},
		"wrong: ":                                                           {"1"},
		"":                                                                  {"", "extra: x", "rank:\n  by: roe\n  extra: x", "stale:\n  extra: 1d", "test:\n  - name: a\n    expect: pass\n    extra: 1"},
	}
	for lines, all := range values {
		for _, v := range all {
			text := frame(lines + v)
			_, problems := parse("a.yaml", []byte(text))
			err := fits(t, s, text)
			if (err == nil) != (len(problems) == 0) {
				t.Errorf("the schema says %v, the parser\n%v\nof\n%s", err, problems, text)
			}
		}
	}
	for _, text := range []string{"pass:\n  x: roe > 1%", "screen: a", "screen: A b\npass:\n  x: roe > 1%", "- a", "a"} {
		if err := fits(t, s, text); err == nil {
			t.Errorf("the schema has nothing to say of %q", text)
		}
	}
	if err := fits(t, s, "screen: a\nextend: b.yaml\npass:\n  x: null\nuniverse: null\ncolumns:\n  - roe: null\nrank: {limit: null}"); err != nil {
		t.Errorf("a screen that takes parts out of another: %v", err)
	}
}

func TestSchemaOfTests(t *testing.T) {
	s := schema(t, true)
	if err := fits(t, s, "screen: a.yaml\ntest:\n  - name: a\n    given: {roe: 5%}\n    expect: {x: pass}"); err != nil {
		t.Error(err)
	}
	for _, text := range []string{"screen: a.yaml", "test:\n  - name: a\n    expect: pass", "screen: a.yaml\npass: {x: y}\ntest: []"} {
		if err := fits(t, s, text); err == nil {
			t.Errorf("the schema has nothing to say of %q", text)
		}
	}
}
