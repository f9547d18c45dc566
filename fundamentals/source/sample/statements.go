package sample

// line is one tag of a statement and how a quarter states it.
type line struct {
	tag   string
	value func(*quarter) int64 // in thousands; shares as they are
}

const pretaxTag = "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest"

// incomeLines are stated for the quarter and for the year to date.
func incomeLines(c *company) []line {
	lines := []line{
		{revenueTag(c), func(q *quarter) int64 { return q.revenue }},
		{"InterestExpense", func(q *quarter) int64 { return q.interest }},
		{"InvestmentIncomeInterest", func(q *quarter) int64 { return q.earned }},
		{pretaxTag, func(q *quarter) int64 { return q.pretax }},
		{"IncomeTaxExpenseBenefit", func(q *quarter) int64 { return q.tax }},
		{"NetIncomeLoss", func(q *quarter) int64 { return q.net }},
	}
	if c.kind == ordinary {
		lines = append(lines,
			line{"CostOfRevenue", func(q *quarter) int64 { return q.costs }},
			line{"GrossProfit", func(q *quarter) int64 { return q.revenue - q.costs }},
			line{"SellingGeneralAndAdministrativeExpense", func(q *quarter) int64 { return q.selling }},
			line{"OperatingIncomeLoss", func(q *quarter) int64 { return q.operating }},
		)
	}
	if c.kind == ordinary && c.gross > .4 {
		lines = append(lines, line{"ResearchAndDevelopmentExpense", func(q *quarter) int64 { return q.research }})
	}
	if !c.invented {
		return lines
	}
	switch c.kind {
	case bank:
		lines = append(lines,
			line{"InterestIncomeExpenseNet", func(q *quarter) int64 { return q.revenue * 3 / 4 }},
			line{"NoninterestIncome", func(q *quarter) int64 { return q.revenue - q.revenue*3/4 }})
	case insurer:
		lines = append(lines,
			line{"PremiumsEarnedNet", func(q *quarter) int64 { return q.revenue * 9 / 10 }},
			line{"PolicyholderBenefitsAndClaimsIncurredNet", func(q *quarter) int64 { return q.revenue * 6 / 10 }})
	}
	return lines
}

func revenueTag(c *company) string {
	if c.kind == ordinary {
		return "RevenueFromContractWithCustomerExcludingAssessedTax"
	}
	return "Revenues"
}

// cashLines are stated for the year to date only, as in every 10-Q.
func cashLines(c *company) []line {
	lines := []line{
		{"DepreciationDepletionAndAmortization", func(q *quarter) int64 { return q.depreciation }},
		{"NetCashProvidedByUsedInOperatingActivities", func(q *quarter) int64 { return q.fromOperations }},
		{"PaymentsToAcquirePropertyPlantAndEquipment", func(q *quarter) int64 { return q.plantBought }},
		{"PaymentsForProceedsFromShortTermInvestments", func(q *quarter) int64 { return q.invested }},
		{"NetCashProvidedByUsedInInvestingActivities", func(q *quarter) int64 { return q.fromInvesting }},
		{"PaymentsOfDividends", func(q *quarter) int64 { return q.dividends }},
		{"PaymentsForRepurchaseOfCommonStock", func(q *quarter) int64 { return q.buybacks }},
		{"ProceedsFromIssuanceOfCommonStock", func(q *quarter) int64 { return q.issued }},
		{"ProceedsFromRepaymentsOfDebt", func(q *quarter) int64 { return q.borrowed }},
		{"NetCashProvidedByUsedInFinancingActivities", func(q *quarter) int64 { return q.fromFinancing }},
	}
	if c.invented {
		lines = append(lines, line{"ShareBasedCompensation", func(q *quarter) int64 { return q.selling / 14 }})
	}
	return lines
}

// balanceLines are stated at the period end and at the fiscal year end before.
// A line that is zero is left out, as filers do.
func balanceLines(c *company) []line {
	lines := []line{
		{"CashAndCashEquivalentsAtCarryingValue", func(q *quarter) int64 { return q.cash }},
		{"ShortTermInvestments", func(q *quarter) int64 { return q.investments }},
		{"Goodwill", func(q *quarter) int64 { return q.goodwill }},
		{"Assets", (*quarter).assets},
		{"Liabilities", (*quarter).liabilities},
		{"StockholdersEquity", func(q *quarter) int64 { return q.equity }},
		{"LiabilitiesAndStockholdersEquity", func(q *quarter) int64 { return q.liabilities() + q.equity }},
	}
	if c.invented {
		lines = append(lines,
			line{"AdditionalPaidInCapital", func(q *quarter) int64 { return q.equity / 3 }},
			line{"RetainedEarningsAccumulatedDeficit", func(q *quarter) int64 { return q.equity - q.equity/3 }})
	}
	switch c.kind {
	case insurer:
		return append(lines,
			line{"AvailableForSaleSecuritiesDebtSecurities", func(q *quarter) int64 { return q.receivables }},
			line{"LiabilityForClaimsAndClaimsAdjustmentExpense", func(q *quarter) int64 { return q.payables }},
			line{"LongTermDebt", (*quarter).debt})
	case bank:
		return append(lines,
			line{"LoansAndLeasesReceivableNetReportedAmount", func(q *quarter) int64 { return q.receivables }},
			line{"Deposits", func(q *quarter) int64 { return q.payables }},
			line{"LongTermDebt", (*quarter).debt})
	case trust:
		return append(lines,
			line{"RealEstateInvestmentPropertyNet", func(q *quarter) int64 { return q.plant }},
			line{"SecuredDebt", (*quarter).debt})
	}
	return append(lines,
		line{"AccountsReceivableNetCurrent", func(q *quarter) int64 { return q.receivables }},
		line{"InventoryNet", func(q *quarter) int64 { return q.inventory }},
		line{"PrepaidExpenseAndOtherAssetsCurrent", func(q *quarter) int64 { return q.prepaid }},
		line{"AssetsCurrent", (*quarter).currentAssets},
		line{"PropertyPlantAndEquipmentNet", func(q *quarter) int64 { return q.plant }},
		line{"AccountsPayableCurrent", func(q *quarter) int64 { return q.payables }},
		line{"AccruedLiabilitiesCurrent", func(q *quarter) int64 { return q.accrued }},
		line{"LongTermDebtCurrent", func(q *quarter) int64 { return q.debtCurrent }},
		line{"LiabilitiesCurrent", (*quarter).currentLiabilities},
		line{"LongTermDebtNoncurrent", func(q *quarter) int64 { return q.debtLong }},
		line{"OtherLiabilitiesNoncurrent", func(q *quarter) int64 { return q.otherDues }},
	)
}
