package store

import (
	"context"
	"database/sql"
	"fmt"

	"assay/fundamentals"
)

// flushAt bounds the facts and bars that Take holds in memory.
const flushAt = 1 << 17

// Take stores what one file says, in one transaction. Rows that are stored
// already are left out. An error of the sequence, or of the context, leaves the
// database as it was. A file that was taken is remembered ([DB.Ingested]),
// unless remember is false: a file with rejected rows is read again next time,
// so that its faults are told again.
//
// The sequence is asked last whether it ended well, so remember is called after
// it has ended.
func (db *DB) Take(ctx context.Context, batch fundamentals.Batch, file fundamentals.SourceFile, rows fundamentals.RowSeq, remember func() bool) (fundamentals.Taken, error) {
	db.takeMu.Lock()
	defer db.takeMu.Unlock()
	t := &taker{batch: batch, source: file.Kind, file: file.Name, changes: map[fundamentals.CIK]*change{}, overruling: map[fundamentals.CIK]bool{},
		days: days{first: never, filed: map[fundamentals.CIK]fundamentals.Date{}}, facts: db.held[:0], spare: db.spare}
	defer func() { db.held, db.spare = t.facts, t.spare }()
	err := db.updateOn(ctx, func(conn *sql.Conn, tx *sql.Tx) error {
		if db.ids == nil {
			db.ids = newIDs()
		}
		db.ids.forget()
		t.ctx, t.conn, t.tx, t.ids = ctx, conn, tx, db.ids
		for chunk, err := range rows {
			if err == nil {
				err = ctx.Err()
			}
			if err == nil {
				err = t.take(chunk)
			}
			if err != nil {
				return err
			}
		}
		return t.finish(file, remember())
	})
	if err != nil {
		db.ids = nil // they may name rows that were rolled back
		return fundamentals.Taken{}, fmt.Errorf("%s: %w", file.Name, err)
	}
	return t.taken, nil
}

// taker writes one file's rows. Where it writes, or looks for one row, it ignores
// the context's end within a chunk: a context that can end costs a goroutine a
// statement in the driver, and a chunk is short.
type taker struct {
	ctx     context.Context
	conn    *sql.Conn // for insertAll alone
	tx      *sql.Tx
	batch   fundamentals.Batch
	source  string
	file    string // its name
	ids     *ids
	facts   []fact
	spare   []fact           // scratch of sortFacts
	company fundamentals.CIK // whose facts are held
	taken   fundamentals.Taken
	stored  int // rows stored: those of the file, and those that they imply
	days

	content sum
	own     sum // of content, the part of the user's columns
	columns map[fundamentals.UserColumn]int64
	changes map[fundamentals.CIK]*change
	known   map[fundamentals.Series]storedSeries
	stated  *statedFiling // the filing in hand, of rounded facts
	subject subject

	overruling map[fundamentals.CIK]bool // companies of which rows were overruled; 0: rows of none
}

// change is what a file changed of one company.
type change struct {
	facts, filings int
	content        sum
}

func (t *taker) take(rows *fundamentals.Rows) error {
	t.taken.Rows += rows.Len()
	t.subject.add(rows)
	for _, step := range []func(*fundamentals.Rows) error{
		t.companies, t.filings, t.acceptances, t.holdFacts, t.rounded, t.classes, t.securities, t.prices, t.splits,
		t.profiles, t.pastNames, t.filedItems, t.filingLists, t.userValues,
	} {
		if err := step(rows); err != nil {
			return err
		}
	}
	return nil
}

