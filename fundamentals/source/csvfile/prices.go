package csvfile

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/source"
)

// PriceOptions is what a user says about price files.
type PriceOptions struct {
	Basis      string            // of the Close column: "raw", "split-adjusted", "total-return", or "" for not said
	BasisDate  fundamentals.Date // as of which adjusted closes are stated; none: the last day in the file
	UseAsPrice bool              // a total-return series may stand in for a price
}

// Prices is the kind of daily price files: Date and any of Open, High, Low,
// Close, Adj Close, Volume; a Ticker (or Symbol) column, or else one file a
// ticker, named for it.
//
// Close goes to the series of the basis that the user names, raw if he names
// none. Adj Close, which is adjusted for dividends, always goes to a
// total-return series. It is an error if the options cannot be.
func Prices(options PriceOptions) (source.Kind, error) {
	basis, ok := fundamentals.ParsePriceBasis(options.Basis)
	if options.Basis != "" && !ok {
		return source.Kind{}, fmt.Errorf("basis %q: it is one of raw, split-adjusted, total-return", options.Basis)
	}
	return source.Kind{
		Name:    "prices",
		About:   "CSV: Date and any of Open, High, Low, Close, Adj Close, Volume; Ticker, or one file a ticker",
		Options: options.text(),
		Parser:  2,
		Accepts: isCSV,
		Parse: func(ctx context.Context, file source.File, emit source.Emit) (source.Findings, error) {
			p := &pricesParser{PriceOptions: options, basis: basis, emit: emit, days: seenDays{}, held: map[string]*heldBars{}}
			err := p.parse(ctx, file)
			return p.findings, err
		},
	}, nil
}

func (o PriceOptions) text() string {
	var words []string
	if o.Basis != "" {
		words = append(words, "basis="+o.Basis)
	}
	if o.BasisDate != 0 {
		words = append(words, "basis-date="+o.BasisDate.String())
	}
	if o.UseAsPrice {
		words = append(words, "use-as-price")
	}
	return strings.Join(words, " ")
}

// pricesParser parses one price file.
type pricesParser struct {
	PriceOptions
	basis    fundamentals.PriceBasis
	emit     source.Emit
	findings source.Findings

	columns  priceColumns
	ticker   string               // of the whole file; "": each row says
	close    *fundamentals.Series // without ticker; nil: there is no such column
	adjusted *fundamentals.Series

	days  seenDays
	held  map[string]*heldBars
	order []*heldBars
	count int
}

// heldBars are the bars of a ticker that have not gone out.
type heldBars struct {
	ticker          string
	close, adjusted []fundamentals.Bar
}

func (p *pricesParser) parse(ctx context.Context, file source.File) (err error) {
	t, err := open(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	if err := p.header(t, file); err != nil {
		return err
	}
	if err := p.settle(file); err != nil {
		return err
	}
	for n := 0; ; n++ {
		more, err := t.next(&p.findings.Rejected)
		if err == nil && !more && n+p.findings.Rejected.Count == 0 {
			p.findings.Notices = []string{headerOnly}
		}
		if err != nil || !more {
			return errors.Join(err, p.flush())
		}
		if n%chunkRows == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := p.row(t); err != nil {
			p.findings.Rejected.Add(t.where(), "%s", oneLine(err))
		}
		if p.count >= chunkRows {
			if err := p.flush(); err != nil {
				return err
			}
		}
	}
}

// row holds the bars of one row.
func (p *pricesParser) row(t *table) error {
	ticker, bar, adjusted, err := p.columns.read(t)
	if err != nil {
		return err
	}
	if p.ticker != "" {
		ticker = p.ticker
	}
	fresh, err := p.days.add(ticker, bar, adjusted)
	if err != nil || !fresh {
		return err
	}
	h := p.held[ticker]
	if h == nil {
		h = &heldBars{ticker: ticker}
		p.held[ticker] = h
		p.order = append(p.order, h)
	}
	if p.close != nil {
		h.close = append(h.close, bar)
		p.count++
	}
	if p.adjusted != nil {
		only := fundamentals.Bar{Day: bar.Day, Close: adjusted}
		if p.close == nil {
			only.Volume, only.HasVolume = bar.Volume, bar.HasVolume
		}
		h.adjusted = append(h.adjusted, only)
		p.count++
	}
	return nil
}

func (p *pricesParser) flush() error {
	if p.count == 0 {
		return nil
	}
	rows := &fundamentals.Rows{}
	for _, h := range p.order {
		for _, s := range []struct {
			series *fundamentals.Series
			bars   []fundamentals.Bar
		}{{p.close, h.close}, {p.adjusted, h.adjusted}} {
			if len(s.bars) == 0 {
				continue
			}
			series := *s.series
			series.Ticker = h.ticker
			rows.Prices = append(rows.Prices, fundamentals.Prices{Series: series, Bars: s.bars})
		}
	}
	clear(p.held)
	p.order, p.count = nil, 0
	return p.emit(rows)
}
