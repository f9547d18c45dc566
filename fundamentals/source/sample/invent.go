package sample

import (
	"fmt"
	"math"
	"strings"
	"time"

	"assay/fundamentals"
)

// invention is what companies have that are invented by the thousand, and the few
// of the demo have not.
type invention struct {
	invented bool
	weeks    bool              // its quarters end on Saturdays: years of 52 or 53 weeks
	called   map[string]rename // what it called a tag in earlier years
	amended  int               // one report in so many is filed again, whole; 0: none
	fault    int               // the place of the report that states its assets in thousands; 0: none
	twoLists bool              // it has a second class of shares
	notes    int               // how many tags of the notes it uses
	beta     float64
	wander   float64 // how far its price goes its own way in a day
}

// rename is the name that a tag had in reports filed before a day.
type rename struct {
	old    string
	before fundamentals.Date
}

// amends reports whether the report on a quarter is filed once more.
func (c *company) amends(q *quarter) bool {
	return c.amended > 0 && (int(q.end)/91+int(c.cik))%c.amended == 0
}

// tag is what a company calls a tag on a day.
func (c *company) tag(name string, filed fundamentals.Date) string {
	if r, ok := c.called[name]; ok && filed < r.before {
		return r.old
	}
	return name
}

// industry says what companies of a SIC code are like; ratios as in company.
type industry struct {
	share                                   int // of a thousand companies
	sic                                     int
	kind                                    kind
	word                                    string
	gross, margin, plant, working, goodwill float64
	sales                                   float64 // market value to revenue
}

// industries are in the proportions in which companies file.
var industries = []industry{
	{90, 6022, bank, "Bancorp", 0, .38, .15, 12, .3, 3},
	{30, 6331, insurer, "Casualty", 0, .12, .03, 2.6, .15, 1.4},
	{55, 6798, trust, "Trust", 0, .32, 7, .05, .05, 5},
	{110, 2834, ordinary, "Therapeutics", .7, -.4, .2, .2, .1, 5},
	{60, 3841, ordinary, "Medical", .6, .08, .2, .33, .3, 3},
	{110, 7372, ordinary, "Software", .7, .06, .06, .16, .4, 4},
	{55, 3674, ordinary, "Devices", .5, .13, .3, .35, .2, 3},
	{35, 3825, ordinary, "Instruments", .48, .14, .18, .3, .25, 2.5},
	{45, 1311, ordinary, "Petroleum", .5, .16, 2.2, .12, 0, 1.8},
	{35, 4911, ordinary, "Power", .4, .2, 3.2, .14, .1, 1.8},
	{30, 5812, ordinary, "Restaurants", .28, .08, .5, .04, .1, 1.2},
	{30, 5651, ordinary, "Stores", .38, .06, .25, .17, .05, .8},
	{30, 2050, ordinary, "Foods", .32, .1, .32, .18, .2, 1.3},
	{30, 3312, ordinary, "Steel", .2, .09, .42, .28, .04, .8},
	{30, 2810, ordinary, "Chemicals", .32, .12, .4, .26, .2, 1.4},
	{35, 3569, ordinary, "Machines", .34, .11, .2, .34, .2, 1.6},
	{25, 3714, ordinary, "Motors", .2, .06, .3, .24, .1, .8},
	{25, 4213, ordinary, "Freight", .2, .08, .6, .14, .1, 1},
	{30, 7363, ordinary, "Staffing", .24, .04, .02, .17, .1, .5},
	{20, 8071, ordinary, "Laboratories", .36, .1, .2, .2, .3, 1.6},
	{25, 3944, ordinary, "Toys", .4, .1, .12, .3, .1, 1.1},
	{25, 2300, ordinary, "Apparel", .42, .09, .16, .28, .1, 1.1},
	{20, 1531, ordinary, "Homes", .24, .12, .04, .9, .02, .9},
	{20, 1040, ordinary, "Mining", .3, .08, 1.8, .2, 0, 2.2},
}

// inventor makes companies of a seed: each by its number alone, whatever others
// are made.
type inventor struct {
	seed  uint64
	years int
	until fundamentals.Date
}

func (v *inventor) dice(i int, what string) *dice {
	return newDice(fmt.Sprintf("%d %d %s", v.seed, i, what))
}

// unit returns a number from 0 up to 1.
func (d *dice) unit() float64 { return (d.next() + 1) / 2 }

func (d *dice) chance(p float64) bool { return d.unit() < p }

// spread returns numbers around a middle, as many of half of it as of twice it.
func (d *dice) spread(middle, sd float64) float64 { return middle * math.Exp(sd*d.bell()) }

// company invents the company of a number from 0 up.
func (v *inventor) company(i int) *company {
	d := v.dice(i, "company")
	in := pick(d)
	c := &company{
		cik: fundamentals.CIK(9_900_000_001 + int64(i)), ticker: v.ticker(i), sic: in.sic, kind: in.kind,
		revenue: d.spread(320, 1.5), growth: .05 + .06*d.bell(), gross: in.gross, margin: in.margin + (.05+.3*math.Abs(in.margin)*d.unit())*d.bell(),
		cash: d.spread(.14, .9), plant: d.spread(in.plant, .4), working: d.spread(in.working, .25), goodwill: in.goodwill * 2 * d.unit(),
		dilution: .012 + .025*d.bell(), quirks: quirks{turnover: d.spread(.005, .6)},
	}
	c.name = c.ticker[:1] + strings.ToLower(c.ticker[1:]) + " " + in.word + " (sample)"
	if in.gross > 0 {
		c.gross = min(max(in.gross+.08*d.bell(), .08), .92)
		c.margin = min(c.margin, c.gross-.03)
	}
	if !d.chance(.25) {
		c.debt = d.spread(.25, 1)
	}
	if in.kind == bank || in.kind == trust {
		c.debt = d.spread(.3*(in.plant+1), .5)
	}
	worth := c.revenue * in.sales * max(.3, 1+2.5*(c.margin-in.margin)+2*(c.growth-.05))
	c.cap = d.spread(worth, .45)
	c.shares = c.cap / min(max(d.spread(22, .9), .3), 900)
	c.exchange = "Nasdaq"
	if c.cap > 900 && d.chance(.7) || d.chance(.15) {
		c.exchange = "NYSE"
	}
	v.life(c, d)
	v.habits(c, d)
	return c
}

