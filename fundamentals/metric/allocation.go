package metric

import "assay/rules"

// allocationMetrics tell what a company does with its capital: its own shares,
// its dividends, its debt and its reinvestment.
var allocationMetrics = []Metric{
	{
		Name: "shares_growth_1y", Title: "Growth of the share count, 1 year", Unit: rules.UnitFraction,
		Formula: "growth(shares_outstanding, 1y)",
		Note:    dilution,
		Source:  netIssues,
	},
	{
		Name: "shares_growth_3y", Title: "Growth of the share count, 3 years a year", Unit: rules.UnitFraction,
		Formula: "growth(shares_outstanding, 3y)",
		Note:    dilution,
		Source:  netIssues + ", over one year",
	},
	{
		Name: "shares_growth_5y", Title: "Growth of the share count, 5 years a year", Unit: rules.UnitFraction,
		Formula: "growth(shares_outstanding, 5y)",
		Note:    dilution,
		Source:  netIssues + ", over one year",
	},
	{
		Name: "shares_growth_10y", Title: "Growth of the share count, 10 years a year", Unit: rules.UnitFraction,
		Formula: "growth(shares_outstanding, 10y)",
		Note:    dilution,
		Source:  netIssues + ", over one year",
	},
	{
		Name: "diluted_shares_growth_1y", Title: "Growth of weighted diluted shares, 1 year", Unit: rules.UnitFraction,
		Formula: "growth(weighted_diluted_shares, 1y)", VariantOf: "shares_growth_1y",
		Note:   "The average of the year, options and convertibles included; it lags the count.",
		Source: "FASB Accounting Standards Codification 260, Earnings per Share: the diluted count; its growth",
	},
	{
		Name: "net_stock_issuance", Title: "Net stock issuance", Unit: rules.UnitFraction,
		Formula: "log(shares_outstanding / ago(shares_outstanding, 1y))", VariantOf: "shares_growth_1y",
		Note:   "The logarithm of the split-adjusted count over that of a year before.",
		Source: "Pontiff and Woodgate, Share issuance and cross-sectional returns, Journal of Finance 63 (2008)",
	},
	{
		Name: "payout_ratio", Title: "Payout ratio", Unit: rules.UnitFraction,
		Formula: "dividends_paid / net_income",
		Defined: "net_income > 0",
		Note:    "Dividends of the cash flow statement, those on preferred stock included, so income is before them. Undefined for losses, out of which nothing is paid.",
		Source:  multiplesBook,
	},
	{
		Name: "payout_ratio_5y", Title: "Payout ratio over 5 years", Unit: rules.UnitFraction,
		Formula: "sum(dividends_paid, 5y) / sum(net_income, 5y)",
		Defined: "sum(net_income, 5y) > 0", VariantOf: "payout_ratio",
		Note:   "Dividends of five years over income of five years: one bad year does not make it explode.",
		Source: "Asness, Frazzini and Pedersen, Quality minus junk, Review of Accounting Studies 24 (2019): payout over five years, which there is net of issues and to gross profit",
	},
	{
		Name: "total_payout_ratio", Title: "Total payout ratio", Unit: rules.UnitFraction,
		Formula: "(dividends_paid + share_repurchases) / net_income",
		Defined: "net_income > 0",
		Note:    "Dividends and gross buybacks.",
		Source:  "Grullon and Michaely, Dividends, share repurchases, and the substitution hypothesis, Journal of Finance 57 (2002)",
	},
	{
		Name: "dividends_to_fcf", Title: "Dividends to free cash flow", Unit: rules.UnitFraction,
		Formula: "dividends_paid / fcf",
		Defined: "fcf > 0", VariantOf: "payout_ratio",
		Source: multiplesBook + ": payout out of free cash flow",
	},
	{
		Name: "buybacks_to_fcf", Title: "Buybacks to free cash flow", Unit: rules.UnitFraction,
		Formula: "share_repurchases / fcf",
		Defined: "fcf > 0",
		Source:  "The quotient of the two names, by no one author",
	},
	{
		Name: "total_payout_to_fcf", Title: "Dividends and buybacks to free cash flow", Unit: rules.UnitFraction,
		Formula: "(dividends_paid + share_repurchases) / fcf",
		Defined: "fcf > 0", VariantOf: "total_payout_ratio",
		Source: "Damodaran, Investment Valuation (3rd edition 2012): cash returned to free cash flow to equity, here before net borrowing",
	},
	{
		Name: "dividend_coverage", Title: "Dividend coverage", Unit: rules.UnitMultiple,
		Formula: "net_income / dividends_paid",
		Defined: "dividends_paid > 0",
		Note:    "Undefined for companies that pay none. Dividends on preferred stock count, so income is before them.",
		Source:  multiplesBook,
	},
	{
		Name: "dividend_coverage_fcf", Title: "Dividend coverage by free cash flow", Unit: rules.UnitMultiple,
		Formula: "fcf / dividends_paid",
		Defined: "dividends_paid > 0", VariantOf: "dividend_coverage",
		Note:   "Undefined for companies that pay none.",
		Source: multiplesBook,
	},
	{
		Name: "retention_ratio", Title: "Retention ratio", Unit: rules.UnitFraction,
		Formula: "1 - payout_ratio",
		Note:    "Negative where more is paid than earned.",
		Source:  higgins,
	},
	{
		Name: "sustainable_growth", Title: "Sustainable growth", Unit: rules.UnitFraction,
		Formula: "roe * retention_ratio",
		Note:    "What equity grows by from retained income. On average equity; Higgins takes that of the beginning.",
		Source:  higgins,
	},
	{
		Name: "buybacks_5y_to_market_cap", Title: "Buybacks of 5 years to market capitalisation", Unit: rules.UnitFraction,
		Formula: "sum(share_repurchases, 5y) / market_cap",
		Note:    "Gross, at today's market capitalisation.",
		Source:  "Ikenberry, Lakonishok and Vermaelen, Market underreaction to open market share repurchases, Journal of Financial Economics 39 (1995), who count programmes announced",
	},
	{
		Name: "rd_to_market_cap", Title: "Research and development to market capitalisation", Unit: rules.UnitFraction,
		Formula: "research_and_development / market_cap",
		Source:  research,
	},
	{
		Name: "rd_capital", Title: "Capital of research and development", Unit: rules.UnitMoney,
		Formula: "research_and_development + 80% * ago(research_and_development, 1y) + 60% * ago(research_and_development, 2y)" +
			" + 40% * ago(research_and_development, 3y) + 20% * ago(research_and_development, 4y)",
		Note:   "The spending of five years, less 20 % of it for each year that has passed.",
		Source: research,
	},
	{
		Name: "rd_capital_to_market_cap", Title: "Capital of research and development to market capitalisation", Unit: rules.UnitFraction,
		Formula: "rd_capital / market_cap", VariantOf: "rd_to_market_cap",
		Source: research,
	},
	{
		Name: "goodwill_growth_1y", Title: "Growth of goodwill and intangibles, 1 year", Unit: rules.UnitFraction,
		Formula: "growth(goodwill + intangible_assets, 1y)",
		Note:    "Growth by acquisition. Undefined for companies that had none.",
		Source:  compound,
	},
	{
		Name: "abnormal_investment", Title: "Abnormal capital investment", Unit: rules.UnitFraction,
		Formula: "annual(capex_to_revenue / avg(ago(capex_to_revenue, 1y), 3y) - 1)",
		Defined: "annual(avg(ago(capex_to_revenue, 1y), 3y)) > 0",
		Note:    "Capital expenditure to sales, against its average in the three years before. Annual.",
		Source:  "Titman, Wei and Xie, Capital investments and stock returns, Journal of Financial and Quantitative Analysis 39 (2004)",
	},
	{
		Name: "net_buybacks", Title: "Buybacks less stock issued", Unit: rules.UnitMoney,
		Formula: "share_repurchases - stock_issuance",
		Note:    "Stock issued is what came in for shares, those sold to staff included; shares paid for acquisitions bring no cash and are not in it.",
		Source:  payoutYield + ": net repurchases",
	},
	{
		Name: "net_buyback_yield", Title: "Net buyback yield", Unit: rules.UnitFraction,
		Formula: "net_buybacks / market_cap", VariantOf: "buyback_yield",
		Note:   "Negative for companies that issue more than they buy.",
		Source: payoutYield + ": net repurchases",
	},
	{
		Name: "net_equity_issuance", Title: "Net equity issuance to assets", Unit: rules.UnitFraction,
		Formula: "(stock_issuance - share_repurchases - dividends_paid) / avg(total_assets, 2y)",
		Note:    "Stock issued less buybacks and dividends.",
		Source:  external,
	},
	{
		Name: "net_debt_issuance", Title: "Net debt issuance to assets", Unit: rules.UnitFraction,
		Formula: "(debt_issued - debt_repaid) / avg(total_assets, 2y)",
		NotFor:  financial,
		Note:    "By the cash flow statement.",
		Source:  external,
	},
	{
		Name: "external_financing", Title: "Net external financing to assets", Unit: rules.UnitFraction,
		Formula: "net_equity_issuance + net_debt_issuance",
		Note:    "What came from shareholders and lenders, less what went to them. High is bad for returns.",
		Source:  external,
	},
	{
		Name: "sbc_to_revenue", Title: "Share-based compensation to revenue", Unit: rules.UnitFraction,
		Formula: "share_based_compensation / revenue",
		Defined: "revenue > 0",
		Source:  mauboussinSBC,
	},
	{
		Name: "sbc_to_market_cap", Title: "Share-based compensation to market capitalisation", Unit: rules.UnitFraction,
		Formula: "share_based_compensation / market_cap",
		Note:    "What staff takes of the company each year.",
		Source:  mauboussinSBC,
	},
	{
		Name: "sbc_to_cfo", Title: "Share-based compensation to cash from operations", Unit: rules.UnitFraction,
		Formula: "share_based_compensation / cash_from_operations",
		Defined: "cash_from_operations > 0",
		NotFor:  []string{"bank", "insurer"},
		Note:    "How much of the cash was paid for in shares.",
		Source:  mauboussinSBC,
	},
	{
		Name: "acquisitions_to_assets", Title: "Acquisitions to assets", Unit: rules.UnitFraction,
		Formula: "acquisitions / avg(total_assets, 2y)",
		Note:    "Cash paid for businesses in twelve months; what was paid in shares is not in it.",
		Source:  spending,
	},
	{
		Name: "acquisitions_5y_to_cfo_5y", Title: "Acquisitions to cash from operations, over 5 years", Unit: rules.UnitFraction,
		Formula: "sum(acquisitions, 5y) / sum(cash_from_operations, 5y)",
		Defined: "sum(cash_from_operations, 5y) > 0",
		NotFor:  []string{"bank", "insurer"},
		Source:  spending,
	},
	{
		Name: "cash_reinvested", Title: "Share of cash from operations that is reinvested", Unit: rules.UnitFraction,
		Formula: "(capital_expenditure + acquisitions) / cash_from_operations",
		Defined: "cash_from_operations > 0",
		NotFor:  []string{"bank", "insurer"},
		Note:    "Capital expenditure and acquisitions; research and development was taken off already.",
		Source:  spending,
	},
	{
		Name: "cash_returned", Title: "Share of cash from operations that is returned to shareholders", Unit: rules.UnitFraction,
		Formula: "(dividends_paid + share_repurchases) / cash_from_operations",
		Defined: "cash_from_operations > 0",
		NotFor:  []string{"bank", "insurer"},
		Note:    "Dividends and gross buybacks.",
		Source:  spending,
	},
}

const (
	external      = "Bradshaw, Richardson and Sloan, The relation between corporate financing activities, analysts' forecasts and stock returns, Journal of Accounting and Economics 42 (2006)"
	mauboussinSBC = "Mauboussin and Callahan, Stock-Based Compensation: Unpacking the Issues (Morgan Stanley, 2023)"
	spending      = "Mauboussin and Callahan, Capital Allocation: Results, Analysis, and Assessment (Morgan Stanley, 2022)"
	dilution      = "Positive is dilution. Both counts stand on the as-of date's split basis."
	netIssues     = "Pontiff and Woodgate, Share issuance and cross-sectional returns, Journal of Finance 63 (2008), as a rate of growth"
	higgins       = "Higgins, How much growth can a firm afford?, Financial Management 6 (1977)"
	research      = "Chan, Lakonishok and Sougiannis, The stock market valuation of research and development expenditures, Journal of Finance 56 (2001)"
)
