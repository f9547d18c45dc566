package csvfile

import (
	"errors"
	"fmt"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/source"
)

// priceColumns are the places of the columns, -1 for one that is not there.
type priceColumns struct {
	ticker, date, open, high, low, close, adjusted, volume int
}

// header finds the columns and the ticker.
func (p *pricesParser) header(t *table, file source.File) error {
	p.columns = priceColumns{
		ticker: t.column("ticker", "symbol"), date: t.column("date"),
		open: t.column("open"), high: t.column("high"), low: t.column("low"),
		close: t.column("close"), adjusted: t.column("adj close", "adj_close", "adjclose", "adjusted close"), volume: t.column("volume"),
	}
	c := p.columns
	switch {
	case c.date < 0:
		return errors.New(`this is not a price file: it has no column "Date"`)
	case c.close < 0 && c.adjusted < 0:
		return errors.New(`this is not a price file: it has neither a column "Close" nor "Adj Close"`)
	}
	for i, name := range t.header {
		if name != "" && i != c.ticker && i != c.date && i != c.open && i != c.high && i != c.low && i != c.close && i != c.adjusted && i != c.volume {
			p.findings.Notices = append(p.findings.Notices, fmt.Sprintf("column %q is not read", name))
		}
	}
	if c.ticker < 0 {
		p.ticker = fundamentals.CleanTicker(file.Base[:len(file.Base)-len(csvEnding(file.Base))])
		if !tickerLike(p.ticker) {
			return fmt.Errorf("it has no column %q, and its name %q is not a ticker", "Ticker", p.ticker)
		}
	}
	return nil
}

func csvEnding(base string) string {
	if isCSV(base) {
		return base[len(base)-len(".csv"):]
	}
	return ""
}

// tickerLike reports whether a word can be a ticker.
func tickerLike(s string) bool {
	return s != "" && len(s) <= 12 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-^=/") == ""
}

// settle decides which series the columns go to, and tells what was taken for
// granted.
func (p *pricesParser) settle(file source.File) error {
	note := func(format string, args ...any) {
		p.findings.Notices = append(p.findings.Notices, fmt.Sprintf(format, args...))
	}
	hasClose, hasAdjusted := p.columns.close >= 0, p.columns.adjusted >= 0
	switch {
	case !hasClose && p.Basis != "" && p.basis != fundamentals.TotalReturn:
		return fmt.Errorf("it has only Adj Close, which is adjusted for dividends: its basis cannot be %s; say total-return or nothing", p.Basis)
	case hasClose && hasAdjusted && p.basis == fundamentals.TotalReturn:
		return errors.New("it has Close and Adj Close, and both cannot be the total-return series: say what its Close is, raw or split-adjusted")
	case hasClose && p.Basis == "":
		note("closes taken as traded (raw); if the download was adjusted say --basis split-adjusted or --basis total-return")
	}
	day := p.BasisDate
	if adjusted := hasAdjusted || p.basis != fundamentals.Raw; adjusted && day == 0 {
		var err error
		if day, err = lastDay(file); err != nil {
			return err
		}
		if day != 0 {
			note("adjusted closes taken as of %s, the last day in the file; if it is another say --basis-date", day)
		}
	} else if !adjusted && day != 0 {
		note("the basis date %s is not used: raw closes have none", day)
	}
	if hasClose {
		p.close = &fundamentals.Series{Basis: p.basis}
		if p.basis != fundamentals.Raw {
			p.close.BasisDate = day
		}
		p.close.AsPrice = p.UseAsPrice && p.basis == fundamentals.TotalReturn
	}
	if hasAdjusted {
		p.adjusted = &fundamentals.Series{Basis: fundamentals.TotalReturn, BasisDate: day, AsPrice: p.UseAsPrice && !hasClose}
	}
	return nil
}

// lastDay reads the file once more for its last day; none if no row has one.
func lastDay(file source.File) (last fundamentals.Date, err error) {
	t, err := open(file)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	column := t.column("date")
	for {
		more, err := t.next(&source.Rejections{})
		if err != nil {
			return 0, err
		}
		if !more {
			return last, nil
		}
		if d, err := date(t.text(column)); err == nil {
			last = max(last, d)
		}
	}
}
