package store

import (
	"strconv"

	"assay/fundamentals"
)

var (
	profileRows  = newKeyed("company_profile", []string{"company", "source", "known_on"}, []string{"sic", "fiscal_year_end"})
	pastNameRows = newKeyed("company_past_name", []string{"company", "source", "name", "first"}, []string{"last"})
	itemRows     = newKeyed("filing_items", []string{"company", "accession"}, []string{"items"})
)

func (t *taker) profiles(rows *fundamentals.Rows) error {
	for _, p := range rows.Profiles {
		n := t.stored
		h := hashText("company_profile", p.Company.String(), t.source, p.KnownOn.String(), strconv.Itoa(p.SIC), strconv.Itoa(p.FiscalYearEnd))
		if err := t.sayRow(profileRows, p.Company, h, p.Company, t.source, p.KnownOn, p.SIC, p.FiscalYearEnd); err != nil {
			return err
		}
		t.since(p.KnownOn, t.stored-n)
	}
	return nil
}

func (t *taker) pastNames(rows *fundamentals.Rows) error {
	for _, n := range rows.PastNames {
		h := hashText("company_past_name", n.Company.String(), t.source, n.Name, n.From.String(), n.To.String())
		err := t.ofCompany(n.Company, func() error { return t.sayRow(pastNameRows, n.Company, h, n.Company, t.source, n.Name, n.From, n.To) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *taker) filedItems(rows *fundamentals.Rows) error {
	for _, i := range rows.FiledItems {
		n := t.stored
		h := hashText("filing_items", i.Company.String(), i.Accession, i.Items)
		if err := t.sayRow(itemRows, i.Company, h, i.Company, i.Accession, i.Items); err != nil {
			return err
		}
		if t.stored > n {
			if err := t.aboutFiling(i.Company, i.Accession, t.stored-n); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *taker) filingLists(rows *fundamentals.Rows) error {
	for _, l := range rows.FilingLists {
		n := t.stored
		listed, err := t.listedUntil(l)
		if err != nil {
			return err
		}
		if err := t.put(hashText("filing_list", l.Company.String(), t.source, l.From.String(), l.To.String()), "", nil,
			`INSERT INTO filing_list (company, source, first, last, batch) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			l.Company, t.source, l.From, l.To, t.batch); err != nil {
			return err
		}
		t.since(max(l.From, listed+fundamentals.FilingListDays+1), t.stored-n)
	}
	return nil
}
