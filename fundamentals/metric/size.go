package metric

import "assay/rules"

var sizeMetrics = []Metric{
	{
		Name: "market_cap", Title: "Market capitalisation", Unit: rules.UnitMoney,
		Formula: "price * shares_outstanding",
	},
	{
		Name: "enterprise_value", Title: "Enterprise value", Unit: rules.UnitMoney,
		Formula: "market_cap + total_debt + preferred + non_controlling_interests - cash_and_investments",
		Note:    "Not positive for companies with more cash than value: yields on it are undefined then.",
	},
}
