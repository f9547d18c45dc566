package metric

import "assay/rules"

var perShareMetrics = []Metric{
	{
		Name: "book_value_per_share", Title: "Book value per share", Unit: rules.UnitPrice,
		Formula: "common_equity / shares_outstanding",
		Defined: "shares_outstanding > 0",
		Note:    perShareOfDay,
		Source:  bookRatios,
	},
	{
		Name: "tangible_book_per_share", Title: "Tangible book value per share", Unit: rules.UnitPrice, VariantOf: "book_value_per_share",
		Formula: "tangible_book / shares_outstanding",
		Defined: "shares_outstanding > 0",
		Note:    perShareOfDay,
		Source:  bookGraham + ": book value with intangibles left out",
	},
	{
		Name: "cash_per_share", Title: "Cash and short-term investments per share", Unit: rules.UnitPrice,
		Formula: "cash_and_investments / shares_outstanding",
		Defined: "shares_outstanding > 0",
		Note:    perShareOfDay,
		Source:  "Lynch, One Up on Wall Street (1989)",
	},
	{
		Name: "net_cash_per_share", Title: "Net cash per share", Unit: rules.UnitPrice,
		Formula: "net_cash / shares_outstanding",
		Defined: "shares_outstanding > 0",
		Note:    perShareOfDay,
		Source:  "Lynch, One Up on Wall Street (1989): cash less long-term debt; here less all debt",
	},
	{
		Name: "debt_per_share", Title: "Debt per share", Unit: rules.UnitPrice,
		Formula: "total_debt / shares_outstanding",
		Defined: "shares_outstanding > 0",
		Note:    perShareOfDay,
		Source:  noAuthor,
	},
	{
		Name: "working_capital_per_share", Title: "Working capital per share", Unit: rules.UnitPrice,
		Formula: "working_capital / shares_outstanding",
		Defined: "shares_outstanding > 0",
		Note:    perShareOfDay,
		Source:  bookGraham,
	},
	{
		Name: "net_current_asset_value_per_share", Title: "Net current asset value per share", Unit: rules.UnitPrice,
		Formula: "net_current_asset_value / shares_outstanding",
		Defined: "shares_outstanding > 0",
		Note:    "Graham bought at two thirds of it. " + perShareOfDay,
		Source:  bookGraham + ": current-asset value of a share",
	},
	{
		Name: "net_net_working_capital_per_share", Title: "Net-net working capital per share", Unit: rules.UnitPrice, VariantOf: "net_current_asset_value_per_share",
		Formula: "net_net_working_capital / shares_outstanding",
		Defined: "shares_outstanding > 0",
		Note:    perShareOfDay,
		Source:  bookGraham + ": liquidating value of a share",
	},
	{
		Name: "sales_per_share", Title: "Revenue per share", Unit: rules.UnitPrice,
		Formula: "revenue / weighted_diluted_shares",
		Defined: "weighted_diluted_shares > 0",
		Note:    perDiluted,
		Source:  noAuthor,
	},
	{
		Name: "ebit_per_share", Title: "EBIT per share", Unit: rules.UnitPrice,
		Formula: "ebit / weighted_diluted_shares",
		Defined: "weighted_diluted_shares > 0",
		Note:    perDiluted,
		Source:  bookRatios + ": per-share quantities",
	},
	{
		Name: "ebitda_per_share", Title: "EBITDA per share", Unit: rules.UnitPrice,
		Formula: "ebitda / weighted_diluted_shares",
		Defined: "weighted_diluted_shares > 0",
		Note:    perDiluted,
		Source:  bookRatios + ": EBITDA per share",
	},
	{
		Name: "cfo_per_share", Title: "Cash from operations per share", Unit: rules.UnitPrice,
		Formula: "cash_from_operations / weighted_diluted_shares",
		Defined: "weighted_diluted_shares > 0",
		NotFor:  lenders,
		Note:    "Not deducted: preferred dividends. " + perDiluted,
		Source:  bookRatios + ": cash flow per share",
	},
	{
		Name: "fcf_per_share", Title: "Free cash flow per share", Unit: rules.UnitPrice,
		Formula: "fcf / weighted_diluted_shares",
		Defined: "weighted_diluted_shares > 0",
		Note:    perDiluted,
		Source:  bookCashFlow + ": free cash flow, by share",
	},
}
