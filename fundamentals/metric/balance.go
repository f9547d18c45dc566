package metric

import "assay/rules"

var balanceMetrics = []Metric{
	{
		Name: "cash_and_investments", Title: "Cash and short-term investments", Unit: rules.UnitMoney,
		Formula: "cash_and_equivalents + short_term_investments",
		Source:  "Regulation S-X, 17 CFR 210.5-02, lines 1 and 2: cash, and marketable securities among current assets",
	},
	{
		Name: "cash_with_long_term_investments", Title: "Cash and all investments", Unit: rules.UnitMoney, VariantOf: "cash_and_investments",
		Formula: "cash_and_investments + long_term_investments",
		Note:    "Technology companies hold much of their money in securities beyond a year.",
		Source:  noAuthor,
	},
	{
		Name: "total_debt", Title: "Total debt", Unit: rules.UnitMoney,
		Formula: "short_term_borrowings + long_term_debt_current + long_term_debt + finance_leases",
		NotFor:  financial,
		Note:    "From the balance sheet. Operating leases are apart: operating_leases.",
		Source:  bookRatios + ": interest-bearing short-term and long-term debt",
	},
	{
		Name: "short_term_debt", Title: "Debt due within a year", Unit: rules.UnitMoney,
		Formula: "short_term_borrowings + long_term_debt_current",
		NotFor:  financial,
		Note:    "Finance leases are not in it: filings seldom divide them by term.",
		Source:  "Regulation S-X, 17 CFR 210.5-02, lines 19 and 20: current borrowings and the current portion of debt",
	},
	{
		Name: "debt_long_term", Title: "Debt due after a year, finance leases included", Unit: rules.UnitMoney,
		Formula: "long_term_debt + finance_leases",
		NotFor:  financial,
		Note:    "total_debt less short_term_debt. The line of the balance sheet alone is long_term_debt.",
		Source:  "Regulation S-X, 17 CFR 210.5-02, line 22: long-term debt, capitalised leases included",
	},
	{
		Name: "net_cash", Title: "Net cash", Unit: rules.UnitMoney,
		Formula: "cash_and_investments - total_debt",
		Source:  bookBanking + ": the negative of net debt",
	},
	{
		Name: "net_debt", Title: "Net debt", Unit: rules.UnitMoney,
		Formula: "total_debt - cash_and_investments",
		Source:  bookBanking,
	},
	{
		Name: "net_cash_with_long_term_investments", Title: "Net cash with long-term investments", Unit: rules.UnitMoney, VariantOf: "net_cash",
		Formula: "cash_with_long_term_investments - total_debt",
		Source:  bookDamodaran,
	},
	{
		Name: "debt_with_pensions", Title: "Debt with pension deficits", Unit: rules.UnitMoney, VariantOf: "total_debt",
		Formula: "total_debt + pension_deficit",
		Note:    "The deficit before the tax that its payment saves.",
		Source:  "Standard & Poor's, Corporate Methodology: Ratios and Adjustments (2013), which takes it after tax",
	},
	{
		Name: "common_equity", Title: "Common equity", Unit: rules.UnitMoney,
		Formula: "equity - preferred",
		Note:    "Preferred stock at its carrying amount.",
		Source:  bookRatios,
	},
	{
		Name: "total_equity", Title: "Equity with non-controlling interests", Unit: rules.UnitMoney,
		Formula: "equity + non_controlling_interests",
		Note:    "Temporary equity is not in it.",
		Source:  "FASB Accounting Standards Codification 810-10-45: non-controlling interests are equity",
	},
	{
		Name: "tangible_book", Title: "Tangible book value", Unit: rules.UnitMoney, VariantOf: "common_equity",
		Formula: "common_equity - goodwill - intangible_assets",
		Source:  bookGraham + ": book value with intangibles left out",
	},
	{
		Name: "excess_cash", Title: "Excess cash", Unit: rules.UnitMoney,
		Formula: "max(cash_and_investments - 2% * revenue, 0)",
		Note:    "What is left after two per cent of revenue for running the business.",
		Source:  bookValuation + ": 2 % of sales as working cash",
	},
	{
		Name: "invested_capital", Title: "Invested capital", Unit: rules.UnitMoney,
		Formula: "equity + non_controlling_interests + total_debt - excess_cash",
		NotFor:  financial,
		Note:    "Goodwill is in it, operating leases are not: see the variants.",
		Source:  bookValuation + ": from the side of those who finance it",
	},
	{
		Name: "invested_capital_ex_goodwill", Title: "Invested capital without goodwill and intangibles", Unit: rules.UnitMoney, VariantOf: "invested_capital",
		Formula: "invested_capital - goodwill - intangible_assets",
		Note:    "What operations need, whatever was paid for acquisitions.",
		Source:  bookValuation,
	},
	{
		Name: "invested_capital_including_cash", Title: "Invested capital with all cash", Unit: rules.UnitMoney, VariantOf: "invested_capital",
		Formula: "equity + non_controlling_interests + total_debt",
		NotFor:  financial,
		Source:  bookRatios + ": total capital",
	},
	{
		Name: "invested_capital_ex_cash", Title: "Invested capital without any cash", Unit: rules.UnitMoney, VariantOf: "invested_capital",
		Formula: "equity + non_controlling_interests + total_debt - cash_and_investments",
		NotFor:  financial,
		Source:  paperReturns,
	},
	{
		Name: "capital_employed", Title: "Capital employed", Unit: rules.UnitMoney,
		Formula: "total_assets - current_liabilities",
		NotFor:  financial,
		Source:  sourceCapitalEmployed,
	},
	{
		Name: "net_operating_assets", Title: "Net operating assets", Unit: rules.UnitMoney,
		Formula: "total_debt + preferred + non_controlling_interests + temporary_equity + common_equity - cash_and_investments",
		Note:    "Operating assets less operating liabilities, from the other side of the balance sheet: what finances the company less its cash.",
		Source:  paperHirsh,
	},
	{
		Name: "tangible_capital", Title: "Net working capital and net fixed assets", Unit: rules.UnitMoney,
		Formula: "current_assets - excess_cash - (current_liabilities - short_term_debt) + property_plant_and_equipment",
		NotFor:  financial,
		Note:    "The denominator of the magic formula: working capital without excess cash and without short-term debt.",
		Source:  bookGreenblatt,
	},
	{
		Name: "net_current_asset_value", Title: "Net current asset value", Unit: rules.UnitMoney,
		Formula: "current_assets - total_liabilities - preferred - temporary_equity",
		NotFor:  financial,
		Note:    "Current assets less all claims before the common shares; fixed assets and intangibles count nothing.",
		Source:  bookGraham,
	},
	{
		Name: "net_net_working_capital", Title: "Net-net working capital", Unit: rules.UnitMoney, VariantOf: "net_current_asset_value",
		Formula: "cash_and_investments + 75% * receivables + 50% * inventory - total_liabilities - preferred - temporary_equity",
		NotFor:  financial,
		Note:    "Receivables at 75 and inventory at 50 per cent: the low ends of Graham and Dodd's ranges for a liquidation.",
		Source:  bookGraham + ": liquidating value",
	},
}

const sourceCapitalEmployed = "Atrill and McLaney, Accounting and Finance for Non-Specialists (8th edition 2013)"

// lenders are the templates whose cash flows and margins hold the money of
// depositors and policyholders.
var lenders = []string{"bank", "insurer"}
