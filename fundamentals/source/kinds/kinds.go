// Package kinds lists all kinds of files that can be ingested. A new kind is one
// line here.
package kinds

import (
	"assay/fundamentals/source"
	"assay/fundamentals/source/csvfile"
	"assay/fundamentals/source/edgar"
	"assay/fundamentals/source/fsds"
)

// All lists the kinds, with what the user says about price files and about files
// of columns and tags. It is an error if the options cannot be.
func All(prices csvfile.PriceOptions, own csvfile.UserOptions) ([]source.Kind, error) {
	priceFiles, err := csvfile.Prices(prices)
	if err != nil {
		return nil, err
	}
	return []source.Kind{
		edgar.Companyfacts(),
		edgar.Submissions(),
		edgar.Tickers(),
		fsds.Kind(),
		csvfile.Securities(),
		csvfile.Splits(),
		priceFiles,
		csvfile.Columns(own),
		csvfile.Tags(own),
	}, nil
}
