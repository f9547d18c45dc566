package snapshot

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/market"
	"assay/fundamentals/store"
)

// listing is what a company trades as on the table's date.
type listing struct {
	security fundamentals.Security
	book     *market.Book
}

// listings returns, per company, the security that stands for it on the
// table's date, with the series of its prices, still empty.
func (t *Table) listings(ctx context.Context, s *state) (map[fundamentals.CIK]listing, error) {
	securities, err := t.db.Securities(ctx, t.opts.UpTo)
	if err != nil {
		return nil, err
	}
	books, err := t.books(ctx, s)
	if err != nil {
		return nil, err
	}
	out := map[fundamentals.CIK]listing{}
	for _, sec := range securities {
		if sec.CIK == 0 {
			continue
		}
		sec.Type = securityType(sec)
		if !sec.HoldsOn(t.asOf) {
			sec.Type = unlisted
		}
		l := listing{sec, books[fundamentals.NormaliseTicker(sec.Ticker)]}
		if other, ok := out[sec.CIK]; !ok || compareListings(l, other) < 0 {
			out[sec.CIK] = l
		}
	}
	return out, nil
}

// unlisted is the type of a security whose listing does not hold on the date:
// its company had filed, but does not trade there, yet or any more.
const unlisted = "unlisted"

// compareListings puts first the security that stands for a company: common
// stock, with prices, listed that day, then the shortest ticker, then the first by name.
func compareListings(a, b listing) int {
	rank := func(l listing) (n int) {
		switch l.security.Type {
		case "common":
		case unlisted:
			n += 4
		default:
			n += 2
		}
		if l.book == nil || len(l.book.Series) == 0 {
			n++
		}
		return n
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)),
		cmp.Compare(len(a.security.Ticker), len(b.security.Ticker)),
		cmp.Compare(a.security.Ticker, b.security.Ticker))
}

// securityType is what the securities file says, else what the ticker's suffix
// or the SIC code says, else common.
func securityType(s fundamentals.Security) string {
	if s.Type != "" {
		return s.Type
	}
	if s.SIC == 6770 {
		return "spac"
	}
	_, suffix, ok := strings.Cut(fundamentals.NormaliseTicker(s.Ticker), "-")
	switch {
	case !ok:
		return "common"
	case strings.HasPrefix(suffix, "P"):
		return "preferred"
	case strings.HasPrefix(suffix, "W"):
		return "warrant"
	case suffix == "U" || suffix == "UN":
		return "unit"
	}
	return "common"
}

// books returns the price series by normalised ticker, without closes, and
// enters them into the state by number.
func (t *Table) books(ctx context.Context, s *state) (map[string]*market.Book, error) {
	rows, err := t.db.Series(ctx, t.opts.UpTo)
	if err != nil {
		return nil, err
	}
	splits, err := t.db.Splits(ctx, t.opts.UpTo)
	if err != nil {
		return nil, err
	}
	books := map[string]*market.Book{}
	book := func(ticker string) *market.Book {
		name := fundamentals.NormaliseTicker(ticker)
		if books[name] == nil {
			books[name] = &market.Book{}
		}
		return books[name]
	}
	for _, r := range rows {
		c := &market.Closes{Series: r.Series}
		s.series[r.ID] = c
		b := book(r.Ticker)
		b.Series = append(b.Series, c)
	}
	for _, split := range splits {
		b := book(split.Ticker)
		b.Splits = append(b.Splits, split)
	}
	for _, b := range books {
		slices.SortStableFunc(b.Splits, func(x, y fundamentals.Split) int { return cmp.Compare(x.Date, y.Date) })
	}
	return books, nil
}

// closes sees to it that closes are loaded from a day on.
func (t *Table) closes(ctx context.Context, s *state, from fundamentals.Date) error {
	if from >= s.loaded {
		return nil
	}
	for _, c := range s.series {
		c.Days, c.Close, c.Volume = nil, nil, nil
	}
	err := t.db.AllCloses(ctx, from, t.asOf, t.opts.UpTo, func(id store.SeriesID, day fundamentals.Date, last, volume float64) error {
		c := s.series[id]
		c.Days, c.Close, c.Volume = append(c.Days, day), append(c.Close, last), append(c.Volume, volume)
		return nil
	})
	s.loaded = from
	return err
}
