package export

import (
	"io"

	"assay/screener"
)

// jsonFormat is the result as it is: its JSON is part of the contract with
// users.
func jsonFormat() Format {
	return Format{
		Name: "json", Ending: ".json", ContentType: "application/json", About: "the whole result, for programs", Whole: true, Evidence: true,
		Write: func(w io.Writer, result *screener.Result) error { return screener.WriteJSON(w, result) },
	}
}
