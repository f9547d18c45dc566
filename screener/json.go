package screener

import (
	"bytes"
	"encoding/json"
	"io"
)

// WriteJSON writes a [Result] or an [Explanation] as the CLI contract shows
// it: indented, with < and > as they are, and a line end.
func WriteJSON(w io.Writer, v any) error {
	e := encoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

func encoder(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

// jsonText quotes a text without escaping <, > and &.
func jsonText(s string) ([]byte, error) {
	var b bytes.Buffer
	err := encoder(&b).Encode(s)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}
