package main

import (
	"fmt"
	"io"
	"strings"
)

// writeReference writes entries as a page of Markdown, a section for each family
// and an anchor for each name.
func writeReference(w io.Writer, all []entry) error {
	var b strings.Builder
	b.WriteString("# Metrics and line items\n\nEvery name that a rule can use. A metric is its formula, in the language of the rules: the engine\nthat evaluates a screen evaluates it. A missing input leaves a metric missing with the input's reason;\nwhere \"defined if\" does not hold it is undefined.\n")
	family := ""
	for _, e := range all {
		if e.Family != family {
			family = e.Family
			fmt.Fprintf(&b, "\n## %s\n", strings.ToUpper(family[:1])+family[1:])
		}
		fmt.Fprintf(&b, "\n### %s\n\n%s.\n\n", e.Name, e.Title)
		for _, line := range e.lines() {
			switch line.name {
			case "from", "family", "kind":
				continue
			case "formula", "expanded", "defined if":
				line.text = "`" + line.text + "`"
			}
			fmt.Fprintf(&b, "- %s: %s\n", line.name, line.text)
		}
		if e.Worked != "" {
			fmt.Fprintf(&b, "\n```text\n%s```\n", e.Worked)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
