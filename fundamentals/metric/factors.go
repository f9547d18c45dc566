package metric

import "assay/rules"

// factorMetrics are the characteristics by which papers sort companies, where no
// other family has them.
var factorMetrics = []Metric{
	{
		Name: "ff_size", Title: "Fama-French size: market equity", Unit: rules.UnitMoney,
		Formula: "market_cap", VariantOf: "market_cap",
		Note:   "Fama and French sort by market equity at the end of June; this is that of the date.",
		Source: threeFactors,
	},
	{
		Name: "ff_book_to_market", Title: "Fama-French book to market", Unit: rules.UnitFraction,
		Formula: "annual(common_equity) / market_cap", VariantOf: "book_to_market",
		Note:   "Book equity of the last fiscal year. Fama and French divide by market equity of the December before; this takes that of the date, as Asness and Frazzini do. Deferred taxes are not added, as in their files for years after 1992.",
		Source: threeFactors + "; Asness and Frazzini, The devil in HML's details, Journal of Portfolio Management 39 (2013)",
	},
	{
		Name: "ff_operating_profitability", Title: "Fama-French operating profitability", Unit: rules.UnitFraction,
		Formula: "annual((gross_profit - selling_general_and_administrative - (interest_expense ?? (if total_debt == 0 { 0 } else { interest_expense }))) / common_equity)",
		Defined: "annual(common_equity) > 0",
		NotFor:  financial,
		Note:    "Revenue less cost of revenue, selling, general and administrative and interest expense, over book equity of the same year; no interest where there is no debt. Research and development stays in unless the company counts it as administrative expense, as the database of the paper does.",
		Source:  fiveFactors,
	},
	{
		Name: "ff_investment", Title: "Fama-French investment: asset growth of the fiscal year", Unit: rules.UnitFraction,
		Formula: "annual(growth(total_assets, 1y))", VariantOf: "asset_growth_1y",
		Note:   "By fiscal years; asset_growth_1y goes to the latest balance sheet.",
		Source: fiveFactors,
	},
	{
		Name: "inventory_change_to_assets", Title: "Change of inventory to assets", Unit: rules.UnitFraction,
		Formula: "annual(change(inventory, 1y) / avg(total_assets, 2y))",
		NotFor:  financial,
		Source:  "Thomas and Zhang, Inventory changes and future returns, Review of Accounting Studies 7 (2002)",
	},
	{
		Name: "investment_to_assets", Title: "Investment to assets", Unit: rules.UnitFraction,
		Formula: "annual((change(property_plant_and_equipment_gross, 1y) + change(inventory, 1y)) / ago(total_assets, 1y))",
		Defined: "annual(ago(total_assets, 1y)) > 0",
		NotFor:  financial,
		Note:    "The change of gross property, plant and equipment and of inventory, to the assets that the year began with.",
		Source:  "Lyandres, Sun and Zhang, The new issues puzzle: testing the investment-based explanation, Review of Financial Studies 21 (2008)",
	},
	{
		Name: "operating_leverage", Title: "Operating costs to assets", Unit: rules.UnitMultiple,
		Formula: "annual((cost_of_revenue + selling_general_and_administrative) / total_assets)",
		NotFor:  financial,
		Source:  "Novy-Marx, Operating leverage, Review of Finance 15 (2011)",
	},
}

const (
	threeFactors = "Fama and French, Common risk factors in the returns on stocks and bonds, Journal of Financial Economics 33 (1993)"
	fiveFactors  = "Fama and French, A five-factor asset pricing model, Journal of Financial Economics 116 (2015)"
)
