package export

import (
	"io"

	"assay/screener"
)

// tsvFormat is csv with tabs, as spreadsheets take it from the clipboard. A
// cell with a tab, a line end or a quotation mark is quoted as in csv.
func tsvFormat() Format {
	return Format{
		Name: "tsv", Ending: ".tsv", ContentType: "text/tab-separated-values; charset=utf-8", About: "the same with tabs", Evidence: true,
		Write: func(w io.Writer, result *screener.Result) error { return writeSeparated(w, result, '\t') },
	}
}
