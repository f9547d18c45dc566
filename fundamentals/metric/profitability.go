package metric

import "assay/rules"

// profitabilityMetrics are profits to assets as asset pricing measures them, and
// how often capital turns over.
var profitabilityMetrics = []Metric{
	{
		Name: "gross_profitability", Title: "Gross profitability", Unit: rules.UnitFraction,
		Formula: "gross_profit / total_assets",
		Defined: "total_assets > 0",
		NotFor:  financial,
		Note:    "Not reported where no cost of revenue is tagged, never revenue to assets.",
		Source:  paperNovyMarx,
	},
	{
		Name: "gross_profitability_average", Title: "Gross profit to average assets", Unit: rules.UnitFraction, VariantOf: "gross_profitability",
		Formula: "gross_profit / avg(total_assets, 2y)",
		Defined: "avg(total_assets, 2y) > 0",
		NotFor:  financial,
		Source:  paperNovyMarx + ", who takes assets at the end; on average assets here",
	},
	{
		Name: "operating_profitability", Title: "Operating profitability", Unit: rules.UnitFraction,
		Formula: "(gross_profit - selling_general_and_administrative) / total_assets",
		Defined: "total_assets > 0",
		NotFor:  financial,
		Note:    "Research and development is not deducted. Where a company tags it inside selling, general and administrative expense, it is.",
		Source:  paperBall2015,
	},
	{
		Name: "cash_profitability", Title: "Cash-based operating profitability", Unit: rules.UnitFraction, VariantOf: "operating_profitability",
		Formula: "(gross_profit - selling_general_and_administrative - change(receivables, 1y) - change(inventory, 1y) + change(accounts_payable, 1y) + change(deferred_revenue, 1y)) / total_assets",
		Defined: "total_assets > 0",
		NotFor:  financial,
		Note:    "By balance sheets. Prepaid and accrued expenses, which the authors take too, are left out: few tag them alike in both years.",
		Source:  paperBall2016,
	},
	{
		Name: "asset_turnover", Title: "Asset turnover", Unit: rules.UnitMultiple,
		Formula: "revenue / avg(total_assets, 2y)",
		Defined: "avg(total_assets, 2y) > 0",
		Source:  bookRatios,
	},
	{
		Name: "fixed_asset_turnover", Title: "Fixed asset turnover", Unit: rules.UnitMultiple,
		Formula: "revenue / avg(property_plant_and_equipment, 2y)",
		Defined: "avg(property_plant_and_equipment, 2y) >= 1% * avg(total_assets, 2y)",
		NotFor:  financial,
		Note:    thinAssets,
		Source:  bookRatios,
	},
	{
		Name: "capital_turnover", Title: "Capital turnover", Unit: rules.UnitMultiple,
		Formula: "revenue / avg(invested_capital, 2y)",
		Defined: "avg(invested_capital, 2y) >= 5% * avg(total_assets, 2y)",
		Note:    "nopat_margin x capital_turnover = roic.",
		Source:  bookValuation,
	},
	{
		Name: "working_capital_turnover", Title: "Working capital turnover", Unit: rules.UnitMultiple,
		Formula: "revenue / avg(working_capital, 2y)",
		Defined: "avg(working_capital, 2y) > 0",
		Note:    "Undefined where working capital is not positive. Very high where it is near nothing.",
		Source:  bookRatios,
	},
}
