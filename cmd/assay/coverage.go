package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/rules"
	"assay/screener"
)

// coverage is of how many companies a name is known, for --format json.
type coverage struct {
	Name     string         `json:"name"`
	From     string         `json:"from"`
	All      covered        `json:"all"`
	Template covered        `json:"template"`
	Missing  map[string]int `json:"missing"` // by reason, among those of the template
	Hint     string         `json:"hint,omitempty"`
}

type covered struct {
	Companies  int      `json:"companies"`
	Applicable int      `json:"applicable"` // without those for which it has no meaning
	Known      int      `json:"known"`
	Share      *float64 `json:"share"` // of the applicable; null where there are none
}

// coverageReport is the whole, for --format json.
type coverageReport struct {
	AsOf     string     `json:"as_of"`
	Template string     `json:"template"` // "all": of no template
	Columns  []coverage `json:"columns"`
}

// coverage tells of how many companies each name is known on a day.
func (a *app) coverage(ctx context.Context, name, template string) error {
	format, err := a.format("table", "json", "csv")
	if err != nil {
		return err
	}
	if known := append(snapshot.Templates(), "all"); !slices.Contains(known, template) {
		return usage(didYouMean(template, known, "the templates are "+strings.Join(known, ", ")), "there is no template %q", template)
	}
	if name != "" {
		own, env := a.names(ctx)
		if _, ok := lookupEntry(name, own); !ok {
			return unknownName(name, env)
		}
	}
	return a.withTable(ctx, screener.Stale{}, func(t *snapshot.Table) error {
		show, done := a.progressCount("coverage")
		all, err := t.Coverage(ctx, "", show)
		done()
		if err != nil {
			return err
		}
		of := all
		if template != "all" {
			if of, err = t.Coverage(ctx, template, nil); err != nil {
				return err
			}
		}
		report := coverageReport{AsOf: t.AsOf().String(), Template: template, Columns: coverageOf(all, of, name)}
		return a.out.deliver(a.flags.file, func(w io.Writer) error {
			switch format {
			case "json":
				return screener.WriteJSON(w, report)
			case "csv":
				return writeCoverageCSV(w, report)
			}
			return printCoverage(w, report)
		})
	})
}

func lookupEntry(name string, own []fundamentals.UserColumn) (entry, bool) {
	all := entries(own)
	i := slices.IndexFunc(all, func(e entry) bool { return e.Name == name })
	if i < 0 {
		return entry{}, false
	}
	return all[i], true
}

func coverageOf(all, of []snapshot.Coverage, name string) []coverage {
	count := func(c snapshot.Coverage) covered {
		out := covered{Companies: c.Companies, Applicable: c.Companies - c.Missing[rules.NotApplicable], Known: c.Known}
		if s, ok := c.Share(); ok {
			out.Share = &s
		}
		return out
	}
	out := []coverage{}
	for i, c := range of {
		if name != "" && c.Name != name {
			continue
		}
		row := coverage{Name: c.Name, From: c.From, All: count(all[i]), Template: count(c), Missing: map[string]int{}, Hint: all[i].Hint}
		for why, n := range c.Missing {
			row.Missing[why.String()] = n
		}
		out = append(out, row)
	}
	return out
}

// reasonsSeen lists the reasons that any row has, in the order of reports.
func (r coverageReport) reasonsSeen() (list []string) {
	for _, why := range rules.Reasons() {
		if slices.ContainsFunc(r.Columns, func(c coverage) bool { return c.Missing[why.String()] > 0 }) {
			list = append(list, why.String())
		}
	}
	return list
}

func percent(share *float64) string {
	if share == nil {
		return ""
	}
	return strconv.FormatFloat(100**share, 'f', 1, 64)
}

func printCoverage(w io.Writer, r coverageReport) error {
	if len(r.Columns) > 0 {
		first := r.Columns[0]
		if _, err := fmt.Fprintf(w, "Known on %s, in %% of the companies for which it has a meaning; %d companies, %d of template %s.\nWhy it is missing counts those of that template.\n\n",
			r.AsOf, first.All.Companies, first.Template.Companies, r.Template); err != nil {
			return err
		}
	}
	reasons := r.reasonsSeen()
	header := append([]string{"name", "from", "all", r.Template}, reasons...)
	t := newTable(header...).numbers(2, 3)
	for i := range reasons {
		t.numbers(4 + i)
	}
	for _, c := range r.Columns {
		cells := []string{c.Name, c.From, percent(c.All.Share), percent(c.Template.Share)}
		for _, why := range reasons {
			n := ""
			if c.Missing[why] > 0 {
				n = strconv.Itoa(c.Missing[why])
			}
			cells = append(cells, n)
		}
		t.add(cells...)
	}
	if err := t.write(w); err != nil {
		return err
	}
	return printHints(w, r)
}

// printHints tells, each thing once, what to ingest.
func printHints(w io.Writer, r coverageReport) error {
	told := map[string]bool{"": true}
	for _, c := range r.Columns {
		if told[c.Hint] {
			continue
		}
		told[c.Hint] = true
		if _, err := fmt.Fprintf(w, "\n%s: %s\n", c.Name, c.Hint); err != nil {
			return err
		}
	}
	return nil
}

func writeCoverageCSV(w io.Writer, r coverageReport) error {
	out := csv.NewWriter(w)
	header := []string{"name", "from", "template", "companies_all", "applicable_all", "known_all", "companies", "applicable", "known"}
	for _, why := range rules.Reasons() {
		header = append(header, strings.ReplaceAll(why.String(), " ", "_"))
	}
	rows := [][]string{header}
	for _, c := range r.Columns {
		cells := []string{c.Name, c.From, r.Template}
		for _, n := range [...]int{c.All.Companies, c.All.Applicable, c.All.Known, c.Template.Companies, c.Template.Applicable, c.Template.Known} {
			cells = append(cells, strconv.Itoa(n))
		}
		for _, why := range rules.Reasons() {
			cells = append(cells, strconv.Itoa(c.Missing[why.String()]))
		}
		rows = append(rows, cells)
	}
	return out.WriteAll(rows)
}
