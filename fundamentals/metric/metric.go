// Package metric is the catalogue: every name that a rule can use.
//
//  1. Inputs are what the data says: line items of the concept map, prices,
//     filings and classification. The table reads them.
//  2. Metrics are formulas over inputs and other metrics, in the language in
//     which users write rules; the engine that evaluates a user's rule
//     evaluates them.
//
// One entry per metric, in the file of its family. Name, title, unit and note
// are what users see; a metric is undefined where Defined does not hold, and
// not applicable to the templates that NotFor names. A missing input leaves a
// metric missing with the input's reason.
package metric

import (
	"slices"
	"strings"
	"sync"

	"assay/fundamentals"
	"assay/fundamentals/standard"
	"assay/rules"
)

// Metric is one entry of the catalogue.
type Metric struct {
	Name    string
	Title   string
	Unit    rules.Unit
	Formula string
	// Defined must hold for the formula to make sense; "" always holds.
	Defined string
	// NotFor names the templates (fundamentals.Classification) for which the
	// metric has no meaning.
	NotFor []string
	// Tolerant is true of a formula that asks whether its parts are known: that
	// one of them is not applicable does not make it so.
	Tolerant bool
	// VariantOf names the metric that answers the same question by the default
	// definition; "" is its own default.
	VariantOf string
	Note      string
	Source    string // whose definition it is
}

// Input is a column that the data says itself.
type Input struct {
	rules.Column
	Title string
	From  string // "line item", "price", "filing", "listing"
	Note  string
	// Source is whose definition it is.
	Source string
}

// financial are the templates whose balance sheets know no debt, working
// capital or invested capital in the sense of the catalogue.
var financial = []string{"bank", "insurer", "reit"}

// Families lists the metrics by family, in the order of reports. The lists are
// shared: they are to be read, not changed.
func Families() []Family { return families() }

// grouped are the families in the order of reports, each in the lists of its files.
func grouped() []group {
	return []group{
		{"size", [][]Metric{sizeMetrics, perShareMetrics}},
		{"balance sheet", [][]Metric{balanceMetrics, leverageMetrics, coverageMetrics, liquidityMetrics, compositionMetrics, leaseMetrics}},
		{"profitability", [][]Metric{profitMetrics, returnMetrics, profitabilityMetrics, bankMetrics}},
		{"cash", [][]Metric{cashMetrics, accrualMetrics, workingCapitalMetrics}},
		{"valuation", [][]Metric{valuationMetrics, multipleMetrics}},
		{"growth", [][]Metric{earningsMetrics, growthMetrics, stabilityMetrics}},
		{"capital allocation", [][]Metric{allocationMetrics}},
		{"scores", [][]Metric{piotroskiMetrics, altmanMetrics, beneishMetrics, ohlsonMetrics, distressMetrics, factorMetrics}},
		{"price", [][]Metric{priceMetrics}},
	}
}

type group struct {
	family string
	lists  [][]Metric
}

// families are parts of the list of all.
var families = sync.OnceValue(func() (list []Family) {
	rest := All()
	for _, g := range grouped() {
		n := 0
		for _, metrics := range g.lists {
			n += len(metrics)
		}
		list, rest = append(list, Family{g.family, rest[:n:n]}), rest[n:]
	}
	return list
})

// All lists the metrics in the order of reports. The list is shared: it is to be
// read, not changed.
func All() []Metric { return all() }

var all = sync.OnceValue(func() []Metric {
	var lists [][]Metric
	for _, g := range grouped() {
		lists = append(lists, g.lists...)
	}
	return slices.Clip(slices.Concat(lists...))
})

// Inputs lists the columns that the data says itself, in the order of reports.
func Inputs() []Input {
	return slices.Concat(listingInputs(), priceInputs, filingInputs, ohlsonInputs, hygieneInputs, lineItems())
}

// Variants lists the metrics that answer the same question as one of them, in
// the order of reports, that one included; it alone where it has no variants.
func Variants(name string) (names []string) {
	base := name
	if m, ok := Lookup(name); ok && m.VariantOf != "" {
		base = m.VariantOf
	}
	for _, m := range All() {
		if m.Name == base || m.VariantOf == base {
			names = append(names, m.Name)
		}
	}
	if names == nil {
		names = []string{name}
	}
	return names
}

// Lookup returns the metric of that name; ok is false where there is none.
func Lookup(name string) (m Metric, ok bool) {
	i, ok := catalogue().metrics[name]
	if !ok {
		return Metric{}, false
	}
	return *i, true
}

