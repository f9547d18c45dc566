package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
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
	err = db.viewRaw(ctx, func(tx *sql.Tx, conn *sql.Conn) error {
		list, err = db.facts(ctx, tx, conn, cik, tags, upTo)
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

func (db *DB) facts(ctx context.Context, tx *sql.Tx, conn *sql.Conn, cik fundamentals.CIK, tags []fundamentals.Tag, upTo fundamentals.Batch) ([]fundamentals.Fact, error) {
	names, err := db.dictionary(ctx, tx)
	if err != nil {
		return nil, err
	}
	var known []any
	if tags != nil {
		if known = names.numbers(tags); len(known) == 0 {
			return nil, nil
		}
	}
	filings, order, err := filingOrder(ctx, tx, cik, upTo)
	if err != nil {
		return nil, err
	}
	held, _ := db.rows.Get().(*[]storedFact)
	if held == nil {
		held = new([]storedFact)
	}
	defer db.rows.Put(held)
	if *held, err = factRowsOf(ctx, conn, (*held)[:0], cik, known, upTo, order); err != nil {
		return nil, err
	}
	if *held, err = withRounded(ctx, tx, conn, cik, upTo, known, *held, filings, order); err != nil {
		return nil, err
	}
	return names.decode(*held, filings), nil
}

// factRowsOf appends a company's rows in the order of the table's key; tags are
// numbers of tags, nil for all.
func factRowsOf(ctx context.Context, conn *sql.Conn, rows []storedFact, cik fundamentals.CIK, tags []any, upTo fundamentals.Batch, order map[int64]int) ([]storedFact, error) {
	text, args := `SELECT tag, unit, "end", start, filing, value, batch FROM fact WHERE company = ? AND batch <= ?`, []any{int64(cik), limit(upTo)}
	if tags != nil {
		text += inTags(tags)
		args = append(args, tags...)
	}
	err := eachRow(ctx, conn, func(r rawRow) {
		f := storedFact{tag: r.int(0), unit: r.int(1), end: r.int(2), start: r.int(3), filing: r.int(4), value: r.float(5), batch: r.int(6)}
		f.order = order[f.filing]
		rows = append(rows, f)
	}, text+` ORDER BY tag, unit, "end", start, filing, batch, value`, args...)
	return rows, err
}

func inTags(tags []any) string { return ` AND tag IN (?` + strings.Repeat(", ?", len(tags)-1) + `)` }

// numbers returns the numbers of those tags that any fact has.
func (d dictionary) numbers(tags []fundamentals.Tag) (known []any) {
	for _, t := range tags {
		if id, ok := d.byTag[t]; ok {
			known = append(known, id)
		}
	}
	return known
}

// filingOrder lists a company's filing rows by filed and accession, and where
// each row's number stands in the list.
func filingOrder(ctx context.Context, tx *sql.Tx, cik fundamentals.CIK, upTo fundamentals.Batch) ([]filingRow, map[int64]int, error) {
	rows, err := filingRows(ctx, tx, cik, upTo)
	slices.SortStableFunc(rows, func(a, b filingRow) int {
		return cmp.Or(cmp.Compare(a.Filed, b.Filed), strings.Compare(a.Accession, b.Accession))
	})
	order := make(map[int64]int, len(rows))
	for i, r := range rows {
		order[r.id] = i
	}
	return rows, order, err
}

// decode turns rows in the order of the table's key into facts in the order of
// names. A run of one tag and unit is moved as a whole: rows are many, runs few.
func (d dictionary) decode(rows []storedFact, filings []filingRow) []fundamentals.Fact {
	runs := groups(rows, func(a, b storedFact) bool { return a.tag == b.tag && a.unit == b.unit })
	slices.SortFunc(runs, func(a, b []storedFact) int {
		s, t := d.tags[a[0].tag], d.tags[b[0].tag]
		return cmp.Or(strings.Compare(s.Taxonomy, t.Taxonomy), strings.Compare(s.Name, t.Name), strings.Compare(d.units[a[0].unit], d.units[b[0].unit]))
	})
	list := make([]fundamentals.Fact, 0, len(rows))
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
