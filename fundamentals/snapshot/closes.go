package snapshot

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"assay/fundamentals"
	"assay/fundamentals/market"
	"assay/fundamentals/store"
)

// closes sees to it that closes are loaded from a day on. What was loaded
// before stands until all is read.
func (t *Table) closes(ctx context.Context, s *state, from fundamentals.Date) error {
	if from >= s.loaded {
		return nil
	}
	read, err := t.readCloses(ctx, s, from, s.loaded-1)
	if err != nil {
		return err
	}
	if err := t.unchanged(ctx); err != nil {
		return err
	}
	for id, c := range s.series {
		if r := read[id]; r != nil {
			c.Days, c.Close = append(r.Days, c.Days...), append(r.Close, c.Close...)
			c.Volume, c.Given = append(r.Volume, c.Volume...), append(r.Given, c.Given...)
		}
	}
	s.loaded = from
	clear(s.ends)
	for i := range s.companies {
		c := &s.companies[i]
		c.book = c.listing.book(t.priced, c.book.Splits, nil)
	}
	return nil
}

// closesNear sees to it that the closes which tell of a day are there, but not
// those between them and what was loaded before.
func (t *Table) closesNear(ctx context.Context, s *state, day fundamentals.Date) error {
	from := t.reach(day)
	if from >= s.loaded || s.ends[day] != nil {
		return nil
	}
	read, err := t.readCloses(ctx, s, from, min(day, s.loaded-1))
	if err != nil {
		return err
	}
	if err := t.unchanged(ctx); err != nil {
		return err
	}
	s.ends[day] = map[*market.Closes]*market.Closes{}
	for id, c := range s.series {
		if r := read[id]; r != nil {
			r.Series = c.Series
			s.ends[day][c] = r
		}
	}
	return nil
}

// ranges sees to it that highs and lows are there from a day on.
func (t *Table) ranges(ctx context.Context, s *state, from fundamentals.Date) error {
	if s.ranged {
		return nil
	}
	read := map[store.SeriesID]map[fundamentals.Date]market.Range{}
	err := t.db.Ranges(ctx, from, t.priced, t.opts.UpTo, func(r store.Range) {
		if read[r.Series] == nil {
			read[r.Series] = map[fundamentals.Date]market.Range{}
		}
		read[r.Series][r.Day] = market.Range{High: r.High, Low: r.Low}
	})
	if err != nil {
		return err
	}
	if err := t.unchanged(ctx); err != nil {
		return err
	}
	for id, c := range s.series {
		c.Ranges = read[id]
	}
	s.ranged = true
	for i := range s.companies {
		c := &s.companies[i]
		c.book = c.listing.book(t.priced, c.book.Splits, nil)
	}
	return nil
}

// readCloses reads the closes of all series from one day to another, as many
// series at once as there are processors.
func (t *Table) readCloses(ctx context.Context, s *state, from, to fundamentals.Date) (map[store.SeriesID]*market.Closes, error) {
	ids := make([]store.SeriesID, 0, len(s.series))
	for id := range s.series {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	workers := runtime.GOMAXPROCS(0)
	parts := make([]map[store.SeriesID]*market.Closes, workers)
	errs := make([]error, workers)
	var wg sync.WaitGroup
	for i := range workers {
		own := ids[i*len(ids)/workers : (i+1)*len(ids)/workers]
		wg.Go(func() { parts[i], errs[i] = t.closesOf(ctx, own, from, to) })
	}
	wg.Wait()
	all := map[store.SeriesID]*market.Closes{}
	for i, part := range parts {
		if errs[i] != nil {
			return nil, errs[i]
		}
		for id, c := range part {
			all[id] = c
		}
	}
	return all, nil
}

func (t *Table) closesOf(ctx context.Context, ids []store.SeriesID, from, to fundamentals.Date) (map[store.SeriesID]*market.Closes, error) {
	read := map[store.SeriesID]*market.Closes{}
	var c *market.Closes // of the series that is being read
	id := store.SeriesID(0)
	// A year has about 252 closes, and many series have no more than two of the years.
	room := min(int(to-from)*252/365+8, 2*252)
	err := t.db.Closes(ctx, ids, from, to, t.opts.UpTo, func(day store.Closing) error {
		if c == nil || day.Series != id {
			if c, id = read[day.Series], day.Series; c == nil {
				c = &market.Closes{
					Days: make([]fundamentals.Date, 0, room), Close: make([]float64, 0, room), Volume: make([]float64, 0, room), Given: make([]bool, 0, room),
				}
				read[id] = c
			}
		}
		c.Days, c.Close = append(c.Days, day.Day), append(c.Close, day.Close)
		c.Volume, c.Given = append(c.Volume, day.Volume), append(c.Given, day.HasVolume)
		return nil
	})
	return read, err
}
