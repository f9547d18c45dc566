package metric

import "assay/rules"

// distressMetrics are scores of one formula, on annual statements.
var distressMetrics = []Metric{
	{
		Name: "zmijewski_score", Title: "Zmijewski score", Unit: rules.UnitPlain,
		Formula: "annual(-4.336 - 4.513 * net_income / total_assets + 5.679 * total_liabilities / total_assets + 0.004 * current_assets / current_liabilities)",
		Defined: "annual(total_assets > 0 and current_liabilities > 0)",
		NotFor:  financial,
		Note:    "A probit: above 0 bankruptcy is more likely than not, by his sample of 40 bankrupt and 800 other companies.",
		Source:  "Zmijewski, Methodological issues related to the estimation of financial distress prediction models, Journal of Accounting Research 22, supplement (1984)",
	},
	{
		Name: "springate_score", Title: "Springate score", Unit: rules.UnitPlain,
		Formula: "annual(1.03 * (current_assets - current_liabilities) / total_assets + 3.07 * ebit / total_assets + 0.66 * pretax_income / current_liabilities + 0.4 * revenue / total_assets)",
		Defined: "annual(total_assets > 0 and current_liabilities > 0)",
		NotFor:  financial,
		Note:    "Under 0.862 failure is likely.",
		Source:  "Springate, Predicting the Possibility of Failure in a Canadian Firm (M.B.A. project, Simon Fraser University, 1978)",
	},
	{
		Name: "c_accruals", Title: "Montier 1: income grew away from cash", Unit: rules.UnitCount,
		Formula: "if annual(change(net_income - cash_from_operations, 1y)) > 0 { 1 } else { 0 }",
		NotFor:  financial,
		Source:  montier,
	},
	{
		Name: "c_receivable_days", Title: "Montier 2: days of sales outstanding rose", Unit: rules.UnitCount,
		Formula: "if annual(change(receivables / revenue, 1y)) > 0 { 1 } else { 0 }",
		Defined: "annual(revenue > 0 and ago(revenue, 1y) > 0)",
		NotFor:  financial,
		Source:  montier,
	},
	{
		Name: "c_inventory_days", Title: "Montier 3: days of inventory rose", Unit: rules.UnitCount,
		Formula: "if annual(change(inventory / cost_of_revenue, 1y)) > 0 { 1 } else { 0 }",
		Defined: "annual(cost_of_revenue > 0 and ago(cost_of_revenue, 1y) > 0)",
		NotFor:  financial,
		Source:  montier,
	},
	{
		Name: "c_other_current_assets", Title: "Montier 4: other current assets to revenue rose", Unit: rules.UnitCount,
		Formula: "if annual(change((current_assets - cash_and_investments - receivables - inventory) / revenue, 1y)) > 0 { 1 } else { 0 }",
		Defined: "annual(revenue > 0 and ago(revenue, 1y) > 0)",
		NotFor:  financial,
		Note:    "Current assets without cash, short-term investments, receivables and inventory.",
		Source:  montier,
	},
	{
		Name: "c_depreciation", Title: "Montier 5: depreciation to fixed assets fell", Unit: rules.UnitCount,
		Formula: "if annual(change(depreciation_and_amortization / property_plant_and_equipment_gross, 1y)) < 0 { 1 } else { 0 }",
		Defined: "annual(property_plant_and_equipment_gross > 0 and ago(property_plant_and_equipment_gross, 1y) > 0)",
		NotFor:  financial,
		Note:    "To property, plant and equipment before depreciation; with the amortisation of intangible assets, which filings seldom state apart.",
		Source:  montier,
	},
	{
		Name: "c_asset_growth", Title: "Montier 6: assets grew by more than 10 %", Unit: rules.UnitCount,
		Formula: "if annual(total_assets) > 1.1 * annual(ago(total_assets, 1y)) { 1 } else { 0 }",
		NotFor:  financial,
		Note:    "High growth of assets is taken as more than 10 %.",
		Source:  montier,
	},
	{
		Name: "c_score", Title: "Montier C-score", Unit: rules.UnitCount,
		Formula: "c_accruals + c_receivable_days + c_inventory_days + c_other_current_assets + c_depreciation + c_asset_growth",
		Note:    "Signs of cooked books, of six; high is bad. Unknown where one of them is: see c_score_known.",
		Source:  montier,
	},
	{
		Name: "c_score_known", Title: "Signs of the C-score that are known, of six", Unit: rules.UnitCount, Tolerant: true,
		Formula: "(if known(c_accruals) { 1 } else { 0 }) + (if known(c_receivable_days) { 1 } else { 0 }) + (if known(c_inventory_days) { 1 } else { 0 })" +
			" + (if known(c_other_current_assets) { 1 } else { 0 }) + (if known(c_depreciation) { 1 } else { 0 }) + (if known(c_asset_growth) { 1 } else { 0 })",
		Source: montier + "; counted here",
	},
}

const montier = "Montier, Cooking the Books, or, More Sailing Under the Black Flag (Société Générale, 2008)"
