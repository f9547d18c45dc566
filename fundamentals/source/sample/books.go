package sample

import (
	"math"

	"assay/fundamentals"
)

// quarter is one quarter of a company's books: flows of the quarter and
// balances at its end, in thousands.
type quarter struct {
	start, end fundamentals.Date
	year       int // fiscal
	number     int // 1 to 4 within the fiscal year

	revenue, costs, research, selling, operating int64
	interest, earned, pretax, tax, net           int64
	depreciation, fromOperations, plantBought    int64
	invested, fromInvesting                      int64
	dividends, buybacks, issued, borrowed        int64
	fromFinancing                                int64

	cash, investments, receivables, inventory, prepaid  int64
	plant, goodwill                                     int64
	payables, accrued, debtCurrent, debtLong, otherDues int64
	equity                                              int64

	shares int64 // as on the last day of the sample, single
}

func (q *quarter) currentAssets() int64 {
	return q.cash + q.investments + q.receivables + q.inventory + q.prepaid
}
func (q *quarter) assets() int64             { return q.currentAssets() + q.plant + q.goodwill }
func (q *quarter) currentLiabilities() int64 { return q.payables + q.accrued + q.debtCurrent }
func (q *quarter) liabilities() int64        { return q.currentLiabilities() + q.debtLong + q.otherDues }
func (q *quarter) debt() int64               { return q.debtCurrent + q.debtLong }

// books rolls a company's quarters forward.
func books(c *company) []quarter {
	ends := quarterEnds(c)
	d := newDice(c.ticker)
	quarters := make([]quarter, len(ends))
	for i, end := range ends {
		q := &quarters[i]
		q.end, q.start = end, c.quarterEnd(monthEnd(c.first, -3))+1
		if i > 0 {
			q.start = ends[i-1] + 1
		}
		q.year, q.number = fiscal(c, end)
		ago := float64(i+1-len(ends)) / 4 // years, negative
		level := c.revenue * math.Pow(1+c.growth, ago)
		q.shares = int64(math.Round(c.shares * math.Pow(1+c.dilution, ago) * 1e6))
		if i == 0 {
			open(c, q, level)
		}
		prior := quarters[max(i-1, 0)]
		earn(c, q, &prior, level, d)
		settle(c, q, &prior, level)
	}
	return quarters
}

// overstate returns books as they were first reported: with revenue that was
// never earned, and that stands among the receivables.
func (c *company) overstate(honest []quarter) []quarter {
	quarters := append([]quarter(nil), honest...)
	var sum int64
	for i := range quarters {
		q := &quarters[i]
		if q.start >= c.overstatedFrom && q.end < c.overstatedTo {
			extra := q.revenue * 9 / 100
			sum += extra
			q.revenue += extra
			q.operating += extra
			q.pretax += extra
			q.net += extra
		}
		q.receivables += sum
		q.equity += sum
	}
	return quarters
}

// open sets the first balances, from which equity follows.
func open(c *company, q *quarter, level float64) {
	q.plant = thousands(c.plant * level)
	q.goodwill = thousands(c.goodwill * level)
	q.cash, q.investments = parted(c, thousands(c.cash*level))
	balances(c, q, level)
	q.equity = q.assets() - q.liabilities()
}

// earn writes the income statement of a quarter.
func earn(c *company, q, prior *quarter, level float64, d *dice) {
	season := [...]float64{.96, .99, 1.01, 1.04}[q.number-1]
	revenue := level / 4 * season * (1 + .015*d.next())
	margin := c.margin
	if m, ok := c.margins[q.year]; ok {
		margin = m
	}
	margin *= 1 + .05*d.next()
	q.revenue = thousands(revenue)
	q.operating = thousands(revenue * margin)
	q.costs = thousands(revenue * (1 - c.gross))
	if c.gross > .4 {
		q.research = thousands(revenue * .08)
	}
	q.selling = q.revenue - q.costs - q.research - q.operating
	q.interest = prior.debt() * 5 / 400
	q.earned = (prior.cash + prior.investments) / 400
	q.pretax = q.operating - q.interest + q.earned
	q.tax = max(0, q.pretax*22/100)
	q.net = q.pretax - q.tax
	q.depreciation = prior.plant * 25 / 1000
}

// settle writes the cash flows and balances of a quarter: what is left of the
// year's cash beyond the company's habit goes to the shareholders.
func settle(c *company, q, prior *quarter, level float64) {
	q.goodwill = prior.goodwill
	q.plantBought = max(0, thousands(c.plant*level)-prior.plant+q.depreciation)
	q.plant = prior.plant - q.depreciation + q.plantBought
	balances(c, q, level)
	held := func(b *quarter) int64 {
		return b.receivables + b.inventory + b.prepaid - b.payables - b.accrued - b.otherDues
	}
	q.fromOperations = q.net + q.depreciation - (held(q) - held(prior))
	q.borrowed = q.debt() - prior.debt()
	total := prior.cash + prior.investments + q.fromOperations - q.plantBought + q.borrowed
	habit := thousands(c.cash * level)
	switch {
	case total > habit && c.dilution < 0:
		q.buybacks = (total - habit) * 3 / 5
		q.dividends = total - habit - q.buybacks
	case total > habit:
		q.dividends = total - habit
	case total < habit/2:
		q.issued = habit - total
	}
	total += q.issued - q.dividends - q.buybacks
	q.cash, q.investments = parted(c, total)
	q.invested = q.investments - prior.investments
	q.fromInvesting = -q.plantBought - q.invested
	q.fromFinancing = q.borrowed + q.issued - q.dividends - q.buybacks
	q.equity = prior.equity + q.net - q.dividends - q.buybacks + q.issued
}

// balances sets what follows the level of business.
func balances(c *company, q *quarter, level float64) {
	q.receivables = thousands(c.working * level * .55)
	q.inventory = thousands(c.working * level * .45)
	q.prepaid = thousands(.02 * level)
	q.payables = thousands(.07 * level)
	q.accrued = thousands(.06 * level)
	if c.kind == bank || c.kind == insurer {
		q.receivables, q.inventory = thousands(c.working*level), 0
		q.payables = thousands(c.working * level * .92) // deposits, or claims
	}
	if c.kind == trust || c.sic == 7372 || c.sic == 7363 || c.sic == 7370 || c.sic == 7374 {
		q.receivables, q.inventory = q.receivables+q.inventory, 0
	}
	debt := thousands(c.debt * level)
	q.debtCurrent = debt / 10
	q.debtLong = debt - q.debtCurrent
	q.otherDues = thousands(.05 * level)
}

// parted splits liquid funds into cash and short-term investments.
func parted(c *company, total int64) (cash, investments int64) {
	if c.cash >= .25 && total > 0 && c.kind == ordinary {
		investments = total * 3 / 10
	}
	return total - investments, investments
}

func thousands(millions float64) int64 { return int64(math.Round(millions * 1000)) }
