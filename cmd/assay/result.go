package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"assay/screener"
)

// printResult writes a run for people: the list, then how it came about.
func printResult(w io.Writer, r *screener.Result, more moreOfRun) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s as of %s\n", r.Screen, r.AsOf)
	if r.About != "" {
		fmt.Fprintf(&b, "%s\n", r.About)
	}
	for _, n := range r.Notices {
		fmt.Fprintf(&b, "note: %s\n", n)
	}
	b.WriteString("\n")
	if err := candidateTable(r).write(&b); err != nil {
		return err
	}
	if len(r.Candidates) == 0 {
		b.WriteString("(no company passed)\n")
	}
	if r.Cut > 0 {
		fmt.Fprintf(&b, "(%d more passed and were cut by the limit)\n", r.Cut)
	}
	b.WriteString("\n")
	if err := funnelTable(r).write(&b); err != nil {
		return err
	}
	fmt.Fprintf(&b, "\n%d companies = %d universe + %d outside + %d of which it is unknown\n", r.Companies, r.Universe, r.Outside, r.UniverseUnknown)
	fmt.Fprintf(&b, "%d universe = %d passed + %d failed + %d unknown\n", r.Universe, r.Passed, r.Failed, r.Unknown)
	printDoubts(&b, "unknown", r.UnknownCompanies)
	printDoubts(&b, "universe unknown", r.UniverseUnknowns)
	if err := more.print(&b, r); err != nil {
		return err
	}
	fmt.Fprintf(&b, "\nrun %s, data %s\n", r.Run, r.DataVersion[:min(len(r.DataVersion), 16)])
	_, err := io.WriteString(w, b.String())
	return err
}

func candidateTable(r *screener.Result) *textTable {
	header := []string{"rank", "ticker", "name"}
	if r.Ranking != nil {
		header = append(header, "score")
	}
	first := len(header)
	flagged := false
	for _, c := range r.Candidates {
		flagged = flagged || len(c.Flags)+len(c.FlagsUnknown) > 0
	}
	for _, c := range r.Columns {
		header = append(header, c.Name)
	}
	if flagged {
		header = append(header, "flags")
	}
	t := newTable(header...).numbers(0)
	for i, c := range r.Columns {
		if c.Kind == "number" {
			t.numbers(first + i)
		}
	}
	if first > 3 {
		t.numbers(3)
	}
	for _, c := range r.Candidates {
		row := []string{strconv.Itoa(c.Rank), c.Ticker, short(c.Name, 34)}
		if r.Ranking != nil {
			row = append(row, screener.Show(c.Score))
		}
		for _, column := range r.Columns {
			row = append(row, screener.Show(c.Values[column.Name]))
		}
		if flagged {
			row = append(row, strings.Join(flags(c), ", "))
		}
		t.add(row...)
	}
	return t
}

// flags lists a candidate's flags, those of which it is unknown with a
// question mark.
func flags(c screener.Candidate) []string {
	out := append([]string{}, c.Flags...)
	for _, name := range sortedKeys(c.FlagsUnknown) {
		out = append(out, name+"?")
	}
	return out
}

// funnelTable shows what each condition did, in the order of the file.
func funnelTable(r *screener.Result) *textTable {
	t := newTable("condition", "left", "dropped", "unknown", "false", "alone", "expression").numbers(1, 2, 3, 4, 5)
	of := map[string]screener.Tally{}
	for _, c := range r.Conditions {
		of[c.Name] = c
	}
	for i, step := range r.Funnel {
		row := []string{step.Name, strconv.Itoa(step.Left), strconv.Itoa(step.Dropped), strconv.Itoa(step.Unknown), "", "", short(r.UniverseExpression, 72)}
		if c, ok := of[step.Name]; ok && i > 0 {
			row[4], row[5], row[6] = strconv.Itoa(c.False), strconv.Itoa(c.OnlyReason), short(c.Expression, 72)
		}
		t.add(row...)
	}
	return t
}

// listed is how many unknown companies are named, and how many numbers that
// each of them lacks; all are counted, and --format json names them all.
const (
	listed     = 10
	listedEach = 4
)

// printDoubts names the companies of which a screen cannot say, and why.
func printDoubts(b *strings.Builder, what string, doubts []screener.Doubt) {
	if len(doubts) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s:\n", what)
	for i, d := range doubts {
		if i == listed {
			fmt.Fprintf(b, "  and %d more (--format json names them)\n", len(doubts)-listed)
			return
		}
		name := d.Ticker
		if name == "" {
			name = d.CIK.String()
		}
		fmt.Fprintf(b, "  %-8s %s\n", name, lacking(d.Lacks))
	}
}

// lacking words what is missing: each reason with the first numbers that have
// it.
func lacking(lacks []screener.Lack) string {
	var reasons []string
	inputs := map[string][]string{}
	for _, l := range lacks {
		if !slices.Contains(reasons, l.Reason) {
			reasons = append(reasons, l.Reason)
		}
		if !slices.Contains(inputs[l.Reason], l.Input) {
			inputs[l.Reason] = append(inputs[l.Reason], l.Input)
		}
	}
	for i, reason := range reasons {
		names := inputs[reason]
		text := reason + ": " + strings.Join(names[:min(len(names), listedEach)], "; ")
		if more := len(names) - listedEach; more > 0 {
			text += fmt.Sprintf("; and %d more", more)
		}
		reasons[i] = text
	}
	return strings.Join(reasons, " | ")
}
