package standard

import (
	"math"
	"slices"

	"assay/fundamentals"
	"assay/rules"
)

// retold reports whether a filing tells a span that is not its own otherwise
// than the filing that owns it did. A quarterly report may tell a year by another
// tag in a note, or under a wrong date (Franklin BSP, 10-Q filed 2025-04-28, dates a
// quarter as 2024), and its changes of equity, quarters before; the table of quarters in
// an annual report, a quarter by another (Lexington, 0001444838-15-000008). What it
// corrects is no such case (Advance Auto Parts, 10-Q filed 2023-11-15, corrects the
// year).
func (b *builder) retold(p *Period, filing int, r *resolved) bool {
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
func (b *builder) nothingNew(p *Period, filing int, r *resolved) bool {
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
func (b *builder) fragment(item int, p *Period, filing int, r *resolved) bool {
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
func (b *builder) totalEquity(item int, end fundamentals.Date, last *Version, r *resolved) bool {
	p := b.find(b.m.claim.minority, span{end: end})
	if item != b.m.claim.equity || p == nil {
		return false
	}
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
	total, p := b.s.facts[b.m.claim.total], b.find(b.m.core.liabilitiesAndEquity, span{end: end})
	if total == nil || p == nil {
		return false
	}
	for i := range p.Versions {
		if v := &p.Versions[i]; v.Filing < int32(filing) && !within(v.Value, total.Value, far) {
			return true
		}
	}
	return false
}
