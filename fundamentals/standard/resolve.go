package standard

import (
	"cmp"
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
	touched []int
	readers itemSet    // the items that any of them can make stated
	results []resolved // by item
	done    []bool
	debt    bool // the debt items are resolved
	used    slab[Used]
	part    resolved // what [statement.term] returns of a tag, of the one fact below
	fact    [1]Used
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
// unit, the least value stands: a filing that contradicts itself was never seen in
// the real files.
func (s *statement) take(tag int, f *fundamentals.Fact) {
	switch {
	case f.Unit == s.m.unitNames[tag]:
		if s.facts[tag] == nil || cmp.Less(f.Value, s.facts[tag].Value) {
			s.facts[tag] = f
			s.touch(tag)
		}
	case s.m.Unit[tag] == rules.UnitMoney && isCurrency(f.Unit):
		s.foreign[tag] = true
		s.touch(tag)
	}
}

func (s *statement) touch(tag int) {
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
func (s *statement) resolve(item int) (r *resolved, stated bool) {
	r = &s.results[item]
	if s.done[item] {
		return r, r.stated
	}
	switch s.m.Items[item].Resolver {
	case resolverDebt:
		s.resolveDebt()
	case resolverClaims:
		s.resolveClaims()
	case resolverCommon:
		*r = s.resolveCommon(item)
	default:
		*r = s.plain(item)
	}
	s.done[item] = true
	return r, r.stated
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
func (s *statement) first(it *Item, alternatives []Alternative) (r resolved) {
	if it.NotUnder == 0 && it.Confirm == nil && !it.NotZero {
		for i := range alternatives {
			if s.silent(&alternatives[i]) {
				continue
			}
			if r = s.candidate(it, alternatives, i); r.stated {
				break
			}
		}
		return r
	}
	var room [4]resolved // more are rare
	stated := room[:0]
	for i := range alternatives {
		if s.silent(&alternatives[i]) {
			continue
		}
		if a := s.candidate(it, alternatives, i); a.stated {
			stated = append(stated, a)
		}
	}
	if a, ok := s.confirmed(it, stated); ok {
		return a
	}
	for i := range stated {
		a := &stated[i]
		if a.why != rules.Known || !slices.ContainsFunc(stated[i+1:], func(b resolved) bool { return it.part(a.value, &b) }) {
			return *a
		}
	}
	return resolved{}
}

// candidate returns an alternative where it is stated, and no less than the item
// can be.
func (s *statement) candidate(it *Item, alternatives []Alternative, i int) resolved {
	a := s.alternative(&alternatives[i])
	if !a.stated {
		return resolved{}
	}
	a.alt = uint8(i)
	if a.why != rules.Known {
		return a
	}
	if it.Least >= 0 {
		if least, ok := s.resolve(it.Least); ok && least.why == rules.Known && !(a.value >= least.value) {
			return resolved{}
		}
	}
	if it.Positive && a.value < 0 {
		a.why, a.note = rules.Irreconcilable, noteNegative
	}
	return a
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
func (it *Item) part(value float64, of *resolved) bool {
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

// other returns what the statement says of an item by another alternative than the
// one that counts. It serves where two statements of one sum must stand on the same
// tag.
func (s *statement) other(item, alternative int, counts *resolved) (r resolved) {
	a := &s.m.Items[item].From[alternative]
	if counts.weak || uint8(alternative) == counts.alt || s.silent(a) {
		return r
	}
	if r = s.alternative(a); r.why != rules.Known {
		return resolved{}
	}
	r.alt = uint8(alternative)
	return r
}

// silent tells at a glance of most alternatives that they are not stated.
func (s *statement) silent(a *Alternative) bool {
	first := &a.Terms[0]
	return first.Item < 0 && !first.Optional && s.facts[first.Tag] == nil && !s.foreign[first.Tag]
}

func (s *statement) alternative(a *Alternative) (r resolved) {
	for i := range a.Terms {
		t := &a.Terms[i]
		part := s.term(t)
		if part == nil {
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

// term returns what is stated of a term, nil where nothing is. It is good until the
// next call.
func (s *statement) term(t *Term) *resolved {
	if t.Item >= 0 {
		if r, stated := s.resolve(t.Item); stated {
			return r
		}
		return nil
	}
	if f := s.facts[t.Tag]; f != nil {
		s.fact[0] = Used{Sign: 1, Fact: f}
		s.part = resolved{value: f.Value, terms: s.fact[:], stated: true}
		return &s.part
	}
	if s.foreign[t.Tag] {
		s.part = resolved{why: rules.OtherCurrency, stated: true}
		return &s.part
	}
	return nil
}
