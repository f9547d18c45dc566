package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"assay/fundamentals"
)

// FilingsBetween calls fn for each company with filings of the days from to to,
// by CIK, with these filings as [DB.Filings] lists them. One statement reads
// all companies.
func (db *DB) FilingsBetween(ctx context.Context, from, to fundamentals.Date, upTo fundamentals.Batch, fn func([]fundamentals.Filing) error) error {
	err := db.view(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT g.company, g.accession, o.name, g.filed,
			coalesce((SELECT a.accepted FROM filing_accepted a WHERE a.company = g.company AND a.accession = g.accession AND a.batch <= ?1
				ORDER BY a.batch DESC, a.accepted DESC LIMIT 1), 0),
			coalesce((SELECT i.items FROM filing_items i WHERE i.company = g.company AND i.accession = g.accession AND i.batch <= ?1
				ORDER BY i.batch DESC, i.items DESC LIMIT 1), '')
			FROM filing g JOIN form o ON o.id = g.form WHERE g.batch <= ?1 AND g.filed BETWEEN ?2 AND ?3
			ORDER BY g.company, g.accession, g.batch, g.filed, o.name`, limit(upTo), from, to)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		return eachFilings(rows, fn)
	})
	if err != nil {
		return fmt.Errorf("filings of %s to %s: %w", from, to, err)
	}
	return nil
}

func eachFilings(rows *sql.Rows, fn func([]fundamentals.Filing) error) error {
	var list []fundamentals.Filing
	flush := func() error {
		if len(list) == 0 {
			return nil
		}
		slices.SortFunc(list, byKnownOn)
		err := fn(list)
		list = nil
		return err
	}
	for rows.Next() {
		var f fundamentals.Filing
		var accepted int64
		if err := rows.Scan(&f.Company, &f.Accession, &f.Form, &f.Filed, &accepted, &f.Items); err != nil {
			return err
		}
		var at time.Time
		if accepted != 0 {
			at = time.Unix(accepted, 0)
		}
		f.KnownOn = fundamentals.KnownOn(f.Filed, at)
		n := len(list)
		switch {
		case n > 0 && list[n-1].Company != f.Company:
			if err := flush(); err != nil {
				return err
			}
		case n > 0 && list[n-1].Accession == f.Accession: // the word that counts comes last
			list = list[:n-1]
		}
		list = append(list, f)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return flush()
}

// LastFiled returns, for each of the companies, the day of the last filing of
// each form that was filed before a day, by the name of the form.
func (db *DB) LastFiled(ctx context.Context, ciks []fundamentals.CIK, before fundamentals.Date, upTo fundamentals.Batch) (last map[fundamentals.CIK]map[string]fundamentals.Date, err error) {
	list, err := json.Marshal(ciks)
	if err != nil {
		return nil, err
	}
	last = map[fundamentals.CIK]map[string]fundamentals.Date{}
	err = db.view(ctx, func(tx *sql.Tx) error {
		rows, err := query(ctx, tx, func(r *sql.Rows, f *fundamentals.Filing) error { return r.Scan(&f.Company, &f.Form, &f.Filed) },
			`SELECT g.company, o.name, max(g.filed) FROM filing g JOIN form o ON o.id = g.form
			WHERE g.company IN (SELECT value FROM json_each(?)) AND g.batch <= ? AND g.filed < ? GROUP BY g.company, g.form ORDER BY g.company, o.name`,
			string(list), limit(upTo), before)
		for _, f := range rows {
			if last[f.Company] == nil {
				last[f.Company] = map[string]fundamentals.Date{}
			}
			last[f.Company][f.Form] = f.Filed
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("last filings before %s: %w", before, err)
	}
	return last, nil
}

// FilingLists calls fn for every span of days of which a source listed all
// filings of a company, by CIK and first day.
func (db *DB) FilingLists(ctx context.Context, upTo fundamentals.Batch, fn func(fundamentals.FilingList)) error {
	err := db.view(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT DISTINCT company, first, last FROM filing_list WHERE batch <= ? ORDER BY company, first, last`, limit(upTo))
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var l fundamentals.FilingList
			if err := rows.Scan(&l.Company, &l.From, &l.To); err != nil {
				return err
			}
			fn(l)
		}
		return rows.Err()
	})
	if err != nil {
		return fmt.Errorf("lists of filings: %w", err)
	}
	return nil
}
