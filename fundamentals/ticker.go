package fundamentals

import "strings"

// CleanTicker returns a ticker as we keep it: in upper case, without blanks
// around it. The punctuation of a share class stays as its source writes it.
func CleanTicker(s string) string { return strings.ToUpper(strings.TrimSpace(s)) }

// NormaliseTicker returns the form by which tickers of different sources are
// compared: BRK.B, BRK/B, BRK B and BRK-B are one.
func NormaliseTicker(s string) string {
	return strings.NewReplacer(".", "-", "/", "-", " ", "-").Replace(CleanTicker(s))
}
