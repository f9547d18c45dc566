package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"assay/fundamentals"
	"assay/fundamentals/metric"
	"assay/fundamentals/snapshot"
	"assay/rules"
	"assay/screener"
)

// fact is one value of a line item, for --format json.
type fact struct {
	Item      string   `json:"item"`
	Basis     string   `json:"basis"` // "instant", "quarter", "ytd", "fy", "ttm"
	Start     *string  `json:"start"` // null of an instant
	End       string   `json:"end"`
	Value     *float64 `json:"value"` // null: missing
	Missing   string   `json:"missing,omitempty"`
	Unit      string   `json:"unit"`
	KnownOn   string   `json:"known_on"`
	Accession string   `json:"accession"`
	Form      string   `json:"form"`
	Tag       string   `json:"tag"`
	From      []fact   `json:"from"` // the facts a derived value was made of
	Note      string   `json:"note,omitempty"`
	Formula   string   `json:"formula,omitempty"`
	// Arithmetic is the formula with values in place of names.
	Arithmetic string `json:"arithmetic,omitempty"`
	Filed      string `json:"filed,omitempty"`
	URL        string `json:"url,omitempty"`
}

func (a *app) factsCommand() *cobra.Command {
	var restated bool
	c := &cobra.Command{
		Use:   "facts TICKER [NAME]",
		Short: "Show a company's numbers down to the filings",
		Long: `Facts lists the standard line items of a company as they were known on a day:
each with its period, the day it was known, and the filing and tag that state it,
or the facts that it was made of. NAME is a line item, or a metric: that is worked
out step by step, with the numbers in place of the names.

With --restated it lists instead what later filings told otherwise than the first:
the period, the first value and the later one, when each was known and from which
filing.`,
		Example: `  assay facts COHU cash_and_equivalents --as-of 2019-04-01
  assay facts COHU roic --as-of 2024-03-08
  assay facts COHU --restated`,
		Args: between(1, "TICKER", "NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := a.format("table", "json")
			if err != nil {
				return err
			}
			item := ""
			if len(args) == 2 {
				item = args[1]
				if a.isColumn(cmd.Context(), item) && !restated && !isItem(item) {
					return a.workOut(cmd.Context(), args[0], item, format)
				}
				if !isItem(item) {
					return a.notItem(cmd.Context(), item)
				}
			}
			f, asOf, err := a.filer(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			title := fmt.Sprintf("%s  %s as of %s", f.Ticker, f.Company.Name, asOf)
			return a.out.deliver(a.flags.file, func(w io.Writer) error {
				if restated {
					return writeRestated(w, format, title, f, item)
				}
				list := f.Items(item)
				if format == "json" {
					return screener.WriteJSON(w, factsOf(list))
				}
				return printFacts(w, title, list)
			})
		},
	}
	c.Flags().BoolVar(&restated, "restated", false, "list what later filings told otherwise than the first")
	return c
}

// filer reads the company that the user names, as of the day asked about.
func (a *app) filer(ctx context.Context, name string) (f *snapshot.Filer, asOf fundamentals.Date, err error) {
	if asOf, err = a.asOf(); err != nil {
		return nil, 0, err
	}
	db, err := a.openDB(ctx)
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	f, ok, tickers, err := snapshot.FilerNamed(ctx, db, name, asOf, 0)
	if err != nil || ok {
		return f, asOf, err
	}
	priced, listed, err := snapshot.Ownerless(ctx, db, name, 0)
	if err == nil && (priced || listed) {
		err = noOwner(name, priced)
	} else if err == nil {
		err = noCompany(name, tickers, asOf)
	}
	return nil, asOf, err
}

func isItem(name string) bool {
	in, ok := metric.LookupInput(name)
	return ok && in.From == "line item"
}

// isColumn reports whether a name is a column of the table: of the catalogue, or
// one that the user brought.
func (a *app) isColumn(ctx context.Context, name string) bool {
	if _, ok := metric.Env().Column(name); ok {
		return true
	}
	_, env := a.names(ctx)
	_, ok := env.Column(name)
	return ok
}

// notItem says why a name has no facts of its own.
func (a *app) notItem(ctx context.Context, name string) error {
	if _, ok := metric.LookupRanked(name); ok {
		return usage(`"assay explain SCREEN TICKER" opens it in a screen that names it`,
			"%s compares a company with the universe of a screen: it has no value of its own", name)
	}
	if _, ok := metric.Env().Column(name); ok {
		return usage(`without --restated it is worked out from the line items that are`, "%s is no line item: no filing states it", name)
	}
	if a.isColumn(ctx, name) {
		return usage("", "%s is a column of yours and no line item: no filing states it", name)
	}
	var items []string
	for _, in := range metric.Inputs() {
		if in.From == "line item" {
			items = append(items, in.Name)
		}
	}
	return usage(didYouMean(name, items, `"assay metrics" lists all names`), "there is no line item %q", name)
}

func factsOf(list []*fundamentals.Evidence) []fact {
	out := []fact{}
	for _, e := range list {
		f := factOf(e)
		for _, in := range e.Facts() {
			if in != e {
				f.From = append(f.From, factOf(in))
			}
		}
		out = append(out, f)
	}
	return out
}

func factOf(e *fundamentals.Evidence) fact {
	f := fact{
		Item: e.Name, Basis: e.Basis, End: e.End.String(), Unit: unitOf(e), KnownOn: e.KnownOn.String(),
		Accession: e.Accession, Form: e.Form, Tag: e.Tag, From: []fact{}, Note: e.Note, Formula: e.Formula, Arithmetic: e.Arithmetic,
		Filed: e.Filed.String(), URL: e.URL,
	}
	if e.Start != 0 {
		f.Start = new(e.Start.String())
	}
	if e.Value.Why == rules.Known {
		f.Value = new(e.Value.F)
	} else {
		f.Missing = e.Value.Why.String()
	}
	return f
}

// unitOf names the unit of a value.
func unitOf(e *fundamentals.Evidence) string {
	if e.Value.Why == rules.OtherCurrency {
		return "other currency"
	}
	return unitName(e.Unit)
}

func printFacts(w io.Writer, title string, list []*fundamentals.Evidence) error {
	if _, err := fmt.Fprintf(w, "%s\n\n", title); err != nil {
		return err
	}
	t := newTable("item", "basis", "start", "end", "value", "known on", "form", "accession", "tag or how it was made").numbers(4)
	for _, e := range list {
		value := e.Value.Why.String()
		if e.Value.Why == rules.Known {
			value = grouped(e.Value.F)
		}
		how := e.Tag
		if how == "" {
			how = e.Formula
		}
		if e.Note != "" {
			how = strings.TrimPrefix(how+"; "+e.Note, "; ")
		}
		t.add(e.Name, e.Basis, e.Start.String(), e.End.String(), value, e.KnownOn.String(), e.Form, e.Accession, short(how, 90))
	}
	return t.write(w)
}

// grouped writes a number in full, its thousands apart.
func grouped(f float64) string {
	text := strconv.FormatFloat(f, 'f', -1, 64)
	whole, rest, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if rest != "" {
		whole += "." + rest
	}
	if f < 0 {
		return "-" + whole
	}
	return whole
}
