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
	line     []leg // the tickers that it traded under one after the other, this one among them
}

// tape is what is stored of one ticker's prices.
type tape struct {
	series []*market.Closes
	splits []fundamentals.Split // by date
}

// quotes is what is stored of listings and prices, whatever the day; the closes come
// later.
type quotes struct {
	securities []fundamentals.Security // of companies
	names      []string                // their normalised tickers
	series     map[store.SeriesID]*market.Closes
	tapes      map[string]*tape // by normalised ticker
	owned      map[string]bool  // the normalised tickers that some company has or had
}

func readQuotes(ctx context.Context, db *store.DB, upTo fundamentals.Batch) (*quotes, error) {
	securities, err := db.Securities(ctx, upTo)
	if err != nil {
		return nil, err
	}
	q := &quotes{series: map[store.SeriesID]*market.Closes{}, tapes: map[string]*tape{}, owned: map[string]bool{}}
	for _, sec := range securities {
		if sec.CIK == 0 {
			continue
		}
		name := fundamentals.NormaliseTicker(sec.Ticker)
		q.securities, q.names = append(q.securities, sec), append(q.names, name)
		q.owned[name] = true
	}
	rows, err := db.Series(ctx, upTo)
	if err != nil {
		return nil, err
	}
	splits, err := db.Splits(ctx, upTo)
	if err != nil {
		return nil, err
	}
	of := func(ticker string) *tape {
		name := fundamentals.NormaliseTicker(ticker)
		if q.tapes[name] == nil {
			q.tapes[name] = &tape{}
		}
		return q.tapes[name]
	}
	for _, r := range rows {
		c := &market.Closes{Series: r.Series}
		q.series[r.ID] = c
		one := of(r.Ticker)
		one.series = append(one.series, c)
	}
	for _, split := range splits {
		one := of(split.Ticker)
		one.splits = append(one.splits, split)
	}
	for _, one := range q.tapes {
		slices.SortStableFunc(one.splits, func(x, y fundamentals.Split) int { return cmp.Compare(x.Date, y.Date) })
	}
	return q, nil
}

// listings returns, per company, the security that stands for it on a day, with the
// series of its prices.
func (q *quotes) listings(on fundamentals.Date, profiles map[fundamentals.CIK]fundamentals.Profile) map[fundamentals.CIK]listing {
	legs := map[fundamentals.CIK][]leg{}
	out := map[fundamentals.CIK]listing{}
	for i, sec := range q.securities {
		tape := q.tapes[q.names[i]]
		sec.SIC = cmp.Or(profiles[sec.CIK].SIC, sec.SIC)
		sec.Type = securityType(sec)
		legs[sec.CIK] = append(legs[sec.CIK], leg{sec, tape})
		if !sec.HoldsOn(on) {
			sec.Type = unlisted
		}
		l := listing{security: sec, tape: tape}
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
	return out
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
