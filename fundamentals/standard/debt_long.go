package standard

import "slices"

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
