package sample

import (
	"fmt"
	"math"

	"assay/fundamentals"
)

// filing is one report: what it states ends with quarter at, and it states it
// as the books of that time said.
type filing struct {
	form      string
	filed     fundamentals.Date
	accession string
	at        int
	books     []quarter
}

// stated is one fact with the fiscal labels that companyfacts adds.
type stated struct {
	fundamentals.Fact
	fiscalYear   int
	fiscalPeriod string
}

// filings lists a company's reports in the order in which they were filed.
func filings(c *company) []filing {
	now := books(c)
	then := now
	if c.restates {
		then = c.overstate(now)
	}
	var list []filing
	add := func(form string, filed fundamentals.Date, at int) {
		b := then
		if filed >= c.restatedOn {
			b = now
		}
		list = append(list, filing{form: form, filed: filed, at: at, books: b})
	}
	for i := range now {
		q := &now[i]
		if q.year < c.firstYear || q.year == c.firstYear && q.number < 4 || c.lastPeriod != 0 && q.end > c.lastPeriod {
			continue
		}
		filed := filedOn(c, q)
		if filed > c.until {
			break
		}
		if c.restates && len(list) > 0 && filed > c.restatedOn && list[len(list)-1].filed < c.restatedOn {
			add("10-K/A", c.restatedOn, annualBefore(now, i))
		}
		form := "10-Q"
		if q.number == 4 {
			form = "10-K"
		}
		add(form, filed, i)
		if again := working(filed + 30); c.amends(q) && again <= c.until {
			add(form+"/A", again, i)
		}
	}
	for i := range list {
		list[i].accession = fmt.Sprintf("%s-%02d-%06d", c.cik, list[i].filed.Year()%100, i+1)
	}
	return list
}

// annualBefore returns the last quarter before i that closes a fiscal year.
func annualBefore(b []quarter, i int) int {
	for i--; b[i].number != 4; i-- {
	}
	return i
}

// say states a fact.
type say func(taxonomy, tag, unit string, start, end fundamentals.Date, value float64)

// facts lists all that a company's filings state, filing by filing.
func facts(c *company) []stated {
	var all []stated
	for _, f := range filings(c) {
		q, period := &f.books[f.at], f.period()
		stateFacts(c, f, func(taxonomy, tag, unit string, start, end fundamentals.Date, value float64) {
			all = append(all, stated{fundamentals.Fact{
				Tag: fundamentals.Tag{Taxonomy: taxonomy, Name: tag}, Unit: unit, Start: start, End: end, Value: value,
				Accession: f.accession, Form: f.form, Filed: f.filed,
			}, q.year, period})
		})
	}
	return all
}

// period is the fiscal period that a filing is about.
func (f *filing) period() string {
	if n := f.books[f.at].number; n < 4 {
		return fmt.Sprintf("Q%d", n)
	}
	return "FY"
}

// stateFacts states what the statements of a filing hold.
func stateFacts(c *company, f filing, tell say) {
	q := &f.books[f.at]
	say := func(taxonomy, tag, unit string, start, end fundamentals.Date, value float64) {
		if c.states(tag) {
			tell(taxonomy, tag, unit, start, end, value)
		}
	}
	money := func(l line, from, to int) {
		var sum int64
		for i := from; i <= to; i++ {
			sum += l.value(&f.books[i])
		}
		if sum != 0 || l.tag == "NetIncomeLoss" {
			say("us-gaap", l.tag, c.unit(), f.books[from].start, f.books[to].end, float64(sum)*1000)
		}
	}
	for _, l := range incomeLines(c) {
		spans(f, q.number < 4, func(from, to int) { money(l, from, to) })
	}
	for _, l := range cashLines(c) {
		spans(f, false, func(from, to int) { money(l, from, to) })
	}
	for _, l := range balanceLines(c) {
		for _, i := range []int{annualBefore(f.books, f.at), f.at} {
			if v := l.value(&f.books[i]); v != 0 {
				say("us-gaap", l.tag, c.unit(), 0, f.books[i].end, float64(v)*1000)
			}
		}
	}
	shareFacts(c, f, say)
}

// spans calls do with the first and last quarter of each span that a filing
// states flows for: the year to date and the one before; in a 10-Q's income
// statement the single quarters too; in a 10-K three years.
func spans(f filing, single bool, do func(from, to int)) {
	q := &f.books[f.at]
	years := 1
	if q.number == 4 {
		years = 2
	}
	for y := years; y >= 0; y-- {
		to := f.at - 4*y
		if from := to - q.number + 1; from >= 0 {
			do(from, to)
		}
		if single && q.number > 1 {
			do(to, to)
		}
	}
}

// shareFacts states counts as the filing's own day saw them: before a split,
// in old shares.
func shareFacts(c *company, f filing, say say) {
	q := &f.books[f.at]
	old := 1.0
	if c.split != 0 && f.filed < c.splitDay {
		old = c.split
	}
	count := func(i int) float64 { return math.Round(float64(f.books[i].shares) / old) }
	mean := func(from, to int) float64 {
		sum := 0.0
		for i := from; i <= to; i++ {
			sum += float64(f.books[i].shares)
		}
		return math.Round(sum / float64(to-from+1) / old)
	}
	cover := count(f.at)
	if c.slip && q.year >= 2025 {
		cover *= 1000
	}
	say("dei", "EntityCommonStockSharesOutstanding", "shares", 0, f.filed-7, cover)
	if q.number == 4 {
		value := math.Round(c.cap * math.Pow(1.06, float64(f.filed-c.until)/365) * .9)
		say("dei", "EntityPublicFloat", c.unit(), 0, monthEnd(q.end, -6), value*1e6)
	}
	for _, i := range []int{annualBefore(f.books, f.at), f.at} {
		say("us-gaap", "CommonStockSharesOutstanding", "shares", 0, f.books[i].end, count(i))
	}
	spans(f, q.number < 4, func(from, to int) {
		basic := mean(from, to)
		start, end := f.books[from].start, f.books[to].end
		say("us-gaap", "WeightedAverageNumberOfSharesOutstandingBasic", "shares", start, end, basic)
		say("us-gaap", "WeightedAverageNumberOfDilutedSharesOutstanding", "shares", start, end, math.Round(basic*1.015))
		var net int64
		for i := from; i <= to; i++ {
			net += f.books[i].net
		}
		say("us-gaap", "EarningsPerShareBasic", c.unit()+"/shares", start, end, math.Round(float64(net)*1e5/basic)/100)
	})
}
