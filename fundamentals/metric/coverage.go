package metric

import "assay/rules"

var coverageMetrics = []Metric{
	{
		Name: "interest_coverage", Title: "Interest coverage", Unit: rules.UnitMultiple,
		Formula: "ebit / interest_expense",
		Defined: "interest_expense > 0",
		NotFor:  financial,
		Note:    "Undefined without interest: a screen for safety says: interest_coverage >= 5 or total_debt == 0.",
		Source:  bookRatios,
	},
	{
		Name: "ebitda_coverage", Title: "EBITDA to interest", Unit: rules.UnitMultiple, VariantOf: "interest_coverage",
		Formula: "ebitda / interest_expense",
		Defined: "interest_expense > 0",
		NotFor:  financial,
		Source:  bookBanking,
	},
	{
		Name: "ebitda_less_capex_coverage", Title: "EBITDA less capital expenditure to interest", Unit: rules.UnitMultiple, VariantOf: "interest_coverage",
		Formula: "(ebitda - capital_expenditure) / interest_expense",
		Defined: "interest_expense > 0",
		NotFor:  financial,
		Source:  bookBanking,
	},
	{
		Name: "debt_to_ebitda", Title: "Debt to EBITDA", Unit: rules.UnitMultiple,
		Formula: "total_debt / ebitda",
		Defined: "ebitda > 0",
		Note:    "Undefined where EBITDA is not positive: debt that nothing earns for would look negative.",
		Source:  bookRatios,
	},
	{
		Name: "net_debt_to_ebitda", Title: "Net debt to EBITDA", Unit: rules.UnitMultiple, VariantOf: "debt_to_ebitda",
		Formula: "net_debt / ebitda",
		Defined: "ebitda > 0",
		Note:    "Negative for a company with net cash. Undefined where EBITDA is not positive.",
		Source:  bookBanking,
	},
	{
		Name: "debt_to_fcf", Title: "Years of free cash flow to repay debt", Unit: rules.UnitMultiple,
		Formula: "total_debt / fcf",
		Defined: "fcf > 0",
		Source:  "Standard & Poor's, Corporate Methodology: Ratios and Adjustments (2013): FOCF to debt, turned round and unadjusted",
	},
	{
		Name: "net_debt_to_fcf", Title: "Years of free cash flow to repay net debt", Unit: rules.UnitMultiple, VariantOf: "debt_to_fcf",
		Formula: "net_debt / fcf",
		Defined: "fcf > 0",
		Source:  "Standard & Poor's, Corporate Methodology: Ratios and Adjustments (2013): FOCF to debt, turned round and unadjusted, on net debt",
	},
	{
		Name: "cfo_to_debt", Title: "Cash from operations to debt", Unit: rules.UnitFraction,
		Formula: "cash_from_operations / total_debt",
		Defined: "total_debt > 0",
		Note:    "Undefined without debt.",
		Source:  "Beaver, Financial ratios as predictors of failure, Journal of Accounting Research 4 (1966): cash flow to total debt; " + bookCashFlow + ": debt coverage",
	},
	{
		Name: "fcf_to_debt", Title: "Free cash flow to debt", Unit: rules.UnitFraction, VariantOf: "cfo_to_debt",
		Formula: "fcf / total_debt",
		Defined: "total_debt > 0",
		Note:    "Undefined without debt.",
		Source:  "Standard & Poor's, Corporate Methodology: Ratios and Adjustments (2013): FOCF to debt, unadjusted",
	},
	{
		Name: "cfo_to_liabilities", Title: "Cash from operations to liabilities", Unit: rules.UnitFraction,
		Formula: "cash_from_operations / total_liabilities",
		Defined: "total_liabilities > 0",
		NotFor:  lenders,
		Source:  paperCashRatio,
	},
	{
		Name: "current_debt_coverage", Title: "Cash from operations after dividends to debt due", Unit: rules.UnitMultiple,
		Formula: "(cash_from_operations - dividends_paid) / short_term_debt",
		Defined: "short_term_debt > 0",
		Note:    "Undefined where nothing falls due within a year.",
		Source:  paperCashRatio + ": cash current debt coverage",
	},
	{
		Name: "interest_to_debt", Title: "Interest to average debt", Unit: rules.UnitFraction,
		Formula: "interest_expense / avg(total_debt, 2y)",
		Defined: "avg(total_debt, 2y) >= 1% * avg(total_assets, 2y)",
		Note:    "What debt costs by the statements. Undefined where average debt is under 1 % of average assets: what the two balance sheets hold is not what bore the interest. Debt that came and went between the two balance sheets makes it too high.",
		Source:  bookDamodaran + ": book interest rate; on average debt here",
	},
}
