package standard

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"assay/fundamentals"
	"assay/rules"
)

// Break is a place where what the view reads contradicts itself.
type Break struct {
	Check      string
	Item       string
	Basis      string // "instant", "quarter", "ytd", "fy", "ttm"
	Start, End fundamentals.Date
	Expected   float64 // what the other numbers say
	Found      float64 // what the item reads
	Times      int     // how many periods break alike, End being the latest; 0 counts as 1
	// Accession is the filing that states what was found, the latest of several.
	Accession string
	Form      string
	KnownOn   fundamentals.Date
	Detail    string // the numbers that were compared
	// Explanation says why the data itself is at fault, or that filings tell the
	// period differently; "" where nothing explains the break.
	Explanation string
}

// Difference is what was found less what was expected.
func (b Break) Difference() float64 { return b.Found - b.Expected }

// Check is one kind of contradiction that an audit looks for.
type Check struct {
	ID   string
	What string // what must hold, for people
}

// AuditChecks lists the checks that a view alone can make, in the order of
// reports.
func AuditChecks() []Check {
	return []Check{
		{"balance", "total assets = liabilities as tagged + equity + non-controlling interests + temporary equity"},
		{"sides", "liabilities and equity = total assets"},
		{"gross_profit", "gross profit as tagged = revenue - cost of revenue"},
		{"quarters", "the four quarters of a year add up to the year"},
		{"half_restated", "a quarter made by difference: both spans are restated, or none"},
		{"cash_bridge", "operations + investing + financing + exchange rates = change of cash"},
		{"debt", "debt within total liabilities"},
		{"current", "current within total, cash and short-term investments within assets"},
		{"shares", "cover, balance sheet and weighted average count the shares alike, within a factor of two"},
		{"unit_slip", "no step by a thousand or a million between neighbours, or between two filings on one period"},
		{"outlier", "no total five times, or a fifth of, both its neighbours; nothing negative that cannot be"},
		{"stale", "the latest statement is young enough to speak for the company"},
		{"refused", "no number refused because sources contradict each other"},
	}
}

// Audit is what an audit of one view found.
type Audit struct {
	Compared map[string]int // by check: how often it could be made
	Breaks   []Break        // by check, then end, then item
}

// auditor gathers the findings of one view.
type auditor struct {
	*View
	out Audit
}

// Audit holds everything known to the view against the checks of the asked
// names, or all of them where none is asked. Tolerances are those of rounding:
// see [tolerance].
func (v *View) Audit(checks ...string) Audit {
	a := &auditor{View: v, out: Audit{Compared: map[string]int{}}}
	for _, c := range AuditChecks() {
		if len(checks) > 0 && !slices.Contains(checks, c.ID) {
			continue
		}
		switch c.ID {
		case "balance", "sides":
			a.balance(c.ID)
		case "gross_profit", "cash_bridge":
			a.flows(c.ID)
		case "quarters":
			a.quarters()
		case "half_restated":
			a.halves()
		case "debt", "current":
			a.within(c.ID)
		case "shares":
			a.shares()
		case "unit_slip":
			a.unitSlips()
		case "outlier":
			a.outliers()
		case "stale":
			a.stale()
		case "refused":
			a.refusals()
		}
	}
	a.faults()
	order := map[string]int{}
	for i, c := range AuditChecks() {
		order[c.ID] = i
	}
	slices.SortStableFunc(a.out.Breaks, func(x, y Break) int {
		return cmp.Or(cmp.Compare(order[x.Check], order[y.Check]), cmp.Compare(x.End, y.End), cmp.Compare(x.Item, y.Item))
	})
	return a.out
}

// item returns the index of an item that the concept map must have.
func (a *auditor) item(name string) int {
	i, ok := a.m.Index(name)
	if !ok {
		return -1 // a concept map without it has nothing to check
	}
	return i
}

// operand is one number of an identity: nil versions are absences.
type operand struct {
	item int
	sign float64
	p    *Period
	ver  *Version
}

func (o operand) value() float64 {
	if o.ver == nil {
		return 0
	}
	return o.sign * o.ver.Value
}

// operand reads one number of an identity for one period; ok is false where it is refused, or
// where it is not stated and must be.
func (a *auditor) operand(name string, sign float64, start, end fundamentals.Date, must bool) (o operand, ok bool) {
	o = operand{item: a.item(name), sign: sign}
	if o.item < 0 {
		return o, !must
	}
	o.p, o.ver = a.exact(o.item, start, end)
	if o.ver == nil {
		return o, !must
	}
	return o, o.ver.Why == rules.Known
}

