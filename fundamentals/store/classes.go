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

// ShareClasses lists the share counts of a company by class: by day, tag, class,
// filed and accession. A filing that states one twice counts with its latest
// batch and, in it, its largest value.
func (db *DB) ShareClasses(ctx context.Context, cik fundamentals.CIK, upTo fundamentals.Batch) (list []fundamentals.ShareClass, err error) {
	err = db.view(ctx, func(tx *sql.Tx) error {
		list, err = shareClasses(ctx, tx, cik, upTo)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("share classes of company %d: %w", cik, err)
	}
	return list, nil
}

func shareClasses(ctx context.Context, tx *sql.Tx, cik fundamentals.CIK, upTo fundamentals.Batch) ([]fundamentals.ShareClass, error) {
	rows, err := query(ctx, tx, func(r *sql.Rows, c *fundamentals.ShareClass) error {
		c.Company = cik
		return r.Scan(&c.Tag.Taxonomy, &c.Tag.Name, &c.Member, &c.Day, &c.Shares, &c.Accession, &c.Form, &c.Filed)
	}, `SELECT t.taxonomy, t.name, c.member, c.day, c.shares, g.accession, o.name, g.filed
		FROM share_class c JOIN tag t ON t.id = c.tag JOIN filing g ON g.id = c.filing JOIN form o ON o.id = g.form
		WHERE c.company = ? AND c.batch <= ? ORDER BY c.batch, c.shares`, cik, limit(upTo))
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(rows, func(a, b fundamentals.ShareClass) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), strings.Compare(a.Tag.String(), b.Tag.String()), strings.Compare(a.Member, b.Member),
			cmp.Compare(a.Filed, b.Filed), strings.Compare(a.Accession, b.Accession))
	})
	var list []fundamentals.ShareClass
	for _, same := range groups(rows, func(a, b fundamentals.ShareClass) bool {
		return a.Day == b.Day && a.Tag == b.Tag && a.Member == b.Member && a.Accession == b.Accession
	}) {
		list = append(list, same[len(same)-1])
	}
	return list, nil
}
