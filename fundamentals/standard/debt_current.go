package standard

import (
	"math"
	"slices"
)

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
