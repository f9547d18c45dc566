package metric

import "assay/rules"

var sizeMetrics = []Metric{
	{
		Name: "market_cap", Title: "Market capitalisation", Unit: rules.UnitMoney,
		Formula: "price * shares_outstanding",
		Note:    "Price and count stand on one split basis; the share classes are summed where the filings state them.",
		Source:  "Bodie, Kane and Marcus, Investments (10th edition 2014)",
	},
	{
		Name: "market_cap_diluted", Title: "Market capitalisation, diluted shares", Unit: rules.UnitMoney, VariantOf: "market_cap",
		Formula: "price * weighted_diluted_shares",
		Note:    "The weighted diluted shares of the period hold options and convertibles by the treasury stock method; of a loss-maker they are the basic shares, and after an issue they lag behind the count.",
		Source:  "FASB Accounting Standards Codification 260, Earnings per Share: the diluted count",
	},
	{
		Name: "log_market_cap", Title: "Natural logarithm of market capitalisation", Unit: rules.UnitPlain,
		Formula: "log(market_cap / (0 * market_cap + 1))",
		Defined: "market_cap > 0",
		Note:    "Of the amount in units of money: 1B is 20.72. The divisor is 1 in the unit of money.",
		Source:  "Fama and French, The cross-section of expected stock returns, Journal of Finance 47 (1992)",
	},
	{
		Name: "enterprise_value", Title: "Enterprise value", Unit: rules.UnitMoney,
		Formula: "market_cap + total_debt + preferred + non_controlling_interests - cash_and_investments",
		Note:    "Not positive for companies with more cash than value: yields on it are undefined then.",
		Source:  bookBanking,
	},
	{
		Name: "enterprise_value_diluted", Title: "Enterprise value, diluted shares", Unit: rules.UnitMoney, VariantOf: "enterprise_value",
		Formula: "market_cap_diluted + total_debt + preferred + non_controlling_interests - cash_and_investments",
		Source:  bookBanking,
	},
	{
		Name: "enterprise_value_excess_cash", Title: "Enterprise value, less excess cash only", Unit: rules.UnitMoney, VariantOf: "enterprise_value",
		Formula: "market_cap + total_debt + preferred + non_controlling_interests - excess_cash",
		Note:    "The cash that running the business needs, 2 % of revenue, is not taken off.",
		Source:  bookValuation,
	},
	{
		Name: "enterprise_value_less_investments", Title: "Enterprise value, less long-term investments too", Unit: rules.UnitMoney, VariantOf: "enterprise_value",
		Formula: "enterprise_value - long_term_investments",
		Note:    "Securities beyond a year are cash to many; shares in other companies by the equity method are not taken off.",
		Source:  bookDamodaran + ": cash and non-operating assets",
	},
	{
		Name: "enterprise_value_with_pensions", Title: "Enterprise value with pension deficits", Unit: rules.UnitMoney, VariantOf: "enterprise_value",
		Formula: "enterprise_value + pension_deficit",
		Note:    "The deficit before the tax that its payment saves.",
		Source:  bookValuation,
	},
	{
		Name: "public_float_to_market_cap", Title: "Public float to market capitalisation", Unit: rules.UnitFraction,
		Formula: "annual(public_float) / market_cap",
		Defined: "market_cap > 0 and annual(public_float) > 0 and annual(public_float) <= 20 * market_cap",
		Note:    "The float is that of the last annual report's cover, at the price of the end of the second fiscal quarter; the market capitalisation is today's. So above 100 % tells of a fall since, not of more float than shares. Undefined above twenty times: covers state floats a thousand and a million times too large (Gentherm 0000950170-24-018007, Unitil 0000950170-24-014186).",
		Source:  "Form 10-K, cover page (17 CFR 249.310): the aggregate market value held by non-affiliates",
	},
	{
		Name: "tangible_assets", Title: "Tangible assets", Unit: rules.UnitMoney,
		Formula: "total_assets - goodwill - intangible_assets",
		Source:  "17 CFR 240.3a51-1(g)(1): total assets less intangible assets",
	},
	{
		Name: "net_assets", Title: "Net assets", Unit: rules.UnitMoney,
		Formula: "total_assets - total_liabilities",
		Note:    "What belongs to all owners: temporary equity and non-controlling interests are inside.",
		Source:  "FASB, Statement of Financial Accounting Concepts No. 8, chapter 4: equity or net assets",
	},
	{
		Name: "net_tangible_assets", Title: "Net tangible assets", Unit: rules.UnitMoney,
		Formula: "tangible_assets - total_liabilities",
		Source:  "17 CFR 240.3a51-1(g)(1): total assets less intangible assets and liabilities",
	},
	{
		Name: "working_capital", Title: "Working capital", Unit: rules.UnitMoney,
		Formula: "current_assets - current_liabilities",
		NotFor:  financial,
		Source:  bookRatios,
	},
	{
		Name: "net_working_capital", Title: "Working capital without cash and debt", Unit: rules.UnitMoney, VariantOf: "working_capital",
		Formula: "current_assets - cash_and_investments - (current_liabilities - short_term_debt)",
		NotFor:  financial,
		Note:    "What operations tie up. The current part of finance leases stays among the liabilities: filings seldom state it by itself.",
		Source:  bookDamodaran + ": non-cash working capital",
	},
	{
		Name: "trade_working_capital", Title: "Trade working capital", Unit: rules.UnitMoney, VariantOf: "working_capital",
		Formula: "receivables + inventory - accounts_payable",
		NotFor:  financial,
		Source:  "Shin and Soenen, Efficiency of working capital management and corporate profitability, Financial Practice and Education 8 (1998): the net trade cycle",
	},
}
