package metric

import "assay/rules"

// priceInputs are what daily prices say on the as-of date. In history only
// price and its extremes have a meaning: those of the day the point's statement
// became known.
var priceInputs = []Input{
	{rules.Column{Name: "price", Unit: rules.UnitPrice}, "Price", "price",
		"The close of the date or the last before it, on that date's split basis; stale when older than 10 trading days.", ""},
	{rules.Column{Name: "price_age", Unit: rules.UnitDays, Fixed: true}, "Age of the price", "price",
		"Calendar days since the last close. Not reported where there is none in about a year.", ""},

	measure("return_1w", rules.UnitFraction, "Return, 1 week", "Over 7 calendar days. "+returnNote, ""),
	measure("return_1m", rules.UnitFraction, "Return, 1 month", returnNote, ""),
	measure("return_3m", rules.UnitFraction, "Return, 3 months", returnNote, ""),
	measure("return_6m", rules.UnitFraction, "Return, 6 months", returnNote, ""),
	measure("return_1y", rules.UnitFraction, "Return, 1 year", returnNote, ""),
	measure("return_2y", rules.UnitFraction, "Return, 2 years", totalNote+returnNote, ""),
	measure("return_3y", rules.UnitFraction, "Return, 3 years", totalNote+returnNote, ""),
	measure("return_5y", rules.UnitFraction, "Return, 5 years", totalNote+returnNote, ""),
	measure("return_ytd", rules.UnitFraction, "Return, year to date", "From the last close of the year before. "+returnNote, ""),
	measure("momentum_12_1", rules.UnitFraction, "Momentum, 12 months without the last",
		"The return from 12 months ago to 1 month ago: the last month tends to turn back. Stale without a close near the date. "+returnNote,
		"Jegadeesh and Titman, Returns to buying winners and selling losers, Journal of Finance 48 (1993); skipping the last month as in Fama and French, Multifactor explanations of asset pricing anomalies, Journal of Finance 51 (1996)"),

	{rules.Column{Name: "high_52w", Unit: rules.UnitPrice}, "52-week high", "price",
		"The highest close of the last year, not the highest trade, " + extremeNote, ""},
	{rules.Column{Name: "low_52w", Unit: rules.UnitPrice}, "52-week low", "price",
		"The lowest close of the last year, not the lowest trade, " + extremeNote, ""},

	measure("volatility_60d", rules.UnitFraction, "Volatility, 60 days",
		"Standard deviation (n - 1) of the daily log returns of the last 60 trading days, times the root of 252. "+pathNote, volatilitySource),
	measure("volatility_1y", rules.UnitFraction, "Volatility, 1 year",
		"Standard deviation (n - 1) of the daily log returns of the last year, times the root of 252. "+pathNote, volatilitySource),
	measure("downside_volatility_1y", rules.UnitFraction, "Downside volatility, 1 year",
		"Root of the mean square of the daily log returns below zero of the last year, the others counting as zero, times the root of 252. "+pathNote,
		"Sortino and Price, Performance measurement in a downside risk framework, Journal of Investing 3 (1994), with a target of zero"),
	measure("max_drawdown_1y", rules.UnitFraction, "Maximum drawdown, 1 year", drawdownNote+pathNote, drawdownSource),
	measure("max_drawdown_3y", rules.UnitFraction, "Maximum drawdown, 3 years", drawdownNote+pathNote, drawdownSource),

	measure("beta_russell_2000_1y", rules.UnitPlain, "Beta to the Russell 2000, 1 year", dailyBetaNote+russellNote, betaSource),
	measure("beta_sp500_1y", rules.UnitPlain, "Beta to the S&P 500, 1 year", dailyBetaNote+sp500Note, betaSource),
	measure("beta_russell_2000_3y", rules.UnitPlain, "Beta to the Russell 2000, 3 years",
		"Covariance of weekly returns with the index's over the variance of the index's, over three years. Weeks are counted back from the date, and end with the last day on which both have a close; four fifths of the weeks must be there. "+russellNote, betaSource),
	measure("relative_strength_russell_2000_6m", rules.UnitFraction, "Relative strength to the Russell 2000, 6 months", strengthNote+russellNote, strengthSource),
	measure("relative_strength_russell_2000_1y", rules.UnitFraction, "Relative strength to the Russell 2000, 1 year", strengthNote+russellNote, strengthSource),
	measure("relative_strength_sp500_6m", rules.UnitFraction, "Relative strength to the S&P 500, 6 months", strengthNote+sp500Note, strengthSource),
	measure("relative_strength_sp500_1y", rules.UnitFraction, "Relative strength to the S&P 500, 1 year", strengthNote+sp500Note, strengthSource),

	measure("dollar_volume_20d", rules.UnitMoney, "Dollar volume, 20 days",
		"Average of close times volume over the last 20 days with a close and a volume, be it 0; at least 10 must be.", ""),
	measure("dollar_volume_60d", rules.UnitMoney, "Dollar volume, 60 days",
		"Average of close times volume over the last 60 trading days of which a volume is given, be it 0; at least 30 must be.", ""),
	measure("share_volume_60d", rules.UnitShares, "Share volume, 60 days",
		"Average number of shares traded a day, on the date's split basis, over the days that dollar_volume_60d counts.", ""),
	measure("amihud_illiquidity", rules.UnitPlain, "Illiquidity (Amihud)",
		"Mean of a day's return, without its sign, over its dollar volume, times a million: the move of the price for 1 M traded. Over the days of the last year with a trade, of which four fifths of the trading days must be (Amihud asks for more than 200). Returns are those of the series that gives the volumes, without dividends.",
		"Amihud, Illiquidity and stock returns, Journal of Financial Markets 5 (2002)"),
	measure("zero_return_days_1y", rules.UnitFraction, "Days of no return, 1 year",
		"Share of the days of the last year whose close is that of the day before: what trading costs more than the news is worth. "+priceNote,
		"Lesmond, Ogden and Trzcinka, A new estimate of transaction costs, Review of Financial Studies 12 (1999)"),
	measure("roll_spread", rules.UnitFraction, "Bid-ask spread implied (Roll)",
		"Twice the root of minus the covariance (n - 1) of a day's return with that of the day before, over the last year: prices bounce between bid and ask. Undefined where the covariance is not negative, as it often is. "+priceNote,
		"Roll, A simple implicit measure of the effective bid-ask spread, Journal of Finance 39 (1984)"),
	measure("corwin_schultz_spread", rules.UnitFraction, "Bid-ask spread implied (Corwin and Schultz)",
		"Mean over the last 60 trading days of the spread that the highs and lows of two days imply, beside that of both together; a negative one counts as zero, and a jump overnight is taken out. Four fifths of the days must have a high and a low, of a series that is not total return.",
		"Corwin and Schultz, A simple way to estimate bid-ask spreads from daily high and low prices, Journal of Finance 67 (2012)"),
	measure("trading_days_1y", rules.UnitCount, "Days with a price, 1 year", "Closes on the last 252 trading days, of the series with most.", ""),
}

