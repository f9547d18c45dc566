package snapshot

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/market"
)

// listing is what a company trades as on the table's date.
type listing struct {
	security fundamentals.Security
	tape     *tape
	line     []leg // the tickers that it traded under one after the other, this one among them
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
	s.tapes, s.owned = tapes, map[string]bool{}
	legs := map[fundamentals.CIK][]leg{}
	out := map[fundamentals.CIK]listing{}
	for _, sec := range securities {
		if sec.CIK == 0 {
			continue
		}
		name := fundamentals.NormaliseTicker(sec.Ticker)
		s.owned[name] = true
		sec.SIC = cmp.Or(profiles[sec.CIK].SIC, sec.SIC)
		sec.Type = securityType(sec)
		legs[sec.CIK] = append(legs[sec.CIK], leg{sec, tapes[name]})
		if !sec.HoldsOn(t.priced) {
			sec.Type = unlisted
		}
		l := listing{security: sec, tape: tapes[name]}
		if other, ok := out[sec.CIK]; !ok || compareListings(l, other) < 0 {
			out[sec.CIK] = l
		}
	}
	for cik, l := range out {
		l.line = lineOf(l.security, legs[cik])
		out[cik] = l
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
