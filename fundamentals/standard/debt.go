package standard

import (
	"fmt"
	"slices"

	"assay/rules"
)

// resolverVersion is part of the concept map's hash: change it with the code of
// a resolver, so that packs made by the old code are made anew.
const resolverVersion = "48"

// resolverDebt names the resolver of this file in the concept map.
const resolverDebt = "debt"

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
