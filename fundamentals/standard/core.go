package standard

// coreRoles are the items by which statements are recognised.
type coreRoles struct {
	assets, liabilitiesAndEquity, equity, cash int
	netIncome, cashFromOperations, revenue     int
	interest, liabilities                      int
}

func (m *Map) bindCore() (coreRoles, error) {
	i, err := m.roles("total_assets", "liabilities_and_equity", "equity", "cash_and_equivalents",
		"net_income", "cash_from_operations", "revenue", "interest_expense", "total_liabilities")
	if err != nil {
		return coreRoles{}, err
	}
	return coreRoles{i[0], i[1], i[2], i[3], i[4], i[5], i[6], i[7], i[8]}, nil
}

// bindBalanceTotals marks the tags by which a balance sheet is recognised.
func (m *Map) bindBalanceTotals() {
	m.balanceTotal = make([]bool, len(m.Tags))
	for _, item := range [...]int{m.core.assets, m.core.liabilitiesAndEquity} {
		for _, alt := range m.Items[item].From {
			for _, t := range alt.Terms {
				if t.Tag >= 0 {
					m.balanceTotal[t.Tag] = true
				}
			}
		}
	}
}
