package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"assay/fundamentals"
)

// dictionary holds the tags and units by number, for readers.
type dictionary struct {
	tags  map[int64]fundamentals.Tag
	byTag map[fundamentals.Tag]int64
	units map[int64]string
}

// dictionary returns the tags and units, read again if there are more than when
// they were read last: they only ever grow.
func (db *DB) dictionary(ctx context.Context, tx *sql.Tx) (dictionary, error) {
	db.dictMu.Lock()
	defer db.dictMu.Unlock()
	var tags, units int
	if err := tx.QueryRowContext(ctx, `SELECT (SELECT coalesce(max(id), 0) FROM tag), (SELECT coalesce(max(id), 0) FROM unit)`).Scan(&tags, &units); err != nil {
		return dictionary{}, err
	}
	if len(db.dict.tags) == tags && len(db.dict.units) == units {
		return db.dict, nil
	}
	d, err := readDictionary(ctx, tx)
	if err == nil {
		db.dict = d
	}
	return d, err
}

func readDictionary(ctx context.Context, tx *sql.Tx) (dictionary, error) {
	d := dictionary{map[int64]fundamentals.Tag{}, map[fundamentals.Tag]int64{}, map[int64]string{}}
	rows, err := tx.QueryContext(ctx, `SELECT id, taxonomy, name FROM tag UNION ALL SELECT id, NULL, name FROM unit`)
	if err != nil {
		return d, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id int64
		var taxonomy sql.NullString
		var name string
		if err := rows.Scan(&id, &taxonomy, &name); err != nil {
			return d, err
		}
		if taxonomy.Valid {
			d.tags[id] = fundamentals.Tag{Taxonomy: taxonomy.String, Name: name}
			d.byTag[d.tags[id]] = id
		} else {
			d.units[id] = name
		}
	}
	return d, rows.Err()
}

