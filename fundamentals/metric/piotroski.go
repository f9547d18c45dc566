package metric

import "assay/rules"

// piotroskiMetrics are the nine tests of Piotroski, each 1 where it is passed and
// 0 where not, and their sum. All are annual.
var piotroskiMetrics = []Metric{
	{
		Name: "f_roa", Title: "Piotroski 1: a profit", Unit: rules.UnitCount,
		Formula: "if annual(net_income) > 0 { 1 } else { 0 }",
		Note:    "Return on assets is positive when net income is.",
		Source:  piotroski,
	},
	{
		Name: "f_cfo", Title: "Piotroski 2: positive cash from operations", Unit: rules.UnitCount,
		Formula: "if annual(cash_from_operations) > 0 { 1 } else { 0 }",
		NotFor:  []string{"bank", "insurer"},
		Source:  piotroski,
	},
	{
		Name: "f_delta_roa", Title: "Piotroski 3: return on assets rose", Unit: rules.UnitCount,
		Formula: "if annual(change(net_income / ago(total_assets, 1y), 1y)) > 0 { 1 } else { 0 }",
		Note:    "On assets at the beginning of each year.",
		Source:  piotroski,
	},
	{
		Name: "f_accruals", Title: "Piotroski 4: more cash than income", Unit: rules.UnitCount,
		Formula: "if annual(cash_from_operations) > annual(net_income) { 1 } else { 0 }",
		NotFor:  []string{"bank", "insurer"},
		Source:  piotroski,
	},
	{
		Name: "f_delta_leverage", Title: "Piotroski 5: long-term debt to assets fell", Unit: rules.UnitCount,
		Formula: "if annual(change((long_term_debt + long_term_debt_current + finance_leases) / avg(total_assets, 2y), 1y)) < 0 { 1 } else { 0 }",
		NotFor:  financial,
		Note:    "Long-term debt with its current maturities, to average assets. No debt in either year scores 0: nothing fell.",
		Source:  piotroski,
	},
	{
		Name: "f_delta_liquidity", Title: "Piotroski 6: the current ratio rose", Unit: rules.UnitCount,
		Formula: "if annual(change(current_assets / current_liabilities, 1y)) > 0 { 1 } else { 0 }",
		Defined: "annual(current_liabilities) > 0 and annual(ago(current_liabilities, 1y)) > 0",
		NotFor:  financial,
		Source:  piotroski,
	},
	{
		Name: "f_shares", Title: "Piotroski 7: no shares issued", Unit: rules.UnitCount,
		Formula: "if annual(shares_outstanding) <= 1.01 * annual(ago(shares_outstanding, 1y)) { 1 } else { 0 }",
		Note:    "The split-adjusted count rose by no more than 1 %: options that staff exercise are no offering. Piotroski asks whether common equity was offered.",
		Source:  piotroski,
	},
	{
		Name: "f_delta_margin", Title: "Piotroski 8: the gross margin rose", Unit: rules.UnitCount,
		Formula: "if annual(change(gross_profit / revenue, 1y)) > 0 { 1 } else { 0 }",
		Defined: "annual(revenue) > 0 and annual(ago(revenue, 1y)) > 0",
		NotFor:  financial,
		Source:  piotroski,
	},
	{
		Name: "f_delta_turnover", Title: "Piotroski 9: asset turnover rose", Unit: rules.UnitCount,
		Formula: "if annual(change(revenue / ago(total_assets, 1y), 1y)) > 0 { 1 } else { 0 }",
		NotFor:  financial,
		Note:    "On assets at the beginning of each year.",
		Source:  piotroski,
	},
	{
		Name: "f_score", Title: "Piotroski F-score", Unit: rules.UnitCount,
		Formula: "f_roa + f_cfo + f_delta_roa + f_accruals + f_delta_leverage + f_delta_liquidity + f_shares + f_delta_margin + f_delta_turnover",
		Note:    "Of nine tests on annual statements. Unknown where one of them is: f_score_known says how many are known, f_score_passed how many of those are passed.",
		Source:  piotroski,
	},
	{
		Name: "f_score_known", Title: "Piotroski tests that are known, of nine", Unit: rules.UnitCount, Tolerant: true,
		Formula: "(if known(f_roa) { 1 } else { 0 }) + (if known(f_cfo) { 1 } else { 0 }) + (if known(f_delta_roa) { 1 } else { 0 })" +
			" + (if known(f_accruals) { 1 } else { 0 }) + (if known(f_delta_leverage) { 1 } else { 0 }) + (if known(f_delta_liquidity) { 1 } else { 0 })" +
			" + (if known(f_shares) { 1 } else { 0 }) + (if known(f_delta_margin) { 1 } else { 0 }) + (if known(f_delta_turnover) { 1 } else { 0 })",
		Note:   "Of a bank or an insurer at most three are.",
		Source: piotroski + "; counted here",
	},
	{
		Name: "f_score_passed", Title: "Piotroski tests that are passed, of those known", Unit: rules.UnitCount, Tolerant: true,
		Formula: "(f_roa ?? 0) + (f_cfo ?? 0) + (f_delta_roa ?? 0) + (f_accruals ?? 0) + (f_delta_leverage ?? 0) + (f_delta_liquidity ?? 0)" +
			" + (f_shares ?? 0) + (f_delta_margin ?? 0) + (f_delta_turnover ?? 0)",
		Note:   "The F-score cannot be less: read it beside f_score_known. What is not known is not passed.",
		Source: piotroski + "; counted here",
	},
}

const piotroski = "Piotroski, Value investing: the use of historical financial statement information to separate winners from losers, Journal of Accounting Research 38 (2000)"
