package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"assay/fundamentals"
)

// statedFacts are the facts of one filing, to look rounded ones up in.
type statedFacts struct {
	byTag   map[int64][]storedFact
	periods map[period]int // how many facts have each
}

type period struct{ start, end fundamentals.Date }

func (s *statedFacts) add(f storedFact) {
	if s.byTag == nil {
		s.byTag, s.periods = map[int64][]storedFact{}, map[period]int{}
	}
	s.byTag[f.tag] = append(s.byTag[f.tag], f)
	s.periods[period{fundamentals.Date(f.start), fundamentals.Date(f.end)}]++
}

// states reports whether the filing states a rounded fact, and with the same
// value; if with another, it returns that.
func (s *statedFacts) states(tag, unit int64, f *fundamentals.RoundedFact) (stored float64, same, found bool) {
	for _, g := range s.byTag[tag] {
		if g.unit != unit || !f.Covers(fundamentals.Date(g.start), fundamentals.Date(g.end)) {
			continue
		}
		stored, found = g.value, true
		if f.Same(g.value) {
			return stored, true, true
		}
	}
	return stored, false, found
}

// period returns the dates of a rounded fact: those that most facts of the
// filing have of the periods that round to it. Without such a period the end is
// that of any fact that ends then, or the day before one that starts then (cash
// at the beginning of a year), and else the month end; the start is that of the
// month.
func (s *statedFacts) period(f *fundamentals.RoundedFact) period {
	if p, ok := s.commonest(func(p period) (period, bool) { return p, f.Covers(p.start, p.end) }); ok {
		return p
	}
	p, ok := s.commonest(func(p period) (period, bool) { return period{0, p.end}, f.EndsWith(p.end) })
	if !ok {
		p, ok = s.commonest(func(p period) (period, bool) { return period{0, p.start - 1}, p.start != 0 && f.EndsWith(p.start-1) })
	}
	if !ok {
		p.end = f.End
	}
	p.start = f.Start()
	return p
}

// commonest returns the period that most facts have of those that pick takes;
// of equally many the latest.
func (s *statedFacts) commonest(pick func(period) (period, bool)) (best period, ok bool) {
	counts := map[period]int{}
	for p, n := range s.periods {
		if picked, ok := pick(p); ok {
			counts[picked] += n
		}
	}
	for p, n := range counts {
		if cmp.Or(cmp.Compare(n, counts[best]), cmp.Compare(p.end, best.end), cmp.Compare(p.start, best.start)) > 0 {
			best = p
		}
	}
	return best, len(counts) > 0
}

// roundedRow is a row of the table rounded_fact.
type roundedRow struct {
	storedFact
	quarters int
}

// withRounded adds to the rows of a company its rounded facts, dated by what
// the same filing says otherwise; those that it states itself are left out. only
// says for which tags rows were read; "" stands for all.
func withRounded(ctx context.Context, v rawView, cik fundamentals.CIK, upTo fundamentals.Batch, only string, rows []storedFact, filings []filingRow, order map[int64]int) ([]storedFact, error) {
	var some bool // mostly there are none, and it takes longer to look for hundreds of tags
	err := v.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM rounded_fact WHERE company = ?)`, cik).Scan(&some)
	if err != nil || !some {
		return rows, err
	}
	rounded, err := query(ctx, v.Tx, func(r *sql.Rows, f *roundedRow) error {
		err := r.Scan(&f.tag, &f.unit, &f.end, &f.quarters, &f.filing, &f.value, &f.batch)
		f.order = order[f.filing]
		return err
	}, `SELECT tag, unit, "end", quarters, filing, value, batch FROM rounded_fact WHERE company = ? AND batch <= ?`+only, cik, limit(upTo))
	if err != nil || len(rounded) == 0 {
		return rows, err
	}
	all := rows
	if only != "" { // the dates of a filing stand in facts of other tags too
		if all, err = factRowsOf(ctx, v, nil, cik, "", upTo, order); err != nil {
			return nil, err
		}
	}
	stated := map[string]*statedFacts{}
	for _, r := range rounded {
		stated[filings[r.order].Accession] = &statedFacts{}
	}
	for _, f := range all {
		if s := stated[filings[f.order].Accession]; s != nil {
			s.add(f)
		}
	}
	for _, r := range rounded {
		f, s := fundamentals.RoundedFact{End: fundamentals.Date(r.end), Quarters: r.quarters, Value: r.value}, stated[filings[r.order].Accession]
		if _, _, found := s.states(r.tag, r.unit, &f); found {
			continue
		}
		p := s.period(&f)
		r.start, r.end = int64(p.start), int64(p.end)
		rows = append(rows, r.storedFact)
	}
	slices.SortStableFunc(rows, func(a, b storedFact) int {
		return cmp.Or(cmp.Compare(a.tag, b.tag), cmp.Compare(a.unit, b.unit), cmp.Compare(a.end, b.end), cmp.Compare(a.start, b.start),
			cmp.Compare(a.filing, b.filing), cmp.Compare(a.value, b.value))
	})
	return rows, nil
}
