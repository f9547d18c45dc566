package metric

import "assay/rules"

var growthMetrics = []Metric{
	{
		Name: "revenue_growth_1y", Title: "Revenue growth, 1 year", Unit: rules.UnitFraction,
		Formula: "growth(revenue, 1y)",
	},
	{
		Name: "revenue_growth_3y", Title: "Revenue growth, 3 years a year", Unit: rules.UnitFraction,
		Formula: "growth(revenue, 3y)",
	},
	{
		Name: "shares_growth_1y", Title: "Growth of the share count, 1 year", Unit: rules.UnitFraction,
		Formula: "growth(shares_outstanding, 1y)",
		Note:    "Positive is dilution. Both counts stand on the as-of date's split basis.",
	},
	{
		Name: "eps", Title: "Diluted earnings per share", Unit: rules.UnitPrice,
		Formula: "net_income_to_common / weighted_diluted_shares",
	},
	{
		Name: "asset_growth_1y", Title: "Asset growth, 1 year", Unit: rules.UnitFraction,
		Formula: "growth(total_assets, 1y)",
		Source:  "Fama and French, A five-factor asset pricing model, Journal of Financial Economics 116 (2015): investment",
	},
}