// measure is an input that is measured over the closes before the date.
func measure(name string, unit rules.Unit, title, note, source string) Input {
	return Input{rules.Column{Name: name, Unit: unit, Fixed: true}, title, "price", note, source}
}

const (
	returnNote = "With dividends where a total-return series covers the span. The closes at both ends may be 10 trading days old."
	totalNote  = "Over the whole span, not a year. "
	pathNote   = "Closes of four fifths of the trading days must be there; with dividends where a total-return series has them."
	priceNote  = "Closes of four fifths of the trading days must be there, of a series that may stand for a price."

	extremeNote  = "on the as-of date's split basis. " + priceNote
	drawdownNote = "The largest fall from a high to a later low, of closes, as a share of the high: 40% after a fall from 10 to 6; never negative. "

	dailyBetaNote = "Covariance of daily returns with the index's over the variance of the index's, over the last year, from one day on which both have a close to the next; four fifths of the trading days must be there. "
	strengthNote  = "(1 + return) / (1 + return of the index) - 1, between the same two days. "
	russellNote   = "The index's closes are those of the ticker RUT, without dividends; where there are none, of the fund IWM. Not reported without them: assay ingest prices RUT.csv."
	sp500Note     = "The index's closes are those of the ticker GSPC, without dividends; where there are none, of the fund SPY. Not reported without them: assay ingest prices GSPC.csv."

	volatilitySource = "Hull, Options, Futures, and Other Derivatives (1989 and later): volatility from historical data"
	drawdownSource   = "Magdon-Ismail and Atiya, Maximum drawdown, Risk 17 (2004)"
	betaSource       = "Sharpe, Capital asset prices, Journal of Finance 19 (1964); the estimate is that of least squares, not adjusted"
	strengthSource   = "Levy, Relative strength as a criterion for investment selection, Journal of Finance 22 (1967), as a ratio to an index"
)

// filingInputs are what the filings say of themselves.
var filingInputs = []Input{
	{rules.Column{Name: "period_end", Kind: rules.Date}, "Statement period end", "filing",
		"The anchor: the latest statement period end known.", ""},
	{rules.Column{Name: "known_on", Kind: rules.Date}, "Known on", "filing",
		"The day on which the first statement for period_end became known.", ""},
	{rules.Column{Name: "statement_age", Unit: rules.UnitDays, Fixed: true}, "Age of the statement", "filing",
		"Days from the statement's period end to the as-of date.", ""},
	{rules.Column{Name: rules.AsOf, Kind: rules.Date, Fixed: true}, "As-of date", "filing",
		"The date of the table, the same for every company; days_since(x) counts up to it.", ""},
	{rules.Column{Name: "statutory_tax_rate", Unit: rules.UnitFraction}, "Statutory federal tax rate", "filing",
		"35 % for periods that end before 2018, 21 % from then on (26 U.S.C. 11, Pub. L. 115-97).", ""},
}
