package standard

import (
	"cmp"
	"slices"

	"assay/fundamentals"
)

// span is a period of time, or a moment, where it has no start.
type span struct{ start, end fundamentals.Date }

func (s span) compare(t span) int {
	return cmp.Or(cmp.Compare(s.end, t.end), cmp.Compare(s.start, t.start))
}

// citation is a fact where a filing states it.
type citation struct{ filing, tag, span, fact int32 }

// cite lists what the filings state: by filing, and of each by span.
func (b *builder) cite(filings map[string]int) []citation {
	cites := b.cites[0][:0]
	var tag int
	var mapped bool
	for i := range b.facts {
		f := &b.facts[i]
		if i == 0 || f.Tag != b.facts[i-1].Tag { // facts come in runs of a tag, and of a span
			tag, mapped = b.m.tags[f.Tag]
		}
		if !mapped {
			continue
		}
		if filing, listed := filings[f.Accession]; listed {
			when := span{f.Start, f.End}
			at := 0
			if n := len(cites); n > 0 && b.places.spans[cites[n-1].span] == when {
				at = int(cites[n-1].span)
			} else {
				at = b.places.row(when)
			}
			cites = append(cites, citation{int32(filing), int32(tag), int32(at), int32(i)})
		}
	}
	ranks := b.places.ranks()
	sorted := slices.Grow(b.cites[1][:0], len(cites))[:len(cites)]
	b.cites = [2][]citation{cites, sorted}
	distribute(sorted, cites, len(ranks), func(c *citation) int32 { return ranks[c.span] })
	distribute(cites, sorted, len(b.c.Filings), func(c *citation) int32 { return c.filing })
	return cites
}

// distribute sorts citations by a number below n; equal ones stay in order.
func distribute(to, from []citation, n int, by func(*citation) int32) {
	ends := make([]int, n+1)
	for i := range from {
		ends[by(&from[i])+1]++
	}
	for i := 1; i < n; i++ {
		ends[i] += ends[i-1]
	}
	for i := range from {
		at := &ends[by(&from[i])]
		to[*at] = from[i]
		*at++
	}
}

// runs calls do with the runs of citations that are alike.
func runs(cites []citation, alike func(x, y *citation) bool, do func([]citation)) {
	for lo := 0; lo < len(cites); {
		hi := lo + 1
		for hi < len(cites) && alike(&cites[lo], &cites[hi]) {
			hi++
		}
		do(cites[lo:hi])
		lo = hi
	}
}

func oneFiling(x, y *citation) bool { return x.filing == y.filing }

func oneSpan(x, y *citation) bool { return x.span == y.span }

// places tell where the periods of a company stand in Company.Items, before they
// are sorted: a row for each span, a column for each item.
type places struct {
	items int
	rows  map[span]int
	spans []span  // of each row
	at    []int32 // one more than the index; 0: none
}

func (p *places) reset() {
	clear(p.rows)
	p.spans, p.at = p.spans[:0], p.at[:0]
}

// row returns the row of a span, which it makes if there is none.
func (p *places) row(when span) int {
	row, ok := p.rows[when]
	if !ok {
		row = len(p.spans)
		p.rows[when] = row
		p.spans = append(p.spans, when)
	}
	return row
}

// cell is where a row tells the place of an item.
func (p *places) cell(row, item int) *int32 {
	if more := len(p.spans)*p.items - len(p.at); more > 0 {
		p.at = append(p.at, make([]int32, more)...)
	}
	return &p.at[row*p.items+item]
}

// ranks returns, of each row, how many have an earlier span.
func (p *places) ranks() []int32 {
	order := make([]int32, len(p.spans))
	for row := range order {
		order[row] = int32(row)
	}
	slices.SortFunc(order, func(x, y int32) int { return p.spans[x].compare(p.spans[y]) })
	ranks := make([]int32, len(order))
	for rank, row := range order {
		ranks[row] = int32(rank)
	}
	return ranks
}

// find returns the period of an item, nil where no filing before told of it.
func (b *builder) find(item int, when span) *Period {
	row, ok := b.places.rows[when]
	if !ok || *b.places.cell(row, item) == 0 {
		return nil
	}
	return &b.c.Items[item][*b.places.cell(row, item)-1]
}
