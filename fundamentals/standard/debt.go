package standard

import (
	"fmt"
	"math"
	"slices"

	"assay/rules"
)

// resolverVersion is part of the concept map's hash: change it with the code of
// a resolver, so that packs made by the old code are made anew.
const resolverVersion = "47"

// resolverDebt names the resolver of this file in the concept map.
const resolverDebt = "debt"

// debtTags is the debt section of the concept map file.
type debtTags struct {
	CombinedCurrent      []string   `yaml:"combined_current"`
	Maturities           []string   `yaml:"maturities"`
	MaturitiesWithLeases []string   `yaml:"maturities_with_leases"`
	MaturitiesByKind     [][]string `yaml:"maturities_by_kind"`
	BorrowingsByKind     [][]string `yaml:"borrowings_by_kind"`
	Borrowings           []string   `yaml:"borrowings"`
	CommercialPaper      []string   `yaml:"commercial_paper"`
	LongTerm             []string   `yaml:"long_term"`
	LongTermWithLeases   []string   `yaml:"long_term_with_leases"`
	LongTermByKind       [][]string `yaml:"long_term_by_kind"`
	TotalsWithLeases     []string   `yaml:"totals_with_leases"`
	Totals               []string   `yaml:"totals"`
	LongTermTotals       []string   `yaml:"long_term_totals"`
	TotalsByKind         [][]string `yaml:"totals_by_kind"`
	Leases               []string   `yaml:"leases"`
	LeasesCurrent        []string   `yaml:"leases_current"`
	LeasesNoncurrent     []string   `yaml:"leases_noncurrent"`
	Signs                []string   `yaml:"signs"`
}

// group is tags that say the same: the first that is stated counts.
type group []int

type debtRoles struct {
	combined, maturities, maturitiesL, borrowings, paper, longTerm, longTermL group
	totalsL, totals, longTotals, leases, leasesC, leasesN, signs              group
	maturityKinds, borrowingKinds, longTermKinds, totalKinds                  []group

	liabilities, currentLiabilities, assets int // tags

	itemBorrowings, itemMaturities, itemLongTerm, itemLeases, itemPayable int
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
		borrowings: one(t.Borrowings), paper: one(t.CommercialPaper), longTerm: one(t.LongTerm), longTermL: one(t.LongTermWithLeases),
		totalsL: one(t.TotalsWithLeases), totals: one(t.Totals), longTotals: one(t.LongTermTotals), leases: one(t.Leases),
		liabilities: m.tag("Liabilities"), currentLiabilities: m.tag("LiabilitiesCurrent"), assets: m.tag("Assets"),
		leasesC: one(t.LeasesCurrent), leasesN: one(t.LeasesNoncurrent), signs: one(t.Signs),
		maturityKinds: many(t.MaturitiesByKind), borrowingKinds: many(t.BorrowingsByKind), longTermKinds: many(t.LongTermByKind), totalKinds: many(t.TotalsByKind),
		itemBorrowings: m.items["short_term_borrowings"], itemMaturities: m.items["long_term_debt_current"],
		itemLongTerm: m.items["long_term_debt"], itemLeases: m.items["finance_leases"], itemPayable: m.items["accounts_payable"],
	}
	return r
}

// one returns the first stated tag of a group.
func (s *statement) one(g group) (r resolved) {
	for _, tag := range g {
		if f := s.facts[tag]; f != nil {
			return resolved{value: f.Value, terms: s.used.add(nil, Used{Sign: 1, Fact: f}), stated: true}
		}
	}
	return r
}

// sum adds the kinds that are stated. Two kinds of one amount are one debt under
// two names (SM Energy, 0000893538-22-000149), and one kind that is the sum of the
// others contains them (Terreno, 0001476150-21-000010).
func (s *statement) sum(kinds []group) (r resolved) {
	var parts []resolved
	for _, g := range kinds {
		part := s.one(g)
		if part.stated && !slices.ContainsFunc(parts, func(p resolved) bool { return p.value == part.value }) {
			parts = append(parts, part)
		}
	}
	parts = slices.DeleteFunc(slices.Clone(parts), func(p resolved) bool { return sumOfTwo(p, parts) })
	for _, p := range parts {
		r = plus(r, 1, p)
	}
	for _, p := range parts {
		if len(parts) > 2 && near(p.value, r.value-p.value) {
			return p
		}
	}
	return r
}

