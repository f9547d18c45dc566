package store

import (
	"cmp"
	"database/sql"
	"database/sql/driver"
	"errors"
	"slices"

	"assay/fundamentals"
)

// fact is a fact in the codes of its table.
type fact struct {
	tag, unit  int64
	end, start fundamentals.Date
	filing     int64
	value      float64
	// hash of tag, unit and filing; completed when the row turns out to be new
	hash      sum
	overrules int32 // batches
	filed     fundamentals.Date
}

func (f *fact) content() sum {
	return f.hash.mix(uint64(uint32(f.start))<<32 | uint64(uint32(f.end))).mixFloat(f.value).done()
}

func compareFacts(a, b fact) int {
	return cmp.Or(cmp.Compare(a.tag, b.tag), cmp.Compare(a.unit, b.unit), compareInRun(a, b))
}

// compareInRun compares facts of one tag and unit. It returns early: cmp.Or works out
// all that it is given.
func compareInRun(a, b fact) int {
	switch {
	case a.end != b.end:
		return cmp.Compare(a.end, b.end)
	case a.start != b.start:
		return cmp.Compare(a.start, b.start)
	case a.filing != b.filing:
		return cmp.Compare(a.filing, b.filing)
	}
	return cmp.Compare(a.value, b.value)
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
		n := t.taken.New // the filing is no row of the file
		filing, err := t.ids.filing(t, fundamentals.Filing{Company: rows.Company, Accession: f.Accession, Form: f.Form, Filed: f.Filed})
		t.taken.New = n
		if err != nil {
			return err
		}
		t.facts = append(t.facts, fact{tag: tag.id, unit: unit.id, end: f.End, start: f.Start, filing: filing.id,
			value: f.Value + 0, // no -0
			hash:  filing.hash.mixSum(tag.hash).mixSum(unit.hash), filed: f.Filed})
	}
	if len(t.facts) >= flushAt {
		return t.flushFacts()
	}
	return nil
}

var factRows = newBulk("fact", []string{"company", "batch"}, []string{"tag", "unit", `"end"`, "start", "filing", "value"})

// flushFacts writes the facts that are held.
func (t *taker) flushFacts() error {
	if len(t.facts) == 0 {
		return nil
	}
	t.sortFacts()
	t.facts = slices.CompactFunc(t.facts, func(a, b fact) bool { return a.filing == b.filing && compareFacts(a, b) == 0 })
	known := true
	err := t.row(`SELECT 1 FROM fact WHERE company = ? LIMIT 1`, t.company).Scan(new(int))
	if errors.Is(err, sql.ErrNoRows) {
		known, err = false, nil
	}
	if err == nil && known {
		err = t.dropSaidFacts()
	}
	var open []openRounded
	if err == nil {
		open, err = t.open(t.company)
	}
	if err == nil {
		err = t.appendFacts()
	}
	if err == nil {
		err = t.cover(open)
	}
	t.facts = t.facts[:0]
	t.stated = nil // it may be of these
	return err
}

// sortFacts puts the facts that are held into the order of the table's key. They
// come in runs of one tag and unit, most of them almost in order: a run is sorted by
// itself, and the runs among each other.
func (t *taker) sortFacts() {
	runs := groups(t.facts, func(a, b fact) bool { return a.tag == b.tag && a.unit == b.unit })
	slices.SortFunc(runs, func(a, b []fact) int {
		return cmp.Or(cmp.Compare(a[0].tag, b[0].tag), cmp.Compare(a[0].unit, b[0].unit))
	})
	t.spare = t.spare[:0]
	for i, run := range runs {
		if i > 0 && run[0].tag == runs[i-1][0].tag && run[0].unit == runs[i-1][0].unit { // the file comes back to it
			slices.SortFunc(t.facts, compareFacts)
			return
		}
		slices.SortFunc(run, compareInRun)
		t.spare = append(t.spare, run...)
	}
	t.facts, t.spare = t.spare, t.facts
}

