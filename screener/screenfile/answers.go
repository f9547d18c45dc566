package screenfile

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"assay/rules"
	"assay/screener"
)

// answers holds what a screen says of the companies of a test against what the
// test expects.
type answers struct {
	test     screener.Test
	names    []string
	told     []*screener.Explanation // per company
	failures []Failure
}

func (a *answers) check() {
	several := len(a.test.Companies) > 0
	for _, name := range slices.Sorted(maps.Keys(a.test.Expect)) {
		want := a.test.Expect[name]
		if several {
			a.screen(name, a.told[slices.Index(a.names, name)], want)
			continue
		}
		a.one(name, want)
	}
	for _, v := range a.test.Values {
		a.value(v)
	}
	if a.test.Order != nil {
		a.order()
	}
}

func (a *answers) fail(f Failure) { a.failures = append(a.failures, f) }

// one checks a word that is expected of the only company.
func (a *answers) one(name, want string) {
	e := a.told[0]
	switch name {
	case "screen":
		a.screen(name, e, want)
		return
	case "universe":
		got, trace := "in", []string(nil)
		if e.Universe != nil {
			got, trace = e.Universe.Verdict, traceOf(*e.Universe)
		}
		if got != want {
			a.fail(Failure{name, want, got, trace})
		}
		return
	}
	for _, f := range slices.Concat(e.Conditions, e.Flags) {
		if f.Name == name && f.Verdict != want {
			a.fail(Failure{name, want, f.Verdict, traceOf(f)})
		}
	}
}

// screen checks what is expected of the screen as a whole.
func (a *answers) screen(what string, e *screener.Explanation, want string) {
	words := map[string]string{"passed": "pass", "failed": "fail", "unknown": "unknown"}
	got, ok := words[e.Verdict]
	if !ok {
		got = e.Verdict
	}
	if got != want {
		a.fail(Failure{what, want, got, because(e)})
	}
}

// because tells of the conditions that brought a company to its verdict, or, of
// one that passed, of all.
func because(e *screener.Explanation) (lines []string) {
	if e.Universe != nil && slices.Contains(e.Because, "universe") {
		return traceOf(*e.Universe)
	}
	for _, f := range e.Conditions {
		if len(e.Because) == 0 || slices.Contains(e.Because, f.Name) {
			lines = append(lines, fmt.Sprintf("%s is %s: %s", f.Name, f.Verdict, f.Expression))
			for _, l := range traceOf(f) {
				lines = append(lines, "  "+l)
			}
		}
	}
	return lines
}

// traceOf tells the comparisons of an expression with their values.
func traceOf(f screener.Finding) (lines []string) {
	for _, c := range f.Comparisons {
		line := c.Text + " is " + c.Verdict
		if c.Value != nil && c.Value.Known() {
			line += ": " + screener.Show(*c.Value)
			if c.Threshold != nil && c.Threshold.Known() && c.Distance != nil {
				left, right, between := screener.ShowApart(*c.Value, *c.Threshold, *c.Distance)
				line = fmt.Sprintf("%s is %s: %s %s %s (%s)", c.Text, c.Verdict, left, c.Operator, right, between)
			}
		}
		lines = append(lines, line)
		var points []string
		for _, p := range c.Points {
			points = append(points, strings.TrimSpace(p.At+" "+screener.Show(p.Value)))
		}
		if points != nil {
			lines = append(lines, "  points: "+strings.Join(points, ", "))
		}
		for _, l := range c.Lacks {
			lines = append(lines, fmt.Sprintf("  %s: %s", l.Input, l.Reason))
		}
	}
	return lines
}

// order checks which companies pass, the best first. Of those that are not
// listed nothing is expected.
func (a *answers) order() {
	type place struct {
		name string
		rank int
	}
	var listed []place
	var trace []string
	for i, e := range a.told {
		switch {
		case !slices.Contains(a.test.Order, a.names[i]):
		case e.Standing != nil:
			listed = append(listed, place{a.names[i], e.Standing.Rank})
			trace = append(trace, fmt.Sprintf("%s has rank %d, score %s", a.names[i], e.Standing.Rank, screener.Show(e.Standing.Score)))
		default:
			trace = append(trace, fmt.Sprintf("%s is not ranked: %s", a.names[i], e.Verdict))
			for _, l := range because(e) {
				trace = append(trace, "  "+l)
			}
		}
	}
	slices.SortFunc(listed, func(x, y place) int { return x.rank - y.rank })
	var got []string
	for _, p := range listed {
		got = append(got, p.name)
	}
	if !slices.Equal(got, a.test.Order) {
		a.fail(Failure{"rank", strings.Join(a.test.Order, ", "), strings.Join(got, ", "), trace})
	}
}

// value checks the value of a let, a column, a metric or the score.
func (a *answers) value(v screener.Expected) {
	e := a.told[0]
	var got screener.Datum
	if v.Program == nil {
		if e.Standing == nil {
			a.fail(Failure{v.Name, v.Point.Text, "not ranked: " + e.Verdict, because(e)})
			return
		}
		got = e.Standing.Score
	} else {
		for _, r := range e.Values {
			if r.Name == v.Name {
				got = r.Value
			}
		}
	}
	if !meets(got, v.Point) {
		f := Failure{What: v.Name, Want: v.Point.Text, Got: shown(got, v.Point)}
		if v.Program != nil && v.Program.Text() != v.Name {
			f.Trace = []string{v.Name + " = " + strings.Join(strings.Fields(v.Program.Text()), " ")}
		}
		a.fail(f)
	}
}

// shown writes a value that is not what was expected: in the unit of that, and
// with digits enough to tell the two apart.
func shown(got screener.Datum, want screener.Point) string {
	if !got.Known() || want.None || got.Kind != rules.Number {
		return screener.Show(got)
	}
	if u := want.Program.Unit(); got.Unit.Dimensionless() && u.Dimensionless() && u != rules.UnitPlain {
		got.Unit = u
	}
	other, apart := got, got
	other.F = valueOf(want, got.Kind).F
	apart.F = got.F - other.F
	text, _, _ := screener.ShowApart(got, other, apart)
	return text
}

// meets reports whether a value is what is expected: a number to the digits with
// which it is written.
func meets(got screener.Datum, want screener.Point) bool {
	switch {
	case want.None && want.Text == "null":
		return !got.Known()
	case want.None:
		return got.Why == want.Why
	case !got.Known():
		return false
	case got.Kind == rules.Text:
		return got.S == want.Text
	}
	w := valueOf(want, got.Kind)
	return w.Why == rules.Known && math.Abs(got.F-w.F) <= tolerance(want.Text, w.F)
}

var digits = pattern(`^-?[0-9_]*(?:\.([0-9]+))?([a-zA-Z%]*)$`)

// tolerance returns how far a number may be from one that is expected: half a
// unit of the last digit where it has a suffix or decimals.
func tolerance(text string, f float64) float64 {
	exact := 1e-9 * math.Abs(f)
	m := digits().FindStringSubmatch(text)
	if m == nil || m[1] == "" && m[2] == "" {
		return exact
	}
	exponent, known := map[string]int{"": 0, "%": -2, "bp": -4, "k": 3, "M": 6, "B": 9, "T": 12, "d": 0}[m[2]]
	if !known {
		return exact
	}
	half, err := strconv.ParseFloat(fmt.Sprintf("5e%d", exponent-len(m[1])-1), 64)
	if err != nil {
		return exact
	}
	return half * (1 + 1e-9)
}
