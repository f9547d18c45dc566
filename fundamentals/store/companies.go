package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math"
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

// nameWord is what a source calls a company, by itself or in a listing of it.
type nameWord struct {
	named
	fundamentals.Security // of the company itself: without ticker
}

// sameSubject reports whether two words are about the same, so that the later one
// takes the place of the other.
func sameSubject(a, b nameWord) bool {
	return a.CIK == b.CIK && a.source == b.source && a.Ticker == b.Ticker && a.From == b.From
}

func compareSubjects(a, b nameWord) int {
	return cmp.Or(cmp.Compare(a.CIK, b.CIK), cmp.Compare(trust(a.source), trust(b.source)), strings.Compare(a.source, b.source),
		strings.Compare(a.Ticker, b.Ticker), cmp.Compare(a.From, b.From))
}

// compareNames puts the name that counts first, of words that each are the latest
// about their subject: that of the company itself, then that of the listing that
// lasts the longest and began last. Which of them was said last does not count: to
// read a file again says anew what was overruled since, and nothing of the rest.
func compareNames(a, b nameWord) int {
	lasts := func(w nameWord) fundamentals.Date {
		if w.To == 0 {
			return math.MaxInt32
		}
		return w.To
	}
	return cmp.Or(cmp.Compare(a.CIK, b.CIK), cmp.Compare(trust(a.source), trust(b.source)), strings.Compare(a.source, b.source),
		cmp.Compare(flag(a.Ticker != ""), flag(b.Ticker != "")), -cmp.Compare(lasts(a), lasts(b)), -cmp.Compare(a.From, b.From),
		strings.Compare(a.Ticker, b.Ticker), strings.Compare(a.Name, b.Name))
}

// nameWords reads the words about companies' names, the one that counts first.
func nameWords(ctx context.Context, tx *sql.Tx, upTo fundamentals.Batch) ([]nameWord, error) {
	words, err := query(ctx, tx, func(r *sql.Rows, w *nameWord) error {
		return r.Scan(&w.CIK, &w.source, &w.Ticker, &w.From, &w.To, &w.Name, &w.batch)
	}, `SELECT cik, source, '', 0, 0, name, batch FROM company_name WHERE batch <= ?1
		UNION ALL SELECT cik, source, ticker, valid_from, valid_to, name, batch FROM security WHERE batch <= ?1 AND cik <> 0 AND name <> ''`, limit(upTo))
	slices.SortFunc(words, func(a, b nameWord) int {
		return cmp.Or(compareSubjects(a, b), -cmp.Compare(a.batch, b.batch))
	})
	var latest []nameWord
	for _, about := range groups(words, sameSubject) {
		for _, w := range about {
			if w.batch == about[0].batch {
				latest = append(latest, w)
			}
		}
	}
	slices.SortFunc(latest, compareNames)
	return latest, err
}

func companies(ctx context.Context, tx *sql.Tx, upTo fundamentals.Batch) ([]fundamentals.Company, error) {
	list, err := query(ctx, tx, func(r *sql.Rows, c *fundamentals.Company) error { return r.Scan(&c.CIK) },
		`SELECT cik FROM company WHERE batch <= ? ORDER BY cik`, limit(upTo))
	if err != nil {
		return nil, err
	}
	words, err := nameWords(ctx, tx, upTo)
	if err != nil {
		return nil, err
	}
	for i, c := range list {
		at, ok := slices.BinarySearchFunc(words, c.CIK, func(w nameWord, cik fundamentals.CIK) int { return cmp.Compare(w.CIK, cik) })
		if ok {
			list[i].Name = words[at].Name
		}
	}
	return list, nil
}
