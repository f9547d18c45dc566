package metric

import "assay/rules"

var balanceMetrics = []Metric{
	{
		Name: "cash_and_investments", Title: "Cash and short-term investments", Unit: rules.UnitMoney,
		Formula: "cash_and_equivalents + short_term_investments",
	},
	{
		Name: "total_debt", Title: "Total debt", Unit: rules.UnitMoney,
		Formula: "short_term_borrowings + long_term_debt_current + long_term_debt + finance_leases",
		NotFor:  financial,
		Note:    "From the balance sheet. Operating leases are apart: operating_leases.",
	},
	{
		Name: "net_cash", Title: "Net cash", Unit: rules.UnitMoney,
		Formula: "cash_and_investments - total_debt",
	},
	{
		Name: "net_debt", Title: "Net debt", Unit: rules.UnitMoney,
		Formula: "total_debt - cash_and_investments",
	},
	{
		Name: "common_equity", Title: "Common equity", Unit: rules.UnitMoney,
		Formula: "equity - preferred",
	},
	{
		Name: "debt_to_equity", Title: "Debt to equity", Unit: rules.UnitFraction,
		Formula: "total_debt / equity",
		Defined: "equity > 0",
		Note:    "Undefined when equity is negative: a bankrupt company would pass as free of debt.",
	},
	{
		Name: "debt_to_assets", Title: "Debt to assets", Unit: rules.UnitFraction,
		Formula: "total_debt / total_assets",
	},
	{
		Name: "cash_to_assets", Title: "Cash to assets", Unit: rules.UnitFraction,
		Formula: "cash_and_investments / total_assets",
	},
	{
		Name: "current_ratio", Title: "Current ratio", Unit: rules.UnitMultiple,
		Formula: "current_assets / current_liabilities",
		Defined: "current_liabilities > 0",
		NotFor:  financial,
	},
	{
		Name: "interest_coverage", Title: "Interest coverage", Unit: rules.UnitMultiple,
		Formula: "ebit / interest_expense",
		Defined: "interest_expense > 0",
		NotFor:  financial,
	},
	{
		Name: "excess_cash", Title: "Excess cash", Unit: rules.UnitMoney,
		Formula: "max(cash_and_investments - 2% * revenue, 0)",
		Note:    "What is left after two per cent of revenue for running the business.",
	},
	{
		Name: "invested_capital", Title: "Invested capital", Unit: rules.UnitMoney,
		Formula: "equity + non_controlling_interests + total_debt - excess_cash",
		NotFor:  financial,
	},
}
