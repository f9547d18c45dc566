package sample

import (
	"cmp"
	"slices"
	"sync"
)

// noteTag is a tag of the notes: what most facts of real files are, and what no
// metric reads.
type noteTag struct {
	name   string
	yearly bool // annual reports alone have it
	flow   bool
	size   float64 // of a year's revenue
}

// noteTags crosses subjects with what is told of them.
var noteTags = sync.OnceValue(func() (tags []noteTag) {
	subjects := []string{
		"DeferredIncomeTaxReconciliation", "UnrecognizedBenefits", "LesseeCommitment", "IntangibleAmortizationSchedule", "PlanObligation",
		"AwardVesting", "FairValueRecurring", "AllowanceRollforward", "AcquisitionPurchasePrice", "HedgeNotional", "SegmentReconciliation",
		"WarrantyAccrual", "InventoryReserve", "OtherComprehensive", "CommitmentSchedule", "RestrictedHoldings",
	}
	told := []noteTag{
		{"Gross", false, false, .05}, {"Net", false, false, .04}, {"Current", false, false, .02}, {"Additions", false, true, .01},
		{"Settlements", false, true, .008}, {"DueWithinOneYear", true, false, .02}, {"DueInYearTwo", true, false, .018}, {"DueInYearThree", true, false, .015},
		{"DueInYearFour", true, false, .01}, {"DueInYearFive", true, false, .008}, {"DueThereafter", true, false, .03}, {"ChangeInPeriod", true, true, .006},
		{"ForeignCurrencyEffect", true, true, .002}, {"PeriodCost", true, true, .01}, {"ValuationAllowance", true, false, .012}, {"Other", true, false, .004},
	}
	for k := range told {
		for _, subject := range subjects {
			tags = append(tags, noteTag{"Sample" + subject + told[k].name, told[k].yearly, told[k].flow, told[k].size})
		}
	}
	// As if at random, and always the same way.
	slices.SortFunc(tags, func(a, b noteTag) int { return cmp.Compare(*newDice(a.name), *newDice(b.name)) })
	return tags
})

// stateNotes states the notes of a report: what stood at its end and at the year
// end before, or came in its span and in that of the year before.
func stateNotes(c *company, f filing, say say) {
	q := &f.books[f.at]
	for i, t := range noteTags()[:c.notes] {
		if t.yearly && q.number < 4 {
			continue
		}
		value := func(at int) float64 {
			b := &f.books[at]
			d := dice(uint64(i+1)*0x9e3779b97f4a7c15 ^ uint64(c.cik)<<20 ^ uint64(b.end))
			return float64(int64(float64(b.revenue)*4*t.size*(1+.3*d.next()))) * 1000
		}
		if t.flow {
			spans(f, false, func(from, to int) { say("us-gaap", t.name, "USD", f.books[from].start, f.books[to].end, value(to)) })
			continue
		}
		for _, at := range []int{annualBefore(f.books, f.at), f.at} {
			say("us-gaap", t.name, "USD", 0, f.books[at].end, value(at))
		}
	}
}
