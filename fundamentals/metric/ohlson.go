package metric

import "assay/rules"

// ohlsonInputs is what Ohlson's size needs beside the statements.
var ohlsonInputs = []Input{
	{rules.Column{Name: "gnp_price_index", Unit: rules.UnitMoney}, "What 100 dollars of 1968 cost", "filing",
		"In the year before the statement's period end, by the implicit price deflator of gross domestic product (Bureau of Economic Analysis, NIPA table 1.1.9), which moves with that of gross national product. " +
			"As revised to early 2026; years after 2025 take the value of 2025.",
		"Ohlson, Financial ratios and the probabilistic prediction of bankruptcy, Journal of Accounting Research 18 (1980)"},
}

// ohlsonMetrics are the nine variables of Ohlson's first model and its score.
// All are annual.
var ohlsonMetrics = []Metric{
	{
		Name: "ohlson_size", Title: "Ohlson SIZE: logarithm of assets at the prices of 1968", Unit: rules.UnitPlain,
		Formula: "annual(log(total_assets / gnp_price_index))",
		NotFor:  financial,
		Note:    "The natural logarithm of total assets in dollars over a price index that is 100 in 1968, of the year before.",
		Source:  ohlson,
	},
	{
		Name: "ohlson_tlta", Title: "Ohlson TLTA: liabilities to assets", Unit: rules.UnitFraction,
		Formula: "annual(total_liabilities / total_assets)",
		NotFor:  financial,
		Source:  ohlson,
	},
	{
		Name: "ohlson_wcta", Title: "Ohlson WCTA: working capital to assets", Unit: rules.UnitFraction,
		Formula: "annual((current_assets - current_liabilities) / total_assets)",
		NotFor:  financial,
		Source:  ohlson,
	},
	{
		Name: "ohlson_clca", Title: "Ohlson CLCA: current liabilities to current assets", Unit: rules.UnitMultiple,
		Formula: "annual(current_liabilities / current_assets)",
		Defined: "annual(current_assets) > 0",
		NotFor:  financial,
		Source:  ohlson,
	},
	{
		Name: "ohlson_oeneg", Title: "Ohlson OENEG: 1 where liabilities exceed assets", Unit: rules.UnitCount,
		Formula: "if annual(total_liabilities) > annual(total_assets) { 1 } else { 0 }",
		NotFor:  financial,
		Source:  ohlson,
	},
	{
		Name: "ohlson_nita", Title: "Ohlson NITA: net income to assets", Unit: rules.UnitFraction,
		Formula: "annual(net_income / total_assets)",
		NotFor:  financial,
		Source:  ohlson,
	},
	{
		Name: "ohlson_futl", Title: "Ohlson FUTL: funds from operations to liabilities", Unit: rules.UnitFraction,
		Formula: "annual((net_income + depreciation_and_amortization) / total_liabilities)",
		Defined: "annual(total_liabilities) > 0",
		NotFor:  financial,
		Note:    "Funds from operations are net income plus depreciation and amortisation, as the funds statement of the time began; Hou, Xue and Zhang (2020) take income before tax.",
		Source:  ohlson,
	},
	{
		Name: "ohlson_intwo", Title: "Ohlson INTWO: 1 after two years of losses", Unit: rules.UnitCount,
		Formula: "if annual(net_income) < 0 and annual(ago(net_income, 1y)) < 0 { 1 } else { 0 }",
		NotFor:  financial,
		Source:  ohlson,
	},
	{
		Name: "ohlson_chin", Title: "Ohlson CHIN: change of net income", Unit: rules.UnitFraction,
		Formula: "annual(change(net_income, 1y) / (abs(net_income) + abs(ago(net_income, 1y))))",
		Defined: "annual(abs(net_income) + abs(ago(net_income, 1y))) > 0",
		NotFor:  financial,
		Note:    "From -1 to 1: the change over the sum of both years' sizes.",
		Source:  ohlson,
	},
	{
		Name: "o_score", Title: "Ohlson O-score", Unit: rules.UnitPlain,
		Formula: "-1.32 - 0.407 * ohlson_size + 6.03 * ohlson_tlta - 1.43 * ohlson_wcta + 0.0757 * ohlson_clca - 1.72 * ohlson_oeneg" +
			" - 2.37 * ohlson_nita - 1.83 * ohlson_futl + 0.285 * ohlson_intwo - 0.521 * ohlson_chin",
		Note:   "Model 1, bankruptcy within one year; higher is worse. Estimated on industrial companies: not for utilities, transport or finance, of which only finance is left out here. Unknown where a variable is: see o_score_known.",
		Source: ohlson,
	},
	{
		Name: "o_score_probability", Title: "Ohlson probability of bankruptcy", Unit: rules.UnitFraction,
		Formula: "1 / (1 + exp(-o_score))",
		Note:    "The logistic function of the O-score. Ohlson's sample holds far more failures than there are: an order, not a frequency; he classifies by 3.8 %.",
		Source:  ohlson,
	},
	{
		Name: "o_score_known", Title: "Variables of the O-score that are known, of nine", Unit: rules.UnitCount, Tolerant: true,
		Formula: "(if known(ohlson_size) { 1 } else { 0 }) + (if known(ohlson_tlta) { 1 } else { 0 }) + (if known(ohlson_wcta) { 1 } else { 0 })" +
			" + (if known(ohlson_clca) { 1 } else { 0 }) + (if known(ohlson_oeneg) { 1 } else { 0 }) + (if known(ohlson_nita) { 1 } else { 0 })" +
			" + (if known(ohlson_futl) { 1 } else { 0 }) + (if known(ohlson_intwo) { 1 } else { 0 }) + (if known(ohlson_chin) { 1 } else { 0 })",
		Source: ohlson + "; counted here",
	},
}

const ohlson = "Ohlson, Financial ratios and the probabilistic prediction of bankruptcy, Journal of Accounting Research 18 (1980)"
