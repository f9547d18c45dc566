package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"assay/fundamentals"
	"assay/fundamentals/metric"
)

// metricsQuery is what the flags of the verb say.
type metricsQuery struct {
	coverage       bool
	template       string
	search, family string
}

func (a *app) metricsCommand() *cobra.Command {
	var q metricsQuery
	c := &cobra.Command{
		Use:   "metrics [NAME]",
		Short: "List the metrics and line items that rules can use",
		Long: `Metrics lists every name that a rule can use. With a NAME it tells all about one:
formula, unit, what it is not for, whose definition it is, and, if there is a
database, of how many companies it is known on a day and how its values lie.
Columns of your own (family: user) are those of the database.

With --coverage it tells instead, from the database, of how many companies each
is known on a day, and why it is missing of the others.`,
		Example: `  assay metrics
  assay metrics roic --as-of 2024-03-08
  assay metrics --search "working capital"
  assay metrics --family valuation
  assay metrics --coverage --as-of 2024-03-08
  assay metrics --format md -o metrics.md`,
		Args: between(0, "NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := strings.Join(args, "")
			if err := q.check(cmd.Flags(), name); err != nil {
				return err
			}
			if q.coverage {
				return a.coverage(cmd.Context(), name, q.template)
			}
			if name != "" {
				return a.oneMetric(cmd.Context(), name)
			}
			return a.listMetrics(cmd.Context(), q)
		},
	}
	c.Flags().BoolVar(&q.coverage, "coverage", false, "tell of how many companies each is known, and why not of the others")
	c.Flags().StringVar(&q.template, "template", "commercial", "beside all companies count those of the `TEMPLATE` commercial, bank, insurer or reit; all: none")
	c.Flags().StringVar(&q.search, "search", "", "list only what has the `WORDS` in its name, title, formula, note or source")
	c.Flags().StringVar(&q.family, "family", "", "list only the `FAMILY`: "+strings.Join(metric.FamilyNames(), ", "))
	return c
}

// check refuses flags of what is not asked for.
func (q *metricsQuery) check(set *pflag.FlagSet, name string) error {
	beside, hint, idle := "the list of names", "name one of them, or say --coverage", []string{"as-of", "template"}
	switch {
	case q.coverage:
		beside, hint, idle = "--coverage", "NAME tells of one", []string{"search", "family"}
	case name != "":
		beside, hint, idle = "one NAME", "--search and --family go with the list, --template with --coverage", []string{"search", "family", "template"}
	}
	if flag := given(set, idle...); flag != "" {
		return meansNothing(flag, beside, hint)
	}
	return nil
}

// listMetrics lists the names that fit the query.
func (a *app) listMetrics(ctx context.Context, q metricsQuery) error {
	format, err := a.format("table", "json", "md")
	if err != nil {
		return err
	}
	if names := metric.FamilyNames(); q.family != "" && !slices.Contains(names, q.family) {
		return usage(didYouMean(q.family, names, "the families are "+strings.Join(names, ", ")), "there is no family %q", q.family)
	}
	own, _ := a.names(ctx)
	found := slices.DeleteFunc(entries(own), func(e entry) bool {
		return q.family != "" && e.Family != q.family || !e.has(q.search)
	})
	if len(found) == 0 {
		return &failure{exitFailed, fmt.Errorf("nothing speaks of %q", q.search), "\"assay metrics\" lists all names"}
	}
	return a.out.deliver(a.flags.file, func(w io.Writer) error { return writeEntries(w, format, found) })
}

// oneMetric tells all about one name.
func (a *app) oneMetric(ctx context.Context, name string) error {
	format, err := a.format("table", "json", "md")
	if err != nil {
		return err
	}
	own, env := a.names(ctx)
	e, ok := lookupEntry(name, own)
	if !ok {
		return unknownName(name, env)
	}
	if i := slices.IndexFunc(own, func(c fundamentals.UserColumn) bool { return c.Name == name }); i >= 0 && e.From == metric.FromUser {
		if e.Source, err = a.ownSource(ctx, own[i]); err != nil {
			return err
		}
	}
	if _, ranked := metric.LookupRanked(name); !ranked {
		if e.Seen, err = a.seen(ctx, name); err != nil {
			return err
		}
	}
	return a.out.deliver(a.flags.file, func(w io.Writer) error { return writeEntry(w, format, e) })
}
