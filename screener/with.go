package screener

import (
	"context"
	"fmt"

	"assay/rules"
)

// with adds to the candidates what the options ask for.
func (r *run) with(ctx context.Context, rows []int, out []Candidate) error {
	with := r.options.With
	if with.Exchange {
		if err := r.exchanges(ctx, rows, out); err != nil {
			return err
		}
	}
	for i, row := range rows {
		if with.Conditions {
			for condition := range r.screen.Pass {
				f, err := r.judgement(ctx, condition, row)
				if err != nil {
					return err
				}
				out[i].Conditions = append(out[i].Conditions, f)
			}
		}
		if with.Evidence {
			if err := r.evidence(ctx, row, &out[i]); err != nil {
				return fmt.Errorf("%s: %w", out[i].CIK, err)
			}
		}
	}
	return nil
}

// exchanges reads where the candidates are listed; "" where that is not known.
func (r *run) exchanges(ctx context.Context, rows []int, out []Candidate) error {
	v, err := r.table.Column(ctx, "exchange", rules.At{})
	if err != nil {
		return fmt.Errorf("column exchange: %w", err)
	}
	for i, row := range rows {
		if v.Reason(row) == rules.Known {
			out[i].Exchange = v.Text(row)
		}
	}
	return nil
}

// evidence opens the score and the values of a candidate.
func (r *run) evidence(ctx context.Context, row int, c *Candidate) error {
	var err error
	if rank := r.screen.Rank; rank != nil {
		if c.ScoreEvidence, err = r.openRule(ctx, "score", &rank.By, row, c.Score); err != nil {
			return err
		}
	}
	c.Evidence = map[string]*Source{}
	for i := range r.screen.Columns {
		column := &r.screen.Columns[i]
		s, err := r.openRule(ctx, column.Name, column, row, c.Values[column.Name])
		if err != nil {
			return err
		}
		c.Evidence[column.Name] = s
	}
	return nil
}

// openRule opens the value of an expression that is shown under a name: that of a bare column as the
// table does, any other by the planes that it reads.
func (r *run) openRule(ctx context.Context, name string, rule *Rule, row int, value Datum) (*Source, error) {
	refs := rule.Program.Refs()
	text := oneLine(rule.Text)
	whole := &Source{Name: name, Formula: text, Value: value}
	if !value.Known() {
		whole.Missing = value.Why.String()
	}
	if value.Kind == rules.Number {
		whole.Unit = value.Unit.String()
	}
	for _, ref := range refs {
		e, err := r.table.Evidence(ctx, row, ref.Name, ref.At)
		if err != nil {
			return nil, fmt.Errorf("evidence of %s: %w", ref.Name, err)
		}
		s := opened(e)
		if text == ref.Name && len(refs) == 1 {
			return s, nil
		}
		if s != nil {
			whole.Inputs = append(whole.Inputs, s)
		}
	}
	return whole, nil
}
