package sample

import (
	"slices"
	"strings"
	"time"

	"assay/fundamentals"
)

// company says what an invented company is like. Money is in millions, and
// ratios are of a year's revenue, unless said otherwise.
type company struct {
	cik      fundamentals.CIK
	ticker   string
	name     string
	exchange string
	sic      int
	kind     kind

	revenue  float64 // a year's, at the end of the sample
	growth   float64 // a year
	gross    float64 // gross margin
	margin   float64 // operating margin
	cash     float64 // cash and short-term investments
	debt     float64
	plant    float64 // property, plant and equipment
	working  float64 // receivables and inventory
	goodwill float64
	cap      float64 // market value at the end of the sample
	shares   float64 // millions, at the end of the sample
	dilution float64 // growth of the share count a year

	*era
	quirks
	invention
}

// era is when a sample plays.
type era struct {
	first fundamentals.Date // the end of the first quarter of the books
	until fundamentals.Date // the last day
	// What was overstated of those quarters, of companies that restate, and when
	// the amended annual report took it back.
	overstatedFrom, overstatedTo, restatedOn fundamentals.Date
	splitDay                                 fundamentals.Date // of companies that split their shares
}

// demoEra leaves two years of comparatives before the first filing, of which the
// revenue of fiscal 2024 was overstated.
var demoEra = era{
	first: fundamentals.NewDate(2017, time.March, 31), until: AsOf,
	overstatedFrom: fundamentals.NewDate(2024, time.January, 1), overstatedTo: fundamentals.NewDate(2025, time.January, 1),
	restatedOn: fundamentals.NewDate(2025, time.April, 25), splitDay: fundamentals.NewDate(2025, time.September, 15),
}

// quirks are what sets a company apart; the zero value is an ordinary filer.
type quirks struct {
	yearEnd    time.Month        // of the fiscal year; December if 0
	margins    map[int]float64   // operating margin of some fiscal years
	firstYear  int               // of filing; 2019 if 0
	lastPeriod fundamentals.Date // the last period that it filed
	listedFrom fundamentals.Date // the day it came to the market; 2012-01-03 if 0
	listedTo   fundamentals.Date // the day it left the market
	split      float64           // new shares for one old, on splitDay
	leaves     []string          // tags that it never states
	slip       bool              // its cover states the share count 1000 times too large
	restates   bool              // its fiscal 2024 was restated
	currency   string            // USD if ""
	turnover   float64           // share of the market value that trades a day; 0.004 if 0
	noPrices   bool
}

type kind string

const (
	ordinary kind = "common"
	bank     kind = "bank"
	insurer  kind = "insurer"
	trust    kind = "trust" // real estate
	index    kind = "index"
	fund     kind = "etf"
)

func (c *company) priceOnly() bool { return c.kind == index || c.kind == fund }

func (c *company) states(tag string) bool {
	for _, left := range c.leaves {
		if left == tag {
			return false
		}
	}
	return true
}

func (c *company) unit() string {
	if c.currency != "" {
		return c.currency
	}
	return "USD"
}

// companies returns the universe, in the order of company numbers. A comment
// says what a company is there to show.
func companies() []company {
	all := slices.Concat(sound(), failing(), exempt(), hard(), larger(), priceOnly())
	for i := range all {
		all[i].complete(i)
	}
	return all
}

// sound are small, profitable, and owe little.
func sound() []company {
	return []company{
		{name: "Quillstone Instruments", exchange: "Nasdaq", sic: 3825, revenue: 420, growth: .08, gross: .48, margin: .19, cash: .35, plant: .18, working: .30, goodwill: .08, cap: 1350, shares: 31, dilution: -.01},
		{name: "Bramblehill Foods", exchange: "NYSE", sic: 2050, revenue: 610, growth: .05, gross: .34, margin: .14, cash: .18, debt: .05, plant: .32, working: .18, goodwill: .06, cap: 1100, shares: 44,
			quirks: quirks{yearEnd: time.September}},
		{name: "Tallowick Tools", exchange: "NYSE", sic: 3420, revenue: 350, growth: .04, gross: .38, margin: .17, cash: .22, debt: .04, plant: .30, working: .34, goodwill: .04, cap: 780, shares: 22,
			quirks: quirks{yearEnd: time.June}},
		{name: "Kestrelmoor Software", exchange: "Nasdaq", sic: 7372, revenue: 260, growth: .13, gross: .74, margin: .24, cash: .60, plant: .06, working: .16, goodwill: .30, cap: 1900, shares: 58, dilution: .02},
		{name: "Larkspan Medical", exchange: "Nasdaq", sic: 3841, revenue: 300, growth: .10, gross: .62, margin: .20, cash: .40, debt: .06, plant: .20, working: .33, goodwill: .16, cap: 1600, shares: 40},
		{name: "Pennywort Apparel", exchange: "NYSE", sic: 2300, revenue: 540, growth: .02, gross: .42, margin: .13, cash: .30, plant: .16, working: .28, cap: 520, shares: 27, dilution: -.03},
		{name: "Oxbowtrail Recreation", exchange: "NYSE", sic: 3790, revenue: 480, growth: .03, gross: .30, margin: .15, cash: .25, plant: .20, working: .30, goodwill: .03, cap: 640, shares: 24, dilution: -.02},
		{name: "Hedgerow Staffing", exchange: "NYSE", sic: 7363, revenue: 820, growth: .04, gross: .24, margin: .06, cash: .09, plant: .02, working: .17, goodwill: .03, cap: 560, shares: 35},
		{name: "Belltower Toys", exchange: "Nasdaq", sic: 3944, revenue: 310, growth: .01, gross: .40, margin: .12, cash: .55, plant: .10, working: .30, cap: 330, shares: 18, dilution: -.03},
	}
}

