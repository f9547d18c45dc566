package snapshot

import (
	"context"
	"fmt"
	"slices"

	"assay/fundamentals"
	"assay/fundamentals/metric"
	"assay/fundamentals/standard"
	"assay/rules"
)

// opened is the company whose facts were last read for evidence.
type opened struct {
	cik  fundamentals.CIK
	view *standard.View
}

// Evidence opens the value of a column in a row: formula, inputs, facts with
// tag, period, accession and day known.
func (t *Table) Evidence(ctx context.Context, row int, name string, at rules.At) (*fundamentals.Evidence, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	e, err := t.evidence(ctx, row, t.plane(name, at))
	if err != nil {
		return nil, fmt.Errorf("evidence of %s of company %d: %w", name, t.ciks[row], err)
	}
	return e, nil
}

func (t *Table) evidence(ctx context.Context, row int, ref rules.Ref) (*fundamentals.Evidence, error) {
	if own, err := t.ownPlane(ctx, ref.Name); err != nil {
		return nil, err
	} else if own != nil {
		return t.ownEvidence(ctx, own, row)
	}
	v, _, err := t.column(ctx, ref)
	if err != nil {
		return nil, err
	}
	if m, ok := metric.Lookup(ref.Name); ok {
		return t.metricEvidence(ctx, row, m, ref, v)
	}
	if err := t.load(ctx); err != nil {
		return nil, err
	}
	if item, ok := standard.Concepts().Index(ref.Name); ok {
		return t.itemEvidence(ctx, row, item, ref, v)
	}
	e := &fundamentals.Evidence{Name: ref.Name, Kind: v.Kind}
	fill(e, v, row)
	if c, ok := metric.Env().Column(ref.Name); ok {
		e.Unit = c.Unit
	}
	if err := t.describe(ctx, e, row, ref); err != nil {
		return nil, err
	}
	return e, nil
}

// fill sets the value of an evidence from a vector.
func fill(e *fundamentals.Evidence, v *rules.Vector, row int) {
	if v.Kind == rules.Text {
		e.Text = v.Text(row)
		e.Value.Why = v.Reason(row)
		return
	}
	e.Value = v.Value(row)
}

func (t *Table) metricEvidence(ctx context.Context, row int, m metric.Metric, ref rules.Ref, v *rules.Vector) (*fundamentals.Evidence, error) {
	f, err := t.formulas.Of(m)
	if err != nil {
		return nil, err
	}
	e := &fundamentals.Evidence{Name: m.Name, Formula: m.Formula, Unit: m.Unit}
	fill(e, v, row)
	if end, ok, err := t.pointOf(ctx, row, ref.At); err != nil {
		return nil, err
	} else if ok {
		e.End = end
	}
	used, arithmetic, err := t.used(ctx, f.Value, row, ref.At)
	if err != nil {
		return nil, err
	}
	if e.Value.Why == rules.Known {
		e.Arithmetic = arithmetic
	}
	switch e.Value.Why {
	case rules.NotApplicable:
		e.Note = "not applicable to this kind of company"
	case rules.Undefined:
		if f.Defined != nil {
			e.Note = "defined where " + m.Defined
			more, _, err := t.used(ctx, f.Defined, row, ref.At)
			if err != nil {
				return nil, err
			}
			used = append(used, more...)
		}
	}
	seen := map[rules.Ref]bool{}
	for _, in := range used {
		if seen[in] {
			continue
		}
		seen[in] = true
		input, err := t.evidence(ctx, row, in)
		if err != nil {
			return nil, err
		}
		e.Inputs = append(e.Inputs, input)
		e.KnownOn = max(e.KnownOn, input.KnownOn)
	}
	return e, nil
}

// used lists the planes that decided a formula for a row, in the order of the
// formula: not the branch of an if that was not taken, nor what stands in for a
// value that is known. Arithmetic is the formula with the values of the row.
func (t *Table) used(ctx context.Context, p *rules.Program, row int, at rules.At) (refs []rules.Ref, arithmetic string, err error) {
	trace, err := t.eval.Trace(ctx, p, row, at)
	if err != nil {
		return nil, "", err
	}
	var walk func(*rules.Trace)
	walk = func(n *rules.Trace) {
		switch {
		case n.Op == "column":
			refs = append(refs, t.plane(n.Name, n.At))
		case n.Op == "??" && n.Args[0].Why == rules.Known:
			walk(n.Args[0])
		case n.Op == "if" && n.Args[0].Why == rules.Known:
			walk(n.Args[0])
			if n.Args[0].F != 0 {
				walk(n.Args[1])
			} else {
				walk(n.Args[2])
			}
		default:
			for _, a := range n.Args {
				walk(a)
			}
		}
	}
	walk(trace)
	return refs, trace.Arithmetic(), nil
}

