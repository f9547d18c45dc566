package main

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"assay/screener"
	"assay/screener/screenfile"
)

// writeTests writes how tests went.
func writeTests(w io.Writer, format string, reports []*screenfile.TestReport) error {
	switch format {
	case "json":
		return screener.WriteJSON(w, reports)
	case "junit":
		return writeJUnit(w, reports)
	}
	var b strings.Builder
	for i, r := range reports {
		if i > 0 {
			b.WriteString("\n")
		}
		printTests(&b, r)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func printTests(b *strings.Builder, r *screenfile.TestReport) {
	b.WriteString(r.File + "\n")
	for _, t := range r.Tests {
		switch t.Outcome {
		case screenfile.Passed:
			fmt.Fprintf(b, "  ok    %s\n", t.Name)
		case screenfile.Skipped:
			fmt.Fprintf(b, "  skip  %s: %s\n", t.Name, t.Reason)
		default:
			fmt.Fprintf(b, "  FAIL  %s (%s:%d)\n", t.Name, t.File, t.Line)
			for _, f := range t.Failures {
				for line := range strings.Lines(failureText(f)) {
					b.WriteString("          " + line)
				}
			}
		}
	}
	fmt.Fprintf(b, "  %s: %d passed, %d failed, %d skipped\n", plural(len(r.Tests), "test"), r.Passed, r.Failed, r.Skipped)
	if r.Skipped > 0 {
		b.WriteString("  skipped tests need a database: --db FILE names one\n")
	}
	fmt.Fprintf(b, "  coverage %.0f%%%s\n", 100*r.Share(), unseen(r))
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// failureText words a failure, a line each for what was expected and how it came
// to what it is.
func failureText(f screenfile.Failure) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: expected %s, got %s\n", f.What, f.Want, f.Got)
	for _, line := range f.Trace {
		b.WriteString("  " + line + "\n")
	}
	return b.String()
}

// unseen says what the tests have not seen of which condition.
func unseen(r *screenfile.TestReport) string {
	var parts []string
	for _, c := range r.Coverage {
		var never []string
		for _, v := range []struct {
			seen bool
			word string
		}{{c.True, "true"}, {c.False, "false"}, {c.Unknown, "unknown"}} {
			if !v.seen {
				never = append(never, v.word)
			}
		}
		if len(never) > 0 {
			parts = append(parts, fmt.Sprintf("\n    %s was never %s", c.Condition, strings.Join(never, ", never ")))
		}
	}
	return strings.Join(parts, "")
}

// The elements of JUnit's report, as most servers read it.
type (
	junitSuites struct {
		XMLName xml.Name     `xml:"testsuites"`
		Suites  []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Class   string    `xml:"classname,attr"`
		Name    string    `xml:"name,attr"`
		File    string    `xml:"file,attr"`
		Line    int       `xml:"line,attr"`
		Failure *junitWhy `xml:"failure"`
		Skipped *junitWhy `xml:"skipped"`
	}
	junitWhy struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

func writeJUnit(w io.Writer, reports []*screenfile.TestReport) error {
	var all junitSuites
	for _, r := range reports {
		s := junitSuite{Name: r.File, Tests: len(r.Tests), Failures: r.Failed, Skipped: r.Skipped}
		for _, t := range r.Tests {
			c := junitCase{Class: r.Screen, Name: t.Name, File: t.File, Line: t.Line}
			switch t.Outcome {
			case screenfile.Skipped:
				c.Skipped = &junitWhy{Message: t.Reason}
			case screenfile.Failed:
				var text strings.Builder
				for _, f := range t.Failures {
					text.WriteString(failureText(f))
				}
				first, _, _ := strings.Cut(text.String(), "\n")
				c.Failure = &junitWhy{Message: first, Text: text.String()}
			}
			s.Cases = append(s.Cases, c)
		}
		all.Suites = append(all.Suites, s)
	}
	text, err := xml.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(text)+"\n")
	return err
}
