package store

import (
	"context"
	"database/sql"
	"errors"

	"assay/fundamentals"
)

// What filings show of the past, such as a split, is known when their company is
// standardised. Until then the companies that had facts before a batch are unsettled,
// and the batch counts for all days. Whoever puts the new pack of a company says from
// which day on it tells other things than the one in its place; with the last of its
// companies the batch is settled.

// unsettle notes that the pack of a company is of what was known before the batch,
// given what each batch changed of it so far. Where it is not, there is nothing to
// hold the next one against.
func (t *taker) unsettle(cik fundamentals.CIK, before []companyBatch) error {
	var content sum
	var facts int64 // of other batches: without any the company had no row to change
	for _, b := range before {
		content.add(b.content)
		if b.batch != t.batch {
			facts += b.facts
		}
	}
	if facts <= 0 {
		return nil
	}
	at, err := unsettledBy(t.ctx, t.tx, cik)
	if err != nil {
		return err
	}
	if at == t.batch {
		t.pending = true
		return nil
	}
	var data string
	err = t.row(`SELECT data FROM pack WHERE company = ?`, cik).Scan(&data)
	switch {
	case err != nil && !errors.Is(err, sql.ErrNoRows):
		return err
	case data != content.String():
		t.first = beforeAll
		_, err = t.exec(`UPDATE batch SET settled_day = ? WHERE id = ?`, beforeAll, at)
		return err
	}
	t.pending = true
	_, err = t.exec(`INSERT INTO unsettled (company, batch) VALUES (?, ?)`, cik, t.batch)
	return err
}

// unsettledBy returns the batch by which a company is unsettled, 0 for none.
func unsettledBy(ctx context.Context, tx *sql.Tx, cik fundamentals.CIK) (batch fundamentals.Batch, err error) {
	err = tx.QueryRowContext(ctx, `SELECT batch FROM unsettled WHERE company = ?`, cik).Scan(&batch)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return batch, err
}

// settlePack takes over what a pack that is about to be put tells from when on, if its
// company is unsettled.
func settlePack(ctx context.Context, tx *sql.Tx, p *Pack) error {
	batch, err := unsettledBy(ctx, tx, p.CIK)
	if err != nil || batch == 0 {
		return err
	}
	first, err := changes(ctx, tx, p)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE batch SET settled_day = min(settled_day, ?) WHERE id = ?`, first, batch); err != nil {
		return err
	}
	now, err := packKeys(ctx, tx, p.ConceptMap, 0, p.CIK)
	if err != nil || len(now) != 1 || now[0] != p.PackKey { // more of the company came since
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM unsettled WHERE company = ?`, p.CIK); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE batch SET first_day = settled_day WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM unsettled WHERE batch = ?1)`, batch)
	return err
}

// changes returns the first day that a pack changes, of those that the one in its place
// told of.
func changes(ctx context.Context, tx *sql.Tx, p *Pack) (fundamentals.Date, error) {
	old := PackKey{CIK: p.CIK}
	err := tx.QueryRowContext(ctx, `SELECT concept_map, data FROM pack WHERE company = ?`, p.CIK).Scan(&old.ConceptMap, &old.Data)
	if errors.Is(err, sql.ErrNoRows) || err == nil && old != p.Instead {
		return beforeAll, nil
	}
	if err != nil {
		return beforeAll, err
	}
	var adjusted fundamentals.Date
	var listed bool
	if err := tx.QueryRowContext(ctx, `SELECT coalesce(max(basis_date), 0), EXISTS (SELECT 1 FROM split) FROM series`).Scan(&adjusted, &listed); err != nil {
		return beforeAll, err
	}
	splits := p.SplitsFrom
	if listed { // one of them may be the same split, or no longer
		splits = min(splits, p.NarrowedFrom)
	}
	if splits <= adjusted { // it tells of the days before it where closes are on the basis of a later day
		return beforeAll, nil
	}
	return min(p.ChangesFrom, splits), nil
}
