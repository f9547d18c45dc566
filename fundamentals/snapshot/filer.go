package snapshot

import (
	"context"
	"fmt"
	"slices"

	"assay/fundamentals"
	"assay/fundamentals/standard"
	"assay/fundamentals/store"
)

// Filer is one company as it was known on a date, with the facts of its
// filings: what a table does not hold.
type Filer struct {
	Company fundamentals.Company
	Ticker  string // "" where none is listed
	view    *standard.View
}

// FilerNamed returns the company that a ticker or CIK names on a date. ok is
// false where there is none, or where none of its statements was known; then
// tickers lists those that could be meant.
func FilerNamed(ctx context.Context, db *store.DB, name string, asOf fundamentals.Date, upTo fundamentals.Batch) (f *Filer, ok bool, tickers []string, err error) {
	securities, err := db.Securities(ctx, upTo)
	if err != nil {
		return nil, false, nil, err
	}
	f = &Filer{}
	want := fundamentals.NormaliseTicker(name)
	var held bool
	for _, s := range securities {
		if s.CIK == 0 {
			continue
		}
		tickers = append(tickers, s.Ticker)
		// A ticker wanders from company to company: the one listed that day counts.
		if fundamentals.NormaliseTicker(s.Ticker) == want && (f.Company.CIK == 0 || s.HoldsOn(asOf) && !held) {
			f.Company.CIK, f.Ticker, held = s.CIK, s.Ticker, s.HoldsOn(asOf)
		}
	}
	if f.Company.CIK == 0 {
		cik, ok := fundamentals.ParseCIK(name)
		if !ok {
			return nil, false, tickers, nil
		}
		f.Company.CIK = cik
		for _, s := range securities {
			if s.CIK == f.Company.CIK && (f.Ticker == "" || s.HoldsOn(asOf)) {
				f.Ticker = s.Ticker
			}
		}
	}
	companies, err := db.CompaniesOn(ctx, asOf, upTo)
	if err != nil {
		return nil, false, nil, err
	}
	i, found := slices.BinarySearchFunc(companies, f.Company.CIK, func(c fundamentals.Company, cik fundamentals.CIK) int { return int(c.CIK - cik) })
	if found {
		f.Company = companies[i]
	}
	if f.view, err = f.read(ctx, db, asOf, upTo); err != nil {
		return nil, false, nil, fmt.Errorf("facts of company %d: %w", f.Company.CIK, err)
	}
	return f, f.view.Anchor != 0, tickers, nil
}

func (f *Filer) read(ctx context.Context, db *store.DB, asOf fundamentals.Date, upTo fundamentals.Batch) (*standard.View, error) {
	c, err := build(ctx, db, f.Company.CIK, upTo)
	if err != nil {
		return nil, err
	}
	all, err := db.Splits(ctx, upTo)
	if err != nil {
		return nil, err
	}
	var splits []fundamentals.Split
	for _, s := range all {
		if f.Ticker != "" && fundamentals.NormaliseTicker(s.Ticker) == fundamentals.NormaliseTicker(f.Ticker) {
			splits = append(splits, s)
		}
	}
	return c.View(standard.Concepts(), asOf, splits), nil
}

// Items opens what the filings say, as known on the date: one item of the
// concept map, or all of them where name is "". See [standard.View.List].
func (f *Filer) Items(name string) []*fundamentals.Evidence {
	m := standard.Concepts()
	if item, ok := m.Index(name); ok {
		return f.view.List(item)
	}
	var all []*fundamentals.Evidence
	for item := range m.Items {
		all = append(all, f.view.List(item)...)
	}
	return all
}

// Restatements lists what later filings tell otherwise than the first, as known
// on the date: of one item of the concept map, or of all where name is "". See
// [standard.View.Restatements].
func (f *Filer) Restatements(name string) []standard.Restatement {
	m := standard.Concepts()
	if item, ok := m.Index(name); ok {
		return f.view.Restatements(item)
	}
	var all []standard.Restatement
	for item := range m.Items {
		all = append(all, f.view.Restatements(item)...)
	}
	return all
}
