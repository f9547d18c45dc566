package snapshot

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"sync"

	"assay/fundamentals"
	"assay/fundamentals/metric"
	"assay/fundamentals/standard"
)

// Definition is what a name of the catalogue means. Two definitions of equal text
// give equal values of equal data.
type Definition struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Definitions lists what columns are computed by, and ranks against peers: the
// metrics, and first what all of them rest on, under names with blanks, which no
// metric has.
func Definitions() []Definition { return definitions() }

var definitions = sync.OnceValue(func() []Definition {
	list := append(make([]Definition, 0, len(metric.All())+len(metric.Ranked())+3), []Definition{
		{"the reading of facts and prices", version},
		{"the concept map", standard.MapHash()},
		{"the sector table", fundamentals.SectorTable()},
	}...)
	for _, metrics := range [][]metric.Metric{metric.All(), metric.Ranked()} {
		for i := range metrics {
			list = append(list, Definition{metrics[i].Name, meaning(&metrics[i])})
		}
	}
	return list
})

// meaning is the text of a metric's definition.
func meaning(m *metric.Metric) string {
	text := m.Formula
	if m.Defined != "" {
		text += "; defined where " + m.Defined
	}
	if len(m.NotFor) > 0 {
		text += `; not for ["` + strings.Join(m.NotFor, `" "`) + `"]`
	}
	if m.Tolerant {
		text += "; tolerant"
	}
	return text
}

// Catalogue names the definitions that columns are computed by: a hash of the
// concept map, the sector table, the metrics and the program that reads them.
func Catalogue() string { return catalogueHash() }

var catalogueHash = sync.OnceValue(func() string {
	h := sha256.New()
	var line []byte
	for _, d := range definitions() {
		line = append(quoted(line[:0], d.Name), ' ')
		line = append(quoted(line, d.Text), '\n')
		h.Write(line)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
})

// quoted appends a text as Go writes it. Most are of plain letters, and need no
// second look.
func quoted(line []byte, text string) []byte {
	start := len(line)
	line = append(line, '"')
	for i := range len(text) {
		switch c := text[i]; {
		case c < ' ' || c > '~':
			return strconv.AppendQuote(line[:start], text)
		case c == '"' || c == '\\':
			line = append(line, '\\')
		}
		line = append(line, text[i])
	}
	return append(line, '"')
}
