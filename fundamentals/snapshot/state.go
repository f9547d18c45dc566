package snapshot

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"assay/fundamentals"
	"assay/fundamentals/market"
	"assay/fundamentals/standard"
	"assay/fundamentals/store"
	"assay/rules"
)

// state is what columns are computed from. It is loaded when the first column
// that was not kept is asked for.
type state struct {
	companies []company // by CIK: the rows
	series    map[store.SeriesID]*market.Closes
	loaded    fundamentals.Date // closes are there from this day on
}

// company is one row.
type company struct {
	cik      fundamentals.CIK
	name     string
	view     *standard.View
	security fundamentals.Security // the zero Security where none is listed
	class    fundamentals.Classification
	classed  bool                 // the SIC code is known
	splits   []fundamentals.Split // from the splits file
	book     *market.Book
}

// priceHistory is how far back closes are loaded at once: for returns of a year.
const priceHistory = 400

// load reads the state.
func (t *Table) load(ctx context.Context) error {
	if t.state != nil {
		return nil
	}
	if err := refreshPacks(ctx, t.db, t.opts.UpTo, nil); err != nil {
		return err
	}
	s := &state{series: map[store.SeriesID]*market.Closes{}, loaded: t.asOf + 1}
	listed, err := t.listings(ctx, s)
	if err != nil {
		return err
	}
	names, err := t.companyNames(ctx)
	if err != nil {
		return err
	}
	if err := t.closes(ctx, s, t.asOf-priceHistory); err != nil {
		return err
	}
	m := standard.Concepts()
	take := func(c *standard.Company) {
		l := listed[c.CIK]
		if l.book == nil {
			l.book = &market.Book{}
		}
		v := c.View(m, t.asOf, l.book.Splits)
		if v.Anchor == 0 {
			return
		}
		row := company{cik: c.CIK, name: names[c.CIK], view: v, security: l.security, splits: l.book.Splits, book: l.book}
		row.book.Splits = withFound(m, c, l.book.Splits)
		row.class, row.classed = fundamentals.Classify(l.security.SIC)
		s.companies = append(s.companies, row)
	}
	if err := eachCompany(ctx, t.db, t.opts.UpTo, take); err != nil {
		return err
	}
	for i := range s.companies[:max(0, len(s.companies)-1)] {
		if s.companies[i].cik >= s.companies[i+1].cik {
			return fmt.Errorf("companies %d and %d are out of order", s.companies[i].cik, s.companies[i+1].cik)
		}
	}
	if t.ciks != nil && !sameRows(t.ciks, s.companies) {
		return fmt.Errorf("the kept table has other rows than the data: keep no tables of version %s", version)
	}
	t.state = s
	return nil
}

func sameRows(ciks []fundamentals.CIK, companies []company) bool {
	if len(ciks) != len(companies) {
		return false
	}
	for i, cik := range ciks {
		if companies[i].cik != cik {
			return false
		}
	}
	return true
}

func (t *Table) companyNames(ctx context.Context) (map[fundamentals.CIK]string, error) {
	list, err := t.db.Companies(ctx, t.opts.UpTo)
	if err != nil {
		return nil, err
	}
	names := make(map[fundamentals.CIK]string, len(list))
	for _, c := range list {
		names[c.CIK] = c.Name
	}
	return names, nil
}

func (s *state) cikVector() *rules.Vector {
	v := &rules.Vector{F: make([]float64, len(s.companies))}
	for i := range s.companies {
		v.F[i] = float64(s.companies[i].cik)
	}
	return v
}

// eachCompany calls fn for every company with facts, by CIK: from the packs
// that are good for the batch, otherwise built anew.
func eachCompany(ctx context.Context, db *store.DB, upTo fundamentals.Batch, fn func(*standard.Company)) error {
	stale, err := db.StalePacks(ctx, standard.MapHash(), upTo)
	if err != nil {
		return err
	}
	built := map[fundamentals.CIK]*standard.Company{}
	var order []fundamentals.CIK
	for _, key := range stale {
		if built[key.CIK], err = build(ctx, db, key.CIK, upTo); err != nil {
			return err
		}
		order = append(order, key.CIK)
	}
	m, next := standard.Concepts(), 0
	flush := func(before fundamentals.CIK) {
		for ; next < len(order) && order[next] < before; next++ {
			fn(built[order[next]])
		}
	}
	err = db.Packs(ctx, func(p store.Pack) error {
		if built[p.CIK] != nil {
			return ctx.Err()
		}
		c, err := standard.Unpack(m, p.Content)
		if err != nil {
			return err
		}
		flush(p.CIK)
		fn(c)
		return ctx.Err()
	})
	flush(1 << 62)
	return err
}

// always is a day after all filings.
const always = fundamentals.Date(1 << 30)

// withFound adds to the splits of the file those that the filings show. Prices
// take them from the day on which the new basis was known, as the share count
// does, so that the two stand on one basis on every day. The splits that came
// after the table's date are needed too: they undo what the maker of an adjusted
// price file did, and change nothing else.
func withFound(m *standard.Map, c *standard.Company, listed []fundamentals.Split) []fundamentals.Split {
	all := slices.Clone(listed)
	for _, s := range c.Unlisted(c.Splits(m, always), listed) {
		all = append(all, fundamentals.Split{Date: c.Filings[s.New].KnownOn, Ratio: s.Ratio})
	}
	slices.SortStableFunc(all, func(a, b fundamentals.Split) int { return cmp.Compare(a.Date, b.Date) })
	return all
}
