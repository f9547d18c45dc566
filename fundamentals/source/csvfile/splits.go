package csvfile

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/source"
)

// Splits is the kind of a user's list of splits. A ratio is new shares for one
// old share, written as a number (2, 0.1) or as new:old (2:1, 1:10).
func Splits() source.Kind {
	return source.Kind{
		Name:    "splits",
		About:   "CSV: ticker, date, ratio (new shares for one old: 2, 0.1, 3:2, 1:10)",
		Parser:  1,
		Accepts: isCSV,
		Parse: rowByRow([]string{"ticker", "date", "ratio"}, nil, func(t *table, rows *fundamentals.Rows) error {
			s := fundamentals.Split{Ticker: fundamentals.CleanTicker(t.text(t.column("ticker")))}
			var errs []error
			if s.Ticker == "" {
				errs = append(errs, errors.New("ticker: it is empty"))
			}
			var err error
			if s.Date, err = date(t.text(t.column("date"))); err != nil {
				errs = append(errs, fmt.Errorf("date: %w", err))
			}
			if s.Ratio, err = ratio(t.text(t.column("ratio"))); err != nil {
				errs = append(errs, fmt.Errorf("ratio: %w", err))
			}
			if len(errs) == 0 {
				rows.Splits = append(rows.Splits, s)
			}
			return errors.Join(errs...)
		}),
	}
}

func ratio(s string) (float64, error) {
	above, below, ok := strings.Cut(s, ":")
	if !ok {
		below = "1"
	}
	n, err1 := number(strings.TrimSpace(above))
	d, err2 := number(strings.TrimSpace(below))
	switch {
	case err1 != nil || err2 != nil:
		return 0, fmt.Errorf("%q is not a ratio such as 2, 0.1, 3:2 or 1:10 (new:old)", s)
	case n <= 0 || d <= 0:
		return 0, fmt.Errorf("%q is not above 0", s)
	case n == d:
		return 0, fmt.Errorf("%q changes nothing", s)
	}
	if r := n / d; r > 0 && !math.IsInf(r, 0) {
		return r, nil
	}
	return 0, fmt.Errorf("%q is no ratio that can be", s)
}

// oneLine says several errors in one line.
func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }
