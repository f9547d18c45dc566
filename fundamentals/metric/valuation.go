package metric

import "assay/rules"

var valuationMetrics = []Metric{
	{
		Name: "earnings_yield", Title: "Earnings yield (EBIT to enterprise value)", Unit: rules.UnitFraction,
		Formula: "ebit / enterprise_value",
		Defined: "enterprise_value > 0",
		Note:    "Undefined when enterprise value is not positive; a screen that wants such companies says: or enterprise_value <= 0 and ebit > 0.",
		Source:  "Greenblatt, The Little Book That Beats the Market (2005)",
	},
	{
		Name: "fcf_yield", Title: "Free cash flow yield", Unit: rules.UnitFraction,
		Formula: "fcf / market_cap",
	},
	{
		Name: "net_income_yield", Title: "Net income yield", Unit: rules.UnitFraction,
		Formula: "net_income_to_common / market_cap",
	},
	{
		Name: "book_to_market", Title: "Book to market", Unit: rules.UnitFraction,
		Formula: "common_equity / market_cap",
	},
	{
		Name: "ev_to_sales", Title: "Enterprise value to sales", Unit: rules.UnitMultiple,
		Formula: "enterprise_value / revenue",
		Defined: "revenue > 0 and enterprise_value > 0",
	},
	{
		Name: "ev_to_ebitda", Title: "Enterprise value to EBITDA", Unit: rules.UnitMultiple,
		Formula: "enterprise_value / ebitda",
		Defined: "ebitda > 0 and enterprise_value > 0",
		Note:    "Undefined for losses: a multiple does not order through zero, a yield does.",
	},
	{
		Name: "pe", Title: "Price to earnings", Unit: rules.UnitMultiple,
		Formula: "market_cap / net_income_to_common",
		Defined: "net_income_to_common > 0",
		Note:    "Undefined for losses: prefer net_income_yield.",
	},
	{
		Name: "price_to_book", Title: "Price to book", Unit: rules.UnitMultiple,
		Formula: "market_cap / common_equity",
		Defined: "common_equity > 0",
	},
	{
		Name: "dividend_yield", Title: "Dividend yield", Unit: rules.UnitFraction,
		Formula: "dividends_paid / market_cap",
	},
	{
		Name: "shareholder_yield", Title: "Shareholder yield", Unit: rules.UnitFraction,
		Formula: "(dividends_paid + share_repurchases) / market_cap",
	},
	{
		Name: "net_cash_to_market_cap", Title: "Net cash to market capitalisation", Unit: rules.UnitFraction,
		Formula: "net_cash / market_cap",
	},
}
