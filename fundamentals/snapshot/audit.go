package snapshot

import (
	"context"
	"fmt"
	"math"
	"slices"

	"assay/fundamentals"
	"assay/fundamentals/market"
	"assay/fundamentals/standard"
	"assay/rules"
)

// AuditCheck is a check of an audit with what came of it.
type AuditCheck struct {
	standard.Check
	Compared  int // how often it could be made
	Broken    int
	Explained int // breaks that the data itself explains
	Companies int // with a break
}

// CompanyBreak is a break of one company.
type CompanyBreak struct {
	CIK    fundamentals.CIK
	Ticker string
	standard.Break
}

// AuditReport is what an audit found over the companies of a table.
type AuditReport struct {
	Companies int
	Checks    []AuditCheck   // in the order of AuditChecks, those asked for
	Breaks    []CompanyBreak // by company, then check, end and item
}

// floatCheck holds the market against what a company says of itself.
const floatCheck = "float"

// AuditChecks lists all checks that an audit of a table makes.
func AuditChecks() []standard.Check {
	return append(standard.AuditChecks(), standard.Check{
		ID: floatCheck, What: "the public float of the cover, moved with the price since, is no more than twice the market value, and no less than a hundredth",
	})
}

// Audit makes the checks of these names, or all of them where none is named,
// for the companies of some rows, or all of them where rows is nil. Progress
// may be nil.
func (t *Table) Audit(ctx context.Context, rows []int, checks []string, progress func(done, total int)) (*AuditReport, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.load(ctx); err != nil {
		return nil, err
	}
	if rows == nil {
		for row := range t.ciks {
			rows = append(rows, row)
		}
	}
	wanted := func(id string) bool { return len(checks) == 0 || slices.Contains(checks, id) }
	var value *rules.Vector
	if wanted(floatCheck) {
		var err error
		if value, _, err = t.column(ctx, rules.Ref{Name: "market_cap"}); err != nil {
			return nil, err
		}
		if err := t.closes(ctx, t.state, t.asOf-floatAge); err != nil {
			return nil, err
		}
	}
	report := &AuditReport{Companies: len(rows)}
	found := map[string]*AuditCheck{}
	for _, c := range AuditChecks() {
		if wanted(c.ID) {
			report.Checks = append(report.Checks, AuditCheck{Check: c})
		}
	}
	for i := range report.Checks {
		found[report.Checks[i].ID] = &report.Checks[i]
	}
	for i, row := range rows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c := &t.state.companies[row]
		a := c.view.Audit(checks...)
		if wanted(floatCheck) {
			t.auditFloat(&a, c, value.Value(row))
		}
		report.take(found, c, a)
		if progress != nil {
			progress(i+1, len(rows))
		}
	}
	return report, nil
}

func (r *AuditReport) take(found map[string]*AuditCheck, c *company, a standard.Audit) {
	for id, n := range a.Compared {
		found[id].Compared += n
	}
	broken := map[string]bool{}
	for _, b := range a.Breaks {
		f := found[b.Check]
		n := max(b.Times, 1)
		f.Broken += n
		if b.Explanation != "" {
			f.Explained += n
		}
		if !broken[b.Check] {
			broken[b.Check] = true
			f.Companies++
		}
		r.Breaks = append(r.Breaks, CompanyBreak{CIK: c.cik, Ticker: c.security.Ticker, Break: b})
	}
}

// A float is of the last day of the second quarter of the year reported: at
// most so many days old, or it says nothing of today.
const floatAge = 750

// auditFloat holds the market value of a company against the public float of
// its latest annual report. The float is what outsiders held on its day: moved
// with the price since, it cannot be much more than the market value, and is
// hardly ever less than a hundredth of it. What was bought back or spun off
// since is allowed for by a factor of two.
func (t *Table) auditFloat(a *standard.Audit, c *company, value rules.Value) {
	item, ok := standard.Concepts().Index("public_float")
	if !ok || value.Why != rules.Known || value.F <= 0 || c.view.YearEnd == 0 {
		return
	}
	r := c.view.ReadAt(item, c.view.YearEnd, rules.TTM)
	if r.Value.Why != rules.Known || r.Count == 0 || r.Value.F <= 0 || t.asOf-r.End > floatAge {
		return
	}
	then, why1 := c.book.QuoteOn(r.End, t.asOf)
	now, why2 := c.book.Quote(t.asOf)
	if why1 != rules.Known || why2 != rules.Known || then.Price <= 0 || market.TradingDaysOld(then.Day, r.End) > market.StalePriceDays {
		return
	}
	a.Compared[floatCheck]++
	moved := r.Value.F * now.Price / then.Price
	if moved <= 2*value.F && moved >= value.F/100 {
		return
	}
	filing := c.view.Filing(r)
	b := standard.Break{
		Check: floatCheck, Item: "market_cap", Basis: "instant", End: t.asOf, Expected: moved, Found: value.F,
		Accession: filing.Accession, Form: filing.Form, KnownOn: filing.KnownOn,
		Detail: fmt.Sprintf("public float of %.0f on %s, times %.3f for the price since", r.Value.F, r.End, now.Price/then.Price),
	}
	for _, unit := range [...]float64{1e3, 1e6} {
		if q := math.Log10(moved / value.F / unit); math.Abs(q) < 0.5 {
			b.Explanation = fmt.Sprintf("%s states its float in units of %.0f", b.Accession, unit)
		}
	}
	a.Breaks = append(a.Breaks, b)
}
