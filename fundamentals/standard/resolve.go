package standard

import (
	"fmt"
	"math"
	"slices"

	"assay/fundamentals"
	"assay/rules"
)

// statement is what one filing states for one period: the workplace in which
// items are resolved.
type statement struct {
	m       *Map
	facts   []*fundamentals.Fact // by tag; in the table's currency
	foreign []bool               // by tag: stated in another currency only
	touched []int32
	readers itemSet    // the items that any of them can make stated
	results []resolved // by item
	done    []bool
	debt    bool // the debt items are resolved
	used    slab[Used]
}

// resolved is an item as one filing states it.
type resolved struct {
	value  float64
	why    rules.Reason
	alt    uint8
	weak   bool
	inside bool
	terms  []Used
	note   string
	stated bool
}

func newStatement(m *Map) *statement {
	return &statement{
		m:     m,
		facts: make([]*fundamentals.Fact, len(m.Tags)), foreign: make([]bool, len(m.Tags)), readers: m.newItemSet(),
		results: make([]resolved, len(m.Items)), done: make([]bool, len(m.Items)),
	}
}

func (s *statement) reset() {
	for _, tag := range s.touched {
		s.facts[tag], s.foreign[tag] = nil, false
	}
	s.touched = s.touched[:0]
	clear(s.readers)
	clear(s.done)
	s.debt = false
}

// take enters a fact. Where a filing states a tag twice for one period in one
// unit, the first in order of value stands: a filing that contradicts itself
// was never seen in the real files.
func (s *statement) take(c citation) {
	unit := c.fact.Unit
	switch {
	case unit == s.m.unitNames[c.tag]:
		if s.facts[c.tag] == nil {
			s.facts[c.tag] = c.fact
			s.touch(c.tag)
		}
	case s.m.Unit[c.tag] == rules.UnitMoney && isCurrency(unit):
		s.foreign[c.tag] = true
		s.touch(c.tag)
	}
}

func (s *statement) touch(tag int32) {
	s.touched = append(s.touched, tag)
	s.readers.join(s.m.readers[tag])
}

func isCurrency(unit string) bool {
	if len(unit) != 3 {
		return false
	}
	for i := range 3 {
		if unit[i] < 'A' || unit[i] > 'Z' {
			return false
		}
	}
	return true
}

// resolve returns an item; stated is false where the statement does not say it.
func (s *statement) resolve(item int) (r resolved, stated bool) {
	if s.done[item] {
		return s.results[item], s.results[item].stated
	}
	it := &s.m.Items[item]
	switch it.Resolver {
	case resolverDebt:
		s.resolveDebt()
	case resolverClaims:
		s.resolveClaims()
	case resolverCommon:
		s.results[item] = s.resolveCommon(item)
	default:
		s.results[item] = s.plain(item)
	}
	s.done[item] = true
	return s.results[item], s.results[item].stated
}

// plain resolves an item by its alternatives alone.
func (s *statement) plain(item int) (r resolved) {
	it := &s.m.Items[item]
	r = s.first(it, it.From)
	if !r.stated {
		r = s.first(it, it.Else)
		r.weak = r.stated
		r.alt += uint8(len(it.From))
	}
	if !r.stated {
		r = s.signs(it)
	}
	return r
}

// signs refuses the zero of an item that the statement speaks of without
// stating it. It is weak: a filing that states the item counts.
func (s *statement) signs(it *Item) (r resolved) {
	for _, tag := range it.Signs {
		if f := s.facts[tag]; f != nil && f.Value != 0 {
			return resolved{stated: true, weak: true, why: rules.NotReported, terms: []Used{{Sign: 1, Fact: f}},
				note: fmt.Sprintf("not stated apart, but %s is %.0f: no zero is assumed", f.Tag.Name, f.Value)}
		}
	}
	return r
}

// first returns the first alternative that is stated and no mere part of a
// later one.
func (s *statement) first(it *Item, alternatives []Alternative) resolved {
	var stated []resolved
	least := math.Inf(-1)
	if it.Least >= 0 {
		if r, ok := s.resolve(it.Least); ok && r.why == rules.Known {
			least = r.value
		}
	}
	decisive := it.NotUnder == 0 && it.Confirm == nil && !it.NotZero // the first that is stated
	for i := range alternatives {
		if a := s.alternative(&alternatives[i]); a.stated && (a.why != rules.Known || a.value >= least) {
			a.alt = uint8(i)
			if it.Positive && a.why == rules.Known && a.value < 0 {
				a.why, a.note = rules.Irreconcilable, noteNegative
			}
			if decisive {
				return a
			}
			stated = append(stated, a)
		}
	}
	if a, ok := s.confirmed(it, stated); ok {
		return a
	}
	for i, a := range stated {
		if a.why != rules.Known || !slices.ContainsFunc(stated[i+1:], func(b resolved) bool { return it.part(a.value, b) }) {
			return a
		}
	}
	return resolved{}
}

