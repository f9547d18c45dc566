package standard

import (
	"math"
	"slices"

	"assay/rules"
)

// held holds the quarters of a filing against its longer spans.
func (b *builder) held(filing int32) {
	annual := annualForm(b.c.Filings[filing].Form)
	var years, quarters, spans []*Period
	for item, counted := range b.counted {
		if len(counted) == 0 {
			continue
		}
		years, quarters, spans = years[:0], quarters[:0], spans[:0]
		slices.Sort(counted)
		for _, at := range counted {
			switch p := &b.c.Items[item][at]; {
			case p.days() >= 350 && p.days() <= 380:
				years = append(years, p)
			case p.days() >= 70 && p.days() <= 119:
				quarters = append(quarters, p)
			default:
				spans = append(spans, p)
			}
		}
		if annual {
			table(filing, years, quarters)
		} else {
			b.turned(filing, item, quarters, spans)
		}
		b.counted[item] = counted[:0]
	}
}

// told returns what counts of a period in a filing, nil where it is refused or the
// filing does not tell it.
func (p *Period) told(filing int32) *Version {
	for i := len(p.Versions) - 1; i >= 0 && p.Versions[i].Filing >= filing; i-- {
		if v := &p.Versions[i]; v.Filing == filing && !v.Second && v.Why == rules.Known {
			return v
		}
	}
	return nil
}

// table holds the quarters that an annual report tells against its years: where
// they add up, they are a table of it and count; where they do not, they are of
// something else (Addus in 2013: of continuing operations), and those count that
// the quarterly reports tell.
func table(filing int32, years, quarters []*Period) {
	for _, year := range years {
		whole := year.told(filing).Value
		sum, values := 0.0, []float64{whole}
		var in []*Version
		for _, q := range quarters {
			if q.Start >= year.Start-slack && q.End <= year.End+slack {
				v := q.told(filing)
				in = append(in, v)
				sum += v.Value
				values = append(values, v.Value)
			}
		}
		if len(in) != 4 {
			continue
		}
		weak := math.Abs(sum-whole) > tolerance(values...)
		for _, v := range in {
			v.Weak = weak
		}
	}
}

// turned makes a quarter weak that is told with the sign turned: by the spans to
// date it is as much, to the dollar, with the other sign (CleanSpark's tax of the
// quarter to 2025-03-31).
func (b *builder) turned(filing int32, item int, quarters, spans []*Period) {
	for _, q := range quarters {
		v := q.told(filing)
		for _, long := range spans {
			if long.End != q.End || v.Value == 0 {
				continue
			}
			before := b.find(item, span{long.Start, q.Start - 1})
			if before == nil {
				continue
			}
			short, ok := b.c.known(before, b.c.Filings[filing].KnownOn)
			if ok && short.Why == rules.Known && long.told(filing).Value-short.Value == -v.Value {
				v.Weak = true
			}
		}
	}
}
