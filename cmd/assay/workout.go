package main

import (
	"context"
	"fmt"
	"io"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/rules"
	"assay/screener"
)

// workOut opens one column of one company: a metric step by step, down to the
// filings.
func (a *app) workOut(ctx context.Context, ticker, name, format string) error {
	return a.withTable(ctx, screener.Stale{}, func(t *snapshot.Table) error {
		row, ok := t.Row(ticker)
		if !ok {
			// The facts verb words why, and hints at tickers that are alike.
			_, _, err := a.filer(ctx, ticker)
			if err == nil {
				err = fmt.Errorf("%s has no statement that was known on %s", ticker, t.AsOf())
			}
			return err
		}
		e, err := t.Evidence(ctx, row, name, rules.At{})
		if err != nil {
			return err
		}
		return a.out.deliver(a.flags.file, func(w io.Writer) error {
			if format == "json" {
				return screener.WriteJSON(w, factsOf([]*fundamentals.Evidence{e}))
			}
			_, err := fmt.Fprintf(w, "%s  %s as of %s\n\n%s", t.Ticker(row), t.Name(row), t.AsOf(), e.Worked())
			return err
		})
	})
}
