package standard

import (
	"cmp"
	"slices"
	"strings"

	"assay/fundamentals"
)

// span is a period of time, or a moment, where it has no start.
type span struct{ start, end fundamentals.Date }

// citation is a fact where a filing states it.
type citation struct {
	filing, tag int32
	span
	fact *fundamentals.Fact
}

// cite lists what each filing states, the filings in order, and the facts of each by
// period.
func (b *builder) cite(facts []fundamentals.Fact, filings map[string]int) [][]citation {
	cites := make([]citation, 0, len(facts))
	ends := make([]int, len(b.c.Filings)+1) // counts, then where the citations of each end
	var tag int
	var mapped bool
	for i := range facts {
		f := &facts[i]
		if i == 0 || f.Tag != facts[i-1].Tag {
			tag, mapped = b.m.tags[f.Tag]
		}
		if !mapped {
			continue
		}
		if filing, listed := filings[f.Accession]; listed {
			cites = append(cites, citation{int32(filing), int32(tag), span{f.Start, f.End}, f})
			ends[filing]++
		}
	}
	sorted, list := make([]citation, len(cites)), make([][]citation, 0, len(ends))
	for i, at := 0, 0; i < len(ends); i++ {
		ends[i], at = at, at+ends[i]
	}
	for i := range cites {
		at := &ends[cites[i].filing]
		sorted[*at] = cites[i]
		*at++
	}
	for i, lo := 0, 0; i < len(ends); i++ {
		if part := sorted[lo:max(lo, ends[i])]; len(part) > 0 {
			slices.SortFunc(part, citation.compare)
			list = append(list, part)
			lo = ends[i]
		}
	}
	return list
}

func (x citation) compare(y citation) int {
	switch {
	case x.end != y.end:
		return cmp.Compare(x.end, y.end)
	case x.start != y.start:
		return cmp.Compare(x.start, y.start)
	case x.tag != y.tag:
		return cmp.Compare(x.tag, y.tag)
	}
	return cmp.Or(strings.Compare(x.fact.Unit, y.fact.Unit), cmp.Compare(x.fact.Value, y.fact.Value))
}

// eachPeriod calls do with the facts of one filing, period by period.
func eachPeriod(cites []citation, do func([]citation)) {
	for lo := 0; lo < len(cites); {
		hi := lo
		for hi < len(cites) && cites[hi].span == cites[lo].span {
			hi++
		}
		do(cites[lo:hi])
		lo = hi
	}
}

// place is where a period stands: Company.Items[item][at].
type place struct{ item, at int }

// places tell where the periods of a company stand, before they are sorted: a row
// for each span, a column for each item.
type places struct {
	items int
	rows  map[span]int // where the row starts
	at    []int32      // one more than the place; 0: none
}

func (p *places) row(when span) int {
	row, ok := p.rows[when]
	if !ok {
		row = len(p.at)
		p.rows[when] = row
		p.at = slices.Grow(p.at, p.items)[:row+p.items]
	}
	return row
}

// find returns the period of an item, nil where no filing before told of it.
func (b *builder) find(item int, when span) *Period {
	row, ok := b.places.rows[when]
	if !ok || b.places.at[row+item] == 0 {
		return nil
	}
	return &b.c.Items[item][b.places.at[row+item]-1]
}
