package screenfile

import (
	"context"
	"fmt"
	"regexp"
	"slices"

	"assay/fundamentals"
	"assay/rules"
	"assay/screener"
)

// Trial runs the tests of a screen.
type Trial struct {
	Screen *screener.Screen
	Env    rules.Env       // what its names mean; nil: the catalogue
	Tests  []screener.Test // those to run
	Likes  []screener.Test // those that they may be like, besides each other
	Only   *regexp.Regexp  // names of the tests to run; nil: all
	// Table opens the table of the database on a day. Nil: there is none, and tests
	// that need it are skipped.
	Table func(ctx context.Context, on fundamentals.Date) (screener.Table, error)
}

// Outcome is how a test went.
type Outcome string

// The outcomes.
const (
	Passed  Outcome = "passed"
	Failed  Outcome = "failed"
	Skipped Outcome = "skipped"
)

// Tried is a test that was run.
type Tried struct {
	File     string    `json:"file"`
	Line     int       `json:"line"`
	Name     string    `json:"name"`
	Outcome  Outcome   `json:"outcome"`
	Reason   string    `json:"reason,omitempty"` // why it was skipped
	Failures []Failure `json:"failures,omitempty"`
}

// Failure is an expectation that did not come true.
type Failure struct {
	What  string   `json:"what"`
	Want  string   `json:"want"`
	Got   string   `json:"got"`
	Trace []string `json:"trace,omitempty"` // how it came to what it is
}

// Covered says which verdicts of a condition the tests have seen. A verdict
// counts where the test expects something of the condition or of the screen.
type Covered struct {
	Condition string `json:"condition"`
	True      bool   `json:"true"`
	False     bool   `json:"false"`
	Unknown   bool   `json:"unknown"`
}

// TestReport is how the tests of a screen went.
type TestReport struct {
	Screen   string    `json:"screen"`
	File     string    `json:"file"`
	Passed   int       `json:"passed"`
	Failed   int       `json:"failed"`
	Skipped  int       `json:"skipped"`
	Tests    []Tried   `json:"tests"`
	Coverage []Covered `json:"coverage"`
}

// Share returns the share of the verdicts true, false and unknown of every
// condition that the tests have seen.
func (t *TestReport) Share() float64 {
	seen := 0
	for _, c := range t.Coverage {
		for _, is := range []bool{c.True, c.False, c.Unknown} {
			if is {
				seen++
			}
		}
	}
	return float64(seen) / float64(max(1, 3*len(t.Coverage)))
}

// Run runs the tests. It returns an error when the table cannot be read or ctx
// is done.
func (t Trial) Run(ctx context.Context) (*TestReport, error) {
	out := &TestReport{Screen: t.Screen.Name, File: t.Screen.File, Tests: []Tried{}, Coverage: []Covered{}}
	seen := map[string]map[string]bool{}
	for _, test := range t.Tests {
		if t.Only != nil && !t.Only.MatchString(test.Name) {
			continue
		}
		tried, err := t.one(ctx, test, seen)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: test %s: %w", test.File, test.Line, quoted(test.Name), err)
		}
		switch tried.Outcome {
		case Passed:
			out.Passed++
		case Failed:
			out.Failed++
		case Skipped:
			out.Skipped++
		}
		out.Tests = append(out.Tests, tried)
	}
	for _, c := range t.Screen.Pass {
		s := seen[c.Name]
		out.Coverage = append(out.Coverage, Covered{c.Name, s["true"], s["false"], s["unknown"]})
	}
	return out, nil
}

// one runs a test and notes the verdicts that it has seen.
func (t Trial) one(ctx context.Context, test screener.Test, seen map[string]map[string]bool) (Tried, error) {
	tried := Tried{File: test.File, Line: test.Line, Name: test.Name, Outcome: Passed}
	table, rows, names, why, err := t.table(ctx, test)
	if err != nil {
		return tried, err
	}
	switch {
	case why != "" && table == nil:
		tried.Outcome, tried.Reason = Skipped, why
		return tried, nil
	case why != "":
		tried.Outcome = Failed
		tried.Failures = []Failure{{What: "company", Want: test.Company, Got: why}}
		return tried, nil
	}
	told, err := screener.Judge(ctx, table, t.asked(test), rows)
	if err != nil {
		return tried, err
	}
	a := &answers{test: test, names: names, told: told}
	a.check()
	note(test, told, seen)
	if tried.Failures = a.failures; len(tried.Failures) > 0 {
		tried.Outcome = Failed
	}
	return tried, nil
}

// asked returns the screen as a test asks it: with the values that it expects as
// columns, and for invented companies without a universe, unless that is asked.
func (t Trial) asked(test screener.Test) *screener.Screen {
	s := *t.Screen
	s.Columns = nil
	for _, v := range test.Values {
		if v.Program != nil {
			s.Columns = append(s.Columns, screener.Rule{Name: v.Name, Text: v.Program.Text(), Program: v.Program})
		}
	}
	if _, asks := test.Expect["universe"]; !asks && test.On == "" {
		s.Universe = nil
	}
	return &s
}

// table makes the table of a test, and says which rows are its companies. Where
// there is none it says why: without a table the test cannot be run.
func (t Trial) table(ctx context.Context, test screener.Test) (table screener.Table, rows []int, names []string, why string, err error) {
	if test.On == "" {
		invented, names := t.invented(test)
		for i := range names {
			rows = append(rows, i)
		}
		return invented, rows, names, "", nil
	}
	if t.Table == nil {
		return nil, nil, nil, "it needs a database", nil
	}
	on, err := fundamentals.ParseDate(test.On)
	if err != nil {
		return nil, nil, nil, "", err
	}
	table, err = t.Table(ctx, on)
	if err != nil {
		return nil, nil, nil, "", err
	}
	row := rowOf(table, test.Company)
	if row < 0 {
		return table, nil, nil, "the database has no such company on " + test.On, nil
	}
	return table, []int{row}, []string{test.Company}, "", nil
}

// note notes the verdicts that a test has seen and that it says something of.
func note(test screener.Test, told []*screener.Explanation, seen map[string]map[string]bool) {
	_, whole := test.Expect["screen"]
	whole = whole || len(test.Companies) > 0
	for _, e := range told {
		for _, f := range e.Conditions {
			if _, asked := test.Expect[f.Name]; !asked && !whole {
				continue
			}
			if seen[f.Name] == nil {
				seen[f.Name] = map[string]bool{}
			}
			seen[f.Name][f.Verdict] = true
		}
	}
}

// given returns the columns of a test's company: those of the test that it is
// like, and its own in their place.
func (t Trial) given(test screener.Test, depth int) []screener.Given {
	var out []screener.Given
	all := slices.Concat(t.Likes, t.Screen.Likes, t.Screen.Tests, t.Tests)
	if i := slices.IndexFunc(all, func(o screener.Test) bool { return test.Like != "" && o.Name == test.Like }); i >= 0 && depth < maxLikes {
		out = t.given(all[i], depth+1)
	}
	return overridden(out, test.Given)
}

// maxLikes bounds how long a chain of likes may be.
const maxLikes = 100

func overridden(base, own []screener.Given) []screener.Given {
	out := slices.Clone(base)
	for _, g := range own {
		if i := slices.IndexFunc(out, func(b screener.Given) bool { return b.Column == g.Column && b.Quarters == g.Quarters }); i >= 0 {
			out[i] = g
			continue
		}
		out = append(out, g)
	}
	return out
}