// confirmed returns the one alternative that equals a sum which the item must
// equal. Several that do, or none, decide nothing; the sum does not confirm itself.
func (s *statement) confirmed(it *Item, stated []resolved) (r resolved, ok bool) {
	for i := range it.Confirm {
		sum := s.alternative(&it.Confirm[i])
		if !sum.stated || sum.why != rules.Known || len(stated) < 2 {
			continue
		}
		for _, a := range stated { // to the dollar before rounded: a note says 654.1 million (Interparfums)
			if a.why == rules.Known && a.value == sum.value && !it.derived(a.alt) {
				return a, true
			}
		}
		for _, a := range stated {
			if a.why == rules.Known && within(a.value, sum.value, 0.001) && !it.derived(a.alt) {
				if ok && a.value != r.value {
					return r, false
				}
				if !ok {
					r, ok = a, true
				}
			}
		}
		if ok {
			return r, true
		}
	}
	return r, false
}

const noteNegative = "it cannot be negative: a slip of the sign"

// slipFactor is from how many times a value on an alternative is a slip of the
// unit: Iridium's 10-Q for March 2018 tags 89.7 billion beside 119 million.
const slipFactor = 200

// part reports whether a value is but a part of what another alternative says.
func (it *Item) part(value float64, of resolved) bool {
	if it.NotZero && value == 0 && of.why == rules.Known && of.value != 0 {
		return true
	}
	if it.NotUnder == 0 || of.why != rules.Known || of.value <= 0 || value >= it.NotUnder*of.value {
		return false
	}
	if rounded(of.value) && !rounded(value) {
		return false
	}
	return value <= 0 || of.value <= slipFactor*value
}

// rounded reports whether a value is one of prose rather than of a statement:
// Inter Parfums' 10-K for 2023 tells of capital expenditures of 154.0 million, of
// which 6,465 thousand stand on the statement.
func rounded(value float64) bool { return math.Mod(value, 100_000) == 0 }

// others calls do with what the statement says of an item by the alternatives
// after the one that counts. They serve where two statements of one sum must stand
// on the same tag.
func (s *statement) others(item int, r resolved, do func(resolved)) {
	it := &s.m.Items[item]
	if r.weak {
		return
	}
	for i := range it.From {
		if uint8(i) == r.alt {
			continue
		}
		if a := s.alternative(&it.From[i]); a.stated && a.why == rules.Known {
			a.alt = uint8(i)
			do(a)
		}
	}
}

func (s *statement) alternative(a *Alternative) (r resolved) {
	for i := range a.Terms {
		t := &a.Terms[i]
		if t.Item < 0 && s.facts[t.Tag] == nil && !s.foreign[t.Tag] {
			if t.Optional {
				continue
			}
			return resolved{}
		}
		part, ok := s.term(*t)
		if !ok {
			if t.Optional {
				continue
			}
			return resolved{}
		}
		if part.why != rules.Known {
			r.why, r.note = part.why, part.note
		}
		if t.Optional && len(r.terms) == 1 && part.value != 0 && part.value == r.value {
			continue // one line under two tags (Summit Hotel's temporary equity)
		}
		r.stated = true
		r.value += t.Sign * part.value
		for _, u := range part.terms {
			r.terms = s.used.add(r.terms, Used{Sign: t.Sign * u.Sign, Fact: u.Fact})
		}
	}
	return r
}

func (s *statement) term(t Term) (resolved, bool) {
	if t.Item >= 0 {
		return s.resolve(t.Item)
	}
	if f := s.facts[t.Tag]; f != nil {
		return resolved{value: f.Value, terms: s.used.add(nil, Used{Sign: 1, Fact: f}), stated: true}, true
	}
	if s.foreign[t.Tag] {
		return resolved{why: rules.OtherCurrency, stated: true}, true
	}
	return resolved{}, false
}
