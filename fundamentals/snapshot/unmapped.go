package snapshot

import (
	"cmp"
	"context"
	"slices"

	"assay/fundamentals"
	"assay/fundamentals/standard"
	"assay/fundamentals/store"
)

// Unmapped lists the tags that no item of the concept map reads, as known on a
// day, lines of the statements first: by the number of companies that state a
// tag in at least half of their filings, then of those that state it at all.
func Unmapped(ctx context.Context, db *store.DB, asOf fundamentals.Date, upTo fundamentals.Batch) ([]store.TagUse, error) {
	list, err := db.TagUses(ctx, asOf, upTo)
	if err != nil {
		return nil, err
	}
	mapped := map[fundamentals.Tag]bool{}
	for _, tag := range standard.Concepts().Tags {
		mapped[tag] = true
	}
	list = slices.DeleteFunc(list, func(u store.TagUse) bool { return mapped[u.Tag] })
	slices.SortStableFunc(list, func(a, b store.TagUse) int {
		return cmp.Or(-cmp.Compare(a.Regular, b.Regular), -cmp.Compare(a.Companies, b.Companies))
	})
	return list, nil
}
