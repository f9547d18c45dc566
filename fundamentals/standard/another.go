package standard

import (
	"slices"
	"strings"
)

// anotherEntity reports whether an amendment, or a second annual report for one day,
// holds the statements of another entity: its total assets and its revenue are less than a third, or more than three
// times, of what earlier filings said of the very same days and spans, all of them.
// RadNet's 10-K/A 0001019687-13-004244 appends those of an affiliate.
func (b *builder) anotherEntity(filing int, cites []citation) bool {
	if !strings.HasSuffix(b.c.Filings[filing].Form, "/A") && !b.secondAnnual(filing) {
		return false
	}
	compared, far := map[int]int{}, map[int]int{}
	runs(cites, oneSpan, func(part []citation) {
		b.state(part)
		for _, item := range [...]int{b.m.core.assets, b.m.core.revenue} {
			r, stated := b.s.resolve(item)
			p := b.find(item, b.places.spans[part[0].span])
			if !stated || p == nil || r.value <= 0 {
				continue
			}
			before, ok := b.c.known(p, b.c.Filings[filing].KnownOn)
			if !ok || before.Value <= 0 {
				continue
			}
			compared[item]++
			if r.value > 3*before.Value || before.Value > 3*r.value {
				far[item]++
			}
		}
	})
	for _, item := range [...]int{b.m.core.assets, b.m.core.revenue} {
		if far[item] == 0 || far[item] < compared[item] {
			return false
		}
	}
	return true
}

// secondAnnual reports whether an annual report of the same day came before.
func (b *builder) secondAnnual(filing int) bool {
	day := b.c.Statement[filing]
	for i, d := range b.c.Statement[:filing] {
		if d == day && day != 0 && annualForm(b.c.Filings[i].Form) && annualForm(b.c.Filings[filing].Form) {
			return true
		}
	}
	return false
}

// coverOnly keeps what a filing says on its cover.
func (b *builder) coverOnly(cites []citation) []citation {
	return slices.DeleteFunc(slices.Clone(cites), func(c citation) bool { return b.m.Tags[c.tag].Taxonomy != "dei" })
}
