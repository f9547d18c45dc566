package standard

import (
	"cmp"
	"slices"

	"assay/fundamentals"
)

// Build standardises the facts of one company. Facts of tags that the map does
// not read, and of forms that do not count, are passed over. Filings tell from
// which day each accession was known; a fact whose filing is not among them is
// passed over. The order of facts and filings does not matter.
func Build(m *Map, cik fundamentals.CIK, facts []fundamentals.Fact, filings []fundamentals.Filing) *Company {
	c := &Company{CIK: cik, Items: make([][]Period, len(m.Items))}
	index := c.takeFilings(filings)
	b := builder{m: m, c: c, s: newStatement(m), seen: map[periodKey]int{}}
	b.cites = make([]citation, 0, len(facts))
	for i := range facts {
		f := &facts[i]
		tag, mapped := m.tags[f.Tag]
		filing, listed := index[f.Accession]
		if !mapped || !listed {
			continue
		}
		b.cites = append(b.cites, citation{filing: filing, tag: tag, fact: f})
	}
	slices.SortFunc(b.cites, func(x, y citation) int {
		return cmp.Or(cmp.Compare(x.filing, y.filing), cmp.Compare(x.fact.End, y.fact.End),
			cmp.Compare(x.fact.Start, y.fact.Start), cmp.Compare(x.tag, y.tag),
			cmp.Compare(x.fact.Unit, y.fact.Unit), cmp.Compare(x.fact.Value, y.fact.Value))
	})
	for lo := 0; lo < len(b.cites); {
		hi := lo
		for hi < len(b.cites) && b.cites[hi].filing == b.cites[lo].filing {
			hi++
		}
		b.filing(b.cites[lo:hi])
		lo = hi
	}
	b.lonely()
	for i := range c.Items {
		slices.SortFunc(c.Items[i], func(x, y Period) int {
			return cmp.Or(cmp.Compare(x.End, y.End), cmp.Compare(x.Start, y.Start))
		})
	}
	return c
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

// citation is a fact where a filing states it.
type citation struct {
	filing, tag int
	fact        *fundamentals.Fact
}

type periodKey struct {
	item       int
	start, end fundamentals.Date
}

type builder struct {
	m     *Map
	c     *Company
	s     *statement
	cites []citation
	seen  map[periodKey]int // index into Company.Items[item]
}

// filing resolves all that one filing states, period by period.
func (b *builder) filing(cites []citation) {
	filing := cites[0].filing
	b.c.Statement[filing] = b.statementDate(cites)
	if b.anotherEntity(filing, cites) {
		cites = b.coverOnly(cites)
	}
	eachPeriod(cites, func(part []citation) {
		b.s.reset()
		for _, c := range part {
			b.s.take(c)
		}
		b.period(filing, part[0].fact.Start, part[0].fact.End)
	})
	b.held(int32(filing))
}

// statementDate returns the latest balance sheet date of a filing: cover pages
// and subsequent events carry later dates, so only total assets and total
// liabilities and equity count.
func (b *builder) statementDate(cites []citation) (latest fundamentals.Date) {
	filed := b.c.Filings[cites[0].filing].Filed
	for _, ct := range cites {
		f := ct.fact
		if !f.Instant() || f.End > filed || f.End <= latest {
			continue
		}
		if b.m.isBalanceTotal(ct.tag) {
			latest = f.End
		}
	}
	return latest
}

// period resolves every item for one period of one filing.
func (b *builder) period(filing int, start, end fundamentals.Date) {
	f := b.c.Filings[filing]
	if end > f.Filed {
		return // a plan or a slip: nothing is known before it ends
	}
	for item := range b.m.Items {
		nature := b.m.Items[item].Nature
		if (nature == Instant || nature == Cover) != (start == 0) {
			continue
		}
		r, stated := b.s.resolve(item)
		if !stated {
			continue
		}
		key := periodKey{item, start, end}
		if nature == Cover {
			// The day counted is kept as Start; the statement's date is what it is asked by.
			if b.c.Statement[filing] == 0 {
				continue
			}
			key.start, key.end = end, b.c.Statement[filing]
		}
		b.add(key, filing, r, false)
		if nature == Flow {
			for _, other := range b.s.others(item, r) {
				b.add(key, filing, other, true)
			}
		}
	}
}

func (b *builder) add(key periodKey, filing int, r resolved, second bool) {
	at, ok := b.seen[key]
	if !ok {
		at = len(b.c.Items[key.item])
		b.seen[key] = at
		b.c.Items[key.item] = append(b.c.Items[key.item], Period{Start: key.start, End: key.end})
	}
	p := &b.c.Items[key.item][at]
	v := Version{
		Filing: int32(filing), Value: r.value, Why: r.why, Alt: r.alt,
		Weak: r.weak || b.retold(p, filing, r) || b.fragment(key.item, p, filing, r) || !second && b.m.Items[key.item].Keeps && b.nothingNew(p, filing, r), Inside: r.inside, Second: second,
	}
	p.Versions = append(p.Versions, v)
	p.Details = append(p.Details, Detail{Terms: r.terms, Note: r.note})
}
