package store

import (
	"context"
	"fmt"

	"assay/fundamentals"
)

// Books are what the filings of a company say.
type Books struct {
	Facts   []fundamentals.Fact
	Filings []fundamentals.Filing
	Classes []fundamentals.ShareClass
}

// ReadBooks puts in the place of what into holds what [DB.Facts], [DB.Filings] and
// [DB.ShareClasses] list, all as they are at one moment. The list of facts is used
// again, so that one who reads company after company needs memory for one.
func (db *DB) ReadBooks(ctx context.Context, into *Books, cik fundamentals.CIK, tags []fundamentals.Tag, upTo fundamentals.Batch) error {
	err := db.viewRaw(ctx, func(ctx context.Context, v rawView) error {
		rows, err := filingRows(ctx, v.Tx, cik, upTo)
		if err != nil {
			return err
		}
		if into.Filings, err = filings(ctx, v.Tx, rows, cik, upTo); err != nil {
			return err
		}
		if into.Facts, err = db.facts(ctx, v, into.Facts[:0], cik, rows, tags, upTo); err != nil {
			return err
		}
		into.Classes, err = shareClasses(ctx, v.Tx, cik, upTo)
		return err
	})
	if err != nil {
		return fmt.Errorf("read company %d: %w", cik, err)
	}
	return nil
}
