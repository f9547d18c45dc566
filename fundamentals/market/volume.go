package market

import (
	"assay/fundamentals"
	"assay/rules"
)

// DollarVolume is the average of close times volume over the last so many closes
// up to a day; a day without a trade counts as none, and one of which no volume
// was given does not count. It is not reported with fewer than half as many that
// count, and stale where the last close is older than so many trading days.
func (b *Book) DollarVolume(day fundamentals.Date, days, staleDays int) (rules.Value, Window) {
	return b.volume(day, days, staleDays, func(c *Closes, i int) float64 { return c.Close[i] * c.Volume[i] })
}

// ShareVolume is the average number of shares traded a day, on the split basis of
// the day asked. It counts as [Book.DollarVolume] does.
func (b *Book) ShareVolume(day fundamentals.Date, days, staleDays int) (rules.Value, Window) {
	return b.volume(day, days, staleDays, func(c *Closes, i int) float64 { return c.Volume[i] / b.factor(c.basisDay(i), day) })
}

func (b *Book) volume(day fundamentals.Date, days, staleDays int, of func(c *Closes, i int) float64) (rules.Value, Window) {
	var best *Closes
	at := -1
	for _, s := range b.Series {
		i := s.last(day)
		if i < 0 || s.Basis == fundamentals.TotalReturn || !s.measured(i) || best != nil && s.Days[i] <= best.Days[at] {
			continue
		}
		best, at = s, i
	}
	if best == nil {
		return rules.None(rules.NotReported), Window{}
	}
	w := Window{Series: best, To: best.Days[at]}
	if TradingDaysOld(w.To, day) > staleDays {
		return rules.None(rules.Stale), w
	}
	// With more gaps than that the average is of another time.
	reach := day - fundamentals.Date(3*days)
	sum := 0.0
	for i := at; i >= 0 && i > at-days && best.Days[i] > reach; i-- {
		w.From = best.Days[i]
		if best.Given[i] {
			sum += of(best, i)
			w.Days++
		}
	}
	if 2*w.Days < days {
		return rules.None(rules.NotReported), w
	}
	return rules.Num(sum / float64(w.Days)), w
}

// measuredDays is how many closes back a volume must be given for a series to be
// one that gives volumes.
const measuredDays = 60

// measured reports whether a series gives volumes: some day of the last sixty has
// one, be it 0.
func (c *Closes) measured(at int) bool {
	for i := at; i >= 0 && i > at-measuredDays; i-- {
		if c.Given[i] {
			return true
		}
	}
	return false
}
