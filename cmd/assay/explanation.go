package main

import (
	"fmt"
	"io"
	"strings"

	"assay/screener"
)

// printExplanation writes one company's way through a screen for people.
func printExplanation(w io.Writer, e *screener.Explanation) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s  (CIK %s)\n", e.Ticker, e.Name, e.CIK)
	fmt.Fprintf(&b, "%s as of %s: %s", e.Screen, e.AsOf, e.Verdict)
	if len(e.Because) > 0 {
		fmt.Fprintf(&b, ", because of %s", strings.Join(e.Because, ", "))
	}
	if s := e.Standing; s != nil {
		fmt.Fprintf(&b, ", rank %d of %d", s.Rank, s.Of)
		if s.Score.Known() {
			fmt.Fprintf(&b, " with a score of %s", screener.Show(s.Score))
		}
		if s.Cut {
			b.WriteString(", beyond the limit of the list")
		}
	}
	b.WriteString("\n\n")
	if e.Universe != nil {
		printFinding(&b, *e.Universe)
	}
	for _, f := range e.Conditions {
		printFinding(&b, f)
	}
	if len(e.Flags) > 0 {
		b.WriteString("flags\n")
		for _, f := range e.Flags {
			printFinding(&b, f)
		}
	}
	if len(e.Values) > 0 {
		b.WriteString("columns\n")
		for _, v := range e.Values {
			fmt.Fprintf(&b, "  %-22s %s\n", v.Name, screener.Show(v.Value))
		}
		b.WriteString("\n")
	}
	b.WriteString("where the numbers come from\n")
	sources := sourcePrinter{b: &b, opened: map[string]bool{}}
	for _, in := range e.Inputs {
		sources.input(in)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// marks show a verdict at a glance.
var marks = map[string]string{"true": "yes", "in": "yes", "false": "no", "out": "no", "unknown": "?"}

func printFinding(b *strings.Builder, f screener.Finding) {
	fmt.Fprintf(b, "%-4s %s: %s\n", marks[f.Verdict], f.Name, f.Expression)
	switch f.Band {
	case "keep":
		b.WriteString("       on the list before: held to the threshold of keep\n")
	case "min_stay":
		b.WriteString("       not long enough on the list: it stays all the same (min_stay)\n")
	}
	if f.Verdict == "unknown" && f.CountsAs != "" && f.CountsAs != "unknown" {
		fmt.Fprintf(b, "       unknown counts as %s in this screen\n", f.CountsAs)
	}
	for _, c := range f.Comparisons {
		printComparison(b, c)
	}
	if len(f.Comparisons) == 0 {
		printLacks(b, f.Lacks)
	}
	b.WriteString("\n")
}

func printComparison(b *strings.Builder, c screener.Comparison) {
	fmt.Fprintf(b, "       %-4s %s", marks[c.Verdict], c.Text)
	switch {
	case c.Value != nil && c.Threshold != nil:
		if c.Distance == nil || !c.Distance.Known() {
			fmt.Fprintf(b, ": %s %s %s", screener.Show(*c.Value), c.Operator, screener.Show(*c.Threshold))
			break
		}
		left, right, between := screener.ShowApart(*c.Value, *c.Threshold, *c.Distance)
		fmt.Fprintf(b, ": %s %s %s (%s)", left, c.Operator, right, between)
	case c.Value != nil && c.Among != "":
		fmt.Fprintf(b, ": %s %s %s", screener.Show(*c.Value), c.Operator, c.Among)
	case c.Value != nil:
		fmt.Fprintf(b, ": %s", screener.Show(*c.Value))
	}
	b.WriteString("\n")
	if len(c.Points) > 0 {
		var points []string
		for _, p := range c.Points {
			points = append(points, strings.TrimSpace(p.At+" "+screener.Show(p.Value)))
		}
		fmt.Fprintf(b, "            points: %s\n", strings.Join(points, ", "))
	}
	printLacks(b, c.Lacks)
}

func printLacks(b *strings.Builder, lacks []screener.Lack) {
	for _, l := range lacks {
		fmt.Fprintf(b, "            %s is %s\n", l.Input, l.Reason)
	}
}

// sourcePrinter opens values, each of them once.
type sourcePrinter struct {
	b      *strings.Builder
	opened map[string]bool
}

func (p *sourcePrinter) input(in screener.Input) {
	name := in.Name
	if in.At != "" {
		name += " (" + in.At + ")"
	}
	fmt.Fprintf(p.b, "  %s = %s\n", name, screener.Show(in.Value))
	if in.Source != nil {
		p.source(in.Source, "    ", in.Name)
	}
}

// source opens a value down to the filings; above is the name that the line
// above ends with.
func (p *sourcePrinter) source(s *screener.Source, indent, above string) {
	parts := partsOf(s, above)
	key := fmt.Sprint(s.Name, s.Basis, s.Start, s.End, s.Formula)
	known := p.opened[key] && len(s.Inputs) > 0
	p.opened[key] = true
	if known {
		parts = append(parts, "opened above")
	}
	if len(parts) > 0 {
		fmt.Fprintf(p.b, "%s%s\n", indent, strings.Join(parts, "; "))
	}
	if known {
		return
	}
	for _, in := range s.Inputs {
		p.source(in, indent+"  ", s.Name)
	}
}

// partsOf words one step on the way from a value to the filings.
func partsOf(s *screener.Source, above string) []string {
	var parts []string
	fact := strings.HasSuffix(s.Tag, ":"+s.Name) // named by its tag
	if s.Name != above && s.Name != "" && !fact {
		parts = append(parts, s.Name+" = "+screener.Show(s.Value))
	}
	if s.Tag != "" && (s.Name == above || fact) {
		parts = append(parts, s.Tag+" = "+screener.Show(s.Value))
	} else if s.Tag != "" {
		parts = append(parts, s.Tag)
	}
	if s.Formula != "" {
		parts = append(parts, "= "+s.Formula)
	}
	if s.End != "" {
		parts = append(parts, period(s.Basis, s.Start, s.End))
	}
	if s.Accession != "" {
		parts = append(parts, fmt.Sprintf("%s %s filed %s", s.Form, s.Accession, s.Filed))
	}
	if s.Note != "" {
		parts = append(parts, s.Note)
	}
	return parts
}

// period words the span or moment of a number.
func period(basis, start, end string) string {
	text := end
	if start != "" {
		text = start + " to " + end
	}
	if basis != "" && basis != "instant" {
		text = basis + " " + text
	}
	return text
}
