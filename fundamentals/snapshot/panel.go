package snapshot

import (
	"context"
	"fmt"
	"slices"

	"assay/fundamentals"
	"assay/fundamentals/market"
	"assay/fundamentals/standard"
	"assay/fundamentals/store"
	"assay/rules"
)

// panelDates is how many tables of a panel are made at a time: what is held of them
// is a few numbers for each company, plane and date.
const panelDates = 24

// Panel calls do for the table of each of some ascending dates, with its place among
// them: several at once, and in no order. Each is the table that [Open] gives, but it
// holds only while do runs, and keeps nothing. Reads are the planes that will be asked
// for: they are made for many dates in one pass over the companies, each replayed
// filing by filing. Another plane costs as much as in a table of its own.
func Panel(ctx context.Context, db *store.DB, dates []fundamentals.Date, opts Options, reads []rules.Ref, do func(i int, t *Table) error) error {
	if !slices.IsSorted(dates) || opts.PricesOn != 0 {
		return fmt.Errorf("a panel wants its dates in order, each with prices of its own day")
	}
	data, err := db.DataVersion(ctx, opts.UpTo)
	if err != nil {
		return err
	}
	p, err := newPanel(ctx, db, opts, reads)
	if err != nil {
		return err
	}
	for at := 0; at < len(dates); at += panelDates {
		some := dates[at:min(at+panelDates, len(dates))]
		tables, err := p.tables(ctx, some, data)
		if err != nil {
			return fmt.Errorf("tables from %s to %s: %w", some[0], some[len(some)-1], err)
		}
		err = eachAtOnce(len(tables), func(i int) error {
			t := tables[i]
			if err := ctx.Err(); err != nil {
				return err
			}
			tables[i] = nil // it is as large as all else
			return do(at+i, t)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// panel is what all tables of a panel share.
type panel struct {
	db     *store.DB
	opts   Options
	planes []rules.Ref // made in one pass
	keys   []store.PackKey
	quotes *quotes
}

func newPanel(ctx context.Context, db *store.DB, opts Options, reads []rules.Ref) (*panel, error) {
	if !opts.refreshed {
		if err := tryRefresh(ctx, db, opts.UpTo); err != nil {
			return nil, err
		}
	}
	inputs, err := inputsOf(ctx, reads)
	if err != nil {
		return nil, err
	}
	p := &panel{db: db, opts: opts}
	for _, ref := range inputs {
		if p.replays(ref) {
			p.planes = append(p.planes, ref)
		}
	}
	if p.keys, err = db.PackKeys(ctx, standard.MapHash(), opts.UpTo); err != nil {
		return nil, err
	}
	p.quotes, err = readQuotes(ctx, db, opts.UpTo)
	return p, err
}

// replays reports whether a plane can be made in the pass over the companies: those
// that read the lists of filings, and highs and lows, are made by each table itself.
func (p *panel) replays(ref rules.Ref) bool {
	return !isHygiene(ref.Name) && ref.Name != spreadOfRanges
}

// tables makes the tables of some dates.
func (p *panel) tables(ctx context.Context, dates []fundamentals.Date, data string) ([]*Table, error) {
	var tables []*Table
	for _, date := range dates {
		t, err := newTable(ctx, p.db, date, p.opts, data, "")
		if err != nil {
			return nil, err
		}
		t.ofPanel = true
		tables = append(tables, t)
	}
	if err := p.fill(ctx, tables); err != nil {
		return nil, err
	}
	return tables, eachAtOnce(len(tables), func(i int) error {
		return tables[i].begin(ctx, tables[i].planes[rules.Ref{Name: cikColumn}])
	})
}

// fill makes the planes of some tables, by date.
func (p *panel) fill(ctx context.Context, tables []*Table) error {
	var days []*panelDay
	var dates []fundamentals.Date
	for _, t := range tables {
		days, dates = append(days, &panelDay{t: t}), append(dates, t.asOf)
	}
	names, err := p.db.CompaniesOnDays(ctx, dates, p.opts.UpTo)
	if err != nil {
		return err
	}
	if err := p.closes(ctx, days); err != nil {
		return err
	}
	err = eachAtOnce(len(days), func(i int) error {
		d := days[i]
		profiles, err := p.db.Profiles(ctx, d.t.asOf, p.opts.UpTo)
		if err != nil {
			return err
		}
		d.names, d.listed = namesOf(names[i]), p.quotes.listings(d.t.priced, profiles)
		d.t.state.indices = d.t.indices(p.quotes.tapes, p.quotes.owned)
		return d.bind(p.planes, len(p.keys))
	})
	if err != nil {
		return err
	}
	return p.replay(ctx, days)
}

// closes reads the closes that the tables need in the place of those of the dates
// before.
func (p *panel) closes(ctx context.Context, days []*panelDay) error {
	first, last := days[0].t, days[len(days)-1].t
	from := first.reach(first.priced)
	for _, ref := range p.planes {
		column, measures := priceColumns[ref.Name]
		if (ref.Name == "price" || column.history) && ref.At != (rules.At{}) {
			from = 0 // the day whose close stands for a point is another for each company
		} else if measures {
			day, _ := column.over(first.priced)
			from = min(from, first.reach(day))
		}
	}
	s := &state{quotes: p.quotes, loaded: from, ends: map[fundamentals.Date]map[*market.Closes]*market.Closes{}}
	read, err := first.readCloses(ctx, s, from, last.priced)
	if err != nil {
		return err
	}
	for id, c := range p.quotes.series {
		c.Days, c.Close, c.Volume, c.Given = nil, nil, nil, nil
		if r := read[id]; r != nil {
			c.Days, c.Close, c.Volume, c.Given = r.Days, r.Close, r.Volume, r.Given
		}
	}
	for _, d := range days {
		own := *s
		d.t.state = &own
	}
	return nil
}

// replay fills the tables from the companies.
func (p *panel) replay(ctx context.Context, days []*panelDay) error {
	err := inParts(len(p.keys), func(lo, hi int) error {
		r := &replayer{days: days, planes: p.planes, items: make([]rules.Value, len(p.planes)), read: make([]bool, len(p.planes))}
		return readCompanies(ctx, p.db, p.opts.UpTo, p.keys[lo:hi], new(standard.Arena).Unpack, func(i int, c *standard.Company) { r.take(lo+i, c) })
	})
	if err != nil {
		return err
	}
	for _, d := range days {
		d.columns(p.planes)
	}
	return days[0].t.unchanged(ctx)
}
