package metric_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"assay/fundamentals/metric"
	"assay/rules"
)

// example is a company of invented inputs and what a metric makes of it.
type example struct {
	place, metric, given, want string
}

// examples reads testdata/*.test. A line without indent names a metric; the
// indented lines below it are companies: inputs, separated by commas, "=>", and
// the number or the reason. An input has one value, or yearly points with the
// latest first; "quarterly" before it makes them quarters; - is not reported.
func examples(t *testing.T) (all []example) {
	t.Helper()
	files, err := filepath.Glob("testdata/*.test")
	if err != nil || len(files) == 0 {
		t.Fatal("no examples", err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := ""
		for i, line := range strings.Split(string(content), "\n") {
			place := fmt.Sprintf("%s:%d", file, i+1)
			switch {
			case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#"):
			case !strings.HasPrefix(line, " "):
				name = strings.TrimSpace(line)
			default:
				given, want, ok := strings.Cut(line, "=>")
				if !ok || name == "" {
					t.Fatalf("%s: a line is: inputs => result", place)
				}
				all = append(all, example{place, name, strings.TrimSpace(given), strings.TrimSpace(want)})
			}
		}
	}
	return all
}

// number reads a literal of the rule language, or arithmetic on literals.
func number(t *testing.T, place, text string) rules.Value {
	t.Helper()
	if text == "-" {
		return rules.None(rules.NotReported)
	}
	if why, ok := rules.ParseReason(text); ok {
		return rules.None(why)
	}
	p, errs := rules.Scope{}.Compile(text)
	if errs != nil {
		t.Fatalf("%s: %q: %v", place, text, errs)
	}
	v, err := rules.NewEvaluation(metric.NewGiven(1)).Eval(context.Background(), p, rules.At{})
	if err != nil {
		t.Fatal(err)
	}
	return v.Value(0)
}

func (e example) table(t *testing.T) *metric.Given {
	t.Helper()
	g := metric.NewGiven(1)
	for _, input := range strings.Split(e.given, ",") {
		words := strings.Fields(input)
		quarterly := len(words) > 2 && words[0] == "quarterly"
		if quarterly {
			words = words[1:]
		}
		if len(words) < 2 {
			continue // a company of which nothing is given
		}
		c, ok := metric.Env().Column(words[0])
		if words[0] == metric.Template || c.Kind == rules.Text {
			g.SetText(0, words[0], strings.Join(words[1:], " "))
			continue
		}
		if !ok {
			t.Fatalf("%s: no column %q", e.place, words[0])
		}
		var points []rules.Value
		for _, w := range words[1:] {
			points = append(points, number(t, e.place, w))
		}
		if quarterly {
			g.SetQuarters(0, words[0], points...)
		} else {
			g.Set(0, words[0], points...)
		}
	}
	return g
}

func TestMetricsOnInventedInputs(t *testing.T) {
	for _, e := range examples(t) {
		if _, ok := metric.Lookup(e.metric); !ok {
			t.Errorf("%s: no metric %q", e.place, e.metric)
			continue
		}
		v, err := e.table(t).Column(context.Background(), e.metric, rules.At{})
		if err != nil {
			t.Fatal(err)
		}
		got, want := v.Value(0), number(t, e.place, e.want)
		if got.Why != want.Why || math.Abs(got.F-want.F) > 1e-9*math.Max(1, math.Abs(want.F)) {
			t.Errorf("%s: %s of %s is %s, not %s", e.place, e.metric, e.given, worded(got), e.want)
		}
	}
}

func worded(v rules.Value) string {
	if v.Why != rules.Known {
		return v.Why.String()
	}
	return fmt.Sprint(v.F)
}

// Each metric has an example with a number, one without, one where it is
// undefined, and one for a kind of company for which it has no meaning.
func TestEveryMetricHasItsExamples(t *testing.T) {
	seen := map[string][]string{}
	for _, e := range examples(t) {
		seen[e.metric] = append(seen[e.metric], e.want)
	}
	for _, m := range metric.All() {
		wants := seen[m.Name]
		lacks := func(what string, ok bool) {
			if !ok {
				t.Errorf("%s: no example in testdata/*.test %s", m.Name, what)
			}
		}
		lacks("with a number", slices.ContainsFunc(wants, func(w string) bool { _, reason := rules.ParseReason(w); return !reason }))
		if m.Tolerant {
			continue
		}
		lacks("with a missing input", slices.Contains(wants, "not given") || slices.Contains(wants, "not reported"))
		lacks("where it is undefined", m.Defined == "" || slices.Contains(wants, "undefined"))
		lacks("for a template that it is not for", len(m.NotFor) == 0 || slices.Contains(wants, "not applicable"))
	}
}

// An empty table gives no metric a number: nothing is ever assumed. Metrics that
// count what is known are tolerant and say 0.
func TestNothingComesOfNothing(t *testing.T) {
	g := metric.NewGiven(1)
	for _, m := range metric.All() {
		v, err := g.Column(context.Background(), m.Name, rules.At{})
		if err != nil {
			t.Fatal(err)
		}
		if v.Reason(0) == rules.Known && !(m.Tolerant && v.F[0] == 0) {
			t.Errorf("%s is %g where nothing is given", m.Name, v.F[0])
		}
	}
}
