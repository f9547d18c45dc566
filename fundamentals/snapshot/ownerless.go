package snapshot

import (
	"context"
	"slices"

	"assay/fundamentals"
	"assay/fundamentals/store"
)

// Ownerless says what is known of a ticker that no company has, such as an ETF or
// an index: whether there are prices of it, and whether it is listed. Both are
// false of a ticker that some company has, on whatever date.
func Ownerless(ctx context.Context, db *store.DB, ticker string, upTo fundamentals.Batch) (priced, listed bool, err error) {
	want := fundamentals.NormaliseTicker(ticker)
	securities, err := db.Securities(ctx, upTo)
	if err != nil {
		return false, false, err
	}
	for _, s := range securities {
		if fundamentals.NormaliseTicker(s.Ticker) != want {
			continue
		}
		if s.CIK != 0 {
			return false, false, nil
		}
		listed = true
	}
	series, err := db.Series(ctx, upTo)
	if err != nil {
		return false, false, err
	}
	priced = slices.ContainsFunc(series, func(s store.SeriesRow) bool { return fundamentals.NormaliseTicker(s.Ticker) == want })
	return priced, listed, nil
}

// Ownerless says what is known of a ticker that no company has. See [Ownerless].
func (t *Table) Ownerless(ctx context.Context, ticker string) (priced, listed bool, err error) {
	return Ownerless(ctx, t.db, ticker, t.opts.UpTo)
}
