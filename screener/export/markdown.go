package export

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"assay/rules"
	"assay/screener"
)

// markdownFormat is a report of two tables, list and funnel, for a wiki or an
// issue. Numbers are rounded as they are read; a missing value shows its
// reason.
func markdownFormat() Format {
	return Format{
		Name: "markdown", Ending: ".md", ContentType: "text/markdown; charset=utf-8", About: "a report of tables, for a wiki or an issue",
		Write: writeMarkdown,
	}
}

func writeMarkdown(w io.Writer, r *screener.Result) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s as of %s\n\n", marked(r.Screen), r.AsOf)
	if r.About != "" {
		fmt.Fprintf(&b, "%s\n\n", marked(r.About))
	}
	for _, n := range r.Notices {
		fmt.Fprintf(&b, "> %s\n\n", marked(n))
	}
	markdownList(&b, r)
	if r.Cut > 0 {
		fmt.Fprintf(&b, "\n%d more passed and were cut by the limit.\n", r.Cut)
	}
	b.WriteString("\n## Conditions\n\n| condition | left | dropped | unknown | false | alone | expression |\n|---|--:|--:|--:|--:|--:|---|\n")
	for _, s := range stages(r) {
		out, alone := "", ""
		if s.tally != nil {
			out, alone = strconv.Itoa(s.tally.False), strconv.Itoa(s.tally.OnlyReason)
		}
		markdownRow(&b, []string{marked(s.Name), strconv.Itoa(s.Left), strconv.Itoa(s.Dropped), strconv.Itoa(s.Unknown), out, alone, code(s.text)})
	}
	fmt.Fprintf(&b, "\n%d companies = %d universe + %d outside + %d of which it is unknown.\n", r.Companies, r.Universe, r.Outside, r.UniverseUnknown)
	fmt.Fprintf(&b, "%d universe = %d passed + %d failed + %d unknown.\n", r.Universe, r.Passed, r.Failed, r.Unknown)
	markdownDoubts(&b, "Unknown", r.UnknownCompanies)
	markdownDoubts(&b, "Universe unknown", r.UniverseUnknowns)
	fmt.Fprintf(&b, "\nrun %s, data %s\n", code(r.Run), code(r.DataVersion[:min(len(r.DataVersion), 16)]))
	_, err := io.WriteString(w, b.String())
	return err
}

func markdownList(b *strings.Builder, r *screener.Result) {
	if len(r.Candidates) == 0 {
		b.WriteString("No company passed.\n")
		return
	}
	columns := listColumns(&screener.Result{Columns: r.Columns}, false)
	columns = columns[:len(columns)-1] // a missing value shows its reason
	var header, rule []string
	for _, c := range columns {
		header = append(header, marked(c.name))
		align := "--:"
		if c.kind != rules.Number {
			align = "---"
		}
		rule = append(rule, align)
	}
	markdownRow(b, header)
	fmt.Fprintf(b, "|%s|\n", strings.Join(rule, "|"))
	for i := range r.Candidates {
		var row []string
		for _, c := range columns {
			row = append(row, marked(shown(c, &r.Candidates[i])))
		}
		markdownRow(b, row)
	}
}

// shown writes a cell for people.
func shown(c column[*screener.Candidate], of *screener.Candidate) string {
	d := c.cell(of)
	switch {
	case c.whole:
		return strconv.FormatFloat(d.F, 'f', 0, 64)
	case c.label:
		return d.S
	}
	return screener.Show(d)
}

func markdownRow(b *strings.Builder, cells []string) {
	fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
}

func markdownDoubts(b *strings.Builder, title string, doubts []screener.Doubt) {
	if len(doubts) == 0 {
		return
	}
	fmt.Fprintf(b, "\n## %s\n\n| ticker | name | lacks |\n|---|---|---|\n", title)
	for _, d := range doubts {
		var lacks []string
		for _, l := range d.Lacks {
			lacks = append(lacks, l.Input+" is "+l.Reason)
		}
		name := d.Ticker
		if name == "" {
			name = d.CIK.String()
		}
		markdownRow(b, []string{marked(name), marked(d.Name), marked(strings.Join(lacks, "; "))})
	}
}

// marked writes a text so that none of it is markup, and on one line.
func marked(text string) string {
	var b strings.Builder
	escaped := "\\`*[]<>|~#"
	if strings.Contains(text, ";") {
		escaped += "&" // &lt; and its like
	}
	for _, r := range oneLine(text) {
		if strings.ContainsRune(escaped, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// code writes an expression in a span of code. In a table a bar ends the cell
// even there.
func code(text string) string {
	text = oneLine(text)
	if text == "" {
		return ""
	}
	if strings.Contains(text, "`") {
		return marked(text)
	}
	return "`" + strings.ReplaceAll(text, "|", `\|`) + "`"
}

// oneLine takes line ends and tabs out of a text.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
