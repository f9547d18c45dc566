package store

import (
	"assay/fundamentals"
)

// openRounded is a stored rounded fact that no exact fact of its filing states
// yet, with what it adds to the content.
type openRounded struct {
	fundamentals.RoundedFact
	tag, unit int64
	content   sum
}

// open lists the rounded facts of a company that readers see.
func (t *taker) open(company fundamentals.CIK) ([]openRounded, error) {
	list, err := t.roundedOf(company)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	facts, err := t.exactOf(company, list)
	if err != nil {
		return nil, err
	}
	var kept []openRounded
	for _, r := range list {
		if _, _, found := facts[r.Accession].states(r.tag, r.unit, &r.RoundedFact); !found {
			kept = append(kept, r)
		}
	}
	return kept, nil
}

// exactOf reads what the filings of rounded facts state exactly.
func (t *taker) exactOf(company fundamentals.CIK, list []openRounded) (map[string]*statedFacts, error) {
	accessions, err := t.accessions(company)
	if err != nil {
		return nil, err
	}
	facts := map[string]*statedFacts{}
	for _, r := range list {
		facts[r.Accession] = &statedFacts{}
	}
	rows, err := t.tx.QueryContext(t.ctx, `SELECT tag, unit, "end", start, filing, value FROM fact WHERE company = ?`, company)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var f storedFact
		if err := rows.Scan(&f.tag, &f.unit, &f.end, &f.start, &f.filing, &f.value); err != nil {
			return nil, err
		}
		if s := facts[accessions[f.filing]]; s != nil {
			s.add(f)
		}
	}
	return facts, rows.Err()
}

func (t *taker) roundedOf(company fundamentals.CIK) (list []openRounded, err error) {
	rows, err := t.tx.QueryContext(t.ctx, `SELECT r.tag, r.unit, r."end", r.quarters, r.value, t.taxonomy, t.name, u.name, g.accession, o.name, g.filed,
			(SELECT count(DISTINCT e.batch) FROM rounded_fact e WHERE e.company = r.company AND e.tag = r.tag AND e.unit = r.unit AND e."end" = r."end"
				AND e.quarters = r.quarters AND e.filing = r.filing AND e.batch < r.batch)
		FROM rounded_fact r JOIN tag t ON t.id = r.tag JOIN unit u ON u.id = r.unit JOIN filing g ON g.id = r.filing JOIN form o ON o.id = g.form
		WHERE r.company = ?`, company)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var r openRounded
		var rank int
		if err := rows.Scan(&r.tag, &r.unit, &r.End, &r.Quarters, &r.Value, &r.Tag.Taxonomy, &r.Tag.Name, &r.Unit, &r.Accession, &r.Form, &r.Filed, &rank); err != nil {
			return nil, err
		}
		filing := fundamentals.Filing{Company: company, Accession: r.Accession, Form: r.Form, Filed: r.Filed}
		h := hashRounded(hashFiling(filing), hashTag(r.Tag), hashText("unit", r.Unit), &r.RoundedFact)
		r.content = h
		if rank > 0 {
			r.content.add(h.overruling(rank))
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

// cover takes those rounded facts out of the content that the facts in hand
// state: readers pass over them from now on, as if they had come second and had
// not been stored.
func (t *taker) cover(open []openRounded) error {
	if len(open) == 0 {
		return nil
	}
	accessions, err := t.accessions(t.company)
	if err != nil {
		return err
	}
	stated := map[string]*statedFacts{}
	for _, r := range open {
		stated[r.Accession] = &statedFacts{}
	}
	for i := range t.facts {
		f := &t.facts[i]
		if s := stated[accessions[f.filing]]; s != nil {
			s.add(storedFact{tag: f.tag, unit: f.unit, end: int64(f.end), start: int64(f.start), value: f.value})
		}
	}
	for i := range open {
		r := &open[i]
		stored, same, found := stated[r.Accession].states(r.tag, r.unit, &r.RoundedFact)
		if !found {
			continue
		}
		if !same {
			t.disagree(fundamentals.Disagreement{RoundedFact: r.RoundedFact, Stored: stored})
		}
		c := t.changeOf(t.company)
		c.facts--
		c.content.take(r.content)
		t.content.take(r.content)
	}
	return nil
}

// accessions names the filings of a company by number.
func (t *taker) accessions(company fundamentals.CIK) (map[int64]string, error) {
	rows, err := t.tx.QueryContext(t.ctx, `SELECT id, accession FROM filing WHERE company = ?`, company)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	list := map[int64]string{}
	for rows.Next() {
		var id int64
		var accession string
		if err := rows.Scan(&id, &accession); err != nil {
			return nil, err
		}
		list[id] = accession
	}
	return list, rows.Err()
}