// Facts lists a company's facts by tag, unit, end, start, filed and accession.
// With tags it reads those alone. A filing that states a fact twice counts with
// its latest batch and, in it, its largest value. A fact of a source that rounds its
// period has the dates that its filing gives elsewhere, else those of whole months.
func (db *DB) Facts(ctx context.Context, cik fundamentals.CIK, tags []fundamentals.Tag, upTo fundamentals.Batch) (list []fundamentals.Fact, err error) {
	err = db.viewRaw(ctx, func(ctx context.Context, v rawView) error {
		rows, err := filingRows(ctx, v.Tx, cik, upTo)
		if err == nil {
			list, err = db.facts(ctx, v, nil, cik, rows, tags, upTo)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("facts of company %d: %w", cik, err)
	}
	return list, nil
}

// storedFact is a row of the table, in plain types: Scan is slow with others.
type storedFact struct {
	tag, unit, end, start, filing int64
	value                         float64
	batch                         int64
	order                         int // of its filing among the company's
}

// facts appends facts to a list, given the rows of the company's filings.
func (db *DB) facts(ctx context.Context, v rawView, list []fundamentals.Fact, cik fundamentals.CIK, filings []filingRow, tags []fundamentals.Tag, upTo fundamentals.Batch) ([]fundamentals.Fact, error) {
	names, err := db.dictionary(ctx, v.Tx)
	if err != nil {
		return nil, err
	}
	only := ""
	if tags != nil {
		if only = names.only(tags); only == "" {
			return list, nil
		}
	}
	order := filingOrder(filings)
	held, _ := db.rows.Get().(*[]storedFact)
	if held == nil {
		held = new([]storedFact)
	}
	defer db.rows.Put(held)
	if *held, err = factRowsOf(ctx, v, (*held)[:0], cik, only, upTo, order); err != nil {
		return nil, err
	}
	if *held, err = withRounded(ctx, v, cik, upTo, only, *held, filings, order); err != nil {
		return nil, err
	}
	return names.decode(list, *held, filings), nil
}

// factRowsOf appends a company's rows in the order of the table's key, of tags as
// [dictionary.only] says.
func factRowsOf(ctx context.Context, v rawView, rows []storedFact, cik fundamentals.CIK, only string, upTo fundamentals.Batch, order map[int64]int) ([]storedFact, error) {
	err := v.each(ctx, func(r rawRow) {
		f := storedFact{tag: r.int(0), unit: r.int(1), end: r.int(2), start: r.int(3), filing: r.int(4), value: r.float(5), batch: r.int(6)}
		f.order = order[f.filing]
		rows = append(rows, f)
	}, `SELECT tag, unit, "end", start, filing, value, batch FROM fact WHERE company = ? AND batch <= ?`+only+
		` ORDER BY tag, unit, "end", start, filing, batch, value`, int64(cik), limit(upTo))
	return rows, err
}

// only returns the condition for those of some tags that any fact has, "" where
// none has one. The numbers stand in the text itself, which SQLite reads in a third
// of the time that it takes to bind them.
func (d dictionary) only(tags []fundamentals.Tag) string {
	var list []byte
	for _, t := range tags {
		if id, ok := d.byTag[t]; ok {
			list = strconv.AppendInt(append(list, ", "...), id, 10)
		}
	}
	if len(list) == 0 {
		return ""
	}
	return " AND tag IN (" + string(list[2:]) + ")"
}

// filingOrder puts a company's filing rows in order of filed and accession, and
// returns where each row's number stands in the list.
func filingOrder(rows []filingRow) map[int64]int {
	slices.SortStableFunc(rows, func(a, b filingRow) int {
		return cmp.Or(cmp.Compare(a.Filed, b.Filed), strings.Compare(a.Accession, b.Accession))
	})
	order := make(map[int64]int, len(rows))
	for i, r := range rows {
		order[r.id] = i
	}
	return order
}

// decode turns rows in the order of the table's key into facts in the order of
// names, and appends them to a list. A run of one tag and unit is moved as a whole:
// rows are many, runs few.
func (d dictionary) decode(list []fundamentals.Fact, rows []storedFact, filings []filingRow) []fundamentals.Fact {
	runs := groups(rows, func(a, b storedFact) bool { return a.tag == b.tag && a.unit == b.unit })
	slices.SortFunc(runs, func(a, b []storedFact) int {
		s, t := d.tags[a[0].tag], d.tags[b[0].tag]
		return cmp.Or(strings.Compare(s.Taxonomy, t.Taxonomy), strings.Compare(s.Name, t.Name), strings.Compare(d.units[a[0].unit], d.units[b[0].unit]))
	})
	list = slices.Grow(list, len(rows))
	for _, run := range runs {
		tag, unit := d.tags[run[0].tag], d.units[run[0].unit]
		for len(run) > 0 {
			n := 1
			for n < len(run) && run[n].end == run[0].end && run[n].start == run[0].start {
				n++
			}
			for _, f := range settleFacts(run[:n], filings) {
				g := &filings[f.order]
				list = append(list, fundamentals.Fact{
					Tag: tag, Unit: unit, Start: fundamentals.Date(f.start), End: fundamentals.Date(f.end), Value: f.value,
					Accession: g.Accession, Form: g.Form, Filed: g.Filed,
				})
			}
			run = run[n:]
		}
	}
	return list
}

// settleFacts leaves of the facts of one tag, unit and span one an accession, in
// the order of the filings.
func settleFacts(span []storedFact, filings []filingRow) []storedFact {
	if len(span) == 1 {
		return span
	}
	slices.SortFunc(span, func(a, b storedFact) int {
		return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.batch, b.batch), cmp.Compare(a.value, b.value))
	})
	kept := span[:0]
	for _, f := range span {
		at := slices.IndexFunc(kept, func(k storedFact) bool { return filings[k.order].Accession == filings[f.order].Accession })
		if at < 0 {
			kept = append(kept, f)
			continue
		}
		if f.batch >= kept[at].batch { // later, or of one batch and the larger
			kept = append(slices.Delete(kept, at, at+1), f)
		}
	}
	return kept
}
