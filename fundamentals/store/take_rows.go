package store

import (
	"slices"
	"strconv"

	"assay/fundamentals"
)

var (
	nameRows       = newKeyed("company_name", []string{"cik", "source"}, []string{"name"})
	acceptanceRows = newKeyed("filing_accepted", []string{"company", "accession"}, []string{"accepted"})
	splitRows      = newKeyed("split", []string{"ticker", "day"}, []string{"ratio"})
)

func (t *taker) companies(rows *fundamentals.Rows) error {
	for _, c := range rows.Companies {
		err := t.asOne(func() error {
			return t.ofCompany(c.CIK, func() error { return t.namedCompany(c) })
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *taker) namedCompany(c fundamentals.Company) error {
	if err := t.companyRow(c.CIK); err != nil || c.Name == "" {
		return err
	}
	return t.sayRow(nameRows, c.CIK, hashText("company_name", c.CIK.String(), t.source, c.Name), c.CIK, t.source, c.Name)
}

func (t *taker) companyRow(cik fundamentals.CIK) error {
	return t.put(hashText("company", cik.String()), "", nil,
		`INSERT INTO company (cik, batch) VALUES (?, ?) ON CONFLICT DO NOTHING`, cik, t.batch)
}

// put inserts a row unless it is there. Where rank is given, it is the statement
// that counts the earlier batches of the row's key.
func (t *taker) put(h sum, rank string, rankArgs []any, insert string, args ...any) error {
	fresh, err := t.insert(insert, args...)
	if err != nil || !fresh {
		return err
	}
	t.added(h)
	if rank == "" {
		return nil
	}
	n, err := t.rank(rank, rankArgs...)
	if err == nil && n > 0 {
		t.content.add(h.overruling(n))
	}
	return err
}

func (t *taker) filings(rows *fundamentals.Rows) error {
	for _, f := range rows.Filings {
		if _, err := t.ids.filing(t, f); err != nil {
			return err
		}
	}
	return nil
}

// filing finds the row by which a filing counts, or makes it.
func (t *taker) filing(f fundamentals.Filing, form int64, h sum) (int64, error) {
	if t.ids.fresh {
		return t.newFiling(f, form, h, 0)
	}
	rows, err := t.tx.QueryContext(t.ctx, `SELECT id, form, filed, batch FROM filing WHERE company = ? AND accession = ? ORDER BY batch`, f.Company, f.Accession)
	if err != nil {
		return 0, err
	}
	defer func() { _ = rows.Close() }()
	type formed struct{ form, filed int64 }
	var words said[formed]
	ids := map[word[formed]]int64{}
	for rows.Next() {
		var id int64
		var w word[formed]
		if err := rows.Scan(&id, &w.said.form, &w.said.filed, &w.batch); err != nil {
			return 0, err
		}
		words, ids[w] = append(words, w), id
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	says := formed{form, int64(f.Filed)}
	latest, n := words.before(t.batch)
	for _, batch := range []fundamentals.Batch{latest, t.batch} {
		if id, ok := ids[word[formed]{says, batch}]; ok {
			return id, nil
		}
	}
	return t.newFiling(f, form, h, n)
}

func (t *taker) newFiling(f fundamentals.Filing, form int64, h sum, overrules int) (int64, error) {
	result, err := t.exec(`INSERT INTO filing (company, accession, form, filed, batch) VALUES (?, ?, ?, ?, ?)`, f.Company, f.Accession, form, f.Filed, t.batch)
	if err != nil {
		return 0, err
	}
	t.filingAdded(f.Company, h, overrules)
	if overrules == 0 { // where a filing gets another day, facts that were known move with it
		t.ofFiling(f.Company, f.Filed, 1)
	}
	return result.LastInsertId()
}

func (t *taker) filingAdded(cik fundamentals.CIK, h sum, overrules int) {
	c := t.addedTo(cik, h)
	c.filings++
	t.overrule(cik, c, h, overrules)
}

func (t *taker) acceptances(rows *fundamentals.Rows) error {
	for _, a := range rows.Acceptances {
		at := a.At.Unix()
		if a.ToMinute {
			var said bool
			if err := t.row(`SELECT EXISTS (SELECT 1 FROM filing_accepted WHERE company = ? AND accession = ?)`, a.Company, a.Accession).Scan(&said); err != nil {
				return err
			}
			if said {
				continue
			}
		}
		fresh, n, err := t.say(acceptanceRows, a.Company, a.Accession, at)
		if err != nil {
			return err
		}
		if !fresh {
			continue
		}
		t.filingAdded(a.Company, hashText("filing_accepted", a.Company.String(), a.Accession, strconv.FormatInt(at, 10)), n)
		if err := t.aboutFiling(a.Company, a.Accession, 1); err != nil {
			return err
		}
	}
	return nil
}

func (t *taker) securities(rows *fundamentals.Rows) error {
	for _, s := range rows.Securities {
		err := t.asOne(func() error {
			if s.CIK != 0 {
				if err := t.companyRow(s.CIK); err != nil {
					return err
				}
			}
			return t.security(s)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// security stores a listing, unless the latest earlier word about it says as
// much: who leaves an attribute out does not say that there is none.
func (t *taker) security(s fundamentals.Security) error {
	latest, err := t.listed(s)
	if err != nil || slices.ContainsFunc(latest, func(l fundamentals.Security) bool { return covers(l, s) }) {
		return err
	}
	fresh, err := t.insert(`INSERT INTO security (source, ticker, cik, valid_from, valid_to, name, exchange, sic, type, batch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		t.source, s.Ticker, s.CIK, s.From, s.To, s.Name, s.Exchange, s.SIC, s.Type, t.batch)
	if err != nil || !fresh {
		return err
	}
	h := hashText("security", t.source, s.Ticker, s.CIK.String(), s.From.String(), s.To.String(), s.Name, s.Exchange, strconv.Itoa(s.SIC), s.Type)
	t.added(h)
	n, err := t.rank(`SELECT count(DISTINCT batch) FROM security WHERE source = ? AND ticker = ? AND cik = ? AND valid_from = ? AND batch < ?`,
		t.source, s.Ticker, s.CIK, s.From, t.batch)
	t.overrule(s.CIK, nil, h, n)
	return err
}

// listed returns what the latest earlier batch says of a listing.
func (t *taker) listed(s fundamentals.Security) (list []fundamentals.Security, err error) {
	rows, err := t.tx.QueryContext(t.ctx, `SELECT valid_to, name, exchange, sic, type FROM security WHERE source = ?1 AND ticker = ?2 AND cik = ?3 AND valid_from = ?4
		AND batch = (SELECT max(batch) FROM security WHERE source = ?1 AND ticker = ?2 AND cik = ?3 AND valid_from = ?4 AND batch < ?5)`, t.source, s.Ticker, s.CIK, s.From, t.batch)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := rows.Scan(&s.To, &s.Name, &s.Exchange, &s.SIC, &s.Type); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

// covers reports whether one word about a listing says all that another does.
func covers(a, b fundamentals.Security) bool {
	fill(&b, a)
	return a == b
}

func (t *taker) splits(rows *fundamentals.Rows) error {
	for _, s := range rows.Splits {
		h := hashText("split", s.Ticker, s.Date.String(), strconv.FormatFloat(s.Ratio, 'g', -1, 64))
		if err := t.sayRow(splitRows, 0, h, s.Ticker, s.Date, s.Ratio); err != nil {
			return err
		}
	}
	return nil
}
