package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"assay/fundamentals"
)

// Filings lists a company's filings by KnownOn and accession, with their items.
func (db *DB) Filings(ctx context.Context, cik fundamentals.CIK, upTo fundamentals.Batch) (list []fundamentals.Filing, err error) {
	err = db.view(ctx, func(tx *sql.Tx) error {
		rows, err := filingRows(ctx, tx, cik, upTo)
		if err == nil {
			list, err = filings(ctx, tx, rows, cik, upTo)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("filings of company %d: %w", cik, err)
	}
	return list, nil
}

// filing rows of one accession, the one that counts last
type filingRow struct {
	fundamentals.Filing
	id    int64
	batch fundamentals.Batch
}

func filingRows(ctx context.Context, tx *sql.Tx, cik fundamentals.CIK, upTo fundamentals.Batch) ([]filingRow, error) {
	return query(ctx, tx, func(r *sql.Rows, f *filingRow) error {
		f.Company = cik
		return r.Scan(&f.id, &f.Accession, &f.Form, &f.Filed, &f.batch)
	}, `SELECT g.id, g.accession, o.name, g.filed, g.batch FROM filing g JOIN form o ON o.id = g.form
		WHERE g.company = ? AND g.batch <= ? ORDER BY g.accession, g.batch, g.filed, o.name`, cik, limit(upTo))
}

// filings settles the rows of a company's filings, which stand in the order of
// [filingRows].
func filings(ctx context.Context, tx *sql.Tx, rows []filingRow, cik fundamentals.CIK, upTo fundamentals.Batch) ([]fundamentals.Filing, error) {
	accepted, err := acceptances(ctx, tx, cik, upTo)
	if err != nil {
		return nil, err
	}
	items, err := filedItems(ctx, tx, cik, upTo)
	if err != nil {
		return nil, err
	}
	var list []fundamentals.Filing
	for _, same := range groups(rows, func(a, b filingRow) bool { return a.Accession == b.Accession }) {
		f := same[len(same)-1].Filing
		f.KnownOn = fundamentals.KnownOn(f.Filed, accepted[f.Accession])
		f.Items = items[f.Accession]
		list = append(list, f)
	}
	slices.SortFunc(list, byKnownOn)
	return list, nil
}

func byKnownOn(a, b fundamentals.Filing) int {
	return cmp.Or(cmp.Compare(a.KnownOn, b.KnownOn), strings.Compare(a.Accession, b.Accession))
}

// filedItems returns the items of a company's filings; the latest batch wins,
// and within it the last text.
func filedItems(ctx context.Context, tx *sql.Tx, cik fundamentals.CIK, upTo fundamentals.Batch) (map[string]string, error) {
	rows, err := query(ctx, tx, func(r *sql.Rows, i *fundamentals.FiledItems) error { return r.Scan(&i.Accession, &i.Items) },
		`SELECT accession, items FROM filing_items WHERE company = ? AND batch <= ? ORDER BY accession, batch, items`, cik, limit(upTo))
	items := make(map[string]string, len(rows))
	for _, i := range rows {
		items[i.Accession] = i.Items
	}
	return items, err
}

// acceptances returns when the SEC took each filing in; the latest batch wins,
// and within it the latest time.
func acceptances(ctx context.Context, tx *sql.Tx, cik fundamentals.CIK, upTo fundamentals.Batch) (map[string]time.Time, error) {
	rows, err := tx.QueryContext(ctx, `SELECT accession, accepted FROM filing_accepted WHERE company = ? AND batch <= ? ORDER BY accession, batch, accepted`, cik, limit(upTo))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	at := map[string]time.Time{}
	for rows.Next() {
		var accession string
		var seconds int64
		if err := rows.Scan(&accession, &seconds); err != nil {
			return nil, err
		}
		at[accession] = time.Unix(seconds, 0)
	}
	return at, rows.Err()
}
