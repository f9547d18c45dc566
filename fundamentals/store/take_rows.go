package store

import (
	"database/sql"
	"errors"
	"strconv"

	"assay/fundamentals"
)

func (t *taker) companies(rows *fundamentals.Rows) error {
	for _, c := range rows.Companies {
		if err := t.companyRow(c.CIK); err != nil {
			return err
		}
		if c.Name == "" {
			continue
		}
		h := hashText("company_name", c.CIK.String(), t.source, c.Name)
		if err := t.put(h, `SELECT count(DISTINCT batch) FROM company_name WHERE cik = ? AND source = ? AND batch < ?`, []any{c.CIK, t.source, t.batch},
			`INSERT INTO company_name (cik, source, name, batch) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, c.CIK, t.source, c.Name, t.batch); err != nil {
			return err
		}
	}
	return nil
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

// filing finds the row of a filing, or makes it.
func (t *taker) filing(f fundamentals.Filing, form int64, h sum) (id int64, err error) {
	err = t.row(`SELECT id FROM filing WHERE company = ? AND accession = ? AND form = ? AND filed = ?`, f.Company, f.Accession, form, f.Filed).Scan(&id)
	if !errors.Is(err, sql.ErrNoRows) {
		return id, err
	}
	n, err := t.rank(`SELECT count(DISTINCT batch) FROM filing WHERE company = ? AND accession = ? AND batch < ?`, f.Company, f.Accession, t.batch)
	if err != nil {
		return 0, err
	}
	result, err := t.exec(`INSERT INTO filing (company, accession, form, filed, batch) VALUES (?, ?, ?, ?, ?)`, f.Company, f.Accession, form, f.Filed, t.batch)
	if err != nil {
		return 0, err
	}
	t.filingAdded(f.Company, h, n)
	return result.LastInsertId()
}

func (t *taker) filingAdded(cik fundamentals.CIK, h sum, rank int) {
	c := t.addedTo(cik, h)
	c.filings++
	if rank > 0 {
		mark := h.overruling(rank)
		t.content.add(mark)
		c.content.add(mark)
	}
}

func (t *taker) acceptances(rows *fundamentals.Rows) error {
	for _, a := range rows.Acceptances {
		at := a.At.Unix()
		fresh, err := t.insert(`INSERT INTO filing_accepted (company, accession, accepted, batch) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, a.Company, a.Accession, at, t.batch)
		if err != nil {
			return err
		}
		if !fresh {
			continue
		}
		n, err := t.rank(`SELECT count(DISTINCT batch) FROM filing_accepted WHERE company = ? AND accession = ? AND batch < ?`, a.Company, a.Accession, t.batch)
		if err != nil {
			return err
		}
		t.filingAdded(a.Company, hashText("filing_accepted", a.Company.String(), a.Accession, strconv.FormatInt(at, 10)), n)
	}
	return nil
}

func (t *taker) securities(rows *fundamentals.Rows) error {
	for _, s := range rows.Securities {
		if s.CIK != 0 {
			if err := t.companyRow(s.CIK); err != nil {
				return err
			}
		}
		h := hashText("security", t.source, s.Ticker, s.CIK.String(), s.From.String(), s.To.String(), s.Name, s.Exchange, strconv.Itoa(s.SIC), s.Type)
		if err := t.put(h, `SELECT count(DISTINCT batch) FROM security WHERE source = ? AND ticker = ? AND cik = ? AND valid_from = ? AND batch < ?`,
			[]any{t.source, s.Ticker, s.CIK, s.From, t.batch},
			`INSERT INTO security (source, ticker, cik, valid_from, valid_to, name, exchange, sic, type, batch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			t.source, s.Ticker, s.CIK, s.From, s.To, s.Name, s.Exchange, s.SIC, s.Type, t.batch); err != nil {
			return err
		}
	}
	return nil
}

func (t *taker) splits(rows *fundamentals.Rows) error {
	for _, s := range rows.Splits {
		h := hashText("split", s.Ticker, s.Date.String(), strconv.FormatFloat(s.Ratio, 'g', -1, 64))
		if err := t.put(h, `SELECT count(DISTINCT batch) FROM split WHERE ticker = ? AND day = ? AND batch < ?`, []any{s.Ticker, s.Date, t.batch},
			`INSERT INTO split (ticker, day, ratio, batch) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, s.Ticker, s.Date, s.Ratio, t.batch); err != nil {
			return err
		}
	}
	return nil
}
