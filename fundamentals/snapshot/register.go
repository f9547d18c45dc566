package snapshot

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"assay/fundamentals"
	"assay/fundamentals/metric"
	"assay/fundamentals/store"
	"assay/rules"
	"assay/rules/funcs"
)

// holders says which company had a ticker on a day.
type holders map[string][]fundamentals.Security

func newHolders(securities []fundamentals.Security) holders {
	h := holders{}
	for _, s := range securities {
		name := fundamentals.NormaliseTicker(s.Ticker)
		h[name] = append(h[name], s)
	}
	return h
}

// owner returns the company that had a ticker on a day. Where there is not one
// alone, the error says why.
func (h holders) owner(ticker string, on fundamentals.Date) (fundamentals.CIK, error) {
	var all, held []fundamentals.CIK
	listings := h[fundamentals.NormaliseTicker(ticker)]
	for _, s := range listings {
		if s.CIK == 0 || slices.Contains(held, s.CIK) {
			continue
		}
		all = append(all, s.CIK)
		if s.HoldsOn(on) {
			held = append(held, s.CIK)
		}
	}
	switch {
	case len(held) == 1:
		return held[0], nil
	case len(held) > 1:
		return 0, fmt.Errorf("%s is listed of companies %d and %d on %s: name the cik", ticker, held[0], held[1], on)
	case len(all) > 0:
		return 0, fmt.Errorf("no company had the ticker %s on %s, though company %d had it on another day: name the cik", ticker, on, all[0])
	case len(listings) > 0:
		return 0, fmt.Errorf("%s is no company's: an ETF or an index stands in no screen", ticker)
	}
	return 0, fmt.Errorf("no company has the ticker %s: name the cik, or ingest its listing first", ticker)
}

// Register is what the database knows of the names in a user's file.
type Register struct {
	holders   holders
	companies map[fundamentals.CIK]bool
	columns   map[string]fundamentals.UserColumn
}

// NewRegister reads the register.
func NewRegister(ctx context.Context, db *store.DB) (*Register, error) {
	securities, err1 := db.Securities(ctx, 0)
	companies, err2 := db.Companies(ctx, 0)
	columns, err3 := db.UserColumns(ctx, 0)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	r := &Register{newHolders(securities), map[fundamentals.CIK]bool{}, map[string]fundamentals.UserColumn{}}
	for _, c := range companies {
		r.companies[c.CIK] = true
	}
	for _, c := range columns {
		r.columns[c.Name] = c
	}
	return r, nil
}

// Owner returns the company that had a ticker on a day. Where there is not one
// alone, the error says why.
func (r *Register) Owner(ticker string, on fundamentals.Date) (fundamentals.CIK, error) {
	return r.holders.owner(ticker, on)
}

// Company returns an error for a company that the database does not know.
func (r *Register) Company(cik fundamentals.CIK) error {
	if r.companies[cik] {
		return nil
	}
	return fmt.Errorf("no company has the number %d: ingest its facts or its listing first", cik)
}

// Column returns a column that the user brought before.
func (r *Register) Column(name string) (fundamentals.UserColumn, bool) {
	c, ok := r.columns[name]
	return c, ok
}

// Taken says what else a name stands for in rules; "" where it is free.
func (r *Register) Taken(name string) string {
	if m, ok := metric.Lookup(name); ok {
		return "the metric " + m.Title
	}
	if in, ok := metric.LookupInput(name); ok {
		return "the " + in.From + " column " + in.Title
	}
	for _, f := range funcs.All() {
		if f.Name == name {
			return "the function " + f.Signature()
		}
	}
	if !rules.ValidName(name) || slices.Contains([]string{"null", "none", "nan", "missing"}, name) {
		return "a word of the rule language"
	}
	return ""
}
