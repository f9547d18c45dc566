package export

import (
	"strconv"
	"strings"

	"assay/rules"
	"assay/screener"
)

// sheet is one table of a workbook.
type sheet struct {
	name    string
	columns []head
	rows    [][]screener.Datum
}

// head is the top of a column of a sheet.
type head struct {
	name  string
	kind  rules.Kind
	unit  string
	whole bool
}

// sheets lists the tables of a result. A part that the result does not carry
// has no sheet: one that it will carry is one line here.
func sheets(r *screener.Result) []sheet {
	list := *r
	list.With.Evidence = false // has a sheet of its own
	out := []sheet{
		sheetOf("candidates", listColumns(&list, false), pointers(r.Candidates)),
		conditionSheet(r),
		unknownSheet(r),
		slackSheet(r),
	}
	if r.Near != nil {
		out = append(out, nearSheet(r))
	}
	if r.Overlap != nil {
		out = append(out, overlapSheet(r))
	}
	if r.With.Evidence {
		out = append(out, evidenceSheet(r))
	}
	return append(out, aboutSheet(r))
}

func sheetOf[T any](name string, columns []column[T], rows []T) sheet {
	s := sheet{name: name}
	for _, c := range columns {
		s.columns = append(s.columns, head{c.name, c.kind, c.unit, c.whole})
	}
	for _, row := range rows {
		cells := make([]screener.Datum, len(columns))
		for i, c := range columns {
			cells[i] = c.cell(row)
		}
		s.rows = append(s.rows, cells)
	}
	return s
}

func pointers[T any](values []T) []*T {
	out := make([]*T, len(values))
	for i := range values {
		out[i] = &values[i]
	}
	return out
}

// stage is a step of the funnel with what the condition did on its own.
type stage struct {
	screener.Step
	tally *screener.Tally // nil for the universe
	text  string
}

// stages joins the funnel and the conditions, in the order of the file.
func stages(r *screener.Result) []stage {
	tallies := map[string]*screener.Tally{}
	for i := range r.Conditions {
		tallies[r.Conditions[i].Name] = &r.Conditions[i]
	}
	var out []stage
	for i, step := range r.Funnel {
		s := stage{Step: step, text: r.UniverseExpression}
		if t := tallies[step.Name]; t != nil && i > 0 {
			s.tally, s.text = t, t.Expression
		}
		out = append(out, s)
	}
	return out
}

// conditionSheet is the funnel and what each condition did within the universe.
func conditionSheet(r *screener.Result) sheet {
	tally := func(name string, n func(*screener.Tally) int) column[stage] {
		return column[stage]{name: name, unit: rules.UnitCount.String(), cell: func(s stage) screener.Datum {
			if s.tally == nil {
				return screener.Datum{Why: rules.NotApplicable}
			}
			return number(float64(n(s.tally)))
		}}
	}
	return sheetOf("conditions", []column[stage]{
		textColumn("condition", func(s stage) string { return s.Name }),
		countColumn("left", func(s stage) int { return s.Left }),
		countColumn("dropped", func(s stage) int { return s.Dropped }),
		countColumn("unknown_so_far", func(s stage) int { return s.Unknown }),
		tally("true", func(t *screener.Tally) int { return t.True }),
		tally("false", func(t *screener.Tally) int { return t.False }),
		tally("unknown", func(t *screener.Tally) int { return t.Unknown }),
		tally("only_reason", func(t *screener.Tally) int { return t.OnlyReason }),
		tally("only_unknown", func(t *screener.Tally) int { return t.OnlyUnknown }),
		textColumn("on_missing", func(s stage) string {
			if s.tally == nil {
				return ""
			}
			return s.tally.OnMissing
		}),
		textColumn("expression", func(s stage) string { return s.text }),
	}, stages(r))
}

