package snapshot

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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
func Definitions() []Definition {
	list := []Definition{
		{"the reading of facts and prices", version},
		{"the concept map", standard.MapHash()},
		{"the sector table", fundamentals.SectorTable()},
	}
	for _, m := range append(metric.All(), metric.Ranked()...) {
		text := m.Formula
		if m.Defined != "" {
			text += fmt.Sprintf("; defined where %s", m.Defined)
		}
		if len(m.NotFor) > 0 {
			text += fmt.Sprintf("; not for %q", m.NotFor)
		}
		if m.Tolerant {
			text += "; tolerant"
		}
		list = append(list, Definition{m.Name, text})
	}
	return list
}

// Catalogue names the definitions that columns are computed by: a hash of the
// concept map, the sector table, the metrics and the program that reads them.
func Catalogue() string { return catalogueHash() }

var catalogueHash = sync.OnceValue(func() string {
	h := sha256.New()
	for _, d := range Definitions() {
		fmt.Fprintf(h, "%q %q\n", d.Name, d.Text)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
})
