package metric

import "assay/rules"

var accrualMetrics = []Metric{
	{
		Name: "accruals", Title: "Accruals", Unit: rules.UnitFraction,
		Formula: "(net_income - cash_from_operations) / avg(total_assets, 2y)",
		Defined: "avg(total_assets, 2y) > 0",
		Source:  paperSloan + "; from the cash flow statement, as in Hribar and Collins, Journal of Accounting Research 40 (2002)",
	},
	{
		Name: "accruals_balance_sheet", Title: "Accruals from the balance sheet", Unit: rules.UnitFraction, VariantOf: "accruals",
		Formula: "(change(current_assets - cash_and_investments, 1y) - change(current_liabilities - short_term_debt, 1y) - depreciation_and_amortization) / avg(total_assets, 2y)",
		Defined: "avg(total_assets, 2y) > 0",
		NotFor:  financial,
		Note:    "Sloan also takes income taxes payable out of current liabilities: they stay in here. An acquisition distorts it, which the form from the cash flow statement bears.",
		Source:  paperSloan,
	},
	{
		Name: "accruals_net_operating_assets", Title: "Growth of net operating assets", Unit: rules.UnitFraction, VariantOf: "accruals",
		Formula: "change(net_operating_assets, 1y) / avg(net_operating_assets, 2y)",
		Defined: "avg(net_operating_assets, 2y) >= 5% * avg(total_assets, 2y)",
		Note:    "Undefined where average net operating assets are under 5 % of average assets.",
		Source:  bookQuality + ": balance-sheet-based accruals ratio",
	},
	{
		Name: "accruals_with_investing", Title: "Accruals with investment", Unit: rules.UnitFraction, VariantOf: "accruals",
		Formula: "(net_income - cash_from_operations - cash_from_investing) / avg(net_operating_assets, 2y)",
		Defined: "avg(net_operating_assets, 2y) >= 5% * avg(total_assets, 2y)",
		Note:    "Undefined where average net operating assets are under 5 % of average assets.",
		Source:  bookQuality + ": cash-flow-based accruals ratio",
	},
	{
		Name: "accruals_total", Title: "Total accruals", Unit: rules.UnitFraction, VariantOf: "accruals",
		Formula: "(change(common_equity, 1y) - change(net_cash, 1y)) / avg(total_assets, 2y)",
		Defined: "avg(total_assets, 2y) > 0",
		Note:    "Whatever of the growth of common equity is not cash less debt: long-term investments, preferred stock and non-controlling interests are not taken out.",
		Source:  "Richardson, Sloan, Soliman and Tuna, Accrual reliability, earnings persistence and stock prices, Journal of Accounting and Economics 39 (2005)",
	},
	{
		Name: "percent_accruals", Title: "Percent accruals", Unit: rules.UnitFraction, VariantOf: "accruals",
		Formula: "(net_income - cash_from_operations) / abs(net_income)",
		Defined: "abs(net_income) > 0",
		NotFor:  lenders,
		Note:    "Far from zero where net income is near it: made for ranks.",
		Source:  "Hafzalla, Lundholm and Van Winkle, Percent accruals, The Accounting Review 86 (2011)",
	},
}
