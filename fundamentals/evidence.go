package fundamentals

import "assay/rules"

// Evidence opens a value: how it was made, from what, down to the fact that a
// filing states. Evidence without Inputs is a fact, a price, or an absence.
type Evidence struct {
	Name    string // metric, line item or tag
	Formula string // how Inputs make the value; "" for a fact
	// Arithmetic is Formula with values in place of names; "" for a fact.
	Arithmetic string
	Value      rules.Value // or the reason for which there is none
	Text       string      // the value of a text column
	Kind       rules.Kind
	Unit       rules.Unit
	Basis      string // "instant", "quarter", "ytd", "fy", "ttm", "price", or ""
	Start      Date   // none for an instant
	End        Date

	// What follows is filled where a single filing or price file says it.
	Tag       string
	Accession string
	Form      string
	Filed     Date
	KnownOn   Date
	URL       string

	Note   string // a caveat: a fallback taken, an absence taken as zero
	Inputs []*Evidence
}

// Facts returns the facts at the leaves, each once, in order of appearance.
func (e *Evidence) Facts() []*Evidence {
	var facts []*Evidence
	seen := map[*Evidence]bool{}
	var walk func(*Evidence)
	walk = func(e *Evidence) {
		if e == nil || seen[e] {
			return
		}
		seen[e] = true
		if len(e.Inputs) == 0 && e.Accession != "" {
			facts = append(facts, e)
		}
		for _, in := range e.Inputs {
			walk(in)
		}
	}
	walk(e)
	return facts
}
