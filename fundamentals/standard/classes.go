package standard

import (
	"cmp"
	"slices"

	"assay/fundamentals"
)

// sumTaxonomy marks facts that are sums over share classes: no filing states
// them in one figure.
const sumTaxonomy = "assay"

// SumClasses adds up the shares that a filing states by class, as facts of the
// tags by which the concept map reads them. A class that is not listed counts like
// the listed one. Days of classes are rounded to month ends; a balance is put on the
// filing's own statement date where that is near.
func SumClasses(facts []fundamentals.Fact, classes []fundamentals.ShareClass) []fundamentals.Fact {
	type sum struct {
		accession string
		tag       fundamentals.Tag
		day       fundamentals.Date
	}
	totals := map[sum]*fundamentals.Fact{}
	for _, c := range classes {
		key := sum{c.Accession, c.Tag, c.Day}
		if totals[key] == nil {
			totals[key] = &fundamentals.Fact{
				Tag: fundamentals.Tag{Taxonomy: sumTaxonomy, Name: c.Tag.Name}, Unit: "shares",
				End: statementNear(facts, c), Accession: c.Accession, Form: c.Form, Filed: c.Filed,
			}
		}
		totals[key].Value += c.Shares
	}
	out := make([]fundamentals.Fact, 0, len(totals))
	for _, f := range totals {
		out = append(out, *f)
	}
	slices.SortFunc(out, func(a, b fundamentals.Fact) int {
		return cmp.Or(cmp.Compare(a.Accession, b.Accession), cmp.Compare(a.Tag.Name, b.Tag.Name), cmp.Compare(a.End, b.End))
	})
	return out
}

// statementNear returns the day of a class's count: a month end stands for the
// filing's balance sheet date half a month around it, and never for a day after
// the filing.
func statementNear(facts []fundamentals.Fact, c fundamentals.ShareClass) fundamentals.Date {
	const halfMonth = 16
	for _, f := range facts {
		if f.Accession == c.Accession && f.Tag.Name == "Assets" && f.Instant() && dist(f.End, c.Day) <= halfMonth &&
			c.Tag.Taxonomy != "dei" {
			return f.End
		}
	}
	return min(c.Day, c.Filed)
}
