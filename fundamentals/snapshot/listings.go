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
	tape     *tape
}

// tape is what is stored of one ticker's prices.
type tape struct {
	series []*market.Closes
	splits []fundamentals.Split // by date
}

// listings returns, per company, the security that stands for it on the
// table's date, with the series of its prices, still empty.
func (t *Table) listings(ctx context.Context, s *state) (map[fundamentals.CIK]listing, error) {
	securities, err := t.db.Securities(ctx, t.opts.UpTo)
	if err != nil {
		return nil, err
	}
	tapes, err := t.tapes(ctx, s)
	if err != nil {
		return nil, err
	}
	profiles, err := t.db.Profiles(ctx, t.asOf, t.opts.UpTo)
	if err != nil {
		return nil, err
	}
	out := map[fundamentals.CIK]listing{}
	for _, sec := range securities {
		if sec.CIK == 0 {
			continue
		}
		sec.SIC = cmp.Or(profiles[sec.CIK].SIC, sec.SIC)
		sec.Type = securityType(sec)
		if !sec.HoldsOn(t.asOf) {
			sec.Type = unlisted
		}
		l := listing{sec, tapes[fundamentals.NormaliseTicker(sec.Ticker)]}
		if other, ok := out[sec.CIK]; !ok || compareListings(l, other) < 0 {
			out[sec.CIK] = l
		}
	}
	for cik, p := range profiles {
		if _, ok := out[cik]; !ok {
			out[cik] = listing{security: fundamentals.Security{CIK: cik, SIC: p.SIC}}
		}
	}
	return out, nil
}

const unlisted = fundamentals.Unlisted

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
		if l.tape == nil || len(l.tape.series) == 0 {
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

// tapes returns the price series by normalised ticker, without closes, and
// enters them into the state by number.
func (t *Table) tapes(ctx context.Context, s *state) (map[string]*tape, error) {
	rows, err := t.db.Series(ctx, t.opts.UpTo)
	if err != nil {
		return nil, err
	}
	splits, err := t.db.Splits(ctx, t.opts.UpTo)
	if err != nil {
		return nil, err
	}
	tapes := map[string]*tape{}
	of := func(ticker string) *tape {
		name := fundamentals.NormaliseTicker(ticker)
		if tapes[name] == nil {
			tapes[name] = &tape{}
		}
		return tapes[name]
	}
	for _, r := range rows {
		c := &market.Closes{Series: r.Series}
		s.series[r.ID] = c
		one := of(r.Ticker)
		one.series = append(one.series, c)
	}
	for _, split := range splits {
		one := of(split.Ticker)
		one.splits = append(one.splits, split)
	}
	for _, one := range tapes {
		slices.SortStableFunc(one.splits, func(x, y fundamentals.Split) int { return cmp.Compare(x.Date, y.Date) })
	}
	return tapes, nil
}

// splits returns the splits while the company held the ticker: a ticker wanders
// from company to company.
func (l listing) splits() (list []fundamentals.Split) {
	if l.tape == nil {
		return nil
	}
	for _, s := range l.tape.splits {
		if l.security.HoldsOn(s.Date) {
			list = append(list, s)
		}
	}
	return list
}

// book returns the prices while the company held the ticker.
func (l listing) book(splits []fundamentals.Split) *market.Book {
	b := &market.Book{Splits: splits}
	if l.tape == nil {
		return b
	}
	for _, c := range l.tape.series {
		b.Series = append(b.Series, c.Within(l.security.From, l.security.To))
	}
	return b
}

// closes sees to it that closes are loaded from a day on. What was loaded
// before stands until all is read.
func (t *Table) closes(ctx context.Context, s *state, from fundamentals.Date) error {
	if from >= s.loaded {
		return nil
	}
	read := map[store.SeriesID]*market.Closes{}
	err := t.db.AllCloses(ctx, from, t.asOf, t.opts.UpTo, func(day store.Closing) error {
		c := read[day.Series]
		if c == nil {
			c = &market.Closes{}
			read[day.Series] = c
		}
		c.Days, c.Close = append(c.Days, day.Day), append(c.Close, day.Close)
		c.Volume, c.Given = append(c.Volume, day.Volume), append(c.Given, day.HasVolume)
		return nil
	})
	if err != nil {
		return err
	}
	if err := t.unchanged(ctx); err != nil {
		return err
	}
	for id, c := range s.series {
		if r := read[id]; r != nil {
			c.Days, c.Close, c.Volume, c.Given = r.Days, r.Close, r.Volume, r.Given
		}
	}
	s.loaded = from
	for i := range s.companies {
		c := &s.companies[i]
		c.book = c.listing.book(c.book.Splits)
	}
	return nil
}
