package fundamentals

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed sectors.csv
var sectorText string

// Classification is the place of a company in the table from SIC codes to
// twelve sectors and finer industries (sectors.csv).
type Classification struct {
	Sector, Industry string
	// Template says whose statements a company writes: "commercial", "bank",
	// "insurer" or "reit". Debt, for one, means nothing for the last three.
	Template string
}

type sicRange struct {
	from, to int
	Classification
}

var sectorTable = sync.OnceValue(func() []sicRange {
	table, err := parseSectors(sectorText)
	if err != nil {
		panic("embedded sector table: " + err.Error()) // a test parses it
	}
	return table
})

func parseSectors(text string) (table []sicRange, err error) {
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if i == 0 || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, ",")
		if len(cells) != 5 {
			return nil, fmt.Errorf("line %d: %d cells, not 5", i+1, len(cells))
		}
		from, err1 := strconv.Atoi(cells[0])
		to, err2 := strconv.Atoi(cells[1])
		if err1 != nil || err2 != nil || to < from || len(table) > 0 && from <= table[len(table)-1].to {
			return nil, fmt.Errorf("line %d: %q to %q is no range after the one before", i+1, cells[0], cells[1])
		}
		table = append(table, sicRange{from, to, Classification{Sector: cells[2], Industry: cells[3], Template: cells[4]}})
	}
	return table, nil
}

// SectorTable returns the text of the table from SIC codes to sectors.
func SectorTable() string { return sectorText }

// Classify places a SIC code. A code of 0, or one that the table does not have,
// gives ok false.
func Classify(sic int) (c Classification, ok bool) {
	for _, r := range sectorTable() {
		if sic >= r.from && sic <= r.to {
			return r.Classification, true
		}
	}
	return Classification{}, false
}

// Sectors lists the sectors of the table, in the order of their names.
func Sectors() []string { return distinct(func(c Classification) string { return c.Sector }) }

// Industries lists the industries of the table, in the order of their names.
func Industries() []string { return distinct(func(c Classification) string { return c.Industry }) }

func distinct(of func(Classification) string) (names []string) {
	for _, r := range sectorTable() {
		if name := of(r.Classification); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