// LookupRanked returns the metric of [Ranked] of that name; ok is false where
// there is none.
func LookupRanked(name string) (m Metric, ok bool) {
	if r := catalogue().ranked[name]; r != nil {
		return *r, true
	}
	return Metric{}, false
}

// LookupInput returns the input of that name; ok is false where there is none.
func LookupInput(name string) (in Input, ok bool) {
	i, ok := catalogue().inputs[name]
	if !ok {
		return Input{}, false
	}
	return *i, true
}

// Env knows every input and metric.
func Env() rules.Env { return catalogue() }

type index struct {
	metrics map[string]*Metric
	ranked  map[string]*Metric
	inputs  map[string]*Input
	names   func() []string
}

var catalogue = sync.OnceValue(func() *index {
	list, inputs := All(), Inputs()
	x := &index{
		metrics: make(map[string]*Metric, len(list)), ranked: map[string]*Metric{}, inputs: make(map[string]*Input, len(inputs)),
		names: sync.OnceValue(listNames),
	}
	for i := range inputs {
		x.inputs[inputs[i].Name] = &inputs[i]
	}
	for i := range list {
		x.metrics[list[i].Name] = &list[i]
	}
	for i := range rankedMetrics {
		x.ranked[rankedMetrics[i].Name] = &rankedMetrics[i]
	}
	return x
})

// listNames lists every name of the catalogue in the order of reports.
func listNames() (names []string) {
	for _, in := range Inputs() {
		names = append(names, in.Name)
	}
	for _, m := range append(All(), rankedMetrics...) {
		names = append(names, m.Name)
	}
	return names
}

// Definition implements [rules.Definer] for the metrics of [Ranked].
func (x *index) Definition(name string) (*rules.Program, bool) {
	if x.ranked[name] == nil {
		return nil, false
	}
	return definitions()[name], true
}

// Column implements [rules.Env].
func (x *index) Column(name string) (rules.Column, bool) {
	if m, ok := x.metrics[name]; ok {
		return rules.Column{Name: m.Name, Unit: m.Unit}, true
	}
	if in, ok := x.inputs[name]; ok {
		return in.Column, true
	}
	return rules.Column{}, false
}

// Names implements [rules.Env].
func (x *index) Names() []string { return x.names() }

// Titled implements [rules.Titler]: free_cash_flow is called so in the title of fcf.
func (x *index) Titled(words string) string {
	words = strings.TrimSuffix(strings.ReplaceAll(strings.ToLower(words), "_", " "), " ratio")
	for _, in := range Inputs() {
		if strings.EqualFold(in.Title, words) {
			return in.Name
		}
	}
	for _, m := range append(All(), rankedMetrics...) {
		if strings.EqualFold(m.Title, words) {
			return m.Name
		}
	}
	return ""
}

// fromStatements is where line items come from, as an input says.
const fromStatements = "line item"

// lineItems turns the concept map into inputs.
func lineItems() []Input {
	var out []Input
	for _, it := range standard.Heads() {
		note := "Missing where it is not stated."
		if it.None {
			note = "Zero where a full statement does not show it."
		}
		out = append(out, Input{
			Column: rules.Column{Name: it.Name, Unit: it.Unit},
			Title:  it.Title, From: fromStatements, Note: note,
		})
	}
	return out
}

func listingInputs() []Input {
	text := func(name, title string, values []string, note string) Input {
		return Input{rules.Column{Name: name, Kind: rules.Text, Values: values, Fixed: true}, title, "listing", note, ""}
	}
	return []Input{
		text("ticker", "Ticker", nil, ""),
		text("name", "Name", nil, ""),
		text("exchange", "Exchange", nil, ""),
		text("security_type", "Security type", slices.Sorted(slices.Values(append(fundamentals.SecurityTypes(), fundamentals.Unlisted))),
			"From the securities file; otherwise common, unless the ticker's suffix or the SIC code says otherwise; unlisted where its listing does not hold on the date."),
		text("sector", "Sector", fundamentals.Sectors(), "From the SIC code by the table fundamentals/sectors.csv."),
		text("industry", "Industry", fundamentals.Industries(), "From the SIC code by the table fundamentals/sectors.csv."),
		{rules.Column{Name: "sic", Unit: rules.UnitPlain, Fixed: true}, "SIC code", "listing", "", ""},
	}
}