// finish writes what is held and the books: the batch's sums, the companies
// that changed, and the file.
func (t *taker) finish(file fundamentals.SourceFile, remember bool) error {
	if err := t.flushFacts(); err != nil {
		return err
	}
	if err := t.book(); err != nil {
		return err
	}
	if !remember {
		return nil
	}
	_, err := t.exec(`INSERT INTO ingested_file (kind, options, parser, digest, name, size, rows, company, batch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		file.Kind, file.Options, file.Parser, file.Digest, file.Name, file.Size, t.taken.Rows, t.subject.company(), t.batch)
	return err
}

func (t *taker) book() error {
	if t.stored == 0 {
		return nil
	}
	var a, b, ownA, ownB int64
	if err := t.row(`SELECT sum_a, sum_b, user_a, user_b FROM batch WHERE id = ?`, t.batch).Scan(&a, &b, &ownA, &ownB); err != nil {
		return fmt.Errorf("batch %d: %w", t.batch, err)
	}
	total, own := unsigned(a, b), unsigned(ownA, ownB)
	total.add(t.content)
	own.add(t.own)
	a, b = total.signed()
	ownA, ownB = own.signed()
	for cik, c := range t.changes {
		if err := t.bookCompany(cik, c); err != nil {
			return err
		}
	}
	first, settled, err := t.firstDays()
	if err != nil {
		return err
	}
	if _, err := t.exec(`UPDATE batch SET first_day = CASE rows WHEN 0 THEN ?1 ELSE min(first_day, ?1) END,
		settled_day = CASE rows WHEN 0 THEN ?2 ELSE min(settled_day, ?2) END,
		rows = rows + ?3, sum_a = ?4, sum_b = ?5, user_a = ?6, user_b = ?7 WHERE id = ?8`, first, settled, t.stored, a, b, ownA, ownB, t.batch); err != nil {
		return err
	}
	return t.bookOverruling()
}

// companyBatch is what a batch changed of a company.
type companyBatch struct {
	batch   fundamentals.Batch
	facts   int64
	content sum
}

func (t *taker) bookCompany(cik fundamentals.CIK, c *change) error {
	before, err := query(t.ctx, t.tx, func(r *sql.Rows, b *companyBatch) error {
		var sumA, sumB int64
		err := r.Scan(&b.batch, &b.facts, &sumA, &sumB)
		b.content = unsigned(sumA, sumB)
		return err
	}, `SELECT batch, facts, sum_a, sum_b FROM company_change WHERE company = ?`, cik)
	if err != nil {
		return err
	}
	if err := t.unsettle(cik, before); err != nil {
		return err
	}
	total := c.content
	for _, b := range before {
		if b.batch == t.batch {
			total.add(b.content)
		}
	}
	a, b := total.signed()
	_, err = t.exec(`INSERT INTO company_change (company, batch, facts, filings, sum_a, sum_b) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (company, batch) DO UPDATE SET facts = facts + excluded.facts, filings = filings + excluded.filings, sum_a = excluded.sum_a, sum_b = excluded.sum_b`,
		cik, t.batch, c.facts, c.filings, a, b)
	return err
}

// added counts a new row and adds its hash to the content.
func (t *taker) added(h sum) {
	t.taken.New++
	t.implied(h)
}

// implied is added for a row that the file has not, such as the series of a bar.
func (t *taker) implied(h sum) {
	t.stored++
	t.content.add(h)
}

// asOne counts what do stores as one new row at most: that of the file.
func (t *taker) asOne(do func() error) error {
	n := t.taken.New
	err := do()
	t.taken.New = min(t.taken.New, n+1)
	return err
}

// addedTo is added for a row of a company's facts or filings.
func (t *taker) addedTo(cik fundamentals.CIK, h sum) *change {
	t.added(h)
	c := t.changeOf(cik)
	c.content.add(h)
	return c
}

func (t *taker) changeOf(cik fundamentals.CIK) *change {
	c := t.changes[cik]
	if c == nil {
		c = &change{}
		t.changes[cik] = c
	}
	return c
}

// exec runs a statement. It stays prepared: the driver keeps a few dozen of a
// connection (_stmt_cache_size), from one transaction to the next.
func (t *taker) exec(text string, args ...any) (sql.Result, error) {
	return t.tx.Exec(text, args...)
}

// insert runs an INSERT ... ON CONFLICT DO NOTHING and tells whether the row is
// new.
func (t *taker) insert(text string, args ...any) (bool, error) {
	result, err := t.exec(text, args...)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// rank counts the rows that a new row overrules: text counts the batches before
// this one among rows of its key.
func (t *taker) rank(text string, args ...any) (n int, err error) {
	err = t.row(text, args...).Scan(&n)
	return n, err
}

func (t *taker) row(text string, args ...any) *sql.Row {
	return t.tx.QueryRow(text, args...)
}