// failing are those that fail a screen by one thing that can be seen.
func failing() []company {
	return []company{
		// Too large.
		{name: "Gallowmill Grain", exchange: "NYSE", sic: 2040, revenue: 5200, growth: .04, gross: .28, margin: .15, cash: .20, debt: .05, plant: .34, working: .20, goodwill: .10, cap: 9500, shares: 160},
		// Too small.
		{name: "Minnowbrook Labels", exchange: "Nasdaq", sic: 2670, revenue: 90, growth: .05, gross: .36, margin: .16, cash: .25, plant: .28, working: .26, cap: 140, shares: 9,
			quirks: quirks{turnover: .02}},
		// Debt.
		{name: "Ironferry Logistics", exchange: "NYSE", sic: 4213, revenue: 700, growth: .05, gross: .22, margin: .12, cash: .12, debt: .45, plant: .60, working: .14, goodwill: .08, cap: 1200, shares: 38},
		// No cash.
		{name: "Saltmarsh Paper", exchange: "NYSE", sic: 2621, revenue: 560, growth: .02, gross: .27, margin: .13, cash: .03, debt: .02, plant: .46, working: .24, cap: 900, shares: 33},
		// Low returns.
		{name: "Millrace Textiles", exchange: "NYSE", sic: 2200, revenue: 470, growth: .01, gross: .20, margin: .03, cash: .14, debt: .05, plant: .30, working: .34, cap: 400, shares: 20},
		// Bad years.
		{name: "Cinderford Steel", exchange: "NYSE", sic: 3312, revenue: 800, growth: .03, gross: .26, margin: .26, cash: .18, debt: .04, plant: .42, working: .28, cap: 1500, shares: 46,
			quirks: quirks{margins: map[int]float64{2022: .03, 2023: .02, 2024: .05}}},
		// Losses.
		{name: "Starlingcross Therapeutics", exchange: "Nasdaq", sic: 2834, revenue: 60, growth: .15, gross: .80, margin: -1.20, cash: 3.0, plant: .20, working: .20, cap: 450, shares: 62, dilution: .14},
		// Negative equity.
		{name: "Copperbeech Restaurants", exchange: "NYSE", sic: 5812, revenue: 900, growth: .04, gross: .30, margin: .14, cash: .08, debt: 1.05, plant: .45, working: .05, cap: 1800, shares: 42, dilution: -.03},
	}
}

// exempt are those for which some ratios have no meaning.
func exempt() []company {
	return []company{
		{name: "Fennimore Bancorp", exchange: "Nasdaq", sic: 6022, kind: bank, revenue: 210, growth: .05, margin: .42, cash: 1.4, debt: .50, plant: .15, working: 13, goodwill: .3, cap: 720, shares: 29},
		{name: "Harrowgate Storage Trust", exchange: "NYSE", sic: 6798, kind: trust, revenue: 240, growth: .06, margin: .38, cash: .10, debt: 3.2, plant: 8.0, working: .05, cap: 1700, shares: 64, dilution: .03},
		{name: "Weirside Water", exchange: "NYSE", sic: 4941, revenue: 190, growth: .04, gross: .55, margin: .30, cash: .06, debt: 1.8, plant: 4.6, working: .12, cap: 980, shares: 27},
	}
}

