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
	late := func(day fundamentals.Date, what string, where func() string) bool { // where is asked of the few
		if day > filed {
			rejected.Add(where(), "%s %s lies far in the future: today is %s", what, day, today)
		}
		return day > filed
	}
	fact := func(tag fundamentals.Tag, unit, accession string, on fundamentals.Date) bool {
		return on > filed && late(on, "its filing date", func() string { return fmt.Sprintf("%s %s of %s", tag, unit, accession) })
	}
	rows.Facts = slices.DeleteFunc(rows.Facts, func(f fundamentals.Fact) bool { return fact(f.Tag, f.Unit, f.Accession, f.Filed) })
	rows.Rounded = slices.DeleteFunc(rows.Rounded, func(f fundamentals.RoundedFact) bool { return fact(f.Tag, f.Unit, f.Accession, f.Filed) })
	rows.Classes = slices.DeleteFunc(rows.Classes, func(c fundamentals.ShareClass) bool { return fact(c.Tag, "shares", c.Accession, c.Filed) })
	rows.Filings = slices.DeleteFunc(rows.Filings, func(f fundamentals.Filing) bool {
		return late(f.Filed, "its filing date", func() string { return "filing " + f.Accession })
	})
	rows.Acceptances = slices.DeleteFunc(rows.Acceptances, func(a fundamentals.Acceptance) bool {
		return late(fundamentals.DateOf(a.At), "its acceptance on", func() string { return "filing " + a.Accession })
	})
	rows.UserValues = slices.DeleteFunc(rows.UserValues, func(v fundamentals.UserValue) bool {
		return late(v.KnownOn, "known_on", func() string { return fmt.Sprintf("line %d, %s", v.Line, v.Column.Name) })
	})
	for i := range rows.Prices {
		p := &rows.Prices[i]
		p.Bars = slices.DeleteFunc(p.Bars, func(b fundamentals.Bar) bool {
			return b.Day > filed && late(b.Day, "its day", func() string { return "the price of " + p.Series.Ticker })
		})
	}
}
