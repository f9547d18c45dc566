package snapshot

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"assay/fundamentals"
	"assay/fundamentals/market"
	"assay/fundamentals/standard"
	"assay/fundamentals/store"
)

// state is what columns are computed from. It is loaded when the first column
// that was not kept is asked for.
type state struct {
	*quotes
	companies []company         // by CIK: the rows
	loaded    fundamentals.Date // closes are there from this day on
	ranged    bool              // highs and lows are there
	// ends holds closes near a day before that one, by day and series.
	ends    map[fundamentals.Date]map[*market.Closes]*market.Closes
	indices map[string]*market.Book // by name, those of which there are fresh closes
}

// company is one row.
type company struct {
	listing // the zero listing where none is known
	cik     fundamentals.CIK
	name    string
	view    *standard.View
	class   fundamentals.Classification // the zero one where the SIC code is not known
	splits  []fundamentals.Split        // from the splits file
	book    *market.Book
}

// newCompany returns a row without its view and its prices.
func newCompany(cik fundamentals.CIK, name string, l listing) company {
	class, _ := fundamentals.Classify(l.security.SIC)
	return company{cik: cik, name: name, listing: l, splits: l.splits(), class: class}
}

// load reads the state.
func (t *Table) load(ctx context.Context) error {
	if t.state != nil {
		return nil
	}
	if !t.opts.refreshed {
		if err := tryRefresh(ctx, t.db, t.opts.UpTo); err != nil {
			return err
		}
	}
	q, err := readQuotes(ctx, t.db, t.opts.UpTo)
	if err != nil {
		return err
	}
	s := &state{quotes: q, loaded: t.priced + 1, ends: map[fundamentals.Date]map[*market.Closes]*market.Closes{}}
	profiles, err := t.db.Profiles(ctx, t.asOf, t.opts.UpTo)
	if err != nil {
		return err
	}
	listed := q.listings(t.priced, profiles)
	names, err := t.companyNames(ctx)
	if err != nil {
		return err
	}
	if err := t.closes(ctx, s, t.reach(t.priced)); err != nil {
		return err
	}
	s.indices = t.indices(s.tapes, s.owned)
	m := standard.Concepts()
	rows := func(c *standard.Company) company {
		row := newCompany(c.CIK, names[c.CIK], listed[c.CIK])
		row.view = c.View(m, t.asOf, row.splits)
		if row.view.Anchor != 0 {
			row.book = row.listing.book(t.priced, withFound(m, c, row.splits), nil)
		}
		return row
	}
	if s.companies, err = eachCompany(ctx, t.db, t.opts.UpTo, rows); err != nil {
		return err
	}
	s.companies = slices.DeleteFunc(s.companies, func(c company) bool { return c.view.Anchor == 0 })
	if t.ciks != nil && !sameRows(t.ciks, s.companies) {
		return fmt.Errorf("the kept table has other rows than the data: keep no tables of version %s", version)
	}
	if err := t.unchanged(ctx); err != nil {
		return err
	}
	t.state = s
	return nil
}

// ErrChanged is wrapped by errors of a table whose data changed while it was
// read: the table is of neither the one nor the other.
var ErrChanged = errors.New("the data changed while they were read; run it again")

// unchanged sees to it that what was read is of the version that names the
// table: data come in several reads.
func (t *Table) unchanged(ctx context.Context) error {
	now, err := t.db.DataVersion(ctx, t.opts.UpTo)
	if err == nil && now != t.data {
		err = ErrChanged
	}
	return err
}

func sameRows(ciks []fundamentals.CIK, companies []company) bool {
	if len(ciks) != len(companies) {
		return false
	}
	for i, cik := range ciks {
		if companies[i].cik != cik {
			return false
		}
	}
	return true
}

func (t *Table) companyNames(ctx context.Context) (map[fundamentals.CIK]string, error) {
	list, err := t.db.CompaniesOn(ctx, t.asOf, t.opts.UpTo)
	return namesOf(list), err
}

func namesOf(list []fundamentals.Company) map[fundamentals.CIK]string {
	names := make(map[fundamentals.CIK]string, len(list))
	for _, c := range list {
		names[c.CIK] = c.Name
	}
	return names
}

