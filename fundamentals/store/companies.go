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

// sources are the ingest kinds that name companies and securities, the most
// trusted first: a user's own file, EDGAR's page of the company, EDGAR's list of
// tickers, the facts, the data sets.
var sources = [...]string{"securities", "submissions", "tickers", "companyfacts", "fsds"}

func trust(source string) int {
	if i := slices.Index(sources[:], source); i >= 0 {
		return i
	}
	return len(sources)
}

// named is one source's word about a company or a security.
type named struct {
	source string
	batch  fundamentals.Batch
}

// compareNamed puts the word that counts first: the most trusted source, and its
// latest batch.
func compareNamed(a, b named) int {
	return cmp.Or(cmp.Compare(trust(a.source), trust(b.source)), -cmp.Compare(a.batch, b.batch))
}

// Companies lists all companies, by CIK. The name is that of the most trusted
// source that gives one: securities, submissions, tickers, companyfacts, fsds.
func (db *DB) Companies(ctx context.Context, upTo fundamentals.Batch) (list []fundamentals.Company, err error) {
	err = db.view(ctx, func(tx *sql.Tx) error {
		list, err = companies(ctx, tx, upTo)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("companies: %w", err)
	}
	return list, nil
}

func companies(ctx context.Context, tx *sql.Tx, upTo fundamentals.Batch) ([]fundamentals.Company, error) {
	list, err := query(ctx, tx, func(r *sql.Rows, c *fundamentals.Company) error { return r.Scan(&c.CIK) },
		`SELECT cik FROM company WHERE batch <= ? ORDER BY cik`, limit(upTo))
	if err != nil {
		return nil, err
	}
	type word struct {
		named
		fundamentals.Company
	}
	words, err := query(ctx, tx, func(r *sql.Rows, w *word) error {
		return r.Scan(&w.CIK, &w.source, &w.Name, &w.batch)
	}, `SELECT cik, source, name, batch FROM company_name WHERE batch <= ?
		UNION ALL SELECT cik, source, name, batch FROM security WHERE batch <= ? AND cik <> 0 AND name <> ''`, limit(upTo), limit(upTo))
	if err != nil {
		return nil, err
	}
	slices.SortFunc(words, func(a, b word) int {
		return cmp.Or(cmp.Compare(a.CIK, b.CIK), compareNamed(a.named, b.named), strings.Compare(a.Name, b.Name))
	})
	for i, c := range list {
		at, ok := slices.BinarySearchFunc(words, c.CIK, func(w word, cik fundamentals.CIK) int { return cmp.Compare(w.CIK, cik) })
		if ok {
			list[i].Name = words[at].Name
		}
	}
	return list, nil
}