// identity compares a total with the sum of its parts.
func (a *auditor) identity(check string, total operand, parts []operand) {
	a.out.Compared[check]++
	sum := a.sum(parts)
	values := []float64{total.ver.Value}
	for _, p := range parts {
		values = append(values, p.value())
	}
	tol := tolerance(values...)
	if math.Abs(sum-total.ver.Value) <= tol {
		return
	}
	b := a.newBreak(check, total, sum)
	b.Detail = a.describe(parts)
	b.Explanation = a.explain(total, parts, func(sum, total float64) bool { return math.Abs(sum-total) <= tol })
	if b.Explanation == "" && math.Abs(sum+total.ver.Value) <= tol {
		b.Explanation = "a slip of the sign in " + b.Accession
	}
	if b.Explanation == "" && total.p.Start != 0 {
		b.Explanation = a.apart(check, total, parts, tol)
	}
	if b.Explanation == "" && total.p.Start != 0 {
		b.Explanation = a.partly(total, parts)
	}
	for _, p := range parts {
		if p.ver != nil && a.c.Filings[p.ver.Filing].KnownOn > b.KnownOn {
			a.cite(&b, p.ver)
		}
	}
	a.out.Breaks = append(a.out.Breaks, b)
}

func (a *auditor) sum(parts []operand) (sum float64) {
	for _, p := range parts {
		sum += p.value()
	}
	return sum
}

func (a *auditor) newBreak(check string, o operand, expected float64) Break {
	b := Break{Check: check, Item: a.m.Items[o.item].Name, Basis: "instant", End: o.p.End, Expected: expected, Found: o.ver.Value}
	switch nature := a.m.Items[o.item].Nature; {
	case nature == Cover:
		b.End = o.p.Start
	case o.p.Start != 0:
		b.Start, b.Basis = o.p.Start, spanName(o.p.days())
	}
	a.cite(&b, o.ver)
	return b
}

func (a *auditor) cite(b *Break, ver *Version) {
	f := a.c.Filings[ver.Filing]
	b.Accession, b.Form, b.KnownOn = f.Accession, f.Form, f.KnownOn
}

// describe writes the parts of a sum.
func (a *auditor) describe(parts []operand) (text string) {
	for _, p := range parts {
		if p.ver == nil {
			continue
		}
		sign := " + "
		if p.sign < 0 {
			sign = " - "
		}
		if text == "" && p.sign > 0 {
			sign = ""
		}
		text += fmt.Sprintf("%s%s %.0f", sign, a.m.Items[p.item].Name, p.ver.Value)
	}
	return text
}

// explain says why a total and its parts break what must hold between their sum
// and it, where the filings themselves show it: the numbers read come from
// several filings while one alone agrees with itself, or one filing contradicts
// itself while another on the same period does not.
func (a *auditor) explain(total operand, parts []operand, holds func(sum, total float64) bool) string {
	filings := map[int32]bool{total.ver.Filing: true}
	for _, p := range parts {
		if p.ver != nil {
			filings[p.ver.Filing] = true
		}
	}
	agreeing := a.agreeing(total, parts, holds)
	latest := total.ver.Filing
	for f := range filings {
		latest = max(latest, f)
	}
	switch {
	case agreeing < 0:
		return ""
	case len(filings) > 1:
		return fmt.Sprintf("told by several filings: %s alone agrees with itself, %s restates a part",
			a.c.Filings[agreeing].Accession, a.c.Filings[latest].Accession)
	}
	return fmt.Sprintf("%s contradicts itself, %s tells the same period without contradiction",
		a.c.Filings[latest].Accession, a.c.Filings[agreeing].Accession)
}

// agreeing returns the first filing that states the total and all its parts that
// must be stated, so that they agree, or -1.
func (a *auditor) agreeing(total operand, parts []operand, holds func(sum, total float64) bool) int32 {
	for i := range total.p.Versions {
		t := &total.p.Versions[i]
		if t.Second || t.Why != rules.Known || a.c.Filings[t.Filing].KnownOn > a.AsOf {
			continue
		}
		sum, whole := 0.0, true
		for _, p := range parts {
			if p.p == nil {
				continue
			}
			switch v := p.p.told(t.Filing); {
			case v != nil:
				sum += p.sign * v.Value
			case p.ver != nil && (p.p.Start != 0 || !a.m.Items[p.item].None):
				whole = false
			}
		}
		if whole && holds(sum, t.Value) {
			return t.Filing
		}
	}
	return -1
}

