package export

import (
	"fmt"
	"io"

	"assay/screener"
)

// tickersFormat is the tickers alone, a line each, best first: for another
// program's standard input. A company without one stands as its number (CIK).
func tickersFormat() Format {
	return Format{
		Name: "tickers", Ending: ".txt", ContentType: "text/plain; charset=utf-8", About: "the tickers alone, a line each",
		Write: func(w io.Writer, result *screener.Result) error {
			for i := range result.Candidates {
				if _, err := fmt.Fprintln(w, oneLine(nameOf(&result.Candidates[i]))); err != nil {
					return err
				}
			}
			return nil
		},
	}
}
