package snapshot

import (
	"context"
	"fmt"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/market"
)

// The indices that prices are measured against.
const (
	russell2000 = "Russell 2000"
	sp500       = "S&P 500"
)

// indexTickers are the tickers under which an index is looked for, the index
// itself before a fund that follows it: the first with a fresh close is taken.
var indexTickers = map[string][]string{
	russell2000: {"RUT", "^RUT", "IWM"},
	sp500:       {"GSPC", "^GSPC", "SPX", "^SPX", "SPY"},
}

// indices finds the series of the indices; owned are the tickers that some
// company has or had, which is no index then.
func (t *Table) indices(tapes map[string]*tape, owned map[string]bool) map[string]*market.Book {
	found := map[string]*market.Book{}
	for index, tickers := range indexTickers {
		for _, ticker := range tickers {
			name := fundamentals.NormaliseTicker(ticker)
			one := tapes[name]
			if one == nil || owned[name] || found[index] != nil {
				continue
			}
			if b := (&market.Book{Series: one.series, Splits: one.splits}); b.Fresh(t.priced, t.priceLimit()) {
				found[index] = b
			}
		}
	}
	return found
}

// lacksIndex says what to ingest where a column needs an index that is not there.
func (t *Table) lacksIndex(index string) string {
	if t.state.indices[index] != nil {
		return "the closes of the " + index + " do not reach over these days"
	}
	tickers := indexTickers[index]
	return fmt.Sprintf("no closes of the %s are known: assay ingest prices %s.csv brings them (Date, Close; %s will do too)",
		index, tickers[0], strings.Join(tickers[1:], ", "))
}

// hint says what to ingest for a column that is known of no company for want of
// an index; "" where that is not why.
func (t *Table) hint(ctx context.Context, column string, known int) (string, error) {
	index := priceColumns[column].index
	if index == "" || known > 0 {
		return "", nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.load(ctx); err != nil {
		return "", err
	}
	if t.state.indices[index] != nil {
		return "", nil
	}
	return t.lacksIndex(index), nil
}
