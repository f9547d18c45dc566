package snapshot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
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
// them: several at once, begun in their order. Each is the table that [Open] gives, but it
// holds only while do runs. Reads are the planes that will be asked for: those that no
// earlier table kept are made for many dates in one pass over the companies, each
// replayed filing by filing, and are kept. Another plane costs as much as in a table of
// its own. Where they cannot be kept do is called all the same, and the error wraps
// [ErrUnkept].
func Panel(ctx context.Context, db *store.DB, dates []fundamentals.Date, opts Options, reads []rules.Ref, do func(i int, t *Table) error) error {
	if !slices.IsSorted(dates) || opts.PricesOn != 0 {
		return fmt.Errorf("a panel wants its dates in order, each with prices of its own day")
	}
	p := &panel{db: db, opts: opts}
	for at := 0; at < len(dates); at += panelDates {
		some := dates[at:min(at+panelDates, len(dates))]
		tables, err := p.tables(ctx, some, reads)
		if err != nil {
			return fmt.Errorf("tables from %s to %s: %w", some[0], some[len(some)-1], err)
		}
		fresh := make([]store.Snapshot, len(tables))
		err = eachAtOnce(len(tables), func(i int) error {
			t := tables[i]
			if err := ctx.Err(); err != nil {
				return err
			}
			tables[i] = nil // it is as large as all else
			if err := t.readKept(ctx, reads...); err != nil {
				return err
			}
			if err := do(at+i, t); err != nil {
				return err
			}
			fresh[i] = t.unsaved()
			return nil
		})
		if err != nil {
			return err
		}
		if err := p.keep(ctx, fresh); err != nil {
			return err
		}
	}
	return p.unkept
}

// ErrUnkept is wrapped by errors of panels that were made to their end, but of which
// something could not be kept: it is computed again the next time.
var ErrUnkept = errors.New("nothing was kept for the next run")

// panel is what all tables of a panel share.
type panel struct {
	db       *store.DB
	opts     Options
	data     string // of the first table
	unkept   error  // why nothing is kept
	prepared bool
	keys     []store.PackKey
	quotes   *quotes
}

// prepare reads what all tables are made of that were not kept.
func (p *panel) prepare(ctx context.Context) error {
	if p.prepared {
		return nil
	}
	p.prepared = true
	packs := func() error {
		if !p.opts.refreshed {
			if err := tryRefresh(ctx, p.db, p.opts.UpTo); err != nil {
				return err
			}
		}
		var err error
		p.keys, err = p.db.PackKeys(ctx, standard.MapHash(), p.opts.UpTo)
		return err
	}
	quotes := func() (err error) {
		p.quotes, err = readQuotes(ctx, p.db, p.opts.UpTo)
		return err
	}
	return together(packs, quotes)
}

// keep keeps what was computed of some tables, if that can be.
func (p *panel) keep(ctx context.Context, fresh []store.Snapshot) error {
	fresh = slices.DeleteFunc(fresh, func(s store.Snapshot) bool { return len(s.Columns) == 0 })
	if p.unkept != nil || len(fresh) == 0 {
		return nil
	}
	err := p.db.PutColumns(ctx, fresh...)
	if err != nil && ctx.Err() == nil {
		p.unkept = fmt.Errorf("%w: %w", ErrUnkept, err)
		return nil
	}
	return err
}

// replays reports whether a plane can be made in the pass over the companies: those
// that read the lists of filings, and highs and lows, are made by each table itself.
func (p *panel) replays(ref rules.Ref) bool {
	return !isHygiene(ref.Name) && ref.Name != spreadOfRanges
}

// tables makes the tables of some dates.
func (p *panel) tables(ctx context.Context, dates []fundamentals.Date, reads []rules.Ref) ([]*Table, error) {
	tables, err := p.kept(ctx, dates)
	if err != nil {
		return nil, err
	}
	if lacking, _ := p.lacking(tables, reads); len(lacking) > 0 && !p.prepared {
		// What new filings change is known when their companies are standardised: it may
		// be nothing of these days.
		if err = p.prepare(ctx); err != nil {
			return nil, err
		}
		return p.tables(ctx, dates, reads)
	}
	if err := p.complete(ctx, tables, reads); err != nil {
		return nil, err
	}
	return tables, eachAtOnce(len(tables), func(i int) error {
		t, rows := tables[i], (*rules.Vector)(nil)
		if err := t.readKept(ctx, everyTable...); err != nil {
			return err
		}
		for _, ref := range everyTable { // and so they are kept, also of a table without rows
			v, err := t.Column(ctx, ref.Name, ref.At)
			if err != nil {
				return err
			}
			if ref.Name == cikColumn {
				rows = v
			}
		}
		return t.begin(ctx, rows)
	})
}