// hard are cases that trip programs up.
func hard() []company {
	return []company{
		// A split 2:1.
		{name: "Ashgrove Robotics", exchange: "Nasdaq", sic: 3569, revenue: 330, growth: .12, gross: .45, margin: .18, cash: .32, plant: .16, working: .32, cap: 1450, shares: 52,
			quirks: quirks{split: 2}},
		// A restatement.
		{name: "Dunmarrow Networks", exchange: "Nasdaq", sic: 3576, revenue: 380, growth: .06, gross: .50, margin: .16, cash: .28, plant: .12, working: .34, cap: 900, shares: 36,
			quirks: quirks{restates: true, margins: map[int]float64{2024: .045, 2025: .045, 2026: .045}}},
		// Stopped filing.
		{name: "Thistledown Optics", exchange: "Nasdaq", sic: 3827, revenue: 280, growth: .04, gross: .44, margin: .16, cash: .30, plant: .18, working: .32, cap: 700, shares: 25,
			quirks: quirks{lastPeriod: fundamentals.NewDate(2025, time.June, 30)}},
		// Leaves items out.
		{name: "Wrenfield Data", exchange: "Nasdaq", sic: 7374, revenue: 320, growth: .07, gross: .52, margin: .17, cash: .30, plant: .20, working: .18, goodwill: .1, cap: 1250, shares: 41,
			quirks: quirks{leaves: []string{"OperatingIncomeLoss", "InterestExpense", pretaxTag, "IncomeTaxExpenseBenefit"}}},
		// A slip on the cover.
		{name: "Marlpit Chemicals", exchange: "NYSE", sic: 2810, revenue: 510, growth: .03, gross: .33, margin: .15, cash: .20, debt: .05, plant: .36, working: .26, cap: 1000, shares: 37,
			quirks: quirks{slip: true, leaves: []string{"CommonStockSharesOutstanding"}}},
		// A short history.
		{name: "Junipervale Batteries", exchange: "Nasdaq", sic: 3690, revenue: 290, growth: .18, gross: .36, margin: .16, cash: .40, plant: .26, working: .30, cap: 1300, shares: 48, dilution: .03,
			quirks: quirks{firstYear: 2023, listedFrom: fundamentals.NewDate(2023, time.June, 1)}},
		// Was bought.
		{name: "Gorseland Fixtures", exchange: "NYSE", sic: 2540, revenue: 340, growth: .03, gross: .37, margin: .15, cash: .24, plant: .22, working: .28, cap: 690, shares: 23,
			quirks: quirks{listedTo: fundamentals.NewDate(2025, time.November, 14), lastPeriod: fundamentals.NewDate(2025, time.September, 30)}},
		// Reports in euros.
		{name: "Nordhaven Marine", exchange: "NYSE", sic: 3730, revenue: 410, growth: .05, gross: .31, margin: .14, cash: .26, debt: .04, plant: .30, working: .28, cap: 1050, shares: 39,
			quirks: quirks{currency: "EUR"}},
		// No prices.
		{name: "Applecross Printing", exchange: "NYSE", sic: 2750, revenue: 260, growth: .01, gross: .32, margin: .12, cash: .20, plant: .26, working: .24, cap: 420, shares: 19,
			quirks: quirks{noPrices: true}},
		// A price below a dollar.
		{name: "Peatmoor Media", exchange: "Nasdaq", sic: 2711, revenue: 240, growth: -.06, gross: .30, margin: .02, cash: .12, debt: .20, plant: .24, working: .18, cap: 38, shares: 90},
		// Hardly trades.
		{name: "Lowmoorside Quarries", exchange: "NYSE", sic: 1400, revenue: 180, growth: .03, gross: .40, margin: .20, cash: .30, plant: .50, working: .22, cap: 480, shares: 12,
			quirks: quirks{turnover: .0006}},
	}
}

// larger are too large for a small cap, and good at it every year.
func larger() []company {
	return []company{
		{name: "Everleigh Dental", exchange: "Nasdaq", sic: 3843, revenue: 1150, growth: .10, gross: .58, margin: .25, cash: .28, debt: .08, plant: .16, working: .28, goodwill: .2, cap: 5200, shares: 96, dilution: -.01},
		{name: "Rookwood Analytics", exchange: "NYSE", sic: 7370, revenue: 640, growth: .12, gross: .68, margin: .30, cash: .35, debt: .10, plant: .08, working: .17, goodwill: .4, cap: 3400, shares: 74, dilution: -.02},
	}
}

// priceOnly are prices without a company.
func priceOnly() []company {
	return []company{
		{name: "All of the Sample ETF", ticker: "SAMPLE", exchange: "NYSE Arca", kind: fund, cap: 800, shares: 16},
		{name: "Index of the Sample", ticker: "SAMPLX", kind: index, cap: 2400, shares: 1},
	}
}

func (c *company) complete(i int) {
	c.era = &demoEra
	if c.kind == "" {
		c.kind = ordinary
	}
	if c.ticker == "" {
		c.ticker = strings.ToUpper(c.name[:6])
	}
	if !c.priceOnly() {
		c.cik = fundamentals.CIK(9_900_000_001 + int64(i))
	}
	if c.yearEnd == 0 {
		c.yearEnd = time.December
	}
	if c.firstYear == 0 {
		c.firstYear = 2019
	}
	if c.listedFrom == 0 {
		c.listedFrom = fundamentals.NewDate(2012, time.January, 3)
	}
	if c.turnover == 0 {
		c.turnover = .004
	}
	c.name += " (sample)"
}
