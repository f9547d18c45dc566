package standard

import (
	"cmp"
	"math"
	"slices"

	"assay/fundamentals"
	"assay/rules"
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

// held holds the quarters of a filing against its longer spans.
func (b *builder) held(filing int32) {
	annual := annualForm(b.c.Filings[filing].Form)
	for item := range b.m.Items {
		if b.m.Items[item].Nature != Flow {
			continue
		}
		var years, quarters, spans []*Period
		for i := range b.c.Items[item] {
			switch p := &b.c.Items[item][i]; {
			case p.told(filing) == nil:
			case p.days() >= 350 && p.days() <= 380:
				years = append(years, p)
			case p.days() >= 70 && p.days() <= 119:
				quarters = append(quarters, p)
			default:
				spans = append(spans, p)
			}
		}
		if annual {
			table(filing, years, quarters)
		} else {
			b.turned(filing, item, quarters, spans)
		}
	}
}

// told returns what counts of a period in a filing, nil where it is refused or the
// filing does not tell it.
func (p *Period) told(filing int32) *Version {
	for i := len(p.Versions) - 1; i >= 0 && p.Versions[i].Filing >= filing; i-- {
		if v := &p.Versions[i]; v.Filing == filing && !v.Second && v.Why == rules.Known {
			return v
		}
	}
	return nil
}

// table holds the quarters that an annual report tells against its years: where
// they add up, they are a table of it and count; where they do not, they are of
// something else (Addus in 2013: of continuing operations), and those count that
// the quarterly reports tell.
func table(filing int32, years, quarters []*Period) {
	for _, year := range years {
		whole := year.told(filing).Value
		sum, values := 0.0, []float64{whole}
		var in []*Version
		for _, q := range quarters {
			if q.Start >= year.Start-slack && q.End <= year.End+slack {
				v := q.told(filing)
				in = append(in, v)
				sum += v.Value
				values = append(values, v.Value)
			}
		}
		if len(in) != 4 {
			continue
		}
		weak := math.Abs(sum-whole) > tolerance(values...)
		for _, v := range in {
			v.Weak = weak
		}
	}
}

// turned makes a quarter weak that is told with the sign turned: by the spans to
// date it is as much, to the dollar, with the other sign (CleanSpark's tax of the
// quarter to 2025-03-31).
func (b *builder) turned(filing int32, item int, quarters, spans []*Period) {
	for _, q := range quarters {
		v := q.told(filing)
		for _, long := range spans {
			if long.End != q.End || v.Value == 0 {
				continue
			}
			at, seen := b.seen[periodKey{item, long.Start, q.Start - 1}]
			if !seen {
				continue
			}
			short, ok := b.c.known(&b.c.Items[item][at], b.c.Filings[filing].KnownOn)
			if ok && short.Why == rules.Known && long.told(filing).Value-short.Value == -v.Value {
				v.Weak = true
			}
		}
	}
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

// retold reports whether a filing tells a span that is not its own otherwise
// than the filing that owns it did. A quarterly report may tell a year by another
// tag in a note, or under a wrong date (Franklin BSP, 10-Q filed 2025-04-28, dates a
// quarter as 2024), and its changes of equity, quarters before; the table of quarters in
// an annual report, a quarter by another (Lexington, 0001444838-15-000008). What it
// corrects is no such case (Advance Auto Parts, 10-Q filed 2023-11-15, corrects the
// year).
func (b *builder) retold(p *Period, filing int, r resolved) bool {
	annual := annualForm(b.c.Filings[filing].Form)
	year, quarter := p.days() >= 350, p.days() <= 119
	switch {
	case p.Start == 0 || !year && !quarter || year && annual || quarter && !annual && b.own(p.End, filing):
		return false
	}
	last, ok := b.c.known(p, b.c.Filings[filing].KnownOn)
	if !ok {
		return year // the quarter of an annual report may stand alone: the fourth
	}
	return last.Alt != r.alt || !within(last.Value, r.value, 0.25)
}

// own reports whether a day is the statement date of a filing, or a year before:
// the columns of its income statement.
func (b *builder) own(end fundamentals.Date, filing int) bool {
	statement := b.c.Statement[filing]
	return dist(end, statement) <= slack || dist(end, statement-364) <= slack
}

// nothingNew reports whether a filing tells a span by a lesser alternative than
// counts, and by that one the same as the filing that counts told beside: it tells a
// part of what is known, not something else (Cinemark's net income of 2010, without
// what participating shares take, in the annual report for 2012).
func (b *builder) nothingNew(p *Period, filing int, r resolved) bool {
	last, ok := b.c.known(p, b.c.Filings[filing].KnownOn)
	if p.Start == 0 || !ok || r.alt <= last.Alt || r.why != rules.Known {
		return false
	}
	return slices.ContainsFunc(p.Versions, func(w Version) bool {
		return w.Filing == last.Filing && w.Alt == r.alt && w.Why == rules.Known && math.Abs(w.Value-r.value) <= tolerance(w.Value, r.value)
	})
}

// fragment reports whether a balance stands in a filing without the balance sheet
// of its day, and is no retelling of what that balance sheet said: it is far off, of
// something else (AAR, 0001104659-23-082069, tags the liabilities of a purchase as its
// own), or stands by a lesser tag (OneSpaWorld's equity with the minority in it, 10-Q
// filed 2021-05-10). A lesser tag counts where the whole balance sheet is another's:
// of who was bought, in the year of a reverse merger (AdaptHealth, ANI).
func (b *builder) fragment(item int, p *Period, filing int, r resolved) bool {
	const far = 0.5
	if p.Start != 0 {
		return false
	}
	last, ok := b.c.known(p, b.c.Filings[filing].KnownOn)
	if !ok {
		return false
	}
	claim := b.m.Items[item].Resolver == resolverClaims || item == b.m.core.liabilities
	if claim && b.anotherBooks(p.End, filing) {
		return false
	}
	if r.alt > last.Alt || b.s.facts[b.m.debt.assets] == nil && !within(last.Value, r.value, far) {
		return true
	}
	return b.s.facts[b.m.claim.total] == nil && last.Value != r.value && (b.wrongDay(item, p.End, r.value) || b.totalEquity(item, p.End, last, r))
}

// wrongDay reports whether an amount is to the dollar what was known of one other
// day: a column of a note under a wrong date (Franklin BSP, 0001562528-19-000010). What
// stays the same over several days, as goodwill does, tells nothing.
func (b *builder) wrongDay(item int, end fundamentals.Date, value float64) bool {
	if value == 0 {
		return false
	}
	periods, days := b.c.Items[item], 0
	for i := range periods {
		if periods[i].End != end && slices.ContainsFunc(periods[i].Versions, func(v Version) bool { return v.Value == value && !v.Weak }) {
			days++
		}
	}
	return days == 1
}

// totalEquity reports whether the parent's equity as a roll-forward tells it is
// what was known of the day with non-controlling interests (Primoris from 2022 on).
func (b *builder) totalEquity(item int, end fundamentals.Date, last *Version, r resolved) bool {
	at, seen := b.seen[periodKey{b.m.claim.minority, 0, end}]
	if item != b.m.claim.equity || !seen {
		return false
	}
	p := &b.c.Items[b.m.claim.minority][at]
	for i := range p.Versions {
		if v := p.Versions[i].Value; v != 0 && last.Value+v == r.value {
			return true
		}
	}
	return false
}

// anotherBooks reports whether the balance sheet total of the statement at hand is
// far from what was known of the day.
func (b *builder) anotherBooks(end fundamentals.Date, filing int) bool {
	const far = 0.1
	total, item := b.s.facts[b.m.claim.total], b.m.core.liabilitiesAndEquity
	at, seen := b.seen[periodKey{item, 0, end}]
	if total == nil || !seen {
		return false
	}
	p := &b.c.Items[item][at]
	for i := range p.Versions {
		if v := &p.Versions[i]; v.Filing < int32(filing) && !within(v.Value, total.Value, far) {
			return true
		}
	}
	return false
}
