package metric

import "assay/rules"

// beneishMetrics are the eight variables of Beneish and his score. All are
// annual. What he sets to 1 where a company does not state it is missing here.
var beneishMetrics = []Metric{
	{
		Name: "beneish_dsri", Title: "Beneish DSRI: days of sales in receivables, to the year before", Unit: rules.UnitMultiple,
		Formula: "annual((receivables / revenue) / ago(receivables / revenue, 1y))",
		Defined: "annual(revenue > 0 and ago(revenue, 1y) > 0 and ago(receivables, 1y) > 0)",
		NotFor:  financial,
		Source:  beneish,
	},
	{
		Name: "beneish_gmi", Title: "Beneish GMI: gross margin of the year before, to this year's", Unit: rules.UnitMultiple,
		Formula: "annual(ago(gross_profit / revenue, 1y) / (gross_profit / revenue))",
		Defined: "annual(revenue > 0 and ago(revenue, 1y) > 0 and gross_profit > 0 and ago(gross_profit, 1y) > 0)",
		NotFor:  financial,
		Note:    "Undefined where a margin is not positive: two losses would look like a steady margin.",
		Source:  beneish,
	},
	{
		Name: "beneish_aqi", Title: "Beneish AQI: share of other long-term assets, to the year before", Unit: rules.UnitMultiple,
		Formula: "annual((1 - (current_assets + property_plant_and_equipment) / total_assets) / ago(1 - (current_assets + property_plant_and_equipment) / total_assets, 1y))",
		Defined: "annual(ago(total_assets - current_assets - property_plant_and_equipment, 1y) > 0)",
		NotFor:  financial,
		Note:    "Other assets are those neither current nor property, plant and equipment: goodwill, intangibles, leases in use, investments.",
		Source:  beneish,
	},
	{
		Name: "beneish_sgi", Title: "Beneish SGI: sales, to the year before", Unit: rules.UnitMultiple,
		Formula: "annual(revenue / ago(revenue, 1y))",
		Defined: "annual(ago(revenue, 1y) > 0)",
		NotFor:  financial,
		Source:  beneish,
	},
	{
		Name: "beneish_depi", Title: "Beneish DEPI: depreciation rate of the year before, to this year's", Unit: rules.UnitMultiple,
		Formula: "annual(ago(depreciation_and_amortization / (depreciation_and_amortization + property_plant_and_equipment), 1y) / (depreciation_and_amortization / (depreciation_and_amortization + property_plant_and_equipment)))",
		Defined: "annual(depreciation_and_amortization > 0 and property_plant_and_equipment >= 0) and annual(ago(depreciation_and_amortization > 0 and property_plant_and_equipment >= 0, 1y))",
		NotFor:  financial,
		Note:    "With the amortisation of intangible assets, which Beneish takes out: filings seldom state depreciation alone.",
		Source:  beneish,
	},
	{
		Name: "beneish_sgai", Title: "Beneish SGAI: selling, general and administrative expense to sales, to the year before", Unit: rules.UnitMultiple,
		Formula: "annual((selling_general_and_administrative / revenue) / ago(selling_general_and_administrative / revenue, 1y))",
		Defined: "annual(revenue > 0 and ago(revenue, 1y) > 0 and ago(selling_general_and_administrative, 1y) > 0)",
		NotFor:  financial,
		Source:  beneish,
	},
	{
		Name: "beneish_lvgi", Title: "Beneish LVGI: leverage, to the year before", Unit: rules.UnitMultiple,
		Formula: "annual(((long_term_debt + finance_leases + current_liabilities) / total_assets) / ago((long_term_debt + finance_leases + current_liabilities) / total_assets, 1y))",
		Defined: "annual(ago(long_term_debt + finance_leases + current_liabilities, 1y) > 0)",
		NotFor:  financial,
		Note:    "Long-term debt and current liabilities to assets.",
		Source:  beneish,
	},
	{
		Name: "beneish_tata", Title: "Beneish TATA: accruals to assets", Unit: rules.UnitFraction,
		Formula: "annual((net_income - cash_from_operations) / total_assets)",
		NotFor:  financial,
		Note:    "From the cash flow statement: income less cash from operations, as Beneish, Lee and Nichols (2013) take it; in 1999 it came from changes in the balance sheet.",
		Source:  "Beneish, Lee and Nichols, Earnings manipulation and expected returns, Financial Analysts Journal 69 (2013)",
	},
	{
		Name: "m_score", Title: "Beneish M-score", Unit: rules.UnitPlain,
		Formula: "-4.84 + 0.92 * beneish_dsri + 0.528 * beneish_gmi + 0.404 * beneish_aqi + 0.892 * beneish_sgi + 0.115 * beneish_depi" +
			" - 0.172 * beneish_sgai + 4.679 * beneish_tata - 0.327 * beneish_lvgi",
		Note:   "Of eight variables on annual statements; above -1.78 a manipulator is likely (Beneish, Lee and Nichols 2013). Unknown where one of them is: m_score_known says how many are known.",
		Source: beneish,
	},
	{
		Name: "m_score_known", Title: "Variables of the M-score that are known, of eight", Unit: rules.UnitCount, Tolerant: true,
		Formula: "(if known(beneish_dsri) { 1 } else { 0 }) + (if known(beneish_gmi) { 1 } else { 0 }) + (if known(beneish_aqi) { 1 } else { 0 })" +
			" + (if known(beneish_sgi) { 1 } else { 0 }) + (if known(beneish_depi) { 1 } else { 0 }) + (if known(beneish_sgai) { 1 } else { 0 })" +
			" + (if known(beneish_lvgi) { 1 } else { 0 }) + (if known(beneish_tata) { 1 } else { 0 })",
		Source: beneish + "; counted here",
	},
}

const beneish = "Beneish, The detection of earnings manipulation, Financial Analysts Journal 55 (1999)"
