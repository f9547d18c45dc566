// Package fundamentals holds the words that the rooms below it share: company,
// security, filing, fact, date. It does no I/O.
//
// Every fact has two dates: the period it speaks of and the day from which it
// was known. A later statement about the same period is a new fact; nothing is
// ever changed.
package fundamentals

import (
	"fmt"
	"strconv"
	"strings"
)

// CIK is the SEC's number of a company: the key of a company everywhere.
type CIK int64

// String returns the ten digits that EDGAR writes.
func (c CIK) String() string { return fmt.Sprintf("%010d", int64(c)) }

// ParseCIK reads a company number as people write it: 21535, 0000021535 or
// CIK0000021535.
func ParseCIK(text string) (cik CIK, ok bool) {
	if len(text) > 3 && strings.EqualFold(text[:3], "CIK") {
		text = text[3:]
	}
	n, err := strconv.ParseUint(text, 10, 64)
	return CIK(n), err == nil && n > 0 && n <= 9_999_999_999
}

// Tag names what a fact measures: a taxonomy ("us-gaap", "ifrs-full", "dei")
// and a name in it.
type Tag struct{ Taxonomy, Name string }

// String returns the tag as taxonomy:name.
func (t Tag) String() string { return t.Taxonomy + ":" + t.Name }

// Fact is one number as one filing states it. Its key is company, tag, unit,
// start, end and accession; what EDGAR adds (fy, fp, frame) describes the
// filing or the download and is not kept.
type Fact struct {
	Tag   Tag
	Unit  string // "USD", "shares", "USD/shares", "pure" ... as filed
	Start Date   // none for an instant
	End   Date
	Value float64
	// Accession is the filing that states it, such as 0001437749-24-004596.
	Accession string
	Form      string
	Filed     Date
}

// Instant reports whether the fact speaks of a moment and not of a span.
func (f Fact) Instant() bool { return f.Start == 0 }

// Days returns the length of the span in days, both ends counted; 0 for an
// instant.
func (f Fact) Days() int {
	if f.Start == 0 {
		return 0
	}
	return int(f.End-f.Start) + 1
}

// Filing is one document sent to the SEC.
type Filing struct {
	Company   CIK
	Accession string
	Form      string
	Filed     Date
	// KnownOn is the first day on which its numbers may be used: the day after
	// Filed, or, where the acceptance time is known, that day if it was accepted
	// before 16:00 New York and the next day otherwise.
	KnownOn Date
	// Items are those of a form 8-K ([FiledItems]); "" where there are none.
	Items string
}

// URL returns the address of the filing's index page at the SEC.
func (f Filing) URL() string { return FilingURL(f.Company, f.Accession) }

// FilingURL returns the address of a filing's index page at the SEC.
func FilingURL(company CIK, accession string) string {
	plain := make([]byte, 0, len(accession))
	for i := range len(accession) {
		if accession[i] != '-' {
			plain = append(plain, accession[i])
		}
	}
	return fmt.Sprintf("https://www.sec.gov/Archives/edgar/data/%d/%s/%s-index.htm", int64(company), plain, accession)
}

// Company is a filer.
type Company struct {
	CIK  CIK
	Name string
}

// Security is one thing that trades, as one source lists it. A security
// without a company (CIK 0) is an ETF or an index.
type Security struct {
	Ticker   string // as the source writes it, upper case
	CIK      CIK    // 0: no company
	Name     string
	Exchange string
	SIC      int    // 0: not said
	Type     string // "common", "preferred", "adr", "etf", "index" ...; "": not said
	From, To Date   // valid from, and up to but not including To; none: open
}

// HoldsOn reports whether the listing is valid on a day.
func (s Security) HoldsOn(d Date) bool {
	return (s.From == 0 || s.From <= d) && (s.To == 0 || d < s.To)
}

// Split is a change of share count: Ratio new shares for one old share, from
// Date on. A reverse split 1:10 has Ratio 0.1.
type Split struct {
	Ticker string
	Date   Date
	Ratio  float64
}

// PriceBasis says what the closes of a price series are.
type PriceBasis uint8

// The price bases.
const (
	Raw           PriceBasis = iota // as traded that day
	SplitAdjusted                   // restated for splits up to the basis date
	TotalReturn                     // restated for splits and dividends: a return series, not a price
)

// String returns "raw", "split-adjusted" or "total-return".
func (b PriceBasis) String() string {
	return [...]string{"raw", "split-adjusted", "total-return"}[b]
}

// ParsePriceBasis is the inverse of [PriceBasis.String].
func ParsePriceBasis(s string) (PriceBasis, bool) {
	for b := Raw; b <= TotalReturn; b++ {
		if b.String() == s {
			return b, true
		}
	}
	return Raw, false
}

// Bar is one day of a price series, in the series' own basis. NaN-free: an
// absent number is 0, and a close is never 0. A volume can be 0, when nothing was
// traded: HasVolume tells that from one that was not given.
type Bar struct {
	Day                            Date
	Open, High, Low, Close, Volume float64
	HasVolume                      bool
}

// Series is one run of daily prices of a ticker on one basis.
type Series struct {
	Ticker string
	Basis  PriceBasis
	// BasisDate is the day as of which adjusted closes are stated; none for Raw.
	BasisDate Date
	// AsPrice allows a total-return series to stand in for a price.
	AsPrice bool
}
