package metric

import "assay/rules"

// growthMetrics are compound rates per year. From a base that is not positive
// there is no rate, and none to an end that is not.
var growthMetrics = []Metric{
	{
		Name: "revenue_growth_1y", Title: "Revenue growth, 1 year", Unit: rules.UnitFraction,
		Formula: "growth(revenue, 1y)",
		Source:  compound,
	},
	{
		Name: "revenue_growth_3y", Title: "Revenue growth, 3 years a year", Unit: rules.UnitFraction,
		Formula: "growth(revenue, 3y)",
		Source:  compound,
	},
	{
		Name: "revenue_growth_5y", Title: "Revenue growth, 5 years a year", Unit: rules.UnitFraction,
		Formula: "growth(revenue, 5y)",
		Source:  "Lakonishok, Shleifer and Vishny, Contrarian investment, extrapolation, and risk, Journal of Finance 49 (1994): growth of sales over five years, which they average by rank",
	},
	{
		Name: "revenue_growth_10y", Title: "Revenue growth, 10 years a year", Unit: rules.UnitFraction,
		Formula: "growth(revenue, 10y)",
		Source:  compound,
	},
	{
		Name: "gross_profit_growth_1y", Title: "Gross profit growth, 1 year", Unit: rules.UnitFraction,
		Formula: "growth(gross_profit, 1y)",
		Source:  compound,
	},
	{
		Name: "gross_profit_growth_3y", Title: "Gross profit growth, 3 years a year", Unit: rules.UnitFraction,
		Formula: "growth(gross_profit, 3y)",
		Source:  compound,
	},
	{
		Name: "gross_profit_growth_5y", Title: "Gross profit growth, 5 years a year", Unit: rules.UnitFraction,
		Formula: "growth(gross_profit, 5y)",
		Source:  compound,
	},
	{
		Name: "gross_profit_growth_10y", Title: "Gross profit growth, 10 years a year", Unit: rules.UnitFraction,
		Formula: "growth(gross_profit, 10y)",
		Source:  compound,
	},
	{
		Name: "ebit_growth_1y", Title: "EBIT growth, 1 year", Unit: rules.UnitFraction,
		Formula: "growth(ebit, 1y)",
		Note:    fromLoss,
		Source:  compound,
	},
	{
		Name: "ebit_growth_3y", Title: "EBIT growth, 3 years a year", Unit: rules.UnitFraction,
		Formula: "growth(ebit, 3y)",
		Note:    fromLoss,
		Source:  compound,
	},
	{
		Name: "ebit_growth_5y", Title: "EBIT growth, 5 years a year", Unit: rules.UnitFraction,
		Formula: "growth(ebit, 5y)",
		Note:    fromLoss,
		Source:  compound,
	},
	{
		Name: "ebit_growth_10y", Title: "EBIT growth, 10 years a year", Unit: rules.UnitFraction,
		Formula: "growth(ebit, 10y)",
		Note:    fromLoss,
		Source:  compound,
	},
	{
		Name: "net_income_growth_1y", Title: "Net income growth, 1 year", Unit: rules.UnitFraction,
		Formula: "growth(net_income, 1y)",
		Note:    fromLoss,
		Source:  compound,
	},
	{
		Name: "net_income_growth_3y", Title: "Net income growth, 3 years a year", Unit: rules.UnitFraction,
		Formula: "growth(net_income, 3y)",
		Note:    fromLoss,
		Source:  compound,
	},
	{
		Name: "net_income_growth_5y", Title: "Net income growth, 5 years a year", Unit: rules.UnitFraction,
		Formula: "growth(net_income, 5y)",
		Note:    fromLoss,
		Source:  compound,
	},
	{
		Name: "net_income_growth_10y", Title: "Net income growth, 10 years a year", Unit: rules.UnitFraction,
		Formula: "growth(net_income, 10y)",
		Note:    fromLoss,
		Source:  compound,
	},
	{
		Name: "eps_growth_1y", Title: "Earnings per share growth, 1 year", Unit: rules.UnitFraction,
		Formula: "growth(eps, 1y)",
		Note:    fromLoss,
		Source:  "O'Neil, How to Make Money in Stocks (1988): annual earnings per share",
	},
	{
		Name: "eps_growth_3y", Title: "Earnings per share growth, 3 years a year", Unit: rules.UnitFraction,
		Formula: "growth(eps, 3y)",
		Note:    fromLoss,
		Source:  "O'Neil, How to Make Money in Stocks (1988): annual earnings per share",
	},
	{
		Name: "eps_growth_5y", Title: "Earnings per share growth, 5 years a year", Unit: rules.UnitFraction,
		Formula: "growth(eps, 5y)",
		Note:    fromLoss,
		Source:  "O'Neil, How to Make Money in Stocks (1988): annual earnings per share",
	},
	{
		Name: "eps_growth_10y", Title: "Earnings per share growth, 10 years a year", Unit: rules.UnitFraction,
		Formula: "growth(eps, 10y)",
		Note:    fromLoss,
		Source:  "O'Neil, How to Make Money in Stocks (1988): annual earnings per share",
	},
	{
		Name: "fcf_growth_1y", Title: "Free cash flow growth, 1 year", Unit: rules.UnitFraction,
		Formula: "growth(fcf, 1y)",
		Note:    fromLoss,
		Source:  compound,
	},
	{
		Name: "fcf_growth_3y", Title: "Free cash flow growth, 3 years a year", Unit: rules.UnitFraction,
		Formula: "growth(fcf, 3y)",
		Note:    fromLoss,
		Source:  compound,
	},
	{
		Name: "fcf_growth_5y", Title: "Free cash flow growth, 5 years a year", Unit: rules.UnitFraction,
		Formula: "growth(fcf, 5y)",
		Note:    fromLoss,
		Source:  compound,
	},
	{
		Name: "fcf_growth_10y", Title: "Free cash flow growth, 10 years a year", Unit: rules.UnitFraction,
		Formula: "growth(fcf, 10y)",
		Note:    fromLoss,
		Source:  compound,
	},
	{
		Name: "common_equity_growth_1y", Title: "Common equity growth, 1 year", Unit: rules.UnitFraction,
		Formula: "growth(common_equity, 1y)",
		Note:    fromDeficit,
		Source:  compound,
	},
	{
		Name: "common_equity_growth_3y", Title: "Common equity growth, 3 years a year", Unit: rules.UnitFraction,
		Formula: "growth(common_equity, 3y)",
		Note:    fromDeficit,
		Source:  compound,
	},
	{
		Name: "common_equity_growth_5y", Title: "Common equity growth, 5 years a year", Unit: rules.UnitFraction,
		Formula: "growth(common_equity, 5y)",
		Note:    fromDeficit,
		Source:  compound,
	},
	{
		Name: "common_equity_growth_10y", Title: "Common equity growth, 10 years a year", Unit: rules.UnitFraction,
		Formula: "growth(common_equity, 10y)",
		Note:    fromDeficit,
		Source:  compound,
	},
	{
		Name: "book_value_per_share_growth_1y", Title: "Book value per share growth, 1 year", Unit: rules.UnitFraction,
		Formula: "growth(book_value_per_share, 1y)",
		Note:    fromDeficit,
		Source:  "Buffett, letters to the shareholders of Berkshire Hathaway: the yearly change of book value per share",
	},
	{
		Name: "book_value_per_share_growth_3y", Title: "Book value per share growth, 3 years a year", Unit: rules.UnitFraction,
		Formula: "growth(book_value_per_share, 3y)",
		Note:    fromDeficit,
		Source:  "Buffett, letters to the shareholders of Berkshire Hathaway: the yearly change of book value per share",
	},
	{
		Name: "book_value_per_share_growth_5y", Title: "Book value per share growth, 5 years a year", Unit: rules.UnitFraction,
		Formula: "growth(book_value_per_share, 5y)",
		Note:    fromDeficit,
		Source:  "Buffett, letters to the shareholders of Berkshire Hathaway: the yearly change of book value per share",
	},
	{
		Name: "book_value_per_share_growth_10y", Title: "Book value per share growth, 10 years a year", Unit: rules.UnitFraction,
		Formula: "growth(book_value_per_share, 10y)",
		Note:    fromDeficit,
		Source:  "Buffett, letters to the shareholders of Berkshire Hathaway: the yearly change of book value per share",
	},
	{
		Name: "asset_growth_1y", Title: "Asset growth, 1 year", Unit: rules.UnitFraction,
		Formula: "growth(total_assets, 1y)",
		Source:  assetGrowth,
	},
	{
		Name: "asset_growth_3y", Title: "Asset growth, 3 years a year", Unit: rules.UnitFraction,
		Formula: "growth(total_assets, 3y)",
		Source:  assetGrowth + ", over one year",
	},
	{
		Name: "asset_growth_5y", Title: "Asset growth, 5 years a year", Unit: rules.UnitFraction,
		Formula: "growth(total_assets, 5y)",
		Source:  assetGrowth + ", over one year",
	},
	{
		Name: "asset_growth_10y", Title: "Asset growth, 10 years a year", Unit: rules.UnitFraction,
		Formula: "growth(total_assets, 10y)",
		Source:  assetGrowth + ", over one year",
	},
	{
		Name: "dividends_per_share_growth_1y", Title: "Dividends per share growth, 1 year", Unit: rules.UnitFraction,
		Formula: "growth(dividends_per_share, 1y)",
		Note:    "Undefined from or to a year without dividends.",
		Source:  multiplesBook + ": historical growth of dividends",
	},
	{
		Name: "dividends_per_share_growth_3y", Title: "Dividends per share growth, 3 years a year", Unit: rules.UnitFraction,
		Formula: "growth(dividends_per_share, 3y)",
		Note:    "Undefined from or to a year without dividends.",
		Source:  multiplesBook + ": historical growth of dividends",
	},
	{
		Name: "dividends_per_share_growth_5y", Title: "Dividends per share growth, 5 years a year", Unit: rules.UnitFraction,
		Formula: "growth(dividends_per_share, 5y)",
		Note:    "Undefined from or to a year without dividends.",
		Source:  multiplesBook + ": historical growth of dividends",
	},
	{
		Name: "dividends_per_share_growth_10y", Title: "Dividends per share growth, 10 years a year", Unit: rules.UnitFraction,
		Formula: "growth(dividends_per_share, 10y)",
		Note:    "Undefined from or to a year without dividends.",
		Source:  multiplesBook + ": historical growth of dividends",
	},
	{
		Name: "capex_growth_1y", Title: "Capital expenditure growth, 1 year", Unit: rules.UnitFraction,
		Formula: "growth(capital_expenditure, 1y)",
		Source:  compound,
	},
	{
		Name: "capex_growth_3y", Title: "Capital expenditure growth, 3 years a year", Unit: rules.UnitFraction,
		Formula: "growth(capital_expenditure, 3y)",
		Source:  compound,
	},
	{
		Name: "capex_growth_5y", Title: "Capital expenditure growth, 5 years a year", Unit: rules.UnitFraction,
		Formula: "growth(capital_expenditure, 5y)",
		Source:  compound,
	},
}

const (
	compound    = "The compound annual growth rate, by no one author"
	assetGrowth = "Cooper, Gulen and Schill, Asset growth and the cross-section of stock returns, Journal of Finance 63 (2008)"
	fromLoss    = "Undefined from or to what is not positive."
	fromDeficit = "Undefined from or to a deficit."
)
