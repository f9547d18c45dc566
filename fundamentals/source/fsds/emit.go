package fsds

import (
	"cmp"
	"slices"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/source"
)

// chunkRows is how many rows go out at a time.
const chunkRows = 4096

// class is the share count of a class of stock.
type class struct {
	filing int32
	tag    int32
	day    fundamentals.Date
	member string
	shares float64
}

// class holds a number of a segment if it is the shares outstanding of a class
// of stock and of nothing narrower.
func (p *parser) class(f fact, segments, unit string) {
	member, ok := strings.CutPrefix(strings.TrimSuffix(segments, ";"), "ClassOfStock=")
	switch name := p.used[f.tag]; {
	case !ok, member == "", strings.ContainsAny(member, ";="), unit != "shares", f.quarters != 0, f.value < 0:
	case name == fundamentals.Tag{Taxonomy: "dei", Name: "EntityCommonStockSharesOutstanding"},
		name == fundamentals.Tag{Taxonomy: "us-gaap", Name: "CommonStockSharesOutstanding"}:
		p.classes = append(p.classes, class{f.filing, f.tag, f.end, member, f.value})
		return
	}
	p.leftAside.segment++
}

// emit gives out the filings of the slice by company and accession number, each
// with its facts and share classes.
func (p *parser) emit(emit source.Emit) error {
	slices.SortStableFunc(p.facts, func(a, b fact) int { return cmp.Compare(a.filing, b.filing) })
	slices.SortStableFunc(p.classes, func(a, b class) int { return cmp.Compare(a.filing, b.filing) })
	order := make([]int32, len(p.filings))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int {
		a, b := &p.filings[i], &p.filings[j]
		return cmp.Or(cmp.Compare(a.company.CIK, b.company.CIK), strings.Compare(a.accession, b.accession))
	})
	for _, i := range order {
		if err := p.emitFiling(i, emit); err != nil {
			return err
		}
	}
	return nil
}

func (p *parser) emitFiling(i int32, emit source.Emit) error {
	g := &p.filings[i]
	rows := &fundamentals.Rows{Company: g.company.CIK, Companies: []fundamentals.Company{g.company}}
	if !g.accepted.IsZero() {
		rows.Acceptances = []fundamentals.Acceptance{{Company: g.company.CIK, Accession: g.accession, At: g.accepted, ToMinute: g.accepted.Second() == 0}}
	}
	if g.sic > 0 || g.yearEnd > 0 {
		rows.Profiles = []fundamentals.Profile{{Company: g.company.CIK, KnownOn: fundamentals.KnownOn(g.filed, g.accepted), SIC: max(g.sic, 0), FiscalYearEnd: max(g.yearEnd, 0)}}
	}
	for _, c := range of(p.classes, func(c class) int32 { return c.filing }, i) {
		rows.Classes = append(rows.Classes, fundamentals.ShareClass{Company: g.company.CIK, Tag: p.used[c.tag], Member: c.member, Day: c.day, Shares: c.shares,
			Accession: g.accession, Form: g.form, Filed: g.filed})
	}
	for _, f := range of(p.facts, func(f fact) int32 { return f.filing }, i) {
		rows.Rounded = append(rows.Rounded, fundamentals.RoundedFact{Tag: p.used[f.tag], Unit: p.units[f.unit], Quarters: int(f.quarters), End: f.end, Value: f.value,
			Accession: g.accession, Form: g.form, Filed: g.filed})
		if len(rows.Rounded) == chunkRows {
			if err := emit(rows); err != nil {
				return err
			}
			rows = &fundamentals.Rows{Company: g.company.CIK}
		}
	}
	if rows.Len() == 0 {
		return nil
	}
	return emit(rows)
}

// of returns the run of one filing in a list that is sorted by filing.
func of[T any](list []T, filing func(T) int32, i int32) []T {
	compare := func(t T, i int32) int { return cmp.Compare(filing(t), i) }
	from, _ := slices.BinarySearchFunc(list, i, compare)
	to, _ := slices.BinarySearchFunc(list, i+1, compare)
	return list[from:to]
}
