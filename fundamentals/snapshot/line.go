package snapshot

import (
	"slices"

	"assay/fundamentals"
	"assay/fundamentals/market"
)

// leg is a ticker of a company's, with what is stored of its prices: of its type,
// whether its listing holds on the table's date or not.
type leg struct {
	security fundamentals.Security
	tape     *tape
}

// turnDays is how many trading days may lie between the last day of one ticker
// and the first of the next for them to be one security: with more it may be
// another stock of the company's, such as that given out after a bankruptcy.
const turnDays = 10

// lineOf follows a security of a company through its changes of ticker, exchange
// and dates, in the order of time: those of its type whose listing ended where
// the next one's began. Only dates can say so.
func lineOf(of fundamentals.Security, legs []leg) (line []leg) {
	at := slices.IndexFunc(legs, func(l leg) bool {
		return l.security.Ticker == of.Ticker && l.security.From == of.From && l.security.To == of.To
	})
	line = []leg{legs[at]}
	for next := true; next; {
		var one leg
		if one, next = nearest(legs, func(l leg) (int, bool) { return gap(l, line[0]) }); next {
			line = slices.Insert(line, 0, one)
		}
	}
	for next := true; next; {
		var one leg
		if one, next = nearest(legs, func(l leg) (int, bool) { return gap(line[len(line)-1], l) }); next {
			line = append(line, one)
		}
	}
	return line
}

// nearest returns the leg with the smallest gap; of equals, the first by ticker.
func nearest(legs []leg, gap func(leg) (days int, ok bool)) (best leg, found bool) {
	least := 0
	for _, l := range legs {
		if days, ok := gap(l); ok && (!found || days < least) {
			best, least, found = l, days, true
		}
	}
	return best, found
}

// gap returns how many trading days lie between the end of one leg and the begin
// of another; ok is false where the other does not go on with the security.
func gap(one, other leg) (days int, ok bool) {
	a, b := one.security, other.security
	if a.To == 0 || b.From == 0 || b.From < a.To || b.To != 0 && b.To <= b.From || a.From >= a.To || !sameStock(a.Type, b.Type) {
		return 0, false
	}
	days = market.TradingDaysOld(a.To-1, b.From-1)
	return days, days <= turnDays
}

// sameStock reports whether a security of one type may go on as one of another: a
// shell company's stock becomes that of the company that it takes over.
func sameStock(a, b string) bool {
	return a == b || a == "spac" && b == "common"
}

// splits returns the splits while the company held the tickers: a ticker wanders
// from company to company.
func (l listing) splits() (list []fundamentals.Split) {
	for _, leg := range l.line {
		if leg.tape == nil {
			continue
		}
		for _, s := range leg.tape.splits {
			if leg.security.HoldsOn(s.Date) {
				list = append(list, s)
			}
		}
	}
	return list
}

// book returns the prices up to a day while the company held the tickers; early
// holds, for some series, closes that come before those loaded.
func (l listing) book(until fundamentals.Date, splits []fundamentals.Split, early map[*market.Closes]*market.Closes) *market.Book {
	b := &market.Book{Splits: splits}
	var legs [][]*market.Closes
	for _, leg := range l.line {
		var series []*market.Closes
		to := until + 1
		if leg.security.To != 0 {
			to = min(to, leg.security.To)
		}
		if leg.tape != nil {
			for _, c := range leg.tape.series {
				if e := early[c]; e != nil {
					c = market.Join([][]*market.Closes{{e}, {c}})[0]
				}
				series = append(series, c.Within(leg.security.From, to))
			}
		}
		legs = append(legs, series)
	}
	b.Series = market.Join(legs)
	return b
}
