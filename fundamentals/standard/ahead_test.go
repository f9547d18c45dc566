package standard_test

import (
	"cmp"
	"slices"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/standard"
)

// What no tag tells between liabilities and equity is temporary equity at once where it
// is a good part of the balance sheet; else it may be a slip, until another filing
// speaks of it. What that one says was not known before.
func TestTemporaryEquityThatNoTagTells(t *testing.T) {
	b := newBooks(t).filing("10-K", "2023-02-16").full("2022-12-31", "Liabilities=390")
	reads(t, b.view("2023-06-30"), "temporary_equity", now, "0") // 10 of 1000
	b.filing("10-K", "2024-02-16").full("2023-12-31", "Liabilities=380", "TemporaryEquityCarryingAmountAttributableToParent=20")
	reads(t, b.view("2023-06-30"), "temporary_equity", now, "0")
	reads(t, b.view("2024-06-30"), "temporary_equity", now, "20")
	b.filing("10-K", "2025-02-16").full("2024-12-31", "Liabilities=390")
	reads(t, b.view("2025-06-30"), "temporary_equity", now, "10")

	b = newBooks(t).filing("10-K", "2023-02-16").full("2022-12-31", "Liabilities=300")
	reads(t, b.view("2023-06-30"), "temporary_equity", now, "100")
	b.filing("10-K", "2024-02-16").full("2023-12-31", "Liabilities=400")
	reads(t, b.view("2023-06-30"), "temporary_equity", now, "100")
}

// TestLawLaterFilingsChangeNoPast holds that what real companies' filings say of a day is
// said by those known then. Among them are companies that first tell of temporary equity
// under no tag.
func TestLawLaterFilingsChangeNoPast(t *testing.T) {
	m := standard.Concepts()
	pack := standard.NewPacker(m)
	for _, cik := range []fundamentals.CIK{23194, 711377, 880631, 890926, 912766, 1562528, 1284812, 21535} {
		facts, filings := realFacts(t, cik)
		slices.SortFunc(filings, func(a, b fundamentals.Filing) int { return cmp.Compare(a.KnownOn, b.KnownOn) })
		all := slices.Clone(pack.Pack(cik, facts, filings))
		for share := 1; share < 12; share++ {
			known := filings[:len(filings)*share/12]
			last := known[len(known)-1].KnownOn
			known = filings[:slices.IndexFunc(filings, func(f fundamentals.Filing) bool { return f.KnownOn > last })]
			var then []fundamentals.Fact
			for _, f := range facts {
				if f.Filed+1 <= last {
					then = append(then, f)
				}
			}
			change, err := standard.Changes(m, pack.Pack(cik, then, known), all)
			if err != nil {
				t.Fatal(err)
			}
			if change.From <= last {
				t.Errorf("%s: what is known of %s is another with later filings than those up to %s", cik, change.From, last)
			}
		}
	}
}
