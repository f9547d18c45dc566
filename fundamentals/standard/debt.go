package standard

import (
	"fmt"
	"math"

	"assay/rules"
)

// resolverVersion is part of the concept map's hash: change it with the code of
// a resolver, so that packs made by the old code are made anew.
const resolverVersion = "9"

// debtTags is the debt section of the concept map file.
type debtTags struct {
	CombinedCurrent      []string   `yaml:"combined_current"`
	Maturities           []string   `yaml:"maturities"`
	MaturitiesWithLeases []string   `yaml:"maturities_with_leases"`
	MaturitiesByKind     [][]string `yaml:"maturities_by_kind"`
	Borrowings           []string   `yaml:"borrowings"`
	LongTerm             []string   `yaml:"long_term"`
	LongTermWithLeases   []string   `yaml:"long_term_with_leases"`
	LongTermByKind       [][]string `yaml:"long_term_by_kind"`
	TotalsWithLeases     []string   `yaml:"totals_with_leases"`
	Totals               []string   `yaml:"totals"`
	TotalsByKind         [][]string `yaml:"totals_by_kind"`
	Leases               []string   `yaml:"leases"`
	LeasesCurrent        []string   `yaml:"leases_current"`
	LeasesNoncurrent     []string   `yaml:"leases_noncurrent"`
	Signs                []string   `yaml:"signs"`
}

// group is tags that say the same: the first that is stated counts.
type group []int

type debtRoles struct {
	combined, maturities, maturitiesL, borrowings, longTerm, longTermL group
	totalsL, totals, leases, leasesC, leasesN, signs                   group
	maturityKinds, longTermKinds, totalKinds                           []group

	itemBorrowings, itemMaturities, itemLongTerm, itemLeases int
}

func (m *Map) bindDebt(t debtTags) (r debtRoles) {
	one := func(words []string) (g group) {
		for _, w := range words {
			g = append(g, m.tag(w))
		}
		return g
	}
	many := func(lists [][]string) (gs []group) {
		for _, l := range lists {
			gs = append(gs, one(l))
		}
		return gs
	}
	r = debtRoles{
		combined: one(t.CombinedCurrent), maturities: one(t.Maturities), maturitiesL: one(t.MaturitiesWithLeases),
		borrowings: one(t.Borrowings), longTerm: one(t.LongTerm), longTermL: one(t.LongTermWithLeases),
		totalsL: one(t.TotalsWithLeases), totals: one(t.Totals), leases: one(t.Leases),
		leasesC: one(t.LeasesCurrent), leasesN: one(t.LeasesNoncurrent), signs: one(t.Signs),
		maturityKinds: many(t.MaturitiesByKind), longTermKinds: many(t.LongTermByKind), totalKinds: many(t.TotalsByKind),
		itemBorrowings: m.items["short_term_borrowings"], itemMaturities: m.items["long_term_debt_current"],
		itemLongTerm: m.items["long_term_debt"], itemLeases: m.items["finance_leases"],
	}
	return r
}

// one returns the first stated tag of a group.
func (s *statement) one(g group) (r resolved) {
	for _, tag := range g {
		if part, ok := s.term(Term{Tag: tag, Item: -1}); ok && part.why == rules.Known {
			return part
		}
	}
	return r
}

// sum adds the kinds that are stated.
func (s *statement) sum(kinds []group) (r resolved) {
	for _, g := range kinds {
		if part := s.one(g); part.stated {
			r = plus(r, 1, part)
		}
	}
	return r
}

func plus(a resolved, sign float64, b resolved) resolved {
	a.value += sign * b.value
	a.stated = a.stated || b.stated
	terms := append([]Used(nil), a.terms...)
	for _, u := range b.terms {
		terms = append(terms, Used{Sign: sign * u.Sign, Fact: u.Fact})
	}
	a.terms = terms
	return a
}

// near reports whether two amounts are the same but for rounding.
func near(a, b float64) bool { return within(a, b, 0.005) }

func within(a, b, share float64) bool {
	return math.Abs(a-b) <= share*max(math.Abs(a), math.Abs(b))
}

func inside(what string) resolved {
	return resolved{stated: true, inside: true, note: "inside " + what}
}

// resolveDebt weighs the debt lines of one balance sheet: the current part is
// never added twice, a combined line keeps its parts out, and a filing that
// speaks of debt without an amount on its balance sheet is refused.
func (s *statement) resolveDebt() {
	if s.debt {
		return
	}
	s.debt = true
	d := &s.m.debt
	var short, current, long, leases resolved
	short, current, leasesInCurrent := s.currentDebt()
	long, leasesInLong := s.longTermDebt(plus(short, 1, current))
	found := short.value + current.value + long.value
	leases = s.leaseDebt(leasesInCurrent, leasesInLong, found)
	if sign := s.one(d.signs); sign.stated && found < sign.value/2 {
		why := rules.Irreconcilable
		if found == 0 {
			why = rules.NotReported
		}
		tag := sign.terms[0].Fact.Tag.Name
		long = resolved{stated: true, why: why, terms: sign.terms, note: fmt.Sprintf(
			"the notes state %s of %.0f, the balance sheet's debt lines %.0f", tag, sign.value, found)}
	}
	for item, r := range map[int]resolved{
		d.itemBorrowings: short, d.itemMaturities: current, d.itemLongTerm: long, d.itemLeases: leases,
	} {
		s.results[item], s.done[item] = r, true
	}
}

