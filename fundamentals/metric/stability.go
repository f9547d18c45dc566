package metric

import "assay/rules"

// stabilityMetrics tell how a company did over many years: on average, in its
// worst year, how much it varied, and for how many years in a row.
var stabilityMetrics = []Metric{
	{
		Name: "roe_avg_5y", Title: "Return on equity, average of 5 years", Unit: rules.UnitFraction,
		Formula: "avg(roe, 5y)",
		Note:    allKnown,
		Source:  averageOfYears,
	},
	{
		Name: "roe_avg_10y", Title: "Return on equity, average of 10 years", Unit: rules.UnitFraction,
		Formula: "avg(roe, 10y, 8)",
		Note:    mostKnown,
		Source:  averageOfYears,
	},
	{
		Name: "roic_avg_5y", Title: "Return on invested capital, average of 5 years", Unit: rules.UnitFraction,
		Formula: "avg(roic, 5y)",
		Note:    allKnown,
		Source:  averageOfYears,
	},
	{
		Name: "roic_avg_10y", Title: "Return on invested capital, average of 10 years", Unit: rules.UnitFraction,
		Formula: "avg(roic, 10y, 8)",
		Note:    mostKnown,
		Source:  averageOfYears,
	},
	{
		Name: "roce_avg_5y", Title: "Return on capital employed, average of 5 years", Unit: rules.UnitFraction,
		Formula: "avg(roce, 5y)",
		Note:    allKnown,
		Source:  averageOfYears,
	},
	{
		Name: "roce_avg_10y", Title: "Return on capital employed, average of 10 years", Unit: rules.UnitFraction,
		Formula: "avg(roce, 10y, 8)",
		Note:    mostKnown,
		Source:  averageOfYears,
	},
	{
		Name: "roa_avg_5y", Title: "Return on assets, average of 5 years", Unit: rules.UnitFraction,
		Formula: "avg(roa, 5y)",
		Note:    allKnown,
		Source:  averageOfYears,
	},
	{
		Name: "gross_margin_avg_5y", Title: "Gross margin, average of 5 years", Unit: rules.UnitFraction,
		Formula: "avg(gross_margin, 5y)",
		Note:    allKnown,
		Source:  averageOfYears,
	},
	{
		Name: "operating_margin_avg_5y", Title: "Operating margin, average of 5 years", Unit: rules.UnitFraction,
		Formula: "avg(operating_margin, 5y)",
		Note:    allKnown,
		Source:  averageOfYears,
	},
	{
		Name: "operating_margin_avg_10y", Title: "Operating margin, average of 10 years", Unit: rules.UnitFraction,
		Formula: "avg(operating_margin, 10y, 8)",
		Note:    mostKnown,
		Source:  averageOfYears,
	},
	{
		Name: "fcf_margin_avg_5y", Title: "Free cash flow margin, average of 5 years", Unit: rules.UnitFraction,
		Formula: "avg(fcf_margin, 5y)",
		Note:    allKnown,
		Source:  averageOfYears,
	},
	{
		Name: "gross_margin_stddev_5y", Title: "Gross margin, standard deviation over 5 years", Unit: rules.UnitFraction,
		Formula: "stddev(gross_margin, 5y)",
		Note:    allKnown,
		Source:  spread,
	},
	{
		Name: "operating_margin_stddev_5y", Title: "Operating margin, standard deviation over 5 years", Unit: rules.UnitFraction,
		Formula: "stddev(operating_margin, 5y)",
		Note:    allKnown,
		Source:  spread,
	},
	{
		Name: "roa_stddev_5y", Title: "Return on assets, standard deviation over 5 years", Unit: rules.UnitFraction,
		Formula: "stddev(roa, 5y)",
		Note:    allKnown,
		Source:  "Asness, Frazzini and Pedersen, Quality minus junk, Review of Accounting Studies 24 (2019): volatility of profitability, which they take of return on equity",
	},
	{
		Name: "roe_stddev_5y", Title: "Return on equity, standard deviation over 5 years", Unit: rules.UnitFraction,
		Formula: "stddev(roe, 5y)",
		Note:    allKnown,
		Source:  "Asness, Frazzini and Pedersen, Quality minus junk, Review of Accounting Studies 24 (2019): volatility of return on equity, which they measure by quarters",
	},
	{
		Name: "revenue_growth_stddev_5y", Title: "Revenue growth, standard deviation over 5 years", Unit: rules.UnitFraction,
		Formula: "stddev(revenue_growth_1y, 5y)",
		Note:    "All five growth rates must be known: six years of revenue.",
		Source:  spread,
	},
	{
		Name: "cfo_to_assets_stddev_5y", Title: "Cash from operations to assets, standard deviation over 5 years", Unit: rules.UnitFraction,
		Formula: "stddev(cash_from_operations / total_assets, 5y)",
		NotFor:  []string{"bank", "insurer"},
		Note:    allKnown,
		Source:  "Dechow and Dichev, The quality of accruals and earnings, The Accounting Review 77 (2002): standard deviation of cash from operations",
	},
	{
		Name: "eps_variation_5y", Title: "Variation of earnings per share over 5 years", Unit: rules.UnitFraction,
		Formula: "stddev(eps, 5y) / avg(eps, 5y)",
		Defined: "avg(eps, 5y) > 0",
		Note:    "The standard deviation over the mean: 0 is steady. Undefined where the mean is not positive.",
		Source:  "Dichev and Tang, Earnings volatility and earnings predictability, Journal of Accounting and Economics 47 (2009): volatility of earnings, which they scale by assets",
	},
	{
		Name: "gross_margin_stability_8y", Title: "Stability of the gross margin over 8 years", Unit: rules.UnitMultiple,
		Formula: "avg(gross_margin, 8y) / stddev(gross_margin, 8y)",
		Note:    "The mean over the standard deviation: high is steady. Undefined where the margin never moved.",
		Source:  "Gray and Carlisle, Quantitative Value (2013): margin stability",
	},
	{
		Name: "fcf_8y_to_assets", Title: "Free cash flow of 8 years to assets", Unit: rules.UnitFraction,
		Formula: "sum(fcf, 8y) / total_assets",
		Note:    allKnownY,
		Source:  "Gray and Carlisle, Quantitative Value (2013): long-term free cash flow on assets",
	},
	{
		Name: "operating_margin_min_5y", Title: "Operating margin, worst of 5 years", Unit: rules.UnitFraction,
		Formula: "min(operating_margin, 5y)",
		Note:    allKnownY,
		Source:  worstYear,
	},
	{
		Name: "operating_margin_min_10y", Title: "Operating margin, worst of 10 years", Unit: rules.UnitFraction,
		Formula: "min(operating_margin, 10y)",
		Note:    allKnownY,
		Source:  worstYear,
	},
	{
		Name: "roic_min_5y", Title: "Return on invested capital, worst of 5 years", Unit: rules.UnitFraction,
		Formula: "min(roic, 5y)",
		Note:    allKnownY,
		Source:  worstYear,
	},
	{
		Name: "roic_min_10y", Title: "Return on invested capital, worst of 10 years", Unit: rules.UnitFraction,
		Formula: "min(roic, 10y)",
		Note:    allKnownY,
		Source:  worstYear,
	},
	{
		Name: "roe_min_5y", Title: "Return on equity, worst of 5 years", Unit: rules.UnitFraction,
		Formula: "min(roe, 5y)",
		Note:    allKnownY,
		Source:  worstYear,
	},
	{
		Name: "roe_min_10y", Title: "Return on equity, worst of 10 years", Unit: rules.UnitFraction,
		Formula: "min(roe, 10y)",
		Note:    allKnownY,
		Source:  worstYear,
	},
	{
		Name: "revenue_growth_min_5y", Title: "Revenue growth, worst of 5 years", Unit: rules.UnitFraction,
		Formula: "min(revenue_growth_1y, 5y)",
		Note:    allKnownY,
		Source:  worstYear,
	},
	{
		Name: "revenue_growth_min_10y", Title: "Revenue growth, worst of 10 years", Unit: rules.UnitFraction,
		Formula: "min(revenue_growth_1y, 10y)",
		Note:    allKnownY,
		Source:  worstYear,
	},
	{
		Name: "net_income_min_5y", Title: "Net income, worst of 5 years", Unit: rules.UnitMoney,
		Formula: "min(net_income, 5y)",
		Note:    allKnownY,
		Source:  worstYear,
	},
	{
		Name: "net_income_min_10y", Title: "Net income, worst of 10 years", Unit: rules.UnitMoney,
		Formula: "min(net_income, 10y)",
		Note:    allKnownY,
		Source:  worstYear,
	},
	{
		Name: "fcf_min_5y", Title: "Free cash flow, worst of 5 years", Unit: rules.UnitMoney,
		Formula: "min(fcf, 5y)",
		Note:    allKnownY,
		Source:  worstYear,
	},
	{
		Name: "fcf_min_10y", Title: "Free cash flow, worst of 10 years", Unit: rules.UnitMoney,
		Formula: "min(fcf, 10y)",
		Note:    allKnownY,
		Source:  worstYear,
	},
	{
		Name: "years_of_profit_5y", Title: "Years of profit among the last 5", Unit: rules.UnitCount,
		Formula: "count(net_income > 0, 5y)",
		Note:    allKnownY,
		Source:  "Graham, The Intelligent Investor (4th edition 1973): no deficit in the last five years, for the enterprising investor",
	},
	{
		Name: "years_of_profit_10y", Title: "Years of profit among the last 10", Unit: rules.UnitCount,
		Formula: "count(net_income > 0, 10y)",
		Note:    allKnownY,
		Source:  "Graham, The Intelligent Investor (4th edition 1973): some earnings in each of the past ten years",
	},
	{
		Name: "years_of_positive_fcf_5y", Title: "Years of positive free cash flow among the last 5", Unit: rules.UnitCount,
		Formula: "count(fcf > 0, 5y)",
		Note:    allKnownY,
		Source:  "The free cash flow form of Graham's years of earnings, by no one author",
	},
	{
		Name: "years_of_positive_fcf_10y", Title: "Years of positive free cash flow among the last 10", Unit: rules.UnitCount,
		Formula: "count(fcf > 0, 10y)",
		Note:    allKnownY,
		Source:  "The free cash flow form of Graham's years of earnings, by no one author",
	},
	{
		Name: "years_of_dividends_10y", Title: "Years of dividends among the last 10", Unit: rules.UnitCount,
		Formula: "count(dividends_paid > 0, 10y)",
		Note:    allKnownY,
		Source:  "Graham, The Intelligent Investor (4th edition 1973): a record of dividends",
	},
	{
		Name: "profit_streak", Title: "Years of profit in a row", Unit: rules.UnitCount,
		Formula: "streak(net_income > 0, 10y)",
		Note:    inARow,
		Source:  "Graham, The Intelligent Investor (4th edition 1973): uninterrupted earnings",
	},
	{
		Name: "fcf_streak", Title: "Years of positive free cash flow in a row", Unit: rules.UnitCount,
		Formula: "streak(fcf > 0, 10y)",
		Note:    inARow,
		Source:  "The free cash flow form of Graham's uninterrupted earnings, by no one author",
	},
	{
		Name: "dividend_streak", Title: "Years of dividends in a row", Unit: rules.UnitCount,
		Formula: "streak(dividends_paid > 0, 10y)",
		Note:    inARow,
		Source:  "Graham, The Intelligent Investor (4th edition 1973): uninterrupted payments",
	},
	{
		Name: "revenue_growth_streak", Title: "Years of rising revenue in a row", Unit: rules.UnitCount,
		Formula: "streak(revenue_growth_1y > 0, 10y)",
		Note:    inARow,
		Source:  "Lynch, One Up on Wall Street (1989): steady growers; by no one author",
	},
	{
		Name: "ebit_slope_5y", Title: "Trend of EBIT over 5 years", Unit: rules.UnitFraction,
		Formula: "slope(ebit, 5y) / avg(total_assets, 5y)",
		Note:    "The yearly change of EBIT along its trend line, to average assets; it needs no positive base, as growth does.",
		Source:  "The slope of the least-squares line, by no one author",
	},
	{
		Name: "revenue_drawdown_5y", Title: "Revenue against its peak of 5 years", Unit: rules.UnitFraction,
		Formula: "revenue / max(revenue, 5y) - 1",
		Defined: "max(revenue, 5y) > 0",
		Note:    "0 at a peak, negative below it.",
		Source:  "The drawdown of prices, of revenue; by no one author",
	},
	{
		Name: "revenue_drawdown_10y", Title: "Revenue against its peak of 10 years", Unit: rules.UnitFraction,
		Formula: "revenue / max(revenue, 10y, 8) - 1",
		Defined: "max(revenue, 10y, 8) > 0",
		Note:    "0 at a peak, negative below it. At least 8 of the 10 years must be known.",
		Source:  "The drawdown of prices, of revenue; by no one author",
	},
	{
		Name: "gross_margin_change_1y", Title: "Change of the gross margin, 1 year", Unit: rules.UnitFraction,
		Formula: "change(gross_margin, 1y)",
		Note:    "In points: 2% is from 10 % to 12 %.",
		Source:  marginChange,
	},
	{
		Name: "gross_margin_change_3y", Title: "Change of the gross margin, 3 years", Unit: rules.UnitFraction,
		Formula: "change(gross_margin, 3y)",
		Note:    "In points: 2% is from 10 % to 12 %.",
		Source:  marginChange,
	},
	{
		Name: "gross_margin_change_5y", Title: "Change of the gross margin, 5 years", Unit: rules.UnitFraction,
		Formula: "change(gross_margin, 5y)",
		Note:    "In points: 2% is from 10 % to 12 %.",
		Source:  marginChange,
	},
	{
		Name: "operating_margin_change_1y", Title: "Change of the operating margin, 1 year", Unit: rules.UnitFraction,
		Formula: "change(operating_margin, 1y)",
		Note:    "In points: 2% is from 10 % to 12 %.",
		Source:  marginChange,
	},
	{
		Name: "operating_margin_change_3y", Title: "Change of the operating margin, 3 years", Unit: rules.UnitFraction,
		Formula: "change(operating_margin, 3y)",
		Note:    "In points: 2% is from 10 % to 12 %.",
		Source:  marginChange,
	},
	{
		Name: "operating_margin_change_5y", Title: "Change of the operating margin, 5 years", Unit: rules.UnitFraction,
		Formula: "change(operating_margin, 5y)",
		Note:    "In points: 2% is from 10 % to 12 %.",
		Source:  marginChange,
	},
	{
		Name: "net_margin_change_1y", Title: "Change of the net margin, 1 year", Unit: rules.UnitFraction,
		Formula: "change(net_margin, 1y)",
		Note:    "In points: 2% is from 10 % to 12 %.",
		Source:  marginChange,
	},
	{
		Name: "asset_turnover_change_1y", Title: "Change of asset turnover, 1 year", Unit: rules.UnitMultiple,
		Formula: "change(asset_turnover, 1y)",
		Source:  "Soliman, The use of DuPont analysis by market participants, The Accounting Review 83 (2008), who takes net operating assets",
	},
	{
		Name: "roic_change_1y", Title: "Change of return on invested capital, 1 year", Unit: rules.UnitFraction,
		Formula: "change(roic, 1y)",
		Note:    "In points.",
		Source:  profitGrowth,
	},
	{
		Name: "roic_change_5y", Title: "Change of return on invested capital, 5 years", Unit: rules.UnitFraction,
		Formula: "change(roic, 5y)",
		Note:    "In points.",
		Source:  profitGrowth,
	},
	{
		Name: "roe_change_1y", Title: "Change of return on equity, 1 year", Unit: rules.UnitFraction,
		Formula: "change(roe, 1y)",
		Note:    "In points.",
		Source:  profitGrowth,
	},
	{
		Name: "roe_change_5y", Title: "Change of return on equity, 5 years", Unit: rules.UnitFraction,
		Formula: "change(roe, 5y)",
		Note:    "In points.",
		Source:  profitGrowth,
	},
}

const (
	allKnown       = "All years must be known."
	allKnownY      = "All years must be known: the one that is not might be the one that counts."
	mostKnown      = "At least 8 of the 10 years must be known."
	inARow         = "Yearly steps back from the anchor, at most 10. Missing where a year that might continue the row is not known; in a rule, streak(...) >= 5 is answered as soon as five years are known."
	averageOfYears = "The mean over years in which Graham and Dodd, Security Analysis (1934), measure earning power"
	spread         = "The sample standard deviation over years, by no one author"
	worstYear      = "The worst year, after Graham, The Intelligent Investor (4th edition 1973): stability of earnings"
	marginChange   = "Lev and Thiagarajan, Fundamental information analysis, Journal of Accounting Research 31 (1993): the gross margin signal, of margins in points here"
	profitGrowth   = "Asness, Frazzini and Pedersen, Quality minus junk, Review of Accounting Studies 24 (2019): growth in profitability, which they take over five years and to the base of then"
)
