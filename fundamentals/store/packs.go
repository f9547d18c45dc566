package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"assay/fundamentals"
)

// PackKey says what a pack was made of.
type PackKey struct {
	CIK        fundamentals.CIK
	ConceptMap string // hash of the concept map, as the maker of packs gave it
	Data       string // content of the company's facts and filings
}

// Pack is what was derived of one company, kept beside its facts.
type Pack struct {
	PackKey
	Content []byte

	// Of a pack that is put: the key of the one that it was held against, the first
	// day on which the two tell other things, that of the first split that only one of
	// them shows, and that of the first which they place between other filings.
	// [DB.Packs] leaves them out.
	Instead                               PackKey
	ChangesFrom, SplitsFrom, NarrowedFrom fundamentals.Date
}

// PutPacks stores packs, each in the place of an older one of its company. Once the
// packs of all companies that a batch brought something of are put, the batch counts
// for the days from the first on that they changed; see [DB.Versions].
func (db *DB) PutPacks(ctx context.Context, packs []Pack) error {
	err := db.update(ctx, func(tx *sql.Tx) error {
		for _, p := range packs {
			if err := settlePack(ctx, tx, &p); err != nil {
				return fmt.Errorf("company %d: %w", p.CIK, err)
			}
			if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO pack (company, concept_map, data, content) VALUES (?, ?, ?, ?)`,
				p.CIK, p.ConceptMap, p.Data, p.Content); err != nil {
				return fmt.Errorf("company %d: %w", p.CIK, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep packs: %w", err)
	}
	return nil
}

// Packs calls fn for every pack of the companies from one to another, both
// included, by CIK. Whether a pack is good for a batch is for [DB.StalePacks] to say.
// The content is good until fn returns.
func (db *DB) Packs(ctx context.Context, from, to fundamentals.CIK, fn func(Pack) error) error {
	err := db.view(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT company, concept_map, data, content FROM pack WHERE company BETWEEN ? AND ? ORDER BY company`, from, to)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var p Pack
			var content sql.RawBytes // a copy of each takes as long as to read it
			if err := rows.Scan(&p.CIK, &p.ConceptMap, &p.Data, &content); err != nil {
				return err
			}
			p.Content = content
			if err := fn(p); err != nil {
				return err
			}
		}
		return rows.Err()
	})
	if err != nil {
		return fmt.Errorf("packs: %w", err)
	}
	return nil
}

// StalePacks lists, by CIK, the companies with facts whose pack is absent, was
// made with another concept map, or of other facts and filings than those up to
// the batch. Each comes as the key that its new pack is to have.
func (db *DB) StalePacks(ctx context.Context, conceptMap string, upTo fundamentals.Batch) (stale []PackKey, err error) {
	err = db.view(ctx, func(tx *sql.Tx) error {
		want, err := packKeys(ctx, tx, conceptMap, upTo, 0)
		if err != nil {
			return err
		}
		have, err := query(ctx, tx, func(r *sql.Rows, k *PackKey) error { return r.Scan(&k.CIK, &k.ConceptMap, &k.Data) },
			`SELECT company, concept_map, data FROM pack ORDER BY company`)
		if err != nil {
			return err
		}
		for _, k := range want {
			at, ok := slices.BinarySearchFunc(have, k.CIK, func(h PackKey, cik fundamentals.CIK) int { return cmp.Compare(h.CIK, cik) })
			if !ok || have[at] != k {
				stale = append(stale, k)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("stale packs: %w", err)
	}
	return stale, nil
}

// PackKeys lists, by CIK, the key that the pack of each company with facts has
// when it is made of the facts and filings up to the batch.
func (db *DB) PackKeys(ctx context.Context, conceptMap string, upTo fundamentals.Batch) (keys []PackKey, err error) {
	err = db.view(ctx, func(tx *sql.Tx) error {
		keys, err = packKeys(ctx, tx, conceptMap, upTo, 0)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("pack keys: %w", err)
	}
	return keys, nil
}

// packKeys lists the keys of all companies, or that of one.
func packKeys(ctx context.Context, tx *sql.Tx, conceptMap string, upTo fundamentals.Batch, only fundamentals.CIK) (keys []PackKey, err error) {
	type row struct {
		cik     fundamentals.CIK
		facts   int64
		content sum
	}
	which, args := "", []any{limit(upTo)}
	if only != 0 {
		which, args = " AND company = ?", append(args, only)
	}
	rows, err := query(ctx, tx, func(r *sql.Rows, c *row) error {
		var a, b int64
		err := r.Scan(&c.cik, &c.facts, &a, &b)
		c.content = unsigned(a, b)
		return err
	}, `SELECT company, facts, sum_a, sum_b FROM company_change WHERE batch <= ?`+which+` ORDER BY company, batch`, args...)
	for _, same := range groups(rows, func(a, b row) bool { return a.cik == b.cik }) {
		var content sum
		var facts int64
		for _, r := range same {
			content.add(r.content)
			facts += r.facts
		}
		if facts > 0 {
			keys = append(keys, PackKey{same[0].cik, conceptMap, content.String()})
		}
	}
	return keys, err
}