// currentDebt returns borrowings and maturities due within a year.
func (s *statement) currentDebt() (short, current resolved, withLeases bool) {
	d := &s.m.debt
	combined, plain, leased := s.one(d.combined), s.one(d.maturities), s.one(d.maturitiesL)
	leasePart := s.one(d.leasesC)
	switch {
	case leased.stated && plain.stated:
		// Both: one is the other with leases (Schneider, DXC), or a slip (Middlesex Water).
		current = plain
		if leased.value >= plain.value || near(leased.value, plain.value+leasePart.value) {
			current, withLeases = leased, true
		}
	case leased.stated:
		current, withLeases = leased, true
	case plain.stated:
		current = plain
	default:
		current = s.sum(d.maturityKinds)
	}
	short = s.one(d.borrowings)
	if combined.stated {
		if current.stated && short.stated && near(combined.value, current.value+short.value) {
			return short, current, withLeases
		}
		return combined, inside("DebtCurrent"), withLeases
	}
	if short.stated && current.stated && s.partOf(short.value, current.value) {
		short = inside(current.terms[0].Fact.Tag.Name)
	}
	return short, current, withLeases
}

// partOf reports whether borrowings are already counted in the maturities:
// they are the same amount, or with another current line they make it up
// (Cohu, 0001437749-24-004596: 1,773 of notes and 4,551 of loans are the 6,324
// tagged LongTermDebtCurrent).
func (s *statement) partOf(short, current float64) bool {
	if within(short, current, 0.1) {
		return true
	}
	for _, kinds := range [][]group{s.m.debt.maturityKinds, {s.m.debt.borrowings}} {
		for _, g := range kinds {
			for _, tag := range g {
				if f := s.facts[tag]; f != nil && f.Value != short && near(short+f.Value, current) {
					return true
				}
			}
		}
	}
	return false
}

// longTermDebt returns debt due after a year, given what is due before.
func (s *statement) longTermDebt(current resolved) (long resolved, withLeases bool) {
	d := &s.m.debt
	plain, leased := s.one(d.longTerm), s.one(d.longTermL)
	leasePart := s.one(d.leasesN)
	switch {
	case plain.stated && leased.stated:
		// Chesapeake Utilities tags LongTermDebtAndCapitalLeaseObligations with the
		// current part in it; Sabre with the note's amount.
		if leased.value == plain.value || near(leased.value, plain.value+leasePart.value) {
			return leased, true
		}
		return plain, false
	case plain.stated:
		return plain, false
	case leased.stated:
		return leased, true
	}
	kinds := s.sum(d.longTermKinds)
	if total := s.one(d.totalsL); total.stated && total.value >= kinds.value {
		return rest(total, current), true
	}
	if total := s.one(d.totals); total.stated {
		if r := rest(total, current); r.value > kinds.value {
			kinds = r
		}
	}
	// Builders and others without a classified balance sheet (Tri Pointe, Greenbrier).
	if total := s.sum(d.totalKinds); total.stated {
		if r := rest(total, current); r.value > kinds.value {
			kinds = r
		}
	}
	return kinds, false
}

// rest is a total without its current part; a total smaller than that does not
// contain it.
func rest(total, current resolved) resolved {
	if current.stated && current.value <= total.value {
		r := plus(total, -1, current)
		r.note = "total without the part due within a year"
		return r
	}
	return total
}

// leaseDebt returns finance leases that no other line contains.
func (s *statement) leaseDebt(inCurrent, inLong bool, debt float64) resolved {
	d := &s.m.debt
	total, current, long := s.one(d.leases), s.one(d.leasesC), s.one(d.leasesN)
	lines := plus(current, 1, long)
	if !total.stated {
		total = lines
	}
	switch {
	case !total.stated:
		return resolved{}
	case !lines.stated && !inCurrent && !inLong && debt > 0 && near(debt, debt+total.value):
		// Cohu's 26 thousand beside 40.6 million: a figure of the lease note that
		// no line of the balance sheet shows, and smaller than rounding.
		r := inside("other liabilities: a lease note's total within rounding of the debt")
		return r
	case inCurrent && inLong:
		return inside("debt with leases")
	case inLong && current.stated:
		return current
	case inLong && long.stated && total.value >= long.value:
		return plus(total, -1, long)
	case inLong:
		return inside("long-term debt with leases")
	case inCurrent && long.stated:
		return long
	case inCurrent && current.stated && total.value >= current.value:
		return plus(total, -1, current)
	}
	return total
}
