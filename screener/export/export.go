// Package export writes the result of a run as a file: one format per file of
// this package, each one literal, all of them in the list of [Formats].
//
//  1. The caller looks a format up by its name or by a file's ending, and runs
//     the screen with what the format needs (Format.Needs).
//  2. The list becomes columns of typed cells (columns.go), and the rest of the
//     result sheets of the same kind (sheets.go).
//  3. The format writes them; the caller sees to it that a file is written
//     whole or not at all.
//
// An export holds every candidate, and the reason for each value that is
// missing. Formats for programs carry full numbers as the run found them;
// those for people (markdown, html) round as [screener.Show] does. The same
// result always gives the same bytes: no clock, no order of a map. No text of
// a cell becomes a formula, markup or a second row.
package export

import (
	"io"
	"slices"

	"assay/screener"
)

// Format is a way to write a result.
type Format struct {
	Name        string // what the user calls it
	Ending      string // of file names, with the dot
	ContentType string
	About       string        // what it is for, in a few words
	Binary      bool          // no text: not for a terminal
	Whole       bool          // tells more than the candidates: near misses, overlaps
	Evidence    bool          // can carry where each cell comes from
	Needs       screener.With // what the candidates must carry in any case
	Write       func(w io.Writer, result *screener.Result) error
}

// Formats lists the formats in the order of the help.
func Formats() []Format {
	return []Format{
		csvFormat(), tsvFormat(), jsonFormat(), ndjsonFormat(), xlsxFormat(), parquetFormat(),
		markdownFormat(), htmlFormat(), tickersFormat(), tradingViewFormat(),
	}
}

// Lookup returns the format of that name; ok is false where there is none.
func Lookup(name string) (f Format, ok bool) {
	i := slices.IndexFunc(Formats(), func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return Formats()[i], true
}
