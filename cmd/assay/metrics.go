package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"assay/fundamentals"
	"assay/fundamentals/metric"
	"assay/rules"
	"assay/screener"
)

// entry is one name that a rule can use.
type entry struct {
	Name    string   `json:"name"`
	Title   string   `json:"title"`
	From    string   `json:"from"` // "metric", "line item", "price", "filing", "listing", "user"
	Kind    string   `json:"kind"`
	Unit    string   `json:"unit,omitempty"`
	Formula string   `json:"formula,omitempty"`
	Defined string   `json:"defined,omitempty"`
	NotFor  []string `json:"not_for,omitempty"`
	Values  []string `json:"values,omitempty"`
	Note    string   `json:"note,omitempty"`
	Source  string   `json:"source,omitempty"`
}

func (a *app) metricsCommand() *cobra.Command {
	var showCoverage bool
	var template string
	c := &cobra.Command{
		Use:   "metrics [NAME]",
		Short: "List the metrics and line items that rules can use",
		Long: `Metrics lists every name that a rule can use. With a NAME it tells all about one:
formula, unit, what it is not for, and whose definition it is. Columns of your own
(from: user) are those of the database, where there is one.

With --coverage it tells instead, from the database, of how many companies each
is known on a day, and why it is missing of the others.`,
		Example: `  assay metrics
  assay metrics roic
  assay metrics --coverage --as-of 2024-03-08`,
		Args: between(0, "NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if showCoverage {
				return a.coverage(cmd.Context(), strings.Join(args, ""), template)
			}
			format, err := a.format("table", "json")
			if err != nil {
				return err
			}
			own, env := a.names(cmd.Context())
			if len(args) == 0 {
				return a.out.deliver(a.flags.file, func(w io.Writer) error { return writeEntries(w, format, entries(own)) })
			}
			if e, ok := lookupEntry(args[0], own); ok {
				if i := slices.IndexFunc(own, func(c fundamentals.UserColumn) bool { return c.Name == e.Name }); i >= 0 && e.From == metric.FromUser {
					if e.Source, err = a.ownSource(cmd.Context(), own[i]); err != nil {
						return err
					}
				}
				return a.out.deliver(a.flags.file, func(w io.Writer) error { return writeEntry(w, format, e) })
			}
			return unknownName(args[0], env.Names())
		},
	}
	c.Flags().BoolVar(&showCoverage, "coverage", false, "tell of how many companies each is known, and why not of the others")
	c.Flags().StringVar(&template, "template", "commercial", "beside all companies count those of the `TEMPLATE` commercial, bank, insurer or reit; all: none")
	return c
}

// entries lists the metrics, then the inputs, in the order of the catalogue, and
// then the user's own columns.
func entries(own []fundamentals.UserColumn) []entry {
	var all []entry
	for _, m := range metric.All() {
		all = append(all, entry{
			Name: m.Name, Title: m.Title, From: "metric", Kind: rules.Number.String(), Unit: m.Unit.String(),
			Formula: m.Formula, Defined: m.Defined, NotFor: m.NotFor, Note: m.Note, Source: m.Source,
		})
	}
	inputs := metric.Inputs()
	for _, c := range own {
		if _, hidden := metric.Env().Column(c.Name); !hidden {
			inputs = append(inputs, metric.UserInput(c))
		}
	}
	for _, in := range inputs {
		e := entry{Name: in.Name, Title: in.Title, From: in.From, Kind: in.Kind.String(), Values: in.Values, Note: in.Note}
		if in.Kind == rules.Number {
			e.Unit = in.Unit.String()
		}
		all = append(all, e)
	}
	return all
}

func writeEntries(w io.Writer, format string, all []entry) error {
	if format == "json" {
		return screener.WriteJSON(w, all)
	}
	t := newTable("name", "unit", "from", "what it is")
	for _, e := range all {
		unit := e.Unit
		if unit == "" {
			unit = e.Kind
		}
		t.add(e.Name, unit, e.From, e.Title)
	}
	return t.write(w)
}

func writeEntry(w io.Writer, format string, e entry) error {
	if format == "json" {
		return screener.WriteJSON(w, e)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", e.Name, e.Title)
	for _, line := range []struct{ name, text string }{
		{"from", e.From}, {"kind", e.Kind}, {"unit", e.Unit}, {"formula", oneLine(e.Formula)},
		{"defined if", oneLine(e.Defined)}, {"not for", strings.Join(e.NotFor, ", ")},
		{"values", strings.Join(e.Values, ", ")}, {"note", e.Note}, {"source", e.Source},
	} {
		if line.text != "" {
			fmt.Fprintf(&b, "  %-11s %s\n", line.name, line.text)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
