package standard

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"assay/fundamentals"
)

//go:embed faults.csv
var faultsText []byte

// Fault is what was found, in a filing itself, to be at the bottom of a break that
// no rule explains.
type Fault struct {
	CIK       fundamentals.CIK
	Ticker    string
	Accession string
	// Item is the item that the filing states; AnyItem where its whole statement of
	// the period is meant.
	Item string
	End  fundamentals.Date
	What string // for people
}

// AnyItem stands for every item of a statement.
const AnyItem = "*"

// Faults returns the known faults that ship with the program.
func Faults() []Fault { return faults() }

var faults = sync.OnceValue(func() []Fault {
	list, err := ParseFaults(Concepts(), faultsText)
	if err != nil {
		panic("embedded list of faults: " + err.Error()) // a test parses it
	}
	return list
})

// ParseFaults reads a list of faults. The error names the line and what is wrong
// with it.
func ParseFaults(m *Map, text []byte) ([]Fault, error) {
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("faults: %w", err)
	}
	header := []string{"cik", "ticker", "accession", "item", "end", "what"}
	if len(rows) == 0 || !slices.Equal(rows[0], header) {
		return nil, fmt.Errorf("faults: the first line is not %q", header)
	}
	var out []Fault
	seen := map[Fault]int{}
	for i, row := range rows[1:] {
		f, err := parseFault(m, row)
		if err != nil {
			return nil, fmt.Errorf("faults: line %d: %w", i+2, err)
		}
		key := f
		key.What = ""
		if n := seen[key]; n > 0 {
			return nil, fmt.Errorf("faults: line %d: stands on line %d already", i+2, n)
		}
		seen[key] = i + 2
		out = append(out, f)
	}
	return out, nil
}

func parseFault(m *Map, row []string) (f Fault, err error) {
	const accessionLength = len("0000000000-00-000000")
	cik, err := strconv.ParseUint(row[0], 10, 32)
	if err != nil {
		return f, fmt.Errorf("cik: %q is not a number", row[0])
	}
	f = Fault{CIK: fundamentals.CIK(cik), Ticker: row[1], Accession: row[2], Item: row[3], What: row[5]}
	if f.End, err = fundamentals.ParseDate(row[4]); err != nil {
		return f, fmt.Errorf("end: %w", err)
	}
	_, ok := m.Index(f.Item)
	switch {
	case len(f.Accession) != accessionLength:
		return f, fmt.Errorf("accession: %q is not like 0001193125-24-000001", f.Accession)
	case !ok && f.Item != AnyItem:
		return f, fmt.Errorf("item: %q is not in the concept map", f.Item)
	case f.What == "":
		return f, fmt.Errorf("what: it does not say what is wrong")
	}
	return f, nil
}

// explains reports whether a fault is that of a break.
func (f *Fault) explains(cik fundamentals.CIK, b *Break) bool {
	counts := b.Check == "shares" && slices.Contains(shareCounts(), f.Item)
	return f.CIK == cik && f.End == b.End && (f.Item == b.Item || f.Item == AnyItem || counts || b.Check == "current" && f.Item == "receivables")
}

// shareCounts are the items that the check of shares compares.
func shareCounts() []string {
	return []string{"cover_shares", "balance_shares", "weighted_basic_shares"}
}

// faults explains what is left by the list of known faults.
func (a *auditor) faults() {
	list := Faults()
	for i := range a.out.Breaks {
		b := &a.out.Breaks[i]
		if b.Explanation != "" {
			continue
		}
		for _, whole := range [...]bool{false, true} { // what is said of the item itself comes first
			at := slices.IndexFunc(list, func(f Fault) bool { return (f.Item == AnyItem) == whole && f.explains(a.c.CIK, b) })
			if at >= 0 && b.Explanation == "" {
				b.Explanation = fmt.Sprintf("known fault, %s: %s", list[at].Accession, list[at].What)
			}
		}
	}
}
