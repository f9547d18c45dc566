package export

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"assay/rules"
	"assay/screener"
)

// column is a typed column over rows of T.
type column[T any] struct {
	name  string
	kind  rules.Kind
	unit  string // of a number, as [rules.Unit.String] words it
	whole bool   // a number that is never missing and has no decimals
	label bool   // a text that may be empty, which is no missing value
	cell  func(T) screener.Datum
}

// listColumns are the columns of the list: rank, ticker, cik, name, score, the
// screen's columns, flags. What is missing, and why, is told in one column, or
// in one beside each value. Evidence comes last. No two columns have one name.
func listColumns(r *screener.Result, reasonBeside bool) []column[*screener.Candidate] {
	type candidate = *screener.Candidate
	score := screener.Column{Name: "score", Kind: rules.Number.String(), Unit: rules.UnitPlain.String()}
	columns := []column[candidate]{
		{name: "rank", whole: true, cell: func(c candidate) screener.Datum { return number(float64(c.Rank)) }},
		textColumn("ticker", func(c candidate) string { return c.Ticker }),
		{name: "cik", whole: true, cell: func(c candidate) screener.Datum { return number(float64(c.CIK)) }},
		textColumn("name", func(c candidate) string { return c.Name }),
	}
	heads := headers(r)
	for i, shown := range append([]screener.Column{score}, r.Columns...) {
		value := func(c candidate) screener.Datum { return c.Values[shown.Name] }
		missing := func(c candidate) string { return c.Missing[shown.Name] }
		if i == 0 {
			value, missing = func(c candidate) screener.Datum { return c.Score }, func(c candidate) string { return c.ScoreMissing }
		}
		columns = append(columns, column[candidate]{name: heads[i], kind: kindOf(shown.Kind), unit: shown.Unit, cell: value})
		if reasonBeside {
			columns = append(columns, textColumn(heads[i]+"_missing", missing))
		}
	}
	columns = append(columns, textColumn("flags", func(c candidate) string { return strings.Join(flags(c), "; ") }))
	if !reasonBeside {
		columns = append(columns, textColumn("missing", func(c candidate) string { return missingOf(r, c) }))
	}
	if r.With.Evidence {
		columns = append(columns, evidenceColumns(r)...)
	}
	return columns
}

// headers names the columns of the score and of the screen in a flat list: a
// name that another column has, small letters or not, gets a number behind it.
func headers(r *screener.Result) []string {
	var out []string
	taken := map[string]bool{}
	for _, fixed := range []string{"rank", "ticker", "cik", "name", "flags", "missing"} {
		taken[fixed] = true
	}
	free := func(name string) bool {
		for _, suffix := range suffixes {
			if taken[strings.ToLower(name+suffix)] {
				return false
			}
		}
		return true
	}
	for _, name := range append([]string{"score"}, columnNames(r)...) {
		head := name
		for n := 2; !free(head); n++ {
			head = name + "_" + strconv.Itoa(n)
		}
		for _, suffix := range suffixes {
			taken[strings.ToLower(head+suffix)] = true
		}
		out = append(out, head)
	}
	return out
}

// suffixes are what columns that belong to another are called after it.
var suffixes = []string{"", "_missing", "_formula", "_tag", "_period", "_accession"}

func columnNames(r *screener.Result) []string {
	var out []string
	for _, c := range r.Columns {
		out = append(out, c.Name)
	}
	return out
}

func textColumn[T any](name string, text func(T) string) column[T] {
	return column[T]{name: name, kind: rules.Text, label: true, cell: func(row T) screener.Datum { return textDatum(text(row)) }}
}

func countColumn[T any](name string, n func(T) int) column[T] {
	return column[T]{name: name, whole: true, cell: func(row T) screener.Datum { return number(float64(n(row))) }}
}

func number(f float64) screener.Datum { return screener.Datum{Kind: rules.Number, F: f} }

// textDatum takes no text for a missing one.
func textDatum(s string) screener.Datum {
	if s == "" {
		return screener.Datum{Kind: rules.Text, Why: rules.NotApplicable}
	}
	return screener.Datum{Kind: rules.Text, S: s}
}

// kindOf is the inverse of [rules.Kind.String].
func kindOf(name string) rules.Kind {
	for _, k := range []rules.Kind{rules.Bool, rules.Date, rules.Text} {
		if k.String() == name {
			return k
		}
	}
	return rules.Number
}

// flags lists a candidate's flags, those of which it is unknown with a
// question mark.
func flags(c *screener.Candidate) []string {
	out := slices.Clone(c.Flags)
	for _, name := range slices.Sorted(maps.Keys(c.FlagsUnknown)) {
		out = append(out, name+"?")
	}
	return out
}

// missingOf words what a candidate lacks, in the order of the columns.
func missingOf(r *screener.Result, c *screener.Candidate) string {
	var missing []string
	if c.ScoreMissing != "" {
		missing = append(missing, "score: "+c.ScoreMissing)
	}
	for _, column := range r.Columns {
		if why := c.Missing[column.Name]; why != "" {
			missing = append(missing, column.Name+": "+why)
		}
	}
	return strings.Join(missing, "; ")
}

// nameOf is what a company is called where only one word fits.
func nameOf(c *screener.Candidate) string { return cmp.Or(c.Ticker, c.CIK.String()) }
