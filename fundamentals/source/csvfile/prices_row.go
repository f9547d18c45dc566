package csvfile

import (
	"errors"
	"fmt"
	"hash/maphash"
	"math"

	"assay/fundamentals"
)

// read reads a row. An empty open, high, low or volume is not said; a volume of 0
// is said: no trade. An empty close or adjusted close is an error, as is a price
// that is not above 0.
func (c priceColumns) read(t *table) (ticker string, bar fundamentals.Bar, adjusted float64, err error) {
	var errs []error
	fail := func(name string, err error) {
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
		}
	}
	if c.ticker >= 0 {
		if ticker = fundamentals.CleanTicker(t.text(c.ticker)); ticker == "" {
			fail("Ticker", errors.New("it is empty"))
		}
	}
	bar.Day, err = date(t.text(c.date))
	fail("Date", err)
	for _, cell := range []struct {
		name     string
		column   int
		to       *float64
		required bool
	}{
		{"Open", c.open, &bar.Open, false}, {"High", c.high, &bar.High, false}, {"Low", c.low, &bar.Low, false},
		{"Close", c.close, &bar.Close, true}, {"Adj Close", c.adjusted, &adjusted, true}, {"Volume", c.volume, &bar.Volume, false},
	} {
		text := t.text(cell.column)
		if cell.column < 0 || text == "" && !cell.required {
			continue
		}
		var err error
		*cell.to, err = number(text)
		switch {
		case text == "":
			err = errors.New("it is empty")
		case err != nil:
		case *cell.to < 0 || cell.required && *cell.to == 0:
			err = fmt.Errorf("%s is not above 0", text)
		}
		fail(cell.name, err)
	}
	bar.HasVolume = t.text(c.volume) != ""
	return ticker, bar, adjusted, errors.Join(errs...)
}

// seenDays knows which days of a file were read, by ticker and year, and a hash
// of what they said: a year of a ticker costs less than 3 kB however long the
// file is.
type seenDays map[tickerYear]*[366]uint64

type tickerYear struct {
	ticker string
	year   int
}

// add reports whether a day is new. A day that was there with other values is
// an error; the first one stays.
func (s seenDays) add(ticker string, bar fundamentals.Bar, adjusted float64) (bool, error) {
	at := bar.Day.Time()
	key := tickerYear{ticker, at.Year()}
	year := s[key]
	if year == nil {
		year = &[366]uint64{}
		s[key] = year
	}
	h := hashOf(bar, adjusted)
	switch said := &year[at.YearDay()-1]; *said {
	case 0:
		*said = h
		return true, nil
	case h:
		return false, nil
	}
	return false, fmt.Errorf("%s of %s is there before with other values", bar.Day, ticker)
}

var seed = maphash.MakeSeed()

func hashOf(bar fundamentals.Bar, adjusted float64) uint64 {
	return maphash.Comparable(seed, struct {
		numbers   [6]uint64
		hasVolume bool
	}{[6]uint64{
		math.Float64bits(bar.Open), math.Float64bits(bar.High), math.Float64bits(bar.Low),
		math.Float64bits(bar.Close), math.Float64bits(bar.Volume), math.Float64bits(adjusted),
	}, bar.HasVolume}) | 1
}
