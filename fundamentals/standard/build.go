package standard

import (
	"cmp"
	"slices"

	"assay/fundamentals"
	"assay/rules"
)

// Build standardises the facts of one company. Facts of tags that the map does
// not read, and of forms that do not count, are passed over. Filings tell from
// which day each accession was known; a fact whose filing is not among them is
// passed over. The order of facts and filings does not matter.
func Build(m *Map, cik fundamentals.CIK, facts []fundamentals.Fact, filings []fundamentals.Filing) *Company {
	return newBuilder(m, true).build(cik, facts, filings)
}

// Packer makes packs of company after company in one workplace.
type Packer struct{ b *builder }

// NewPacker returns a packer by a concept map, for one goroutine.
func NewPacker(m *Map) *Packer { return &Packer{newBuilder(m, false)} }

// Pack is [Company.Pack] of what [Build] makes.
func (p *Packer) Pack(cik fundamentals.CIK, facts []fundamentals.Fact, filings []fundamentals.Filing) []byte {
	return p.b.build(cik, facts, filings).Pack(p.b.m)
}

type builder struct {
	m       *Map
	c       *Company
	facts   []fundamentals.Fact
	cites   [2][]citation // one list, and room to sort it
	s       *statement
	places  places
	counted [][]int32 // by item: the periods of flows that the filing at hand tells, and counts

	detailed bool // all details are kept, not those of what is refused alone
	periods  slab[Period]
	versions slab[Version]
	details  slab[Detail]
}

func newBuilder(m *Map, detailed bool) *builder {
	return &builder{
		m: m, s: newStatement(m), detailed: detailed,
		places: places{items: len(m.Items), rows: map[span]int{}}, counted: make([][]int32, len(m.Items)),
	}
}

// build takes back what the company that it made last was made of.
func (b *builder) build(cik fundamentals.CIK, facts []fundamentals.Fact, filings []fundamentals.Filing) *Company {
	b.c, b.facts = &Company{CIK: cik, Items: make([][]Period, len(b.m.Items))}, facts
	b.s.used.reset()
	b.places.reset()
	b.periods.reset()
	b.versions.reset()
	b.details.reset()
	runs(b.cite(b.c.takeFilings(filings)), oneFiling, b.filing)
	b.lonely()
	for _, periods := range b.c.Items {
		slices.SortFunc(periods, func(x, y Period) int {
			return span{x.Start, x.End}.compare(span{y.Start, y.End})
		})
	}
	return b.c
}

// takeFilings keeps the filings that count, in the order in which they became
// known, and returns where each accession stands.
func (c *Company) takeFilings(filings []fundamentals.Filing) map[string]int {
	for _, f := range filings {
		if counts(f.Form) {
			c.Filings = append(c.Filings, f)
		}
	}
	slices.SortFunc(c.Filings, func(x, y fundamentals.Filing) int {
		return cmp.Or(cmp.Compare(x.KnownOn, y.KnownOn), cmp.Compare(x.Accession, y.Accession))
	})
	c.Statement = make([]fundamentals.Date, len(c.Filings))
	index := make(map[string]int, len(c.Filings))
	for i, f := range c.Filings {
		index[f.Accession] = i
	}
	return index
}

// filing resolves all that one filing states, period by period.
func (b *builder) filing(cites []citation) {
	filing := int(cites[0].filing)
	b.c.Statement[filing] = b.statementDate(cites)
	if b.anotherEntity(filing, cites) {
		cites = b.coverOnly(cites)
	}
	runs(cites, oneSpan, func(part []citation) {
		b.state(part)
		b.period(filing, int(part[0].span))
	})
	b.held(int32(filing))
}

// state puts what a filing states for one period in the workplace.
func (b *builder) state(cites []citation) {
	b.s.reset()
	for i := range cites {
		b.s.take(int(cites[i].tag), &b.facts[cites[i].fact])
	}
}

// statementDate returns the latest balance sheet date of a filing: cover pages
// and subsequent events carry later dates, so only total assets and total
// liabilities and equity count.
func (b *builder) statementDate(cites []citation) (latest fundamentals.Date) {
	filed := b.c.Filings[cites[0].filing].Filed
	for i := range cites {
		if f := &b.facts[cites[i].fact]; b.m.balanceTotal[cites[i].tag] && f.Instant() && f.End <= filed {
			latest = max(latest, f.End)
		}
	}
	return latest
}

// period resolves every item for one period of one filing.
func (b *builder) period(filing, row int) {
	when := b.places.spans[row]
	if when.end > b.c.Filings[filing].Filed {
		return // a plan or a slip: nothing is known before it ends
	}
	items := b.m.spans
	if when.start == 0 {
		items = b.m.moments
	}
	for item := range b.s.readers.both(items) {
		r, stated := b.s.resolve(item)
		if !stated {
			continue
		}
		switch b.m.Items[item].Nature {
		case Cover:
			// The day counted is kept as Start; the statement's date is what it is asked by.
			if day := b.c.Statement[filing]; day != 0 {
				b.add(item, b.places.row(span{when.end, day}), filing, r, false)
			}
		case Flow:
			b.add(item, row, filing, r, false)
			for i := range b.m.Items[item].From {
				if other := b.s.other(item, i, r); other.stated {
					b.add(item, row, filing, &other, true)
				}
			}
		default:
			b.add(item, row, filing, r, false)
		}
	}
}

func (b *builder) add(item, row, filing int, r *resolved, second bool) {
	at := b.places.cell(row, item)
	if *at == 0 {
		when := b.places.spans[row]
		b.c.Items[item] = b.periods.add(b.c.Items[item], Period{Start: when.start, End: when.end})
		*at = int32(len(b.c.Items[item]))
	}
	p := &b.c.Items[item][*at-1]
	v := Version{
		Filing: int32(filing), Value: r.value, Why: r.why, Alt: r.alt,
		Weak: r.weak || b.retold(p, filing, r) || b.fragment(item, p, filing, r) || !second && b.m.Items[item].Keeps && b.nothingNew(p, filing, r), Inside: r.inside, Second: second,
	}
	p.Versions = b.versions.add(p.Versions, v)
	b.keep(p, r)
	if !second && v.Why == rules.Known && b.m.Items[item].Nature == Flow {
		b.counted[item] = append(b.counted[item], *at-1)
	}
}

// keep adds how the last version of a period was made.
func (b *builder) keep(p *Period, r *resolved) {
	if !b.detailed && r.why == rules.Known && p.Details == nil {
		return
	}
	for len(p.Details) < len(p.Versions)-1 {
		p.Details = b.details.add(p.Details, Detail{})
	}
	p.Details = b.details.add(p.Details, Detail{Terms: r.terms, Note: r.note})
}
