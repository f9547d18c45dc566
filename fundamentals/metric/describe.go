package metric

import (
	"regexp"
	"slices"
	"sync"
)

// Family is a group of metrics that answer questions of one sort.
type Family struct {
	Name    string
	Metrics []Metric
}

// RankedFamily names the metrics of [Ranked].
const RankedFamily = "composite"

// FamilyNames lists the families of metrics, then where inputs come from. It does
// without the concept map and the metrics: help lists them at every start.
func FamilyNames() (names []string) {
	for _, g := range grouped() {
		names = append(names, g.family)
	}
	return append(names, RankedFamily, "listing", "filing", fromStatements, FromUser)
}

// Uses lists the columns that a metric's formula and condition name, sorted.
func Uses(m Metric) (names []string) {
	for _, text := range []string{m.Formula, m.Defined} {
		for _, w := range word().FindAllString(text, -1) {
			if _, ok := Lookup(w); ok && !slices.Contains(names, w) {
				names = append(names, w)
			}
			if _, ok := LookupInput(w); ok && !slices.Contains(names, w) {
				names = append(names, w)
			}
		}
	}
	slices.Sort(names)
	return names
}

// NotFor lists the templates for which a metric, or a metric that it is made of,
// has no meaning, sorted.
func NotFor(m Metric) []string {
	templates := slices.Clone(m.NotFor)
	for _, w := range word().FindAllString(m.Formula, -1) {
		if part, ok := Lookup(w); ok && !m.Tolerant {
			templates = append(templates, NotFor(part)...)
		}
	}
	slices.Sort(templates)
	return slices.Compact(templates)
}

// word matches names, and beside them the texts and numbers in which none are.
var word = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`"[^"]*"|[0-9][0-9A-Za-z_.]*|[A-Za-z_][A-Za-z0-9_]*`) })

// maxExpanded is the length of formula beyond which an expansion helps nobody.
const maxExpanded = 2000

// Expanded returns the formula with the formulas of other metrics in place of
// their names, down to inputs. Conditions of parts are not repeated. It is "" for
// a formula of inputs alone, and where it would be longer than a page.
func Expanded(m Metric) string {
	text := expand(m.Formula)
	if text == m.Formula || len(text) > maxExpanded {
		return ""
	}
	return text
}

func expand(formula string) string {
	return word().ReplaceAllStringFunc(formula, func(name string) string {
		part, ok := Lookup(name)
		if !ok {
			part, ok = LookupRanked(name)
		}
		if !ok {
			return name
		}
		inner := expand(part.Formula)
		if single(inner) {
			return inner
		}
		return "(" + inner + ")"
	})
}

// single reports whether a text is one name or one call, which needs no brackets.
func single(text string) bool {
	depth := 0
	for _, r := range text {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == ' ' && depth == 0:
			return false
		}
	}
	return true
}
