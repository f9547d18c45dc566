package metric

import "assay/rules"

var profitMetrics = []Metric{
	{
		Name: "ebit", Title: "Earnings before interest and tax", Unit: rules.UnitMoney,
		Formula: "operating_income ?? (pretax_income + interest_expense)",
		NotFor:  banks,
		Note:    "Operating income; where it is not stated, income before tax plus interest expense.",
		Source:  bookRatios,
	},
	{
		Name: "ebit_pretax", Title: "EBIT from income before tax", Unit: rules.UnitMoney, VariantOf: "ebit",
		Formula: "pretax_income + interest_expense",
		NotFor:  banks,
		Note:    "With what stands below operating income: interest earned, gains on sales, shares in other companies' profits.",
		Source:  bookRatios,
	},
	{
		Name: "ebit_before_charges", Title: "EBIT before impairments and restructuring", Unit: rules.UnitMoney, VariantOf: "ebit",
		Formula: "ebit + impairments + restructuring",
		Note:    chargesNote,
		Source:  bookRatios + ": analyst adjustments; by no one author",
	},
	{
		Name: "ebitda", Title: "Earnings before interest, tax, depreciation and amortisation", Unit: rules.UnitMoney,
		Formula: "ebit + depreciation_and_amortization",
		Source:  bookRatios,
	},
	{
		Name: "ebitda_before_charges", Title: "EBITDA before impairments and restructuring", Unit: rules.UnitMoney, VariantOf: "ebitda",
		Formula: "ebitda + impairments + restructuring",
		Note:    chargesNote,
		Source:  sourceAdjusted,
	},
	{
		Name: "ebitda_before_share_compensation", Title: "EBITDA before share-based compensation", Unit: rules.UnitMoney, VariantOf: "ebitda",
		Formula: "ebitda + share_based_compensation",
		Note:    "What companies call adjusted: pay in shares is no cost in it, though the shares are there.",
		Source:  sourceAdjusted,
	},
	{
		Name: "tax_rate", Title: "Tax rate", Unit: rules.UnitFraction,
		Formula: "(if pretax_income > 0 { clamp(income_tax / pretax_income, 0%, 35%) } else { statutory_tax_rate }) ?? statutory_tax_rate",
		Note:    "Tax over income before tax, clipped to 0 to 35 %; the statutory rate where that income is not positive or the tax is missing.",
		Source:  paperReturns + ": effective or marginal rate; the clip is this catalogue's",
	},
	{
		Name: "effective_tax_rate", Title: "Effective tax rate", Unit: rules.UnitFraction, VariantOf: "tax_rate",
		Formula: "income_tax / pretax_income",
		Defined: "pretax_income > 0",
		Note:    "As it stands, without a clip: deferred tax written off or refunds make it high or negative. Undefined for a loss.",
		Source:  "FASB Accounting Standards Codification 740-10-50: tax expense over pre-tax income",
	},
	{
		Name: "cash_tax_rate", Title: "Cash tax rate", Unit: rules.UnitFraction, VariantOf: "tax_rate",
		Formula: "income_tax_paid / pretax_income",
		Defined: "pretax_income > 0",
		Note:    "As it stands, without a clip; payments for other years are in it.",
		Source:  "Dyreng, Hanlon and Maydew, Long-run corporate tax avoidance, The Accounting Review 83 (2008), over one year here",
	},
	{
		Name: "nopat", Title: "Net operating profit after tax", Unit: rules.UnitMoney,
		Formula: "ebit * (1 - tax_rate)",
		Source:  "Stewart, The Quest for Value (1991); the tax rate is this catalogue's tax_rate",
	},
	{
		Name: "nopat_cash_tax", Title: "Operating profit after tax paid", Unit: rules.UnitMoney, VariantOf: "nopat",
		Formula: "ebit - income_tax_paid",
		Note:    "The tax that interest saved is not put back.",
		Source:  bookValuation + ": operating cash taxes, simplified",
	},
	{
		Name: "gross_margin", Title: "Gross margin", Unit: rules.UnitFraction,
		Formula: "gross_profit / revenue",
		Defined: "revenue > 0",
		NotFor:  financial,
		Note:    "Not reported where no cost of revenue is tagged, never 100 %.",
		Source:  bookRatios,
	},
	{
		Name: "operating_margin", Title: "Operating margin", Unit: rules.UnitFraction,
		Formula: "ebit / revenue",
		Defined: "revenue > 0",
		Source:  bookRatios,
	},
	{
		Name: "operating_margin_pretax", Title: "Operating margin from income before tax", Unit: rules.UnitFraction, VariantOf: "operating_margin",
		Formula: "ebit_pretax / revenue",
		Defined: "revenue > 0",
		Source:  bookRatios + ": EBIT margin",
	},
	{
		Name: "pretax_margin", Title: "Pre-tax margin", Unit: rules.UnitFraction,
		Formula: "pretax_income / revenue",
		Defined: "revenue > 0",
		Source:  bookRatios,
	},
	{
		Name: "net_margin", Title: "Net margin", Unit: rules.UnitFraction,
		Formula: "net_income / revenue",
		Defined: "revenue > 0",
		Source:  bookRatios,
	},
	{
		Name: "net_margin_continuing", Title: "Net margin of continuing operations", Unit: rules.UnitFraction, VariantOf: "net_margin",
		Formula: "(net_income - income_from_discontinued_operations) / revenue",
		Defined: "revenue > 0",
		Source:  "FASB Accounting Standards Codification 205-20, Discontinued Operations",
	},
	{
		Name: "ebitda_margin", Title: "EBITDA margin", Unit: rules.UnitFraction,
		Formula: "ebitda / revenue",
		Defined: "revenue > 0",
		Source:  bookBanking,
	},
	{
		Name: "nopat_margin", Title: "Margin after tax, before interest", Unit: rules.UnitFraction,
		Formula: "nopat / revenue",
		Defined: "revenue > 0",
		Source:  bookValuation,
	},
	{
		Name: "sga_to_revenue", Title: "SG&A to revenue", Unit: rules.UnitFraction,
		Formula: "selling_general_and_administrative / revenue",
		Defined: "revenue > 0",
		NotFor:  financial,
		Source:  bookRatios + ": common-size income statement",
	},
	{
		Name: "sga_to_gross_profit", Title: "SG&A to gross profit", Unit: rules.UnitFraction,
		Formula: "selling_general_and_administrative / gross_profit",
		Defined: "gross_profit > 0",
		NotFor:  financial,
		Source:  "Buffett and Clark, Warren Buffett and the Interpretation of Financial Statements (2008)",
	},
	{
		Name: "rd_to_revenue", Title: "Research and development to revenue", Unit: rules.UnitFraction,
		Formula: "research_and_development / revenue",
		Defined: "revenue > 0",
		Source:  "Chan, Lakonishok and Sougiannis, The stock market valuation of research and development expenditures, Journal of Finance 56 (2001)",
	},
	{
		Name: "advertising_to_revenue", Title: "Advertising to revenue", Unit: rules.UnitFraction,
		Formula: "advertising / revenue",
		Defined: "revenue > 0",
		Source:  "Chan, Lakonishok and Sougiannis, The stock market valuation of research and development expenditures, Journal of Finance 56 (2001)",
	},
	{
		Name: "share_compensation_to_revenue", Title: "Share-based compensation to revenue", Unit: rules.UnitFraction,
		Formula: "share_based_compensation / revenue",
		Defined: "revenue > 0",
		Source:  noAuthor,
	},
	{
		Name: "charges_to_revenue", Title: "Impairments and restructuring to revenue", Unit: rules.UnitFraction,
		Formula: "(impairments + restructuring) / revenue",
		Defined: "revenue > 0",
		Note:    chargesNote,
		Source:  "McVay, Earnings management using classification shifting, The Accounting Review 81 (2006): special items to sales; these two here",
	},
	{
		Name: "depreciation_to_revenue", Title: "Depreciation and amortisation to revenue", Unit: rules.UnitFraction,
		Formula: "depreciation_and_amortization / revenue",
		Defined: "revenue > 0",
		Source:  bookRatios + ": common-size income statement",
	},
	{
		Name: "tax_burden", Title: "Tax burden", Unit: rules.UnitFraction,
		Formula: "net_income_to_common / pretax_income",
		Defined: "pretax_income > 0",
		Note:    "What is left of income before tax for common shareholders. Undefined for a loss.",
		Source:  bookRatios + ": DuPont analysis in five parts",
	},
	{
		Name: "interest_burden", Title: "Interest burden", Unit: rules.UnitFraction,
		Formula: "pretax_income / ebit",
		Defined: "ebit > 0",
		Note:    "What is left of EBIT before tax. Above 100 % where interest earned and gains exceed interest paid.",
		Source:  bookRatios + ": DuPont analysis in five parts",
	},
}

// banks have no earnings before interest: interest is what they buy and sell.
var banks = []string{"bank"}

const (
	chargesNote    = "A line that holds both restructuring and impairments may count in both; charges below operating income were not taken off EBIT and are put back all the same."
	sourceAdjusted = "SEC, Compliance and Disclosure Interpretations on Non-GAAP Financial Measures, question 103.01: EBITDA adjusted is to be called by another name"
)