func pick(d *dice) *industry {
	at := int(d.unit() * 1000)
	for i := range industries {
		if at -= industries[i].share; at < 0 {
			return &industries[i]
		}
	}
	return &industries[len(industries)-1]
}

// life sets a company's fiscal year, when it came to the market and left it, and the
// days of its restatement and its split.
func (v *inventor) life(c *company, d *dice) {
	begins := v.until.Year() - v.years
	c.yearEnd = []time.Month{time.June, time.September, time.March, time.January, time.October}[int(d.unit()*5)]
	if d.chance(.72) {
		c.yearEnd = time.December
	}
	quarter := (c.yearEnd-1)%3 + 1 // the month in which a year's first quarter ends
	c.era = &era{until: v.until, first: fundamentals.NewDate(begins-2, quarter+1, 0)}
	c.firstYear, c.listedFrom = begins-1, fundamentals.NewDate(begins-9, time.January, 3)
	if d.chance(.4) {
		c.firstYear = begins + int(d.unit()*float64(v.years-1))
		c.listedFrom = fundamentals.NewDate(c.firstYear, time.March, 1) + fundamentals.Date(90*d.unit())
	}
	for year := c.firstYear + 2; year < v.until.Year() && c.listedTo == 0; year++ {
		if d.chance(.025) {
			c.listedTo = fundamentals.NewDate(year, time.January, 10) + fundamentals.Date(340*d.unit())
			c.lastPeriod = c.listedTo - 45
		}
	}
	if d.chance(.25) {
		c.split = []float64{2, 2, 2, 3, 1.5, .1, .05}[int(d.unit()*7)]
	}
	c.splitDay = working(c.listedFrom + fundamentals.Date(d.unit()*float64(v.until-c.listedFrom)))
	if c.split != 0 && (c.splitDay < c.first || c.listedTo != 0 && c.splitDay > c.listedTo-30) {
		c.split = 0
	}
	year := c.firstYear + 1 + int(d.unit()*float64(v.years))
	c.overstatedFrom, c.overstatedTo = fundamentals.NewDate(year, time.January, 1), fundamentals.NewDate(year+1, time.January, 1)
	c.restatedOn = working(fundamentals.NewDate(year+1, time.May, 2))
	c.restates = d.chance(.03)
}

// habits sets how a company reports.
func (v *inventor) habits(c *company, d *dice) {
	c.invented = true
	c.weeks = c.kind == ordinary && d.chance(.1)
	c.slip = d.chance(.01)
	c.twoLists = d.chance(.04)
	if d.chance(.12) {
		c.amended = 9 + int(20*d.unit())
	}
	if d.chance(.005) {
		c.fault = 1 + int(12*d.unit())
	}
	for tag, p := range optional {
		if v.dice(int(c.cik), tag).chance(p) {
			c.leaves = append(c.leaves, tag)
		}
	}
	c.called = map[string]rename{}
	for tag, old := range earlier {
		if d := v.dice(int(c.cik), "name of "+tag); d.chance(old.share) {
			c.called[tag] = rename{old.name, fundamentals.NewDate(old.until, time.April, 1)}
		}
	}
	c.notes = int(min(max(d.spread(130, .3), 40), float64(len(noteTags()))))
	c.beta, c.wander = 1.05+.35*d.bell(), d.spread(.018, .3)
}

// optional are tags that some companies never state, and how many of them.
var optional = map[string]float64{
	"GrossProfit": .45, "OperatingIncomeLoss": .12, "InterestExpense": .18, "Liabilities": .2, "PaymentsForRepurchaseOfCommonStock": .05,
	"CommonStockSharesOutstanding": .25, "PrepaidExpenseAndOtherAssetsCurrent": .1, "ShareBasedCompensation": .08, "OtherLiabilitiesNoncurrent": .1,
}

// earlier are the names that tags had before standards and taxonomies changed, the
// year until whose April they had them, and how many companies used them.
var earlier = map[string]struct {
	name  string
	until int
	share float64
}{
	"RevenueFromContractWithCustomerExcludingAssessedTax": {"SalesRevenueNet", 2018, .95},
	"CostOfRevenue":   {"CostOfGoodsSold", 2018, .4},
	"InterestExpense": {"InterestExpenseDebt", 2015, .2},
	"PaymentsToAcquirePropertyPlantAndEquipment": {"PaymentsToAcquireProductiveAssets", 2014, .15},
	"DepreciationDepletionAndAmortization":       {"DepreciationAndAmortization", 2017, .2},
}

// most is how many companies have tickers of six letters, consonant and vowel by
// turns.
const most = 1_000_000

// ticker spells a company's number so that no two companies share one.
func (v *inventor) ticker(i int) string {
	n := (uint64(i)*618_033 + v.seed*7_919) % most
	var b [6]byte
	for k := range 3 {
		b[2*k], b[2*k+1] = "BCDFGHJKLMNPRSTVWXYZ"[n%20], "AEIOU"[n/20%5]
		n /= 100
	}
	return string(b[:])
}
