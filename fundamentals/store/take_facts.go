package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"assay/fundamentals"
)

// fact is a fact in the codes of its table.
type fact struct {
	tag, unit  int64
	end, start fundamentals.Date
	filing     int64
	value      float64
	// hash of tag, unit and filing; completed when the row turns out to be new
	hash sum
}

func (f *fact) content() sum {
	return f.hash.mix(uint64(uint32(f.start))<<32 | uint64(uint32(f.end))).mixFloat(f.value).done()
}

func compareFacts(a, b fact) int {
	return cmp.Or(cmp.Compare(a.tag, b.tag), cmp.Compare(a.unit, b.unit), cmp.Compare(a.end, b.end),
		cmp.Compare(a.start, b.start), cmp.Compare(a.filing, b.filing), cmp.Compare(a.value, b.value))
}

// holdFacts codes facts and holds them until there are enough: written in the
// order of the table's key, pages fill up and the file stays small.
func (t *taker) holdFacts(rows *fundamentals.Rows) error {
	if len(rows.Facts) == 0 {
		return nil
	}
	if rows.Company != t.company {
		if err := t.flushFacts(); err != nil {
			return err
		}
		t.company = rows.Company
	}
	for i := range rows.Facts {
		f := &rows.Facts[i]
		tag, err := t.ids.tag(t, f.Tag)
		if err != nil {
			return err
		}
		unit, err := t.ids.unit(t, f.Unit)
		if err != nil {
			return err
		}
		filing, err := t.ids.filing(t, fundamentals.Filing{Company: rows.Company, Accession: f.Accession, Form: f.Form, Filed: f.Filed})
		if err != nil {
			return err
		}
		t.facts = append(t.facts, fact{tag: tag.id, unit: unit.id, end: f.End, start: f.Start, filing: filing.id,
			value: f.Value + 0, // no -0
			hash:  filing.hash.mixSum(tag.hash).mixSum(unit.hash)})
	}
	if len(t.facts) >= flushAt {
		return t.flushFacts()
	}
	return nil
}

// factRows is the number of facts that one statement inserts.
const factRows = 64

var (
	insertFact  = `INSERT INTO fact (company, tag, unit, "end", start, filing, value, batch) VALUES `
	oneFact     = `(?, ?, ?, ?, ?, ?, ?, ?)`
	manyFacts   = strings.Repeat(oneFact+", ", factRows-1) + oneFact
	ifNew       = ` ON CONFLICT DO NOTHING RETURNING tag, unit, "end", start, filing, value`
	rankOfAFact = `SELECT count(DISTINCT batch) FROM fact WHERE company = ? AND tag = ? AND unit = ? AND "end" = ? AND start = ? AND filing = ? AND batch < ?`
)

// flushFacts writes the facts that are held.
func (t *taker) flushFacts() error {
	if len(t.facts) == 0 {
		return nil
	}
	slices.SortFunc(t.facts, compareFacts)
	t.facts = slices.CompactFunc(t.facts, func(a, b fact) bool { return compareFacts(a, b) == 0 })
	known := true
	err := t.row(`SELECT 1 FROM fact WHERE company = ? LIMIT 1`, t.company).Scan(new(int))
	if errors.Is(err, sql.ErrNoRows) {
		known, err = false, nil
	}
	if err != nil {
		return err
	}
	if known {
		err = t.mergeFacts()
	} else {
		err = t.appendFacts()
	}
	t.facts = t.facts[:0]
	return err
}

// appendFacts writes facts of a company that has none: all are new.
func (t *taker) appendFacts() error {
	args := make([]any, 0, 8*factRows)
	for chunk := range slices.Chunk(t.facts, factRows) {
		text := insertFact + manyFacts
		if len(chunk) < factRows {
			text = insertFact + strings.TrimSuffix(strings.Repeat(oneFact+", ", len(chunk)), ", ")
		}
		if _, err := t.exec(text, t.factArgs(args, chunk)...); err != nil {
			return err
		}
		for i := range chunk {
			t.addedTo(t.company, chunk[i].content()).facts++
		}
	}
	return nil
}

// mergeFacts writes facts of a company that has some; SQLite tells which were
// new.
func (t *taker) mergeFacts() error {
	var earlier bool // batches have facts that new ones may overrule
	if err := t.row(`SELECT EXISTS (SELECT 1 FROM company_change WHERE company = ? AND batch < ? AND facts > 0)`, t.company, t.batch).Scan(&earlier); err != nil {
		return err
	}
	args := make([]any, 0, 8*factRows)
	for chunk := range slices.Chunk(t.facts, factRows) {
		values := manyFacts
		if len(chunk) < factRows {
			values = strings.TrimSuffix(strings.Repeat(oneFact+", ", len(chunk)), ", ")
		}
		s, err := t.stmt(insertFact + values + ifNew)
		if err != nil {
			return err
		}
		fresh, err := scanFacts(s, t.factArgs(args, chunk))
		if err != nil {
			return err
		}
		for _, f := range fresh {
			i, _ := slices.BinarySearchFunc(chunk, f, compareFacts)
			if err := t.mergedFact(&chunk[i], earlier); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *taker) mergedFact(f *fact, earlier bool) error {
	h := f.content()
	t.addedTo(t.company, h).facts++
	if !earlier {
		return nil
	}
	n, err := t.rank(rankOfAFact, t.company, f.tag, f.unit, f.end, f.start, f.filing, t.batch)
	if err == nil && n > 0 {
		mark := h.overruling(n)
		t.content.add(mark)
		t.changes[t.company].content.add(mark)
	}
	return err
}

func scanFacts(s *sql.Stmt, args []any) (list []fact, err error) {
	rows, err := s.QueryContext(context.Background(), args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var f fact
		var end, start int64
		if err := rows.Scan(&f.tag, &f.unit, &end, &start, &f.filing, &f.value); err != nil {
			return nil, err
		}
		f.end, f.start = fundamentals.Date(end), fundamentals.Date(start)
		list = append(list, f)
	}
	return list, rows.Err()
}

func (t *taker) factArgs(args []any, facts []fact) []any {
	args = args[:0]
	for i := range facts {
		f := &facts[i]
		args = append(args, int64(t.company), f.tag, f.unit, int64(f.end), int64(f.start), f.filing, f.value, int64(t.batch))
	}
	return args
}
