package metric

import "assay/rules"

var leaseMetrics = []Metric{
	{
		Name: "debt_with_leases", Title: "Debt with operating leases", Unit: rules.UnitMoney, VariantOf: "total_debt",
		Formula: "total_debt + operating_leases",
		Note:    leaseNote,
		Source:  paperLeases,
	},
	{
		Name: "net_cash_with_leases", Title: "Net cash after operating leases", Unit: rules.UnitMoney, VariantOf: "net_cash",
		Formula: "cash_and_investments - debt_with_leases",
		Note:    leaseNote,
		Source:  paperLeases,
	},
	{
		Name: "net_debt_with_leases", Title: "Net debt with operating leases", Unit: rules.UnitMoney, VariantOf: "net_debt",
		Formula: "debt_with_leases - cash_and_investments",
		Note:    leaseNote,
		Source:  paperLeases,
	},
	{
		Name: "enterprise_value_with_leases", Title: "Enterprise value with operating leases", Unit: rules.UnitMoney, VariantOf: "enterprise_value",
		Formula: "enterprise_value + operating_leases",
		Note:    leaseNote,
		Source:  paperLeases,
	},
	{
		Name: "invested_capital_with_leases", Title: "Invested capital with operating leases", Unit: rules.UnitMoney, VariantOf: "invested_capital",
		Formula: "invested_capital + operating_leases",
		Note:    leaseNote,
		Source:  bookValuation,
	},
	{
		Name: "debt_to_equity_with_leases", Title: "Debt and operating leases to equity", Unit: rules.UnitFraction, VariantOf: "debt_to_equity",
		Formula: "debt_with_leases / equity",
		Defined: "equity > 0",
		Note:    leaseNote,
		Source:  paperLeases,
	},
	{
		Name: "debt_to_assets_with_leases", Title: "Debt and operating leases to assets", Unit: rules.UnitFraction, VariantOf: "debt_to_assets",
		Formula: "debt_with_leases / total_assets",
		Defined: "total_assets > 0",
		Note:    leaseNote,
		Source:  paperLeases,
	},
	{
		Name: "debt_to_capital_with_leases", Title: "Debt and operating leases to capital", Unit: rules.UnitFraction, VariantOf: "debt_to_capital",
		Formula: "debt_with_leases / (debt_with_leases + total_equity)",
		Defined: "total_equity > 0",
		Note:    leaseNote,
		Source:  paperLeases,
	},
	{
		Name: "leases_to_assets", Title: "Operating leases to assets", Unit: rules.UnitFraction,
		Formula: "operating_leases / total_assets",
		Defined: "total_assets > 0",
		Note:    leaseNote,
		Source:  noAuthor,
	},
	{
		Name: "leases_to_debt", Title: "Share of operating leases in debt with leases", Unit: rules.UnitFraction,
		Formula: "operating_leases / debt_with_leases",
		Defined: "debt_with_leases > 0",
		Note:    leaseNote,
		Source:  noAuthor,
	},
	{
		Name: "roic_with_leases", Title: "Return on invested capital with operating leases", Unit: rules.UnitFraction, VariantOf: "roic",
		Formula: "nopat / avg(invested_capital_with_leases, 2y)",
		Defined: "avg(invested_capital_with_leases, 2y) >= 5% * avg(total_assets, 2y)",
		Note:    "The whole rent stays an expense, interest in it included: a little too low. " + leaseNote,
		Source:  paperReturns,
	},
	{
		Name: "ebitdar", Title: "EBITDA before rent", Unit: rules.UnitMoney,
		Formula: "ebitda + operating_lease_cost",
		NotFor:  financial,
		Source:  bookBanking,
	},
	{
		Name: "debt_to_ebitdar", Title: "Debt and operating leases to EBITDA before rent", Unit: rules.UnitMultiple, VariantOf: "debt_to_ebitda",
		Formula: "debt_with_leases / ebitdar",
		Defined: "ebitdar > 0",
		Note:    "Debt with leases belongs to profit before rent. Undefined where that is not positive.",
		Source:  bookBanking + ": lease-adjusted leverage",
	},
	{
		Name: "net_debt_to_ebitdar", Title: "Net debt with operating leases to EBITDA before rent", Unit: rules.UnitMultiple, VariantOf: "debt_to_ebitda",
		Formula: "net_debt_with_leases / ebitdar",
		Defined: "ebitdar > 0",
		Source:  bookBanking + ": lease-adjusted leverage",
	},
	{
		Name: "rent_to_revenue", Title: "Cost of operating leases to revenue", Unit: rules.UnitFraction,
		Formula: "operating_lease_cost / revenue",
		Defined: "revenue > 0",
		NotFor:  lenders,
		Source:  bookRatios + ": common-size income statement",
	},
}

const leaseNote = "Before fiscal years that begin in 2019 (ASC 842) balance sheets showed no operating leases, and they count as none."
