package snapshot

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"assay/fundamentals"
	"assay/fundamentals/standard"
	"assay/fundamentals/store"
)

// Refresh standardises anew the companies whose facts changed since their line items
// were packed, and keeps the packs, and those of new closes. What was kept of the days
// before the new filings changed anything stands from then on. Progress may be nil; it is
// told how many of how many companies are done.
func Refresh(ctx context.Context, db *store.DB, progress func(done, total int)) error {
	return refreshPacks(ctx, db, 0, progress)
}

// packBatch is how many packs are written in one transaction.
const packBatch = 32

// tryRefresh is [Refresh] for those who read: where packs cannot be kept, as in a
// database that another program holds or that may not be written to, they are
// built when they are asked for.
func tryRefresh(ctx context.Context, db *store.DB, upTo fundamentals.Batch) error {
	err := refreshPacks(ctx, db, upTo, nil)
	if errors.Is(err, store.ErrNotWritable) {
		return nil
	}
	return err
}

// refreshPacks does nothing for a past batch: what was known then is built
// when it is asked for, and never takes the place of what is known now.
func refreshPacks(ctx context.Context, db *store.DB, upTo fundamentals.Batch, progress func(done, total int)) error {
	if upTo != 0 {
		return nil
	}
	if err := db.PackCloses(ctx); err != nil {
		return err
	}
	stale, err := db.StalePacks(ctx, standard.MapHash(), 0)
	if err != nil || len(stale) == 0 {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	keys := make(chan store.PackKey)
	packs := make(chan packed, packBatch)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(stale)) {
		workers.Go(func() {
			bench := packer{db: db, make: standard.NewPacker(standard.Concepts())}
			for key := range keys {
				packs <- bench.pack(ctx, key)
			}
		})
	}
	go func() {
		defer close(packs)
		defer workers.Wait()
		defer close(keys)
		for _, key := range stale {
			select {
			case keys <- key:
			case <-ctx.Done():
				return
			}
		}
	}()
	err = writePacks(ctx, db, packs, len(stale), progress)
	cancel()
	for range packs { // let the workers end
	}
	return err
}

type packed struct {
	store.Pack
	err error
}

// packer standardises company after company in memory for one.
type packer struct {
	db    *store.DB
	books store.Books
	make  *standard.Packer
}

func (p *packer) pack(ctx context.Context, key store.PackKey) packed {
	old, err := packOf(ctx, p.db, key.CIK)
	if err == nil {
		err = read(ctx, p.db, &p.books, key.CIK, 0)
	}
	if err != nil {
		return packed{err: err}
	}
	fresh := store.Pack{PackKey: key, Content: p.make.Pack(key.CIK, p.books.Facts, p.books.Filings)}
	if old.ConceptMap != key.ConceptMap {
		return packed{Pack: fresh} // other rules read other things in the same facts
	}
	change, err := standard.Changes(standard.Concepts(), old.Content, fresh.Content)
	if err == nil {
		fresh.Instead = old.PackKey
		fresh.ChangesFrom, fresh.SplitsFrom, fresh.NarrowedFrom = change.From, change.Splits, change.Narrowed
	} else if errors.Is(err, standard.ErrPack) {
		err = nil // the old one was damaged: it tells nothing
	}
	return packed{Pack: fresh, err: err}
}

// packOf reads the pack of a company, the zero Pack where there is none.
func packOf(ctx context.Context, db *store.DB, cik fundamentals.CIK) (pack store.Pack, err error) {
	err = db.Packs(ctx, cik, cik, func(p store.Pack) error {
		pack = p
		return nil
	})
	return pack, err
}

func writePacks(ctx context.Context, db *store.DB, packs <-chan packed, total int, progress func(done, total int)) error {
	done := 0
	var batch []store.Pack
	write := func() error {
		if len(batch) == 0 {
			return nil
		}
		if err := db.PutPacks(ctx, batch); err != nil {
			return err
		}
		done += len(batch)
		batch = batch[:0]
		if progress != nil {
			progress(done, total)
		}
		return nil
	}
	for p := range packs {
		if p.err != nil {
			return p.err
		}
		if batch = append(batch, p.Pack); len(batch) == packBatch {
			if err := write(); err != nil {
				return err
			}
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return write()
}

// build standardises one company from its facts.
func build(ctx context.Context, db *store.DB, cik fundamentals.CIK, upTo fundamentals.Batch) (*standard.Company, error) {
	var books store.Books
	if err := read(ctx, db, &books, cik, upTo); err != nil {
		return nil, err
	}
	return standard.Build(standard.Concepts(), cik, books.Facts, books.Filings), nil
}

// read reads what line items are made of.
func read(ctx context.Context, db *store.DB, books *store.Books, cik fundamentals.CIK, upTo fundamentals.Batch) error {
	if err := db.ReadBooks(ctx, books, cik, standard.Concepts().Tags, upTo); err != nil {
		return fmt.Errorf("standardise: %w", err)
	}
	books.Facts = append(books.Facts, standard.SumClasses(books.Facts, books.Classes)...)
	return nil
}
