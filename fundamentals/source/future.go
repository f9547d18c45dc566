package source

import (
	"fmt"
	"slices"

	"assay/fundamentals"
)

// How far after the day of the ingest a date may lie. Nothing is filed or traded
// in the future, but clocks and samples differ by months; a period may lie ahead,
// for leases, maturities and outlooks, and is not to be believed beyond ten years.
const (
	filedAhead  = 1
	periodAhead = 10
)

// dropFuture takes the rows out of a chunk whose dates lie far in the future as
// seen from a day, and tells of each. Without a day it does nothing.
func dropFuture(rows *fundamentals.Rows, today fundamentals.Date, rejected *Rejections) {
	if today == 0 {
		return
	}
	filed, period := today.AddYears(filedAhead), today.AddYears(periodAhead)
	bad := func(where, what string, day, limit fundamentals.Date) bool {
		if day > limit {
			rejected.Add(where, "%s %s lies far in the future: today is %s", what, day, today)
		}
		return day > limit
	}
	fact := func(tag fundamentals.Tag, unit, accession string, end, on fundamentals.Date) bool {
		if on <= filed && end <= period { // all but a few: no text is made
			return false
		}
		where := fmt.Sprintf("%s %s of %s", tag, unit, accession)
		return bad(where, "its filing date", on, filed) || bad(where, "the end of its period", end, period)
	}
	rows.Facts = slices.DeleteFunc(rows.Facts, func(f fundamentals.Fact) bool { return fact(f.Tag, f.Unit, f.Accession, f.End, f.Filed) })
	rows.Rounded = slices.DeleteFunc(rows.Rounded, func(f fundamentals.RoundedFact) bool { return fact(f.Tag, f.Unit, f.Accession, f.End, f.Filed) })
	rows.Classes = slices.DeleteFunc(rows.Classes, func(c fundamentals.ShareClass) bool { return fact(c.Tag, "shares", c.Accession, c.Day, c.Filed) })
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
