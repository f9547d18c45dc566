package screener

import (
	"context"
	"fmt"

	"assay/rules"
)

// candidates lists the rows given, with their values.
func (r *run) candidates(ctx context.Context, rows []int) ([]Candidate, error) {
	out := make([]Candidate, len(rows))
	for i, row := range rows {
		out[i] = Candidate{
			Rank: i + 1, Ticker: r.table.Ticker(row), CIK: r.table.CIK(row), Name: r.table.Name(row), Score: r.scoreOf(row),
			Values: map[string]Datum{}, Missing: map[string]string{}, Flags: []string{},
		}
		if r.score != nil && !out[i].Score.Known() {
			out[i].ScoreMissing = out[i].Score.Why.String()
		}
	}
	for _, c := range r.screen.Columns {
		v, err := r.peers.Eval(ctx, c.Program, rules.At{})
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name, err)
		}
		for i, row := range rows {
			d := datum(v, row, c.Program.Unit())
			out[i].Values[c.Name] = d
			if !d.Known() {
				out[i].Missing[c.Name] = d.Why.String()
			}
		}
	}
	if err := r.flags(ctx, rows, out); err != nil {
		return nil, err
	}
	return out, r.with(ctx, rows, out)
}

// flags adds to each candidate the flags of the screen, and what passed only
// because missing: says so.
func (r *run) flags(ctx context.Context, rows []int, out []Candidate) error {
	for _, f := range r.screen.Flags {
		v, err := r.peers.Eval(ctx, f.Program, rules.At{})
		if err != nil {
			return fmt.Errorf("flag %s: %w", f.Name, err)
		}
		for i, row := range rows {
			switch v.Verdict(row) {
			case rules.True:
				out[i].Flags = append(out[i].Flags, f.Name)
			case rules.Unknown:
				if out[i].FlagsUnknown == nil {
					out[i].FlagsUnknown = map[string]string{}
				}
				out[i].FlagsUnknown[f.Name] = v.Reason(row).String()
			}
		}
	}
	for i, row := range rows {
		for j, c := range r.screen.Pass {
			if r.verdicts[j][row] == rules.Unknown {
				out[i].Flags = append(out[i].Flags, "missing:"+c.Name)
			}
		}
		out[i].Flags = append(out[i].Flags, r.bandFlags(row)...)
		out[i].Since = r.since(row).String()
	}
	return nil
}
