package export

import (
	"encoding/json"
	"io"

	"assay/screener"
)

// ndjsonFormat is a line of JSON per candidate: the candidate as in the json
// format, and the run that it comes from, so that lines of many runs can stand
// in one file.
func ndjsonFormat() Format {
	return Format{
		Name: "ndjson", Ending: ".ndjson", ContentType: "application/x-ndjson", About: "a line of JSON per candidate", Evidence: true,
		Write: writeNDJSON,
	}
}

func writeNDJSON(w io.Writer, result *screener.Result) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, c := range result.Candidates {
		line := struct {
			Run    string `json:"run"`
			Screen string `json:"screen"`
			AsOf   string `json:"as_of"`
			screener.Candidate
		}{result.Run, result.Screen, result.AsOf, c}
		if err := e.Encode(line); err != nil {
			return err
		}
	}
	return nil
}
