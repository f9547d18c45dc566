package screener

import (
	"context"
	"slices"

	"assay/rules"
)

// result tells a run.
func (r *run) result(ctx context.Context) (*Result, error) {
	listed := r.listed()
	out := &Result{
		Run: r.hash(), Screen: r.screen.Name, AsOf: r.table.AsOf().String(), DataVersion: r.table.DataVersion(),
		Cut: len(r.order) - len(listed), About: r.screen.About, Companies: r.table.Rows(),
		Funnel: r.funnel(), Columns: []Column{}, Ranking: r.ranking(), Notices: r.notices(), With: r.options.With,
	}
	for _, o := range r.outcomes {
		switch o {
		case outside:
			out.Outside++
		case universeUnknown:
			out.UniverseUnknown++
		case failed:
			out.Failed++
		case unknown:
			out.Unknown++
		case passed:
			out.Passed++
		}
	}
	out.Universe = out.Passed + out.Failed + out.Unknown
	if r.screen.Universe != nil {
		out.UniverseExpression = oneLine(r.screen.Universe.Text)
	}
	for _, c := range r.screen.Columns {
		column := Column{Name: c.Name, Expression: oneLine(c.Text), Kind: c.Program.Kind().String()}
		if c.Program.Kind() == rules.Number {
			column.Unit = c.Program.Unit().String()
		}
		out.Columns = append(out.Columns, column)
	}
	out.Bands = r.bands()
	var err error
	if out.Conditions, err = r.tallies(ctx); err != nil {
		return nil, err
	}
	if err := r.doubts(ctx, out); err != nil {
		return nil, err
	}
	if out.Candidates, err = r.candidates(ctx, listed); err != nil {
		return nil, err
	}
	return out, r.rooms(ctx, listed, out)
}

// rooms adds what the distances from thresholds say, and what was asked for
// besides.
func (r *run) rooms(ctx context.Context, listed []int, out *Result) error {
	near := r.nearRows(r.options.Near)
	m, err := r.measure(ctx, slices.Concat(listed, near))
	if err != nil {
		return err
	}
	for i, row := range listed {
		out.Candidates[i].Slack = m.slacks(r.screen, row)
	}
	if r.options.Overlap {
		out.Overlap = r.overlap()
	}
	if r.options.Near > 0 {
		out.Near, err = r.near(ctx, m, near)
	}
	return err
}

// notices says what a careful reader of the result wants to know.
func (r *run) notices() []string {
	out := append([]string{}, r.screen.Notices...)
	if stale := r.screen.Stale; stale != (Stale{}) && stale != r.options.Stale {
		out = append(out, "stale: of this screen is not applied: the table was built with other limits")
	}
	if r.screen.Banded() {
		out = append(out, r.bands().notice())
	}
	if t, ok := r.table.(interface{ Notices() []string }); ok {
		out = append(out, t.Notices()...)
	}
	return out
}
