package metric

import "assay/rules"

// altmanMetrics are the ratios of Altman and his scores: of 1968 for
// manufacturers, Z' for those without a price, Z" for all others.
var altmanMetrics = []Metric{
	{
		Name: "altman_x1", Title: "Altman X1: working capital to assets", Unit: rules.UnitFraction,
		Formula: "(current_assets - current_liabilities) / total_assets",
		Defined: "total_assets > 0",
		NotFor:  financial,
		Source:  altman1968,
	},
	{
		Name: "altman_x2", Title: "Altman X2: retained earnings to assets", Unit: rules.UnitFraction,
		Formula: "retained_earnings / total_assets",
		Defined: "total_assets > 0",
		NotFor:  financial,
		Source:  altman1968,
	},
	{
		Name: "altman_x3", Title: "Altman X3: EBIT to assets", Unit: rules.UnitFraction,
		Formula: "ebit / total_assets",
		Defined: "total_assets > 0",
		NotFor:  financial,
		Source:  altman1968,
	},
	{
		Name: "altman_x4", Title: "Altman X4: market value of equity to liabilities", Unit: rules.UnitMultiple,
		Formula: "(market_cap + preferred) / total_liabilities",
		Defined: "total_liabilities > 0",
		NotFor:  financial,
		Note:    "Preferred stock at its carrying amount.",
		Source:  altman1968,
	},
	{
		Name: "altman_x4_book", Title: "Altman X4 of Z' and Z\": book value of equity to liabilities", Unit: rules.UnitMultiple,
		Formula: "equity / total_liabilities",
		Defined: "total_liabilities > 0",
		NotFor:  financial,
		Note:    "Negative with negative equity, as it should be.",
		Source:  altman1983,
	},
	{
		Name: "altman_x5", Title: "Altman X5: sales to assets", Unit: rules.UnitMultiple,
		Formula: "revenue / total_assets",
		Defined: "total_assets > 0",
		NotFor:  financial,
		Source:  altman1968,
	},
	{
		Name: "z_score", Title: "Altman Z-score", Unit: rules.UnitPlain,
		Formula: "if sic >= 2000 and sic <= 3999 { z_score_1968 } else { z_score_1995 }",
		Note:    "The score of 1968 for manufacturers (SIC 2000 to 3999), Z\" for others. Their marks differ, so compare by z_score_zone. Twelve months and the balance sheet of the anchor, market capitalisation of the date.",
		Source:  altman1968 + "; " + altman1995,
	},
	{
		Name: "z_score_1968", Title: "Altman Z-score of 1968", Unit: rules.UnitPlain,
		Formula: "1.2 * altman_x1 + 1.4 * altman_x2 + 3.3 * altman_x3 + 0.6 * altman_x4 + 0.999 * altman_x5", VariantOf: "z_score",
		Note:   "For manufacturers with a price. Under 1.81 distress, above 2.99 safe.",
		Source: altman1968,
	},
	{
		Name: "z_score_1983", Title: "Altman Z' of 1983", Unit: rules.UnitPlain,
		Formula: "0.717 * altman_x1 + 0.847 * altman_x2 + 3.107 * altman_x3 + 0.42 * altman_x4_book + 0.998 * altman_x5", VariantOf: "z_score",
		Note:   "For manufacturers without a price: equity at book. Under 1.23 distress, above 2.90 safe.",
		Source: altman1983,
	},
	{
		Name: "z_score_1995", Title: "Altman Z\"", Unit: rules.UnitPlain,
		Formula: "6.56 * altman_x1 + 3.26 * altman_x2 + 6.72 * altman_x3 + 1.05 * altman_x4_book", VariantOf: "z_score",
		Note:   "For companies that are not manufacturers: no sales to assets, equity at book. Under 1.10 distress, above 2.60 safe. Without the constant of 3.25 that the emerging market score adds.",
		Source: altman1995,
	},
	{
		Name: "z_score_zone", Title: "Altman zone: 0 distress, 1 grey, 2 safe", Unit: rules.UnitCount,
		Formula: "if sic >= 2000 and sic <= 3999 { if z_score < 1.81 { 0 } else if z_score <= 2.99 { 1 } else { 2 } }" +
			" else { if z_score < 1.1 { 0 } else if z_score <= 2.6 { 1 } else { 2 } }",
		Note:   "By the marks of the score that z_score takes.",
		Source: altman1968 + "; " + altman1995,
	},
	{
		Name: "z_score_known", Title: "Ratios of the Z-score that are known", Unit: rules.UnitCount, Tolerant: true,
		Formula: "(if known(altman_x1) { 1 } else { 0 }) + (if known(altman_x2) { 1 } else { 0 }) + (if known(altman_x3) { 1 } else { 0 })" +
			" + ((if sic >= 2000 and sic <= 3999 { (if known(altman_x4) { 1 } else { 0 }) + (if known(altman_x5) { 1 } else { 0 }) }" +
			" else { if known(altman_x4_book) { 1 } else { 0 } }) ?? 0)",
		Note:   "Of five for manufacturers, of four for others.",
		Source: altman1968 + "; counted here",
	},
}

const (
	altman1968 = "Altman, Financial ratios, discriminant analysis and the prediction of corporate bankruptcy, Journal of Finance 23 (1968)"
	altman1983 = "Altman, Corporate Financial Distress (1983)"
	altman1995 = "Altman, Hartzell and Peck, Emerging Markets Corporate Bonds: A Scoring System (Salomon Brothers, 1995)"
)