// unknownSheet lists what is missing of each company that cannot be judged.
func unknownSheet(r *screener.Result) sheet {
	type line struct {
		screener.Doubt
		screener.Lack
		of string
	}
	var lines []line
	for _, d := range r.UnknownCompanies {
		for _, l := range d.Lacks {
			lines = append(lines, line{d, l, l.Condition})
		}
	}
	for _, d := range r.UniverseUnknowns {
		for _, l := range d.Lacks {
			lines = append(lines, line{d, l, "universe"})
		}
	}
	return sheetOf("unknown", []column[line]{
		textColumn("ticker", func(l line) string { return l.Ticker }),
		{name: "cik", whole: true, cell: func(l line) screener.Datum { return number(float64(l.CIK)) }},
		textColumn("name", func(l line) string { return l.Name }),
		textColumn("condition", func(l line) string { return l.of }),
		textColumn("input", func(l line) string { return l.Input }),
		textColumn("reason", func(l line) string { return l.Reason }),
	}, lines)
}

// evidenceSheet opens every cell of the list, a line per fact.
func evidenceSheet(r *screener.Result) sheet {
	var lines []cellSource
	for i := range r.Candidates {
		lines = append(lines, sources(r, &r.Candidates[i])...)
	}
	leaf := func(name string, say func(*screener.Source) string) column[cellSource] {
		return textColumn(name, func(s cellSource) string { return say(s.leaf) })
	}
	return sheetOf("evidence", []column[cellSource]{
		textColumn("ticker", func(s cellSource) string { return s.candidate.Ticker }),
		{name: "cik", whole: true, cell: func(s cellSource) screener.Datum { return number(float64(s.candidate.CIK)) }},
		textColumn("column", func(s cellSource) string { return s.column }),
		{name: "column_value", kind: anyKind, cell: func(s cellSource) screener.Datum { return s.value }},
		textColumn("formula", func(s cellSource) string { return s.cell.Formula }),
		leaf("input", func(s *screener.Source) string { return s.Name }),
		{name: "value", kind: anyKind, cell: func(s cellSource) screener.Datum { return s.leaf.Value }},
		leaf("missing", func(s *screener.Source) string { return s.Missing }),
		leaf("unit", func(s *screener.Source) string { return s.Unit }),
		leaf("tag", func(s *screener.Source) string { return s.Tag }),
		leaf("basis", func(s *screener.Source) string { return s.Basis }),
		leaf("start", func(s *screener.Source) string { return s.Start }),
		leaf("end", func(s *screener.Source) string { return s.End }),
		leaf("accession", func(s *screener.Source) string { return s.Accession }),
		leaf("form", func(s *screener.Source) string { return s.Form }),
		leaf("filed", func(s *screener.Source) string { return s.Filed }),
		leaf("known_on", func(s *screener.Source) string { return s.KnownOn }),
		leaf("url", func(s *screener.Source) string { return s.URL }),
		leaf("note", func(s *screener.Source) string { return s.Note }),
	}, lines)
}

// anyKind marks a column whose cells are of many kinds and units.
const anyKind = rules.Kind(255)

// fact is a line about the run.
type fact struct{ What, Says string }

// about tells what the list is and how it came to be.
func about(r *screener.Result) []fact {
	count := strconv.Itoa
	out := []fact{
		{"screen", r.Screen}, {"about", r.About}, {"as_of", r.AsOf}, {"run", r.Run}, {"data_version", r.DataVersion},
		{"companies", count(r.Companies) + " = " + count(r.Universe) + " universe + " + count(r.Outside) + " outside + " + count(r.UniverseUnknown) + " of which it is unknown"},
		{"universe", count(r.Universe) + " = " + count(r.Passed) + " passed + " + count(r.Failed) + " failed + " + count(r.Unknown) + " unknown"},
		{"cut", count(r.Cut) + " more passed and were cut by the limit"},
		{"universe rule", r.UniverseExpression},
	}
	if k := r.Ranking; k != nil {
		out = append(out, fact{"ranked by", k.By}, fact{"ranked over", k.Over + ", " + count(k.Peers) + " companies"}, fact{"ties", strings.Join(k.Ties, "; ")})
	}
	for _, n := range r.Notices {
		out = append(out, fact{"notice", n})
	}
	for _, c := range r.Columns {
		says := c.Expression
		if c.Unit != "" {
			says += "  (" + c.Unit + ")"
		}
		out = append(out, fact{"column " + c.Name, says})
	}
	return out
}

func aboutSheet(r *screener.Result) sheet {
	return sheetOf("about", []column[fact]{
		textColumn("what", func(f fact) string { return f.What }),
		textColumn("says", func(f fact) string { return f.Says }),
	}, about(r))
}
