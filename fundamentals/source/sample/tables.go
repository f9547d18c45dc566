package sample

import (
	"encoding/csv"
	"errors"
	"math"
	"os"
	"strconv"
	"time"

	"assay/fundamentals"
)

func securityRows(all []company) [][]string {
	rows := [][]string{{"cik", "ticker", "name", "exchange", "sic", "type", "from", "to"}}
	for i := range all {
		c := &all[i]
		cik, sic, kind := "", "", string(ordinary)
		if c.priceOnly() {
			kind = string(c.kind)
		} else {
			cik, sic = strconv.FormatInt(int64(c.cik), 10), strconv.Itoa(c.sic)
		}
		rows = append(rows, []string{cik, c.ticker, c.name, c.exchange, sic, kind, c.listedFrom.String(), c.listedTo.String()})
	}
	return rows
}

func splitRows(all []company) [][]string {
	rows := [][]string{{"ticker", "date", "ratio"}}
	for i := range all {
		if c := &all[i]; c.split != 0 {
			rows = append(rows, []string{c.ticker, c.splitDay.String(), strconv.FormatFloat(c.split, 'g', -1, 64)})
		}
	}
	return rows
}

// firstPriceDay is two years before the end of the sample.
var firstPriceDay = fundamentals.NewDate(2024, time.July, 1)

func priceRows(all []company) [][]string {
	rows := [][]string{{"Ticker", "Date", "Open", "High", "Low", "Close", "Volume"}}
	var days []fundamentals.Date
	for d := firstPriceDay; d <= AsOf; d++ {
		if trades(d) {
			days = append(days, d)
		}
	}
	for i := range all {
		if c := &all[i]; !c.noPrices {
			rows = append(rows, bars(c, days)...)
		}
	}
	return rows
}

// bars walks a company's price at random, backwards from the price that its
// market value at the end of the sample asks for.
func bars(c *company, days []fundamentals.Date) [][]string {
	d := newDice("price of " + c.ticker)
	rows := make([][]string, len(days))
	price := c.cap / c.shares
	for i := len(days) - 1; i >= 0; i-- {
		day, old := days[i], 1.0
		if c.split != 0 && day < c.splitDay {
			old = c.split
		}
		closing := price * old
		swing := 1 + .008*math.Abs(d.bell())
		opening := closing * (1 + .004*d.next())
		volume := math.Round(c.cap * 1e6 * c.turnover / closing * (1 + .4*d.next()))
		price /= math.Exp(.0003 + .012*d.bell())
		row := []string{c.ticker, day.String(), cents(opening), cents(max(opening, closing) * swing),
			cents(min(opening, closing) / swing), cents(closing), strconv.FormatFloat(volume, 'f', 0, 64)}
		if c.kind == index {
			row[6] = ""
		}
		if c.listedTo == 0 || day < c.listedTo {
			rows[i] = row
		}
	}
	for i, row := range rows {
		if row == nil {
			return rows[:i]
		}
	}
	return rows
}

func cents(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }

func writeTable(path string, rows [][]string) (err error) {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	return csv.NewWriter(out).WriteAll(rows)
}
