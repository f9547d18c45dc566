package fundamentals

import (
	"fmt"
	"strings"

	"assay/rules"
)

// Worked writes evidence so that a reader can reckon the value anew: each step
// as name, arithmetic and result, the parts before the whole; then each number
// that a filing or a price file says, with its period, tag and accession number.
func (e *Evidence) Worked() string {
	w := worked{told: map[string]bool{}}
	w.walk(e)
	var b strings.Builder
	for _, s := range w.steps {
		b.WriteString(s + "\n")
	}
	if len(w.steps) > 0 && len(w.leaves) > 0 {
		b.WriteString("\n")
	}
	for _, l := range w.leaves {
		b.WriteString(l + "\n")
	}
	return b.String()
}

type worked struct {
	steps, leaves []string
	told          map[string]bool
}

func (w *worked) walk(e *Evidence) {
	if e == nil {
		return
	}
	for _, in := range e.Inputs {
		w.walk(in)
	}
	name := e.Name
	if when := e.when(); when != "" {
		name += " " + when
	}
	switch {
	case len(e.Inputs) == 0:
		said := e.Tag
		if e.Accession != "" {
			said = strings.TrimSpace(said + " " + e.Accession)
		}
		if e.Note != "" && (e.Tag == "" || e.Value.Why != rules.Known) {
			said = strings.TrimPrefix(said+"; "+e.Note, "; ")
		}
		w.add(&w.leaves, strings.TrimRight(fmt.Sprintf("%s: %s  %s", name, e.written(), said), " "))
	case e.Arithmetic != "":
		w.add(&w.steps, fmt.Sprintf("%s = %s = %s", name, e.Arithmetic, e.written()))
	default:
		note := ""
		if e.Note != "" {
			note = "; " + e.Note
		}
		w.add(&w.steps, fmt.Sprintf("%s: %s%s", name, e.written(), note))
	}
}

func (w *worked) add(lines *[]string, line string) {
	if !w.told[line] {
		w.told[line] = true
		*lines = append(*lines, line)
	}
}

// when words the span or the moment of a value.
func (e *Evidence) when() string {
	switch {
	case e.End == 0:
		return ""
	case e.Start == 0:
		return "at " + e.End.String()
	}
	return e.Start.String() + " to " + e.End.String()
}

// written is the value in full, or the reason for which there is none.
func (e *Evidence) written() string {
	switch {
	case e.Value.Why != rules.Known:
		return e.Value.Why.String()
	case e.Kind == rules.Text:
		return e.Text
	case e.Kind == rules.Date:
		return Date(e.Value.F).String()
	}
	return rules.Digits(e.Value.F)
}