// sumOfTwo reports whether a kind is to the dollar what two others make: senior
// notes, of which a part is secured and a part is not (SM Energy, 0000893538-21-000030).
func sumOfTwo(p resolved, parts []resolved) bool {
	for i, q := range parts {
		for _, r := range parts[i+1:] {
			if q.value > 0 && r.value > 0 && q.value+r.value == p.value {
				return true
			}
		}
	}
	return false
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
	long, leasesInLong := s.longTermDebt(short, current)
	leases = s.leaseDebt(leasesInCurrent, leasesInLong, short.value+current.value+long.value)
	long = s.checkDebt(short, current, long)
	items := [...]int{d.itemBorrowings, d.itemMaturities, d.itemLongTerm, d.itemLeases}
	for i, r := range [...]resolved{short, current, long, leases} {
		if r.why == rules.Known && r.value < 0 { // ESCO Technologies, 0001144204-14-071151
			r.why, r.note = rules.Irreconcilable, noteNegative
		}
		s.results[items[i]], s.done[items[i]] = r, true
	}
}

// checkDebt holds the debt found against what else the filing says: the notes'
// amounts, and total liabilities, of which debt is a part. What fails is refused
// in the long-term line.
func (s *statement) checkDebt(short, current, long resolved) resolved {
	d := &s.m.debt
	found := short.value + current.value + long.value
	if f := s.facts[d.liabilities]; f != nil && f.Value > 0 && found > f.Value*1.005 {
		long.why, long.stated = rules.Irreconcilable, true
		long.note = fmt.Sprintf("the debt lines make %.0f, more than the total liabilities of %.0f", found, f.Value)
		return long
	}
	if f := s.facts[d.assets]; f != nil {
		if sign := s.one(d.signs); sign.stated && found < sign.value/2 && sign.value < f.Value {
			why := rules.Irreconcilable
			if found == 0 {
				why = rules.NotReported
			}
			return resolved{stated: true, why: why, terms: sign.terms, note: fmt.Sprintf(
				"the notes state %s of %.0f, the balance sheet's debt lines %.0f", sign.terms[0].Fact.Tag.Name, sign.value, found)}
		}
	}
	return long
}

// due returns the first stated tag of a group, unless it is more than all
// current liabilities: then it is of another line (Lumen, 10-Q/A of 2010-11-08) or
// of a note (Clearway).
func (s *statement) due(g group) resolved {
	r := s.one(g)
	if f := s.facts[s.m.debt.currentLiabilities]; f != nil && f.Value > 0 && r.value > f.Value {
		return resolved{}
	}
	return r
}

// currentDebt returns borrowings and maturities due within a year.
func (s *statement) currentDebt() (short, current resolved, withLeases bool) {
	d := &s.m.debt
	combined, plain, leased := s.due(d.combined), s.due(d.maturities), s.due(d.maturitiesL)
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
		current = s.sum(slices.Concat(d.maturityKinds, d.borrowingKinds))
	}
	short = s.one(d.borrowings)
	if !combined.stated && (leased.stated || plain.stated) && current.value >= 0 {
		short, current = s.besideMaturities(short, current)
	}
	if !short.stated && (current.stated || combined.stated || s.one(d.longTerm).stated || s.one(d.longTermL).stated) {
		// Beside other debt commercial paper is debt (Apple); alone, it is an investment
		// in a note on fair values (Neogen, Agilysys).
		short = s.one(d.paper)
	}
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

// farBeyond is from how many times another line a line of debt is no part of it,
// nor the same before issue costs.
const farBeyond = 1.25

