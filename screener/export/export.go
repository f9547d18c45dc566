// Package export writes the result of a run as a file: one format per file of
// this package, each one literal, all of them in the list of [Formats].
//
// An export holds every candidate with full numbers, as the run found them,
// and the reason for each value that is missing. The same result always gives
// the same bytes.
package export

import (
	"io"

	"assay/screener"
)

// Format is a way to write a result.
type Format struct {
	Name        string // what the user calls it
	Ending      string // of file names, with the dot
	ContentType string
	Write       func(w io.Writer, result *screener.Result) error
}

// Formats lists the formats in the order of the help.
func Formats() []Format { return []Format{csvFormat(), jsonFormat()} }

// Lookup returns the format of that name; ok is false where there is none.
func Lookup(name string) (f Format, ok bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}
