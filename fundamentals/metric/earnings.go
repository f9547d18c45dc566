package metric

import "assay/rules"

// earningsMetrics are earnings per share, and the news of the last quarter
// against the same quarter a year before.
var earningsMetrics = []Metric{
	{
		Name: "eps", Title: "Diluted earnings per share", Unit: rules.UnitPrice,
		Formula: "net_income_to_common / weighted_diluted_shares",
		Note:    "Of twelve months, on the as-of date's split basis; never the sum of four quarters' stated figures.",
		Source:  "FASB Accounting Standards Codification 260, Earnings per Share",
	},
	{
		Name: "eps_basic", Title: "Basic earnings per share", Unit: rules.UnitPrice,
		Formula: "net_income_to_common / weighted_basic_shares", VariantOf: "eps",
		Note:   "Computed; the filing's own figure is basic_eps.",
		Source: "FASB Accounting Standards Codification 260, Earnings per Share",
	},
	{
		Name: "dividends_per_share", Title: "Dividends paid per share", Unit: rules.UnitPrice,
		Formula: "dividends_paid / weighted_basic_shares",
		Note:    "By the cash flow statement, dividends on preferred stock included, on the as-of date's split basis.",
		Source:  multiplesBook,
	},
	{
		Name: "revenue_growth_yoy_quarter", Title: "Revenue growth, quarter on the year before", Unit: rules.UnitFraction,
		Formula: "quarterly(growth(revenue, 1y))",
		Note:    yearBefore,
		Source:  "O'Neil, How to Make Money in Stocks (1988): sales of the current quarter",
	},
	{
		Name: "gross_profit_growth_yoy_quarter", Title: "Gross profit growth, quarter on the year before", Unit: rules.UnitFraction,
		Formula: "quarterly(growth(gross_profit, 1y))",
		Note:    yearBefore,
		Source:  compound,
	},
	{
		Name: "ebit_growth_yoy_quarter", Title: "EBIT growth, quarter on the year before", Unit: rules.UnitFraction,
		Formula: "quarterly(growth(ebit, 1y))",
		Note:    yearBefore,
		Source:  compound,
	},
	{
		Name: "eps_growth_yoy_quarter", Title: "Growth of earnings per share, quarter on the year before", Unit: rules.UnitFraction,
		Formula: "quarterly(growth(eps, 1y))",
		Note:    yearBefore,
		Source:  "O'Neil, How to Make Money in Stocks (1988): current quarterly earnings per share",
	},
	{
		Name: "revenue_acceleration", Title: "Acceleration of revenue growth, quarter on quarter", Unit: rules.UnitFraction,
		Formula: "change(revenue_growth_yoy_quarter, 1q)",
		Note:    "The growth of the quarter on the year before, less that of the quarter before it.",
		Source:  "O'Neil, How to Make Money in Stocks (1988): accelerating sales",
	},
	{
		Name: "revenue_acceleration_1y", Title: "Acceleration of revenue growth, year on year", Unit: rules.UnitFraction,
		Formula: "change(revenue_growth_1y, 1y)", VariantOf: "revenue_acceleration",
		Source: compound + "; its change",
	},
	{
		Name: "sue", Title: "Standardised unexpected earnings", Unit: rules.UnitPlain,
		Formula: "change(quarterly(eps), 1y) / stddev(ago(change(quarterly(eps), 1y), 1q), 8q, 6)",
		Note:    "The change of the quarter's earnings per share on the year before, over the standard deviation of that change in the eight quarters before, of which at least six must be known. Undefined where it never varied.",
		Source:  "Chan, Jegadeesh and Lakonishok, Momentum strategies, Journal of Finance 51 (1996); Foster, Olsen and Shevlin, Earnings releases, anomalies, and the behavior of security returns, The Accounting Review 59 (1984)",
	},
	{
		Name: "quarterly_roe", Title: "Return on equity of the quarter", Unit: rules.UnitFraction,
		Formula: "quarterly(net_income_to_common / ago(common_equity, 1q))",
		Defined: "quarterly(ago(common_equity, 1q)) > 0",
		Note:    "One quarter's income to the book of the quarter before, not made annual.",
		Source:  "Hou, Xue and Zhang, Digesting anomalies: an investment approach, Review of Financial Studies 28 (2015): ROE of the q-factor model",
	},
}

const yearBefore = "Undefined from or to what is not positive. Missing for companies that report by the year only."
