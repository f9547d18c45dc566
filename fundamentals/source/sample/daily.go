package sample

import (
	"math"
	"strconv"

	"assay/fundamentals"
)

// tape is the days of a market and how it stood on each beside its trend, as a
// logarithm.
type tape struct {
	days []fundamentals.Date
	text []string // the days as written
	log  []float64
}

func newTape(from, until fundamentals.Date, d *dice) *tape {
	t := &tape{}
	level := 0.0
	for day := from; day <= until; day++ {
		if !trades(day) {
			continue
		}
		level = .9985*level + .0105*d.bell()
		t.days, t.text, t.log = append(t.days, day), append(t.text, day.String()), append(t.log, level)
	}
	return t
}

// bars appends a line for each day on which a company's shares traded: its price
// follows its business and the market, and wanders around both. Prices are as
// traded, before a split in old shares.
func (t *tape) bars(text []byte, c *company, ticker string, d *dice) []byte {
	own, level := 0.0, c.cap/c.shares
	daily := math.Pow(1+c.growth-c.dilution, 1./365)
	for i, day := range t.days {
		own = .998*own + c.wander*d.bell()
		if day < c.listedFrom || c.listedTo != 0 && day >= c.listedTo {
			continue
		}
		price := level * math.Pow(daily, float64(day-c.until)) * math.Exp(own+c.beta*t.log[i])
		if c.split != 0 && day < c.splitDay {
			price *= c.split
		}
		closing := max(1, math.Round(price*100))
		opening := max(1, math.Round(closing*(1+.005*d.next())))
		swing := 1 + .009*math.Abs(d.bell())
		volume := math.Round(c.cap * 1e8 * c.turnover / closing * (1 + .5*d.next()))
		text = append(append(append(append(text, ticker...), ','), t.text[i]...), ',')
		for _, x := range []float64{opening, math.Ceil(max(opening, closing) * swing), max(1, math.Floor(min(opening, closing)/swing)), closing} {
			text = append(appendCents(text, int64(x)), ',')
		}
		text = append(strconv.AppendInt(text, int64(volume), 10), '\n')
	}
	return text
}

// appendCents writes hundredths.
func appendCents(text []byte, n int64) []byte {
	text = append(strconv.AppendInt(text, n/100, 10), '.', byte('0'+n/10%10), byte('0'+n%10))
	return text
}
