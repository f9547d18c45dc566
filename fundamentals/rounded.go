package fundamentals

import (
	"fmt"
	"math"
	"strconv"
)

// RoundedFact is a fact whose source rounds its period: the length to quarters
// and the end to the nearest month end. The period itself is for the reader of
// the store to find, from what else is known of the filing.
type RoundedFact struct {
	Tag       Tag
	Unit      string
	Quarters  int  // 0: an instant
	End       Date // a month end
	Value     float64
	Accession string
	Form      string
	Filed     Date
}

// Covers reports whether a period rounds to the fact's; start is none for an
// instant. The middle of a month rounds both ways, a day to each side: sources
// differ there.
func (f RoundedFact) Covers(start, end Date) bool {
	if (start == 0) != (f.Quarters == 0) || !roundsTo(end, f.End) {
		return false
	}
	const quarter = 365.25 / 4
	return start == 0 || math.Abs(float64(end-start+1)-quarter*float64(f.Quarters)) <= quarter/2+0.5
}

func roundsTo(day, monthEnd Date) bool {
	y, m, _ := day.Time().Date()
	before, after := NewDate(y, m, 0), NewDate(y, m+1, 0)
	return max(day-monthEnd, monthEnd-day) <= min(day-before, after-day)+1
}

// EndsWith reports whether a day rounds to the fact's end.
func (f RoundedFact) EndsWith(day Date) bool { return roundsTo(day, f.End) }

// Start returns the day after the month end that lies Quarters quarters before
// End; none for an instant.
func (f RoundedFact) Start() Date {
	if f.Quarters == 0 {
		return 0
	}
	y, m, _ := f.End.Time().Date()
	return NewDate(y, m+1, 1).AddMonths(-3 * f.Quarters)
}

// Same reports whether a value is the fact's, which its source gives with four
// decimals.
func (f RoundedFact) Same(value float64) bool { return math.Abs(f.Value-value) <= 0.000051 }

// Disagreement is a rounded fact of which another source says otherwise.
type Disagreement struct {
	RoundedFact
	Stored float64 // what the other source says
}

// String says it in one line.
func (d Disagreement) String() string {
	when := "at " + d.End.String()
	if d.Quarters > 0 {
		when = fmt.Sprintf("for %d quarters to %s", d.Quarters, d.End)
		if d.Quarters == 1 {
			when = "for the quarter to " + d.End.String()
		}
	}
	return fmt.Sprintf("%s: %s in %s %s is %s with its period rounded and %s with it exact, which stands", d.Accession, d.Tag, d.Unit, when,
		strconv.FormatFloat(d.Value, 'f', -1, 64), strconv.FormatFloat(d.Stored, 'f', -1, 64))
}

// ShareClass is the number of shares of one class outstanding on a day, as one
// filing states it.
type ShareClass struct {
	Company CIK
	// Tag says where it stands: dei:EntityCommonStockSharesOutstanding on the
	// cover, us-gaap:CommonStockSharesOutstanding on the balance sheet.
	Tag    Tag
	Member string // the class as the filing names it: "CommonClassA"
	// Day is rounded to the nearest month end, so the day of a cover may lie up
	// to half a month after the filing.
	Day       Date
	Shares    float64
	Accession string
	Form      string
	Filed     Date
}
