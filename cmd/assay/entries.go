package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/metric"
	"assay/rules"
	"assay/screener"
)

// entry is one name that a rule can use.
type entry struct {
	Name     string        `json:"name"`
	Title    string        `json:"title"`
	From     string        `json:"from"` // "metric", "line item", "price", "filing", "listing", "user"
	Family   string        `json:"family,omitempty"`
	Kind     string        `json:"kind"`
	Unit     string        `json:"unit,omitempty"`
	Formula  string        `json:"formula,omitempty"`
	Expanded string        `json:"expanded,omitempty"`
	Defined  string        `json:"defined,omitempty"`
	Uses     []string      `json:"uses,omitempty"`
	NotFor   []string      `json:"not_for,omitempty"`
	Variants []string      `json:"variants,omitempty"`
	Values   []string      `json:"values,omitempty"`
	Note     string        `json:"note,omitempty"`
	Source   string        `json:"source,omitempty"`
	Worked   string        `json:"worked,omitempty"`
	Seen     *distribution `json:"seen,omitempty"`
	measure  rules.Unit
}

// entries lists the metrics, then the inputs, in the order of the catalogue, and
// then the user's own columns.
func entries(own []fundamentals.UserColumn) []entry {
	var all []entry
	add := func(m metric.Metric, family string) {
		e := entry{
			Name: m.Name, Title: m.Title, From: "metric", Family: family, Kind: rules.Number.String(), Unit: m.Unit.String(),
			Formula: m.Formula, Expanded: metric.Expanded(m), Defined: m.Defined, Uses: metric.Uses(m), NotFor: metric.NotFor(m),
			Note: m.Note, Source: m.Source, measure: m.Unit,
		}
		e.Worked, _ = metric.Worked(m.Name)
		for _, v := range metric.Variants(m.Name) {
			if v != m.Name {
				e.Variants = append(e.Variants, v)
			}
		}
		all = append(all, e)
	}
	for _, f := range metric.Families() {
		for _, m := range f.Metrics {
			add(m, f.Name)
		}
	}
	for _, m := range metric.Ranked() {
		add(m, metric.RankedFamily)
	}
	inputs := metric.Inputs()
	for _, c := range own {
		if _, hidden := metric.Env().Column(c.Name); !hidden {
			inputs = append(inputs, metric.UserInput(c))
		}
	}
	for _, in := range inputs {
		e := entry{Name: in.Name, Title: in.Title, From: in.From, Family: in.From, Kind: in.Kind.String(), Values: in.Values, Note: in.Note, Source: in.Source}
		if in.Kind == rules.Number {
			e.Unit, e.measure = in.Unit.String(), in.Unit
		}
		all = append(all, e)
	}
	return all
}

// has reports whether an entry speaks of all the words.
func (e *entry) has(words string) bool {
	text := strings.ToLower(strings.Join([]string{e.Name, e.Title, e.Formula, e.Note, e.Source}, " "))
	for _, w := range strings.Fields(strings.ToLower(words)) {
		if !strings.Contains(text, w) && !strings.Contains(strings.ReplaceAll(text, "_", " "), w) {
			return false
		}
	}
	return true
}

func writeEntries(w io.Writer, format string, all []entry) error {
	switch format {
	case "json":
		return screener.WriteJSON(w, all)
	case "md":
		return writeReference(w, all)
	}
	t := newTable("name", "unit", "family", "what it is")
	for _, e := range all {
		unit := e.Unit
		if unit == "" {
			unit = e.Kind
		}
		t.add(e.Name, unit, e.Family, e.Title)
	}
	return t.write(w)
}

func writeEntry(w io.Writer, format string, e entry) error {
	switch format {
	case "json":
		return screener.WriteJSON(w, e)
	case "md":
		return writeReference(w, []entry{e})
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", e.Name, e.Title)
	for _, line := range e.lines() {
		fmt.Fprintf(&b, "  %-11s %s\n", line.name, line.text)
	}
	if e.Seen != nil {
		e.Seen.write(&b, e)
	}
	if e.Worked != "" {
		b.WriteString("\nfor example, " + e.Worked)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

type entryLine struct{ name, text string }

// lines tell what there is to tell of an entry, a line for each matter.
func (e *entry) lines() []entryLine {
	all := []entryLine{
		{"from", e.From}, {"family", e.Family}, {"kind", e.Kind}, {"unit", e.Unit}, {"formula", oneLine(e.Formula)},
		{"expanded", oneLine(e.Expanded)}, {"defined if", oneLine(e.Defined)}, {"uses", strings.Join(e.Uses, ", ")},
		{"not for", strings.Join(e.NotFor, ", ")}, {"variants", strings.Join(e.Variants, ", ")},
		{"values", strings.Join(e.Values, ", ")}, {"note", e.Note}, {"source", e.Source},
	}
	if e.Family == e.From {
		all[1].text = ""
	}
	return slices.DeleteFunc(all, func(l entryLine) bool { return l.text == "" })
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
