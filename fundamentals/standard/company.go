package standard

import (
	"sort"

	"assay/fundamentals"
	"assay/rules"
)

// Version is what one filing says of an item for a period.
type Version struct {
	Value  float64
	Filing int32        // index into Company.Filings
	Why    rules.Reason // not Known: the filing states it in a way that cannot be used
	Alt    uint8        // which alternative of the item, from first, else after; 0 by a resolver
	Weak   bool         // by an "else" alternative, or a year that a quarterly report retells otherwise
	Second bool         // by an alternative after the one that counts in this filing
	Inside bool         // zero because another line of the same statement contains it
}

// Detail is how a version was made: kept beside the versions by Build, never in
// a pack.
type Detail struct {
	Terms []Used
	Note  string // a fallback or a refusal in words
}

// Used is one fact in a value.
type Used struct {
	Sign float64
	Fact *fundamentals.Fact
}

// Period is an item over one span, or at one moment, with every version of it
// in the order in which they became known.
type Period struct {
	Start, End fundamentals.Date
	Versions   []Version
	Details    []Detail // as many as Versions, or none
}

// detail returns how a version of the period was made, as far as it is kept.
func (p *Period) detail(v *Version) Detail {
	for i := range p.Details {
		if &p.Versions[i] == v {
			return p.Details[i]
		}
	}
	return Detail{}
}

func (p *Period) days() int { return int(p.End-p.Start) + 1 }

// Company holds the standard line items of one company by period and version.
type Company struct {
	CIK fundamentals.CIK
	// Filings are those that count, in the order in which they became known.
	Filings []fundamentals.Filing
	// Statement is each filing's own balance sheet date; none where it has no
	// balance sheet.
	Statement []fundamentals.Date
	// Items holds, per item of the concept map, its periods by end, then start. A
	// company that was unpacked has none: [Company.Periods] reads them.
	Items [][]Period

	packed   *packed // nil: Items are there
	evidence []shareEvidence
	weighed  bool // evidence is there
}

// Periods returns the periods of an item by end, then start.
func (c *Company) Periods(item int) []Period {
	if c.packed == nil {
		return c.Items[item]
	}
	return c.packed.item(item)
}

// items is how many items there are.
func (c *Company) items() int {
	if c.packed == nil {
		return len(c.Items)
	}
	return len(c.packed.items)
}

// at returns the periods of an item that end on a day.
func (c *Company) at(item int, end fundamentals.Date) []Period {
	periods := c.Periods(item)
	lo := sort.Search(len(periods), func(i int) bool { return periods[i].End >= end })
	hi := lo
	for hi < len(periods) && periods[hi].End == end {
		hi++
	}
	return periods[lo:hi]
}

// known returns the version that counts on a day: the latest known, strong
// ones before weak ones. ok is false where none was known.
func (c *Company) known(p *Period, asOf fundamentals.Date) (v *Version, ok bool) {
	for i := range p.Versions {
		w := &p.Versions[i]
		if c.Filings[w.Filing].KnownOn > asOf {
			break
		}
		if w.Second || v != nil && w.Weak && !v.Weak {
			continue
		}
		v = w
	}
	return v, v != nil
}

// knownBy is known among the versions by one alternative, those that do not
// count in their filing included.
func (c *Company) knownBy(p *Period, alt uint8, asOf fundamentals.Date) (v *Version, ok bool) {
	for i := range p.Versions {
		w := &p.Versions[i]
		if c.Filings[w.Filing].KnownOn > asOf {
			break
		}
		if w.Alt == alt && (v == nil || !w.Weak || v.Weak) {
			v = w
		}
	}
	return v, v != nil
}