// eachCompany returns what fn makes of every company with facts up to the batch, by
// CIK: from its pack where that is good for the batch, otherwise built anew. As many
// companies are read at once as there are processors; the caller sees to it that the
// data did not change between the reads.
func eachCompany[T any](ctx context.Context, db *store.DB, upTo fundamentals.Batch, fn func(*standard.Company) T) ([]T, error) {
	keys, err := db.PackKeys(ctx, standard.MapHash(), upTo)
	if err != nil {
		return nil, err
	}
	out := make([]T, len(keys))
	err = inParts(len(keys), func(lo, hi int) error {
		return readCompanies(ctx, db, upTo, keys[lo:hi], unpackToKeep, func(i int, c *standard.Company) { out[lo+i] = fn(c) })
	})
	return out, err
}

// inParts cuts n things into as many parts as there are processors and calls fn for
// each part at once with the others.
func inParts(n int, fn func(lo, hi int) error) error {
	workers := runtime.GOMAXPROCS(0)
	errs := make([]error, workers)
	var wg sync.WaitGroup
	for i := range workers {
		lo, hi := i*n/workers, (i+1)*n/workers
		if lo == hi {
			continue
		}
		wg.Go(func() { errs[i] = fn(lo, hi) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

// together does several things at once, and returns the error of the first that fails.
func together(things ...func() error) error {
	errs := make([]error, len(things))
	var wg sync.WaitGroup
	for i, do := range things {
		wg.Go(func() { errs[i] = do() })
	}
	wg.Wait()
	return cmp.Or(errs...)
}

// eachAtOnce calls fn for each of n things, as many at once as there are processors,
// until one fails.
func eachAtOnce(n int, fn func(i int) error) error {
	var next atomic.Int64
	var failed atomic.Bool
	return inParts(min(n, runtime.GOMAXPROCS(0)), func(int, int) error {
		for i := int(next.Add(1)) - 1; i < n && !failed.Load(); i = int(next.Add(1)) - 1 {
			if err := fn(i); err != nil {
				failed.Store(true)
				return err
			}
		}
		return nil
	})
}

// unpacker is [unpackToKeep], or that of an arena.
type unpacker = func(*standard.Map, []byte) (*standard.Company, error)

// unpackToKeep is [standard.Unpack] of what is there for a moment only.
func unpackToKeep(m *standard.Map, content []byte) (*standard.Company, error) {
	return standard.Unpack(m, bytes.Clone(content))
}

// readCompanies calls fn for the company of each key. What an arena unpacked is good
// until fn returns.
func readCompanies(ctx context.Context, db *store.DB, upTo fundamentals.Batch, keys []store.PackKey, unpack unpacker, fn func(int, *standard.Company)) error {
	next := 0
	// upToCIK builds those before a company, whose packs are not good.
	upToCIK := func(cik fundamentals.CIK) error {
		for next < len(keys) && keys[next].CIK < cik {
			c, err := build(ctx, db, keys[next].CIK, upTo)
			if err != nil {
				return err
			}
			fn(next, c)
			next++
		}
		return nil
	}
	m := standard.Concepts()
	err := db.Packs(ctx, keys[0].CIK, keys[len(keys)-1].CIK, func(p store.Pack) error {
		if err := upToCIK(p.CIK); err != nil || next == len(keys) || keys[next] != p.PackKey {
			return err
		}
		c, err := unpack(m, p.Content)
		if errors.Is(err, standard.ErrPack) { // a cache that was damaged: the facts are there
			c, err = build(ctx, db, p.CIK, upTo)
		}
		if err != nil {
			return err
		}
		fn(next, c)
		next++
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	return upToCIK(1 << 62)
}

// always is a day after all filings.
const always = fundamentals.Date(1 << 30)

// withFound adds to the splits of the file those that the filings show. Prices
// take them from the day on which the new basis was known, as the share count
// does, so that the two stand on one basis on every day. The splits that came
// after the table's date are needed too: they undo what the maker of an adjusted
// price file did, and change nothing else.
func withFound(m *standard.Map, c *standard.Company, listed []fundamentals.Split) []fundamentals.Split {
	all := slices.Clone(listed)
	for _, s := range c.Unlisted(c.Splits(m, always), listed) {
		all = append(all, fundamentals.Split{Date: c.Filings[s.New].KnownOn, Ratio: s.Ratio})
	}
	slices.SortStableFunc(all, func(a, b fundamentals.Split) int { return cmp.Compare(a.Date, b.Date) })
	return all
}
