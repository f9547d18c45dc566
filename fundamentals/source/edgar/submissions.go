package edgar

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/source"
)

// Submissions is the kind of EDGAR's submissions files: a company's name, SIC,
// listings, and its filings with the times at which they were accepted.
// Ownership reports (forms 3, 4, 5 and 144) say nothing of a company's business
// and are left out.
func Submissions() source.Kind {
	return source.Kind{
		Name:    "submissions",
		About:   "EDGAR submissions: CIK##########.json, the CIK##########-submissions-###.json beside it, a folder of them, or submissions.zip",
		Parser:  1,
		Accepts: func(base string) bool { return isCompanyFile(base) || olderCIK(base) != 0 },
		Parse:   parseSubmissions,
	}
}

// olderCIK returns the company of a file of older filings, which names it
// nowhere else; 0 if it is not one.
func olderCIK(base string) fundamentals.CIK {
	head, _, ok := strings.Cut(base, "-submissions-")
	if !ok || !isCompanyFile(head+".json") {
		return 0
	}
	cik, _ := parseCIK(strings.TrimPrefix(head, "CIK"))
	return cik
}

// submission is one file, as far as it is used: the lists run in parallel.
type submission struct {
	company            fundamentals.Company
	sic                string
	tickers, exchanges []string
	accession, form    []string
	filed, accepted    []string
	hasFilings         bool
}

func parseSubmissions(ctx context.Context, file source.File, emit source.Emit) (findings source.Findings, err error) {
	text, err := file.Open()
	if err != nil {
		return findings, err
	}
	defer func() { err = errors.Join(err, text.Close()) }()
	s := newScanner(text)
	var v submission
	if _, err := s.whole(func(name string) error { return v.member(s, name) }); err != nil {
		return findings, err
	}
	if v.company.CIK == 0 {
		v.company.CIK = olderCIK(file.Base)
	}
	if v.company.CIK == 0 || !v.hasFilings {
		return findings, errors.New(`this is not a submissions file: it has no "cik" and "filings"`)
	}
	if len(v.form) != len(v.accession) || len(v.filed) != len(v.accession) || len(v.accepted) != 0 && len(v.accepted) != len(v.accession) {
		return findings, errors.New("this is not a submissions file: its lists of filings differ in length")
	}
	rows := v.rows(&findings.Rejected)
	if ctx.Err() != nil {
		return findings, ctx.Err()
	}
	return findings, emit(rows)
}

func (v *submission) member(s *scanner, name string) (err error) {
	switch name {
	case "cik":
		v.company.CIK, err = s.cik()
	case "name":
		v.company.Name, err = s.string()
	case "sic":
		v.sic, err = s.string()
	case "tickers":
		v.tickers, err = s.strings()
	case "exchanges":
		v.exchanges, err = s.strings()
	case "filings":
		_, err = s.object(func(name string) error {
			if name != "recent" {
				return nil
			}
			_, err := s.object(func(name string) error { return v.column(s, name) })
			return err
		})
	default: // a file of older filings is the lists alone
		err = v.column(s, name)
	}
	return err
}

func (v *submission) column(s *scanner, name string) (err error) {
	switch name {
	case "accessionNumber":
		v.hasFilings = true
		v.accession, err = s.strings()
	case "form":
		v.form, err = s.strings()
	case "filingDate":
		v.filed, err = s.strings()
	case "acceptanceDateTime":
		v.accepted, err = s.strings()
	}
	return err
}

// strings reads a list of scalars; null is "".
func (s *scanner) strings() (list []string, err error) {
	_, err = s.array(func() error {
		kind, text, err := s.value()
		if kind == 'n' {
			text = nil
		}
		list = append(list, string(text))
		return err
	})
	return list, err
}

func (v *submission) rows(rejected *source.Rejections) *fundamentals.Rows {
	rows := &fundamentals.Rows{Companies: []fundamentals.Company{v.company}}
	sic, _ := strconv.Atoi(v.sic) // EDGAR leaves it empty where it has none
	for i, ticker := range v.tickers {
		if ticker = fundamentals.CleanTicker(ticker); ticker == "" {
			continue
		}
		s := fundamentals.Security{Ticker: ticker, CIK: v.company.CIK, Name: v.company.Name, SIC: sic}
		if i < len(v.exchanges) {
			s.Exchange = v.exchanges[i]
		}
		rows.Securities = append(rows.Securities, s)
	}
	zone := zoneOf(v.accepted)
	for i, accession := range v.accession {
		if ownership(v.form[i]) {
			continue
		}
		filed, ok := date([]byte(v.filed[i]))
		if !ok || accession == "" {
			rejected.Add(fmt.Sprintf("filing %d (%s)", i+1, accession), "filingDate is %q", v.filed[i])
			continue
		}
		rows.Filings = append(rows.Filings, fundamentals.Filing{Company: v.company.CIK, Accession: accession, Form: v.form[i], Filed: filed})
		if len(v.accepted) == 0 || v.accepted[i] == "" {
			continue
		}
		at, ok := accepted(v.accepted[i], zone)
		if !ok {
			rejected.Add(fmt.Sprintf("filing %d (%s)", i+1, accession), "acceptanceDateTime is %q", v.accepted[i])
		} else if !at.IsZero() {
			rows.Acceptances = append(rows.Acceptances, fundamentals.Acceptance{Company: v.company.CIK, Accession: accession, At: at})
		}
	}
	return rows
}

func ownership(form string) bool {
	switch strings.TrimSuffix(form, "/A") {
	case "3", "4", "5", "144":
		return true
	}
	return false
}
