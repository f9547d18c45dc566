package snapshot

import "assay/rules"

// gnpPrices are the prices of the gross product, 100 in 1968, by year from 1999:
// yearly averages of the implicit price deflator of gross domestic product
// (Bureau of Economic Analysis, NIPA table 1.1.9, as revised to early 2026).
// That of gross national product moves with it.
var gnpPrices = [...]float64{
	389.0, 397.9, 406.8, 413.2, 421.3, 432.6, 446.2, 460.0, 472.4, 481.6, // 2008
	484.5, 490.4, 500.5, 509.8, 518.5, 527.5, 532.4, 537.5, 547.1, 559.6, // 2018
	568.9, 576.5, 602.7, 645.7, 669.6, 686.2, 705.6, // 2025
}

const firstGNPPrice = 1999

// gnpPriceIndex is the index of the year before a point's. Years after the table
// take its last: 3 % of inflation move a logarithm by 0.03.
func gnpPriceIndex(c *company, at rules.At) rules.Value {
	end, ok := c.view.Point(at)
	year := end.Year() - 1
	if !ok || year < firstGNPPrice {
		return rules.None(rules.NotReported)
	}
	return rules.Num(gnpPrices[min(year-firstGNPPrice, len(gnpPrices)-1)])
}