// besideMaturities adds the kinds of debt due within a year that stand beside the
// line of maturities: what is far more than the line is no part of it (Rush, floor
// plan notes; LYFT, convertible notes). What is less may be.
func (s *statement) besideMaturities(short, current resolved) (resolved, resolved) {
	room := s.room(current)
	beyond := func(kinds []group) []group {
		return slices.DeleteFunc(slices.Clone(kinds), func(g group) bool {
			r := s.due(g)
			return r.value <= farBeyond*current.value || r.value > room
		})
	}
	if short.value == 0 {
		if r := s.sum(beyond(s.m.debt.borrowingKinds)); r.stated {
			short = r
		}
	}
	if more := s.sum(beyond(s.m.debt.maturityKinds)); more.stated && !near(more.value, short.value) {
		current = plus(current, 1, more)
	}
	return short, current
}

// room is what current liabilities leave for further debt: an amount of a note
// may be more (Materion, 0001104657-26-000011).
func (s *statement) room(current resolved) float64 {
	f := s.facts[s.m.debt.currentLiabilities]
	if f == nil {
		return math.Inf(1)
	}
	payable, _ := s.resolve(s.m.debt.itemPayable)
	return f.Value - current.value - payable.value
}

// partOf reports whether borrowings are already counted in the maturities:
// they are the same amount, or with another current line they make it up
// (Cohu, 0001437749-24-004596: 1,773 of notes and 4,551 of loans are the 6,324
// tagged LongTermDebtCurrent).
func (s *statement) partOf(short, current float64) bool {
	if near(short, current) {
		return true
	}
	for _, kinds := range [][]group{s.m.debt.maturityKinds, s.m.debt.borrowingKinds, {s.m.debt.borrowings}} {
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
func (s *statement) longTermDebt(short, current resolved) (long resolved, withLeases bool) {
	d := &s.m.debt
	due := plus(short, 1, current)
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
	case plain.stated && plain.value != 0:
		return s.besideLongTerm(plain, due), false
	case leased.stated && leased.value != 0:
		return leased, true
	}
	// A tagged zero may stand beside the line by its kind (Balchem, FOX Factory).
	kinds := s.sum(d.longTermKinds)
	if plain.stated || leased.stated {
		if kinds.value > 0 {
			return kinds, false
		}
		return plus(plain, 1, leased), leased.stated
	}
	if total := s.one(d.totalsL); total.stated && total.value >= kinds.value {
		return rest(total, due), true
	}
	whole := rest(s.one(d.totals), due)
	if !whole.stated {
		whole = rest(s.one(d.longTotals), s.maturing(short, current))
	}
	for _, r := range []resolved{
		whole,
		rest(s.sum(d.totalKinds), due), // builders and others without a classified balance sheet (Tri Pointe, Greenbrier)
	} {
		if r.stated && r.value > kinds.value {
			kinds = r
		}
	}
	return kinds, false
}

// maturing is what of the debt due within a year a total of long-term debt
// contains: its maturities, not the borrowings beside it (BlackRock, Walgreen),
// unless one line holds both.
func (s *statement) maturing(short, current resolved) resolved {
	if s.due(s.m.debt.combined).stated {
		return plus(short, 1, current)
	}
	return current
}

// besideLongTerm adds the kinds of long-term debt that stand beside the line of
// that name: what is far more than the line is no part of it (United Natural Foods,
// notes payable; Mirion, convertible notes), unless it is the line with the part due
// within a year (Allegiant).
func (s *statement) besideLongTerm(line, due resolved) resolved {
	kinds := slices.DeleteFunc(slices.Clone(s.m.debt.longTermKinds), func(g group) bool {
		r := s.one(g)
		return r.value <= farBeyond*line.value || within(r.value, line.value+due.value, 0.02)
	})
	return plus(line, 1, s.sum(kinds))
}

// rest is a total without its current part; a total smaller than that does not
// contain it. It is weak: where another filing states the line itself, that counts
// (United Natural Foods tells 2021-07-31 by a total in the quarters after).
func rest(total, current resolved) resolved {
	r := total
	if current.stated && current.value <= total.value {
		r = plus(total, -1, current)
		r.note = "total without the part due within a year"
	}
	r.weak = r.stated
	return r
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
