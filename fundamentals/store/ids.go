package store

import (
	"database/sql"
	"errors"

	"assay/fundamentals"
)

// coded is a dictionary entry: its number, and the hash of what it stands for.
type coded struct {
	id   int64
	hash sum
}

// ids caches dictionary numbers between files. It is dropped whenever a
// transaction fails, for it may then name rows that are not there.
type ids struct {
	boxes   boxes
	tags    map[fundamentals.Tag]coded
	units   map[string]coded
	forms   map[string]coded
	filings map[fundamentals.Filing]coded // of the company in hand
	met     map[string]filingWord         // the last of them for each accession: a look-up in it costs less
	fresh   bool                          // of the company no filing was stored before this file

	lastTag    fundamentals.Tag // facts come in runs of one tag and unit
	lastTagID  coded
	lastUnit   string
	lastUnitID coded
	company    fundamentals.CIK
}

func newIDs() *ids {
	return &ids{
		tags: map[fundamentals.Tag]coded{}, units: map[string]coded{}, forms: map[string]coded{},
		filings: map[fundamentals.Filing]coded{}, met: map[string]filingWord{},
	}
}

// filingWord is what a file says of an accession.
type filingWord struct {
	form  string
	filed fundamentals.Date
	coded
}

// forget drops the filings: another batch may overrule them.
func (c *ids) forget() {
	clear(c.filings)
	clear(c.met)
	c.company, c.fresh = 0, false
}

func (c *ids) tag(t *taker, tag fundamentals.Tag) (coded, error) {
	if c.lastTagID.id != 0 && tag == c.lastTag {
		return c.lastTagID, nil
	}
	entry, ok := c.tags[tag]
	if !ok {
		id, err := t.number(`SELECT id FROM tag WHERE taxonomy = ? AND name = ?`, `INSERT INTO tag (taxonomy, name) VALUES (?, ?)`, tag.Taxonomy, tag.Name)
		if err != nil {
			return coded{}, err
		}
		entry = coded{id, hashTag(tag)}
		c.tags[tag] = entry
	}
	c.lastTag, c.lastTagID = tag, entry
	return entry, nil
}

func (c *ids) unit(t *taker, unit string) (coded, error) {
	if c.lastUnitID.id != 0 && unit == c.lastUnit {
		return c.lastUnitID, nil
	}
	entry, ok := c.units[unit]
	if !ok {
		id, err := t.number(`SELECT id FROM unit WHERE name = ?`, `INSERT INTO unit (name) VALUES (?)`, unit)
		if err != nil {
			return coded{}, err
		}
		entry = coded{id, hashText("unit", unit)}
		c.units[unit] = entry
	}
	c.lastUnit, c.lastUnitID = unit, entry
	return entry, nil
}

func (c *ids) form(t *taker, form string) (coded, error) {
	entry, ok := c.forms[form]
	if !ok {
		id, err := t.number(`SELECT id FROM form WHERE name = ?`, `INSERT INTO form (name) VALUES (?)`, form)
		if err != nil {
			return coded{}, err
		}
		entry = coded{id: id}
		c.forms[form] = entry
	}
	return entry, nil
}

// filing returns the number of a filing's row, which it makes if there is none.
func (c *ids) filing(t *taker, f fundamentals.Filing) (coded, error) {
	if f.Company == c.company {
		if w := c.met[f.Accession]; w.id != 0 && w.form == f.Form && w.filed == f.Filed {
			return w.coded, nil
		}
	} else {
		c.forget()
		err := t.row(`SELECT NOT EXISTS (SELECT 1 FROM filing WHERE company = ?)`, f.Company).Scan(&c.fresh)
		if err != nil {
			return coded{}, err
		}
		c.company = f.Company
	}
	f.KnownOn, f.Items = 0, ""
	entry, ok := c.filings[f]
	if !ok {
		form, err := c.form(t, f.Form)
		if err != nil {
			return coded{}, err
		}
		entry.hash = hashFiling(f)
		if entry.id, err = t.filing(f, form.id, entry.hash); err != nil {
			return coded{}, err
		}
		c.filings[f] = entry
	}
	c.met[f.Accession] = filingWord{f.Form, f.Filed, entry}
	return entry, nil
}

// number finds a dictionary entry, or makes it.
func (t *taker) number(find, add string, args ...any) (id int64, err error) {
	err = t.row(find, args...).Scan(&id)
	if !errors.Is(err, sql.ErrNoRows) {
		return id, err
	}
	result, err := t.exec(add, args...)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

func hashTag(tag fundamentals.Tag) sum { return hashText("tag", tag.Taxonomy, tag.Name) }

func hashFiling(f fundamentals.Filing) sum {
	return hashText("filing", f.Company.String(), f.Accession, f.Form, f.Filed.String())
}
