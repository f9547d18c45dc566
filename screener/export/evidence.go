package export

import (
	"slices"
	"strings"

	"assay/screener"
)

// cellSource is one leaf of the evidence of one cell.
type cellSource struct {
	candidate *screener.Candidate
	column    string
	value     screener.Datum
	cell      *screener.Source
	leaf      *screener.Source // the cell itself where it has no inputs
}

// sources lists the evidence of a candidate: its score, then its columns.
func sources(r *screener.Result, c *screener.Candidate) []cellSource {
	var out []cellSource
	add := func(name string, value screener.Datum, s *screener.Source) {
		if s == nil {
			s = &screener.Source{Note: "nothing tells where it comes from"}
		}
		for _, leaf := range leaves(s) {
			out = append(out, cellSource{c, name, value, s, leaf})
		}
	}
	if r.Ranking != nil {
		add("score", c.Score, c.ScoreEvidence)
	}
	for _, column := range r.Columns {
		add(column.Name, c.Values[column.Name], c.Evidence[column.Name])
	}
	return out
}

// leaves lists what a value was made of, down to facts, prices and absences,
// each once, in the order of its formulas.
func leaves(s *screener.Source) []*screener.Source {
	type fact struct{ name, tag, basis, start, end, accession, note string }
	var out []*screener.Source
	seen := map[fact]bool{}
	var walk func(*screener.Source)
	walk = func(s *screener.Source) {
		for _, in := range s.Inputs {
			walk(in)
		}
		key := fact{s.Name, s.Tag, s.Basis, s.Start, s.End, s.Accession, s.Note}
		if len(s.Inputs) == 0 && !seen[key] {
			seen[key] = true
			out = append(out, s)
		}
	}
	walk(s)
	return out
}

// evidenceColumns are four columns for the score and each value: the formula,
// and the tags, periods and accessions of the facts that it was made of.
func evidenceColumns(r *screener.Result) []column[*screener.Candidate] {
	type candidate = *screener.Candidate
	var columns []column[candidate]
	add := func(name string, source func(candidate) *screener.Source) {
		told := func(suffix string, say func(*screener.Source) string) column[candidate] {
			return textColumn(name+suffix, func(c candidate) string { return joined(source(c), say) })
		}
		columns = append(columns,
			textColumn(name+"_formula", func(c candidate) string {
				if s := source(c); s != nil {
					return s.Formula
				}
				return ""
			}),
			told("_tag", func(s *screener.Source) string { return s.Tag }),
			told("_period", period),
			told("_accession", func(s *screener.Source) string { return s.Accession }))
	}
	heads := headers(r)
	if r.Ranking != nil {
		add(heads[0], func(c candidate) *screener.Source { return c.ScoreEvidence })
	}
	for i, shown := range r.Columns {
		add(heads[i+1], func(c candidate) *screener.Source { return c.Evidence[shown.Name] })
	}
	return columns
}

// joined lists what the leaves say, each once, in their order.
func joined(s *screener.Source, say func(*screener.Source) string) string {
	if s == nil {
		return ""
	}
	var out []string
	for _, leaf := range leaves(s) {
		if text := say(leaf); text != "" && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return strings.Join(out, "; ")
}

// period words the span or moment of a number, a span as ISO 8601 does.
func period(s *screener.Source) string {
	if s.Start != "" {
		return s.Start + "/" + s.End
	}
	return s.End
}
