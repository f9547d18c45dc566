package metric

import "assay/rules"

// notBanks are the templates without loans and deposits.
var notBanks = []string{"commercial", "insurer", "reit"}

var bankMetrics = []Metric{
	{
		Name: "loans_to_deposits", Title: "Loans to deposits", Unit: rules.UnitFraction,
		Formula: "loans / deposits",
		Defined: "deposits > 0",
		NotFor:  notBanks,
		Note:    "Loans after the allowance.",
		Source:  "FDIC, Quarterly Banking Profile: net loans and leases to deposits",
	},
	{
		Name: "loans_to_assets", Title: "Loans to assets", Unit: rules.UnitFraction,
		Formula: "loans / total_assets",
		Defined: "total_assets > 0",
		NotFor:  notBanks,
		Source:  "FDIC, Quarterly Banking Profile: net loans and leases to assets",
	},
	{
		Name: "deposits_to_assets", Title: "Deposits to assets", Unit: rules.UnitFraction,
		Formula: "deposits / total_assets",
		Defined: "total_assets > 0",
		NotFor:  notBanks,
		Source:  "FFIEC, Uniform Bank Performance Report: deposits to assets",
	},
	{
		Name: "net_interest_income_to_assets", Title: "Net interest income to average assets", Unit: rules.UnitFraction,
		Formula: "net_interest_income / avg(total_assets, 2y)",
		Defined: "avg(total_assets, 2y) > 0",
		NotFor:  notBanks,
		Note:    "Stands in for the net interest margin, which divides by earning assets and is a little higher. Before the provision for losses.",
		Source:  "FFIEC, Uniform Bank Performance Report: net interest income as a percent of average assets",
	},
	{
		Name: "premiums_to_equity", Title: "Premiums earned to equity", Unit: rules.UnitMultiple,
		Formula: "premiums_earned / equity",
		Defined: "equity > 0",
		NotFor:  []string{"commercial", "bank", "reit"},
		Note:    "On the equity of the statements, not the statutory surplus.",
		Source:  "NAIC, Insurance Regulatory Information System, ratio 2: net premiums written to surplus; premiums earned and equity here",
	},
}
