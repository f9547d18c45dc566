package metric

import "assay/rules"

// priceMetrics are made of the price columns of the as-of date.
var priceMetrics = []Metric{
	{
		Name: "distance_to_high_52w", Title: "Distance to the 52-week high", Unit: rules.UnitFraction,
		Formula: "price / high_52w - 1",
		Note:    "0 at the high, -25% a quarter below it.",
		Source:  "George and Hwang, The 52-week high and momentum investing, Journal of Finance 59 (2004), less one",
	},
	{
		Name: "distance_to_low_52w", Title: "Distance to the 52-week low", Unit: rules.UnitFraction,
		Formula: "price / low_52w - 1",
		Note:    "0 at the low, 25% a quarter above it.",
		Source:  "after George and Hwang, The 52-week high and momentum investing, Journal of Finance 59 (2004)",
	},
	{
		Name: "volume_trend", Title: "Volume trend, 20 days to 60", Unit: rules.UnitMultiple,
		Formula: "dollar_volume_20d / dollar_volume_60d",
		Defined: "dollar_volume_60d > 0",
		Note:    "Above 1 where more was traded of late, in money. The 60 days hold the 20.",
		Source:  "after Gervais, Kaniel and Mingelgrin, The high-volume return premium, Journal of Finance 56 (2001)",
	},
	{
		Name: "days_to_trade_1m", Title: "Days to trade 1 M", Unit: rules.UnitPlain,
		// 1M has no unit of its own: it takes that of what it is added to.
		Formula: "(1M + 0 * dollar_volume_60d) / (10% * dollar_volume_60d)",
		Defined: "dollar_volume_60d > 0",
		Note:    "Trading days in which a position of 1 M is bought or sold at a tenth of what is traded.",
		Source:  "the days-to-liquidate convention of funds' liquidity reports (SEC rule 22e-4, 17 CFR 270.22e-4); a tenth of the volume is customary",
	},
}
