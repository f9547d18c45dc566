package metric

import "assay/rules"

var compositionMetrics = []Metric{
	{
		Name: "intangibles_to_assets", Title: "Goodwill and intangibles to assets", Unit: rules.UnitFraction,
		Formula: "(goodwill + intangible_assets) / total_assets",
		Defined: "total_assets > 0",
		Source:  noAuthor,
	},
	{
		Name: "goodwill_to_assets", Title: "Goodwill to assets", Unit: rules.UnitFraction,
		Formula: "goodwill / total_assets",
		Defined: "total_assets > 0",
		Source:  noAuthor,
	},
	{
		Name: "goodwill_to_equity", Title: "Goodwill to equity", Unit: rules.UnitFraction,
		Formula: "goodwill / equity",
		Defined: "equity > 0",
		Note:    "Above 100 % the owners' book value is all goodwill and more.",
		Source:  noAuthor,
	},
	{
		Name: "retained_earnings_to_assets", Title: "Retained earnings to assets", Unit: rules.UnitFraction,
		Formula: "retained_earnings / total_assets",
		Defined: "total_assets > 0",
		Source:  "Altman, Financial ratios, discriminant analysis and the prediction of corporate bankruptcy, Journal of Finance 23 (1968): X2",
	},
	{
		Name: "working_capital_to_assets", Title: "Working capital to assets", Unit: rules.UnitFraction,
		Formula: "working_capital / total_assets",
		Defined: "total_assets > 0",
		Source:  "Altman, Financial ratios, discriminant analysis and the prediction of corporate bankruptcy, Journal of Finance 23 (1968): X1",
	},
	{
		Name: "inventory_to_assets", Title: "Inventory to assets", Unit: rules.UnitFraction,
		Formula: "inventory / total_assets",
		Defined: "total_assets > 0",
		NotFor:  financial,
		Source:  bookRatios + ": common-size balance sheet",
	},
	{
		Name: "receivables_to_assets", Title: "Receivables to assets", Unit: rules.UnitFraction,
		Formula: "receivables / total_assets",
		Defined: "total_assets > 0",
		NotFor:  financial,
		Source:  bookRatios + ": common-size balance sheet",
	},
	{
		Name: "fixed_assets_to_assets", Title: "Property, plant and equipment to assets", Unit: rules.UnitFraction,
		Formula: "property_plant_and_equipment / total_assets",
		Defined: "total_assets > 0",
		NotFor:  financial,
		Source:  bookRatios + ": common-size balance sheet",
	},
	{
		Name: "asset_tangibility", Title: "Asset tangibility", Unit: rules.UnitFraction,
		Formula: "(cash_and_investments + 0.715 * receivables + 0.547 * inventory + 0.535 * property_plant_and_equipment) / total_assets",
		Defined: "total_assets > 0",
		NotFor:  financial,
		Note:    "What assets fetch when a company gives up, from 1984-1993 disclosures.",
		Source:  "Berger, Ofek and Swary, Investor valuation of the abandonment option, Journal of Financial Economics 42 (1996); to assets, with cash, as in Almeida and Campello, Review of Financial Studies 20 (2007)",
	},
	{
		Name: "net_operating_assets_to_assets", Title: "Net operating assets to assets a year before", Unit: rules.UnitFraction,
		Formula: "net_operating_assets / ago(total_assets, 1y)",
		Defined: "ago(total_assets, 1y) > 0",
		Note:    "A bloated balance sheet: low returns followed high values.",
		Source:  paperHirsh,
	},
	{
		Name: "long_term_investments_to_assets", Title: "Long-term investments to assets", Unit: rules.UnitFraction,
		Formula: "long_term_investments / total_assets",
		Defined: "total_assets > 0",
		NotFor:  financial,
		Source:  bookRatios + ": common-size balance sheet",
	},
	{
		Name: "deferred_revenue_to_assets", Title: "Deferred revenue to assets", Unit: rules.UnitFraction,
		Formula: "deferred_revenue / total_assets",
		Defined: "total_assets > 0",
		NotFor:  financial,
		Source:  bookRatios + ": common-size balance sheet",
	},
	{
		Name: "asset_age", Title: "Part of fixed assets depreciated", Unit: rules.UnitFraction,
		Formula: "accumulated_depreciation / property_plant_and_equipment_gross",
		Defined: "property_plant_and_equipment_gross > 0 and abs(property_plant_and_equipment_gross - accumulated_depreciation - property_plant_and_equipment) <= 10% * property_plant_and_equipment_gross",
		NotFor:  financial,
		Note:    "Near 100 % the plant is old. Land, which is not depreciated, is in the whole. Undefined where the three amounts of the note do not agree to a tenth.",
		Source:  "Robinson, Henry, Pirie and Broihahn, International Financial Statement Analysis (CFA Institute, 3rd edition 2015), Long-Lived Assets",
	},
}