// appendFacts writes the facts that are held, all of them new.
func (t *taker) appendFacts() error {
	box := &t.ids.boxes
	value := driver.Value(0.0) // of the fact before: later filings repeat what earlier ones say
	err := insertAll(t, factRows, []driver.Value{int64(t.company), int64(t.batch)}, t.facts, func(places []driver.NamedValue, f *fact) {
		_ = places[5]
		if value.(float64) != f.value {
			value = f.value
		}
		places[0].Value, places[1].Value, places[2].Value = box.of(f.tag), box.of(f.unit), box.of(int64(f.end))
		places[3].Value, places[4].Value, places[5].Value = box.of(int64(f.start)), box.of(f.filing), value
	})
	if err != nil || len(t.facts) == 0 {
		return err
	}
	c, first := t.changeOf(t.company), never
	for i := range t.facts {
		h := t.facts[i].content()
		t.added(h)
		c.content.add(h)
		t.overrule(t.company, c, h, int(t.facts[i].overrules))
		first = min(first, t.facts[i].filed)
	}
	c.facts += len(t.facts)
	t.ofFiling(t.company, first, len(t.facts))
	return nil
}

// statement is what a filing says under the key of a fact: an accession may
// stand in more than one row of filings, with another form or day.
type statement struct {
	filing int // the first of those with the same form and day
	value  float64
}

func larger(a, b statement) bool { return a.filing == b.filing && a.value > b.value }

// dropSaidFacts leaves of the facts held those that are to be stored.
func (t *taker) dropSaidFacts() error {
	accessions, same, err := t.filingNumbers()
	if err != nil {
		return err
	}
	stored, err := query(t.ctx, t.tx, func(r *sql.Rows, f *storedFact) error {
		return r.Scan(&f.tag, &f.unit, &f.end, &f.start, &f.filing, &f.value, &f.batch)
	}, `SELECT tag, unit, "end", start, filing, value, batch FROM fact WHERE company = ? AND tag BETWEEN ? AND ? ORDER BY tag, unit, "end", start`,
		t.company, t.facts[0].tag, t.facts[len(t.facts)-1].tag)
	if err != nil {
		return err
	}
	kept := t.facts[:0]
	var words said[statement]
	for _, held := range groups(t.facts, func(a, b fact) bool { return a.compareKey(b.key()) == 0 && a.filing == b.filing }) {
		for len(stored) > 0 && held[0].compareKey(stored[0].key()) > 0 {
			stored = stored[1:]
		}
		words = words[:0]
		for _, s := range stored {
			if held[0].compareKey(s.key()) != 0 {
				break
			}
			if accessions[s.filing] == accessions[held[0].filing] {
				words = append(words, word[statement]{statement{same[s.filing], s.value}, fundamentals.Batch(s.batch)})
			}
		}
		said := func(f fact) statement { return statement{same[f.filing], f.value} }
		latest, n := words.before(t.batch)
		if words.wins(said(held[len(held)-1]), latest, larger) {
			continue
		}
		for _, f := range held {
			if !words.has(said(f), t.batch) {
				f.overrules = int32(n)
				kept = append(kept, f)
			}
		}
	}
	t.facts = kept
	return nil
}

// factKey is the key of a fact without its filing.
type factKey struct{ tag, unit, end, start int64 }

func (f *fact) key() factKey       { return factKey{f.tag, f.unit, int64(f.end), int64(f.start)} }
func (f *storedFact) key() factKey { return factKey{f.tag, f.unit, f.end, f.start} }

func (f *fact) compareKey(k factKey) int {
	return cmp.Or(cmp.Compare(f.tag, k.tag), cmp.Compare(f.unit, k.unit), cmp.Compare(int64(f.end), k.end), cmp.Compare(int64(f.start), k.start))
}

// filingNumbers numbers the filings of the company whose facts are held: equal
// numbers for rows of one accession, and for those with one form and day too.
func (t *taker) filingNumbers() (accessions, same map[int64]int, err error) {
	type row struct {
		id, form, filed int64
		accession       string
	}
	rows, err := query(t.ctx, t.tx, func(r *sql.Rows, f *row) error { return r.Scan(&f.id, &f.accession, &f.form, &f.filed) },
		`SELECT id, accession, form, filed FROM filing WHERE company = ? ORDER BY accession, form, filed, batch`, t.company)
	accessions, same = make(map[int64]int, len(rows)), make(map[int64]int, len(rows))
	for i, f := range rows {
		accessions[f.id], same[f.id] = i, i
		if i == 0 || rows[i-1].accession != f.accession {
			continue
		}
		before := rows[i-1]
		accessions[f.id] = accessions[before.id]
		if before.form == f.form && before.filed == f.filed {
			same[f.id] = same[before.id]
		}
	}
	return accessions, same, err
}
