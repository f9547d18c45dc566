package standard_test

import (
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/standard"
)

// Nike states its counts by class (10-Q 0001193125-10-078534).
func TestTheCountOfAFilerWithClassesIsTheirSum(t *testing.T) {
	b := newBooks(t).filing("10-Q", "2010-04-06").full("2010-02-27")
	class := func(member string, shares float64) fundamentals.ShareClass {
		return fundamentals.ShareClass{
			Company: 1, Tag: fundamentals.Tag{Taxonomy: "us-gaap", Name: "CommonStockSharesOutstanding"}, Member: member,
			Day: date(t, "2010-02-28"), Shares: shares, Accession: b.accession(), Form: "10-Q", Filed: b.filed,
		}
	}
	sums := standard.SumClasses(b.facts, []fundamentals.ShareClass{class("CommonClassA", 95_000_000), class("CommonClassB", 390_000_000)})
	b.facts = append(b.facts, sums...)
	reads(t, b.view("2010-05-01"), "balance_shares", now, "4.85e+08")
	reads(t, b.view("2010-05-01"), "shares_outstanding", now, "4.85e+08")
	// The cover's own figure comes first.
	b.states("2010-03-31", "dei:EntityCommonStockSharesOutstanding=486000000")
	reads(t, b.view("2010-05-01"), "shares_outstanding", now, "4.86e+08")
}
