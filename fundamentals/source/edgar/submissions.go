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

// Submissions is the kind of EDGAR's submissions files: a company's name and past
// names, SIC, fiscal year end, listings, and its filings with the times at which
// they were accepted and the items of forms 8-K. Ownership reports (forms 3, 4, 5
// and 144) say nothing of a company's business and are left out.
func Submissions() source.Kind {
	return source.Kind{
		Name:    "submissions",
		About:   "EDGAR submissions: CIK##########.json, the CIK##########-submissions-###.json beside it, a folder of them, or submissions.zip",
		Parser:  2,
		Accepts: isJSON,
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
	sic, yearEnd       string
	tickers, exchanges []string
	accession, form    []string
	filed, accepted    []string
	items              []string
	pastNames, pages   []dated
	hasFilings, older  bool // older: a file of older filings
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
		v.company.CIK, v.older = olderCIK(file.Base), true
	}
	if v.company.CIK == 0 || !v.hasFilings {
		return findings, errors.New(`this is not a submissions file: it has no "cik" and "filings"`)
	}
	if !v.parallel() {
		return findings, errors.New("this is not a submissions file: its lists of filings differ in length")
	}
	findings.Notices = misnamed(file.Base, v.company.CIK)
	rows := v.rows(&findings.Rejected)
	if ctx.Err() != nil {
		return findings, ctx.Err()
	}
	return findings, emit(rows)
}

// parallel reports whether the lists are of one length; EDGAR may leave out
// accepted and items.
func (v *submission) parallel() bool {
	n := len(v.accession)
	return len(v.form) == n && len(v.filed) == n && (len(v.accepted) == n || len(v.accepted) == 0) && (len(v.items) == n || len(v.items) == 0)
}

func (v *submission) member(s *scanner, name string) (err error) {
	switch name {
	case "cik":
		v.company.CIK, err = s.cik()
	case "name":
		v.company.Name, err = s.string()
	case "sic":
		v.sic, err = s.string()
	case "fiscalYearEnd":
		v.yearEnd, err = s.string()
	case "formerNames":
		v.pastNames, err = s.dated("from", "to")
	case "tickers":
		v.tickers, err = s.strings()
	case "exchanges":
		v.exchanges, err = s.strings()
	case "filings":
		_, err = s.object(func(name string) error {
			var err error
			switch name {
			case "recent":
				_, err = s.object(func(name string) error { return v.column(s, name) })
			case "files":
				v.pages, err = s.dated("filingFrom", "filingTo")
			}
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
	case "items":
		v.items, err = s.strings()
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
	sic = max(sic, 0)
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
	v.filings(rows, rejected)
	v.vouched(rows, sic, rejected)
	return rows
}

func (v *submission) filings(rows *fundamentals.Rows, rejected *source.Rejections) {
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
		if len(v.items) != 0 && v.items[i] != "" && strings.HasPrefix(v.form[i], "8-K") { // other forms list other things there
			rows.FiledItems = append(rows.FiledItems, fundamentals.FiledItems{Company: v.company.CIK, Accession: accession, Items: v.items[i]})
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
}

func ownership(form string) bool {
	switch strings.TrimSuffix(form, "/A") {
	case "3", "4", "5", "144":
		return true
	}
	return false
}
