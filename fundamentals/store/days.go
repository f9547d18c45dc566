package store

import (
	"database/sql"
	"math"
	"time"

	"assay/fundamentals"
)

// The content of a batch counts for tables from the first day on that it can change.
// Of most rows that day stands in the row: they belong to a filing, which nobody
// knew before it was filed. What says from when on it tells is entered in days; a row
// that is not entered there can change all days.

// never is a day after all.
const never = fundamentals.Date(math.MaxInt32)

// days tell from when on the rows of a file count.
type days struct {
	dated   int               // rows of which that is known
	first   fundamentals.Date // the first of their days, but for those of filings
	filed   map[fundamentals.CIK]fundamentals.Date
	pending bool // companies are unsettled
}

// since enters n rows that tell nothing of the days before one.
func (d *days) since(day fundamentals.Date, n int) {
	if n > 0 {
		d.dated, d.first = d.dated+n, min(d.first, day)
	}
}

// ofFiling enters n rows of filings of a company, the first of them filed on a day.
func (d *days) ofFiling(cik fundamentals.CIK, filed fundamentals.Date, n int) {
	if n == 0 {
		return
	}
	d.dated += n
	if day, ok := d.filed[cik]; !ok || filed < day {
		d.filed[cik] = filed
	}
}

// aboutFiling enters n rows that say something of a filing. Where the filing is not
// there they say nothing until it comes.
func (t *taker) aboutFiling(cik fundamentals.CIK, accession string, n int) error {
	if w, ok := t.ids.met[accession]; ok && t.ids.company == cik {
		t.ofFiling(cik, w.filed, n)
		return nil
	}
	var filed fundamentals.Date
	err := t.row(`SELECT coalesce(min(filed), ?) FROM filing WHERE company = ? AND accession = ?`, never, cik, accession).Scan(&filed)
	t.ofFiling(cik, filed, n)
	return err
}

// ofCompany enters the rows that do stores: they show where the company has a row in
// a table, which takes a filing.
func (t *taker) ofCompany(cik fundamentals.CIK, do func() error) error {
	n := t.stored
	if err := do(); err != nil || t.stored == n {
		return err
	}
	var filed fundamentals.Date
	err := t.row(`SELECT coalesce(min(filed), ?) FROM filing WHERE company = ?`, never, cik).Scan(&filed)
	t.ofFiling(cik, filed, t.stored-n)
	return err
}

// overtaken reports whether later batches brought rows already, which happens where
// two processes write. What they change was told beside what this one had by then, so
// they count for all days too.
func (t *taker) overtaken() (bool, error) {
	result, err := t.exec(`UPDATE batch SET first_day = ?, settled_day = ? WHERE id > ? AND rows > 0`, beforeAll, beforeAll, t.batch)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

// listedUntil returns the last day of the lists of filings that begin with a list or
// before it, as far as they are stored.
func (t *taker) listedUntil(l fundamentals.FilingList) (last fundamentals.Date, err error) {
	err = t.row(`SELECT coalesce(max(last), ?) FROM filing_list WHERE company = ? AND first <= ? AND batch <= ?`, beforeAll, l.Company, l.From, t.batch).Scan(&last)
	return last, err
}

// firstDays returns the first day that the file can change, as far as is known by
// now, and when its companies are settled.
func (t *taker) firstDays() (first, settled fundamentals.Date, err error) {
	overtaken, err := t.overtaken()
	if err != nil || overtaken || t.stored > t.dated {
		return beforeAll, beforeAll, err
	}
	settled = t.first
	filed := never
	for _, day := range t.filed {
		filed = min(filed, day)
	}
	if filed < settled {
		known := filed + 1
		for cik, day := range t.filed {
			if day != filed || known == filed {
				continue
			}
			if known, err = t.knownFrom(cik, day); err != nil {
				return beforeAll, beforeAll, err
			}
		}
		settled = min(settled, known)
	}
	if t.pending {
		return beforeAll, settled, nil
	}
	return settled, settled, nil
}

// knownFrom returns the first day from which anything of what a company filed on a
// day was known, by any time of acceptance: that day or the next.
func (t *taker) knownFrom(cik fundamentals.CIK, filed fundamentals.Date) (fundamentals.Date, error) {
	times, err := query(t.ctx, t.tx, func(r *sql.Rows, at *int64) error { return r.Scan(at) },
		`SELECT a.accepted FROM filing g JOIN filing_accepted a ON a.company = g.company AND a.accession = g.accession WHERE g.company = ? AND g.filed = ?`, cik, filed)
	known := filed + 1
	for _, at := range times {
		known = min(known, fundamentals.KnownOn(filed, time.Unix(at, 0)))
	}
	return known, err
}
