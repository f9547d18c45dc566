package standard

import "slices"

// debtTags is the debt section of the concept map file.
type debtTags struct {
	CombinedCurrent      []string   `yaml:"combined_current"`
	Maturities           []string   `yaml:"maturities"`
	MaturitiesWithLeases []string   `yaml:"maturities_with_leases"`
	MaturitiesByKind     [][]string `yaml:"maturities_by_kind"`
	BorrowingsByKind     [][]string `yaml:"borrowings_by_kind"`
	Borrowings           []string   `yaml:"borrowings"`
	CommercialPaper      []string   `yaml:"commercial_paper"`
	LongTerm             []string   `yaml:"long_term"`
	LongTermWithLeases   []string   `yaml:"long_term_with_leases"`
	LongTermByKind       [][]string `yaml:"long_term_by_kind"`
	TotalsWithLeases     []string   `yaml:"totals_with_leases"`
	Totals               []string   `yaml:"totals"`
	LongTermTotals       []string   `yaml:"long_term_totals"`
	TotalsByKind         [][]string `yaml:"totals_by_kind"`
	Leases               []string   `yaml:"leases"`
	LeasesCurrent        []string   `yaml:"leases_current"`
	LeasesNoncurrent     []string   `yaml:"leases_noncurrent"`
	Signs                []string   `yaml:"signs"`
}

// group is tags that say the same: the first that is stated counts.
type group []int

type debtRoles struct {
	combined, maturities, maturitiesL, borrowings, paper, longTerm, longTermL group
	totalsL, totals, longTotals, leases, leasesC, leasesN, signs              group
	maturityKinds, borrowingKinds, longTermKinds, totalKinds                  []group

	liabilities, currentLiabilities, assets int // tags

	itemBorrowings, itemMaturities, itemLongTerm, itemLeases, itemPayable int
}

func (m *Map) bindDebt(t debtTags) (r debtRoles) {
	one := func(words []string) (g group) {
		for _, w := range words {
			g = append(g, m.tag(w))
		}
		return g
	}
	many := func(lists [][]string) (gs []group) {
		for _, l := range lists {
			gs = append(gs, one(l))
		}
		return gs
	}
	r = debtRoles{
		combined: one(t.CombinedCurrent), maturities: one(t.Maturities), maturitiesL: one(t.MaturitiesWithLeases),
		borrowings: one(t.Borrowings), paper: one(t.CommercialPaper), longTerm: one(t.LongTerm), longTermL: one(t.LongTermWithLeases),
		totalsL: one(t.TotalsWithLeases), totals: one(t.Totals), longTotals: one(t.LongTermTotals), leases: one(t.Leases),
		liabilities: m.tag("Liabilities"), currentLiabilities: m.tag("LiabilitiesCurrent"), assets: m.tag("Assets"),
		leasesC: one(t.LeasesCurrent), leasesN: one(t.LeasesNoncurrent), signs: one(t.Signs),
		maturityKinds: many(t.MaturitiesByKind), borrowingKinds: many(t.BorrowingsByKind), longTermKinds: many(t.LongTermByKind), totalKinds: many(t.TotalsByKind),
		itemBorrowings: m.items["short_term_borrowings"], itemMaturities: m.items["long_term_debt_current"],
		itemLongTerm: m.items["long_term_debt"], itemLeases: m.items["finance_leases"], itemPayable: m.items["accounts_payable"],
	}
	return r
}

// each calls read with the tags of the debt lines.
func (d *debtRoles) each(read func(tag int)) {
	groups := slices.Concat(d.maturityKinds, d.borrowingKinds, d.longTermKinds, d.totalKinds)
	groups = append(groups, d.combined, d.maturities, d.maturitiesL, d.borrowings, d.paper, d.longTerm, d.longTermL,
		d.totalsL, d.totals, d.longTotals, d.leases, d.leasesC, d.leasesN, d.signs)
	for _, g := range groups {
		for _, tag := range g {
			read(tag)
		}
	}
}
