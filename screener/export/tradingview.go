package export

import (
	"fmt"
	"io"
	"strings"

	"assay/screener"
)

// tradingViewFormat is a watchlist for TradingView: EXCHANGE:TICKER, a line
// each, best first. Companies of which it is not known where they are listed
// follow under headings of their own, so that none is lost in silence.
func tradingViewFormat() Format {
	return Format{
		Name: "tradingview", Ending: ".txt", ContentType: "text/plain; charset=utf-8", About: "a watchlist: EXCHANGE:TICKER, a line each",
		Needs: screener.With{Exchange: true}, Write: writeTradingView,
	}
}

// tradingViewExchanges maps the names of exchanges, in small letters, to those
// of TradingView, which calls NYSE American and NYSE Arca by the name of old.
var tradingViewExchanges = map[string]string{
	"nasdaq": "NASDAQ", "nasdaqgs": "NASDAQ", "nasdaqgm": "NASDAQ", "nasdaqcm": "NASDAQ",
	"nyse":          "NYSE",
	"nyse american": "AMEX", "nyse mkt": "AMEX", "amex": "AMEX", "nyse arca": "AMEX", "arca": "AMEX",
	"cboe": "CBOE", "cboe bzx": "CBOE", "bats": "CBOE",
	"otc": "OTC", "otcqb": "OTC", "otcqx": "OTC", "otc markets": "OTC", "pink": "OTC",
}

func writeTradingView(w io.Writer, result *screener.Result) error {
	var listed, elsewhere, nameless []string
	for i := range result.Candidates {
		c := &result.Candidates[i]
		exchange, known := tradingViewExchanges[strings.ToLower(strings.TrimSpace(c.Exchange))]
		switch symbol := tradingViewSymbol(oneLine(c.Ticker)); {
		case symbol == "":
			nameless = append(nameless, c.CIK.String())
		case known:
			listed = append(listed, exchange+":"+symbol)
		default:
			elsewhere = append(elsewhere, symbol)
		}
	}
	if len(elsewhere) > 0 {
		listed = append(append(listed, "###exchange not known"), elsewhere...)
	}
	if len(nameless) > 0 {
		listed = append(listed, "###without a ticker: "+strings.Join(nameless, " "))
	}
	for _, line := range listed {
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}

// tradingViewSymbol writes a ticker as TradingView does: classes of shares
// after a dot (BRK-B is BRK.B), preferred ones after a slash (BAC-PL is BAC/PL).
func tradingViewSymbol(ticker string) string {
	root, class, ok := strings.Cut(ticker, "-")
	switch {
	case ok && len(class) == 1:
		return root + "." + class
	case ok && len(class) == 2 && class[0] == 'P':
		return root + "/" + class
	}
	return ticker
}