// kept returns tables of some dates that know what is kept of them, and have none of it
// yet.
func (p *panel) kept(ctx context.Context, dates []fundamentals.Date) (tables []*Table, err error) {
	var keys []store.SnapshotKey
	for _, date := range dates {
		data, ofDay, err := p.db.Versions(ctx, date, p.opts.UpTo)
		if err != nil {
			return nil, err
		}
		if p.data = cmp.Or(p.data, data); p.data != data {
			return nil, ErrChanged
		}
		t, err := newTable(ctx, p.db, date, p.opts, data, ofDay)
		if err != nil {
			return nil, err
		}
		tables, keys = append(tables, t), append(keys, t.key)
	}
	kept, err := p.db.KeptColumns(ctx, keys)
	if err != nil {
		return nil, err
	}
	for i, t := range tables {
		t.listed = true
		for _, r := range kept[i] {
			t.kept[planeOf(r)] = true
		}
	}
	return tables, nil
}

// complete makes those planes of some tables that will be read and were not kept.
func (p *panel) complete(ctx context.Context, tables []*Table, reads []rules.Ref) error {
	lacking, missing := p.lacking(tables, reads)
	if len(lacking) == 0 {
		return nil
	}
	return p.fill(ctx, lacking, missing)
}

// lacking finds the tables of which not all that will be read was kept, and the planes
// that any of them lacks.
func (p *panel) lacking(tables []*Table, reads []rules.Ref) (lacking []*Table, missing []rules.Ref) {
	planes := map[rules.Ref]bool{}
	for _, t := range tables {
		lacks := false
		for _, ref := range slices.Concat(everyTable, reads) {
			ref = t.plane(ref.Name, ref.At)
			if _, own := t.own.columns[ref.Name]; !own && !t.kept[ref] && p.replays(ref) {
				planes[ref], lacks = true, true
			}
		}
		if lacks {
			lacking = append(lacking, t)
		}
	}
	return lacking, slices.Collect(maps.Keys(planes))
}

// fill makes the planes of some tables that others are computed from, by date.
func (p *panel) fill(ctx context.Context, tables []*Table, reads []rules.Ref) error {
	if err := p.prepare(ctx); err != nil {
		return err
	}
	inputs, err := inputsOf(ctx, reads)
	if err != nil {
		return err
	}
	planes := slices.DeleteFunc(inputs, func(ref rules.Ref) bool { return !p.replays(ref) })
	var days []*panelDay
	var dates []fundamentals.Date
	for _, t := range tables {
		days, dates = append(days, &panelDay{t: t}), append(dates, t.asOf)
	}
	var names [][]fundamentals.Company
	companies := func() (err error) {
		names, err = p.db.CompaniesOnDays(ctx, dates, p.opts.UpTo)
		return err
	}
	if err := together(companies, func() error { return p.closes(ctx, days, planes) }); err != nil {
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
		return d.bind(planes, len(p.keys))
	})
	if err != nil {
		return err
	}
	return p.replay(ctx, days, planes)
}

// closes reads the closes that the tables need in the place of those of the dates
// before.
func (p *panel) closes(ctx context.Context, days []*panelDay, planes []rules.Ref) error {
	first, last := days[0].t, days[len(days)-1].t
	from := first.reach(first.priced)
	for _, ref := range planes {
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
func (p *panel) replay(ctx context.Context, days []*panelDay, planes []rules.Ref) error {
	err := inParts(len(p.keys), func(lo, hi int) error {
		r := &replayer{days: days, planes: planes, items: make([]rules.Value, len(planes)), read: make([]bool, len(planes))}
		return readCompanies(ctx, p.db, p.opts.UpTo, p.keys[lo:hi], new(standard.Arena).Unpack, func(i int, c *standard.Company) { r.take(lo+i, c) })
	})
	if err != nil {
		return err
	}
	for _, d := range days {
		d.columns(planes)
	}
	return days[0].t.unchanged(ctx)
}
