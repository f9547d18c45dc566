package market

import (
	"maps"
	"slices"
	"strings"

	"assay/fundamentals"
)

// Turn says from which day on closes stand under a ticker.
type Turn struct {
	From   fundamentals.Date
	Ticker string
}

// Within returns the part of a series from one day up to but not including
// another; none means open. It shares the series' closes.
func (c *Closes) Within(from, to fundamentals.Date) *Closes {
	lo, hi := 0, len(c.Days)
	if from != 0 {
		lo = c.last(from-1) + 1
	}
	if to != 0 {
		hi = max(lo, c.last(to-1)+1)
	}
	return &Closes{Series: c.Series, Turns: c.Turns, Ranges: c.Ranges, Days: c.Days[lo:hi], Close: c.Close[lo:hi], Volume: c.Volume[lo:hi], Given: c.Given[lo:hi]}
}

// Since returns the book of the closes from a day on.
func (b *Book) Since(day fundamentals.Date) *Book {
	out := &Book{Splits: b.Splits, Series: make([]*Closes, len(b.Series))}
	for i, c := range b.Series {
		out.Series[i] = c.Within(day, 0)
	}
	return out
}

// Join makes the series of a security that traded under one ticker after the
// other: legs holds the series of each ticker, in the order of time, and no two
// legs speak of the same day. Those on the same basis, of the same basis date and
// use, become one. Adjusted series of different dates stay apart: what was paid or
// split between the two dates is in the one and not in the other.
func Join(legs [][]*Closes) (joined []*Closes) {
	for _, leg := range legs {
		before := len(joined)
		taken := make([]bool, before)
		for _, c := range leg {
			if len(c.Days) == 0 {
				continue
			}
			at := slices.IndexFunc(joined[:before], func(j *Closes) bool {
				return j.Basis == c.Basis && j.BasisDate == c.BasisDate && j.AsPrice == c.AsPrice
			})
			if at < 0 || taken[at] {
				joined = append(joined, c)
				continue
			}
			joined[at], taken[at] = joined[at].then(c), true
		}
	}
	return joined
}

// then is a series with the closes of a later one after its own.
func (c *Closes) then(next *Closes) *Closes {
	turns := c.Turns
	if turns == nil {
		turns = []Turn{{c.Days[0], c.Ticker}}
	}
	ranges := maps.Clone(c.Ranges)
	if ranges == nil {
		ranges = next.Ranges
	} else {
		maps.Copy(ranges, next.Ranges)
	}
	return &Closes{
		Series: c.Series, Ranges: ranges, Turns: append(slices.Clip(turns), Turn{next.Days[0], next.Ticker}),
		Days: slices.Concat(c.Days, next.Days), Close: slices.Concat(c.Close, next.Close),
		Volume: slices.Concat(c.Volume, next.Volume), Given: slices.Concat(c.Given, next.Given),
	}
}

// Tickers names what the closes from one day to another stand under: SGH, then
// PENG.
func (c *Closes) Tickers(from, to fundamentals.Date) string {
	if c.Turns == nil {
		return c.Ticker
	}
	var names []string
	for i, turn := range c.Turns {
		ended := i+1 < len(c.Turns) && c.Turns[i+1].From <= from
		if ended || turn.From > to || len(names) > 0 && names[len(names)-1] == turn.Ticker {
			continue
		}
		names = append(names, turn.Ticker)
	}
	return strings.Join(names, ", then ")
}
