package metric

import "assay/rules"

var liquidityMetrics = []Metric{
	{
		Name: "cash_to_assets", Title: "Cash to assets", Unit: rules.UnitFraction,
		Formula: "cash_and_investments / total_assets",
		Defined: "total_assets > 0",
		Source:  "Bates, Kahle and Stulz, Why do U.S. firms hold so much more cash than they used to?, Journal of Finance 64 (2009)",
	},
	{
		Name: "cash_to_net_assets", Title: "Cash to assets without cash", Unit: rules.UnitFraction, VariantOf: "cash_to_assets",
		Formula: "cash_and_investments / (total_assets - cash_and_investments)",
		Defined: "total_assets - cash_and_investments >= 5% * total_assets",
		Note:    "Undefined for a company that is hardly more than its cash: other assets under 5 % of all.",
		Source:  "Opler, Pinkowitz, Stulz and Williamson, The determinants and implications of corporate cash holdings, Journal of Financial Economics 52 (1999)",
	},
	{
		Name: "excess_cash_to_assets", Title: "Excess cash to assets", Unit: rules.UnitFraction, VariantOf: "cash_to_assets",
		Formula: "excess_cash / total_assets",
		Defined: "total_assets > 0",
		Source:  bookValuation + ": excess cash",
	},
	{
		Name: "cash_to_debt", Title: "Cash to debt", Unit: rules.UnitMultiple,
		Formula: "cash_and_investments / total_debt",
		Defined: "total_debt > 0",
		Note:    "Undefined without debt: a screen for safety says: cash_to_debt >= 1 or total_debt == 0.",
		Source:  noAuthor,
	},
	{
		Name: "current_ratio", Title: "Current ratio", Unit: rules.UnitMultiple,
		Formula: "current_assets / current_liabilities",
		Defined: "current_liabilities > 0",
		NotFor:  financial,
		Source:  bookRatios,
	},
	{
		Name: "quick_ratio", Title: "Quick ratio", Unit: rules.UnitMultiple,
		Formula: "(cash_and_investments + receivables) / current_liabilities",
		Defined: "current_liabilities > 0",
		NotFor:  financial,
		Source:  bookRatios,
	},
	{
		Name: "quick_ratio_ex_inventory", Title: "Quick ratio, current assets without inventory", Unit: rules.UnitMultiple, VariantOf: "quick_ratio",
		Formula: "(current_assets - inventory) / current_liabilities",
		Defined: "current_liabilities > 0",
		NotFor:  financial,
		Note:    "Prepaid expenses and other current assets stay in.",
		Source:  "Ross, Westerfield and Jaffe, Corporate Finance (10th edition 2013)",
	},
	{
		Name: "cash_ratio", Title: "Cash to current liabilities", Unit: rules.UnitMultiple,
		Formula: "cash_and_investments / current_liabilities",
		Defined: "current_liabilities > 0",
		NotFor:  financial,
		Source:  bookRatios,
	},
	{
		Name: "operating_cash_flow_ratio", Title: "Cash from operations to current liabilities", Unit: rules.UnitMultiple,
		Formula: "cash_from_operations / current_liabilities",
		Defined: "current_liabilities > 0",
		NotFor:  financial,
		Source:  paperCashRatio,
	},
	{
		Name: "defensive_interval", Title: "Defensive interval", Unit: rules.UnitDays,
		Formula: "(cash_and_investments + receivables) / ((cost_of_revenue + selling_general_and_administrative + research_and_development - depreciation_and_amortization) / 365d)",
		Defined: "cost_of_revenue + selling_general_and_administrative + research_and_development > depreciation_and_amortization",
		NotFor:  financial,
		Note:    "The days that quick assets pay for the operating costs of the last year. Costs on other lines are not in it.",
		Source:  bookRatios + ": defensive interval ratio",
	},
	{
		Name: "cash_runway", Title: "Days until the cash is spent", Unit: rules.UnitDays,
		Formula: "cash_and_investments / (-fcf / 365d)",
		Defined: "fcf < 0",
		Note:    "At the rate of the last year. Undefined for a company that earns cash: a screen says: cash_runway >= 730d or fcf >= 0.",
		Source:  "The cash runway of investors in companies that lose money, by no one author",
	},
}
