package standard

import (
	"iter"
	"math/bits"
	"slices"
)

// itemSet is a set of items of the concept map, a bit each.
type itemSet []uint64

func (m *Map) newItemSet() itemSet { return make(itemSet, (len(m.Items)+63)/64) }

func (s itemSet) add(item int) { s[item/64] |= 1 << (item % 64) }

func (s itemSet) join(t itemSet) {
	for i := range t {
		s[i] |= t[i]
	}
}

// both yields the items of two sets, in order.
func (s itemSet) both(t itemSet) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range s {
			for rest := s[i] & t[i]; rest != 0; rest &= rest - 1 {
				if !yield(64*i + bits.TrailingZeros64(rest)) {
					return
				}
			}
		}
	}
}

// bindReaders finds which items a tag can make stated. A statement is asked for
// those of its tags alone: it has some fifteen of the map's four hundred.
func (m *Map) bindReaders() {
	m.readers = make([]itemSet, len(m.Tags))
	for tag := range m.readers {
		m.readers[tag] = m.newItemSet()
	}
	m.moments, m.spans = m.newItemSet(), m.newItemSet()
	for item := range m.Items {
		m.eachRead(item, func(tag int) { m.readers[tag].add(item) })
		if n := m.Items[item].Nature; n == Instant || n == Cover {
			m.moments.add(item)
		} else {
			m.spans.add(item)
		}
	}
}

// eachRead calls read with the tags of which one at least is stated where an item is:
// those that its resolver reads, but for those that it only holds a value against.
func (m *Map) eachRead(item int, read func(tag int)) {
	switch m.Items[item].Resolver {
	case resolverDebt:
		m.debt.each(read)
	case resolverClaims:
		for _, i := range [...]int{m.claim.equity, m.claim.minority, m.claim.temporary} {
			m.eachPlain(i, read)
		}
	default:
		m.eachPlain(item, read)
	}
}

// eachPlain is eachRead for [statement.plain].
func (m *Map) eachPlain(item int, read func(tag int)) {
	it := &m.Items[item]
	for _, alt := range slices.Concat(it.From, it.Else) {
		for _, t := range alt.Terms {
			if t.Item >= 0 {
				m.eachRead(t.Item, read)
			} else {
				read(t.Tag)
			}
		}
	}
	for _, tag := range it.Signs {
		read(tag)
	}
}
