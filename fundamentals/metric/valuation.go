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
		Name: "earnings_yield_with_leases", Title: "Earnings yield, operating leases as debt", Unit: rules.UnitFraction,
		Formula: "ebit / enterprise_value_with_leases",
		Defined: "enterprise_value_with_leases > 0", VariantOf: "earnings_yield",
		Note:   "EBIT as stated: the interest inside the rent is not added back.",
		Source: "Damodaran, Dealing with Operating Leases in Valuation (1999): leases as debt",
	},
	{
		Name: "earnings_yield_after_tax", Title: "Earnings yield after tax", Unit: rules.UnitFraction,
		Formula: "nopat / enterprise_value",
		Defined: "enterprise_value > 0", VariantOf: "earnings_yield",
		Note:   "Operating profit less taxes at the company's tax rate, to enterprise value.",
		Source: "Koller, Goedhart and Wessels, Valuation (6th edition 2015): enterprise value to NOPAT, turned round",
	},
	{
		Name: "earnings_yield_avg_5y", Title: "Earnings yield on the average EBIT of 5 years", Unit: rules.UnitFraction,
		Formula: "avg(ebit, 5y) / enterprise_value",
		Defined: "enterprise_value > 0", VariantOf: "earnings_yield",
		Note:   "For cyclical companies; growth makes it low.",
		Source: "Greenblatt's earnings yield on the average earnings that Graham and Dodd, Security Analysis (1934), ask for",
	},
	{
		Name: "ebitda_yield", Title: "EBITDA to enterprise value", Unit: rules.UnitFraction,
		Formula: "ebitda / enterprise_value",
		Defined: "enterprise_value > 0", VariantOf: "earnings_yield",
		Note:   "Higher than the earnings yield by depreciation: a threshold means less here.",
		Source: "Loughran and Wellman, New evidence on the relation between the enterprise multiple and average stock returns, Journal of Financial and Quantitative Analysis 46 (2011), turned round",
	},
	{
		Name: "net_income_yield", Title: "Net income yield", Unit: rules.UnitFraction,
		Formula: "net_income_to_common / market_cap",
		Source:  "Basu, Investment performance of common stocks in relation to their price-earnings ratios, Journal of Finance 32 (1977), turned round",
	},
	{
		Name: "average_earnings_yield_10y", Title: "Earnings per share of 10 years to price", Unit: rules.UnitFraction,
		Formula: "avg(eps, 10y, 8) / price", VariantOf: "net_income_yield",
		Note:   "pe_10y turned round, which orders sanely through zero. At least 8 of the 10 years must be known.",
		Source: shiller,
	},
	{
		Name: "fcf_yield", Title: "Free cash flow yield", Unit: rules.UnitFraction,
		Formula: "fcf / market_cap",
		Source:  "Hackel, Livnat and Rai, The free cash flow/small-cap anomaly, Financial Analysts Journal 50 (1994)",
	},
	{
		Name: "fcf_yield_after_sbc", Title: "Free cash flow yield after share-based compensation", Unit: rules.UnitFraction,
		Formula: "(fcf - share_based_compensation) / market_cap", VariantOf: "fcf_yield",
		Note:   "As if staff were paid in cash.",
		Source: "Mauboussin and Callahan, Stock-Based Compensation: Unpacking the Issues (Morgan Stanley, 2023)",
	},
	{
		Name: "fcf_to_enterprise_value", Title: "Free cash flow to enterprise value", Unit: rules.UnitFraction,
		Formula: "fcf / enterprise_value",
		Defined: "enterprise_value > 0", VariantOf: "fcf_yield",
		Note:   "Free cash flow after interest, as it is stated.",
		Source: horseRace,
	},
	{
		Name: "cfo_yield", Title: "Cash from operations to market capitalisation", Unit: rules.UnitFraction,
		Formula: "cash_from_operations / market_cap",
		NotFor:  []string{"bank", "insurer"},
		Source:  "Desai, Rajgopal and Venkatachalam, Value-glamour and accruals mispricing: one anomaly or two?, The Accounting Review 79 (2004)",
	},
	{
		Name: "sales_yield", Title: "Sales to market capitalisation", Unit: rules.UnitMultiple,
		Formula: "revenue / market_cap",
		Source:  "Barbee, Mukherji and Raines, Do sales-price and debt-equity explain stock returns better than book-market and firm size?, Financial Analysts Journal 52 (1996)",
	},
	{
		Name: "gross_profit_to_ev", Title: "Gross profit to enterprise value", Unit: rules.UnitFraction,
		Formula: "gross_profit / enterprise_value",
		Defined: "enterprise_value > 0",
		Source:  horseRace,
	},
	{
		Name: "book_to_market", Title: "Book to market", Unit: rules.UnitFraction,
		Formula: "common_equity / market_cap",
		Note:    "The latest book and the price of the date; ff_book_to_market takes the book of the fiscal year.",
		Source:  "Rosenberg, Reid and Lanstein, Persuasive evidence of market inefficiency, Journal of Portfolio Management 11 (1985)",
	},
	{
		Name: "tangible_book_to_market", Title: "Tangible book to market", Unit: rules.UnitFraction,
		Formula: "tangible_book / market_cap", VariantOf: "book_to_market",
		Note:   "Book without goodwill and other intangible assets.",
		Source: "Graham, The Intelligent Investor (4th edition 1973): net tangible assets",
	},
	{
		Name: "net_cash_to_market_cap", Title: "Net cash to market capitalisation", Unit: rules.UnitFraction,
		Formula: "net_cash / market_cap",
		Source:  "Lynch, One Up on Wall Street (1989): net cash a share against its price; here less all debt",
	},
	{
		Name: "net_current_asset_value_to_market_cap", Title: "Net current asset value to market capitalisation", Unit: rules.UnitFraction,
		Formula: "net_current_asset_value / market_cap",
		NotFor:  financial,
		Note:    "Above 150 % the price is under two thirds of it: Graham's net-nets.",
		Source:  "Oppenheimer, Ben Graham's net current asset values: a performance update, Financial Analysts Journal 42 (1986)",
	},
	{
		Name: "net_net_working_capital_to_market_cap", Title: "Net-net working capital to market capitalisation", Unit: rules.UnitFraction,
		Formula: "net_net_working_capital / market_cap",
		NotFor:  financial, VariantOf: "net_current_asset_value_to_market_cap",
		Note:   "Receivables at 75 % and inventory at 50 %: the low ends of Graham and Dodd's ranges for a liquidation.",
		Source: "Graham and Dodd, Security Analysis (1934): liquidating value",
	},
	{
		Name: "tobins_q", Title: "Tobin's q, approximated", Unit: rules.UnitMultiple,
		Formula: "(market_cap + preferred + current_liabilities - current_assets + long_term_debt + finance_leases) / total_assets",
		NotFor:  financial,
		Note:    "Assets at book in place of replacement cost, debt at book in place of market.",
		Source:  "Chung and Pruitt, A simple approximation of Tobin's q, Financial Management 23 (1994)",
	},
	{
		Name: "dividend_yield", Title: "Dividend yield", Unit: rules.UnitFraction,
		Formula: "dividends_paid / market_cap",
		Note:    "Dividends paid in the last twelve months by the cash flow statement, those on preferred stock included.",
		Source:  multiplesBook,
	},
	{
		Name: "buyback_yield", Title: "Buyback yield", Unit: rules.UnitFraction,
		Formula: "share_repurchases / market_cap",
		Note:    "Gross: stock issued to staff or in offerings is not deducted.",
		Source:  "Faber, Shareholder Yield (2013)",
	},
	{
		Name: "shareholder_yield", Title: "Shareholder yield", Unit: rules.UnitFraction,
		Formula: "(dividends_paid + share_repurchases) / market_cap",
		Note:    "Gross of stock issued.",
		Source:  payoutYield + ": payout yield",
	},
	{
		Name: "net_shareholder_yield", Title: "Shareholder yield, net of stock issued", Unit: rules.UnitFraction,
		Formula: "(dividends_paid + share_repurchases - stock_issuance) / market_cap", VariantOf: "shareholder_yield",
		Note:   "Negative for companies that issue more stock than they pay out.",
		Source: payoutYield + ": net payout yield",
	},
	{
		Name: "shareholder_yield_with_debt", Title: "Shareholder yield, debt paid down included", Unit: rules.UnitFraction,
		Formula: "(dividends_paid + share_repurchases - change(total_debt, 1y)) / market_cap", VariantOf: "shareholder_yield",
		Note:   "Debt taken up counts against it. Debt that came with an acquisition counts as taken up.",
		Source: "Faber, Shareholder Yield (2013): dividends, buybacks and debt paydown",
	},
	{
		Name: "debt_paydown_yield", Title: "Debt paydown yield", Unit: rules.UnitFraction,
		Formula: "-change(total_debt, 1y) / market_cap",
		Note:    "By the balance sheets a year apart; negative where debt grew.",
		Source:  "Faber, Shareholder Yield (2013)",
	},
	{
		Name: "rule_of_40", Title: "Rule of 40", Unit: rules.UnitFraction,
		Formula: "revenue_growth_1y + fcf_margin",
		Note:    "Growth and margin together, 40 % being the mark; the margin is that of free cash flow here.",
		Source:  "Feld, The Rule of 40% For a Healthy SaaS Company (2015)",
	},
}

// Whose definitions several entries take.
const (
	multiplesBook = "Pinto, Henry, Robinson and Stowe, Equity Asset Valuation (CFA Institute, 2nd edition 2010), Market-Based Valuation"
	horseRace     = "Gray and Vogel, Analyzing valuation measures: a performance horse race over the past 40 years, Journal of Portfolio Management 39 (2012)"
	payoutYield   = "Boudoukh, Michaely, Richardson and Roberts, On the importance of measuring payout yield, Journal of Finance 62 (2007)"
	shiller       = "Graham and Dodd, Security Analysis (1934): average earnings of seven to ten years; Campbell and Shiller, Stock prices, earnings, and expected dividends, Journal of Finance 43 (1988), who take out inflation"
)
