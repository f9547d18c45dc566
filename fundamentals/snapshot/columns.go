package snapshot

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"

	"assay/fundamentals/metric"
	"assay/fundamentals/standard"
	"assay/rules"
)

// undatedColumn says whether a company's listing has no dates. It is not for
// rules.
const undatedColumn = "undated_listing"

// input computes a column that the data says itself.
func (t *Table) input(ctx context.Context, ref rules.Ref) (*rules.Vector, error) {
	if item, ok := standard.Concepts().Index(ref.Name); ok {
		return t.lineItem(item, ref.At), nil
	}
	if text, ok := t.textOf(ref.Name); ok {
		values := make([]string, len(t.state.companies))
		for i := range values {
			values[i] = text(&t.state.companies[i])
		}
		return rules.Texts(values, rules.NotReported), nil
	}
	if err := t.pricesFor(ctx, ref); err != nil {
		return nil, err
	}
	read, kind, ok := t.numberOf(ref)
	if !ok {
		return nil, fmt.Errorf("the catalogue names it, but nothing computes it")
	}
	return t.each(kind, read), nil
}

// each reads a value of every company, several companies at once.
func (t *Table) each(kind rules.Kind, read func(*company) rules.Value) *rules.Vector {
	n := len(t.state.companies)
	v := &rules.Vector{Kind: kind, F: make([]float64, n), Why: make([]rules.Reason, n)}
	var missing atomic.Bool
	_ = inParts(n, func(lo, hi int) error { // nothing in it fails
		for i := lo; i < hi; i++ {
			value := read(&t.state.companies[i])
			if value.Why != rules.Known {
				missing.Store(true)
				value.F = 0
			}
			v.F[i], v.Why[i] = value.F, value.Why
		}
		return nil
	})
	if !missing.Load() {
		v.Why = nil
	}
	return v
}

// lineItem reads an item of the concept map for every company.
func (t *Table) lineItem(item int, at rules.At) *rules.Vector {
	return t.each(rules.Number, func(c *company) rules.Value {
		if v, off := t.itemOff(item, c); off {
			return v
		}
		return c.view.Read(item, at).Value
	})
}

// itemOff tells why an item of a company is not read at all; off is false where
// it is.
func (t *Table) itemOff(item int, c *company) (why rules.Value, off bool) {
	switch {
	case slices.Contains(standard.Concepts().Items[item].NotFor, c.class.Template):
		return rules.None(rules.NotApplicable), true
	case c.view.Stale(t.opts.StatementDays):
		return rules.None(rules.Stale), true
	}
	return rules.Value{}, false
}

// vector is a column in the making.
type vector struct{ *rules.Vector }

func newVector(kind rules.Kind, n int) vector {
	return vector{&rules.Vector{Kind: kind, F: make([]float64, n)}}
}

func (v vector) set(row int, value rules.Value) {
	if value.Why == rules.Known {
		v.F[row] = value.F
		return
	}
	if v.Why == nil {
		v.Why = make([]rules.Reason, len(v.F))
	}
	v.Why[row] = value.Why
}

func (t *Table) textOf(name string) (func(*company) string, bool) {
	switch name {
	case "ticker":
		return func(c *company) string { return c.security.Ticker }, true
	case "name":
		return func(c *company) string { return c.name }, true
	case "exchange":
		return func(c *company) string { return c.security.Exchange }, true
	case "security_type":
		return func(c *company) string { return c.security.Type }, true
	case "sector":
		return func(c *company) string { return c.class.Sector }, true
	case "industry":
		return func(c *company) string { return c.class.Industry }, true
	case metric.Template:
		return func(c *company) string { return c.class.Template }, true
	}
	return nil, false
}

// numberOf returns how a number or date is read from a company.
func (t *Table) numberOf(ref rules.Ref) (read func(*company) rules.Value, kind rules.Kind, ok bool) {
	switch ref.Name {
	case cikColumn:
		return func(c *company) rules.Value { return rules.Num(float64(c.cik)) }, rules.Number, true
	case undatedColumn:
		return func(c *company) rules.Value {
			if c.security.Ticker != "" && c.security.From == 0 {
				return rules.Num(1)
			}
			return rules.Num(0)
		}, rules.Bool, true
	case "sic":
		return func(c *company) rules.Value { return reported(c.security.SIC != 0, float64(c.security.SIC)) }, rules.Number, true
	case "statement_age":
		return func(c *company) rules.Value { return rules.Num(float64(t.asOf - c.view.Anchor)) }, rules.Number, true
	case rules.AsOf:
		return func(*company) rules.Value { return rules.Num(float64(t.asOf)) }, rules.Date, true
	case "period_end":
		return func(c *company) rules.Value {
			end, ok := c.view.Point(ref.At)
			return reported(ok, float64(end))
		}, rules.Date, true
	case "known_on":
		return func(c *company) rules.Value { return pointKnown(c, ref.At) }, rules.Date, true
	case "statutory_tax_rate":
		return func(c *company) rules.Value { return t.statutoryRate(c, ref.At) }, rules.Number, true
	case "gnp_price_index":
		return func(c *company) rules.Value { return gnpPriceIndex(c, ref.At) }, rules.Number, true
	case "price":
		return func(c *company) rules.Value { return t.priceAt(c, ref.At) }, rules.Number, true
	}
	read, ok = t.marketOf(ref)
	return read, rules.Number, ok
}

func reported(ok bool, f float64) rules.Value {
	if !ok {
		return rules.None(rules.NotReported)
	}
	return rules.Num(f)
}

func pointKnown(c *company, at rules.At) rules.Value {
	end, ok := c.view.Point(at)
	if !ok {
		return rules.None(rules.NotReported)
	}
	day, ok := c.view.PointKnownOn(end)
	return reported(ok, float64(day))
}

// statutoryRate is the federal rate of the fiscal year: 35 % for years that end
// before 2018, 21 % after (26 U.S.C. 11; Pub. L. 115-97).
func (t *Table) statutoryRate(c *company, at rules.At) rules.Value {
	end, ok := c.view.Point(at)
	switch {
	case !ok:
		return rules.None(rules.NotReported)
	case end.Year() < 2018:
		return rules.Num(0.35)
	}
	return rules.Num(0.21)
}

// marketOf returns how a column that is measured over prices is read.
func (t *Table) marketOf(ref rules.Ref) (func(*company) rules.Value, bool) {
	if ref.Name == "price_age" {
		return func(c *company) rules.Value {
			q, why := t.quote(c)
			return reported(why == rules.Known, float64(t.priced-q.Day))
		}, true
	}
	p, ok := priceColumns[ref.Name]
	return func(c *company) rules.Value {
		v, _ := t.measured(p, c, ref.At)
		return v
	}, ok
}
