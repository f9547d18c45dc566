package main

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/rules"
	"assay/screener"
)

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain SCREEN TICKER",
		Short: "Tell why a company is on the list of a screen, or why not",
		Long: `Explain takes one company through a screen: each condition with its value, its
threshold and the distance between them, or why it is unknown, and then every
number that the screen reads, down to the filing that states it. TICKER may also
be a company number (CIK).`,
		Example: `  assay explain cash-rich-value COHU --as-of 2024-03-08`,
		Args:    exactly("SCREEN", "TICKER"),
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := a.format("table", "json")
			if err != nil {
				return err
			}
			screen, err := a.readScreen(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			ctx := cmd.Context()
			return a.withTable(ctx, screen.Stale, func(table *snapshot.Table) error {
				row, err := findCompany(ctx, table, args[1])
				if err != nil {
					return err
				}
				with, err := a.banded(ctx, screen, table.AsOf())
				if err != nil {
					return err
				}
				e, err := screener.Explain(ctx, table, screen, row, with)
				if err != nil {
					return err
				}
				return a.out.deliver(a.flags.file, func(w io.Writer) error {
					if format == "json" {
						return screener.WriteJSON(w, e)
					}
					return printExplanation(w, e)
				})
			})
		},
	}
}

// findCompany returns the row of a company by ticker or number.
func findCompany(ctx context.Context, table *snapshot.Table, name string) (int, error) {
	row, ok := table.Row(name)
	if ok {
		return row, nil
	}
	priced, listed, err := table.Ownerless(ctx, name)
	if err != nil {
		return 0, err
	}
	if priced || listed {
		return 0, noOwner(name, priced)
	}
	var known []string
	for i := range table.Rows() {
		if t := table.Ticker(i); t != "" {
			known = append(known, t)
		}
	}
	return 0, noCompany(name, known, table.AsOf())
}

// noCompany is the error for a name that no company had on the day.
func noCompany(name string, tickers []string, asOf fundamentals.Date) error {
	hint := "a company is known from its first filing on, and by the ticker of that day; its CIK works too"
	if !slices.Contains(tickers, name) {
		hint = didYouMean(name, tickers, hint)
	}
	return usage(hint, "there is no company %q as of %s", name, asOf)
}

// noOwner is the error for a ticker that is known, but of no company.
func noOwner(name string, priced bool) error {
	known := "is listed without a company"
	if priced {
		known = "has prices but no company"
	}
	return usage("screens and facts are of companies with statements, not of an ETF or an index;\nif it is a company's, a row of securities with its cik says so",
		"%s %s", strings.ToUpper(name), known)
}

// unknownName is the error for a metric or line item that does not exist.
func unknownName(name string, env rules.Env) error {
	hint := didYouMean(name, env.Names(), `"assay metrics" lists all names`)
	if t, ok := env.(rules.Titler); ok && t.Titled(name) != "" {
		hint = "did you mean " + t.Titled(name) + "?"
	}
	return usage(hint, "there is no metric or line item %q", name)
}