func (t *Table) pointOf(ctx context.Context, row int, at rules.At) (fundamentals.Date, bool, error) {
	v, _, err := t.column(ctx, rules.Ref{Name: "period_end", At: at})
	if err != nil || v.Reason(row) != rules.Known {
		return 0, false, err
	}
	return fundamentals.Date(v.F[row]), true, nil
}

// itemEvidence reads a line item anew from the facts, which a pack does not
// keep.
func (t *Table) itemEvidence(ctx context.Context, row, item int, ref rules.Ref, v *rules.Vector) (*fundamentals.Evidence, error) {
	view, err := t.open(ctx, row)
	if err != nil {
		return nil, err
	}
	e := view.Evidence(item, view.Read(item, ref.At))
	// The table's value is what rules saw: a stale statement reads as missing.
	fill(e, v, row)
	switch e.Value.Why {
	case rules.NotApplicable:
		e.Note = "it does not belong to the statements of this kind of company"
	case rules.Stale:
		e.Note = fmt.Sprintf("the latest statement, for %s, is too old for %s", view.Anchor, t.asOf)
	}
	return e, nil
}

// open reads the facts of a row's company.
func (t *Table) open(ctx context.Context, row int) (*standard.View, error) {
	if t.opened != nil && t.opened.cik == t.ciks[row] {
		return t.opened.view, nil
	}
	if err := t.load(ctx); err != nil {
		return nil, err
	}
	c, err := build(ctx, t.db, t.ciks[row], t.opts.UpTo)
	if err != nil {
		return nil, err
	}
	view := c.View(standard.Concepts(), t.asOf, t.state.companies[row].splits)
	t.opened = &opened{t.ciks[row], view}
	return view, nil
}

// describe says where a column that is no line item comes from.
func (t *Table) describe(ctx context.Context, e *fundamentals.Evidence, row int, ref rules.Ref) error {
	c := &t.state.companies[row]
	if isHygiene(ref.Name) {
		return t.describeHygiene(ctx, e, row)
	}
	if ok, err := t.describePrice(ctx, e, row, ref); ok {
		return err
	}
	switch ref.Name {
	case "sector", "industry":
		e.Note = fmt.Sprintf("SIC code %d by the table fundamentals/sectors.csv", c.security.SIC)
	case "period_end", "known_on", "statement_age", "statutory_tax_rate", "gnp_price_index":
		if end, ok := c.view.Point(ref.At); ok {
			e.End = end
		}
	}
	return nil
}

// Notices are what a reader of the table should know of it as a whole.
func (t *Table) Notices() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.notices)
}

func (t *Table) notice(ctx context.Context) error {
	if len(t.ciks) == 0 {
		return nil
	}
	undated, err := t.Column(ctx, undatedColumn, rules.At{})
	if err != nil {
		return err
	}
	n := 0
	for row := range undated.F {
		if undated.F[row] != 0 {
			n++
		}
	}
	if n > 0 {
		t.notices = append(t.notices, fmt.Sprintf("universe from a listing of today: %d of %d companies are listed without dates", n, len(t.ciks)))
	}
	return t.noticePrices(ctx)
}

// noticePrices tells when no company at all has a fresh price: the usual cause is
// a date after the last price file.
func (t *Table) noticePrices(ctx context.Context) error {
	age, err := t.Column(ctx, "price_age", rules.At{})
	if err != nil {
		return err
	}
	latest := fundamentals.Date(0)
	for row := range age.F {
		if age.Reason(row) == rules.Known {
			latest = max(latest, t.priced-fundamentals.Date(age.F[row]))
		}
	}
	switch {
	case latest == 0:
		t.notices = append(t.notices, fmt.Sprintf("no price is known of the time before %s: ingest prices, or ask as of another day", t.asOf))
	case t.stalePrice(latest, t.priced):
		t.notices = append(t.notices, fmt.Sprintf("no price is fresh on %s: the latest close is of %s; ask as of then, or ingest newer prices", t.asOf, latest))
	}
	return nil
}