// partly explains numbers of several filings of which one tells its number anew
// and no filing tells the others with it.
func (a *auditor) partly(total operand, parts []operand) string {
	latest := total
	for _, p := range parts {
		if p.ver != nil && p.ver.Filing > latest.ver.Filing {
			latest = p
		}
	}
	first := firstTold(latest.p)
	if first == nil || !retold(latest.ver, first) {
		return ""
	}
	for _, p := range append(slices.Clip(parts), total) {
		if p.ver != nil && p.p != latest.p && p.p.told(latest.ver.Filing) == nil {
			return fmt.Sprintf("told by several filings: %s tells %s anew (%.0f, first %.0f) without %s",
				a.c.Filings[latest.ver.Filing].Accession, a.m.Items[latest.item].Name, latest.ver.Value, first.Value, a.m.Items[p.item].Name)
		}
	}
	return ""
}

// apart explains an income or cash flow statement of which one filing states the
// total and all parts, and no other tag in it would make them agree: a line of the
// filer's own stands between them.
func (a *auditor) apart(check string, total operand, parts []operand, tol float64) string {
	sum := 0.0
	for _, p := range parts {
		if p.ver == nil {
			return ""
		}
		sum += p.value()
	}
	filing := a.together(total, parts)
	if filing < 0 {
		return ""
	}
	for _, p := range parts {
		for i := range p.p.Versions {
			w := &p.p.Versions[i]
			other := p.sign * (w.Value - p.ver.Value)
			if w.Filing == filing && w.Second && !a.m.Items[p.item].derived(w.Alt) && math.Abs(sum+other-total.ver.Value) <= tol {
				return "" // another tag of the filing agrees: the choice is ours
			}
		}
	}
	between := map[string]string{
		"gross_profit": "a line between cost of revenue and gross profit",
		"cash_bridge":  "a line beside the three parts: exchange rates, or cash of what is held for sale",
	}[check]
	return fmt.Sprintf("%s states all of these, and %.0f by no tag that they read: %s", a.c.Filings[filing].Accession, total.ver.Value-sum, between)
}

// derived reports whether an alternative is one of the sums that confirm the others,
// made with another item: it agrees by its making.
func (it *Item) derived(alt uint8) bool {
	return int(alt) < len(it.From) && slices.ContainsFunc(it.From[alt].Terms, func(t Term) bool { return t.Item >= 0 }) &&
		slices.ContainsFunc(it.Confirm, func(c Alternative) bool { return c.Text == it.From[alt].Text })
}

// together returns a filing that states the total and all parts as they are read, but
// for rounding, or -1: later ones may repeat the total alone.
func (a *auditor) together(total operand, parts []operand) int32 {
	for i := range total.p.Versions {
		t := &total.p.Versions[i]
		if t.Second || t.Why != rules.Known || retold(total.ver, t) || a.c.Filings[t.Filing].KnownOn > a.AsOf {
			continue
		}
		if !slices.ContainsFunc(parts, func(p operand) bool {
			v := p.p.told(t.Filing)
			return v == nil || retold(p.ver, v)
		}) {
			return t.Filing
		}
	}
	return -1
}

// tolerance is by how much a sum of rounded numbers may be off: filers round
// to dollars, thousands, hundred thousands or millions, each number by half a
// unit, and adjust columns so that they foot. So one unit for each number
// compared. The unit is the coarsest that at least two of the numbers are
// whole multiples of, one being enough for a thousand: a quarter in thousands
// stands beside a year in dollars, and a number may be round by accident. No
// one rounds a number by more than a hundredth of the largest.
func tolerance(values ...float64) float64 {
	largest := 0.0
	for _, x := range values {
		largest = max(largest, math.Abs(x))
	}
	unit := 1.0
	for i, u := range [...]float64{1e3, 1e5, 1e6} {
		multiples := 0
		for _, x := range values {
			if x != 0 && math.Mod(x, u) == 0 {
				multiples++
			}
		}
		if u <= largest/100 && (multiples > 1 || multiples == 1 && i == 0) {
			unit = u
		}
	}
	return float64(len(values)) * unit
}

// Filing returns the filing that states the first part of a reading; the zero
// Filing where none does.
func (v *View) Filing(r Reading) fundamentals.Filing {
	if r.Count == 0 || r.Parts[0].Version == nil {
		return fundamentals.Filing{}
	}
	return v.c.Filings[r.Parts[0].Version.Filing]
}
