package edgar

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"assay/fundamentals"
	"assay/fundamentals/source"
)

// Tickers is the kind of EDGAR's lists of tickers: company_tickers.json and
// company_tickers_exchange.json.
func Tickers() source.Kind {
	return source.Kind{
		Name:    "tickers",
		About:   "EDGAR's lists of tickers: company_tickers.json, company_tickers_exchange.json",
		Parser:  1,
		Accepts: isJSON,
		Parse:   parseTickers,
	}
}

type tickersParser struct {
	*scanner
	ctx      context.Context
	emit     source.Emit
	findings source.Findings
	fields   []string // of the table shape
	rows     fundamentals.Rows
	listings int
}

func parseTickers(ctx context.Context, file source.File, emit source.Emit) (_ source.Findings, err error) {
	text, err := file.Open()
	if err != nil {
		return source.Findings{}, err
	}
	defer func() { err = errors.Join(err, text.Close()) }()
	p := &tickersParser{scanner: newScanner(text), ctx: ctx, emit: emit}
	if _, err := p.whole(p.member); err != nil {
		return p.findings, err
	}
	if p.listings+p.findings.Rejected.Count == 0 {
		return p.findings, errors.New("this is not an EDGAR list of tickers: it names none")
	}
	return p.findings, p.flush()
}

// member reads "fields" and "data" of the table shape, or one listing of the
// other.
func (p *tickersParser) member(name string) error {
	switch {
	case name == "fields":
		_, err := p.array(func() error {
			field, err := p.string()
			p.fields = append(p.fields, field)
			return err
		})
		return err
	case name == "data":
		for _, f := range []string{"cik", "ticker"} {
			if !slices.Contains(p.fields, f) {
				return fmt.Errorf("this is not an EDGAR list of tickers: its fields lack %q before its data", f)
			}
		}
		_, err := p.array(p.tableRow)
		return err
	case p.PeekKind() == '{':
		at := p.InputOffset()
		v := map[string]string{}
		if _, err := p.object(func(name string) error { return p.keep(v, name) }); err != nil {
			return err
		}
		return p.listing(at, v["cik_str"], v["ticker"], v["title"], "")
	}
	return nil
}

func (p *tickersParser) tableRow() error {
	at := p.InputOffset()
	v, i := map[string]string{}, 0
	_, err := p.array(func() error {
		name := ""
		if i < len(p.fields) {
			name = p.fields[i]
		}
		i++
		return p.keep(v, name)
	})
	if err != nil {
		return err
	}
	return p.listing(at, v["cik"], v["ticker"], v["name"], v["exchange"])
}

// keep reads a value; null is as good as absent, and so is what is no scalar.
func (p *tickersParser) keep(v map[string]string, name string) error {
	if k := p.PeekKind(); k == '{' || k == '[' || k == 'n' {
		return p.skip()
	}
	text, err := p.string()
	v[name] = text
	return err
}

func (p *tickersParser) listing(at int64, number, ticker, name, exchange string) error {
	cik, err := parseCIK(number)
	ticker = fundamentals.CleanTicker(ticker)
	switch {
	case err != nil:
		p.findings.Rejected.Add(fmt.Sprintf("byte %d", at), "%v", err)
		return nil
	case ticker == "":
		p.findings.Rejected.Add(fmt.Sprintf("byte %d", at), "company %d has no ticker", cik)
		return nil
	}
	p.listings++
	p.rows.Companies = append(p.rows.Companies, fundamentals.Company{CIK: cik, Name: name})
	p.rows.Securities = append(p.rows.Securities, fundamentals.Security{Ticker: ticker, CIK: cik, Name: name, Exchange: exchange})
	if len(p.rows.Securities) == chunkFacts {
		return p.flush()
	}
	return nil
}

func (p *tickersParser) flush() error {
	rows := p.rows
	p.rows = fundamentals.Rows{}
	return p.emit(&rows)
}
