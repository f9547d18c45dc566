package store

import (
	"slices"
	"strings"

	"assay/fundamentals"
)

// maxDisagreements is how many disagreements of one file are listed; all are
// counted.
const maxDisagreements = 20

// quickly is keyed with the statement for where there is nothing to overrule.
type quickly struct {
	keyed
	first string
}

func newQuickly(table string, key []string, value string) quickly {
	columns := append(slices.Clone(key), value)
	return quickly{newKeyed(table, key, []string{value}), "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ", batch) VALUES (?" +
		strings.Repeat(", ?", len(columns)) + ") ON CONFLICT DO NOTHING"}
}

var (
	roundedRows = newQuickly("rounded_fact", []string{"company", "tag", "unit", `"end"`, "quarters", "filing"}, "value")
	classRows   = newQuickly("share_class", []string{"company", "tag", "member", "day", "filing"}, "shares")
)

// statedFiling is what the table fact has of one filing.
type statedFiling struct {
	company   fundamentals.CIK
	accession string
	filing    coded
	filed     fundamentals.Date
	facts     statedFacts
	earlier   bool // batches speak of the company
}

// rounded stores those rounded facts that no fact of the same filing states.
func (t *taker) rounded(rows *fundamentals.Rows) error {
	if len(rows.Rounded) == 0 {
		return nil
	}
	if err := t.flushFacts(); err != nil { // they may state the same
		return err
	}
	for i := range rows.Rounded {
		f := &rows.Rounded[i]
		s, err := t.statedOf(rows.Company, f.Accession, f.Form, f.Filed)
		if err != nil {
			return err
		}
		tag, err := t.ids.tag(t, f.Tag)
		if err != nil {
			return err
		}
		unit, err := t.ids.unit(t, f.Unit)
		if err != nil {
			return err
		}
		stored, same, found := s.facts.states(tag.id, unit.id, f)
		switch {
		case same:
			t.taken.Equal++
		case found:
			t.disagree(fundamentals.Disagreement{RoundedFact: *f, Stored: stored})
		default:
			if err := t.roundedFact(s, f, tag, unit); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *taker) disagree(d fundamentals.Disagreement) {
	t.taken.Disagreed++
	if len(t.taken.Disagreements) < maxDisagreements {
		t.taken.Disagreements = append(t.taken.Disagreements, d)
	}
}

func (t *taker) roundedFact(s *statedFiling, f *fundamentals.RoundedFact, tag, unit coded) error {
	args := []any{int64(s.company), tag.id, unit.id, int64(f.End), f.Quarters, s.filing.id, f.Value + 0} // no -0
	fresh, n, err := t.sayOf(s, roundedRows, args...)
	if err != nil || !fresh {
		return err
	}
	h := hashRounded(s.filing.hash, tag.hash, unit.hash, f)
	c := t.addedTo(s.company, h)
	c.facts++
	t.overrule(s.company, c, h, n)
	t.ofFiling(s.company, s.filed, 1)
	return nil
}

// sayOf is say for a row of a filing; of a company that no earlier batch speaks
// of there is nothing to overrule, and then it is quick.
func (t *taker) sayOf(s *statedFiling, k quickly, args ...any) (fresh bool, overrules int, err error) {
	if s.earlier {
		return t.say(k.keyed, args...)
	}
	fresh, err = t.insert(k.first, append(args, int64(t.batch))...)
	return fresh, 0, err
}

func hashRounded(filing, tag, unit sum, f *fundamentals.RoundedFact) sum {
	const salt = 0x726F756E646564 // no row of the table fact has the same hash
	return filing.mixSum(tag).mixSum(unit).mix(salt).mix(uint64(f.Quarters)<<32 | uint64(uint32(f.End))).mixFloat(f.Value + 0).done()
}

// statedOf returns what is stored of a filing. A filing that is known keeps the
// form and the day of filing that it is known by.
func (t *taker) statedOf(company fundamentals.CIK, accession, form string, filed fundamentals.Date) (*statedFiling, error) {
	if s := t.stated; s != nil && s.company == company && s.accession == accession {
		return s, nil
	}
	s := &statedFiling{company: company, accession: accession}
	f := fundamentals.Filing{Company: company, Accession: accession, Form: form, Filed: filed}
	known, err := t.knownFilings(f)
	if err != nil {
		return nil, err
	}
	if len(known) > 0 {
		f.Form, f.Filed = known[len(known)-1].Form, known[len(known)-1].Filed
	}
	s.filed = f.Filed
	n := t.taken.New // the filing is no row of the file
	if s.filing, err = t.ids.filing(t, f); err != nil {
		return nil, err
	}
	t.taken.New = n
	if len(known) > 0 {
		if s.facts, err = t.factsOf(f); err != nil {
			return nil, err
		}
	}
	if err := t.row(`SELECT EXISTS (SELECT 1 FROM company_change WHERE company = ? AND batch < ?)`, company, t.batch).Scan(&s.earlier); err != nil {
		return nil, err
	}
	t.stated = s
	return s, nil
}

// knownFilings lists the rows of an accession, the one that counts last.
func (t *taker) knownFilings(f fundamentals.Filing) (list []fundamentals.Filing, err error) {
	rows, err := t.tx.QueryContext(t.ctx, `SELECT o.name, g.filed FROM filing g JOIN form o ON o.id = g.form WHERE g.company = ? AND g.accession = ? ORDER BY g.batch, g.filed, o.name`, f.Company, f.Accession)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := rows.Scan(&f.Form, &f.Filed); err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, rows.Err()
}

// factsOf reads the facts of a filing.
func (t *taker) factsOf(f fundamentals.Filing) (statedFacts, error) {
	rows, err := t.tx.QueryContext(t.ctx, `SELECT tag, unit, "end", start, value FROM fact WHERE company = ? AND filing IN (SELECT id FROM filing WHERE company = ? AND accession = ?) ORDER BY tag, unit, "end", start, batch, value`, f.Company, f.Company, f.Accession)
	if err != nil {
		return statedFacts{}, err
	}
	defer func() { _ = rows.Close() }()
	var facts statedFacts
	for rows.Next() {
		var r storedFact
		if err := rows.Scan(&r.tag, &r.unit, &r.end, &r.start, &r.value); err != nil {
			return statedFacts{}, err
		}
		facts.add(r)
	}
	return facts, rows.Err()
}

// classes stores share counts by class.
func (t *taker) classes(rows *fundamentals.Rows) error {
	for i := range rows.Classes {
		c := &rows.Classes[i]
		s, err := t.statedOf(rows.Company, c.Accession, c.Form, c.Filed)
		if err != nil {
			return err
		}
		tag, err := t.ids.tag(t, c.Tag)
		if err != nil {
			return err
		}
		fresh, n, err := t.sayOf(s, classRows, int64(s.company), tag.id, c.Member, int64(c.Day), s.filing.id, c.Shares+0) // no -0
		if err != nil {
			return err
		}
		if !fresh {
			continue
		}
		h := s.filing.hash.mixSum(tag.hash).mixSum(hashText("share_class", c.Member)).mix(uint64(uint32(c.Day))).mixFloat(c.Shares + 0).done()
		t.overrule(s.company, t.addedTo(s.company, h), h, n)
		t.ofFiling(s.company, s.filed, 1)
	}
	return nil
}
