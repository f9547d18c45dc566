package export

import (
	"cmp"
	"strings"

	"assay/rules"
	"assay/screener"
)

// measured is how far a company is from another verdict of a condition.
type measured struct {
	rank              int // 0: it is no candidate
	ticker, name      string
	cik               float64
	condition, status string
	slack             *screener.Slack // nil: it cannot be measured
	why               string          // then
	distance          *float64        // of a near miss, all conditions taken together
}

// slackSheet says how far each candidate is from failing each condition.
func slackSheet(r *screener.Result) sheet {
	var lines []measured
	for _, c := range r.Candidates {
		for _, condition := range r.Conditions {
			lines = append(lines, measured{rank: c.Rank, ticker: c.Ticker, name: c.Name, cik: float64(c.CIK), condition: condition.Name, slack: c.Slack[condition.Name]})
		}
	}
	first := []column[measured]{countColumn("rank", func(m measured) int { return m.rank })}
	return sheetOf("slack", append(first, measuredColumns()...), lines)
}

// nearSheet lists the companies that few conditions keep out, the nearest first.
func nearSheet(r *screener.Result) sheet {
	var lines []measured
	for _, n := range r.Near {
		for _, miss := range n.Misses {
			lines = append(lines, measured{ticker: n.Ticker, name: n.Name, cik: float64(n.CIK), condition: miss.Condition, status: miss.Verdict,
				slack: miss.Slack, why: lacksText(miss.Lacks), distance: n.Distance})
		}
	}
	return sheetOf("near misses", append(measuredColumns(),
		textColumn("verdict", func(m measured) string { return m.status }),
		textColumn("lacks", func(m measured) string { return m.why }),
		column[measured]{name: "company_distance", cell: func(m measured) screener.Datum { return optional(m.distance) }},
	), lines)
}

func measuredColumns() []column[measured] {
	told := func(name string, say func(*screener.Slack) string) column[measured] {
		return textColumn(name, func(m measured) string {
			if m.slack == nil {
				return ""
			}
			return say(m.slack)
		})
	}
	datum := func(name string, read func(*screener.Slack) screener.Datum) column[measured] {
		return column[measured]{name: name, kind: anyKind, cell: func(m measured) screener.Datum {
			if m.slack == nil {
				return screener.Datum{Why: rules.NotApplicable}
			}
			return read(m.slack)
		}}
	}
	return []column[measured]{
		textColumn("ticker", func(m measured) string { return m.ticker }),
		{name: "cik", whole: true, cell: func(m measured) screener.Datum { return number(m.cik) }},
		textColumn("name", func(m measured) string { return m.name }),
		textColumn("condition", func(m measured) string { return m.condition }),
		told("comparison", func(s *screener.Slack) string { return strings.TrimSpace(s.Comparison + " " + s.At) }),
		datum("value", func(s *screener.Slack) screener.Datum { return s.Value }),
		told("operator", func(s *screener.Slack) string { return s.Operator }),
		datum("threshold", func(s *screener.Slack) screener.Datum { return s.Threshold }),
		datum("distance", func(s *screener.Slack) screener.Datum { return s.Distance }),
		{name: "share_of_threshold", unit: rules.UnitFraction.String(), cell: func(m measured) screener.Datum {
			if m.slack == nil {
				return optional(nil)
			}
			return optional(m.slack.Share)
		}},
	}
}

func optional(f *float64) screener.Datum {
	if f == nil {
		return screener.Datum{Why: rules.NotApplicable}
	}
	return number(*f)
}

// overlapSheet says how many companies each two conditions keep out together.
func overlapSheet(r *screener.Result) sheet {
	type overlap = screener.Overlap
	columns := []column[overlap]{
		textColumn("condition", func(o overlap) string { return o.Condition }),
		countColumn("keeps_out", func(o overlap) int { return o.KeepsOut }),
		countColumn("alone", func(o overlap) int { return o.Alone }),
	}
	for _, other := range r.Overlap {
		columns = append(columns, column[overlap]{name: "with " + other.Condition, unit: rules.UnitCount.String(), cell: func(o overlap) screener.Datum {
			if o.Condition == other.Condition {
				return screener.Datum{Why: rules.NotApplicable}
			}
			return number(float64(o.With[other.Condition]))
		}})
	}
	return sheetOf("overlap", columns, r.Overlap)
}

// nearOf words a near miss for the page.
func nearOf(n screener.NearMiss) pageNear {
	out := pageNear{Company: cmp.Or(n.Ticker, n.CIK.String()), Name: n.Name}
	for _, miss := range n.Misses {
		line := pageMiss{Condition: miss.Condition, Verdict: miss.Verdict, Lacks: lacksText(miss.Lacks)}
		if s := miss.Slack; s != nil {
			left, right, between := screener.ShowApart(s.Value, s.Threshold, s.Distance)
			line.Text, line.Sides, line.Distance = strings.TrimSpace(s.Comparison+" "+s.At), left+" "+s.Operator+" "+right, between
		}
		out.Lines = append(out.Lines, line)
	}
	return out
}
