package metric

import "assay/rules"

var profitMetrics = []Metric{
	{
		Name: "ebit", Title: "Earnings before interest and tax", Unit: rules.UnitMoney,
		Formula: "operating_income ?? (pretax_income + interest_expense)",
		Note:    "Operating income; where it is not stated, income before tax plus interest expense.",
	},
	{
		Name: "ebitda", Title: "Earnings before interest, tax, depreciation and amortisation", Unit: rules.UnitMoney,
		Formula: "ebit + depreciation_and_amortization",
	},
	{
		Name: "tax_rate", Title: "Tax rate", Unit: rules.UnitFraction,
		Formula: "(if pretax_income > 0 { clamp(income_tax / pretax_income, 0%, 35%) } else { statutory_tax_rate }) ?? statutory_tax_rate",
		Note:    "Tax over income before tax, clipped to 0 to 35 %; the statutory rate where that income is not positive or the tax is missing.",
	},
	{
		Name: "roic", Title: "Return on invested capital", Unit: rules.UnitFraction,
		Formula: "ebit * (1 - tax_rate) / avg(invested_capital, 2y)",
		Defined: "avg(invested_capital, 2y) >= 5% * avg(total_assets, 2y)",
		Note:    "Undefined where average invested capital is under 5 % of average assets: asset-light companies would show thousands of per cent, and two negatives a profit.",
	},
	{
		Name: "roce", Title: "Return on capital employed", Unit: rules.UnitFraction,
		Formula: "ebit / avg(total_assets - current_liabilities, 2y)",
		Defined: "avg(total_assets - current_liabilities, 2y) > 0",
		NotFor:  financial,
	},
	{
		Name: "roe", Title: "Return on equity", Unit: rules.UnitFraction,
		Formula: "net_income_to_common / avg(common_equity, 2y)",
		Defined: "avg(common_equity, 2y) > 0",
		Note:    "Undefined when average equity is not positive: two minuses would look like a profit.",
	},
	{
		Name: "roa", Title: "Return on assets", Unit: rules.UnitFraction,
		Formula: "net_income / avg(total_assets, 2y)",
	},
	{
		Name: "gross_margin", Title: "Gross margin", Unit: rules.UnitFraction,
		Formula: "gross_profit / revenue",
		Defined: "revenue > 0",
	},
	{
		Name: "operating_margin", Title: "Operating margin", Unit: rules.UnitFraction,
		Formula: "ebit / revenue",
		Defined: "revenue > 0",
	},
	{
		Name: "net_margin", Title: "Net margin", Unit: rules.UnitFraction,
		Formula: "net_income / revenue",
		Defined: "revenue > 0",
	},
	{
		Name: "gross_profitability", Title: "Gross profitability", Unit: rules.UnitFraction,
		Formula: "gross_profit / total_assets",
		NotFor:  financial,
		Source:  "Novy-Marx, The other side of value, Journal of Financial Economics 108 (2013)",
	},
	{
		Name: "asset_turnover", Title: "Asset turnover", Unit: rules.UnitMultiple,
		Formula: "revenue / avg(total_assets, 2y)",
	},
}
