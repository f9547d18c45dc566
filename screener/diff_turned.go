package screener

import (
	"context"
	"slices"

	"assay/fundamentals"
	"assay/rules"
)

// turned lists the conditions of a company, and its place in the universe, that
// one stage says otherwise than the stage before. Of a company that one of the two
// does not know there are none.
func turned(ctx context.Context, from, to Stage, cik fundamentals.CIK) ([]DiffCondition, error) {
	out := []DiffCondition{}
	before, after := verdictsOf(from.Ledger, cik), verdictsOf(to.Ledger, cik)
	if len(before) == 0 || len(after) == 0 {
		return out, nil
	}
	for _, name := range conditionNames(from.Ledger, to.Ledger) {
		c := DiffCondition{Name: name, From: before[name], To: after[name]}
		if c.From == c.To {
			continue
		}
		was, err := from.Judged.reads(ctx, cik, name)
		if err != nil {
			return nil, err
		}
		is, err := to.Judged.reads(ctx, cik, name)
		if err != nil {
			return nil, err
		}
		c.Values = readings(was, is)
		switch unknown := rules.Unknown.String(); {
		case c.From == unknown && c.To != "":
			c.Became = "known"
		case c.To == unknown && c.From != "" && is != nil && len(is.Lacks) > 0:
			c.Became = is.Lacks[0].Reason
		}
		out = append(out, c)
	}
	return out, nil
}

const universeName = "universe"

// conditionNames lists the universe and the conditions of either, in their order.
func conditionNames(from, to *Ledger) []string {
	names := append([]string{universeName}, to.Conditions...)
	for _, name := range from.Conditions {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// verdictsOf lists what a ledger says of a company, by condition.
func verdictsOf(l *Ledger, cik fundamentals.CIK) map[string]string {
	out := map[string]string{}
	i, ok := slices.BinarySearch(l.Companies, cik)
	if !ok {
		return out
	}
	out[universeName] = l.Universe[i].String()
	for c, name := range l.Conditions {
		out[name] = l.Verdicts[c][i].String()
	}
	return out
}

// reads opens a condition of a company; nil where there is none, or where it can
// no longer be opened.
func (j *Decision) reads(ctx context.Context, cik fundamentals.CIK, condition string) (*Finding, error) {
	if j == nil {
		return nil, nil
	}
	row, ok := j.rowOf(cik)
	if !ok {
		return nil, nil
	}
	rule := j.run.screen.Universe
	if condition != universeName {
		rule = nil
		for i := range j.run.screen.Pass {
			if j.run.screen.Pass[i].Name == condition {
				rule = j.run.held(i, row)
			}
		}
	}
	if rule == nil {
		return nil, nil
	}
	f, err := j.run.finding(ctx, rule, row)
	return &f, err
}

func (j *Decision) rowOf(cik fundamentals.CIK) (int, bool) {
	if j.row == nil {
		j.row = map[fundamentals.CIK]int{}
		for row := range j.run.table.Rows() {
			j.row[j.run.table.CIK(row)] = row
		}
	}
	row, ok := j.row[cik]
	return row, ok
}

// readings words what a condition read before and after: of one expression the
// comparisons that turned, of two all.
func readings(before, after *Finding) []DiffReading {
	out := []DiffReading{}
	if before != nil && after != nil && before.Expression == after.Expression && len(before.Comparisons) == len(after.Comparisons) {
		for i, b := range before.Comparisons {
			if a := after.Comparisons[i]; a.Verdict != b.Verdict {
				out = append(out, DiffReading{b.Text, valueOf(b), valueOf(a)})
			}
		}
		return out
	}
	if before != nil {
		for _, c := range before.Comparisons {
			out = append(out, DiffReading{Text: c.Text, Before: valueOf(c)})
		}
	}
	if after != nil {
		for _, c := range after.Comparisons {
			out = append(out, DiffReading{Text: c.Text, After: valueOf(c)})
		}
	}
	return out
}

// valueOf words the value of a comparison, or what is missing.
func valueOf(c Comparison) string {
	switch {
	case c.Value == nil:
		return c.Verdict
	case !c.Value.Known() && len(c.Lacks) > 0:
		return c.Lacks[0].Input + " " + c.Lacks[0].Reason
	case c.Threshold != nil && c.Distance != nil:
		value, _, _ := ShowApart(*c.Value, *c.Threshold, *c.Distance)
		return value
	}
	return Show(*c.Value)
}
