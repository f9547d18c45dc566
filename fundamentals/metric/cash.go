package metric

import "assay/rules"

var cashMetrics = []Metric{
	{
		Name: "fcf", Title: "Free cash flow", Unit: rules.UnitMoney,
		Formula: "cash_from_operations - capital_expenditure",
	},
	{
		Name: "fcf_margin", Title: "Free cash flow margin", Unit: rules.UnitFraction,
		Formula: "fcf / revenue",
		Defined: "revenue > 0",
	},
	{
		Name: "accruals", Title: "Accruals", Unit: rules.UnitFraction,
		Formula: "(net_income - cash_from_operations) / avg(total_assets, 2y)",
		Source:  "Sloan, Do stock prices fully reflect information in accruals and cash flows?, The Accounting Review 71 (1996); the cash flow form",
	},
	{
		Name: "capex_to_revenue", Title: "Capital expenditure to revenue", Unit: rules.UnitFraction,
		Formula: "capital_expenditure / revenue",
		Defined: "revenue > 0",
	},
}
