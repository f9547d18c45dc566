package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"assay/fundamentals"
)

// listing is one source's row about a security.
type listing struct {
	named
	fundamentals.Security
}

// Securities lists what trades, by ticker, CIK and first day. For one ticker of
// one company each attribute is that of the most trusted source that says it:
// securities, submissions, tickers. The validity dates are those of the most
// trusted source; where it gives dated listings, its undated one counts no more.
func (db *DB) Securities(ctx context.Context, upTo fundamentals.Batch) (list []fundamentals.Security, err error) {
	var words []listing
	err = db.view(ctx, func(tx *sql.Tx) error {
		words, err = listings(ctx, tx, upTo)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("securities: %w", err)
	}
	for _, group := range groups(words, func(a, b listing) bool { return a.Ticker == b.Ticker && a.CIK == b.CIK }) {
		list = append(list, settle(group)...)
	}
	return list, nil
}

// listings reads all rows, the word that counts first within a ticker and
// company.
func listings(ctx context.Context, tx *sql.Tx, upTo fundamentals.Batch) ([]listing, error) {
	words, err := query(ctx, tx, func(r *sql.Rows, l *listing) error {
		return r.Scan(&l.source, &l.Ticker, &l.CIK, &l.From, &l.To, &l.Name, &l.Exchange, &l.SIC, &l.Type, &l.batch)
	}, `SELECT source, ticker, cik, valid_from, valid_to, name, exchange, sic, type, batch FROM security WHERE batch <= ?`, limit(upTo))
	slices.SortFunc(words, func(a, b listing) int {
		return cmp.Or(strings.Compare(a.Ticker, b.Ticker), cmp.Compare(a.CIK, b.CIK), compareNamed(a.named, b.named),
			cmp.Compare(a.From, b.From), -cmp.Compare(a.To, b.To), strings.Compare(a.Name, b.Name),
			strings.Compare(a.Exchange, b.Exchange), cmp.Compare(a.SIC, b.SIC), strings.Compare(a.Type, b.Type))
	})
	return words, err
}

// settle makes listings of the words about one ticker of one company.
func settle(words []listing) []fundamentals.Security {
	top := words[0].source
	var list []fundamentals.Security
	for _, w := range words {
		if w.source != top || slices.ContainsFunc(list, func(s fundamentals.Security) bool { return s.From == w.From }) {
			continue // an older word about the same listing
		}
		list = append(list, w.Security)
	}
	if dated := slices.ContainsFunc(list, isDated); dated {
		list = slices.DeleteFunc(list, func(s fundamentals.Security) bool { return !isDated(s) })
	}
	for i := range list {
		for _, w := range words {
			fill(&list[i], w.Security)
		}
	}
	slices.SortFunc(list, func(a, b fundamentals.Security) int { return cmp.Compare(a.From, b.From) })
	return list
}

func isDated(s fundamentals.Security) bool { return s.From != 0 || s.To != 0 }

// fill takes over what a listing leaves unsaid.
func fill(s *fundamentals.Security, from fundamentals.Security) {
	s.Name = cmp.Or(s.Name, from.Name)
	s.Exchange = cmp.Or(s.Exchange, from.Exchange)
	s.SIC = cmp.Or(s.SIC, from.SIC)
	s.Type = cmp.Or(s.Type, from.Type)
}

// groups cuts a sorted list into runs of the same.
func groups[T any](list []T, same func(a, b T) bool) (runs [][]T) {
	for len(list) > 0 {
		n := 1
		for n < len(list) && same(list[0], list[n]) {
			n++
		}
		runs = append(runs, list[:n])
		list = list[n:]
	}
	return runs
}
