package store

import (
	"context"
	"database/sql"
	"fmt"

	"assay/fundamentals"
)

// TagUse says how filers use a tag.
type TagUse struct {
	fundamentals.Tag
	Unit      string // that it is stated in: USD if any company does, else the first by name
	Companies int    // that state it
	Facts     int
	// Regular counts the companies that state it in at least half of their
	// filings, to judge by its most regular tag: lines of the statements are, most
	// of the notes are not.
	Regular int
	Last    fundamentals.Date // the latest filing that states it
}

// TagUses lists the tags of all facts filed before a day, by taxonomy and name.
func (db *DB) TagUses(ctx context.Context, before fundamentals.Date, upTo fundamentals.Batch) (list []TagUse, err error) {
	err = db.view(ctx, func(tx *sql.Tx) error {
		list, err = query(ctx, tx, func(r *sql.Rows, u *TagUse) error {
			return r.Scan(&u.Taxonomy, &u.Name, &u.Unit, &u.Companies, &u.Facts, &u.Regular, &u.Last)
		}, tagUses, limit(upTo), before)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("uses of tags: %w", err)
	}
	return list, nil
}

// The inner query reads the facts in the order of their key.
const tagUses = `
WITH used AS (
  SELECT f.company, f.tag, min(f.unit) AS unit, count(*) AS facts, count(DISTINCT f.filing) AS filings, max(g.filed) AS last
  FROM fact f JOIN filing g ON g.id = f.filing
  WHERE f.batch <= ?1 AND g.filed < ?2
  GROUP BY f.company, f.tag
), filer AS (
  SELECT company, max(filings) AS filings FROM used GROUP BY company
)
SELECT t.taxonomy, t.name, coalesce(max(CASE n.name WHEN 'USD' THEN n.name END), min(n.name)), count(*), sum(used.facts), sum(used.filings * 2 >= filer.filings), max(used.last)
FROM used JOIN filer ON filer.company = used.company JOIN tag t ON t.id = used.tag JOIN unit n ON n.id = used.unit
GROUP BY used.tag ORDER BY t.taxonomy, t.name`
