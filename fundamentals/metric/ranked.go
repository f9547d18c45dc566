package metric

import (
	"fmt"
	"sync"

	"assay/rules"
	"assay/rules/funcs"
)

// rankedMetrics compare a company with its peers: the universe of the screen in
// which they stand, or what its rank.over says. So they are no columns of the
// table; a screen that names one evaluates its formula in its own place.
var rankedMetrics = []Metric{
	{
		Name: "magic_formula", Title: "Magic formula, sum of two ranks", Unit: rules.UnitCount,
		Formula: "rank(earnings_yield) + rank(return_on_tangible_capital)",
		Note:    "The lowest sum is the best: rank by -magic_formula. Greenblatt ranks companies of at least 50 million without financials and utilities.",
		Source:  "Greenblatt, The Little Book That Beats the Market (2005)",
	},
	{
		Name: "gross_profitability_value", Title: "Gross profitability and value, sum of two percentiles", Unit: rules.UnitPlain,
		Formula: "percentile(gross_profitability) + percentile(book_to_market)",
		Note:    "The highest is the best.",
		Source:  "Novy-Marx, The other side of value, Journal of Financial Economics 108 (2013), section 4: the joint strategy",
	},
	{
		Name: "value_composite", Title: "Value composite, mean of five percentiles", Unit: rules.UnitPlain,
		Formula: "(percentile(book_to_market) + percentile(net_income_yield) + percentile(sales_yield) + percentile(ebitda_yield) + percentile(cfo_yield)) / 5",
		Note:    "The highest is the cheapest. Yields in place of multiples, so that losses rank last; unknown if one of the five is.",
		Source:  "O'Shaughnessy, What Works on Wall Street, 4th edition (2011): Value Composite One",
	},
	{
		Name: "value_composite_two", Title: "Value composite with shareholder yield, mean of six percentiles", Unit: rules.UnitPlain,
		Formula:   "(5 * value_composite + percentile(shareholder_yield)) / 6",
		Note:      "The highest is the cheapest.",
		Source:    "O'Shaughnessy, What Works on Wall Street, 4th edition (2011): Value Composite Two",
		VariantOf: "value_composite",
	},
	{
		Name: "quality_composite", Title: "Quality composite, mean of four percentiles", Unit: rules.UnitPlain,
		Formula: "(percentile(gross_profitability) + percentile(roe) + percentile(-accruals) + percentile(-debt_to_assets)) / 4",
		Note:    "The highest is the best: profitable, its earnings in cash, little debt. A short form of the paper's profitability and safety.",
		Source:  "after Asness, Frazzini and Pedersen, Quality minus junk, Review of Accounting Studies 24 (2019)",
	},
	{
		Name: "industry_relative_value", Title: "Earnings yield less the median of the industry", Unit: rules.UnitFraction,
		Formula: "earnings_yield - median_of(earnings_yield, industry)",
		Note:    "Positive is cheaper than the median of the industry's companies in the universe.",
		Source:  "after Asness, Porter and Stevens, Predicting stock returns using industry-relative firm characteristics (2000)",
	},
}

// Ranked lists the metrics that compare companies with each other, in the order
// of reports.
func Ranked() []Metric { return rankedMetrics }

// definitions are the programs of Ranked; each may use those before it.
var definitions = sync.OnceValue(func() map[string]*rules.Program {
	made := map[string]*rules.Program{}
	for _, m := range rankedMetrics {
		p, errs := rules.Scope{Env: catalogue(), Funcs: funcs.All(), Lets: made}.Compile(m.Formula)
		if errs != nil {
			panic(fmt.Sprintf("metric %s: %v", m.Name, errs))
		}
		made[m.Name] = p
	}
	return made
})
