package metric

import "assay/rules"

// priceInputs are what daily prices say on the as-of date. In history only
// price has a meaning: the close on the day the point's statement became known.
var priceInputs = []Input{
	{rules.Column{Name: "price", Unit: rules.UnitPrice}, "Price", "price",
		"The close of the date or the last before it, on that date's split basis; stale when older than 10 trading days."},
	{rules.Column{Name: "price_age", Unit: rules.UnitDays, Fixed: true}, "Age of the price", "price", "Calendar days."},
	{rules.Column{Name: "dollar_volume_60d", Unit: rules.UnitMoney, Fixed: true}, "Dollar volume, 60 days", "price",
		"Average of close times volume over the last 60 trading days of which a volume is given, be it 0; at least 30 must be."},
	{rules.Column{Name: "return_1m", Unit: rules.UnitFraction, Fixed: true}, "Return, 1 month", "price", returnNote},
	{rules.Column{Name: "return_3m", Unit: rules.UnitFraction, Fixed: true}, "Return, 3 months", "price", returnNote},
	{rules.Column{Name: "return_6m", Unit: rules.UnitFraction, Fixed: true}, "Return, 6 months", "price", returnNote},
	{rules.Column{Name: "return_1y", Unit: rules.UnitFraction, Fixed: true}, "Return, 1 year", "price", returnNote},
	{rules.Column{Name: "return_ytd", Unit: rules.UnitFraction, Fixed: true}, "Return, year to date", "price",
		"From the last close of the year before. " + returnNote},
}

const returnNote = "With dividends where a total-return series covers the span."

// filingInputs are what the filings say of themselves.
var filingInputs = []Input{
	{rules.Column{Name: "period_end", Kind: rules.Date}, "Statement period end", "filing",
		"The anchor: the latest statement period end known."},
	{rules.Column{Name: "known_on", Kind: rules.Date}, "Known on", "filing",
		"The day on which the first statement for period_end became known."},
	{rules.Column{Name: "statement_age", Unit: rules.UnitDays, Fixed: true}, "Age of the statement", "filing",
		"Days from the statement's period end to the as-of date."},
	{rules.Column{Name: rules.AsOf, Kind: rules.Date, Fixed: true}, "As-of date", "filing",
		"The date of the table, the same for every company; days_since(x) counts up to it."},
	{rules.Column{Name: "statutory_tax_rate", Unit: rules.UnitFraction}, "Statutory federal tax rate", "filing",
		"35 % for periods that end before 2018, 21 % from then on (26 U.S.C. 11, Pub. L. 115-97)."},
}
