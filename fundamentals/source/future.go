package source

import (
	"fmt"
	"slices"

	"assay/fundamentals"
)

// filedAhead is how many years after the day of the ingest a filing or a price may
// lie: clocks and samples differ by months. A period is kept as it is stated, slips
// included (2106-06-30 in 0001437749-16-036478): line items are read from periods
// that ended before their filing.
const filedAhead = 1

// dropFuture takes the rows out of a chunk whose dates lie far in the future as
// seen from a day, and tells of each. Without a day it does nothing.
func dropFuture(rows *fundamentals.Rows, today fundamentals.Date, rejected *Rejections) {
	if today == 0 {
		return
	}
	filed := today.AddYears(filedAhead)
	bad := func(where, what string, day, limit fundamentals.Date) bool {
		if day > limit {
			rejected.Add(where, "%s %s lies far in the future: today is %s", what, day, today)
		}
		return day > limit
	}
	fact := func(tag fundamentals.Tag, unit, accession string, on fundamentals.Date) bool {
		return on > filed && bad(fmt.Sprintf("%s %s of %s", tag, unit, accession), "its filing date", on, filed)
	}
	rows.Facts = slices.DeleteFunc(rows.Facts, func(f fundamentals.Fact) bool { return fact(f.Tag, f.Unit, f.Accession, f.Filed) })
	rows.Rounded = slices.DeleteFunc(rows.Rounded, func(f fundamentals.RoundedFact) bool { return fact(f.Tag, f.Unit, f.Accession, f.Filed) })
	rows.Classes = slices.DeleteFunc(rows.Classes, func(c fundamentals.ShareClass) bool { return fact(c.Tag, "shares", c.Accession, c.Filed) })
	rows.Filings = slices.DeleteFunc(rows.Filings, func(f fundamentals.Filing) bool {
		return f.Filed > filed && bad("filing "+f.Accession, "its filing date", f.Filed, filed)
	})
	rows.Acceptances = slices.DeleteFunc(rows.Acceptances, func(a fundamentals.Acceptance) bool {
		on := fundamentals.DateOf(a.At)
		return on > filed && bad("filing "+a.Accession, "its acceptance on", on, filed)
	})
	for i := range rows.Prices {
		p := &rows.Prices[i]
		p.Bars = slices.DeleteFunc(p.Bars, func(b fundamentals.Bar) bool {
			return b.Day > filed && bad("the price of "+p.Series.Ticker, "its day", b.Day, filed)
		})
	}
}
